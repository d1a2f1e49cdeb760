"""Bytes of a CSV file ↔ Feuille, as Excel writes and reads them in France: semicolons, UTF-8 or Windows-1252.

Excel takes for formulas, figures or days texts that are none: an apostrophe before them keeps them as they are, and is
taken off when they come back.
"""

from __future__ import annotations

import csv
import io
import re

from cpomgen.feuille import Cell, Feuille, Row, Value, as_text, check_size, text_cell
from cpomgen.problem import Mark, Problem, ProblemError

UTF_8, WINDOWS = "utf-8", "windows-1252"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how a file in it begins
MAX_BYTES = 64 * 1024 * 1024
MAX_CELL = 1_000_000  # signs
SEPARATORS = ";\t,"
SAMPLE = 30  # lines
QUOTED = re.compile(r'"[^"]*"')
DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
LEADS = ("'", "=", "+", "-", "@", "\t")
FIGURES = re.compile(r"[\d\s.,/:+%€$-]+")
MONTH = "(jan|f[eé]v|feb|mar|a[vp]r|ma[iy]|jui|ju[nl]|ao[uû]|aug|sep|oct|nov|d[eé]c)[a-zà-ü]*"
DAYS = re.compile(rf"\d+([.,]\d+)?e[+-]?\d+|(\d{{1,4}}[ /.-]?)?{MONTH}\.?([ /.-]?\d{{1,4}})?", re.IGNORECASE)
WORDS = ("vrai", "faux", "true", "false")
SHORT = 40  # signs of what may be a day


def read_delimited(content: bytes, file: str) -> Feuille:
    """Return what a CSV file holds; raise ProblemError when it is none."""
    if len(content) > MAX_BYTES:
        raise _unread(file, f"ce fichier a plus de {MAX_BYTES} octets.")
    if b"\0" in content and not content.startswith(UTF_16):
        raise _unread(file, "ce n'est pas un fichier CSV.")
    text = _decoded(content, file)
    declared = DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=declared[1] if declared else _separator(text), strict=True
    )
    csv.field_size_limit(MAX_CELL)
    rows: dict[int, Row] = {}
    try:
        for number, fields in enumerate(reader, 2 if declared else 1):
            check_size(file, number, len(fields))
            if row := {rank: _cell(each) for rank, each in enumerate(fields, 1) if each.strip()}:
                rows[number] = row
    except csv.Error:
        message = f"les guillemets ne se répondent pas, près de la ligne {reader.line_num}."
        remedy = "Dans un texte entre guillemets, un guillemet s'écrit deux fois. Enregistrez le fichier depuis Excel."
        raise ProblemError(Problem("CPOM701", Mark(file), message, remedy)) from None
    return Feuille(file, rows)


def _unread(file: str, message: str) -> ProblemError:
    remedy = "Dans Excel : Enregistrer sous, « CSV UTF-8 (délimité par des virgules) » ou « Classeur Excel (.xlsx) »."
    return ProblemError(Problem("CPOM701", Mark(file), message, remedy))


def _decoded(content: bytes, file: str) -> str:
    """Return the text of a file, in one of the encodings of Excel."""
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", WINDOWS)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unread(file, "ce fichier n'est ni en UTF-8 ni en Windows-1252.")


def _separator(text: str) -> str:
    """Return the sign that parts cells: one that each line has as many times, else the first that there is."""
    lines = [line for line in QUOTED.sub("", text[:MAX_CELL]).splitlines()[:SAMPLE] if line.strip()]
    found = {sign: {line.count(sign) for line in lines} for sign in SEPARATORS if sign in "".join(lines)}
    return next((sign for sign, counts in found.items() if len(counts) == 1), next(iter(found), SEPARATORS[0]))


def _cell(text: str) -> Cell:
    bare = bared(text)
    return text_cell(bare, loose=bare == text)


def _guarded(value: Value) -> str:
    return guarded(value) if isinstance(value, str) else as_text(value)


def guarded(text: str) -> str:
    """Return a text as Excel leaves it alone: behind an apostrophe when it would take it for something else."""
    is_figure = FIGURES.fullmatch(text) and any(map(str.isdigit, text))
    is_day = len(text) <= SHORT and any(map(str.isdigit, text)) and DAYS.fullmatch(text)
    return f"'{text}" if text.startswith(LEADS) or is_figure or is_day or text.lower() in WORDS else text


def bared(text: str) -> str:
    """Return a text without the apostrophe that guards it, if one does."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def write_delimited(feuille: Feuille, encoding: str = UTF_8) -> tuple[bytes, list[tuple[int, int]]]:
    """Return the bytes of a CSV file, and the cells that its encoding cannot hold: they are left empty."""
    lost: list[tuple[int, int]] = []
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for number in range(1, feuille.last_row + 1):
        row = feuille.rows.get(number, {})
        texts = {rank: _guarded(cell.value) for rank, cell in row.items()}
        if encoding == WINDOWS:
            odd = {rank for rank, text in texts.items() if not _fits(text)}
            lost += [(number, rank) for rank in sorted(odd)]
            texts = {rank: text for rank, text in texts.items() if rank not in odd}
        writer.writerow([texts.get(rank, "") for rank in range(1, feuille.last_column + 1)])
    mark = b"" if encoding == WINDOWS else b"\xef\xbb\xbf"
    return mark + out.getvalue().encode(encoding), lost


def _fits(text: str) -> bool:
    try:
        text.encode(WINDOWS)
    except UnicodeEncodeError:
        return False
    return True
