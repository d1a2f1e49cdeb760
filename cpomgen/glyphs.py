"""Text → the characters in it that the PDF has no sign for, or that would reorder the words in silence."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

FAMILY = "SourceSansPro"
WEIGHTS = ("Regular", "Semibold")  # those of the PDF: style.typ asks for no other, and typeset gives no other
COMMON = frozenset(map(chr, [0x0A, *range(0x20, 0x7F), *range(0xA0, 0x100)])) | frozenset("–—’‘“”…€œŒŸ•\u202f")
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060")  # no ink, no reordering: where a word may break, or may not


@lru_cache(maxsize=2048)  # a contract built again at each save has most of its texts unchanged
def unprintable(text: str) -> tuple[str, ...]:
    """Return the distinct characters of `text` that cannot be printed, in the order met."""
    doubtful = dict.fromkeys(character for character in text if character not in COMMON)
    return tuple(character for character in doubtful if not _is_printable(character))


def font(weight: str) -> Path:
    """Return the path of a font of the PDF, in the pip package that brings it."""
    import font_source_sans_pro  # noqa: PLC0415 - few texts need the fonts looked into

    return Path(font_source_sans_pro.font_directory) / f"{FAMILY}-{weight}.otf"


def _is_printable(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Zs" or character in INVISIBLE:  # Typst makes any space out of the common one
        return True
    return category[0] not in "CZ" and ord(character) in _covered()


@cache
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a tenth of a second that a French text does not need

    maps = []
    for weight in WEIGHTS:
        with TTFont(font(weight), lazy=True) as opened:
            maps.append(frozenset(opened.getBestCmap()))
    return frozenset.intersection(*maps)
