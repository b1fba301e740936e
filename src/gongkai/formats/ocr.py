"""OCR: scanned PDFs and pictures of pages, their ruled tables cell by cell, the text around them line by line.

A number counts as seen only where two readings of its cell agree, by the Chinese and by the digits model;
what they disagree on is no number. Even so every number stays a doubt until an identity confirms it
(`gongkai.report.confirm`).
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Final

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.formats.alone import PDFIUM
from gongkai.law.findings import Finding, Place
from gongkai.report.rules import ocr as rules

from .blocks import UNREAD, Block, Cell, Grid, Paragraph
from .limits import DEFAULT, Limits, check_size, damaged, encrypted
from .ruled import Box, Ruled, tables
from .source import Parsed, Unreadable
from .spans import check_grid, without_echoes
from .tesseract import CHINESE, DIGITS, Word, tesseract, words

DPI: Final = 300
_PAGE: Final = (8.27, 11.69)  # inches: A4, upright
_PAPER: Final = 0.88  # of the commonest light shade: lighter than this is paper
_INK: Final = 160  # darker than this is ink
_TURNS: Final = 25  # tenths of a degree to either side that a page may be turned
_TURN: Final = 0.1
_EDGE: Final = 8  # pixels around a table that are its rules
_SPECK: Final = 24  # pixels: less ink is dirt
_MARGIN: Final = 24  # pixels of paper around a cell's text
_LINE: Final = 0.25  # inches: what is no higher is one line
_STACKED: Final = 2.2  # times as high as wide: one character a line
_BRACKET: Final = re.compile(r"[〈《<«(]([^〉》>»()（）]{1,40})[)）]")  # what an opening bracket is taken for
_DIGIT: Final = re.compile(r"\d")
_NUMERAL: Final = re.compile(r"[\d.,+\-]+")
_MEASURED: Final = re.compile(r"(?P<number>[+\-]?\d[\d.,]*)(?:件|项|条|个|次|宗|起|份|万元|亿元|元)?")
_IDEOGRAPH: Final = re.compile(r"[\u3400-\u9fff]")
_LOOKS: Final = re.compile(r"[0-9OoQDIl|〇.,+]{1,3}")  # what a lone digit is taken for
_NARROW: Final = 0.8  # as wide as high
_WORDS: Final = ("无", "/", "／", "—", "-", "一")  # what stands in a cell without a number
_CHINESE: Final = ("-l", CHINESE)


def parse(data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a scanned PDF or of a picture."""
    check_size(len(data), limits)
    tesseract()
    deadline = limits.ocr_deadline()
    blocks: list[Block] = []
    count = 0
    for page in pages(data, limits):
        count += 1
        blocks.extend(_blocks(page, count, deadline, limits))
    return Parsed(tuple(blocks), remarks=(Finding(rules.READ, Place()),), pages=count)


# ── pages as pictures ────────────────────────────────────────────────────────────────────────────────────


