"""Citation × styles of a Word template → WordprocessingML: its blocks as the template would have written them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from cpomgen.citation import Citation, fitted
from cpomgen.filters import RefusedError
from cpomgen.grid import grid_of
from cpomgen.imprime import TOTAL, Block, Cell, Paragraph, Span, Table, paragraphs
from cpomgen.trame import GRID

Ids = Mapping[tuple[str, str], str]  # of styles, by kind (paragraph, character, table) and name
INSTRUCTION = "<w:r><w:instrText>{}</w:instrText></w:r>"
LOOK, FIRST, LAST = 0x600, 0x20, 0x40  # tblLook: no banding; the first row, the last row have a look of their own


def quoted(citation: object, width: int, ids: Ids) -> Markup:
    """Return the XML of a citation on a page whose margins leave a width, in twentieths of a point.

    Raise RefusedError when it is none, or has a style that the template lacks.
    """
    if not isinstance(citation, Citation):
        raise RefusedError("seule une citation s'imprime par « {{p … }} »")
    return Markup(Quotation(ids).blocks(fitted(citation.blocks, width)))  # noqa: S704 - all words are escaped below


class Quotation:
    """Blocks being written under the ids of a template's styles."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids

    def id(self, kind: str, name: str) -> str:
        """Return the id of a style, between quotes; raise RefusedError when the template has none of that name."""
        if (kind, name) not in self.ids:
            raise RefusedError(f"le style « {name} » du texte cité n'existe pas dans ce gabarit")
        return quoteattr(self.ids[kind, name])

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return blocks one after the other."""
        return "".join(self.paragraph(each) if isinstance(each, Paragraph) else self.table(each) for each in blocks)

    def paragraph(self, paragraph: Paragraph) -> str:
        """Return a paragraph under its style."""
        runs = "".join(map(self.run, paragraph.spans))
        return f"<w:p><w:pPr><w:pStyle w:val={self.id('paragraph', paragraph.style)}/></w:pPr>{runs}</w:p>"

    def run(self, span: Span) -> str:
        """Return a run of words, or a field of the page."""
        style = f"<w:rPr><w:rStyle w:val={self.id('character', span.style)}/></w:rPr>" if span.style else ""
        if span.field:
            result = f"<w:r>{style}<w:t>1</w:t></w:r>"
            return f"{_mark('begin')}{INSTRUCTION.format(span.field.value)}{_mark('separate')}{result}{_mark('end')}"
        words = span.image.said if span.image else span.text  # a picture belongs to the part of the file it is in
        lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
        return f"<w:r>{style}{'<w:br/>'.join(lines)}</w:r>"

    def table(self, table: Table) -> str:
        """Return a table, its grid to be filled in."""
        first, last = table.rows[0].header, _is_total(table.rows[-1].cells)
        look = f'w:val="{LOOK + FIRST * first + LAST * last:04X}" w:firstRow="{first:d}" w:lastRow="{last:d}"'
        properties = (
            f"<w:tblPr><w:tblStyle w:val={self.id('table', table.style)}/>"
            '<w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook {look} w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        )
        return f"<w:tbl>{properties}{GRID}{''.join(self.rows(table))}</w:tbl>"

    def rows(self, table: Table) -> Iterator[str]:
        """Yield rows: a cell that goes on below stands again, empty and merged, in each row it covers."""
        *_, last = (Paragraph("Normal", ()), *paragraphs((table,)))
        for line in grid_of(table).lines:
            header = "<w:tblHeader/>" if line.row.header else ""
            own = {id(cell) for cell in line.row.cells}
            cells = "".join(self.cell(cell, last, begins=id(cell) in own) for cell in line.cells.values())
            yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"

    def cell(self, cell: Cell, like: Paragraph, *, begins: bool) -> str:
        """Return a cell, which ends with a paragraph as Word asks: an empty one is `like` others of the table."""
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        merge = f'<w:vMerge w:val="{"restart" if begins else "continue"}"/>' if cell.rowspan > 1 else ""
        properties = f"<w:tcPr>{span}{merge}</w:tcPr>" if span or merge else ""
        blocks = cell.blocks if begins else ()
        ended = bool(blocks) and isinstance(blocks[-1], Paragraph)
        empty = "" if ended else self.paragraph(Paragraph(next(paragraphs(cell.blocks), like).style, ()))
        return f"<w:tc>{properties}{self.blocks(blocks)}{empty}</w:tc>"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _is_total(cells: tuple[Cell, ...]) -> bool:
    first = cells[0].blocks[:1] if cells else ()
    return any(isinstance(block, Paragraph) and block.style == TOTAL for block in first)
