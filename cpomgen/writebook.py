"""Feuille → bytes of an Excel workbook, in which Excel changes nothing: texts as texts, figures and days as such.

Cells may bear a comment and a colour: what is wrong in them.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cpomgen.feuille import Cell, Feuille, letters
from cpomgen.package import EPOCH, pack
from cpomgen.workbook import DIGITS, FIRST_SERIAL

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 32_767  # signs of a cell
NAME = 31  # signs of the name of a sheet
REFUSED = re.compile(r"[\[\]:*?/\\']")
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML has no sign for
LIKE_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
FORMULAS = ("=", "+", "-", "@")
DAY, TEXT = "dd/mm/yyyy", "@"
FAULTY = "FFFFC7CE"
TITLE = "FFDDEBF7"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
BOX = (320, 120)  # points of a comment
WIDE = (10, 45)  # signs of a column


def write_workbook(feuille: Feuille, faults: Mapping[tuple[int, int], str] | None = None, titles: int = 1) -> bytes:
    """Return the bytes of a workbook of one sheet, with what is wrong in its cells; same sheet, same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, seldom needed
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    book = Workbook()
    sheet: Any = book.active
    sheet.title = REFUSED.sub(" ", feuille.name).strip()[:NAME] or "Contrats"
    for number, row in feuille.rows.items():
        for rank, cell in row.items():
            _put(sheet.cell(number, rank), cell)
            if number == titles:
                sheet.cell(number, rank).fill = PatternFill("solid", fgColor=TITLE)
    for (number, rank), message in (faults or {}).items():
        marked = sheet.cell(number, rank)
        marked.fill = PatternFill("solid", fgColor=FAULTY)
        marked.comment = Comment(message[:LONGEST], "cpomgen", height=BOX[1], width=BOX[0])
    for rank in range(1, feuille.last_column + 1):
        sheet.column_dimensions[letters(rank)].width = _width(feuille, rank)
    sheet.freeze_panes = sheet.cell(titles + 1, 1)
    out = io.BytesIO()
    book.save(out)
    return _same(out.getvalue())


def _width(feuille: Feuille, rank: int) -> float:
    cells = (str(row[rank].value) for row in feuille.rows.values() if rank in row)
    longest = max((len(text.partition("\n")[0]) for text in cells), default=0)
    return float(min(max(longest + 2, WIDE[0]), WIDE[1]))


def _put(place: Any, cell: Cell) -> None:  # noqa: ANN401 - a cell of openpyxl, which is not typed
    """Put a value in a cell, so that Excel does not make another of it."""
    value = cell.value
    if isinstance(value, Decimal) and is_figure(value):
        place.value = value
        place.number_format = cell.form or "General"
    elif isinstance(value, date) and value >= FIRST_SERIAL:
        place.value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        place.number_format = DAY
    elif isinstance(value, bool):
        place.value = value
    else:
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        place.value = LIKE_CODE.sub("_x005F_", UNHELD.sub("\ufffd", text)[:LONGEST])
        place.data_type = "s"
        place.number_format = TEXT
        place.quotePrefix = text.startswith(FORMULAS)


def is_figure(value: Decimal) -> bool:
    """Tell whether Excel keeps all the digits of a number."""
    return len(value.normalize().as_tuple().digits) <= DIGITS


def _same(content: bytes) -> bytes:
    """Return a workbook without the day nor the hour when it was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    day = f"{EPOCH[0]}-01-01T00:00:00Z".encode()
    parts["docProps/core.xml"] = STAMP.sub(rb"\g<1>" + day, parts["docProps/core.xml"])
    return pack(parts)
