"""Files that no door may let in, and some that only look so: small in bytes, whatever they unpack to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import xlsxwriter
from PIL import Image

from tests.formats.test_xlsx import far_out

MIB = 1 << 20


def book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        fill(made)
    return out.getvalue()


def _rows(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet()
    for row in range(25_000):
        sheet.write_number(row, 0, row)


def _columns(made: xlsxwriter.Workbook) -> None:
    made.add_worksheet().write_row(0, 0, [f"列{n}" for n in range(5_000)])


def _formulas(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet()
    for row in range(3):
        for column in range(6):
            sheet.write_formula(row, column, '=HYPERLINK("http://evil.example","x")')


def _merged(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet()
    sheet.merge_range("A1:F3", "登记编号")
    sheet.write("A5", "2024年3月5日")


def _signs(made: xlsxwriter.Workbook) -> None:
    made.add_worksheet().write_row(0, 0, ["_x0000_甲\u202e", "登记_x0007_编号", "=1+1", "'"])


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        made.writestr("xl/workbook.xml", b"<x>" + b" " * (80 * MIB) + b"</x>")
    return out.getvalue()


def _many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(6_000):
            made.writestr(f"{number}.docx", b"")
    return out.getvalue()


def _outward() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("../../甲.docx", "乙".encode())
        made.writestr("甲\x00乙.docx", b"x")
    return out.getvalue()


def letter() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("甲乙丙")
    document.save(out)
    return out.getvalue()


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


def _sound() -> bytes:
    return book(lambda made: made.add_worksheet().write(0, 0, "甲"))


def hostile() -> Mapping[str, tuple[str, bytes]]:
    """What it is called, its name and its bytes."""
    sound = _sound()
    return {
        "nothing": ("表.xlsx", b""), "wrong ending": ("表.csv", sound), "text called a table": ("表.xlsx", "编号,姓名\n1,甲".encode()), "GB18030": ("表.xlsx", "编号".encode("gb18030")),
        "NUL": ("表.xlsx", b"\x00" * 4096), "cut off": ("表.xlsx", sound[: len(sound) // 2]), "cut off in the middle": ("表.xlsx", sound[:-30]), "bomb": ("表.xlsx", _bomb()),
        "a cell far out": ("表.xlsx", far_out("as it is")), "a cell far out, hidden": ("表.xlsx", far_out("too many digits")), "rows": ("表.xlsx", book(_rows)), "columns": ("表.xlsx", book(_columns)),
        "formulas": ("表.xlsx", book(_formulas)), "merged": ("表.xlsx", book(_merged)), "strange signs": ("表.xlsx", book(_signs)), "empty table": ("表.xlsx", book(lambda made: made.add_worksheet())),
        "a letter": ("信.docx", letter()), "a picture": ("图.xlsx", _picture()), "nonsense": ("信.docx", b"PK\x03\x04" + b"\xff" * 500), "many files": ("档.zip", _many()), "names leading out": ("档.zip", _outward()),
        "no name": ("", b"x"), "a very long name": ("长" * 300 + ".xlsx", sound), "a name with signs": ("甲\n\u202e\"<>.xlsx", sound), "two endings": ("表.xlsx.exe", b"MZ\x00\x00" + b"\x00" * 200),
        "broken UTF-8": ("放假.csv", b"date,kind,name\n2027-01-01,holiday,\xff\xfe\xff\n"), "only a mark": ("放假.csv", b"\xef\xbb\xbf"), "one long line": ("放假.csv", b"date,kind,name\n" + b"x" * 90_000),
        "quotes left open": ("放假.csv", b'date,kind,name\n"2027-01-01,holiday,\n' * 50), "days that are not": ("放假.csv", "date,kind,name\n２０２７-01-01,holiday,元旦\n0000-01-01,holiday,x\n10000-01-01,holiday,x\n2027-02-30,workday,春节\n".encode()),
        "doubled": ("放假.csv", "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-01,workday,元旦\n".encode()), "nested": ("报告.json", b"[" * 50_000), "endless number": ("报告.json", b'{"year": ' + b"9" * 6000 + b"}"),
        "a page": ("报告.html", b"<table>" * 30_000), "no scalar": ("报告.json", b'{"a": "\\ud800\\u0000"}'), "old word": ("信.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600), "a PDF in name": ("信.pdf", b"%PDF-1.7\n%%EOF"),
    }  # fmt: skip
