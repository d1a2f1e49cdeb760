from __future__ import annotations

import pytest
from sample import LANDSCAPE, PORTRAIT, cell, head, paragraph

from cpomgen.imprime import Block, Imprime, Row, Section, Table
from cpomgen.lieu import Heading, Lieu, Outline, quoted, rank, shortened

TABLE = Table("Tableau", (1,), (head("A"), Row((cell("x"),))))
BLOCKS: tuple[Block, ...] = (
    paragraph("heading 1", "Contrat pluriannuel"),
    paragraph("Visa", "Vu le code ;"),
    paragraph("heading 2", "Titre\u00a01 – Objet"),
    paragraph("heading 3", "Article\u00a01er – Les fondements"),
    paragraph("Corps", "Un."),
    paragraph("heading 3", "Article\u00a02 – Les orientations"),
    paragraph("heading 4", "Orientation n°\u00a01 – Couvrir"),
    paragraph("Corps", "Deux."),
    paragraph("heading 2", "Titre\u00a02 – Mise en œuvre"),
    paragraph("heading 3", "Article\u00a03 – Le suivi"),
    paragraph("heading 4", "a) La revue"),
    paragraph("Corps", "Trois."),
    TABLE,
    paragraph("Corps", "Quatre."),
    TABLE,
    paragraph("Lieu et date", "Fait à"),
    paragraph("Signature", "Le président"),
)
ANNEX: tuple[Block, ...] = (
    paragraph("heading 1", "Annexe\u00a01 – Orientations"),
    paragraph("heading 2", "Objectifs"),
    TABLE,
)
OUTLINE = Outline(Imprime("", (Section("socle", PORTRAIT, BLOCKS), Section("annexe-1", LANDSCAPE, ANNEX))))


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (1, ("préambule",)),
        (4, ("article\u00a01er",)),
        (7, ("article\u00a02", "orientation n°\u00a01")),
        (11, ("article\u00a03", "a) La revue")),
        (16, ("signatures",)),
    ],
)
def it_calls_a_part_by_its_numbers(position: int, expected: tuple[str, ...]) -> None:
    assert OUTLINE.parties("socle", position) == expected


def it_calls_a_part_without_any_number_by_its_title() -> None:
    alone = Outline(Imprime("", (Section("socle", PORTRAIT, (paragraph("heading 1", "Contrat"), TABLE)),)))
    assert alone.parties("socle", 1) == ("Contrat",)


def it_counts_paragraphs_under_their_heading() -> None:
    assert [OUTLINE.alinea("socle", n, BLOCKS) for n in (4, 11, 12, 13)] == [0, 1, 0, 2]


def it_calls_a_table_by_its_heading() -> None:
    assert OUTLINE.tableau("annexe-1", 2, ANNEX) == (("annexe\u00a01",), "tableau « Objectifs »")


def it_counts_tables_under_one_heading() -> None:
    parties = ("article\u00a03", "a) La revue")
    assert OUTLINE.tableau("socle", 12, BLOCKS) == (parties, "premier tableau")
    assert OUTLINE.tableau("socle", 14, BLOCKS) == (parties, "deuxième tableau")


def it_names_a_place_from_the_whole_to_the_part() -> None:
    lieu = Lieu(("annexe 1", "Suivi"), "tableau", ("Couvrir", "Ouvrir"), "Actions", "Bassins", 2)
    assert str(lieu) == (
        "annexe 1, « Suivi », tableau, ligne « Couvrir », « Ouvrir », colonne « Actions », « Bassins », deuxième alinéa"
    )
    assert str(Lieu(("article 1er",), intitule=True)) == "article 1er, intitulé"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("article\u00a03", "article\u00a03"),
        ("a) La revue", "a) La revue"),
        ("préambule", "préambule"),
        ("Critères", "« Critères »"),
        ("abc) texte", "« abc) texte »"),
    ],
)
def it_quotes_titles_alone(name: str, expected: str) -> None:
    assert quoted(name) == expected


def it_shortens_a_long_name_at_a_word() -> None:
    assert shortened("mot " * 30) == f"{' '.join(['mot'] * 17)}…"
    assert shortened("deux\nlignes") == "deux lignes"


def it_reads_the_number_of_a_heading() -> None:
    assert Heading(3, "Article 12 – Suivi").number == "article 12"
    assert Heading(3, "Suivi – 2012").number == ""
    assert (rank(1), rank(17)) == ("premier", "17e")
