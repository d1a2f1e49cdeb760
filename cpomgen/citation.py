"""Blocks of a document as printed → a value that an act quotes as they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cpomgen.grid import grid_of
from cpomgen.imprime import Block, Row, Table, paragraphs

FIGURE = "montant"  # in the style of a paragraph that stays on one line
CITED, CITED_TITLE = "Citation", "Citation titre"  # the styles of paragraphs quoted within an article
REDUCED = {"": "Réduit", "Fort": "Fort réduit", "Terme": "Terme réduit"}  # character styles of a table short of room
LETTER, THIN = 0.57, 0.31  # of their size: signs of figures, and those between them
SIZE, REDUCED_SIZE = 190, 160  # of letters in cells, in twentieths of a point
MARGINS, SHORTEST = 220, 1200  # what a cell takes beside its words, what a text keeps


@dataclass(frozen=True, slots=True)
class Citation:
    """Blocks of an Imprime; the tag `{{p … }}` alone prints them, in the place of its paragraph."""

    blocks: tuple[Block, ...]


def fitted(blocks: Iterable[Block], width: int) -> Iterator[Block]:
    """Yield blocks whose tables are as wide as the page they are quoted on, which may not be that they come from."""
    for block in blocks:
        yield _fitted(block, width) if isinstance(block, Table) and sum(block.widths) != width else block


def _fitted(table: Table, width: int) -> Table:
    """Return a table on a width, its columns in their proportions but for figures to stay on one line.

    What a column of figures lacks, those that have more than they need give; where one lacks any, words are smaller.
    """
    fair = [each * width / sum(table.widths) for each in table.widths]
    if all(each >= need for each, need in zip(fair, _figures(table, SIZE), strict=True)):
        return replace(table, widths=_rounded(fair, width))
    needs = [need or min(each, SHORTEST) for each, need in zip(fair, _figures(table, REDUCED_SIZE), strict=True)]
    margins = [each - need for each, need in zip(fair, needs, strict=True)]
    lacking, spare = (sum(max(sign * each, 0) for each in margins) for sign in (-1, 1))
    part = min(lacking / spare, 1) if spare else 0
    found = [each - margin * (part if margin > 0 else 1) for each, margin in zip(fair, margins, strict=True)]
    return replace(table, widths=_rounded(found, width), rows=tuple(map(_reduced, table.rows)))


def _rounded(widths: list[float], width: int) -> tuple[int, ...]:
    """Return whole widths that sum to a width, in the same proportions."""
    edges = [round(edge * width / sum(widths)) for edge in itertools.accumulate(widths, initial=0.0)]
    return tuple(right - left for left, right in itertools.pairwise(edges))


def _figures(table: Table, size: int) -> list[float]:
    """Return the room that each column's figures ask for, 0 where it has none."""
    needs = [0.0] * len(table.widths)
    for line in grid_of(table).lines:
        for column, cell in line.cells.items():
            figures = (each for each in paragraphs(cell.blocks) if FIGURE in each.style and cell.colspan == 1)
            pieces = (MARGINS + size * sum(map(_sign, piece)) for each in figures for piece in each.text.split(" "))
            needs[column] = max(needs[column], *pieces, 0)
    return needs


def _sign(sign: str) -> float:
    return LETTER if sign.isalnum() or sign in "€%" else THIN


def _reduced(row: Row) -> Row:
    """Return a row whose words are smaller."""
    return replace(row, cells=tuple(replace(cell, blocks=tuple(map(_smaller, cell.blocks))) for cell in row.cells))


def _smaller(block: Block) -> Block:
    if isinstance(block, Table):
        return block
    return replace(block, spans=tuple(replace(each, style=REDUCED.get(each.style, each.style)) for each in block.spans))
