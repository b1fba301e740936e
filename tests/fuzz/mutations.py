"""Mutations of files: what editors, converters, networks and disks do to a report; and bytes that nobody meant.

Each mutation takes a source of chance and a file, and gives the file mutated. `random.Random` and Hypothesis's
`randoms()` both serve. What a mutation may do to the numbers themselves is told by `Mutation.spoils`.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from gongkai.formats.source import Format

Mutate = Callable[[Random, bytes], bytes]

_ROW = re.compile(rb"<(?:w:)?tr[ >].*?</(?:w:)?tr>", re.S)
_CELL = re.compile(rb"<(?:w:)?t[dhc][ >].*?</(?:w:)?t[dhc]>", re.S)
_TAG = re.compile(rb"<[^<>]{1,200}>")
_NUMBERS = re.compile(rb"[\d\s]*")
_KINDS = ("商业企业", "法律服务机构")
TOKENS = {
    Format.HTML: (b"<table>", b"</table>", b"<tr>", b"</td>", b"<td rowspan=0>", b"<td colspan=999999>", b"<!--", b"-->", b"<script>",
                  b"</script>", b"<![CDATA[", b"&#x0;", b"&#1114112;", b"<div style=display:none>", b"<meta charset=utf-16>", b"<pre>"),
    Format.DOCX: (b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tc>", b'<w:gridSpan w:val="99999"/>', b'<w:vMerge w:val="restart"/>',
                  b"<w:vMerge/>", b"<w:del>", b"<mc:AlternateContent>", b'<w:ilvl w:val="-1"/>', b"&#0;", b"<!DOCTYPE x>", b"<w:altChunk/>"),
    Format.XLSX: (b'<c r="XFD1048576"><v>1</v></c>', b'<c r="A0"/>', b"<f>1/0</f>", b'<mergeCell ref="A1:XFD1048576"/>', b't="s"',
                  b"<v>99999999</v>", b"<v>-1</v>", b"<v>1e999</v>", b"<v>nan</v>", b"<!DOCTYPE x>", b"</row>", b't="d"', b"<is><t>1</t></is>"),
    Format.PDF: (b"endstream", b"endobj", b"/Length 0", b"/Length 999999999", b"/Kids [1 0 R]", b"BT", b"ET", b"q ", b"Q ", b"1e99 0 0 1 0 0 cm",
                 b"0 0 0 0 0 0 cm", b"/Filter /LZWDecode", b"/Encrypt 1 0 R", b"(\\", b"<FFFF", b"-999999 w", b"/MediaBox [0 0 0 0]", b"/Rotate 45"),
    Format.JSON: (b"null", b"NaN", b"1e9999", b"-0", b'"', b"[", b"{", b'"format": "2020"', b"\\ud800", b"[[[[[[[[", b"1" * 400, b"true", b"{}", b"[]"),
    Format.TEXT: (b"\t", b"|", b"\n|\n", b"\r", b"\x0c", b"\xef\xbb\xbf", b"\xff\xfe", b"0" * 30, "三、".encode(), "总计".encode(), b"<td>"),
}
TOKENS[Format.MARKDOWN] = (*TOKENS[Format.TEXT], b"|---|---|", b"|" * 60, b"![](x)", b"```")
TOKENS[Format.DOC] = (b"W\0o\0r\0d\0D\0o\0c\0", b"\xd0\xcf\x11\xe0", b"E\0n\0c\0r\0y\0p\0t\0", b"\0" * 512)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A way to spoil a file. `spoils`: how many cells may then say another number than before."""

    name: str
    mutate: Mutate
    spoils: int = 0


# ── bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def cut_off(chance: Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: chance.randint(1, max(1, len(data) - 1))]


def flipped(chance: Random, data: bytes, most: int = 6) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(chance.randint(1, most)):
        out[chance.randint(0, len(out) - 1)] = chance.choice((0, 255, 0x20, 0x3C, 0x7C, chance.randint(0, 255)))
    return bytes(out)


def dropped_piece(chance: Random, data: bytes) -> bytes:
    at = chance.randint(0, max(0, len(data) - 1))
    return data[:at] + data[at + chance.randint(1, 200) :]


def doubled_piece(chance: Random, data: bytes) -> bytes:
    at, size = chance.randint(0, max(0, len(data) - 1)), chance.randint(1, 2_000)
    return data[: at + size] + data[at : at + size] * chance.choice((1, 1, 30)) + data[at + size :]


def moved_piece(chance: Random, data: bytes) -> bytes:
    at, size, to = chance.randint(0, max(0, len(data) - 1)), chance.randint(1, 500), chance.randint(0, max(0, len(data) - 1))
    piece, rest = data[at : at + size], data[:at] + data[at + size :]
    return rest[:to] + piece + rest[to:]


def token(kind: Format) -> Mutate:
    def put(chance: Random, data: bytes) -> bytes:
        """Words of the format itself where they do not belong."""
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(data))
            data = data[:at] + chance.choice(TOKENS[kind]) * chance.choice((1, 1, 1, 50)) + data[at:]
        return data

    return put


