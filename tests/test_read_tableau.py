from __future__ import annotations

import re
from typing import Any

import pytest
from acte_lu import ANNEXES, Line, acte, becomes, contrat, rows, said, table
from read_contrat import UnreadableError, as_lists, text_of
from sample import cell, head, paragraph

from cpomgen.imprime import Cell, Imprime, Row, Table

HEAD = "Source | 2012 | 2013"
FIR, ETAT, TOTAL = "FIR | 10 000,00 € | 30", "État | 20 | 50", "Total | 30 | 80"
TITLE = ANNEXES["annexe 4"][0]


def a4(columns: str, *lines: str) -> dict[str, Any]:
    """Return annex 4 with another table."""
    return {"annexe_4": (TITLE, table(columns, *lines))}


AMOUNTS: dict[str, tuple[tuple[Line, ...], dict[str, Any]]] = {
    "an amount": (
        (
            (
                "À l’annexe 4, au tableau, à la ligne « FIR », dans la colonne « 2012 », "
                "le montant : « 10 000,00 € » est remplacé par le montant : « 12 000,00 € »."
            ),
        ),
        a4(HEAD, "FIR | 12 000,00 € | 30", ETAT, TOTAL),
    ),
    "a value in a cell found by ranks": (
        (
            (
                "À l’annexe 4, au premier tableau, à la deuxième ligne, dans la troisième colonne, "
                "la valeur : « 50 » est remplacée par la valeur : « 55 »."
            ),
        ),
        a4(HEAD, FIR, "État | 20 | 55", TOTAL),
    ),
    "a cell rewritten": (
        (
            "À l’annexe 4, au tableau, à la ligne « FIR », dans la colonne « 2012 », la cellule est ainsi rédigée :",
            "« Néant",
            "« (voir l’annexe 1) » ;",
        ),
        a4(HEAD, "FIR | Néant / (voir l’annexe 1) | 30", ETAT, TOTAL),
    ),
    "a header": (
        ("À l’annexe 4, au tableau, à l’en-tête, dans la colonne « 2013 », le mot : « 2013 » est supprimé.",),
        a4("Source | 2012 | ", FIR, ETAT, TOTAL),
    ),
    "a row after another": (
        (
            "À l’annexe 4, au tableau, après la ligne « FIR », est insérée une ligne ainsi rédigée :",
            rows("Région | 1 | 2"),
        ),
        a4(HEAD, FIR, "Région | 1 | 2", ETAT, TOTAL),
    ),
    "rows before another": (
        (
            "À l’annexe 4, au tableau, avant la ligne « FIR », sont insérées deux lignes ainsi rédigées :",
            rows("Région | 1 | 2", "Ville | 3 | 4"),
        ),
        a4(HEAD, "Région | 1 | 2", "Ville | 3 | 4", FIR, ETAT, TOTAL),
    ),
    "a column after another": (
        (
            "À l’annexe 4, au tableau, après la colonne « 2013 », est insérée une colonne ainsi rédigée :",
            rows("2014", "1", "2", "3"),
        ),
        a4(f"{HEAD} | 2014", f"{FIR} | 1", f"{ETAT} | 2", f"{TOTAL} | 3"),
    ),
    "a column before another": (
        (
            "À l’annexe 4, au tableau, avant la colonne « 2012 », est insérée une colonne ainsi rédigée :",
            rows("2011", "1", "2", "3"),
        ),
        a4("Source | 2011 | 2012 | 2013", "FIR | 1 | 10 000,00 € | 30", "État | 2 | 20 | 50", "Total | 3 | 30 | 80"),
    ),
    "a row removed": (("À l’annexe 4, au tableau, la ligne « FIR » est supprimée.",), a4(HEAD, ETAT, TOTAL)),
    "a column removed": (
        ("À l’annexe 4, au tableau, la colonne « 2012 » est supprimée.",),
        a4("Source | 2013", "FIR | 30", "État | 50", "Total | 80"),
    ),
    "a row placed elsewhere": (
        ("À l’annexe 4, au tableau, la ligne « FIR » est placée après la ligne « État ».",),
        a4(HEAD, ETAT, FIR, TOTAL),
    ),
    "a row rewritten": (
        ("À l’annexe 4, au tableau, la ligne « FIR » est ainsi rédigée :", rows("FIR | 1 | 2")),
        a4(HEAD, "FIR | 1 | 2", ETAT, TOTAL),
    ),
    "a column rewritten": (
        (
            "À l’annexe 4, au tableau, la colonne « 2012 » est ainsi rédigée :",
            rows("2011", "1", "2", "3"),
        ),
        a4("Source | 2011 | 2013", "FIR | 1 | 30", "État | 2 | 50", "Total | 3 | 80"),
    ),
    "rows and a column, in the order of the act": (
        (
            "À l’annexe 4, au tableau :",
            "1° La première ligne est supprimée ;",
            "2° Après la colonne « 2013 », est insérée une colonne ainsi rédigée :",
            rows("2014", "2", "3"),
            "3° Après la ligne « État », est insérée une ligne ainsi rédigée :",
            rows("Région | 1 | 2 | 9"),
        ),
        a4(f"{HEAD} | 2014", f"{ETAT} | 2", "Région | 1 | 2 | 9", f"{TOTAL} | 3"),
    ),
    "rows placed one after the other": (
        (
            "À l’annexe 4, au tableau :",
            "1° La ligne « Total » est placée avant la ligne « FIR » ;",
            "2° La ligne « FIR » est placée après la ligne « État ».",
        ),
        a4(HEAD, TOTAL, ETAT, FIR),
    ),
}


