"""Imprime → the text that Typst reads: calls on string literals, where no word is ever read as markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from cpomgen.imprime import Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpomgen.imprime import Block, Cell, Imprime, Row, Section

CELL_MARGINS = 10.8  # points, Word's own left and right margins of a cell, for a table within a cell
TWIPS = 20  # to a point
TOTALS = ("Cellule total", "Cellule montant total")
LONG = re.compile(r"(\S{30,}|[^ ]{60,})")
JOINTS = re.compile(r".{1,11}[/.,;:_@?&=-]|.{1,12}")  # after a sign if there is one
SHORT = 300  # signs; a longer paragraph may be broken, and is not kept with what it announces
FIGURE = "montant"  # in the style of a cell that stays on one line
CONTINUED = Span(" (suite)")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that the PDF carries, with what it is (`description`, read by an officer)."""

    name: str
    text: str
    mime: str
    description: str


def compose(imprime: Imprime, attachment: Attachment | None = None) -> str:
    """Return the Typst text of a document: calls on string literals, where no word is ever read as markup."""
    lines = [f"#show: document-of.with({_literal(imprime.title)})"]
    if attachment:
        lines.append(_attached(attachment))
    lines += (f"#{_section(section, str(index))}" for index, section in enumerate(imprime.sections))
    return "\n".join(lines) + "\n"


# Words


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda match: f"\\u{{{ord(match[0]):x}}}", escaped) + '"'


def _words(line: str) -> str:
    """Return a line as string literals, with joints in words that no column is wide enough for."""
    if not LONG.search(line):
        return _literal(line)
    parts = enumerate(LONG.split(line))  # one in two is a long word
    return ", ".join(
        ", JOINT, ".join(map(_literal, JOINTS.findall(part))) if odd % 2 else _literal(part) for odd, part in parts
    )


def _span(span: Span) -> str:
    words = span.field.name if span.field else ", BREAK, ".join(map(_words, span.text.split("\n")))
    return f"C({_literal(span.style)}, {words})" if span.style else words


def _spans(paragraph: Paragraph) -> str:
    return ", ".join(_span(span) for span in paragraph.spans if span.text or span.field)


# Blocks


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where blocks stand: the width of their column and the height of their page, in points; a name of their own."""

    width: float
    room: float
    name: str


def _section(section: Section, name: str) -> str:
    layout = section.layout
    width = _to_points(layout.width - layout.left - layout.right)
    frame = _Frame(width, _to_points(layout.height - layout.top - layout.bottom), name)
    edges = ", ".join(
        f"{edge}: {_pt(_to_points(getattr(layout, edge)))}" for edge in ("top", "right", "bottom", "left")
    )
    page = f"{_pt(_to_points(layout.width))}, {_pt(_to_points(layout.height))}, ({edges})"
    parts = (layout.header, layout.footer, section.blocks)
    return f"S({page}, {', '.join(_blocks(part, frame) for part in parts)})"


def _blocks(blocks: Iterable[Block], frame: _Frame) -> str:
    """Return the blocks as a block of Typst code; neighbours that are items make one list."""
    calls: list[str] = []
    for bullets, run in groupby(filter(_is_filled, blocks), _bullets):
        if bullets:
            items = "".join(f"({_spans(block)},), " for block in run if isinstance(block, Paragraph))
            calls.append(f"L({_literal(bullets)}, {items})")
        else:
            calls += (_block(block, replace(frame, name=f"{frame.name}-{len(calls)}")) for block in run)
    return "{\n" + "\n".join(calls) + "\n}" if calls else "none"


def _bullets(block: Block) -> str:
    return block.style if isinstance(block, Paragraph) and block.style.endswith(" puce") else ""


def _is_filled(block: Block) -> bool:
    return isinstance(block, Table) or bool(_spans(block))


def _block(block: Block, frame: _Frame) -> str:
    if isinstance(block, Table):
        return _table(block, frame)
    call = f"P({_literal(block.style)}, {_spans(block)})"
    announces = len(block.text) < SHORT and block.text.rstrip().endswith(":")
    return f"KEEP({call})" if announces else call


# Tables


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell and where it stands: the frame of its columns, its first and last rows, its first column."""

    cell: Cell
    frame: _Frame
    first: int
    last: int
    column: int

    def is_merged(self) -> bool:
        return self.last > self.first


