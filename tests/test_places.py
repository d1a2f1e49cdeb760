"""What is said of a cell before any page is set holds once it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sample import LANDSCAPE, LOREM, cell, head
from test_typeset import document, overprinted, pages, printed

from cpomgen import compose
from cpomgen.imprime import Cell, Paragraph, Row, Span, Table
from cpomgen.places import Place, height_of, places, surely_fits

ROOM = (LANDSCAPE.height - LANDSCAPE.top - LANDSCAPE.bottom) / 20
HEAD = head("a", "b")
TEXTS = ("W ", "WWWW ", "MMMMMMM ", "mmmmmm ", "… — … ", "a\n", "- a\n", LOREM, LOREM.upper(), "incomplètement ")

STYLES = ("Cellule", "Cellule titre", "Cellule puce", "Détail", "Détail puce", "Corps", "Signature")


def place(text: str, width: float) -> Place:
    return placed(cell(text), width)


def placed(found: Cell, width: float) -> Place:
    return next(places((Row((found,)),), (width,)))


def longest(row: Callable[[int], Row], widths: tuple[float, ...]) -> Row:
    """Return the longest of these rows that is sure to be under the height of a page with a header."""
    room = ROOM - height_of(places((HEAD,), widths), None, sum(widths))
    times = next(times for times in range(1, 4000) if not surely_fits(list(places((row(times),), widths)), room))
    return row(times - 1)


def sets_on_one_page(row: Callable[[int], Row], share: int) -> bool:
    """Tell whether the longest of these rows, when sure to fit on a page, does, `share` being that of its column."""
    width = (LANDSCAPE.width - LANDSCAPE.left - LANDSCAPE.right) / 20
    found = longest(row, (width * share / 10, width * (1 - share / 10)))
    pdf = printed(document(Table("Tableau", (share, 10 - share), (HEAD, found))))
    return overprinted(pdf) == [] and len(pages(pdf)) <= 2


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("share", [1, 3, 9])
def it_is_right_when_sure_that_a_row_fits_on_a_page(text: str, share: int) -> None:
    assert sets_on_one_page(lambda times: Row((cell(text * times), cell("b"))), share)


@pytest.mark.parametrize(
    "style", ["Cellule", "Cellule titre", "Cellule puce", "Détail", "Détail puce", "Corps", "Signature"]
)
def it_is_right_whatever_the_paragraphs_of_a_row(style: str) -> None:
    said = Paragraph(style, (Span("Un peu plus d’une ligne, dans une colonne qui n’est pas large, incomplètement."),))
    assert sets_on_one_page(lambda times: Row((Cell((said,) * times), cell("b"))), 3)
    assert sets_on_one_page(lambda times: Row((Cell((Paragraph(style, (Span("Un."),)),) * times), cell("b"))), 3)


def it_is_sure_of_ordinary_rows() -> None:
    assert surely_fits([place(LOREM * 2, 150), place("court", 100)], ROOM)


def it_knows_the_columns_that_earlier_rows_hold() -> None:
    rows = (Row((cell("a", rowspan=2), cell("b"), cell("c"))), Row((cell("d", colspan=2),)), Row((cell("e"),)))
    found = [(each.column, each.first, each.last, each.width) for each in places(rows, (10, 20, 30))]
    assert found == [(0, 0, 1, 10), (1, 0, 0, 20), (2, 0, 0, 30), (1, 1, 1, 50), (0, 2, 2, 10)]


def it_knows_when_a_figure_may_lack_room() -> None:
    figure = cell("1\u202f234\u202f567,89\u00a0€", "Cellule montant")
    assert placed(figure, 60).narrow
    assert not placed(figure, 100).narrow
    assert not placed(cell(LOREM), 60).narrow


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


def it_knows_that_figures_may_take_the_room_of_the_first_column() -> None:
    figure = "1\u202f234\u202f567\u202f890\u202f123,89\u00a0€"
    amounts = tuple(cell(figure, "Cellule montant") for _ in range(7))
    width = (LANDSCAPE.width - LANDSCAPE.left - LANDSCAPE.right) / 20
    row = longest(lambda times: Row((cell(f"{LOREM * times}fin."), *amounts)), (width * 0.3, *[width * 0.1] * 7))
    pdf = printed(document(Table("Tableau montants", (3, *[1] * 7), (head("a", *"bcdefgh"), row))))
    assert overprinted(pdf) == []
    assert "fin." in "".join(pages(pdf))