@pytest.mark.parametrize(("lines", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def it_reads_what_is_done_in_a_table(lines: tuple[Line, ...], expected: dict[str, Any]) -> None:
    assert said(**expected) != said()
    assert becomes(acte(*lines)) == said(**expected)


def it_puts_rows_in_a_table_that_has_none() -> None:
    act = acte("À l’annexe 4, au tableau, est insérée une ligne ainsi rédigée :", rows("FIR | 1 | 2"))
    assert becomes(act, contrat(**a4(HEAD))) == said(**a4(HEAD, "FIR | 1 | 2"))


# Cells merged, and cells made of items

HEADS = ("Objectifs stratégiques", "Objectifs\nopérationnels", "Plan d’actions", "Indicateurs")
BASSINS = ("!Bassins couverts", "Type : moyens", "Cible : 9")
DOSSIERS = ("!Dossiers", "Cible : 70")


def part(*lines: str, over: int = 1) -> Cell:
    """Return a cell; a line that begins with « ! » is the title of an item."""
    return Cell(tuple(paragraph("Cellule titre", x[1:]) if x.startswith("!") else _plain(x) for x in lines), 1, over)


def _plain(line: str) -> Any:
    return paragraph("Cellule puce", line[2:]) if line.startswith("- ") else paragraph("Cellule", line)


def row(*cells: Cell) -> Row:
    return Row(cells)


MAILLER = part("!Mailler", "Orientation : 1", over=2)
OUVRIR = (part("Ouvrir deux secteurs"), part("- Recruter", "- Former, dès 2013"), part(*BASSINS, *DOSSIERS))
RENFORCER = (part("Renforcer"), part("- Former"), part())
EVALUER = (part("!Évaluer"), part("Mesurer"), part("- Recruter"), part(*DOSSIERS))
ROWS = (row(MAILLER, *OUVRIR), row(*RENFORCER), row(*EVALUER))


def objectives(*rows: Row, columns: int = 4) -> Imprime:
    grid = Table("Tableau objectifs", (1,) * columns, (head(*HEADS[:columns]), *rows))
    return contrat(annexe_1=("h1 Annexe 1 – Orientations", "h2 Objectifs", grid))


PLACE = "À l’annexe 1, à la rubrique « Objectifs », au tableau"
OPENED = f"{PLACE}, à l’objectif opérationnel « Ouvrir deux secteurs »"
PLAN = f"{OPENED}, dans la colonne « Plan d’actions »"
FOLLOWED = f"{OPENED}, dans la colonne « Indicateurs »"


def opened(plan: Cell = OUVRIR[1], followed: Cell = OUVRIR[2]) -> Imprime:
    return objectives(row(MAILLER, OUVRIR[0], plan, followed), *ROWS[1:])


CELLS: dict[str, tuple[tuple[Line, ...], Imprime]] = {
    "a date in an item called by its beginning": (
        (f"{PLAN}, à l’action « Former », la date : « 2013 » est remplacée par la date : « 2014 ».",),
        opened(part("- Recruter", "- Former, dès 2014")),
    ),
    "an alinéa of an item": (
        (f"{FOLLOWED}, à l’indicateur « Dossiers », au deuxième alinéa, la valeur : « 70 » est supprimée.",),
        opened(followed=part(*BASSINS, "!Dossiers", "Cible :")),
    ),
    "an alinéa of a cell": (
        (f"{FOLLOWED}, au troisième alinéa, la valeur : « 9 » est remplacée par la valeur : « 10 ».",),
        opened(followed=part(*BASSINS[:2], "Cible : 10", *DOSSIERS)),
    ),
    "the title of an item": (
        (f"{FOLLOWED}, à l’indicateur « Bassins couverts », le mot : « couverts » est supprimé.",),
        opened(followed=part("!Bassins", *BASSINS[1:], *DOSSIERS)),
    ),
    "a paragraph put in an item, and an item after it": (
        (
            f"{FOLLOWED} :",
            "1° À l’indicateur « Dossiers », après le deuxième alinéa, est inséré un alinéa ainsi rédigé :",
            "« Source : grille »",
            "2° Après l’indicateur « Dossiers », est inséré un indicateur ainsi rédigé :",
            "t « Appels",
            "« Cible : 3 ».",
        ),
        opened(followed=part(*BASSINS, *DOSSIERS, "Source : grille", "!Appels", "Cible : 3")),
    ),
    "an item before another": (
        (f"{PLAN}, avant l’action « Recruter », est insérée une action ainsi rédigée :", "« – Ouvrir »"),
        opened(part("- Ouvrir", "- Recruter", "- Former, dès 2013")),
    ),
    "two items": (
        (f"{PLAN}, après l’action « Recruter », sont insérées deux actions ainsi rédigées :", "« – un", "« – deux »"),
        opened(part("- Recruter", "- un", "- deux", "- Former, dès 2013")),
    ),
    "an item rewritten": (
        (f"{FOLLOWED}, l’indicateur « Bassins couverts » est ainsi rédigé :", "t « Secteurs", "« Cible : 1 »"),
        opened(followed=part("!Secteurs", "Cible : 1", *DOSSIERS)),
    ),
    "an item removed": (
        (f"{FOLLOWED}, l’indicateur « Bassins couverts » est supprimé.",),
        opened(followed=part(*DOSSIERS)),
    ),
    "an item placed elsewhere": (
        (f"{FOLLOWED}, l’indicateur « Dossiers » est placé avant l’indicateur « Bassins couverts ».",),
        opened(followed=part(*DOSSIERS, *BASSINS)),
    ),
    "an empty cell": (
        (f"{PLACE}, à la deuxième ligne, dans la colonne « Indicateurs », la cellule est ainsi rédigée :", "« Un. »"),
        objectives(ROWS[0], row(*RENFORCER[:2], part("Un.")), ROWS[2]),
    ),
    "a column called by a header of two lines, a row by its objectives": (
        (
            (
                f"{PLACE}, à l’objectif opérationnel « Mesurer » de l’objectif stratégique « Évaluer », "
                "dans la colonne « Objectifs opérationnels », le mot : « Mesurer » est supprimé."
            ),
        ),
        objectives(*ROWS[:2], row(EVALUER[0], part(), *EVALUER[2:])),
    ),
    "a merged cell, by any of its rows": (
        (
            (
                f"{PLACE}, à l’objectif opérationnel « Renforcer », dans la colonne « Objectifs stratégiques », "
                "au premier alinéa, le mot : « Mailler » est remplacé par le mot : « Couvrir »."
            ),
        ),
        objectives(row(part("!Couvrir", "Orientation : 1", over=2), *OUVRIR), *ROWS[1:]),
    ),
    "a row that a merged cell begins in, removed": (
        (f"{PLACE}, l’objectif opérationnel « Ouvrir deux secteurs » est supprimé.",),
        objectives(row(part("!Mailler", "Orientation : 1"), *RENFORCER), ROWS[2]),
    ),
    "a row put under a merged cell": (
        (
            f"{PLACE}, après l’objectif opérationnel « Ouvrir deux secteurs », est insérée une ligne ainsi rédigée :",
            Table("", (1,) * 4, (row(part("Mailler", "Orientation : 1"), part("Un"), part("Deux"), part("Trois")),)),
        ),
        objectives(
            row(part("!Mailler", "Orientation : 1", over=3), *OUVRIR),
            row(part("Un"), part("Deux"), part("Trois")),
            *ROWS[1:],
        ),
    ),
    "a column removed": (
        (f"{PLACE}, la colonne « Indicateurs » est supprimée.",),
        objectives(row(MAILLER, *OUVRIR[:2]), row(*RENFORCER[:2]), row(*EVALUER[:3]), columns=3),
    ),
}


@pytest.mark.parametrize(("lines", "expected"), CELLS.values(), ids=CELLS)
def it_reads_what_is_done_in_a_cell(lines: tuple[Line, ...], expected: Imprime) -> None:
    assert becomes(acte(*lines), objectives(*ROWS)) == as_lists(text_of(expected))


def it_keeps_a_cell_over_columns_that_a_column_comes_in() -> None:
    whole = Row((cell("Sous-total", colspan=2), cell("5")))
    old, new = (
        contrat(annexe_4=(TITLE, Table("", (1,) * len(each.split(" | ")), (head(*each.split(" | ")), last))))
        for each, last in (
            ("A | B | C", whole),
            ("A | X | B | C", Row((cell("Sous-total", colspan=3), cell("5")))),
        )
    )
    act = acte(
        "À l’annexe 4, au tableau, après la colonne « A », est insérée une colonne ainsi rédigée :",
        rows("X", "Sous-total"),
    )
    assert becomes(act, old) == as_lists(text_of(new))


def it_counts_header_rows() -> None:
    heads = (Row((cell("Année", colspan=2),), header=True), head("2012", "2013"))
    old, new = (
        contrat(annexe_4=(TITLE, Table("", (1, 1), (first, heads[1], Row((cell("1"), cell("2")))))))
        for first in (heads[0], Row((cell("Exercice", colspan=2),), header=True))
    )
    words = "le mot : « Année » est remplacé par le mot : « Exercice »."
    act = acte(f"À l’annexe 4, au tableau, au premier rang de l’en-tête, dans la première colonne, {words}")
    assert becomes(act, old) == as_lists(text_of(new))
    with pytest.raises(UnreadableError, match="en-tête: 2 found"):
        becomes(acte(f"À l’annexe 4, au tableau, à l’en-tête, dans la première colonne, {words}"), old)


REFUSED: dict[str, tuple[str, tuple[Line, ...]]] = {
    "a row that is not there": ("ligne X: none found", (f"{PLACE}, la ligne « X » est supprimée.",)),
    "two rows": ("ligne Mailler: 2 found", (f"{PLACE}, la ligne « Mailler » est supprimée.",)),
    "a column that is not there": ("no column reads X", (f"{PLACE}, la colonne « X » est supprimée.",)),
    "an item that is not there": ("élément X: none found", (f"{PLAN}, l’action « X » est supprimée.",)),
    "an item without its column": (
        "a unit in a row whose column is not named",
        (f"{OPENED}, l’action « Recruter » est supprimée.",),
    ),
    "a column without its row": (
        "a column without a row is no place",
        (f"{PLACE}, dans la colonne « Indicateurs », le mot : « Dossiers » est supprimé.",),
    ),
    "words of a cell that stand twice": (
        "the words stand 2 times: Cible",
        (f"{FOLLOWED}, le mot : « Cible » est supprimé.",),
    ),
    "a row too short": (
        "a row of 3 cells in a table of 4 columns",
        (f"{PLACE}, après la ligne « Renforcer », est insérée une ligne ainsi rédigée :", rows("a | b | c")),
    ),
    "more rows than announced": (
        "1 rows are announced, 2 cited",
        (f"{PLACE}, après la ligne « Renforcer », est insérée une ligne ainsi rédigée :", rows("a | b", "a | b")),
    ),
    "a column too short": (
        "2 cells for 4 rows",
        (f"{PLACE}, après la colonne « Indicateurs », est insérée une colonne ainsi rédigée :", rows("a", "b")),
    ),
    "a row that goes twice": (
        "changed twice",
        (f"{PLACE} :", "1° La ligne « Renforcer » est supprimée ;", "2° La deuxième ligne est supprimée."),
    ),
    "a cell that goes": (
        "cellule cannot be removed",
        (f"{FOLLOWED}, la cellule est supprimée.",),
    ),
    "a row that comes nowhere": (
        "the table has rows",
        (f"{PLACE}, est insérée une ligne ainsi rédigée :", rows("a | b | c | d")),
    ),
}


@pytest.mark.parametrize(("why", "lines"), REFUSED.values(), ids=REFUSED)
def it_refuses_what_is_not_plain(why: str, lines: tuple[Line, ...]) -> None:
    with pytest.raises(UnreadableError, match=re.escape(why)):
        becomes(acte(*lines), objectives(*ROWS))
