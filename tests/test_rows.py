# ruff: noqa: E501 - sentences of acts, whole
from __future__ import annotations

from dataclasses import replace

import pytest
from excerpts import AMOUNTS, MERGED, ROWS, acted, document, expected, row
from sample import cell, head, paragraph

from cpomgen.imprime import Block, Imprime, Row, Table

HEADER = AMOUNTS.rows[0]
FIR, ETAT, TOTAL = ROWS
LONG = Table(
    "Tableau",
    (1, 1, 1, 1),
    (
        head("Source", "2012", "2013", "Total"),
        row(
            "Coordination d’appui (FIR)",
            "412\u202f000,00\u00a0€",
            "412\u202f000,00\u00a0€",
            "824\u202f000,00\u00a0€",
            id="s[a]",
        ),
        row("Conseil général", "10\u202f000,00\u00a0€", "–", "10\u202f000,00\u00a0€", id="s[b]"),
        row("Assurance maladie", "–", "20\u202f000,00\u00a0€", "20\u202f000,00\u00a0€", id="s[c]"),
        row("Total", "422\u202f000,00\u00a0€", "432\u202f000,00\u00a0€", "854\u202f000,00\u00a0€"),
    ),
)
TWICE = Table(
    "Tableau",
    (1, 1),
    (head("Source", "2012"), row("FIR", "10"), row("Autres", "20"), row("FIR", "30"), row("Total", "60")),
)


def annexed(*blocks: Block) -> Imprime:
    return document(paragraph("Corps", "Contrat."), annex=blocks)


def table(*rows: Row, like: Table = AMOUNTS) -> Table:
    return replace(like, rows=(like.rows[0], *rows))


def changed(like: Table, *cells: tuple[int, int, str]) -> Table:
    rows = list(like.rows)
    for line, column, text in cells:
        own = list(rows[line].cells)
        own[column] = cell(text)
        rows[line] = replace(rows[line], cells=tuple(own))
    return replace(like, rows=tuple(rows))


PLACE = "À l’annexe 1, au tableau,"
CASES: dict[str, tuple[Table, Table, str]] = {
    "an amount, the totals that follow": (
        LONG,
        changed(
            LONG,
            (1, 2, "468\u202f500,00\u00a0€"),
            (1, 3, "880\u202f500,00\u00a0€"),
            (4, 2, "488\u202f500,00\u00a0€"),
            (4, 3, "910\u202f500,00\u00a0€"),
        ),
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau :
  1° À la ligne « Coordination d’appui (FIR) » :
    a) Dans la colonne « 2013 », le montant : « 412 000,00 € » est remplacé par le montant : « 468 500,00 € » ;
    b) Dans la colonne « Total », le montant : « 824 000,00 € » est remplacé par le montant : « 880 500,00 € » ;
  2° À la ligne « Total » :
    a) Dans la colonne « 2013 », le montant : « 432 000,00 € » est remplacé par le montant : « 488 500,00 € » ;
    b) Dans la colonne « Total », le montant : « 854 000,00 € » est remplacé par le montant : « 910 500,00 € ».
""",
    ),
    "an empty cell that is filled": (
        LONG,
        changed(LONG, (2, 2, "5\u202f000,00\u00a0€")),
        f"""
# Modification de l’annexe 1
{PLACE} à la ligne « Conseil général », dans la colonne « 2013 », la cellule est ainsi rédigée :
> « 5 000,00 € ».
""",
    ),
    "a cell that is emptied": (
        LONG,
        changed(LONG, (2, 1, "–")),
        f"""
# Modification de l’annexe 1
{PLACE} à la ligne « Conseil général », dans la colonne « 2012 », la cellule est ainsi rédigée :
> « – ».
""",
    ),
    "a row at the top": (
        AMOUNTS,
        table(row("Région", "5", "6", id="s[region]"), *ROWS),
        f"""
# Modification de l’annexe 1
{PLACE} avant la ligne « FIR », est insérée une ligne ainsi rédigée :
| Région | 5 | 6 |
""",
    ),
    "a row in the middle": (
        AMOUNTS,
        table(FIR, row("Région", "5", "6", id="s[region]"), ETAT, TOTAL),
        f"""
# Modification de l’annexe 1
{PLACE} après la ligne « FIR », est insérée une ligne ainsi rédigée :
| Région | 5 | 6 |
""",
    ),
    "two rows at the end": (
        AMOUNTS,
        table(*ROWS, row("Région", "5", "6", id="s[region]"), row("Ville", "7", "8", id="s[ville]")),
        f"""
