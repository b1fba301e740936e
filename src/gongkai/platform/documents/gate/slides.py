"""Slides: PPTX — the text of each slide and of its notes, hidden slides, comments."""

from __future__ import annotations

import re
from typing import Final

from gongkai.formats.limits import Limits
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .finding import Hit
from .inspected import Inspected, Said, authors, named, package, part, said_in

_SLIDE: Final = re.compile(r"ppt/slides/slide(\d+)\.xml")
_NOTES: Final = re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml")
_COMMENTS: Final = re.compile(r"ppt/comments/[^/]+\.xml")


def inspect(data: bytes, limits: Limits) -> Inspected:
    seen = Inspected([])
    with package(data) as archive:
        comments = 0
        for name in sorted(archive.namelist(), key=lambda one: (len(one), one)):
            root = part(archive, name, limits) if name.endswith(".xml") else None
            if root is None:
                continue
            text = "\n".join(said_in(paragraph) for paragraph in named(root, "p"))
            if slide := _SLIDE.fullmatch(name):
                seen.texts.append(Said(text, Sentence(f"第 {slide[1]} 张幻灯片", f"slide {slide[1]}")))
                if root.get("show") in ("0", "false"):
                    seen.hits.append(Hit(rules.HIDDEN_SLIDE, key=slide[1], facts={"number": slide[1]}))
            elif notes := _NOTES.fullmatch(name):
                if re.sub(r"[\d\s]", "", text):
                    seen.texts.append(
                        Said(text, Sentence(f"第 {notes[1]} 张幻灯片的备注", f"notes of slide {notes[1]}"))
                    )
                    seen.hits.append(Hit(rules.NOTES, key=notes[1], facts={"number": notes[1]}))
            elif _COMMENTS.fullmatch(name):
                comments += len(list(named(root, "cm")))
        if comments:
            seen.hits.append(Hit(rules.COMMENTS, key=str(comments), facts={"count": comments}))
        if any(name.startswith("ppt/embeddings/") and name.endswith(".xlsx") for name in archive.namelist()):
            seen.hits.append(Hit(rules.CHART_BOOK, key="chart"))
        seen.hits.extend(authors(archive, limits))
    return seen
