"""Traditional characters: what people read is converted; addresses, scripts, typed values and marked elements are not."""

from __future__ import annotations

import pytest

from gongkai.platform.pages import traditional


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("<p>政府信息公开</p>", "<p>政府信息公開</p>"),
        ("<p>头发与发布</p>", "<p>頭髮與發佈</p>"),
        ('<a href="/search/?q=发布">发布</a>', '<a href="/search/?q=发布">發佈</a>'),
        ('<input value="发布" placeholder="标题">', '<input value="发布" placeholder="標題">'),
        ('<img alt="图片" src="/files/图.png">', '<img alt="圖片" src="/files/图.png">'),
        ("<textarea>发布</textarea><b>发布</b>", "<textarea>发布</textarea><b>發佈</b>"),
        ('<script>let 发布 = "发布"</script>', '<script>let 发布 = "发布"</script>'),
        ('<script type="application/json">{"a": "发布"}</script>', '<script type="application/json">{"a": "发布"}</script>'),
        ('<span translate="no">发布<span>发布</span></span>发布', '<span translate="no">发布<span>发布</span></span>發佈'),
        ('<img translate="no" alt="x"/>发布', '<img translate="no" alt="x"/>發佈'),
        ("<!-- 发布 -->发布", "<!-- 发布 -->發佈"),
        ('<meta name="description" content="发布">', '<meta name="description" content="發佈">'),
        ('<meta name="other" content="发布">', '<meta name="other" content="发布">'),
        ('<option value="发布">发布</option>', '<option value="发布">發佈</option>'),
        ('<td data-label="发布机构">x</td>', '<td data-label="發佈機構">x</td>'),
        ('<a title="a > b 发布" data-x="发布">发</a>', '<a title="a > b 發佈" data-x="发布">發</a>'),
        ("发布\x1e发布", "發佈\x1e發佈"),
        ("a < b 发布", "a < b 發佈"),
        ("plain", "plain"),
    ],
)
def test_a_page_is_converted_where_it_is_read(simplified: str, expected: str) -> None:
    converted = traditional.page(simplified)

    assert converted == expected


def test_nothing_but_characters_changes() -> None:
    html = "<!doctype html>\n<html lang=zh><body data-a='1'><p>发布 &lt;b&gt; &amp;</p><br/><svg><text>发布</text></svg></body></html>"

    converted = traditional.page(html)

    assert converted == html.replace("发布", "發佈")
