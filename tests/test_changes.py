from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cpomgen.changes import as_markdown, as_text, champ, champs, valeur, worded
from cpomgen.ecart import Ecart, Ligne, Poste, Tableau
from cpomgen.edits import Added, Changed, Edit, Moved, Removed, Spliced
from cpomgen.lieu import Lieu
from cpomgen.operation import Action, Operation, Unite
from cpomgen.outcome import Changes
from cpomgen.pen import MARKDOWN, PLAIN, escaped

HERE = Lieu(("article 3",), alinea=2)
TABLE = Lieu(("annexe 4",), "tableau", ("FIR",))
LONG = "Le promoteur remet à l’agence, au plus tard le 31 mars, " * 3

OPERATIONS: dict[str, tuple[Operation, list[str]]] = {
    "words": (
        Operation(Action.REMPLACER, Unite.ALINEA, HERE, ("un mois",), ("deux mois",)),
        ["article 3, deuxième alinéa :", "    [-un-]{+deux+} mois"],
    ),
    "a paragraph inserted": (
        Operation(Action.INSERER, Unite.ALINEA, HERE, new=("Texte.",)),
        ["article 3, deuxième alinéa : alinéa inséré à la suite", "    {+Texte.+}"],
    ),
    "two paragraphs inserted first": (
        Operation(Action.INSERER, Unite.ALINEA, Lieu(("article 3",)), new=("Un.", "Deux."), premier=True),
        ["article 3 : 2 alinéas insérés en tête", "    {+Un.+}", "    {+Deux.+}"],
    ),
    "a row left out": (
        Operation(Action.SUPPRIMER, Unite.LIGNE, TABLE, old=("FIR", "10\n20")),
        ["annexe 4, tableau, ligne « FIR » : ligne supprimée", "    [-FIR | 10 / 20-]"],
    ),
    "a row moved": (
        Operation(Action.DEPLACER, Unite.LIGNE, TABLE, ("FIR",), ("FIR",), vers=Lieu(("annexe 4",), "tableau", ("x",))),
        ["annexe 4, tableau, ligne « FIR » : ligne déplacée à la suite de : annexe 4, tableau, ligne « x »", "    FIR"],
    ),
    "a part inserted": (
        Operation(Action.INSERER, Unite.PARTIE, Lieu(("annexe 1",)), new=("Annexe 2",)),
        ["annexe 1 : partie insérée à la suite", "    {+Annexe 2+}"],
    ),
}


@pytest.mark.parametrize(("operation", "expected"), OPERATIONS.values(), ids=OPERATIONS)
def it_tells_a_change_of_the_text(operation: Operation, expected: list[str]) -> None:
    assert list(as_text(Changes((operation,), (), ()), PLAIN)) == ["", *expected]


def it_keeps_the_words_around_a_change() -> None:
    told = worded(f"{LONG}un mois. {LONG}", f"{LONG}deux mois. {LONG}", PLAIN)
    assert told == (
        "[…] remet à l’agence, au plus tard le 31 mars, [-un-]{+deux+} mois. Le promoteur remet à l’agence, au […]"
    )


EDITS: dict[str, tuple[Edit, str]] = {
    "a value": (Changed(("a",), Decimal("412000.5"), Decimal(418000)), "[-412\u202f000,5-]{+418\u202f000+}"),
    "a day": (Changed(("a",), None, date(2012, 6, 1)), "{+1er\u00a0juin 2012+}"),
    "yes to nothing": (Changed(("a",), True, None), "[-oui-]"),
    "words far into a text": (
        Changed(("a",), f"{LONG}un mois.", f"{LONG}deux mois."),
        "[…] remet à l’agence, au plus tard le 31 mars, [-un-]{+deux+} mois.",
    ),
    "an item": (Added(("l",), 0, {"id": "x"}), "ajouté"),
    "an item left out": (Removed(("l",), 0, {"id": "x"}), "retiré"),
    "an item moved": (Moved(("l",), "x", 0, 1), "déplacé"),
    "a sequence": (Spliced(("l",), 0, 0, ("a",), ("b", "c")), "[-a-]{+b, c+}"),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def it_tells_a_change_of_a_field(edit: Edit, expected: str) -> None:
    assert champ(Ecart(edit, "Suivi", "avenant", imprime=True), PLAIN) == f"Suivi : {expected}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(False, "non"), (2012, "2012"), ({"regle": "CPOM401", "fondement": "accord"}, "CPOM401, accord")],
)
def it_writes_a_value_as_read(value: Any, expected: str) -> None:
    assert valeur(value) == expected


