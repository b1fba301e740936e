"""正文: the words of a report, kept as printed, with a plain form beside them for matching."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Prose:
    """Text as printed, and the same text normalised for matching.

    `plain` is simplified Chinese with half-width digits, letters and brackets. Where it is not of
    the same length as `text`, `offsets[i]` is the index in `text` of `plain[i]` (one more entry
    at the end for the length of `text`); otherwise `offsets` is empty.
    """

    text: str
    plain: str
    offsets: tuple[int, ...] = field(default=(), repr=False)

    def quote(self, start: int, end: int) -> str:
        """The words of the source behind `plain[start:end]`."""
        if not self.offsets:
            return self.text[start:end]
        return self.text[self.offsets[start] : self.offsets[end]]

    @classmethod
    def of(cls, text: str) -> Prose:
        """Prose that needs no normalising (already plain)."""
        return cls(text, text)


EMPTY = Prose("", "")
