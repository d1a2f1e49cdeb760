"""Workbooks as people save them: what cells show, what is refused before it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from memory import problems_of
from openpyxl import Workbook

from cpomgen.feuille import Cell
from cpomgen.package import pack
from cpomgen.workbook import read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def saved(fill: Callable[[Any], None]) -> bytes:
    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(value: Any, form: str = "") -> Cell:
    def fill(sheet: Any) -> None:
        sheet["A1"] = value
        if form:
            sheet["A1"].number_format = form

    return read_workbook(saved(fill), "essai.xlsx").rows[1][1]


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old in parts[name]
    return pack({**parts, name: parts[name].replace(old, new)})


def message(content: bytes, asked: str = "") -> str:
    (problem,) = problems_of(read_workbook, content, "essai.xlsx", asked)
    assert problem.code == "CPOM702"
    return problem.message


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("texte\r\nsuite", Cell("texte\nsuite")),
        (12, Cell(Decimal(12), form="General", loose=True)),
        (0.1 + 0.2, Cell(Decimal("0.3"), form="General", loose=True)),
        (12345678200010, Cell(Decimal(12345678200010), form="General", loose=True)),
        (True, Cell(value=True)),
        (datetime(2012, 1, 31), Cell(date(2012, 1, 31))),  # noqa: DTZ001
        (date(2012, 1, 31), Cell(date(2012, 1, 31))),
        ("_x0041__x000D_", Cell("A\n")),
    ],
)
def it_takes_what_a_cell_shows(value: Any, found: Cell) -> None:
    assert cell(value) == found


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("#N/A", "cette cellule est en erreur (#N/A)"),
        ("=1+1", "cette formule n'a pas de résultat"),
        (datetime(2012, 1, 31, 8, 30), "cette date a une heure (31/01/2012 08:30)"),  # noqa: DTZ001
        ("a_x001B_[31m", "un signe de commande (U+001B)"),
        (1234567890123456789, "Excel a perdu les derniers"),
    ],
)
def it_says_why_a_cell_shows_nothing_to_take(value: Any, told: str) -> None:
    assert told in cell(value).fault


def it_takes_the_last_result_of_a_formula() -> None:
    content = changed(saved(lambda sheet: sheet.append(["=6*7"])), SHEET, b"<v></v>", b"<v>42</v>")
    assert read_workbook(content, "essai.xlsx").rows[1][1].value == Decimal(42)


def it_reads_a_workbook_with_macros_and_leaves_them() -> None:
    content = changed(
        saved(lambda sheet: sheet.append(["a"])), "[Content_Types].xml", b"spreadsheetml.sheet.main", b"MACRO"
    )
    content = changed(
        content,
        "[Content_Types].xml",
        b"vnd.openxmlformats-officedocument.MACRO",
        b"vnd.ms-excel.sheet.macroEnabled.main",
    )
    assert read_workbook(content, "essai.xlsm").rows == {1: {1: Cell("a")}}


def it_refuses_the_cells_that_are_merged() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["a", "b"])
        sheet["A2"] = "x"
        sheet.merge_cells("A2:A3")

    rows = read_workbook(saved(fill), "essai.xlsx").rows
    assert [rows[number][1].fault for number in (2, 3)] == ["cette cellule est fusionnée (A2:A3)"] * 2
    assert rows[2][1].value == "x"


def it_reads_hidden_rows_and_says_so() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["a"])
        sheet.append(["b"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["A"].hidden = True

    found = read_workbook(saved(fill), "essai.xlsx")
    assert found.rows[2][1].value == "b"
    assert [each.message for each in found.problems] == [
        "la ligne 2, masquée, est lue comme les autres.",
        "des colonnes masquées sont lues comme les autres : A.",
    ]


def it_reads_the_first_sheet_that_shows_and_has_rows() -> None:
    def fill(sheet: Any) -> None:
        sheet.sheet_state = "hidden"
        for name in ("Vide", "Réseaux"):
            sheet.parent.create_sheet(name)
        sheet.parent["Réseaux"].append(["a"])
        sheet.parent["Réseaux"].append(["b"])

    content = saved(fill)
    assert read_workbook(content, "essai.xlsx").name == "Réseaux"
    assert read_workbook(content, "essai.xlsx", "Vide").rows == {}
    assert message(content, "Reseaux") == "ce classeur n'a pas de feuille « Reseaux »."


def it_counts_the_cells_that_hold_something() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "a"
        sheet["XFD1048576"].number_format = "@"

    assert read_workbook(saved(fill), "essai.xlsx").rows == {1: {1: Cell("a")}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "c'est un classeur de l'ancien format .xls."),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "ce classeur est protégé par un mot de passe."),
        (b"PK\x03\x04", "ce n'est pas un classeur .xlsx, ou il est abîmé."),
        (
            pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "c'est un classeur OpenDocument (.ods).",
        ),
        (pack({"a.txt": b""}), "ce n'est pas un classeur .xlsx."),
        (pack({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "ce classeur est abîmé."),
    ],
)
def it_refuses_what_is_no_workbook(content: bytes, told: str) -> None:
    assert message(content) == told


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def it_refuses_entities(coding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'.encode(coding)
    content = saved(lambda sheet: sheet.append(["a"]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert "entités" in message(pack({**parts, "xl/sharedStrings.xml": bomb}))


def it_refuses_what_would_fill_the_memory() -> None:
    with mock.patch("cpomgen.workbook.MAX_BYTES", 1_000):
        assert message(pack({"xl/workbook.xml": b" " * 1_001})) == "ce classeur est démesuré."
    with mock.patch("cpomgen.workbook.MAX_CELLS", 2):
        assert "plus de 2 cellules" in message(saved(lambda sheet: sheet.append(["a", "b", "c"])))
    content = saved(lambda sheet: sheet.merge_cells("A1:A2"))
    assert "fusionnées" in message(changed(content, SHEET, b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