def within_archive(inner: Mutate) -> Mutate:
    def packed(chance: Random, data: bytes) -> bytes:
        """One member of the archive mutated, and packed again, so that the parser of its XML meets it."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            return data  # mutated before, and no archive any more
        names = [name for name, held in members.items() if name.endswith(".xml") and held]
        main = [name for name in names if re.search(r"document\.xml$|sheet\d+\.xml$|sharedStrings", name)]
        if not names:
            return data
        chosen = chance.choice(main) if main and chance.randint(0, 3) else chance.choice(names)
        members[chosen] = inner(chance, members[chosen])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, held in members.items():
                archive.writestr(zipfile.ZipInfo(name), held)
        return out.getvalue()

    return packed


BYTES: tuple[Mutate, ...] = (cut_off, flipped, dropped_piece, doubled_piece, moved_piece)


def anything(kind: Format) -> tuple[Mutate, ...]:
    """All that fuzzing does to a file of that kind."""
    plain = (*BYTES, token(kind))
    if kind in (Format.DOCX, Format.XLSX):
        return (cut_off, flipped, dropped_piece, *(within_archive(one) for one in plain), *(within_archive(one) for one in plain))
    return plain


# ── what happens to real files ────────────────────────────────────────────────────────────────────────────────


def _lines(data: bytes) -> list[bytes]:
    return data.split(b"\n")


def dropped_lines(chance: Random, data: bytes) -> bytes:
    lines = _lines(data)
    for _ in range(chance.randint(1, 3)):
        del lines[chance.randint(0, len(lines) - 1)]
    return b"\n".join(lines)


def joined_lines(chance: Random, data: bytes) -> bytes:
    lines = _lines(data)
    at = chance.randint(0, max(0, len(lines) - 2))
    lines[at : at + 2] = [b" ".join(line.lstrip(b"\t") if n else line for n, line in enumerate(lines[at : at + 2]))]
    return b"\n".join(lines)


def glued_lines(chance: Random, data: bytes) -> bytes:
    lines = _lines(data)
    at = chance.randint(0, max(0, len(lines) - 2))
    lines[at : at + 2] = [b"".join(line.strip() if n else line for n, line in enumerate(lines[at : at + 2]))]
    return b"\n".join(lines)


def broken_line(chance: Random, data: bytes) -> bytes:
    """A line broken between two characters that are no digits."""
    text = data.decode("utf-8", "surrogateescape")
    places = [found.start() for found in re.finditer(r"(?<=[^\d\s])(?=[^\d\s])", text)]
    at = chance.choice(places)
    return f"{text[:at]}\n{text[at:]}".encode("utf-8", "surrogateescape")


def empty_lines(chance: Random, data: bytes) -> bytes:
    lines = _lines(data)
    for _ in range(chance.randint(1, 12)):
        lines.insert(chance.randint(0, len(lines)), chance.choice((b"", b"  ", "　".encode())))
    return b"\n".join(lines)


def recoded(chance: Random, data: bytes) -> bytes:
    """Another encoding, the page's own word on it gone."""
    text = _text(data)
    text = re.sub(r"charset=[\"']?[\w-]+", "charset=", text)
    return text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")), "replace")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def line_ends(chance: Random, data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r\n", b"\r")))


def _parts(pattern: re.Pattern[bytes], chance: Random, data: bytes) -> tuple[int, int] | None:
    found = [one.span() for one in pattern.finditer(data)]
    return chance.choice(found) if found else None


def dropped(pattern: re.Pattern[bytes]) -> Mutate:
    def drop(chance: Random, data: bytes) -> bytes:
        span = _parts(pattern, chance, data)
        return data if span is None else data[: span[0]] + data[span[1] :]

    return drop


def doubled(pattern: re.Pattern[bytes]) -> Mutate:
    def double(chance: Random, data: bytes) -> bytes:
        span = _parts(pattern, chance, data)
        return data if span is None else data[: span[1]] + data[slice(*span)] + data[span[1] :]

    return double


def swapped_rows(chance: Random, data: bytes) -> bytes:
    """Two rows change places, each with its labels."""
    rows = [one.span() for one in _ROW.finditer(data) if not re.search(rb"rowspan|vMerge", data[slice(*one.span())])]
    if len(rows) < 2:
        return data
    (a, b), (c, d) = sorted((chance.choice(rows), chance.choice(rows)))
    return data if a == c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def spread_cell(chance: Random, data: bytes) -> bytes:
    """A cell merged with the one beside it, whose text is lost."""
    span = _parts(_CELL, chance, data)
    if span is None:
        return data
    cell, rest = data[slice(*span)], data[span[1] :]
    following = _CELL.match(rest.lstrip())
    if following is None:
        return data
    wide = cell.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="2"/>', 1) if cell.startswith(b"<w:") else re.sub(rb"^<t[dh]", b"<td colspan=2", cell)
    return data[: span[0]] + wide + rest.lstrip()[following.end() :]