def it_tells_apart_the_fields_that_the_text_does_not_show() -> None:
    shown = Ecart(Changed(("suivi", "delai"), "un", "deux"), "Délai", "avenant", imprime=True)
    item = Ecart(Added(("membres",), 0, {"id": "m", "nom": "x"}), "Membres", "avenant", imprime=True)
    hidden = Ecart(Changed(("dossier",), "1", "2"), "Dossier", "interne", imprime=False)
    read = Operation(Action.REMPLACER, Unite.ALINEA, HERE, ("un",), ("deux",), paths=("suivi.delai", "membres[m].nom"))
    changes = Changes((read,), (shown, item, hidden), ())
    assert champs(changes) == (hidden,)
    assert list(as_text(changes, PLAIN))[-2:] == [
        "Champs dont le changement ne se lit pas tel quel dans le texte :",
        "    Dossier : [-1-]{+2+}",
    ]


def tables() -> tuple[Tableau, ...]:
    year, total = Poste(2013, None, Decimal(5)), Poste(0, Decimal(10), Decimal(15))
    same = Poste(2012, Decimal(10), Decimal(10))
    lines = (Ligne("fir", "FIR", (same, year), total), Ligne("cg", "Département", (same,), same))
    return (Tableau("Sources", "sources", (2012, 2013), lines, Ligne("", "Total", (year,), total)),)


def it_lays_amounts_out_in_columns() -> None:
    assert list(as_text(Changes((), (), tables()), PLAIN)) == [
        "",
        "Sources  Exercice          Avant    Après    Écart",
        "FIR      2013                  –   5,00\u00a0€  +5,00\u00a0€",
        "FIR      tous exercices  10,00\u00a0€  15,00\u00a0€  +5,00\u00a0€",
        "Total    2013                  –   5,00\u00a0€  +5,00\u00a0€",
        "Total    tous exercices  10,00\u00a0€  15,00\u00a0€  +5,00\u00a0€",
    ]


def it_writes_a_comment_for_a_review() -> None:
    operation = Operation(Action.REMPLACER, Unite.ALINEA, HERE, ("un mois <b>",), ("deux mois <b>",))
    assert list(as_markdown(Changes((operation,), (), tables()))) == [
        "- **article 3, deuxième alinéa** :",
        "  - <del>un</del><ins>deux</ins> mois &lt;b&gt;",
        "",
        "| Sources | Exercice | Avant | Après | Écart |",
        "| --- | --- | ---: | ---: | ---: |",
        "| FIR | 2013 | – | 5,00\u00a0€ | \\+5,00\u00a0€ |",
        "| FIR | tous exercices | 10,00\u00a0€ | 15,00\u00a0€ | \\+5,00\u00a0€ |",
        "| Total | 2013 | – | 5,00\u00a0€ | \\+5,00\u00a0€ |",
        "| Total | tous exercices | 10,00\u00a0€ | 15,00\u00a0€ | \\+5,00\u00a0€ |",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b", "a \\| b"),
        ("1. un", "1\\. un"),
        ("- tiret", "\\- tiret"),
        ("*gras* _it_ `code`", "\\*gras\\* \\_it\\_ \\`code\\`"),
        ("Haut-Jura (39)", "Haut-Jura (39)"),
    ],
)
def it_lets_no_word_be_read_as_markdown(text: str, expected: str) -> None:
    assert escaped(text) == expected
    assert MARKDOWN.added(text) == f"<ins>{expected}</ins>"
