"""The built-in texts as Word templates in the letter format of official documents (GB/T 9704 10.1 信函格式), and what only a filled letter can settle."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_HEADER_FOOTER
from docx.oxml import parse_xml

from gongkai.formats.writing.archive import settled
from gongkai.formats.writing.docx import dress, font_table
from gongkai.formats.writing.look import BODY, LINE, TITLE, WIDTH, em

from . import texts
from .filling import W, text_of
from .texts import LETTERS, Line, Role, Table

RED: Final = "C7000B"
ORGAN_SIZE: Final = 30.0  # 磅；机关名称过长的，压缩字宽
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SONG, _HEI, _KAI, _BOOK = "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
_MM: Final = 1440 / 25.4
_NAMES: Final[dict[Role, str]] = {
    Role.ORGAN: "公开·机关标志", Role.NUMBER: "公开·文号", Role.TO: "公开·主送", Role.ASKED: "公开·引述", Role.TABLE: "公开·表格", Role.SEAL: "公开·印章",
    Role.SIGNED: "公开·署名", Role.DATED: "公开·成文日期", Role.NOTE: "公开·附注", Role.FORM: "公开·附表",
}  # fmt: skip
_AFTER_SCALE: Final = frozenset(f"{W}{tag}" for tag in ("kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "vertAlign", "rtl", "cs", "em", "lang"))
STYLES: Final = {name: role for role, name in _NAMES.items()} | {"Title": Role.TITLE, "heading 1": Role.HEAD, "Heading 1": Role.HEAD}


@lru_cache(maxsize=64)
def template(key: str) -> bytes:
    """Our own text of a letter as a Word file with its places; what a legal office begins from."""
    made = docx.Document()
    dress(made)
    for xml in _styles():
        made.styles.element.append(parse_xml(xml))
    _first_page(made)
    final = made.element.body[-1]
    for xml in _parts(key):
        final.addprevious(parse_xml(xml))
    properties = made.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = LETTERS[key].title, "", "", ""
    properties.language, properties.revision = "zh-CN", 1
    properties.created = properties.modified = datetime.combine(date(2019, 5, 15), time())
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), {"word/fontTable.xml": font_table()})


def _parts(key: str) -> Iterator[str]:
    text = LETTERS[key]
    before, after = texts.frame(key)
    for part in (*before, *text.parts, *after):
        yield from _part(part)
    for number, part in enumerate(text.form):
        yield from _part(part, "<w:pageBreakBefore/>" if number == 0 else "")


def _part(part: Line | Table, more: str = "") -> Iterator[str]:
    if isinstance(part, Table):
        yield _table(part)
        yield _paragraph(Role.TABLE, "", '<w:spacing w:line="160" w:lineRule="exact"/>')
    else:
        yield _paragraph(part.role, part.text, more)


def _paragraph(role: Role, text: str, more: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p {_W}><w:pPr><w:pStyle w:val="{role.value}"/>{more}</w:pPr>{run}</w:p>'


def _table(table: Table) -> str:
    whole = sum(table.widths)
    grid = [round(WIDTH * _MM * width / whole) for width in table.widths]
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    head = [_row(table.head, grid, head=True)] if table.head else []
    rows = head + [_row(row, grid, label=not table.head) for row in table.rows]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(cells: Sequence[str], grid: Sequence[int], *, head: bool = False, label: bool = False) -> str:
    """A row; in a table without a head the first cell says what the others are."""
    made = ""
    spanned = len(grid) - len(cells) + 1  # 栏数不足的行，第一格跨其余的栏
    widths = [sum(grid[:spanned]), *grid[spanned:]]
    for number, (text, width) in enumerate(zip(cells, widths, strict=True)):
        bold = head or (label and number == 0)
        font = f'<w:rPr><w:rFonts w:eastAsia="{_HEI}"/></w:rPr>' if bold else ""
        side = "center" if head or (label and number == 0) or not label else "left"
        lines = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{Role.TABLE.value}"/><w:jc w:val="{side}"/></w:pPr><w:r>{font}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
            for line in text.split("\n")
        )
        across = f'<w:gridSpan w:val="{spanned}"/>' if number == 0 and spanned > 1 else ""
        made += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'
    repeated = "<w:tblHeader/>" if head else ""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(9 * _MM)}" w:hRule="atLeast"/>{repeated}</w:trPr>{made}</w:tr>'


# ── the look ─────────────────────────────────────────────────────────────────────────────────────────────


def _styles() -> Iterator[str]:
    none = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
    red = f'<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="9" w:color="{RED}"/>'
    wide = f'<w:ind w:left="-{round(8 * _MM)}" w:right="-{round(6 * _MM)}" w:firstLine="0" w:firstLineChars="0"/>'
    yield _style(
        Role.ORGAN, f'<w:keepNext/><w:pBdr>{red}</w:pBdr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{round(ORGAN_SIZE * 24)}" w:lineRule="exact"/>{wide}<w:jc w:val="center"/>',
        f'{_fonts(_SONG)}<w:color w:val="{RED}"/>{_size(ORGAN_SIZE)}',
    )  # fmt: skip
    yield _style(Role.NUMBER, f'<w:spacing w:before="{round(BODY * 17.5)}" w:line="{round(LINE * 20)}" w:lineRule="exact"/>{none}<w:jc w:val="right"/>', "")
    yield _style(Role.TO, f"<w:keepNext/>{none}", "")
    yield _style(Role.ASKED, "", f'<w:rFonts w:eastAsia="{_KAI}"/>')
    cell = f'<w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="340" w:lineRule="atLeast"/>{none}<w:jc w:val="left"/>'
    yield _style(Role.TABLE, cell, _size(14))
    yield _style(Role.SEAL, f'<w:keepNext/><w:spacing w:before="{round(LINE * 20)}"/>{none}<w:jc w:val="right"/>', f'<w:color w:val="A6A6A6"/>{_size(12)}')
    yield _style(Role.SIGNED, f'<w:keepNext/>{none}<w:jc w:val="right"/>', "")
    yield _style(Role.DATED, f'{none}<w:jc w:val="right"/>', "")
    note = f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:line="280" w:lineRule="atLeast"/>{none}<w:jc w:val="left"/>'
    yield _style(Role.NOTE, note, f'<w:rFonts w:eastAsia="{_BOOK}"/>{_size(9)}')
    yield _style(Role.FORM, f'<w:keepNext/><w:spacing w:after="{round(LINE * 10)}" w:line="640" w:lineRule="exact"/>{none}<w:jc w:val="center"/>', _fonts(_SONG) + _size(TITLE))


def _style(role: Role, paragraph: str, run: str) -> str:
    return (
        f'<w:style {_W} w:type="paragraph" w:customStyle="1" w:styleId="{role.value}"><w:name w:val="{_NAMES[role]}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _first_page(made: Any) -> None:
    """首页不显示页码；距下页边 20 毫米处一条红色双线（上细下粗）."""
    section = made.sections[0]
    title = made.styles.element.find(f"{W}style[@{W}styleId='Title']/{W}pPr/{W}spacing")
    title.set(f"{W}before", str(round(LINE * 20)))
    part, relation = made.part.add_footer_part()
    footer = part.element
    for child in list(footer):
        footer.remove(child)
    wide = f'<w:ind w:left="-{round(8 * _MM)}" w:right="-{round(6 * _MM)}" w:firstLine="0" w:firstLineChars="0"/>'
    line = f'<w:pBdr><w:top w:val="thickThinSmallGap" w:sz="24" w:space="1" w:color="{RED}"/></w:pBdr>'
    for note in texts.FOOT:
        footer.append(parse_xml(_paragraph(note.role, note.text)))
    footer.append(parse_xml(f'<w:p {_W}><w:pPr><w:pStyle w:val="Footer"/>{line}{wide}</w:pPr></w:p>'))
    section.different_first_page_header_footer = True
    section._sectPr.add_footerReference(WD_HEADER_FOOTER.FIRST_PAGE, relation)
    section._sectPr.find(f"{W}pgMar").set(f"{W}top", str(round(30 * _MM)))


# ── what only the filled letter can settle ───────────────────────────────────────────────────────────────


def settle(document: Any) -> None:
    """The organ's name fitted to the line; the signature centred over its day (GB/T 9704 7.3.5.1)."""
    ids = {style.get(f"{W}styleId"): STYLES.get(name.get(f"{W}val")) for style, name in _named(document)}
    found: dict[Role, list[Any]] = {}
    for paragraph in document.element.body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        role = ids.get(style.get(f"{W}val")) if style is not None else None
        if role is not None:
            found.setdefault(role, []).append(paragraph)
    for paragraph in found.get(Role.ORGAN, []):
        _squeeze(paragraph)
    indents = signed(*(text_of(found[role][0]) if role in found else "" for role in (Role.SIGNED, Role.DATED)))
    for role, indent in zip((Role.SIGNED, Role.DATED), indents, strict=True):
        for paragraph in found.get(role, []):
            _indent(paragraph, indent)
    seal = (indents[0] * BODY + em(text_of(found[Role.SIGNED][0])) * BODY / 2) / BODY if Role.SIGNED in found else 4.0
    for paragraph in found.get(Role.SEAL, []):
        _indent(paragraph, seal - em(text_of(paragraph)) * 12 / BODY / 2)
        _keep_before(paragraph)


