"""A document as plain lines: what is read on it, in its order, and nothing of the page."""

from __future__ import annotations

from sample import PORTRAIT, cell, head, paragraph

from cpomgen.imprime import Imprime, Row, Section, Table
from cpomgen.lecture import lecture

TABLE = Table(
    "Tableau",
    (1, 1, 1),
    (
        head("Objectif", "Étape", "Actions"),
        Row((cell("Couvrir", rowspan=2), cell("Ouvrir"), cell("- recruter\n- former"))),
        Row((cell("Renforcer"), cell("mesurer"))),
    ),
)


def it_reads_headings_alineas_and_tables() -> None:
    socle = (
        paragraph("heading 1", "Article 1er"),
        paragraph("Corps", "Un.\nDeux."),
        paragraph("Corps", ""),
        paragraph("Corps puce", "trois"),
        TABLE,
        paragraph("heading 2", "a) Suite"),
    )
    annexe = (paragraph("Corps", "Fin."),)
    imprime = Imprime("Titre", (Section("socle", PORTRAIT, socle), Section("annexe", PORTRAIT, annexe)))
    assert list(lecture(imprime)) == [
        "Article 1er",
        "Un.",
        "Deux.",
        "– trois",
        "",
        "Objectif | Étape | Actions",
        "Couvrir | Ouvrir | – recruter / – former",
        "Couvrir | Renforcer | mesurer",
        "",
        "a) Suite",
        "",
        "Fin.",
    ]


def it_reads_nothing_of_an_empty_document() -> None:
    assert list(lecture(Imprime("Titre", ()))) == []
    assert list(lecture(Imprime("Titre", (Section("socle", PORTRAIT, (paragraph("Corps", " "),)),)))) == []
