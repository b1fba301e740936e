"""Cleaning: what official text may hold stays, everything else goes, and cleaning twice changes nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.platform.documents.cleaning import clean, plain
from gongkai.platform.documents.cleaning.allowed import ATTRIBUTES, CLASSES, TAGS

VECTORS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="/files/a.png" onerror="alert(1)">',
    "<img src=javascript:alert(1)>",
    '<img """><script>alert("XSS")</script>">',
    "<img src=x:x onerror\n=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
    "<img srcset='x 1x' sizes=x onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text x=20 y=20>XSS</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p><style><!--</style><img src=x onerror=alert(1)>--></p>",
    "<template><img src=x onerror=alert(1)></template>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href='javascript:alert(1)//'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<p style='-moz-binding:url(//evil.example/x)'>x</p>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus><option>x",
    "<textarea autofocus onfocus=alert(1)></textarea><script>alert(1)</script>",
    "<keygen autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='blob:https://evil.example/x'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='\\\\evil.example\\x'>x</a>",
    "<a href='https:javascript:alert(1)'>x</a>",
    "<a href='javascript://%0aalert(1)'>x</a>",
    "<a href=x onclick=alert(1) target=_blank style=x id=x name=x>x</a>",
    "<a href='x' ping='//evil.example'>x</a>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x</table>",
    "<table><td><svg/onload=alert(1)></table>",
    "<p class='align-center evil' data-x=1 onclick=alert(1)>x</p>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<xss onclick=alert(1) contenteditable>x</xss>",
    "<isindex action=javascript:alert(1) type=submit>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&amp;lt;img src=x onerror=alert(1)&amp;gt;</p>",
    "<title>&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;</title>",
    "<img alt='x\" onerror=\"alert(1)' src='/files/a.png'>",
    "<img src='/files/a.png?x=\"onerror=\"alert(1)'>",
    "<img src='//evil.example/files/a.png'>",
    "<img src='/files/../../secret'>",
    "<img src='/files/%2e%2e/secret.png'>",
    "<img src='/files//evil.example/a.png'>",
    "<img src='https://evil.example/pixel.png'>",
    "<img src='picture:1'>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt></p>",
    "<<script>script>alert(1)<</script>/script>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<div><div" + "<div>" * 3000 + "<script>alert(1)</script>",
    "<b>" * 5000 + "x",
    "<portal src=javascript:alert(1)>",
    "<slot onslotchange=alert(1)>x</slot>",
    "<dialog open onclose=alert(1)>x</dialog>",
)  # fmt: skip
_ATTRIBUTES = {"class", *(name for names in ATTRIBUTES.values() for name in names)}


def assert_clean(html: str) -> None:
    """Read as a browser reads it, the HTML holds nothing but what is allowed."""
    body = LexborHTMLParser(html).body
    for node in body.css("*") if body is not None else ():
        if node.tag == "body":
            continue
        assert node.tag in TAGS, (node.tag, html)
        for name, value in node.attributes.items():
            assert name in _ATTRIBUTES, (name, html)
            if name == "class":
                assert value in CLASSES
            if name == "href":
                assert re.match(r"(?:https?://|mailto:|tel:|(?![a-z][a-z0-9+.-]*:|//|\\))", value or "", re.I), value
            if name == "src":
                assert re.match(r"/(?:desk/)?files/", value or "") and ".." not in (value or ""), value


@pytest.mark.parametrize("vector", VECTORS)
def test_no_known_attack_passes(vector: str) -> None:
    cleaned = clean(f"<p>前</p>{vector}<p>后</p>")

    assert_clean(cleaned)
    assert clean(cleaned) == cleaned


