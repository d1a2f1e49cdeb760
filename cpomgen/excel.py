"""What Excel makes nothing else of: texts and days put in cells, a workbook saved without the time when it was made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

from cpomgen.package import CORE, EPOCH, pack

LONGEST = 32_767  # signs of a cell
DAY, TEXT = "dd/mm/yyyy", "@"
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML has no sign for
LIKE_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as a sign
FORMULAS = ("=", "+", "-", "@")
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def put_text(cell: Any, text: str) -> None:  # noqa: ANN401 - a cell of openpyxl, which is not typed
    """Put a text in a cell, which stays one, whatever it looks like."""
    cell.value = LIKE_CODE.sub("_x005F_", UNHELD.sub("\ufffd", text)[:LONGEST])
    cell.data_type, cell.number_format = "s", TEXT
    cell.quotePrefix = text.startswith(FORMULAS)


def put_day(cell: Any, day: date) -> None:  # noqa: ANN401 - same
    """Put a day in a cell."""
    cell.value = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    cell.number_format = DAY


def saved(book: Any) -> bytes:  # noqa: ANN401 - a workbook of openpyxl
    """Return the bytes of a workbook, the same for the same cells."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[CORE] = STAMP.sub(rb"\g<1>%d-01-01T00:00:00Z" % EPOCH[0], parts[CORE])
    return pack(parts)
