"""A text → its beginning, short enough for so many lines of a note: whole words, then an ellipsis."""

from __future__ import annotations

import re

# Points, generous: a note is read in Word too, where another font may stand for the one of the PDF.
WIDTH = 345.0  # of a line, in the wide column of a note
SIGN = 5.4  # the widest small letters at 9.5 points, m and w excepted
WIDE = 3.8  # what capitals and the like add
WIDE_SIGNS = re.compile(r"[^\x20-lnopqrstuvxyz’éèêàçîïôûù«»–\xa0\u202f]|[A-Z%@]")
BLANKS = re.compile(r"[ \n\t]+")  # a no-break space is none
ELLIPSIS = "…"


def abrege(text: str, lines: int) -> str:
    """Return a text on one line, its end left out when it may take more lines of a note, at worst, than these."""
    line, most = BLANKS.sub(" ", text).strip(" "), lines * int(WIDTH / SIGN)
    words = line[: most + 1].split(" ")  # more signs than that never fit
    if len(line) <= most and count(words) <= lines:
        return line
    kept: list[str] = []
    for word in words:
        if count([*kept, word + ELLIPSIS]) > lines:
            break
        kept.append(word)
    if not kept:
        longest = max(n for n in range(len(words[0])) if count([words[0][:n] + ELLIPSIS]) <= lines)
        kept = [words[0][:longest]]
    return _closed(" ".join(kept).rstrip(" ,;:.(«–"))


def _closed(text: str) -> str:
    """Return a text that was cut, with the sign that says so; words that are quoted there are left out, or closed."""
    before, opened, quoted = text.rpartition("«")
    if not opened or "»" in quoted:
        return text + ELLIPSIS
    kept = before.rstrip(" ,;:.(–")
    return f"{kept}{ELLIPSIS}" if kept else text + ELLIPSIS


def height(text: str) -> int:
    """Return how many lines of a note a text takes at worst."""
    return count([each for each in BLANKS.split(text) if each])


def count(words: list[str]) -> int:
    """Return how many lines words take at worst, each sign as wide as the widest of its kind; one too long is cut."""
    lines, used = 1, 0.0
    for word in words:
        wide = len(word) * SIGN + len(WIDE_SIGNS.findall(word)) * WIDE
        if used and used + SIGN + wide > WIDTH:
            lines, used = lines + 1, 0.0
        lines += int(wide // WIDTH)
        used += SIGN * bool(used) + wide % WIDTH
    return lines