_PIECES = st.sampled_from(
    [
        *VECTORS[:70], "<p>", "</p>", "<div align=center>", "</div>", "<h1>", "</h1>", "<h3>", "</h3>", "<ul>", "<ol start=3>", "<li>", "</ul>", "</ol>", "</li>",
        "<table>", "<tr>", "<td colspan=2>", "<td rowspan=3 align=right>", "<th>", "</td>", "</tr>", "</table>", "<thead>", "<caption>", "</caption>", "<b>", "</b>",
        "<i>", "<u>", "</u>", "<sup>", "<sub>", "</sup>", "<br>", "<br><br>", "<hr>", "<blockquote>", "</blockquote>", "<a href='/x'>", "<a href='https://a.example/?q=1&b'>", "</a>",
        "<img src='/files/1/a.png' alt='图'>", "<span style='font-weight:bold'>", "<span style='font-family:黑体'>", "</span>", "<p style='mso-list:l0 level1 lfo1'>",
        "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.</span>", "<p style='text-align:right'>", "<center>", "<font face=楷体>", "一、总则", "（一）目的", "1.内容",
        " ", "\n", "\u3000\u3000", "&nbsp;", "• 项", "文字", "abc def", "<pre>a\n b</pre>", "&lt;", "&amp;", "\u202e", "<s>", "<del cite=x>删</del>", "<o:p></o:p>",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_cleaning_twice_is_cleaning_once_and_clean(html: str) -> None:
    once = clean(html)

    assert_clean(once)
    assert clean(once) == once


@given(st.text(max_size=200))
def test_any_text_at_all_comes_out_clean(text: str) -> None:
    once = clean(text)

    assert_clean(once)
    assert clean(once) == once


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20),
        min_size=1,
        max_size=5,
    )
)
def test_no_word_of_plain_paragraphs_is_lost(words: list[str]) -> None:
    from html import escape

    html = "".join(f"<p>{escape(word)}</p>" for word in words)

    assert "".join(plain(html).split()) == "".join("".join(words).split())


def test_text_from_word_becomes_clean_structure() -> None:
    pasted = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style><xml><w:WordDocument>x</w:WordDocument></xml></head>