def pages(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """Each page upright, in grey, as large as it would be at 300 dots to the inch."""
    if b"%PDF-" in data[:2048]:
        with PDFIUM:
            yield from (_straight(page) for page in _rendered(data[data.find(b"%PDF-") :], limits))
        return
    for picture in _pictures(data, limits):
        inches = _PAGE[0] if picture.height >= picture.width * 0.75 else _PAGE[1]
        scale = inches * DPI / picture.width
        size = (round(picture.width * scale), round(picture.height * scale))
        _check_pixels(size, limits)
        yield _straight(picture.resize(size, Image.Resampling.LANCZOS) if abs(scale - 1) > 0.02 else picture)


def _rendered(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if "password" in str(error).lower() else damaged("pdf") from error
    try:
        _check_pages(len(document), limits)
        for page in document:
            width, height = page.get_size()
            scale = DPI / 72 if max(width, height) < 2 * 72 * _PAGE[1] else DPI * _PAGE[1] / max(width, height)
            _check_pixels((round(width * scale), round(height * scale)), limits)
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")
    except pypdfium2.PdfiumError as error:
        raise damaged("pdf") from error
    finally:
        document.close()


def _pictures(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The pages of a picture file; a TIFF may hold several."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                count = getattr(picture, "n_frames", 1)
                _check_pages(count, limits)
                for number in range(count):
                    picture.seek(number)
                    _check_pixels(picture.size, limits)
                    yield _on_paper(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise damaged("picture") from error


def _on_paper(picture: Image.Image) -> Image.Image:
    """In grey; what is transparent shows the paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        above = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", above.size, "white"), above)
    return picture.convert("L")


def _check_pages(count: int, limits: Limits) -> None:
    if not 0 < count <= limits.pages:
        raise Unreadable(
            "ocr.too_many_pages",
            f"文件有 {count} 页，超过上限 {limits.pages} 页，不像是一份年度报告。",
            f"The file has {count} pages, more than the limit of {limits.pages}; hardly an annual report.",
        )


def _check_pixels(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.pixels or min(size) < 1:
        raise Unreadable(
            "ocr.too_large",
            f"图片过大（{size[0]}×{size[1]} 像素），未予识别。",
            f"The picture is too large ({size[0]}×{size[1]} pixels) and was not recognised.",
        )


def _straight(page: Image.Image) -> Image.Image:
    """The page turned so that its lines run level: then rows of pixels differ most from one another."""
    page = _levelled(page)
    small = page.resize((max(1, page.width // 3), max(1, page.height // 3)), Image.Resampling.BOX)

    def level(tenths: int) -> float:
        turned = small.rotate(tenths * _TURN, Image.Resampling.BILINEAR, fillcolor=255)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum((a - b) ** 2 for a, b in pairwise(rows))

    coarse = max(range(-_TURNS, _TURNS + 1, 5), key=level)
    best = max(range(coarse - 4, coarse + 5), key=level)
    return page.rotate(best * _TURN, Image.Resampling.BICUBIC, fillcolor=255) if level(best) > 1.02 * level(0) else page


def _levelled(page: Image.Image) -> Image.Image:
    """Paper made white and ink black, whatever the scanner's light was."""
    shades = page.histogram()
    paper = max(range(128, 256), key=shades.__getitem__) * _PAPER
    darkest = next(shade for shade, count in enumerate(accumulate(shades)) if count * 200 >= page.width * page.height)
    dark = min(float(darkest), paper / 2)
    return page.point([max(0, min(255, round((shade - dark) * 255 / (paper - dark)))) for shade in range(256)])


# ── a page ───────────────────────────────────────────────────────────────────────────────────────────────


def _blocks(page: Image.Image, number: int, deadline: float, limits: Limits) -> list[Block]:
    """A page's lines and tables from top to bottom."""
    ink = page.point(lambda value: 0 if value < _INK else 255)
    found = tables(ink, DPI)
    at = f"第{number}页"
    placed: list[tuple[int, Block]] = []
    rest = page.copy()
    for index, table in enumerate(found, 1):
        check_grid(len(table.rows), len(table.rows[0]), limits)
        left, top, right, bottom = table.box
        rest.paste(255, (max(0, left - _EDGE), max(0, top - _EDGE), right + _EDGE, bottom + _EDGE))
        texts = _cells(page, ink, table, deadline)
        made = [Cell(text) for text in texts]
        grid = without_echoes([[made[cell] for cell in row] for row in table.rows])
        placed.append((table.box[1], Grid(grid, at=f"{at}第{index}个表格")))
    placed += [(top, Paragraph(text, at)) for top, text in _lines(words([rest], DPI, (*_CHINESE, "--psm", "4"), deadline))]
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _lines(seen: Iterable[Word]) -> Iterator[tuple[int, str]]:
    """The lines that these words stand in, each with its upper edge."""
    for _, line in groupby(seen, key=lambda word: (word.picture, word.line)):
        standing = list(line)
        text = _joined(standing)
        if text:
            yield min(word.top for word in standing), text


def _joined(line: Sequence[Word]) -> str:
    """The words of a line; a blank only where it is seen, and not beside an ideograph."""
    text = ""
    last: Word | None = None
    for word in line:
        if last is not None and word.left - last.right > 0.2 * (word.bottom - word.top) and text[-1:].isascii() and word.text[:1].isascii():
            text += " "
        text += word.text
        last = word
    return _BRACKET.sub(r"（\1）", text)


# ── the cells of a table ─────────────────────────────────────────────────────────────────────────────────


def _cells(page: Image.Image, ink: Image.Image, table: Ruled, deadline: float) -> list[str]:
    """The text of each cell, by its number; numbers as the Chinese and the digits model both see them."""
    crops = {number: crop for number, box in enumerate(table.cells) if (crop := _crop(page, ink, box)) is not None}
    numbers = list(crops)
    pictures = [crops[number] for number in numbers]
    chinese = dict(_chinese(pictures, deadline))
    asked = [index for index, picture in enumerate(pictures) if _may_be_number(chinese.get(index, ""), picture)]
    digits = _forced(asked, pictures, (DIGITS, "7"), deadline)
    digits |= _forced([index for index in asked if not digits[index]], pictures, (DIGITS, "6"), deadline)
    odd = [index for index in asked if digits[index] != "".join(chinese.get(index, "").split())]
    again = _forced(odd, pictures, (CHINESE, "7"), deadline)
    texts = [""] * len(table.cells)
    for index, number in enumerate(numbers):
        seen = chinese.get(index, "")
        texts[number] = _agreed(seen, digits[index], again.get(index, "")) if index in digits else seen or UNREAD
    return texts


def _forced(chosen: Sequence[int], pictures: Sequence[Image.Image], how: tuple[str, str], deadline: float) -> dict[int, str]:
    """The digits that a model sees on the chosen pictures, "" where it sees none. `how`: model, kind of picture."""
    options = ("-l", how[0], "--psm", how[1], "-c", "tessedit_char_whitelist=0123456789.,+-")
    texts = _texts(words([pictures[index] for index in chosen], DPI, options, deadline))
    return {index: "".join(texts.get(position, "").split()) for position, index in enumerate(chosen)}


def _chinese(pictures: Sequence[Image.Image], deadline: float) -> Iterator[tuple[int, str]]:
    """The text on each picture, those with one line read as such."""
    single = [index for index, picture in enumerate(pictures) if picture.height - 2 * _MARGIN < _LINE * DPI]
    several = [index for index in range(len(pictures)) if index not in set(single)]
    for chosen, kind in ((single, "7"), (several, "6")):
        texts = _texts(words([pictures[index] for index in chosen], DPI, (*_CHINESE, "--psm", kind), deadline))
        yield from ((chosen[position], text) for position, text in texts.items())


def _crop(page: Image.Image, ink: Image.Image, box: Box) -> Image.Image | None:
    """What stands in a cell, on paper; None where nothing does. Characters one below another are set side by side."""
    left, top, right, bottom = box
    inset = min(DPI // 40, (right - left) // 6, (bottom - top) // 6)
    inside = (left + inset, top + inset, right - inset, bottom - inset)
    marks = ImageOps.invert(ink.crop(inside))
    around = marks.getbbox()
    if around is None or marks.histogram()[255] < _SPECK:
        return None
    text = page.crop(inside).crop(around)
    if text.height > _STACKED * text.width and text.height > DPI * 0.3:
        text = _side_by_side(text, marks.crop(around))
    return ImageOps.expand(text, _MARGIN, 255)


def _side_by_side(text: Image.Image, marks: Image.Image) -> Image.Image:
    """Characters that stand one below another, in one line."""
    inked = marks.resize((1, marks.height), Image.Resampling.BOX).tobytes()
    pieces: list[tuple[int, int]] = []
    for filled, run in groupby(range(len(inked)), key=lambda y: inked[y] > 0):
        rows = list(run)
        if not filled:
            continue
        near = pieces and rows[0] - pieces[-1][1] < 0.12 * text.width  # parts of one character
        if near and rows[-1] - pieces[-1][0] < 1.15 * text.width:
            pieces[-1] = (pieces[-1][0], rows[-1])
        else:
            pieces.append((rows[0], rows[-1]))
    line = Image.new("L", (len(pieces) * (text.width + 6), text.width + 12), 255)
    for index, (first, last) in enumerate(pieces):
        piece = text.crop((0, first, text.width, last + 1))
        line.paste(piece, (index * (text.width + 6), max(0, (line.height - piece.height) // 2)))
    return line


def _texts(seen: Iterator[Word]) -> dict[int, str]:
    """The text on each picture, its lines below one another."""
    texts: dict[int, str] = {}
    for picture, words_on in groupby(seen, key=lambda word: word.picture):
        texts[picture] = "\n".join(text for _, text in _lines(words_on))
    return texts


def _may_be_number(text: str, picture: Image.Image) -> bool:
    """Whether a cell that reads so may hold a number: a digit is narrower than an ideograph."""
    if not text or _LOOKS.fullmatch(text):
        return True
    if len(_IDEOGRAPH.findall(text)) > 1:
        return bool(_MEASURED.fullmatch("".join(text.split())))
    narrow = picture.width - 2 * _MARGIN < _NARROW * (picture.height - 2 * _MARGIN)
    return (len(text) == 1 and narrow) or bool(_DIGIT.search(text))


def _agreed(chinese: str, digits: str, again: str) -> str:
    """A number that two models see; where they see different ones, both, with a sign that it is no number.

    `again`: what the Chinese model sees once more, when it is told that there are only digits.
    """
    seen = "".join(chinese.split())
    measured = _MEASURED.fullmatch(seen)
    if measured and measured["number"] == digits:
        return chinese
    if not measured and (len(_IDEOGRAPH.findall(seen)) > 1 or seen in _WORDS):
        return chinese  # a label or a remark, perhaps with a number in it
    ours = "".join(_NUMERAL.findall(seen))
    if digits and again == digits and ours in ("", digits):
        return digits
    return UNREAD.join(dict.fromkeys((ours, digits, again))) if ours or digits or again else UNREAD
