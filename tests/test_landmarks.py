from __future__ import annotations

import pytest
from excerpts import AMOUNTS, ARTICLE, MERGED, document, objectifs, row, typo
from sample import head, paragraph

from cpomgen.imprime import Block, Table
from cpomgen.landmarks import Landmarks, begins, closing, is_name

RUBRIQUES = (
    paragraph("heading 1", "Contrat"),
    paragraph("heading 3", "Article 1er – Objet"),
    paragraph("Corps", "Sous l’article."),
    paragraph("heading 4", "Les moyens"),
    AMOUNTS,
    paragraph("heading 4", "La durée"),
    paragraph("Corps", "Une."),
    AMOUNTS,
    MERGED,
    paragraph("heading 4", "Les moyens"),
    paragraph("Corps", "Deux."),
    paragraph("Lieu et date", "Fait à Rennes, le"),
)


def marks(*blocks: Block) -> Landmarks:
    return Landmarks(document(*blocks, annex=(AMOUNTS,)), objectifs())


def it_parts_a_contract_by_its_numbers() -> None:
    found = [(each.nom.mots, each.section, each.start, each.end) for each in marks(*ARTICLE).parties]
    assert found == [
        ("préambule", "socle", 0, 3),
        ("titre 1", "socle", 3, 4),
        ("article 1er", "socle", 4, 6),
        ("titre 2", "socle", 6, 7),
        ("article 2", "socle", 7, 14),
        ("annexe 1", "annexe-1", 0, 2),
    ]


@pytest.mark.parametrize(
    ("position", "rubrique", "rank"),
    [(2, None, 1), (3, "première rubrique", 0), (6, "rubrique « La durée »", 1), (10, "troisième rubrique", 1)],
)
def it_finds_the_rubrique_and_the_rank_of_a_block(position: int, rubrique: str | None, rank: int) -> None:
    found = marks(*RUBRIQUES)
    partie = found.partie("socle", position)
    assert partie.end == 11  # signatures are no part of the text
    nom = found.rubrique(partie, position)
    assert (nom.mots if nom else None) == (typo(rubrique) if rubrique else None)
    assert found.rank(partie, position) == rank


@pytest.mark.parametrize(("position", "tableau"), [(4, "tableau"), (7, "premier tableau"), (8, "deuxième tableau")])
def it_ranks_tables_of_one_rubrique(position: int, tableau: str) -> None:
    found = marks(*RUBRIQUES)
    assert found.tableau(found.partie("socle", position), position).mots == tableau


def it_counts_all_paragraphs_of_a_preamble_headings_too() -> None:
    found = marks(*ARTICLE)
    assert [found.rank(found.partie("socle", 0), n) for n in range(3)] == [1, 2, 3]


TWICE = Table(
    "Tableau",
    (1, 1),
    (head("Source", "2012"), row("FIR", "10"), row("– Autres", "20"), row("FIR", "30"), row("", "60")),
)
NAMES = {
    ("a header", AMOUNTS, 0): "en-tête",
    ("a row", AMOUNTS, 2): "ligne « État »",
    ("a row named twice", TWICE, 3): "troisième ligne",
    ("a row without a name", TWICE, 4): "quatrième ligne",
    ("a row whose name has a dash", TWICE, 2): "ligne « Autres »",
    ("a row that shares its first cell", MERGED, 1): "première ligne",
}


@pytest.mark.parametrize(("case", "name"), NAMES.items(), ids=lambda each: each[0] if isinstance(each, tuple) else "")
def it_names_a_row_so_that_it_is_found_alone(case: tuple[str, Table, int], name: str) -> None:
    _, table, number = case
    assert marks(*RUBRIQUES).ligne(table, number).mots == typo(name)


@pytest.mark.parametrize(
    ("table", "column", "name"),
    [
        (AMOUNTS, 1, "dans la colonne « 2012 »"),
        (Table("T", (1, 1), (head("Total\n2012", "Total\n2013"), row("1", "2"))), 1, "dans la colonne « Total 2013 »"),
        (Table("T", (1, 1), (head("Total", "Total"), row("1", "2"))), 1, "dans la deuxième colonne"),
        (Table("T", (1, 1), (head("", ""), row("1", "2"))), 0, "dans la première colonne"),
        (Table("T", (1, 1), (row("Nom", "2012"), row("1", "2"))), 1, "dans la deuxième colonne"),
    ],
)
def it_names_a_column_by_its_header_else_by_its_rank(table: Table, column: int, name: str) -> None:
    assert marks(*ARTICLE).colonne(table, column).au == typo(name)


@pytest.mark.parametrize(
    ("text", "name", "does"),
    [
        ("Recruter", "Recruter", True),
        ("– Recruter, le 30 juin", "Recruter", True),
        ("Recruteras", "Recruter", False),
        ("Le « panier »", "Le “panier”", True),
    ],
)
def it_tells_what_begins_with_a_name(text: str, name: str, does: bool) -> None:  # noqa: FBT001 - the answer
    assert begins(text, name) is does


@pytest.mark.parametrize(("text", "can"), [("FIR", True), ("", False), (" ", False), ("a\nb", False), ("« a", False)])
def it_tells_what_can_be_a_name(text: str, can: bool) -> None:  # noqa: FBT001 - the answer
    assert is_name(text) is can


def it_ends_a_section_at_its_signatures() -> None:
    assert closing(RUBRIQUES) == 11
    assert closing(ARTICLE) == len(ARTICLE)
