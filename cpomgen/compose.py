"""Imprime → the files that Typst reads: its blocks as calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise, takewhile
from typing import TYPE_CHECKING
from zlib import crc32

from cpomgen.imprime import CLOSING, NOTE, OPENING, TOTAL, Paragraph, Span, Table, paragraphs
from cpomgen.literal import literal, spans
from cpomgen.places import Place, bounded, height_of, surely_fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpomgen.imprime import Block, Imprime, Row, Section

CELL_MARGINS = 10.8  # points, Word's own left and right margins of a cell, for a table within a cell
TWIPS = 20  # to a point
SHORT = 300  # signs; a longer paragraph may be broken, and is not kept with what it announces
CONTINUED = Span(" (suite)")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that the PDF carries, with what it is (`description`, read by an officer)."""

    name: str
    text: str
    mime: str
    description: str


def compose(imprime: Imprime, attachment: Attachment | None = None) -> dict[str, str]:
    """Return the files of a document by name: main.typ, what it carries, two for each section, its body and its edges.

    A section is the same file in each document that has it, for Typst remembers what it set from the same place. Its
    edges, that is its header and footer, stand apart: they change with any word of the contract, by its fingerprint.
    """
    calls = [f'#import "typeset.typ": document-of\n#show: document-of.with({literal(imprime.title)})']
    carried = {attachment.name: attachment.text} if attachment else {}
    if attachment:
        calls.append(_attached(attachment))
    sections: dict[str, str] = {}
    edges: dict[str, str] = {}
    for section in imprime.sections:
        stem = f"section-{crc32(section.name.encode()):08x}"
        name = f"{stem}-{sum(each.startswith(stem) for each in sections)}"
        sections[f"{name}.typ"], edges[f"edges-{name}.typ"] = _section(section, name)
    calls += (f'#include "{name}"' for name in (*edges, *sections))
    return {"main.typ": "\n".join(calls) + "\n", **carried, **edges, **sections}


# Blocks


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where blocks stand: the width of their column and the height of their page, in points; a name of their own."""

    width: float
    room: float
    name: str

    def within(self, rank: int) -> _Frame:
        """Return the frame of the block of that rank."""
        return _Frame(self.width, self.room, f"{self.name}-{rank}")


@lru_cache(maxsize=24)  # the documents of a contract share their sections
def _section(section: Section, name: str) -> tuple[str, str]:
    """Return the file of a section, and that of its header and footer."""
    layout = section.layout
    width = _to_points(layout.between)
    frame = _Frame(width, _to_points(layout.height - layout.top - layout.bottom), name)
    margin = ", ".join(
        f"{edge}: {_pt(_to_points(getattr(layout, edge)))}" for edge in ("top", "right", "bottom", "left")
    )
    page = f"{_pt(_to_points(layout.width))}, {_pt(_to_points(layout.height))}, ({margin})"
    parts = "".join(f", {_blocks(part, frame.within(rank))}" for rank, part in enumerate(_parts(section.blocks)))
    header, footer = (_edge(part, frame) for part in (layout.header, layout.footer))
    start, key = '#import "typeset.typ": *\n', literal(f"edges-{name}")
    return f"{start}#S({page}, {key}, v(0pt, weak: true){parts})\n", f"{start}#EDGES({key}, {header}, {footer})\n"


def _edge(blocks: tuple[Block, ...], frame: _Frame) -> str:
    """Return a header or a footer, or the function that makes it of the numbers of pages that it tells."""
    numbered = any(span.field for paragraph in paragraphs(blocks) for span in paragraph.spans)
    return f"{'(PAGE, PAGES) => ' if numbered else ''}{_blocks(blocks, frame)}"


def _parts(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Yield the runs of blocks that each begin a page: what opens one, but for the first, begins a run."""
    starts = [rank for rank, block in enumerate(blocks) if _opens(block) and _is_filled(block)][1:]
    for start, end in pairwise((0, *starts, len(blocks))):
        yield blocks[start:end]


def _blocks(blocks: tuple[Block, ...], frame: _Frame) -> str:
    """Return the blocks as a block of Typst code; neighbours that are items make one list."""
    if len(blocks) == 1 and not _bullets(blocks[0]) and _is_filled(blocks[0]):  # as are most cells
        return f"{{{_block(blocks[0], frame)}}}"
    calls: list[str] = []
    for (bullets, closes), run in groupby(_noted(filter(_is_filled, blocks)), _kind):
        if closes and calls and calls[-1].startswith(("P(", "L(")):
            calls[-1] = f"KEEP({calls[-1]})"
        if bullets:
            items = "".join(f"({spans(block, frame.width)},), " for block, _ in run if isinstance(block, Paragraph))
            calls.append(f"L({literal(bullets)}, {items})")
        else:
            for block, note in run:
                calls.append(_block(block, frame, note, len(calls)))
    return "{\n" + "\n".join(calls) + "\n}" if calls else "none"


