"""How a visitor wants to read: language, large type, high contrast, colours. Kept in one cookie; works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

COOKIE = "gongkai_reading"
AGE = 400 * 24 * 3600  # 浏览器允许的最长期限
LANGUAGES = {"zh-hans": ("简体", "zh-Hans"), "zh-hant": ("繁體", "zh-Hant"), "en": ("English", "en")}
DEFAULT = "zh-hans"
RIGHT_TO_LEFT = frozenset({"ug", "ar", "he", "fa"})
COLOURS = ("", "light", "dark")


@dataclass(frozen=True, slots=True)
class Preferences:
    """One visitor's wishes; the default asks for nothing."""

    language: str = DEFAULT
    large: bool = False
    contrast: bool = False
    colours: str = ""

    @property
    def tag(self) -> str:
        """The language as the `lang` attribute has it (BCP 47)."""
        return LANGUAGES[self.language][1]

    @property
    def rendered(self) -> str:
        """The language in which Django renders: traditional pages are rendered simplified, then converted."""
        return DEFAULT if self.language == "zh-hant" else self.language

    @property
    def direction(self) -> str:
        return "rtl" if self.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    def dump(self) -> str:
        return ".".join((self.language, "1" * self.large or "0", "1" * self.contrast or "0", self.colours or "auto"))


def read(cookies: Mapping[str, str]) -> Preferences:
    """What the cookie says; what it does not say, or says wrongly, is the default."""
    parts = cookies.get(COOKIE, "").split(".")
    if len(parts) != 4:
        return Preferences()
    language, large, contrast, colours = parts
    return Preferences(
        language if language in LANGUAGES else DEFAULT,
        large == "1",
        contrast == "1",
        colours if colours in COLOURS else "",
    )


def change(now: Preferences, wished: Mapping[str, str]) -> Preferences:
    """The preferences after somebody pressed a switch; unknown values change nothing."""
    language = wished.get("language", now.language)
    colours = wished.get("colours", now.colours or "auto").replace("auto", "")
    return replace(
        now,
        language=language if language in LANGUAGES else now.language,
        large=_switched(wished.get("large"), now.large),
        contrast=_switched(wished.get("contrast"), now.contrast),
        colours=colours if colours in COLOURS else now.colours,
    )


def _switched(given: str | None, now: bool) -> bool:
    return {"1": True, "0": False}.get(given or "", now)
