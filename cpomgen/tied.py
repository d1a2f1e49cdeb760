"""The XML of a Word section, rendered → the same, where paragraphs and rows that no page may part ask for what follows.

What comes before another depends on the data, so that no style of the template can say it: the last paragraph before
the signatures, the last row above a note, the row above a total, an operation that announces others. Nor can one say
which titles of annexes open a page: all those of a section but the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpomgen.imprime import CLOSING, NOTE, OPENING, OPERATIONS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLED = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)')
ANNOUNCED = "</w:pPr>(?:(?!</w:p>).)*:</w:t></w:r></w:p>"
END_OF_TABLE = "</w:tbl>"


def tied(text: str, styles: Mapping[str, str]) -> str:
    """Return the section with its lines kept together; `styles` are the ids of paragraph styles by name."""
    for name, before in ((CLOSING, _paragraph_before), (NOTE, _row_above), (TOTAL, _row_before)):
        style = f'<w:pStyle w:val="{styles[name]}"/>' if name in styles else ""
        parts = text.split(style) if style else [text]
        text = style.join([*map(before, parts[:-1]), parts[-1]])
    return _paged(_announced(text, styles), styles)


def _announced(text: str, styles: Mapping[str, str]) -> str:
    """Return a text whose operations that end with a colon are kept with what follows."""
    for name in OPERATIONS:
        if name in styles:
            style = re.escape(f'<w:pStyle w:val="{styles[name]}"/>')
            text = re.sub(f"{style}(?={ANNOUNCED})", r"\g<0><w:keepNext/>", text)
    return text


def _paged(text: str, styles: Mapping[str, str]) -> str:
    """Return a text whose titles of annexes open a page, but for the first."""
    style = f'<w:pStyle w:val="{styles[OPENING]}"/>' if OPENING in styles else ""
    if not style or text.count(style) <= 1:
        return text
    first, *others = text.split(style)
    return style.join([first, f"{style}<w:pageBreakBefore/>".join(others)])


def _paragraph_before(text: str) -> str:
    """Return what ends within a paragraph, the one before it kept with it unless a table comes between."""
    own = _last("w:p", text)
    before = _last("w:p", text, own)
    return text if before < 0 or END_OF_TABLE in text[before:] else _held(text, before, own)


def _row_above(text: str) -> str:
    """Return what ends within a paragraph, the last row of the table that it follows, if it does, kept with it."""
    own = _last("w:p", text)
    return _held(text, _last("w:tr", text, own), own) if text.endswith(END_OF_TABLE, 0, own) else text


def _row_before(text: str) -> str:
    """Return what ends within the first paragraph of a row, the row before kept with it; within any other, as it is."""
    own = _last("w:tr", text)
    before = _last("w:tr", text, own)
    first = own <= _last("w:p", text) and _last("w:p", text, _last("w:p", text)) < own
    return _held(text, before, own) if first and before >= 0 and END_OF_TABLE not in text[before:] else text


def _last(name: str, text: str, end: int | None = None) -> int:
    """Return where the last element of that name opens, before `end`; -1 when there is none."""
    plain = text.rfind(f"<{name}>", 0, end)
    return max(plain, text.rfind(f"<{name} ", max(plain, 0), end))


def _held(text: str, start: int, end: int) -> str:
    """Return a text whose paragraphs between two places are kept with what follows."""
    return text[:start] + STYLED.sub(r"\1<w:keepNext/>", text[start:end]) + text[end:]
