"""`template check` of pictures: each fault at its place, and whether the page, the cell or the margin has room."""

from __future__ import annotations

import pytest
from memory import ROOT
from picture import CM, drawing, png, wrapped
from wordfile import Xml, cell, end, opened, paragraph, properties, row, run, table

from cpomgen.check import check_word
from cpomgen.problem import Problem

STYLE = (ROOT / "templates/cpom_type/style.typ").read_text(encoding="utf-8")


def checked(*blocks: str, **made: object) -> list[Problem]:
    return check_word(opened(*blocks, media={"logo.png": png()}, **made), STYLE)


def told(*blocks: str, **made: object) -> list[str]:
    return [problem.message for problem in checked(*blocks, **made)]


def logo(wide: float, high: float) -> Xml:
    """Return a picture of that size, in centimetres."""
    return drawing("logo.png", "Logo", (round(wide * CM), round(high * CM)))


def it_finds_nothing_wrong_in_a_picture_set_in_line() -> None:
    found = checked(
        paragraph(logo(5, 2)),
        paragraph(logo(1, 1), " et son nom"),
        paragraph("Voir ", wrapped(logo(1, 1))),
        table(row("a", cell(paragraph(logo(2, 1), style="Cellule"))), widths=(1000, 1000)),
        last=properties(header="header1", footer="footer1"),
        parts={
            "header1": paragraph(logo(3, 1), style="header"),
            "footer1": paragraph(logo(1, 0.5), " page", style="footer"),
        },
    )
    assert found == []


def it_says_where_a_picture_is_that_does_not_print() -> None:
    bad = drawing("logo.png", holder="anchor")
    found = checked(
        "un",
        paragraph(run("deux"), bad),
        last=properties(header="header1"),
        parts={"header1": paragraph(bad, style="header")},
    )
    assert [(problem.code, problem.mark.place) for problem in found] == [
        ("CPOM323", "section 1, paragraphe 2 : « deux »"),
        ("CPOM323", "en-tête, section 1, paragraphe 1"),
    ]


def it_asks_a_style_of_a_paragraph_that_is_a_picture() -> None:
    [problem] = checked(paragraph(logo(1, 1), style="Mention"))
    assert problem.code == "CPOM319"


def it_asks_that_a_tag_be_alone_without_a_picture_either() -> None:
    assert [problem.code for problem in checked(paragraph("{%p if a %}", logo(1, 1)))] == ["CPOM313"]


def it_reports_a_space_at_the_edge_beyond_a_picture() -> None:
    assert [problem.code for problem in checked(paragraph("a ", logo(1, 1), " "))] == ["CPOM318"]


def it_reports_a_shape_and_what_is_wrapped_with_it() -> None:
    chart = Xml(logo(1, 1).replace('uri="http://schemas.openxmlformats.org/drawingml/2006/picture"', 'uri="x"'))
    assert [problem.code for problem in checked(paragraph(chart))] == ["CPOM316"]
    assert {problem.code for problem in checked(paragraph(wrapped(chart)))} == {"CPOM316"}
    assert {problem.code for problem in checked(paragraph(logo(1, 1), chart))} == {"CPOM316"}


@pytest.mark.parametrize(
    ("size", "messages"),
    [
        ((17, 25.7), []),
        ((17.1, 1), ["l'image « Logo » a 17,1 cm de large, et sa place 17,0 cm : elle en sortirait."]),
        ((1, 26), ["l'image « Logo » a 26,0 cm de haut, et sa place 25,7 cm : elle en sortirait."]),
    ],
)
def it_measures_a_picture_against_the_page(size: tuple[float, float], messages: list[str]) -> None:
    assert told(paragraph(logo(*size))) == messages


def it_measures_against_the_page_of_its_own_section() -> None:
    wide = paragraph(logo(25, 1))
    assert told("un", end(properties()), wide, last=properties(landscape=True)) == []
    assert len(told(wide, end(properties()), "deux", last=properties(landscape=True))) == 1


def it_measures_against_the_columns_of_its_cell() -> None:
    def message(wide: float, span: int) -> list[str]:
        cells = (cell("", span=3 - span), cell(paragraph(logo(wide, 1), style="Cellule"), span=span))
        return told(table(row(*cells), widths=(2000, 1000, 1000)))

    assert message(3.8, 1) == []
    assert message(4, 1) == ["l'image « Logo » a 4,0 cm de large, et sa place 3,9 cm : elle en sortirait."]
    assert message(8, 2) == []
    assert len(message(8.3, 2)) == 1


def it_measures_against_the_margin_in_header_and_footer() -> None:
    marginal = properties(header="header1"), properties(footer="footer1")
    for part, limit, last in zip(("header", "footer"), ("1,3", "1,0"), marginal, strict=True):
        [problem] = checked("un", last=last, parts={f"{part}1": paragraph(logo(1, 1.5), style=part)})
        assert problem.message == f"l'image « Logo » a 1,5 cm de haut, et sa place {limit} cm : elle en sortirait."
        assert problem.remedy.endswith("ou agrandissez la marge de la page.")
