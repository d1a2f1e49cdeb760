"""A field of a Word file, as it is being read: what it is asked to show, what stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cpomgen.imprime import PageField, Span

COUNTED = re.compile(r"[\divxlcIVXLC\s]*")  # a number of a page
HARMLESS = ("PAGE", "NUMPAGES", "HYPERLINK", "REF", "PAGEREF", "TOC", "NOTEREF", "")


@dataclass(slots=True)
class WordField:
    """A field: `result` is what stands for the number of a page; other results are read as they come."""

    style: str
    instruction: str = ""
    result: str = ""
    begun: bool = False

    @property
    def name(self) -> str:
        """Return what kind of field it is."""
        return next(iter(self.instruction.split()), "").upper()

    @property
    def is_page(self) -> bool:
        """Tell whether it is the number of a page, and that number is being read."""
        return self.begun and self.name in {each.value for each in PageField}

    @property
    def is_computed(self) -> bool:
        """Tell whether Word may write something else there one day."""
        return self.name not in HARMLESS

    def spans(self) -> Iterator[Span]:
        """Yield the number that it is, and what was typed in its place."""
        yield from (Span("", self.style, field=each) for each in PageField if each.value == self.name)
        if not COUNTED.fullmatch(self.result):
            yield Span(self.result, self.style)
