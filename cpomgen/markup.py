"""A report as parts (titles, sentences, lists, tables, what is folded) → its lines, in Markdown or for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

INDENT = "  "


class Title(NamedTuple):
    """A heading, of level 1 for that of the report."""

    level: int
    text: str


class Sentence(NamedTuple):
    """A paragraph."""

    text: str


class Entry(NamedTuple):
    """An entry of a list, with what stands under it."""

    text: str
    below: tuple[str, ...] = ()


class Entries(NamedTuple):
    """A list."""

    entries: tuple[Entry, ...]


class Columns(NamedTuple):
    """A table: its heads, its rows; the columns from `right` on hold amounts, up to `last` when it is given."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: int
    last: int = 99

    def is_amount(self, column: int) -> bool:
        """Tell whether a column holds amounts."""
        return self.right <= column < self.last


class Folded(NamedTuple):
    """Parts that a page of review shows when they are asked for; a terminal shows them."""

    summary: str
    parts: tuple[Part, ...]


Part = Title | Sentence | Entries | Columns | Folded


def as_markdown(parts: Iterable[Part]) -> Iterator[str]:
    """Yield the lines of a comment in Markdown, texts as they are."""
    return _apart(map(_markdown, parts))


def as_text(parts: Iterable[Part]) -> Iterator[str]:
    """Yield the lines of a terminal."""
    return _apart(map(_text, parts))


def _apart(told: Iterable[Iterator[str]]) -> Iterator[str]:
    """Yield the lines of parts, a blank one between two."""
    for number, lines in enumerate(told):
        if number:
            yield ""
        yield from lines


def _markdown(part: Part) -> Iterator[str]:
    match part:
        case Title():
            yield f"{'#' * part.level} {part.text}"
        case Sentence():
            yield part.text
        case Entries():
            for entry in part.entries:
                yield f"- {entry.text}"
                yield from (f"{INDENT}- {line}" for line in entry.below)
        case Columns():
            yield f"| {' | '.join(part.heads)} |"
            yield f"| {' | '.join('---:' if part.is_amount(n) else '---' for n in range(len(part.heads)))} |"
            yield from (f"| {' | '.join(row)} |" for row in part.rows)
        case Folded():
            yield f"<details><summary>{part.summary}</summary>"
            yield ""
            yield from as_markdown(part.parts)
            yield from ("", "</details>")


def _text(part: Part) -> Iterator[str]:
    match part:
        case Title():
            yield part.text.upper() if part.level == 1 else part.text
            if part.level < 3:  # noqa: PLR2004 - a contract, a type: below, titles stand alone
                yield ("=" if part.level == 1 else "-") * len(part.text)
        case Sentence():
            yield part.text
        case Entries():
            for entry in part.entries:
                yield f"{INDENT}{entry.text}"
                yield from (f"{INDENT * 3}{line}" for line in entry.below)
        case Columns():
            yield from (f"{INDENT}{line}" for line in aligned(part))
        case Folded():
            yield f"{part.summary} :"
            yield from as_text(part.parts)


def aligned(columns: Columns) -> Iterator[str]:
    """Yield the rows of a table, its columns one under the other; amounts end where the others end."""
    rows = (columns.heads, *columns.rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(columns.heads))]
    for row in rows:
        cells = (
            f"{text:>{width}}" if columns.is_amount(column) else f"{text:<{width}}"
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        yield INDENT.join(cells).rstrip()
