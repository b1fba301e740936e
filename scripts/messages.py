"""The English of the platform: every marked string of code and templates, and every official word, in one catalogue.

`python -m scripts.messages` brings the catalogue up to date and lists what has no English yet; `make messages` calls it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PLATFORM = Path(__file__).resolve().parent.parent / "src/gongkai/platform"
ENGLISH = PLATFORM / "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def marked() -> Iterator[tuple[str, object, str | None]]:
    """File, message (a string or the two forms of a plural), context."""
    for path in sorted([*PLATFORM.rglob("*.py"), *PLATFORM.rglob("templates/**/*.html"), *PLATFORM.rglob("templates/**/*.txt")]):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=str(path)))  # 缩进在模板里没有意思
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}):
            first = message[0] if isinstance(message, tuple) else message
            if first:
                yield str(path.relative_to(PLATFORM)), message, context


def template() -> Catalog:
    from scripts import official  # 要先有 Django 的设置

    found = Catalog(charset="utf-8")
    for place, message, context in marked():
        flags = ["python-format"] if "%(" in str(message) else []
        found.add(message, locations=[(place, None)], context=context, flags=flags)  # type: ignore[arg-type,list-item]
    for word in official.words():
        found.add(word.zh, locations=[(word.place, None)], context=word.context)  # type: ignore[list-item]
    return found


def current() -> Catalog:
    if not ENGLISH.exists():
        return Catalog("en", charset="utf-8", project="gongkai", header_comment="# English of the platform.", fuzzy=False)
    with ENGLISH.open("rb") as opened:
        return read_po(opened, "en")


def missing(catalogue: Catalog) -> list[str]:
    """The marked strings without English; a string that is English or a sign already needs none."""
    lacking = []
    for message in catalogue:
        given = message.string if isinstance(message.string, str) else "".join(message.string or ())
        if message.id and (not given or message.fuzzy) and CHINESE.search(str(message.id)):
            lacking.append(str(message.id))
    return lacking


def updated() -> Catalog:
    from scripts import official  # 要先有 Django 的设置

    catalogue = current()
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for word in official.words():
        if word.en:
            catalogue.get(word.zh, word.context).string = word.en  # type: ignore[union-attr]
    return catalogue


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, omit_header=False, no_location=True, ignore_obsolete=True)
    return re.sub(rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To|Language-Team)[^\n]*\n', b"", out.getvalue())


def main() -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalogue = updated()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(written(catalogue))
    lacking = missing(catalogue)
    for text in lacking:
        print(text)
    print(f"{len(catalogue)} messages, {len(lacking)} without English", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
