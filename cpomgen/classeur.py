"""Tables → the bytes of a workbook of Excel: days and figures as such, texts as texts; same tables, same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cpomgen.excel import put_day, put_text, saved

Value = str | int | Decimal | date | None

FIGURE, AMOUNT = "0", '#,##0.00\\ "€"'
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
    return saved(book)


def _put(cell: Any, value: Value) -> None:  # noqa: ANN401 - a cell of openpyxl, which is not typed
    """Put a value in a cell, so that Excel makes nothing else of it."""
    if value is None:
        return
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, date):
        put_day(cell, value)
    else:
        cell.value = value
        cell.number_format = AMOUNT if isinstance(value, Decimal) else FIGURE


def _width(table: Table, column: int) -> float:
    texts = (str(row[column]) for row in (table.entetes, *table.lignes) if row[column] is not None)
    return float(min(max(NARROW, *(len(text) + 2 for text in texts)), WIDE))