# Modification de l’annexe 1
{PLACE} après la ligne « Total », sont insérées deux lignes ainsi rédigées :
| Région | 5 | 6 |
| Ville | 7 | 8 |
""",
    ),
    "a row less": (
        AMOUNTS,
        table(FIR, TOTAL),
        f"""
# Modification de l’annexe 1
{PLACE} la ligne « État » est supprimée.
""",
    ),
    "a row placed elsewhere": (
        LONG,
        table(LONG.rows[1], LONG.rows[3], LONG.rows[2], LONG.rows[4], like=LONG),
        f"""
# Modification de l’annexe 1
{PLACE} la ligne « Assurance maladie » est placée après la ligne « Coordination d’appui (FIR) ».
""",
    ),
    "a row placed first": (
        LONG,
        table(LONG.rows[3], LONG.rows[1], LONG.rows[2], LONG.rows[4], like=LONG),
        f"""
# Modification de l’annexe 1
{PLACE} la ligne « Assurance maladie » est placée avant la ligne « Coordination d’appui (FIR) ».
""",
    ),
    "a row of two that have the same name": (
        TWICE,
        changed(TWICE, (3, 1, "35")),
        f"""
# Modification de l’annexe 1
{PLACE} à la troisième ligne, dans la colonne « 2012 », la valeur : « 30 » est remplacée par la valeur : « 35 ».
""",
    ),
    "the name of a row": (
        AMOUNTS,
        changed(AMOUNTS, (2, 0, "Région")),
        f"""
# Modification de l’annexe 1
{PLACE} à la ligne « État », dans la colonne « Source », le mot : « État » est remplacé par le mot : « Région ».
""",
    ),
    "a header": (
        AMOUNTS,
        replace(AMOUNTS, rows=(head("Financeur", "2012", "2013"), *ROWS)),
        f"""
# Modification de l’annexe 1
{PLACE} à l’en-tête, dans la colonne « Source », le mot : « Source » est remplacé par le mot : « Financeur ».
""",
    ),
    "a column at the end": (
        AMOUNTS,
        Table(
            "Tableau",
            (1, 1, 1, 1),
            (
                head("Source", "2012", "2013", "2014"),
                row("FIR", "10", "30", "5", id="s[fir]"),
                row("État", "20", "50", "6", id="s[etat]"),
                row("Total", "30", "80", "11"),
            ),
        ),
        f"""
# Modification de l’annexe 1
{PLACE} après la colonne « 2013 », est insérée une colonne ainsi rédigée :
| Source | 2014 |
| FIR | 5 |
| État | 6 |
| Total | 11 |
""",
    ),
    "a column in the middle, and what follows": (
        LONG,
        Table(
            "Tableau",
            (1, 1, 1, 1, 1),
            (
                head("Source", "2012", "2013", "2014", "Total"),
                *(
                    Row((*each.cells[:3], cell(text), cell(total)), id=each.id)
                    for each, text, total in zip(
                        LONG.rows[1:],
                        ("1", "–", "–", "1"),
                        (
                            "824\u202f001,00\u00a0€",
                            "10\u202f000,00\u00a0€",
                            "20\u202f000,00\u00a0€",
                            "854\u202f001,00\u00a0€",
                        ),
                        strict=True,
                    )
                ),
            ),
        ),
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau :
  1° Après la colonne « 2013 », est insérée une colonne ainsi rédigée :
| Source | 2014 |
| Coordination d’appui (FIR) | 1 |
| Conseil général | – |
| Assurance maladie | – |
| Total | 1 |
  2° À la ligne « Coordination d’appui (FIR) », dans la colonne « Total », le montant : « 824 000,00 € » est remplacé par le montant : « 824 001,00 € » ;
  3° À la ligne « Total », dans la colonne « Total », le montant : « 854 000,00 € » est remplacé par le montant : « 854 001,00 € ».
""",
    ),
    "a column first": (
        AMOUNTS,
        Table(
            "Tableau",
            (1, 1, 1, 1),
            (
                head("N°", "Source", "2012", "2013"),
                row("1", "FIR", "10", "30", id="s[fir]"),
                row("2", "État", "20", "50", id="s[etat]"),
                row("", "Total", "30", "80"),
            ),
        ),
        f"""
# Modification de l’annexe 1
{PLACE} avant la colonne « Source », est insérée une colonne ainsi rédigée :
| N° |
| 1 |
| 2 |
|  |
""",
    ),
    "a column less": (
        LONG,
        Table(
            "Tableau",
            (1, 1, 1),
            tuple(Row((each.cells[0], *each.cells[2:]), each.header, each.id) for each in LONG.rows),
        ),
        f"""
# Modification de l’annexe 1
{PLACE} la colonne « 2012 » est supprimée.
""",
    ),
    "more than half of it": (
        LONG,
        changed(LONG, *((line, n, f"{line}{n},00\u00a0€") for line in (1, 2, 3, 4) for n in (1, 2, 3))),
        """
# Modification de l’annexe 1
À l’annexe 1, le tableau est remplacé par le tableau suivant :
| Source | 2012 | 2013 | Total |
| Coordination d’appui (FIR) | 11,00 € | 12,00 € | 13,00 € |
| Conseil général | 21,00 € | 22,00 € | 23,00 € |
| Assurance maladie | 31,00 € | 32,00 € | 33,00 € |
| Total | 41,00 € | 42,00 € | 43,00 € |
""",
    ),
    "a merged cell": (
        MERGED,
        changed(MERGED, (1, 0, "Mailler")).__class__(
            MERGED.style,
            MERGED.widths,
            (MERGED.rows[0], Row((cell("Mailler", rowspan=2), *MERGED.rows[1].cells[1:]), id="o[1]"), *MERGED.rows[2:]),
        ),
        f"""
# Modification de l’annexe 1
{PLACE} à la première ligne, dans la colonne « Objectif », le mot : « Couvrir » est remplacé par le mot : « Mailler ».
""",
    ),
}


