"""Pictures in the text: `/files/<item>/<number>` names an attachment of an item. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Place = tuple[int, int]  # 信息、附件的编号
_IMAGE = re.compile(r"<img\s[^>]*>")
_SOURCE = re.compile(r'src="/files/(\d{1,18})/(\d{1,9})(?:/[^"]*)?"')
_PLACEHOLDER = re.compile(r'src="picture:(\d{1,4})"')


def named(html: str) -> frozenset[Place]:
    """The attachments that the text shows."""
    return frozenset((int(item), int(number)) for item, number in _SOURCE.findall(html))


def renamed(html: str, instead: Mapping[Place, Place | None]) -> str:
    """The text with other attachments in the places of some; a picture without one goes."""

    def name(image: str) -> str:
        found = _SOURCE.search(image)
        if found is None or (place := (int(found[1]), int(found[2]))) not in instead:
            return image
        new = instead[place]
        return "" if new is None else image[: found.start()] + f'src="/files/{new[0]}/{new[1]}"' + image[found.end() :]

    return _each(html, name)


def placed(html: str, places: Mapping[int, Place]) -> str:
    """The text of a Word file with its pictures (`picture:N`) in their places."""

    def name(image: str) -> str:
        found = _PLACEHOLDER.search(image)
        if found is None:
            return image
        new = places.get(int(found[1]))
        return "" if new is None else image[: found.start()] + f'src="/files/{new[0]}/{new[1]}"' + image[found.end() :]

    return _each(html, name)


def _each(html: str, name: Callable[[str], str]) -> str:
    return _IMAGE.sub(lambda match: name(match[0]), html)
