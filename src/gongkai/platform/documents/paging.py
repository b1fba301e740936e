"""A PDF by its pages: how large they are, and each as a picture, for a person to look at beside what was read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

from gongkai.formats.alone import alone

WIDTH = 1000  # 像素：小字看得清
TALLEST = 4 * WIDTH
PAGES = 60


class NoPage(Exception):
    """There is no such page, or it cannot be drawn."""


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise NoPage from None
    try:
        yield document
    except pypdfium2.PdfiumError:
        raise NoPage from None
    finally:
        document.close()


def _scale(page: Any) -> float:
    """So wide that it can be read, and never taller than a screen can scroll through."""
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise NoPage
    return float(min(WIDTH / width, TALLEST / height))


@alone
def sizes(data: bytes) -> tuple[tuple[int, int], ...]:
    """Each page's width and height as it is drawn; nothing where the file cannot be opened."""
    try:
        with _opened(data) as document:
            found = []
            for number in range(min(len(document), PAGES)):
                page = document[number]
                scale, (width, height) = _scale(page), page.get_size()
                found.append((round(width * scale), round(height * scale)))
            return tuple(found)
    except NoPage:
        return ()


@alone
def picture(data: bytes, number: int) -> bytes:
    """One page as a PNG."""
    with _opened(data) as document:
        if not 1 <= number <= min(len(document), PAGES):
            raise NoPage
        page = document[number - 1]
        drawn = page.render(scale=_scale(page)).to_pil()
    out = io.BytesIO()
    drawn.convert("P", palette=1, colors=64).save(out, "PNG", optimize=False)
    return out.getvalue()