@pytest.mark.parametrize(("old", "new", "act"), CASES.values(), ids=CASES)
def it_amends_a_table(old: Table, new: Table, act: str) -> None:
    assert acted(annexed(old), annexed(new)) == expected(act)


def it_finds_the_place_of_rows_among_rows_that_go() -> None:
    new = table(row("Région", "5", "6", id="s[region]"), FIR, TOTAL)
    assert acted(annexed(AMOUNTS), annexed(new)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau :
  1° Avant la ligne « FIR », est insérée une ligne ainsi rédigée :
| Région | 5 | 6 |
  2° La ligne « État » est supprimée.
"""
    )


def it_names_a_table_by_its_rubrique_then_by_its_rank() -> None:
    new = changed(AMOUNTS, (2, 1, "25"))
    rubrique, other = paragraph("heading 2", "Recettes"), paragraph("heading 2", "Dépenses")
    assert acted(annexed(rubrique, AMOUNTS, other, TWICE), annexed(rubrique, new, other, TWICE)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, à la rubrique « Recettes », au tableau, à la ligne « État », dans la colonne « 2012 », la valeur : « 20 » est remplacée par la valeur : « 25 ».
"""
    )
    assert acted(annexed(rubrique, TWICE, AMOUNTS), annexed(rubrique, TWICE, new)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, à la rubrique « Recettes », au deuxième tableau, à la ligne « État », dans la colonne « 2012 », la valeur : « 20 » est remplacée par la valeur : « 25 ».
"""
    )
    assert acted(annexed(TWICE, AMOUNTS), annexed(TWICE, new)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au deuxième tableau, à la ligne « État », dans la colonne « 2012 », la valeur : « 20 » est remplacée par la valeur : « 25 ».
"""
    )


def it_ranks_a_row_of_a_table_whose_rows_have_no_name() -> None:
    old = Table("Tableau", (1, 1), (row("", "10"), row("", "20")))
    assert acted(annexed(old), annexed(changed(old, (1, 1, "25")))) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau, à la deuxième ligne, dans la deuxième colonne, la valeur : « 20 » est remplacée par la valeur : « 25 ».
"""
    )


def it_says_which_rank_of_the_header_changes() -> None:
    heads = head("Source", "Exercices"), head("", "2012")
    old = Table("Tableau", (1, 1), (*heads, row("FIR", "10"), row("Ville", "20"), row("Région", "20")))
    new = replace(old, rows=(heads[0], head("", "2013"), *old.rows[2:]))
    assert acted(annexed(old), annexed(new)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau, au deuxième rang de l’en-tête, dans la colonne « 2012 », la valeur : « 2012 » est remplacée par la valeur : « 2013 ».
"""
    )
