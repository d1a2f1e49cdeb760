"""The middle value: a document as it reads, before any page exists; the PDF, the diff and the acts are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

TOTAL = "Cellule total"  # the style that, in its first cell, makes a row one of totals
OPENING = "heading 1"  # the style of what opens a page, but where it opens its section: an act quotes whole annexes
CLOSING = "Lieu et date"  # the style of what opens the signatures: what precedes it comes with it
OPERATIONS = ("Opération", "Opération 1", "Opération 2", "Opération 3")  # the styles of what an act changes, by level
NOTE = "Légende"  # the style of what, under a table, says how to read it: they are not parted


class PageField(Enum):
    """A number that only the page knows; the value is the instruction of Word's field."""

    PAGE = "PAGE"
    PAGES = "NUMPAGES"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the template, as wide and high as Word has it, in EMU (360 000 to a centimetre).

    `name` is a digest of its bytes, with the suffix of their format: two images of one name are the same. `words` stand
    for it where it cannot be seen; they are not printed.
    """

    name: str
    width: int
    height: int
    words: str
    content: bytes = field(repr=False, compare=False)

    @property
    def said(self) -> str:
        """Return what an act or a reviewer reads in the place of the picture."""
        return f"[image : {self.words}]"


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one character style ("" for none); a line break is a newline.

    `path` is that of the contract's leaf the text comes from, "" for the template's own words. A picture stands in the
    line as a span without text.
    """

    text: str
    style: str = ""
    path: str = ""
    field: PageField | None = None
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans under one paragraph style; `id` is the path of the item whose loop made it, "" outside loops."""

    style: str
    spans: tuple[Span, ...]
    id: str = ""

    @property
    def text(self) -> str:
        """Return the paragraph's text; fields of the page and pictures read as nothing."""
        return "".join([span.text for span in self.spans])


@dataclass(frozen=True, slots=True)
class Cell:
    """Blocks in a cell that covers `colspan` columns and `rowspan` rows."""

    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in this row; `header` when the row is repeated on each page."""

    cells: tuple[Cell, ...]
    header: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one table style; `widths` of the columns in twentieths of a point, as Word has them."""

    style: str
    widths: tuple[int, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Layout:
    """The page of a section: sizes and margins in twentieths of a point, header and footer as printed."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()

    @property
    def between(self) -> int:
        """Return the width that margins leave."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks on one layout, under the name the manifest gives it."""

    name: str
    layout: Layout
    blocks: tuple[Block, ...]

    def __hash__(self) -> int:
        return hash((self.name, len(self.blocks)))  # all its words would take longer than what they are looked up for


@dataclass(frozen=True, slots=True)
class Imprime:
    """A document as printed."""

    title: str
    sections: tuple[Section, ...]

    def slice(self, title: str, names: tuple[str, ...]) -> Imprime:
        """Return the document made of the sections so named, under its own title."""
        return replace(self, title=title, sections=tuple(s for s in self.sections if s.name in names))


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph in reading order, those of cells included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Yield every table in reading order, each before those of its cells."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from tables(cell.blocks)


def images(imprime: Imprime) -> dict[str, bytes]:
    """Return the bytes of every picture of a document, headers and footers included, by name."""
    return {
        span.image.name: span.image.content
        for section in imprime.sections
        for paragraph in paragraphs((*section.layout.header, *section.layout.footer, *section.blocks))
        for span in paragraph.spans
        if span.image
    }


def spans(imprime: Imprime) -> Iterator[Span]:
    """Yield every span of the body, in reading order."""
    for section in imprime.sections:
        for paragraph in paragraphs(section.blocks):
            yield from paragraph.spans
