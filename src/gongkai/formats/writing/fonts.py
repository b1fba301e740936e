"""Where the fonts of a PDF come from, and which stand for the official ones (docs/decisions/write-fonts.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

SETTING = "GONGKAI_FONTS"
_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
# Minority scripts, and last of all what nearly every machine has.
_OTHERS = ("Noto Naskh Arabic", "Noto Serif Tibetan", "Noto Sans Mongolian", "Noto Sans Yi", "DejaVu Sans")
# The official font first, where the machine has it; then the free one; then one that has every character.
# Figures and letters are set in a Latin face, as word processors do.
_LATIN = tuple({"name": name, "covers": "[!-~]"} for name in ("Times New Roman", "Liberation Serif", _SERIF))
FAMILIES: Mapping[str, tuple[str | dict[str, str], ...]] = {
    "song": ("FZXiaoBiaoSong-B05S", _SERIF, *_OTHERS),
    "fang": (*_LATIN, "FangSong_GB2312", "FangSong", "FandolFang R", _SERIF, *_OTHERS),
    "hei": ("SimHei", "FandolHei", _SANS, *_OTHERS),
    "kai": (*_LATIN, "KaiTi_GB2312", "KaiTi", "FandolKai", _SERIF, *_OTHERS),
    "book": (*_LATIN, "SimSun", "FandolSong", _SERIF, *_OTHERS),
}


def directory() -> Path:
    """Where the fonts are: GONGKAI_FONTS, else gongkai/fonts in the user's cache (`make fonts` puts them there)."""
    told = os.environ.get(SETTING)
    if told:
        return Path(told)
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "gongkai" / "fonts"
