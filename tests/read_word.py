"""A Word file → the blocks that a reader of acts takes: styles by name, cells with what they cover."""

from __future__ import annotations

from collections.abc import Iterable

import word_text
from word_text import read_sections

from cpomgen.imprime import Block, Cell, Imprime, Layout, Paragraph, Row, Section, Span, Table

PAGE = Layout(0, 0, 0, 0, 0, 0)


def imprime_of(word: bytes) -> Imprime:
    """Return the document that a Word file is, its pages aside; its sections have no name there."""
    return Imprime("", tuple(Section("", PAGE, _blocks(section.blocks)) for section in read_sections(word)))


def _blocks(blocks: Iterable[word_text.Block]) -> tuple[Block, ...]:
    return tuple(_paragraph(each) if isinstance(each, word_text.Paragraph) else _table(each) for each in blocks)


def _paragraph(paragraph: word_text.Paragraph) -> Paragraph:
    return Paragraph(paragraph.style, (Span(paragraph.text),))


def _table(table: word_text.Table) -> Table:
    return Table(table.style, table.widths, tuple(map(_row, table.rows)))


def _row(row: word_text.Row) -> Row:
    return Row(tuple(Cell(_blocks(cell.blocks), cell.colspan, cell.rowspan) for cell in row.cells), row.header)
