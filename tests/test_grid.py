from __future__ import annotations

from sample import cell, head

from cpomgen.grid import grid_of, text_of
from cpomgen.imprime import Row, Table

TABLE = Table(
    "Tableau",
    (1, 1, 1),
    (
        head("Objectif", "Étape", "Actions"),
        Row((cell("Couvrir", rowspan=2), cell("Ouvrir"), cell("- recruter\n- former"))),
        Row((cell("Renforcer"), cell("mesurer"))),
        Row((cell("Néant", colspan=3),)),
    ),
)


def it_names_columns_by_their_header() -> None:
    assert grid_of(TABLE).columns == ("Objectif", "Étape", "Actions")


def it_names_columns_by_the_first_row_without_header() -> None:
    assert grid_of(Table("T", (1, 1), (Row((cell("a"), cell("b"))), Row((cell("c"), cell("d")))))).columns == ("a", "b")


def it_repeats_a_merged_cell_in_its_rows() -> None:
    lines = grid_of(TABLE).lines
    assert [list(line.cells) for line in lines] == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0]]
    assert lines[2].text == "Couvrir | Renforcer | mesurer"


def it_calls_a_row_by_what_is_its_own() -> None:
    assert [line.name for line in grid_of(TABLE).lines[1:]] == [
        ("Couvrir", "Ouvrir"),
        ("Couvrir", "Renforcer"),
        ("Néant",),
    ]


def it_reads_a_bullet_as_a_dash() -> None:
    assert text_of(TABLE.rows[1].cells[2].blocks) == "– recruter\n– former"
