"""Table → where each of its cells stands, and what is sure of its size before any page is set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cpomgen.imprime import paragraphs
from cpomgen.lines import lines, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpomgen.imprime import Cell, Paragraph, Row

# Sizes in points, never under those of style.typ: a row taken for one that fits on a page does; another is measured.
LINE = 12.2
EMU = 12_700  # to a point
GAP = 4  # between paragraphs, beyond that of their lines
MARGIN = 12
ITEM = 20  # what a bullet takes
SMALL = ("Cellule", "Détail", "Légende")
BODY = 1.25  # how much larger than these other styles may be
BODY_GAP = 14
LABEL_SHARE = 0.5
FIRST = 0.12  # of a table, what typeset.typ leaves at least to its first column when figures lack room
FIGURE = "montant"  # in the style of a cell that stays on one line


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, the width of its columns, its first column, its first and last rows, a height it is sure to be under.

    Sizes are in points. The `style` of its first paragraph says what the cell holds; it is `narrow` when it holds a
    figure, which stays on one line, and may lack room for it.
    """

    cell: Cell
    width: float
    column: int
    first: int
    last: int
    height: float
    style: str = ""
    narrow: bool = False

    def is_merged(self) -> bool:
        """Tell whether the cell stands on several rows."""
        return self.last > self.first

    def is_long(self, room: float) -> bool:
        """Tell whether a merged cell may be too tall to end with its last row on a page, `room` being its height."""
        return self.is_merged() and self.height > room * LABEL_SHARE


def places(rows: tuple[Row, ...], widths: tuple[float, ...]) -> Iterator[Place]:
    """Yield each cell with its place, in reading order; a cell of an earlier row may hold some of a row's columns."""
    free = [0] * len(widths)  # for each column, the first row where no earlier cell holds it
    for index, row in enumerate(rows):
        for cell in row.cells:
            column = next(at for at, first in enumerate(free) if first <= index)
            covered = range(column, min(column + cell.colspan, len(widths)))
            last = min(index + cell.rowspan, len(rows)) - 1
            for at in covered:
                free[at] = last + 1
            width = sum(widths[at] for at in covered)
            held = tuple(paragraphs(cell.blocks))
            height = sum(_height(each, width - MARGIN) for each in held) + MARGIN
            style = held[0].style if held else ""
            narrow = FIGURE in style and any(width_of(each.text) + MARGIN > width for each in held)
            yield Place(cell, width, column, index, last, height, style, narrow)


def surely_fits(row: list[Place], room: float) -> bool:
    """Tell whether a row needs no measure, `room` being the height that a page has for it."""
    return all(place.is_merged() or place.height <= room for place in row)


def bounded(rows: tuple[Row, ...], widths: tuple[float, ...]) -> tuple[Place, ...]:
    """Return the places of cells; where figures may take room of the first column, heights are as if they all did."""
    found = tuple(places(rows, widths))
    if not any(place.narrow for place in found):
        return found
    tall = places(rows, (min(widths[0], sum(widths) * FIRST), *widths[1:]))
    return tuple(replace(place, height=each.height) for place, each in zip(found, tall, strict=True))


def height_of(found: Iterable[Place], note: Paragraph | None, width: float) -> float:
    """Return a height that a table of that width is sure to be under, with the note under it."""
    heights: dict[int, float] = {}
    merged = _height(note, width - MARGIN) + MARGIN if note else 0.0
    for place in found:
        if place.is_merged():
            merged += place.height
        else:
            heights[place.first] = max(heights.get(place.first, 0), place.height)
    return sum(heights.values()) + merged


def _height(paragraph: Paragraph, width: float) -> float:
    scale, gap = (1, GAP) if paragraph.style.startswith(SMALL) else (BODY, BODY_GAP)
    room = max(width - (ITEM if paragraph.style.endswith(" puce") else 0), LINE) / scale
    pictures = sum(span.image.height / EMU + LINE for span in paragraph.spans if span.image)  # at worst, each on a line
    return lines(paragraph.text, room) * LINE * scale + gap + pictures
