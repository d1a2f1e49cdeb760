"""Workbooks as we write them: what Excel would spoil comes back as it was; same sheet, same bytes."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cpomgen.feuille import Cell, Feuille, as_text
from cpomgen.workbook import read_workbook
from cpomgen.writebook import write_workbook

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1)


def back(cell: Cell) -> Cell:
    return read_workbook(write_workbook(Feuille("a.xlsx", {1: {1: cell}})), "a.xlsx").rows[1][1]


@settings(max_examples=15, deadline=None)
@given(
    st.one_of(
        TEXTS.filter(str.strip), st.sampled_from(["=1+1", "-5", "+3", "@a", "'a", "01000", "_x0041_", "a\n\nb\n"])
    )
)
def it_keeps_a_text_a_text(text: str) -> None:
    assert back(Cell(text)) == Cell(text)


@pytest.mark.parametrize("number", ["0", "402500.50", "-1.5", "999999999999.99", "0.000001"])
def it_keeps_a_number_a_number(number: str) -> None:
    assert back(Cell(Decimal(number), form="0.00")) == Cell(Decimal(number), form="0.00", loose=True)


def it_writes_as_a_text_the_number_that_excel_would_cut() -> None:
    assert back(Cell(Decimal("123456789012.123456"))) == Cell("123456789012.123456")


@pytest.mark.parametrize(
    "day", [date(1000, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2012, 2, 29), date(2999, 12, 31)]
)
def it_keeps_a_day_the_same_day(day: date) -> None:
    assert as_text(back(Cell(day)).value) in (f"{day:%d/%m/%Y}", str(day))


def it_writes_the_same_bytes_at_any_hour() -> None:
    sheet = Feuille("a.xlsx", {1: {1: Cell("Nom")}, 2: {1: Cell("a")}})
    first = write_workbook(sheet, {(2, 1): "faux"})
    with mock.patch("openpyxl.writer.excel.datetime") as clock:
        clock.datetime.now.return_value = datetime(2001, 1, 1, tzinfo=UTC)
        assert write_workbook(sheet, {(2, 1): "faux"}) == first


def it_marks_what_is_wrong() -> None:
    content = write_workbook(
        Feuille("a.xlsx", {1: {1: Cell("Nom")}, 2: {1: Cell("a")}}, "Réseaux [2012]"), {(2, 1): "Faux."}
    )
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == "Réseaux  2012"
    assert sheet["A2"].comment.text == "Faux."
    assert sheet["A2"].fill.fgColor.rgb == "FFFFC7CE"


def it_writes_what_xml_has_no_sign_for() -> None:
    assert back(Cell("a\x01b\ufffe")) == Cell("a\ufffdb\ufffd")
