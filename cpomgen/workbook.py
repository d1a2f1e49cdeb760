"""Bytes of an Excel workbook (.xlsx, .xlsm) → Feuille: what its cells show; nothing in it is run nor fetched."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cpomgen.feuille import MAX_COLUMNS, MAX_ROWS, Cell, Feuille, Row, check_size, letters, rank_of, text_cell
from cpomgen.problem import Mark, Problem, ProblemError, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAX_BYTES = 128 * 1024 * 1024  # of all parts, unpacked
MAX_PARTS = 2_000
MERGED = re.compile(rb"mergeCell\b[^>]*\bref=[\"']\$?([A-Z]{1,4})\$?([0-9]{1,8}):\$?([A-Z]{1,4})\$?([0-9]{1,8})")
CELLS = re.compile(rb"<(?:\w+:)?c[ >]")
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
LESS = "Gardez-en la feuille utile, sans images ni lignes vides."
MAX_CELLS = 1_000_000  # those of 716 contracts in a thousand columns
MAX_MERGED = 100_000  # cells; they are all made when the workbook is read
DIGITS = 15  # those that Excel keeps of a number
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
DECLARED = tuple(
    f"<!{word}".encode(coding) for word in ("DOCTYPE", "ENTITY") for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
SAVE = "Dans Excel ou LibreOffice : Enregistrer sous, « Classeur Excel (.xlsx) »."
NO_RESULT = "cette formule n'a pas de résultat : ouvrez le classeur dans Excel, puis enregistrez-le"
FIRST_SERIAL = date(1900, 3, 1)  # before it, Excel counts a day that never was


def read_workbook(content: bytes, file: str, asked: str = "") -> Feuille:
    """Return a sheet of a workbook, the one asked for or the first that shows; raise ProblemError when it cannot be."""
    has_formulas = _check(content, file)
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, seldom needed

    try:
        with warnings.catch_warnings(action="ignore"):  # of what openpyxl leaves out: lists of choices, pictures
            shown = load_workbook(io.BytesIO(content), data_only=True)
            typed = load_workbook(io.BytesIO(content)) if has_formulas else shown
    except Exception:  # noqa: BLE001 - openpyxl raises anything at all on a damaged file
        raise _unread(file, "ce classeur est abîmé.") from None
    name = _chosen(shown, file, asked)
    sheet = shown[name]
    rows = _rows(sheet, typed[name], file)
    told = (*_others(shown, name, file, asked), *_odd(sheet, file, rows))
    return Feuille(file, rows, name, tuple(told))


def _unread(file: str, message: str, remedy: str = SAVE) -> ProblemError:
    return ProblemError(Problem("CPOM702", Mark(file), message, remedy))


def _check(content: bytes, file: str) -> bool:
    """Tell whether a workbook has formulas; raise ProblemError for what is none, or would fill the memory."""
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            remedy = "Ouvrez-le dans Excel, ôtez le mot de passe (Fichier, Informations), puis enregistrez-le."
            raise _unread(file, "ce classeur est protégé par un mot de passe.", remedy)
        raise _unread(file, "c'est un classeur de l'ancien format .xls.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _check_parts(archive, file)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, NotImplementedError):
        raise _unread(file, "ce n'est pas un classeur .xlsx, ou il est abîmé.") from None


def _check_parts(archive: zipfile.ZipFile, file: str) -> bool:
    """Tell whether a part has formulas; raise ProblemError for what no workbook is made of."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "mimetype" in names:
        raise _unread(file, "c'est un classeur OpenDocument (.ods).")
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise _unread(file, "ce n'est pas un classeur .xlsx.")
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise _unread(file, "ce classeur est démesuré.", LESS)
    parts = [archive.read(entry) for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    for part in parts:
        if any(word in part for word in DECLARED):
            raise _unread(file, "une de ses parties déclare des entités, ce qu'Excel ne fait jamais.")
        if sum(map(_size, MERGED.findall(part))) > MAX_MERGED:
            raise _unread(file, "des cellules fusionnées y couvrent toute la feuille.", "Défusionnez-les.")
        if sum(1 for _ in CELLS.finditer(part)) > MAX_CELLS:
            raise _unread(file, f"une de ses feuilles a plus de {MAX_CELLS} cellules.", LESS)
    return any(FORMULA.search(part) for part in parts)


def _size(ends: tuple[bytes, bytes, bytes, bytes]) -> int:
    """Return how many cells are merged in one."""
    left, top, right, bottom = (int(end) if end.isdigit() else rank_of(end.decode()) for end in ends)
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _chosen(book: Any, file: str, asked: str) -> str:  # noqa: ANN401 - a workbook of openpyxl, which is not typed
    """Return the name of the sheet to read."""
    names = [sheet.title for sheet in book.worksheets]
    if asked:
        if asked in names:
            return asked
        message = f"ce classeur n'a pas de feuille « {asked} »."
        raise _unread(file, message, nearest(asked, names, f"ses feuilles : {', '.join(names)}."))
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise _unread(file, "ce classeur n'a pas de feuille à lire.")
    return str(next((name for name in visible if book[name].max_row > 1), visible[0]))


def _others(book: Any, name: str, file: str, asked: str) -> Iterator[Problem]:  # noqa: ANN401 - as above
    others = [sheet.title for sheet in book.worksheets if sheet.title != name]
    if others and not asked:
        message = f"la feuille « {name} » est lue ; les autres ne le sont pas : {', '.join(others)}."
        yield _told(file, message, "--feuille en choisit une autre.")


def _told(file: str, message: str, remedy: str = "") -> Problem:
    return Problem("CPOM703", Mark(file), message, remedy, severity=Severity.AVERTISSEMENT)


def _odd(sheet: Worksheet, file: str, rows: dict[int, Row]) -> Iterator[Problem]:
    """Yield what of a sheet is read otherwise than it shows: rows and columns that are hidden."""
    hidden = [number for number, each in sheet.row_dimensions.items() if each.hidden and number in rows]
    if hidden:
        count = (
            f"{len(hidden)} lignes masquées sont lues" if len(hidden) > 1 else f"la ligne {hidden[0]}, masquée, est lue"
        )
        yield _told(file, f"{count} comme les autres.", "Supprimez celles qui ne doivent pas l'être.")
    columns = [name for name, each in sheet.column_dimensions.items() if each.hidden]
    if columns:
        yield _told(file, f"des colonnes masquées sont lues comme les autres : {', '.join(columns)}.")


def _rows(shown: Worksheet, typed: Worksheet, file: str) -> dict[int, Row]:
    """Return the rows that hold something."""
    merged = {
        (row, column): f"{letters(each.min_col)}{each.min_row}:{letters(each.max_col)}{each.max_row}"
        for each in shown.merged_cells.ranges
        for row in range(each.min_row, min(each.max_row, each.min_row + MAX_ROWS) + 1)
        for column in range(each.min_col, min(each.max_col, each.min_col + MAX_COLUMNS) + 1)
    }
    cells = shown._cells  # noqa: SLF001 - those that the file has; others would be made, a million of them
    rows: dict[int, Row] = {}
    for place in sorted(cells):
        found = _cell(cells[place], typed.cell(*place) if cells[place].value is None and place not in merged else None)
        if place in merged:
            found = found._replace(fault=f"cette cellule est fusionnée ({merged[place]})")
        if found:
            rows.setdefault(place[0], {})[place[1]] = found
    check_size(file, max(rows, default=0), max((max(row) for row in rows.values()), default=0))
    return rows


def _cell(cell: Any, typed: Any) -> Cell:  # noqa: ANN401 - cells of openpyxl, which are not typed
    """Return what a cell shows; a formula that no program has computed yet shows nothing."""
    if cell.data_type == "e":
        return Cell(str(cell.value), f"cette cellule est en erreur ({cell.value})")
    if typed is not None and typed.data_type == "f":
        return Cell(str(typed.value), NO_RESULT)
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return Cell(*_number(cell.value), form=cell.number_format, loose=True)
    return _plain(cell.value)


def _plain(value: Any) -> Cell:  # noqa: ANN401 - what openpyxl finds in a cell
    """Return a value that is no number: a day, yes or no, a text."""
    if isinstance(value, datetime):
        at = f"{value:%d/%m/%Y %H:%M}"
        return Cell(value.date()) if value.time() == time() else Cell(at, f"cette date a une heure ({at})")
    if value is None or isinstance(value, bool):
        return Cell(value if value is not None else "")
    return text_cell(unescaped(str(value)))


def _number(value: float) -> tuple[Decimal | str, str]:
    """Return a number as Excel shows it, with the digits that it keeps."""
    if isinstance(value, int) and abs(value) < 10**DIGITS:
        return Decimal(value), ""
    number = Decimal(f"{value:.{DIGITS}g}")
    if not number.is_finite() or abs(number) >= 10**DIGITS:
        return (
            f"{value:.{DIGITS}g}",
            f"ce nombre ({value:.{DIGITS}g}) a plus de {DIGITS} chiffres : Excel a perdu les derniers",
        )
    return Decimal(f"{number.normalize():f}"), ""


def unescaped(text: str) -> str:
    """Return a text as typed: Excel writes some signs by their code."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
