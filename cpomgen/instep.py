"""Imprime × Word file → the XML of each of its sections, blocks, rows and cells, in the order of the Imprime.

A Word file holds what no Imprime says: the paragraph that ends a section or a cell, the one that parts two tables. They
have no words, and stand between blocks under no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from cpomgen.grid import Line
from cpomgen.imprime import Block, Cell, Imprime, Paragraph
from cpomgen.package import w

WORDS = tuple(map(w, ("t", "fldSimple", "fldChar", "drawing", "br", "tab", "noBreakHyphen", "sym", "pict", "object")))
LINE = (w("pPr"), w("r"), w("fldSimple"))  # what our paragraphs hold
REVISIONS = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "rPrChange", "pPrChange")))


class OutOfStepError(ValueError):
    """A Word file that is not the one of its Imprime."""


class Step(NamedTuple):
    """A paragraph or table of a Word file, and which block of its Imprime it is; None for one without words."""

    element: etree._Element
    rank: int | None


class Place(NamedTuple):
    """A cell of a Word row: the first column it covers, and its text; None where one begun above goes on."""

    element: etree._Element
    column: int
    cell: Cell | None


def bodies(imprime: Imprime, body: etree._Element) -> list[list[Step]]:
    """Return the blocks of each section, each time with the paragraph that ends it, if any."""
    if (mark := next(body.iter(*REVISIONS), None)) is not None:
        raise OutOfStepError(mark.tag)
    parts: list[list[etree._Element]] = [[]]
    for element in body:
        if element.tag != w("sectPr"):
            parts[-1].append(element)
            if element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
                parts.append([])
    if len(parts) != len(imprime.sections):
        raise OutOfStepError("other sections")
    return [steps(section.blocks, part) for section, part in zip(imprime.sections, parts, strict=True)]


def steps(blocks: Sequence[Block], elements: Iterable[etree._Element]) -> list[Step]:
    """Return the elements of a section, cell, header or footer, each with the block that it is."""
    found, coming = [], 0
    for element in elements:
        if element.tag not in (w("p"), w("tbl")):
            if element.tag != w("tcPr"):
                raise OutOfStepError(element.tag)
            continue
        if element.tag == w("p") and any(child.tag not in LINE for child in element):
            raise OutOfStepError("paragraph")
        block = blocks[coming] if coming < len(blocks) else None
        if element.tag == w("p") and (block is None or not _is_empty(block)) and not _speaks(element):
            found.append(Step(element, None))
        elif block is not None and isinstance(block, Paragraph) == (element.tag == w("p")):
            found.append(Step(element, coming))
            coming += 1
        else:
            raise OutOfStepError(f"{element.tag} {coming}")
    if coming != len(blocks):
        raise OutOfStepError("fewer blocks")
    return found


def places(line: Line, row: etree._Element) -> Iterator[Place]:
    """Yield the cells of a row of a Word table."""
    own, column = {id(cell) for cell in line.row.cells}, 0
    for element in row.iterchildren(w("tc")):
        cell = line.cells.get(column)
        if cell is None:
            raise OutOfStepError(f"cell {column}")
        begins = element.find(f"{w('tcPr')}/{w('vMerge')}") is None or _restarts(element)
        yield Place(element, column, cell if begins and id(cell) in own else None)
        column += cell.colspan


def _restarts(cell: etree._Element) -> bool:
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merge is not None and merge.get(w("val")) == "restart"


def _is_empty(block: Block) -> bool:
    return isinstance(block, Paragraph) and not any(span.text or span.field or span.image for span in block.spans)


def _speaks(paragraph: etree._Element) -> bool:
    return next(paragraph.iter(*WORDS), None) is not None
