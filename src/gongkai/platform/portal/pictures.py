"""Pictures in the text of an item, under their public addresses; one that is no file of the published version goes."""

from __future__ import annotations

import re

from gongkai.platform.catalogue.queries.public import PublicFile, PublicItem
from gongkai.platform.pages.sending import PICTURES

from . import addresses

_PICTURE = re.compile(r'(?P<before><img\s[^>]*?src=")/files/(?P<item>\d{1,18})/(?P<number>\d{1,9})(?:/[^"]*)?(?P<after>"[^>]*>)')


def shown(item: PublicItem) -> str:
    """The body as the public gets it."""
    files = {file.number: file for file in item.files if file.media_type in PICTURES}

    def one(image: re.Match[str]) -> str:
        number = int(image["number"])
        if int(image["item"]) != item.id or number not in files:
            return ""
        return image["before"] + addresses.file(item.id, number, files[number].name) + image["after"]

    return _PICTURE.sub(one, item.body)


def sources(item: PublicItem) -> dict[str, PublicFile]:
    """The pictures that the body shows, by address."""
    numbers = {int(found["number"]) for found in _PICTURE.finditer(item.body) if int(found["item"]) == item.id}
    return {addresses.file(item.id, file.number, file.name): file for file in item.files if file.number in numbers and file.media_type in PICTURES}
