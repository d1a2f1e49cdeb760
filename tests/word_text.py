"""A Word file → what a reader sees in it: sections, paragraphs, cells with their merges; fields read as nothing.

A picture reads as the words that stand for it.

Reads the XML as Word does, without any of the program's own code: the laws compare the two.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
INLINE = {f"{W}{name}" for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "ins")}


class Run(NamedTuple):
    """Text in one character style, "" for none."""

    style: str
    text: str


class Paragraph(NamedTuple):
    """Runs under the name of a paragraph style; neighbours of one style are one run."""

    style: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Cell(NamedTuple):
    """Blocks, and the columns and rows that they cover."""

    blocks: tuple[Block, ...]
    colspan: int
    rowspan: int


class Row(NamedTuple):
    """The cells that begin in a row; `header` when it is repeated on each page."""

    cells: tuple[Cell, ...]
    header: bool


class Table(NamedTuple):
    """Rows under the name of a table style, on a grid of widths."""

    style: str
    widths: tuple[int, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


class Section(NamedTuple):
    """The blocks of a section, and what its header and its footer say."""

    header: tuple[Block, ...]
    blocks: tuple[Block, ...]
    footer: tuple[Block, ...]


def parts_of(word: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file, by name."""
    with zipfile.ZipFile(BytesIO(word)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_sections(word: bytes) -> tuple[Section, ...]:
    """Return the sections of a Word file."""
    parts = parts_of(word)
    reader = _Reader(_styles(parts["word/styles.xml"]))
    targets = _targets(parts["word/_rels/document.xml.rels"])
    found: list[Section] = []
    blocks: list[etree._Element] = []
    for block in etree.fromstring(parts["word/document.xml"])[0]:
        properties = block if block.tag == f"{W}sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if block.tag != f"{W}sectPr":
            blocks.append(block)
        if properties is not None:
            if (
                blocks
                and blocks[-1].tag == f"{W}p"
                and not _text(blocks[-1])
                and not next(blocks[-1].iter(DOC_PR), None)
            ):
                blocks.pop()  # a section ends with a paragraph that only bears its page
            marginal = {kind: _marginal(properties, kind, targets, parts) for kind in ("header", "footer")}
            header, body, footer = (
                tuple(reader.blocks(each)) for each in (marginal["header"], blocks, marginal["footer"])
            )
            found.append(Section(header, body, footer))
            blocks = []
    return tuple(found)


def lines(sections: Iterable[Section]) -> list[str]:
    """Return sections a line each for what stands in them, to tell at which one two files part."""
    return [line for section in sections for line in ("section", *_lines(section))]


def _lines(section: Section) -> Iterator[str]:
    for name, blocks in zip(
        ("header", "body", "footer"), (section.header, section.blocks, section.footer), strict=True
    ):
        yield name
        yield from _block_lines(blocks)


def _block_lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield " ".join([f"[{block.style}]", *(f"{{{run.style}}}{run.text}" for run in block.runs)])
        else:
            yield f"table {block.style} {block.widths}"
            for row in block.rows:
                yield "header row" if row.header else "row"
                for cell in row.cells:
                    yield f"cell {cell.colspan} × {cell.rowspan}"
                    yield from _block_lines(cell.blocks)


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def _styles(part: bytes) -> dict[str, str]:
    """Return the name of each style by its id; the default paragraph style is also under ""."""
    found: dict[str, str] = {}
    for style in etree.fromstring(part).iter(f"{W}style"):
        identifier, name = style.get(f"{W}styleId", ""), style.find(f"{W}name")
        found[identifier] = name.get(f"{W}val", "") if name is not None else identifier
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            found[""] = found[identifier]
    return found


def _targets(part: bytes) -> dict[str, str]:
    return {each.get("Id", ""): posixpath.normpath(f"word/{each.get('Target', '')}") for each in etree.fromstring(part)}


def _marginal(
    properties: etree._Element, kind: str, targets: Mapping[str, str], parts: Mapping[str, bytes]
) -> Iterable[etree._Element]:
    references = properties.findall(f"{W}{kind}Reference")
    assert len(references) <= 1, "one header and one footer for all pages"
    return [each for reference in references for each in etree.fromstring(parts[targets[reference.get(f"{R}id", "")]])]


def _parts_tables(element: etree._Element) -> bool:
    """Tell whether an empty paragraph keeps two tables from being one."""
    around = (element.getprevious(), element.getnext())
    return element.tag == f"{W}p" and not _text(element) and all(e is not None and e.tag == f"{W}tbl" for e in around)


class _Reader:
    """Elements → blocks, under the names of their styles."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.styles = styles

    def blocks(self, elements: Iterable[etree._Element]) -> Iterator[Block]:
        for element in elements:
            if _parts_tables(element):
                continue
            if element.tag == f"{W}p":
                yield self.paragraph(element)
            elif element.tag == f"{W}tbl":
                yield self.table(element)
            else:
                assert element.tag == f"{W}tcPr", f"unexpected element {element.tag}"

    def paragraph(self, element: etree._Element) -> Paragraph:
        pieces = groupby(self.runs(element), lambda run: run.style)
        joined = (Run(style, "".join(run.text for run in runs)) for style, runs in pieces)
        return Paragraph(self.style(element, "pPr/pStyle"), tuple(run for run in joined if run.text))

    def runs(self, parent: etree._Element) -> Iterator[Run]:
        """Yield the runs, those of fields left out."""
        depth = 0
        for element in parent:
            if element.tag in INLINE:
                yield from self.runs(element)
            if element.tag != f"{W}r":
                continue
            marks = [mark.get(f"{W}fldCharType") for mark in element.iter(f"{W}fldChar")]
            depth += marks.count("begin") - marks.count("end")
            if not depth and not marks:
                style = self.style(element, "rPr/rStyle") if element.find(f"{W}rPr/{W}rStyle") is not None else ""
                yield Run(style, "".join(map(_sign, element)))

    def style(self, element: etree._Element, path: str) -> str:
        identifier = _value(element, path, "")
        assert identifier in self.styles, f"unknown style {identifier}"
        return self.styles[identifier]

    def table(self, element: etree._Element) -> Table:
        """Return a table; a cell merged downwards counts the rows whose cell at its column goes on with it."""
        widths = tuple(int(column.get(f"{W}w", "0")) for column in element.findall(f"{W}tblGrid/{W}gridCol"))
        rows = element.findall(f"{W}tr")
        grids = [dict(_columns(row)) for row in rows]
        found = []
        for number, row in enumerate(rows):
            cells = tuple(
                self.cell(cell, 1 + _continued(grids[number + 1 :], column))
                for column, cell in grids[number].items()
                if _merge(cell) != "continue"
            )
            found.append(Row(cells, row.find(f"{W}trPr/{W}tblHeader") is not None))
            assert sum(_span(cell) for cell in grids[number].values()) == len(widths), "a row does not fill its grid"
        return Table(self.style(element, "tblPr/tblStyle"), widths, tuple(found))

    def cell(self, element: etree._Element, rowspan: int) -> Cell:
        assert len(element), "a cell without anything"
        assert element[-1].tag == f"{W}p", "Word asks that a cell end with a paragraph"
        blocks = tuple(self.blocks(element))
        is_empty = len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].runs
        return Cell(() if is_empty else blocks, _span(element), rowspan)


def _sign(element: etree._Element) -> str:
    """Return what an element of a run reads as; Word trims a text that does not ask to be preserved."""
    if element.tag == f"{W}t":
        text = element.text or ""
        return text if element.get(PRESERVE) == "preserve" else text.strip(" \t\n\r")
    if element.tag == f"{W}drawing":
        return "".join(f"[image : {each.get('descr')}]" for each in element.iter(DOC_PR))
    return SIGNS.get(str(element.tag), "")


def _value(element: etree._Element, path: str, default: str) -> str:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return found.get(f"{W}val", default) if found is not None else default


def _span(cell: etree._Element) -> int:
    return int(_value(cell, "tcPr/gridSpan", "1"))


def _merge(cell: etree._Element) -> str:
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return found.get(f"{W}val", "continue") if found is not None else ""


def _columns(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.findall(f"{W}tc"):
        yield column, cell
        column += _span(cell)


def _continued(below: Iterable[Mapping[int, etree._Element]], column: int) -> int:
    """Return how many of the rows below go on with the cell at a column."""
    count = 0
    for grid in below:
        if column not in grid or _merge(grid[column]) != "continue":
            break
        count += 1
    return count
