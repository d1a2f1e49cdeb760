"""Imprime → its text as plain lines: headings, alinéas, tables row by row; headers and footers are left out."""

from __future__ import annotations

from collections.abc import Iterator

from cpomgen.grid import grid_of, said
from cpomgen.imprime import Block, Imprime, Table
from cpomgen.lieu import level_of


def lecture(imprime: Imprime) -> Iterator[str]:
    """Yield the lines of a document; an empty one before each heading, around each table, between sections."""
    last = ""
    for section in imprime.sections:
        for line in ("", *(line for block in section.blocks for line in _lines(block))):
            if line or last:
                yield line
            last = line


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield ""
        for row in grid_of(block).lines:
            yield row.text.replace("\n", " / ")
        yield ""
        return
    if text := said(block).strip():
        yield from ("", text) if level_of(block) else text.splitlines()
