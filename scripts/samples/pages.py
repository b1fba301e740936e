"""Web pages: a whole saved page, a page of split spans in GB18030, an old page laid out with tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from gongkai.law.editions import SECTIONS

from .draft import Draft
from .tables import TABLES, Table, Td

Words = Callable[[str], str]
NAVIGATION = ("首页", "走进澜原", "新闻中心", "政务公开", "政务服务", "互动交流")
NUMERALS = "一二三四五六"


def heading(number: int) -> str:
    return f"{NUMERALS[number - 1]}、{SECTIONS[number - 1]}"


def _plain(text: str) -> str:
    return escape(text)


def _split(text: str) -> str:
    """Every few characters in a span of their own, as word processors leave them."""
    if not text:
        return "<span><o:p> </o:p></span>"
    size = 5 if len(text) > 8 else 2
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(f'<span style="font-size:16px"><font face="仿宋">{escape(piece)}</font></span>' for piece in pieces)


def _cell(cell: Td, words: Words, wrap: str) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
    return f"<td{spans}>{wrap.format(words(cell.text))}</td>"


def _table(table: Table, words: Words, wrap: str = "{}") -> str:
    rows = "\n".join(f"<tr>{''.join(_cell(cell, words, wrap) for cell in cells)}</tr>" for cells in table)
    return f'<table border="1" cellspacing="0">\n<tbody>\n{rows}\n</tbody>\n</table>'


def _body(draft: Draft, words: Words, wrap: str = "{}") -> str:
    parts = [f"<p>{words(text)}</p>" for text in draft.before]
    for number in range(1, 7):
        parts.append(f"<p><strong>{words(heading(number))}</strong></p>")
        if number in TABLES:
            parts.append(_table(TABLES[number](draft), words, wrap))
        parts += [f"<p>{words(text)}</p>" for text in draft.sections.get(number, ())]
    if draft.signed:
        parts += [f'<p style="text-align:right">{words(text)}</p>' for text in draft.signed]
    return "\n".join(parts)


def saved_page(draft: Draft) -> bytes:
    """A page as a browser saves it: the report is one part of it."""
    links = "".join(f'<li><a href="#">{name}</a></li>' for name in NAVIGATION)
    title = "".join(draft.title)
    page = f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{title}-澜原县人民政府</title>
<style>td {{ border: 1px solid #333; padding: 4px }} .top li {{ display: inline }}</style>
<script>var column = "年报"; function fontSize(n) {{ document.body.style.fontSize = n + "px"; }}</script>
</head>
<body>
<div class="top"><ul>{links}</ul><form action="#"><input name="q" value="请输入关键词"><button>搜索</button></form></div>
<div class="place">当前位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">政府信息公开年报</a></div>
<table class="info">
<tr><td>索引号：</td><td>LY0001/2024-00037</td><td>发布机构：</td><td>澜原县人民政府</td></tr>
<tr><td>生成日期：</td><td>2024-03-18</td><td>有效性：</td><td>有效</td></tr>
</table>
<h1>{title}</h1>
<div class="bar">发布时间：2024-03-18　来源：县政务公开办公室　浏览次数：<span id="hits">0</span>　字体：<a href="#">大</a> <a href="#">小</a></div>
<div id="content">
{_body(draft, _plain)}
</div>
<div class="foot"><p>主办：澜原县人民政府办公室</p><p>网站标识码 0000000000</p><p>联系电话 0000-0000000</p></div>
</body>
</html>
"""
    return page.encode()


def split_spans(draft: Draft) -> bytes:
    """GB18030; the words of every paragraph and cell in pieces."""
    title = "".join(draft.title)
    page = f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}</title>
</head>
<body>
<div class="nav"><a href="#">首页</a> | <a href="#">信息公开</a> | <a href="#">年度报告</a></div>
<div class="article">
<h2>{title}</h2>
{_body(draft, _split, "<p>{}<o:p></o:p></p>")}
</div>
<div class="share">打印本页 关闭窗口</div>
</body>
</html>
"""
    return page.encode("gb18030")


def nested_tables(draft: Draft) -> bytes:
    """An old page: its layout is tables, and the three tables stand inside them."""
    title = "".join(draft.title)
    page = f"""<html>
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<table width="1000" align="center">
<tr><td colspan="2">泽安市财政局</td></tr>
<tr>
<td width="180"><table><tr><td>机构概况</td></tr><tr><td>公开指南</td></tr><tr><td>公开年报</td></tr></table></td>
<td><table width="100%"><tr><td align="center"><b>{title}</b></td></tr>
<tr><td>时间：2021-01-22　作者：办公室</td></tr>
<tr><td>
{_body(draft, _plain)}
</td></tr></table></td>
</tr>
<tr><td colspan="2">版权所有：泽安市财政局</td></tr>
</table>
</body>
</html>
"""
    return page.encode()
