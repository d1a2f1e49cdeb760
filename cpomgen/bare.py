"""Imprime → the same as a Word file alone says it: no leaf, no item, no name but those that its text gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from cpomgen.imprime import Block, Imprime, Paragraph, Row, Section, Span, Table


def bare(imprime: Imprime) -> Imprime:
    """Return a document as `reread` reads its Word file, so long as nobody has touched it."""
    names = headings(section.blocks for section in imprime.sections)
    return replace(imprime, sections=tuple(map(_section, imprime.sections, names)))


def without_ids(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks without the items that made them; their spans still know the leaves that they come from."""
    return tuple(_blocks(blocks, join=False))


def headings(sections: Iterable[tuple[Block, ...]]) -> Iterator[str]:
    """Yield a name for each section: its first heading, else its rank; none twice."""
    seen: set[str] = set()
    for rank, blocks in enumerate(sections, 1):
        titles = (each.text for each in blocks if isinstance(each, Paragraph) and each.style.startswith("heading "))
        name = next(titles, f"section {rank}")
        seen.add(name := name if name not in seen else f"{name} (section {rank})")
        yield name


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, texts of one style run together, whatever leaves they come from."""
    for (is_text, style), group in groupby(spans, lambda span: (not (span.field or span.image), span.style)):
        if is_text:
            yield from (Span(text, style) for text in ["".join(span.text for span in group)] if text)
        else:
            yield from group


def _section(section: Section, name: str) -> Section:
    header, footer = (tuple(_blocks(blocks)) for blocks in (section.layout.header, section.layout.footer))
    return Section(name, replace(section.layout, header=header, footer=footer), tuple(_blocks(section.blocks)))


def _blocks(blocks: Iterable[Block], *, join: bool = True) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            yield replace(block, rows=tuple(_row(row, join=join) for row in block.rows))
        elif spans := tuple(joined(block.spans)) if join else block.spans:
            yield Paragraph(block.style, spans)


def _row(row: Row, *, join: bool) -> Row:
    return Row(tuple(replace(cell, blocks=tuple(_blocks(cell.blocks, join=join))) for cell in row.cells), row.header)
