"""The look of a run of a Word file → what in it changes what its words mean: struck out, hidden, white, marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from cpomgen.package import w
from cpomgen.remarque import Nature
from cpomgen.restyle import Properties

OFF = ("0", "false", "off", "none")
LOOKS = {
    "strike": Nature.BARRE, "dstrike": Nature.BARRE, "vanish": Nature.MASQUE, "webHidden": Nature.MASQUE,
    "specVanish": Nature.MASQUE, "highlight": Nature.SURLIGNE,
}  # fmt: skip
WHITE = re.compile(r"F[A-F0-9]F[A-F0-9]F[A-F0-9]", re.IGNORECASE)  # or what nobody tells from it
SMALLEST = 6  # half-points: nobody reads what is smaller


def looks(own: etree._Element | None, known: Properties) -> Iterator[Nature]:
    """Yield what a run means by its look: `own` is its rPr, `known` what its styles give it."""

    def value(name: str) -> str:
        direct = own.find(w(name)) if own is not None else None
        return known.get((name, "val"), "0") if direct is None else direct.get(w("val"), "1")

    yield from dict.fromkeys(nature for name, nature in LOOKS.items() if value(name).lower() not in OFF)
    if WHITE.fullmatch(value("color")):
        yield Nature.BLANC
    if (size := value("sz")).isdigit() and 0 < int(size) < SMALLEST:
        yield Nature.MASQUE