def signed(organ: str, day: str) -> tuple[float, float]:
    """How far the signature and the day stand from the right, in characters: the day four, the organ centred over it."""
    name, written = em(organ), em(day)
    of_day = 4.0
    of_organ = of_day + (written - name) / 2
    return (of_organ, of_day) if of_organ >= 0 else (0.0, of_day - of_organ)


def _named(document: Any) -> Iterable[tuple[Any, Any]]:
    for style in document.styles.element.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            yield style, name


def _squeeze(paragraph: Any) -> None:
    room = 170 / 25.4 * 72 * 0.94
    wide = em(text_of(paragraph)) * ORGAN_SIZE
    if wide <= room:
        return
    share = max(round(room / wide * 100), 50)
    for run in paragraph.iter(f"{W}r"):
        properties = run.get_or_add_rPr()
        made = parse_xml(f'<w:w {_W} w:val="{share}"/>')
        after = next((child for child in properties if child.tag in _AFTER_SCALE), None)
        if after is not None:
            after.addprevious(made)
        else:
            properties.append(made)


def _keep_before(paragraph: Any) -> None:
    """The paragraph before the signature stays with it."""
    before = paragraph.getprevious()
    if before is not None and before.tag == f"{W}p" and before.find(f"{W}pPr/{W}keepNext") is None:
        before.get_or_add_pPr()._insert_keepNext(parse_xml(f"<w:keepNext {_W}/>"))


def _indent(paragraph: Any, characters: float) -> None:
    properties = paragraph.get_or_add_pPr()
    for old in properties.findall(f"{W}ind"):
        properties.remove(old)
    xml = f'<w:ind {_W} w:firstLine="0" w:firstLineChars="0" w:right="{round(characters * BODY * 20)}" w:rightChars="{round(characters * 100)}"/>'
    properties._insert_ind(parse_xml(xml))