def _table(table: Table, frame: _Frame) -> str:
    scale = frame.width / sum(table.widths)
    columns = tuple(width * scale for width in table.widths)
    places = tuple(_places(table.rows, columns, frame))
    rows = tuple(_row(index, row, places) for index, row in enumerate(table.rows))
    heads = sum(1 for _ in takewhile(lambda row: row.header, table.rows))
    totals = "".join(f"({place.column}, {place.first}), " for place in places if _style(place.cell) in TOTALS)
    widths = "".join(f"{_pt(width)}, " for width in columns)
    return (
        f"T({_literal(table.style)}, ({widths}), {_pt(frame.room)}, "
        f"header: ({''.join(rows[:heads])}), totals: ({totals}),\n{''.join(rows[heads:])})"
    )


def _places(rows: tuple[Row, ...], columns: tuple[float, ...], frame: _Frame) -> Iterator[_Place]:
    """Yield each cell with its place, in reading order; a cell of an earlier row may hold some of a row's columns."""
    free = [0] * len(columns)  # for each column, the first row where no earlier cell holds it
    for index, row in enumerate(rows):
        for cell in row.cells:
            column = next(at for at, first in enumerate(free) if first <= index)
            covered = range(column, min(column + cell.colspan, len(columns)))
            last = min(index + cell.rowspan, len(rows)) - 1
            for at in covered:
                free[at] = last + 1
            width = sum(columns[at] for at in covered)
            yield _Place(cell, _Frame(width, frame.room, f"{frame.name}-{index}.{column}"), index, last, column)


def _row(index: int, row: Row, places: tuple[_Place, ...]) -> str:
    ended = (place for place in places if place.is_merged() and place.last == index)
    ends = "".join(f"{_literal(place.frame.name)}, " for place in ended)
    own = ", ".join(_cell(place, row) for place in places if place.first == index)
    return f"R(({ends}), {own}),\n"


def _cell(place: _Place, row: Row) -> str:
    cell = place.cell
    inner = replace(place.frame, width=place.frame.width - CELL_MARGINS)
    lasts = not row.header and (place.column == 0 or place.is_merged())
    named = ""
    if cell.colspan > 1:
        named += f", colspan: {cell.colspan}"
    if place.is_merged():
        named += f", rowspan: {place.last - place.first + 1}"
    if FIGURE in _style(cell):
        named += ", figure: true"
    first, rest = cell.blocks[:1], cell.blocks[1:]
    if rest and lasts:
        named += f", rest: {_blocks(rest, inner)}"
    else:
        first = cell.blocks
    if lasts:
        named += f", again: ({_literal(place.frame.name)}, {_blocks(_continued(first[:1]), inner)})"
    return f"X({place.column}, {_blocks(first, inner)}{named})"


def _continued(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what a cell says again on the next page: its first words, and that they go on."""
    return tuple(
        replace(block, spans=(*block.spans, CONTINUED)) if isinstance(block, Paragraph) else block for block in blocks
    )


def _style(cell: Cell) -> str:
    """Return the style of a cell's first paragraph, which says what the cell holds."""
    return cell.blocks[0].style if cell.blocks else ""


def _to_points(twips: int) -> float:
    return twips / TWIPS


def _pt(points: float) -> str:
    return f"{round(points, 3):g}pt"


def _attached(attachment: Attachment) -> str:
    named = {"relationship": "data", "mime-type": attachment.mime, "description": attachment.description}
    words = ", ".join(f"{key}: {_literal(value)}" for key, value in named.items())
    return f"#pdf.attach({_literal(attachment.name)}, bytes({_literal(attachment.text)}), {words})"