def moved_columns(chance: Random, data: bytes) -> bytes:
    """Two kinds of organisation change their columns, header and values alike."""
    one, other = chance.sample(range(5), 2)
    coding = "utf-8" if all(kind.encode() in data for kind in _KINDS) else "gb18030"
    kinds = [kind.encode(coding) for kind in _KINDS]
    under = False

    def row(found: re.Match[bytes]) -> bytes:
        nonlocal under
        cells = [cell.span() for cell in _CELL.finditer(found[0])]
        texts = [_TAG.sub(b"", found[0][slice(*span)]) for span in cells]
        heads = [index for index, text in enumerate(texts) if text.strip() in kinds]
        if len(heads) == 2 and heads[1] - heads[0] == 3:
            under, start = True, heads[0]
        elif under and len(cells) > 7 and _NUMBERS.fullmatch(b" ".join(texts[-7:])) and not _NUMBERS.fullmatch(texts[-8]):
            start = len(cells) - 6
        else:
            return found[0]
        (a, b), (c, d) = sorted((cells[start + one], cells[start + other]))
        whole = found[0]
        return whole[:a] + whole[c:d] + whole[b:c] + whole[a:b] + whole[d:]

    return _ROW.sub(row, data)


def dropped_tag(chance: Random, data: bytes) -> bytes:
    return dropped(_TAG)(chance, data)


def dropped_cell_of_sheet(chance: Random, data: bytes) -> bytes:
    return dropped(re.compile(rb"<c r=\"[A-Z]+\d+\"[^>]*?(?:/>|>.*?</c>)"))(chance, data)


def dropped_row_of_sheet(chance: Random, data: bytes) -> bytes:
    return dropped(re.compile(rb"<row [^>]*>.*?</row>", re.S))(chance, data)


def dropped_merge(chance: Random, data: bytes) -> bytes:
    return dropped(re.compile(rb"<mergeCell ref=\"[A-Z0-9:]+\"/>"))(chance, data)


def swapped_lines(chance: Random, data: bytes) -> bytes:
    """Two rows of bars change places, each with its label."""
    lines = _lines(data)
    rows = [n for n, line in enumerate(lines) if line.count(b"|") > 7 and re.search(rb"\d", line)]
    if len(rows) > 1:
        one, other = chance.choice(rows), chance.choice(rows)
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def dropped_bar(chance: Random, data: bytes) -> bytes:
    return dropped(re.compile(rb"\|[^|\n]*(?=\|)"))(chance, data)


def dropped_key(chance: Random, data: bytes) -> bytes:
    return dropped(re.compile(rb"\n *\"\w+\": [^\n{\[]+"))(chance, data)


def dropped_value(chance: Random, data: bytes) -> bytes:
    return re.sub(rb"\b\d+\b", lambda found: found[0] if chance.randint(0, 20) else b"null", data)


def pages_of(data: bytes, chance: Random) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    del document[chance.randint(0, len(document) - 1)]
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def dropped_page(chance: Random, data: bytes) -> bytes:
    return pages_of(data, chance)


_PLAIN = (
    Mutation("lines dropped", dropped_lines),
    Mutation("lines joined by a blank", joined_lines),
    Mutation("lines glued", glued_lines, 2),
    Mutation("line broken", broken_line),
    Mutation("empty lines", empty_lines),
    Mutation("other line ends", line_ends),
    Mutation("other encoding", recoded),
    Mutation("cut off", cut_off, 1),
    Mutation("bytes flipped", flipped, 6),
)
_MARKUP = (
    Mutation("cell dropped", dropped(_CELL)),
    Mutation("cell doubled", doubled(_CELL)),
    Mutation("cell merged with the next", spread_cell),
    Mutation("row dropped", dropped(_ROW)),
    Mutation("row doubled", doubled(_ROW)),
    Mutation("rows exchanged", swapped_rows),
    Mutation("columns exchanged", moved_columns),
    Mutation("tag dropped", dropped_tag, 1),
)
_BROKEN = (Mutation("cut off", cut_off), Mutation("bytes flipped", flipped))


def _inside(*mutations: Mutation) -> tuple[Mutation, ...]:
    return tuple(Mutation(one.name, within_archive(one.mutate), one.spoils) for one in mutations)


REAL: Mapping[Format, tuple[Mutation, ...]] = {
    Format.TEXT: _PLAIN,
    Format.MARKDOWN: (*_PLAIN, Mutation("rows exchanged", swapped_lines), Mutation("cell dropped", dropped_bar)),
    Format.HTML: (*_PLAIN, *_MARKUP),
    Format.DOCX: (*_inside(*_MARKUP), *_BROKEN),
    Format.XLSX: (
        *_inside(
            Mutation("cell dropped", dropped_cell_of_sheet), Mutation("row dropped", dropped_row_of_sheet),
            Mutation("merge undone", dropped_merge), Mutation("tag dropped", dropped_tag, 1),
        ),
        *_BROKEN,
    ),
    Format.PDF: (Mutation("page dropped", dropped_page), *_BROKEN),
    Format.JSON: (Mutation("key dropped", dropped_key), Mutation("numbers made null", dropped_value), *_PLAIN),
}