<body lang=ZH-CN><!--StartFragment--><p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22pt'>关于试行的通知<o:p></o:p></span></b></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:32pt'><span style='font-family:黑体'>一、总体要求<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal style='text-indent:32pt'><span style='font-family:楷体_GB2312'>（一）目标</span></p>
<p class=MsoNormal>　　各县人民政府，
各部门：<span style='display:none;mso-hide:all'>内部</span><del cite="mailto:wang" datetime="2024-01-01">删去的话</del></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]>第一项</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>里面一项</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>第二项</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>甲</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>乙</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>第三条</span>申请人应当如实填写。</p>
<v:shape style='width:10pt'><v:imagedata src="file:///C:/x.png"/></v:shape>
<table class=MsoNormalTable border=1><thead><tr><td colspan=2 style='text-align:center'><p class=MsoNormal>项目</p></td></tr></thead><tr><td rowspan=2>甲</td><td><p>一</p><p>二</p></td></tr><tr><td>三</td></tr></table>
<p class=MsoNormal align=right>疏勒县人民政府<br>2024年1月1日</p><!--EndFragment--></body></html>"""

    assert clean(pasted) == (
        '<p class="align-center"><strong>关于试行的通知</strong></p>'
        "<h2>一、总体要求</h2><h3>（一）目标</h3><p>各县人民政府，各部门：</p>"
        "<ul><li>第一项<ul><li>里面一项</li></ul></li><li>第二项</li></ul><ol><li>甲</li><li>乙</li></ol><p>第三条申请人应当如实填写。</p>"
        '<table><thead><tr><th scope="col" colspan="2" class="align-center">项目</th></tr></thead>'
        '<tbody><tr><td rowspan="2">甲</td><td><p>一</p><p>二</p></td></tr><tr><td>三</td></tr></tbody></table>'
        '<p class="align-right">疏勒县人民政府<br>2024年1月1日</p>'
    )


@pytest.mark.parametrize(
    ("given_html", "cleaned"),
    [
        ("文字", "<p>文字</p>"),
        ("甲<br><br>乙", "<p>甲</p><p>乙</p>"),
        ("甲<br>　　乙", "<p>甲</p><p>乙</p>"),
        ("<p>甲<br>乙</p>", "<p>甲<br>乙</p>"),
        ("<div>甲<p>乙</p>丙</div>", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<h1>总</h1><h2>分</h2><h5>细</h5>", "<h2>总</h2><h3>分</h3><h4>细</h4>"),
        ("<h2>分</h2>", "<h2>分</h2>"),
        ("<p><b>重</b><b>点</b> <span style='font-weight:700'>词</span></p>", "<p><strong>重点</strong> <strong>词</strong></p>"),
        ("<p>H<sub>2</sub>O 与 m<sup>2</sup></p>", "<p>H<sub>2</sub>O 与 m<sup>2</sup></p>"),
        ("<p>中\n  文 abc\n def</p>", "<p>中文 abc def</p>"),
        ("<p>张　三</p>", "<p>张　三</p>"),
        ("<ol start=4><li>甲<li><p>乙</p></ol>", '<ol start="4"><li>甲</li><li>乙</li></ol>'),
        ("<ul><li>甲</li><ul><li>乙</li></ul></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
        ("<p>• 甲</p><p>•  乙</p><p>丙</p>", "<ul><li>甲</li><li>乙</li></ul><p>丙</p>"),
        ("<p>·阿不都·热合曼</p>", "<p>·阿不都·热合曼</p>"),
        ("<a href='//www.example/a'>链接</a>", '<p><a href="https://www.example/a">链接</a></p>'),
        ("<a href='mailto:a@b.example'>信</a><a href='tel:0998-1234567'>电话</a>", '<p><a href="mailto:a@b.example">信</a><a href="tel:0998-1234567">电话</a></p>'),
        ("<a href='/items/1?a=1&b=2'>件</a>", '<p><a href="/items/1?a=1&amp;b=2">件</a></p>'),
        ("<a href='#_Toc1'>目录</a>", "<p>目录</p>"),
        ("<img src='/files/1/现场.png' alt='现场 图'>", '<p><img src="/files/1/现场.png" alt="现场 图"></p>'),
        ("<img src='/desk/files/1/a.png'>", '<p><img src="/desk/files/1/a.png" alt=""></p>'),
        ("<table><tr><th>甲<td>1</table>", '<table><tbody><tr><th scope="row">甲</th><td>1</td></tr></tbody></table>'),
        ("<table><caption>表 1</caption><tr><th>甲<th>乙<tr><td>1<td>2</table>", '<table><caption>表 1</caption><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>'),
        ("<table><tr><td rowspan=9>甲<td>1<tr><td>2</table>", '<table><tbody><tr><td rowspan="2">甲</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>'),
        ("<p class='align-right'>落款</p>", '<p class="align-right">落款</p>'),
        ("<p style='text-align: center'>居中</p>", '<p class="align-center">居中</p>'),
        ("<p><strong>一、加粗的标题</strong></p>", "<h2>一、加粗的标题</h2>"),
        ("<p><strong>一、这是一句话。</strong></p>", "<p><strong>一、这是一句话。</strong></p>"),
        ("<p>一、没有加粗的</p>", "<p>一、没有加粗的</p>"),
        ("<p><s>作废</s>的话</p>", "<p><s>作废</s>的话</p>"),
        ("<blockquote>引文</blockquote>", "<blockquote><p>引文</p></blockquote>"),
        ("<p>&nbsp;</p><p></p><p><br></p>", ""),
        ("a &lt; b &amp; c", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_each_form_has_one_clean_form(given_html: str, cleaned: str) -> None:
    assert clean(given_html) == cleaned
    assert clean(cleaned) == cleaned


def test_placeholders_of_pictures_pass_only_where_they_are_asked_for() -> None:
    html = '<p><img src="picture:3" alt="图"></p>'

    assert clean(html, placeholders=True) == html
    assert clean(html) == ""


def test_plain_text_has_a_line_for_each_paragraph_and_row() -> None:
    html = "<h2>一、标题</h2><p>甲<br>乙</p><ul><li>丙</li></ul><table><tr><td>1</td><td>2</td></tr></table><p><img src='/files/a.png' alt='图'></p>"

    assert plain(html) == "一、标题\n甲\n乙\n丙\n1\t2\n图"


def test_a_long_table_keeps_every_cell() -> None:
    html = (
        "<table>"
        + (
            "<tr>"
            + "<td style='text-align:center'><p class=MsoNormal><span lang=EN-US>文字</span></p></td>" * 10
            + "</tr>"
        )
        * 500
        + "</table>"
    )
    cleaned = clean(html)

    assert cleaned.count("<td") == 5000


def test_markup_that_would_multiply_in_the_browser_is_read_as_text() -> None:
    html = "".join(f"<b id={n}>" for n in range(390)) + "<p>字</p>" * 60_000
    cleaned = clean(html)

    assert_clean(cleaned)
    assert "字" in cleaned
    assert "<strong>" not in cleaned
