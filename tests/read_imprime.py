"""An Imprime, or the tree of its text → its text alone, as nested lists: what both say must be the same."""

from __future__ import annotations

from typing import Any

from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Table


def as_read(imprime: Imprime) -> list[Any]:
    """Return the text of a document: by section, by block, by row and column; a merged cell is in all of its rows."""
    return [[section.name, _blocks(section.blocks)] for section in imprime.sections]


def as_tree(tree: Any) -> list[Any]:
    """Return the text of a tree that stands for a document."""
    return [[part["id"], _within(part)] for part in tree.get("parties", ())]


def _blocks(blocks: tuple[Block, ...]) -> list[Any]:
    return [_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in blocks]


def _paragraph(paragraph: Paragraph) -> str:
    text = "".join(span.image.said if span.image else span.text for span in paragraph.spans)
    return ("– " if paragraph.style.endswith(" puce") else "") + text


def _table(table: Table) -> list[Any]:
    columns: list[tuple[Cell | None, int]] = [(None, 0)] * len(table.widths)  # what stands in each, and until when
    found = []
    for number, row in enumerate(table.rows):
        cells = iter(row.cells)
        texts, column = [], 0
        while column < len(columns):
            held, end = columns[column]
            if end <= number:
                held = next(cells)
                for covered in range(column, column + held.colspan):
                    columns[covered] = held, number + held.rowspan
            assert held is not None
            texts.append(_blocks(held.blocks))
            column += held.colspan
        found.append(texts)
    return found


def _within(item: Any) -> list[Any]:
    return _blocks(item["meme"]) if "meme" in item else _items(item.get("blocs", ()))


def _items(items: Any) -> list[Any]:
    return [
        [[_within(cell) for cell in row.get("cellules", ())] for row in item["lignes"]]
        if "lignes" in item
        else _table(item["meme"][0])
        if "meme" in item
        else item.get("texte", "")
        for item in items
    ]
