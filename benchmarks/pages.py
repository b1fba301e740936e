"""Pages as they are saved from government sites: our HTML samples in navigation, scripts, styles and Word's clutter.

60 to 110 KB each, like most real ones; all content is invented. The same seed gives the same page.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"
_COLUMNS = ("首页", "机构概况", "政务公开", "政策解读", "办事服务", "互动交流", "数据开放", "专题专栏", "通知公告", "财政预决算")
_PLACES = ("澜原县", "鹭汀镇", "松隐街道", "雨坞乡", "泽安县", "砚湖乡")
_SPAN = (
    '<span lang="EN-US" style="font-size:{size}pt;font-family:宋体;color:#{colour}">{text}</span>'
)
_CELL = re.compile(r"<(t[dh])([^>]*)>(.*?)</\1>", re.S)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
_TAG = re.compile(r"<[^>]+>")


def page(seed: int) -> bytes:
    """One saved page."""
    chance = Random(seed)
    sources = sorted(SAMPLES.glob("*.html"))
    data = sources[seed % len(sources)].read_bytes()
    text = _text(data)
    head, _, rest = text.partition("</head>")
    body, _, _ = rest.partition("</body>")
    opening, _, inner = body.partition(">")
    head = re.sub(r"charset=[\"']?[\w-]+", "charset=utf-8", head) if "charset" in head else head + '<meta charset="utf-8">'
    inner = _CELL.sub(lambda cell: _word_cell(cell, chance), _PARAGRAPH.sub(lambda found: _word_paragraph(found, chance), inner))
    whole = [head, _styles(chance), "</head>", opening, ">", _navigation(chance), '<div class="main"><div id="zoom">', inner]
    whole += ["</div></div>", _footer(chance), _scripts(chance), "</body></html>"]
    made = "".join(whole)
    short = 60_000 + chance.randrange(45_000) - len(made.encode())
    return (made.replace("</body>", _scripts(chance, short) + "</body>") if short > 0 else made).encode()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _span(text: str, chance: Random) -> str:
    return _SPAN.format(size=chance.choice(("10.5", "12", "9")), colour=chance.choice(("000000", "333333")), text=text)


def _word_cell(cell: re.Match[str], chance: Random) -> str:
    """A cell as Word writes it to the web."""
    text = _TAG.sub("", cell[3]).strip()
    width = f' width="{chance.randrange(40, 120)}" valign="center"'
    return f'<{cell[1]}{cell[2]}{width}><p class="MsoNormal" align="center">{_span(text, chance)}<o:p></o:p></p></{cell[1]}>'


def _word_paragraph(found: re.Match[str], chance: Random) -> str:
    text = _TAG.sub("", found[1])
    cut = chance.randrange(len(text) + 1)
    return f'<p class="MsoNormal" style="text-indent:32pt;line-height:28pt">{_span(text[:cut], chance)}{_span(text[cut:], chance)}</p>'


def _navigation(chance: Random) -> str:
    links = "".join(
        f'<li class="n{n % 9}"><a href="/{chance.randrange(9)}/col{chance.randrange(9999)}/index.html" target="_blank" title="{name}">{name}</a></li>'
        for n in range(40) for name in [chance.choice(_PLACES) + chance.choice(_COLUMNS)]
    )
    trail = "<div class='dqwz'>当前位置：" + " &gt; ".join(f"<a href='#'>{name}</a>" for name in _COLUMNS[:4]) + "</div>"
    return f'<div class="header"><div class="logo"><img src="/images/logo.png" width="600" height="90" alt="澜原县人民政府"></div><ul class="nav">{links}</ul></div>{trail}'


def _footer(chance: Random) -> str:
    related = "".join(f'<li><a href="/art/{chance.randrange(10**6)}.html">{chance.choice(_PLACES)}{year}年政府信息公开工作年度报告</a><span>{year}-01-20</span></li>' for year in range(2015, 2024))
    return f'<div class="related"><ul>{related}</ul></div><div class="footer"><p>主办：澜原县人民政府办公室</p><p>网站标识码：0000000001</p></div>'


def _styles(chance: Random) -> str:
    rules = "".join(f".c{n} td{{padding:{chance.randrange(9)}px;color:#{chance.randrange(1 << 24):06x};border:1px solid #ccc}}\n" for n in range(60))
    return f'<style type="text/css">\n{rules}</style>'


def _scripts(chance: Random, size: int = 5_000) -> str:
    lines = []
    while sum(map(len, lines)) < size:
        number = chance.randrange(10**6)
        lines.append(f'var t{number}=function(a,b){{if(a<b&&b>{number}){{document.write("<td>"+a+"</td>");}}return a+b;}};\n')
    return f'<script type="text/javascript">\n{"".join(lines)}</script>'
