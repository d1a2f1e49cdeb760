"""What stands in a text and what stands there in another one, with as many of their common neighbours as it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cpomgen.words import WORD

BARE, FIGURES = re.compile(r"\d+"), re.compile(r"\d[\d\u00a0\u202f]*")
NUMBER = re.compile(r"\d+(?:er)?")
OPENING = re.compile(r"\b(?:articles?|annexes?|titres?|avenant n°|orientation n°)\s$", re.IGNORECASE)  # before a number


@dataclass(frozen=True, slots=True)
class Window:
    """What stands from `start` to `end` of a text, and from `first` to `last` of the other one, in its place."""

    old: str
    new: str
    start: int
    end: int
    first: int
    last: int

    @property
    def gone(self) -> str:
        """Return what stands in the first text."""
        return self.old[self.start : self.end]

    @property
    def come(self) -> str:
        """Return what stands in the other one."""
        return self.new[self.first : self.last]

    @property
    def is_terse(self) -> bool:
        """Tell whether it is a bare figure among others: one says little without its neighbours."""
        return BARE.fullmatch(self.gone) is not None and len(FIGURES.findall(self.old)) > 1

    def left(self) -> Window:
        """Return the span with one more word before it."""
        size = _last_word(self.old[: self.start])
        return replace(self, start=self.start - size, first=self.first - size)

    def right(self) -> Window:
        """Return the span with one more word after it."""
        size = _first_word(self.old[self.end :])
        return replace(self, end=self.end + size, last=self.last + size)

    def rotated(self) -> Window:
        """Return the same change, its space before it rather than after it."""
        moved = replace(self, start=self.start - 1, end=self.end - 1, first=self.first - 1, last=self.last - 1)
        gone, come = self.gone, self.come
        if self.start and self.old[self.start - 1] == " " and (gone or come)[-1] == " " and not (gone and come):
            return moved
        return self

    def numbered(self) -> Window:
        """Return the span of a number with what it numbers: article 3, not 3."""
        both = NUMBER.fullmatch(self.gone) and NUMBER.fullmatch(self.come)
        return self.left() if both and OPENING.search(self.old[: self.start]) else self


def _last_word(text: str) -> int:
    kept = WORD.findall(text)
    size = 0
    while kept:
        word = kept.pop()
        size += len(word)
        if not word.isspace():
            break
    return size


def _first_word(text: str) -> int:
    size = 0
    for word in WORD.findall(text):
        size += len(word)
        if not word.isspace():
            break
    return size
