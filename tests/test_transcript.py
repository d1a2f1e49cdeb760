"""A Word file as lines: headings, paragraphs, rows, what each page repeats; tags as they are typed."""

from __future__ import annotations

import pytest
from essai import gabarit
from memory import real_word
from wordfile import Xml, cell, paragraph, row, run, table, word

from cpomgen.problem import ProblemError
from cpomgen.transcript import transcript


def lines(content: bytes) -> list[str]:
    return list(transcript(content, "essai.docx"))


def it_writes_headings_paragraphs_and_what_pages_repeat() -> None:
    assert lines(gabarit()) == [
        "Contrat",
        "    {{ nom }}, du {{ duree.date_effet }} au {{ duree.date_fin }}.",
        "Annexe",
        "    {{ annexe }}",
        "Pied de page",
        "    {{ nom }} · {{ version }} · page [PAGE]",
        "En-tête",
        "    {{ edition.mention }}",
        "En-tête",
        "    {{ edition.mention }} annexe",
    ]


def it_puts_the_cells_of_a_row_side_by_side() -> None:
    assert lines(
        word(table(row(cell("Source"), cell("2012")), row(cell("{{ s }}"), cell("")), widths=(1000, 1000)))
    ) == [
        "    | Source | 2012 |",
        "    | {{ s }} |  |",
    ]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins>", ["    Un ajouté"]),
        ("<w:del><w:r><w:delText>retiré</w:delText></w:r></w:del>", ["    Un"]),
        ("<w:r><w:br/><w:t>deux</w:t></w:r>", ["    Un / deux"]),
        ("<w:r><w:tab/><w:t>deux</w:t></w:r>", ["    Un deux"]),
    ],
)
def it_reads_what_stays(xml: str, expected: list[str]) -> None:
    assert lines(word(paragraph(run("Un "), Xml(xml)))) == expected


def it_reads_the_real_template() -> None:
    found = lines(real_word())
    assert len(found) > 500
    assert "Contrat pluriannuel d’objectifs et de moyens" in found
    assert all(line == " ".join(line.splitlines()) for line in found)


def it_refuses_what_is_no_word_file() -> None:
    with pytest.raises(ProblemError):
        lines(b"PK\x03\x04")
