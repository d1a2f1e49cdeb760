"""Blocks of a document as printed → a value that an act quotes as they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cpomgen.grid import grid_of
from cpomgen.imprime import Block, Table, paragraphs

FIGURE = "montant"  # in the style of a paragraph that stays on one line
LETTER, THIN, MARGINS, SHORTEST = 108, 60, 220, 1200  # twentieths of a point, in the cells of a Word template


@dataclass(frozen=True, slots=True)
class Citation:
    """Blocks of an Imprime; the tag `{{p … }}` alone prints them, in the place of its paragraph."""

    blocks: tuple[Block, ...]


def fitted(blocks: Iterable[Block], width: int) -> Iterator[Block]:
    """Yield blocks whose tables are as wide as the page they are quoted on, which may not be that they come from."""
    for block in blocks:
        yield replace(block, widths=_shared(block, width)) if isinstance(block, Table) else block


def _shared(table: Table, width: int) -> tuple[int, ...]:
    """Return widths of columns that sum to a width: in their proportions, but for figures to stay on one line.

    What a column of figures lacks, those that have more than they need give.
    """
    fair = [each * width / sum(table.widths) for each in table.widths]
    needs = _needs(table)
    lacking = sum(max(need - each, 0) for each, need in zip(fair, needs, strict=True))
    spare = sum(max(each - need, 0) for each, need in zip(fair, needs, strict=True))
    part = min(lacking / spare, 1) if spare else 0
    pairs = zip(fair, needs, strict=True)
    found = [need if need > each else each - (each - need) * part for each, need in pairs]
    edges = [round(edge * width / sum(found)) for edge in itertools.accumulate(found, initial=0.0)]
    return tuple(right - left for left, right in itertools.pairwise(edges))


def _needs(table: Table) -> list[int]:
    """Return what each column asks for: room for its figures, or for a short word."""
    needs = [SHORTEST] * len(table.widths)
    for line in grid_of(table).lines:
        for column, cell in line.cells.items():
            figures = (each for each in paragraphs(cell.blocks) if FIGURE in each.style)
            pieces = (piece for each in figures for piece in each.text.split(" ")) if cell.colspan == 1 else ()
            needs[column] = max(needs[column], *(MARGINS + sum(map(_sign, piece)) for piece in pieces), 0)
    return needs


def _sign(sign: str) -> int:
    return LETTER if sign.isalnum() or sign in "€%" else THIN
