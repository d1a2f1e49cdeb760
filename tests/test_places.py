"""What is said of a cell before any page is set holds once it is."""

from __future__ import annotations

import pytest
from sample import LANDSCAPE, LOREM, cell, head
from test_typeset import document, overprinted, pages, printed

from cpomgen import compose
from cpomgen.imprime import Cell, Row, Table
from cpomgen.places import Place, places, surely_fits

ROOM = (LANDSCAPE.height - LANDSCAPE.top - LANDSCAPE.bottom) / 20
TEXTS = ("W ", "WWWW ", "MMMMMMM ", "mmmmmm ", "… — … ", "a\n", "- a\n", LOREM, LOREM.upper(), "incomplètement ")


def place(text: str, width: float) -> Place:
    return placed(cell(text), width)


def placed(found: Cell, width: float) -> Place:
    return next(places((Row((found,)),), (width,)))


def longest(text: str, width: float) -> str:
    """Return the text said as many times as is surely under the height of a page."""
    times = next(times for times in range(1, 4000) if not surely_fits([place(text * times, width)], ROOM))
    return text * (times - 1)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("share", [1, 3, 9])
def it_is_right_when_sure_that_a_row_fits_on_a_page(text: str, share: int) -> None:
    width = (LANDSCAPE.width - LANDSCAPE.left - LANDSCAPE.right) / 20 * share / 10
    said = longest(text, width)
    pdf = printed(document(Table("Tableau", (share, 10 - share), (head("a", "b"), Row((cell(said), cell("b")))))))
    assert overprinted(pdf) == []
    assert len(pages(pdf)) <= 2


def it_is_sure_of_ordinary_rows() -> None:
    assert surely_fits([place(LOREM * 2, 150), place("court", 100)], ROOM)


def it_knows_the_columns_that_earlier_rows_hold() -> None:
    rows = (Row((cell("a", rowspan=2), cell("b"), cell("c"))), Row((cell("d", colspan=2),)), Row((cell("e"),)))
    found = [(each.column, each.first, each.last, each.width) for each in places(rows, (10, 20, 30))]
    assert found == [(0, 0, 1, 10), (1, 0, 0, 20), (2, 0, 0, 30), (1, 1, 1, 50), (0, 2, 2, 10)]


def it_knows_when_a_figure_may_lack_room() -> None:
    figure = cell("1\u202f234\u202f567,89\u00a0€", "Cellule montant")
    assert placed(figure, 60).is_narrow()
    assert not placed(figure, 100).is_narrow()
    assert not placed(cell(LOREM), 60).is_narrow()


@pytest.mark.parametrize("rows", [2, 5, 6, 7, 8, 9, 10])
@pytest.mark.parametrize("figure", ["1", "1\u202f234\u202f567,89\u00a0€"])
def it_measures_in_vain_a_table_that_is_sure_to_stay_whole(
    monkeypatch: pytest.MonkeyPatch, rows: int, figure: str
) -> None:
    amounts = tuple(cell(figure, "Cellule montant") for _ in range(7))
    body = tuple(Row((cell(LOREM), *amounts)) for _ in range(rows))
    table = Table("Tableau montants", (3, *[1] * 7), (head("a", *"bcdefgh"), *body))
    trusting = printed(document(table))
    monkeypatch.setattr(compose, "height_of", lambda *_: 10_000.0)
    assert printed(document(table)) == trusting
