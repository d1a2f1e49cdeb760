"""Tables → the bytes of a workbook of Excel: days and figures as such, texts as texts; same tables, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from cpomgen.package import CORE, EPOCH, pack

Value = str | int | Decimal | date | None

DAY, FIGURE, AMOUNT, TEXT = "dd/mm/yyyy", "0", '#,##0.00\\ "€"', "@"
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML has no sign for
LIKE_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as a sign
FORMULAS = ("=", "+", "-", "@")
LONGEST = 32_767  # signs of a cell
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NARROW, WIDE = 8, 60  # signs of a column


class Table(NamedTuple):
    """A sheet: its name, the heads of its columns, its rows."""

    nom: str
    entetes: tuple[str, ...]
    lignes: Sequence[tuple[Value, ...]]


def classeur(tables: Sequence[Table]) -> bytes:
    """Return the bytes of a workbook of these sheets, the heads of each always in sight."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, seldom needed
    from openpyxl.styles import Font  # noqa: PLC0415 - same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - same

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet: Any = book.create_sheet(table.nom)
        for row, cells in enumerate((table.entetes, *table.lignes), 1):
            for column, value in enumerate(cells, 1):
                _put(sheet.cell(row, column), value)
        for column in range(1, len(table.entetes) + 1):
            sheet.cell(1, column).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _put(cell: Any, value: Value) -> None:  # noqa: ANN401 - a cell of openpyxl, which is not typed
    """Put a value in a cell, so that Excel makes nothing else of it."""
    if value is None:
        return
    if isinstance(value, str):
        cell.value = LIKE_CODE.sub("_x005F_", UNHELD.sub("\ufffd", value)[:LONGEST])
        cell.data_type, cell.number_format = "s", TEXT
        cell.quotePrefix = value.startswith(FORMULAS)
    elif isinstance(value, date):
        cell.value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        cell.number_format = DAY
    else:
        cell.value = value
        cell.number_format = AMOUNT if isinstance(value, Decimal) else FIGURE


def _width(table: Table, column: int) -> float:
    texts = (str(row[column]) for row in (table.entetes, *table.lignes) if row[column] is not None)
    return float(min(max(NARROW, *(len(text) + 2 for text in texts)), WIDE))


def _timeless(content: bytes) -> bytes:
    """Return a workbook without the time when it was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[CORE] = STAMP.sub(rb"\g<1>%d-01-01T00:00:00Z" % EPOCH[0], parts[CORE])
    return pack(parts)
