"""Imprime → the place of each of its paragraphs, in words, those of its headers and footers included."""

from __future__ import annotations

from collections.abc import Iterator

from cpomgen.grid import grid_of
from cpomgen.imprime import Block, Imprime, Paragraph, Table, paragraphs
from cpomgen.lieu import Lieu, Outline, is_alinea

MARGINS = ("en-tête", "pied de page")


def spots(imprime: Imprime) -> dict[int, str]:
    """Return the place of each paragraph of a document, by the identity of the paragraph."""
    outline = Outline(imprime)
    found: dict[int, str] = {}
    for section in imprime.sections:
        for rank, block in enumerate(section.blocks):
            found |= {id(each): str(lieu) for each, lieu in _in_block(outline, section.name, rank, section.blocks)}
            found.setdefault(id(block), "")
        for name, blocks in zip(MARGINS, (section.layout.header, section.layout.footer), strict=True):
            found |= dict.fromkeys(map(id, paragraphs(blocks)), name)
    return found


def _in_block(outline: Outline, section: str, rank: int, blocks: tuple[Block, ...]) -> Iterator[tuple[Paragraph, Lieu]]:
    block = blocks[rank]
    parties = outline.parties(section, rank)
    if isinstance(block, Paragraph):
        alinea = outline.alinea(section, rank, blocks)
        yield block, Lieu(parties, alinea=alinea, intitule=not alinea and not is_alinea(block))
        return
    parties, name = outline.tableau(section, rank, blocks)
    yield from _in_table(block, Lieu(parties, name))


def _in_table(table: Table, lieu: Lieu) -> Iterator[tuple[Paragraph, Lieu]]:
    grid, seen = grid_of(table), set[int]()
    for line in grid.lines:
        for column, cell in line.cells.items():
            if id(cell) not in seen:
                seen.add(id(cell))
                here = Lieu(lieu.parties, lieu.tableau, () if line.row.header else line.name, grid.columns[column])
                yield from ((each, here) for each in paragraphs(cell.blocks))
