"""CSV as Excel writes it in France: its signs, its encodings, its quotes; what it would spoil comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import problems_of

from cpomgen.delimited import UTF_8, WINDOWS, bared, guarded, read_delimited, write_delimited
from cpomgen.feuille import Cell, Feuille

TEXTS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1).filter(str.strip)


def texts(content: bytes) -> dict[int, list[str]]:
    found = read_delimited(content, "essai.csv").rows
    return {number: [str(cell.value) for cell in row.values()] for number, row in found.items()}


@pytest.mark.parametrize(
    "content",
    [
        "a;b\r\né;1,5\r\n".encode(),
        "a;b\r\né;1,5\r\n".encode("utf-8-sig"),
        "a;b\r\né;1,5\r\n".encode("cp1252"),
        "a\tb\né\t1,5\n".encode("utf-16"),
        "a;b\ré;1,5".encode(),
        'a,b\n"é","1,5"\n'.encode(),
        "sep=;\r\na;b\r\né;1,5\r\n".encode(),
    ],
)
def it_reads_all_that_excel_calls_csv(content: bytes) -> None:
    assert list(texts(content).values()) == [["a", "b"], ["é", "1,5"]]


def it_counts_rows_as_excel_does() -> None:
    assert texts(b'a;b\n"un\r\n\r\ndeux";2\n;\n\n3;4\n') == {1: ["a", "b"], 2: ["un\n\ndeux", "2"], 5: ["3", "4"]}


def it_takes_the_sign_that_parts_each_line_alike() -> None:
    assert texts(b"Campagne, an 1\na;b\nx, y;2\n")[3] == ["x, y", "2"]
    assert texts(b'a,b\n"x; y",2\n')[2] == ["x; y", "2"]
    assert texts(b"a\nb\n") == {1: ["a"], 2: ["b"]}


@pytest.mark.parametrize("content", [b'a;"b\n', b"a\0b", b"\xff\xfea", b"a;\x81\n", b'a;"b"c\n'])
def it_refuses_what_is_no_csv(content: bytes) -> None:
    assert [each.code for each in problems_of(read_delimited, content, "essai.csv")] == ["CPOM701"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+33 1", "-5 %", "@moi", "'t", "010000024", "1-2", "3 mai", "mars 2012", "1E5", "VRAI", "12:30", "1,5"],
)
def it_guards_what_excel_would_take_for_something_else(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["12 rue de la Paix", "l'été", "DOS/AMB/2012/001", "d'abord", "réseau 3", "O1", "1° ; 2°"]
)
def it_leaves_other_texts_alone(text: str) -> None:
    assert guarded(text) == text


@settings(max_examples=50)
@given(st.text())
def it_takes_off_no_other_apostrophe_than_its_own(text: str) -> None:
    assert bared(guarded(text)) == text


def it_leaves_the_apostrophe_that_somebody_typed() -> None:
    assert bared("'t Hooft") == "'t Hooft"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=1), min_size=1), st.sampled_from([UTF_8, WINDOWS]))
def it_brings_back_what_it_writes(lines: list[list[str]], encoding: str) -> None:
    rows = {number: {rank: Cell(text) for rank, text in enumerate(line, 1)} for number, line in enumerate(lines, 1)}
    content, lost = write_delimited(Feuille("essai.csv", rows), encoding)
    assert lost == []
    assert list(texts(content).values()) == lines


def it_leaves_out_what_windows_has_no_sign_for() -> None:
    content, lost = write_delimited(Feuille("essai.csv", {1: {1: Cell("a"), 2: Cell("→")}}), WINDOWS)
    assert (content, lost) == (b"a;\r\n", [(1, 2)])


def it_knows_what_excel_may_have_spoilt() -> None:
    first, second = read_delimited(b"1000;'01000\n", "essai.csv").rows[1].values()
    assert (first, second) == (Cell("1000", loose=True), Cell("01000"))


def it_lets_nothing_command_a_terminal() -> None:
    (cell,) = read_delimited(b"a\x1b[31mb\n", "essai.csv").rows[1].values()
    assert (cell.value, cell.fault) == ("a\ufffd[31mb", "cette cellule a un signe de commande (U+001B)")
