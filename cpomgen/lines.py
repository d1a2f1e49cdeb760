"""Text → how many lines it takes at most in a column, known before any page is set."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

# What signs take at most in the fonts of the PDF, in thousandths of their size; letters with accents as those without.
WIDTHS = {
    130: "\u202f",
    210: " \xa0",
    285: "',.:;|·‘’ijlI",
    345: "!()[]{}-•f",
    380: "/\\°ªrt",
    570: '"#$*+<=>?^_`~«»–“”€§0123456789abcdeghknopqsuvxyzàâäçéèêëîïôöùûüÿAEFJLSTVXYZÀÂÄÉÈÊËŸ',
    700: "&BCÇDGHKNOPQRUÎÏÔÖÙÛÜ",
    1000: "%@…—mwœæMWŒÆ",
}
WIDTH = {sign: width for width, signs in WIDTHS.items() for sign in signs}
WIDEST = 2200
SIZE = 9.5  # points, that of the words of tables
SPACE = WIDTH[" "] * SIZE / 1000


@lru_cache(maxsize=4096)  # contracts of a campaign say many of the same words
def width_of(words: str) -> float:
    """Return the width that words are sure to be under on a line, in points."""
    return sum(WIDTH.get(sign, WIDEST) for sign in words) * SIZE / 1000


@lru_cache(maxsize=1024)  # and of the same cells
def lines(text: str, room: float) -> int:
    """Return how many lines a text takes at most in a column whose words have that room, in points.

    Lines are filled word by word, as Typst does, which may cut words besides, and so fill them better.
    """
    return sum(_lines(line, room) for line in text.split("\n"))


def _lines(line: str, room: float) -> int:
    count, filled = 1, 0.0
    for word in line.split(" "):
        width = width_of(word)
        filled += width
        if filled > room:
            count += filled > width  # whatever stands before the word; alone, it has a line already
            filled = width
            if width > room:  # two lines of pieces of a word hold together more than one has room for
                count += ceil(2 * width / room)
                filled = room
        filled += SPACE
    return count