def _noted(blocks: Iterable[Block]) -> Iterator[tuple[Block, Paragraph | None]]:
    """Yield each block with the note under it, which only a table has."""
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == NOTE and isinstance(before, Table):
            yield before, block
            before = None
        else:
            if before is not None:
                yield before, None
            before = block
    if before is not None:
        yield before, None


def _kind(noted: tuple[Block, Paragraph | None]) -> tuple[str, bool]:
    """Return what neighbours must share to make one list; what closes the document is apart."""
    block, _ = noted
    return _bullets(block), isinstance(block, Paragraph) and block.style == CLOSING


def _bullets(block: Block) -> str:
    return block.style if isinstance(block, Paragraph) and block.style.endswith(" puce") else ""


def _opens(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == OPENING


def _is_filled(block: Block) -> bool:
    return isinstance(block, Table) or any(span.text or span.field or span.image for span in block.spans)


def _block(block: Block, frame: _Frame, note: Paragraph | None = None, rank: int = 0) -> str:
    if isinstance(block, Table):
        return _table(block, frame.within(rank), note)
    call = f"P({literal(block.style)}, {spans(block, frame.width)})"
    text = block.text
    return f"KEEP({call})" if len(text) < SHORT and text.rstrip().endswith(":") else call


# Tables


def _table(table: Table, frame: _Frame, note: Paragraph | None) -> str:
    scale = frame.width / sum(table.widths)
    columns = tuple(width * scale for width in table.widths)
    found = bounded(table.rows, columns)
    heads = sum(1 for _ in takewhile(lambda row: row.header, table.rows))
    room = frame.room - height_of((place for place in found if place.first < heads), note, frame.width)
    begun: list[list[Place]] = [[] for _ in table.rows]
    ended: list[list[Place]] = [[] for _ in table.rows]
    for place in found:
        begun[place.first].append(place)
        ended[place.last] += [place] if place.is_merged() else []
    rooms = (frame.room if row.header else room for row in table.rows)
    rows = tuple(_row(*row, frame) for row in zip(table.rows, begun, ended, rooms, strict=True))
    summed = {place.first for place in found if place.column == 0 and place.style == TOTAL}
    totals = "".join(f"({place.column}, {place.first}), " for place in found if place.first in summed)
    under = _block(note, frame) if note else "none"
    narrow, height = any(place.narrow for place in found), _pt(height_of(found, note, frame.width))
    widths = "".join(f"{_pt(width)}, " for width in columns)
    return (
        f"T({literal(table.style)}, ({widths}), {_pt(frame.room)}, {height}, header: ({''.join(rows[:heads])}), "
        f"totals: ({totals}), narrow: {str(narrow).lower()}, note: {under},\n{''.join(rows[heads:])})"
    )


def _row(row: Row, own: list[Place], ended: list[Place], room: float, frame: _Frame) -> str:
    """Return a row: its own cells, the merged ones that end with it, `room` being what a page has for it."""
    sure = surely_fits(own, room)
    lasting = [place for place in own if not row.header and (place.is_merged() or (place.column == 0 and not sure))]
    ends = "".join(f"{literal(_name(place, frame))}, " for place in ended)
    cells = ", ".join(_cell(place, frame, lasts=place in lasting) for place in own)
    return f"R(({ends}), {str(sure).lower()}, {cells}),\n"


def _name(place: Place, frame: _Frame) -> str:
    return f"{frame.name}-{place.first}.{place.column}"


def _cell(place: Place, frame: _Frame, *, lasts: bool) -> str:
    blocks = place.cell.blocks
    inner = _Frame(place.width - CELL_MARGINS, frame.room, _name(place, frame))
    first = blocks[:1] if lasts else blocks
    options = ""
    if place.cell.colspan > 1:
        options += f", colspan: {place.cell.colspan}"
    if place.is_merged():
        options += f", rowspan: {place.last - place.first + 1}"
    if place.narrow:
        options += ", figure: true"
    if lasts:
        options += f", again: ({literal(inner.name)}, {_blocks(_continued(first), inner)})"
        options += ", long: true" if place.is_long(frame.room) else ""
        options += f", rest: {_blocks(blocks[1:], inner)}" if len(blocks) > 1 else ""
    return f"X({place.column}, {_blocks(first, inner)}{options})"


def _continued(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what a cell says again on the next page: its first words, and that they go on."""
    return tuple(
        replace(block, spans=(*block.spans, CONTINUED)) if isinstance(block, Paragraph) else block for block in blocks
    )


def _to_points(twips: int) -> float:
    return twips / TWIPS


def _pt(points: float) -> str:
    return f"{round(points, 3):g}pt"


def _attached(attachment: Attachment) -> str:
    named = {"relationship": "data", "mime-type": attachment.mime, "description": attachment.description}
    words = ", ".join(f"{key}: {literal(value)}" for key, value in named.items())
    name = literal(attachment.name)
    return f"#pdf.attach({name}, read({name}, encoding: none), {words})"
