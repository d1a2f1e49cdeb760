"""What no page may part in the Word file: the end of an article and its signatures, a table, its total and its note."""

from __future__ import annotations

import pytest

from cpomgen.tied import tied

STYLES = {"Lieu et date": "Lieu", "Légende": "Note", "Cellule total": "Total"}


def paragraph(style: str, text: str = "x") -> str:
    """Return a paragraph as Word writes it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def table(*rows: str) -> str:
    """Return a table whose rows have one cell of that style, and another."""
    cells = (f"<w:tr><w:trPr/><w:tc>{paragraph(style)}</w:tc><w:tc>{paragraph('B')}</w:tc></w:tr>" for style in rows)
    return f"<w:tbl>{''.join(cells)}</w:tbl>"


def held(text: str) -> list[bool]:
    """Return whether each paragraph asks for what follows, in order."""
    return ["<w:keepNext/>" in each for each in tied(text, STYLES).split("<w:p>")[1:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (paragraph("A") + paragraph("A") + paragraph("Lieu"), [False, True, False]),
        (paragraph("Lieu") + paragraph("A"), [False, False]),
        (table("A") + paragraph("Lieu"), [False, False, False]),
        (table("A", "A") + paragraph("Note"), [False, False, True, True, False]),
        (paragraph("A") + paragraph("Note"), [False, False]),
        (table("A") + paragraph("A") + paragraph("Note"), [False, False, False, False]),
        (table("A", "A", "Total"), [False, False, True, True, False, False]),
        (table("Total"), [False, False]),
        (table("A") + table("Total"), [False, False, False, False]),
        (table("A", "Total") + paragraph("Note"), [True, True, True, True, False]),
    ],
)
def it_keeps_what_precedes_with_signatures_notes_and_totals(text: str, expected: list[bool]) -> None:
    assert held(text) == expected


def it_changes_nothing_else() -> None:
    text = paragraph("A") + table("A", "Total") + paragraph("Note") + paragraph("A") + paragraph("Lieu")
    assert tied(text, STYLES).replace("<w:keepNext/>", "") == text
    assert tied(text, {}) == text


def it_asks_once_of_a_row_above_a_total_and_a_note() -> None:
    text = tied(table("Total", "Total") + paragraph("Note"), STYLES)
    assert "<w:keepNext/><w:keepNext/>" not in text


ACT = {"heading 1": "Titre", "Opération 2": "Op"}


def it_keeps_an_operation_that_announces_others_with_them() -> None:
    text = paragraph("Op", "a :") + paragraph("Op", "a : b") + paragraph("B", "a :") + paragraph("Op", "b&#160;:")
    found = ["<w:keepNext/>" in each for each in tied(text, ACT).split("<w:p>")[1:]]
    assert found == [True, False, False, True]


def it_opens_a_page_with_each_title_but_the_first() -> None:
    text = paragraph("A") + paragraph("Titre") + paragraph("A") + paragraph("Titre") + paragraph("Titre")
    found = ["<w:pageBreakBefore/>" in each for each in tied(text, ACT).split("<w:p>")[1:]]
    assert found == [False, False, False, True, True]
