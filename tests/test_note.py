"""What is told to who signs an avenant: short, from the act's own values, on one page whatever it amends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
import pytest
from acte import acte
from memory import ROOT
from test_enact import OBJET, STATE, sources
from test_laws import as_word, read_word, said

from cpomgen.abrege import abrege, height
from cpomgen.acte import Avenant, Avis
from cpomgen.brief import brief
from cpomgen.contrat import Fiche, Ligne, Liste, Texte
from cpomgen.ecart import Tableau
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.filters import Numbers
from cpomgen.gabarits import read_note
from cpomgen.imprime import Imprime
from cpomgen.kind import Type, TypeActe
from cpomgen.lieu import Lieu
from cpomgen.operation import Action, Operation, Unite
from cpomgen.outcome import Changes, Projet
from cpomgen.pipeline import print_all
from cpomgen.problem import Mark, Problem
from cpomgen.reading import Reading
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.typeset import typeset

TREE = WorkTree(ROOT)
MOTIFS = {"environnement": "modification de l’environnement", "financement": "accompagnement financier de l’agence"}
TERME = date(2016, 12, 31)
AVENANT = Avenant(1, OBJET, motifs=("financement",), fin=TERME)
WHERE = Mark("contracts/essai.yaml")


def operation(*parties: str, tableau: str = "") -> Operation:
    return Operation(Action.REMPLACER, Unite.ALINEA, Lieu(parties, tableau), ("a",), ("b",))


def told(
    texte: tuple[Operation, ...] = (),
    finances: tuple[Tableau, ...] = (),
    avenant: Avenant = AVENANT,
    advised: tuple[str, ...] = (),
    waivers: tuple[tuple[str, str], ...] = (),
) -> Fiche:
    """Return what a note prints of an act."""
    projet = Projet(avenant, STATE, STATE, Changes(texte, (), finances), (), ())
    return brief(projet, MOTIFS, TERME, [Problem("CPOM900", WHERE, each) for each in advised], waivers)


def it_tells_what_changes_part_by_part() -> None:
    found = told(
        (
            operation("article 3"),
            operation("annexe 4", "Contreparties"),
            operation("annexe 4", tableau="tableau « Sources »"),
            operation("annexe 4", tableau="tableau « Sources »"),
        )
    )
    assert list(found["changements"]) == [
        "Article 3, 1 modification",
        "Annexe 4, 3 modifications : « Contreparties » et tableau « Sources »",
    ]


def it_names_by_its_own_number_what_is_added_whole() -> None:
    added = Operation(Action.INSERER, Unite.PARTIE, Lieu(("annexe 2",)), (), ("Annexe 3 – Reconnaissances", "Texte."))
    found = told((operation("annexe 2"), added))["changements"]
    assert list(found) == ["Annexe 2, 1 modification", "Annexe 3, 1 modification : ajout"]


def it_counts_the_places_it_has_no_room_for() -> None:
    places = [operation("annexe 1", tableau=f"tableau « Objectifs, actions et indicateurs n° {n} »") for n in range(5)]
    (found,) = told(tuple(places))["changements"]
    first, second = (f"tableau « Objectifs, actions et indicateurs n° {n} »" for n in range(2))
    assert str(found) in {
        f"Annexe 1, 5 modifications : {first} et 4 autres endroits",
        f"Annexe 1, 5 modifications : {first}, {second} et 3 autres endroits",
    }


def it_counts_what_it_has_no_room_for() -> None:
    found = list(told(tuple(operation(f"article {n}") for n in range(1, 41)))["changements"])
    assert found[0] == "Article 1, 1 modification"
    assert found[-1] == f"et {40 - len(found) + 1} autres modifications"


def it_tells_the_sum_of_each_exercise_then_of_all() -> None:
    rows = told(finances=(sources((2012, "10", "10"), (2013, "20", "25.50")),))["montants"]
    assert [(str(each["exercice"]), str(each["ecart"]), bool(each["total"])) for each in rows] == [
        ("2012", "0,00\u00a0€", False),
        ("2013", "+5,50\u00a0€", False),
        ("Total", "+5,50\u00a0€", True),
    ]


def it_tells_the_exercises_that_change_alone_when_they_are_many() -> None:
    many = [(year, "10", "11" if year == 2019 else "10") for year in range(2012, 2021)]
    rows = told(finances=(sources(*many),))["montants"]
    assert [str(each["exercice"]) for each in rows] == ["2019", "Total, 8 autres exercices compris"]
    rows = told(finances=(sources(*((year, "10", "10" if year == 2012 else "11") for year in range(2012, 2019))),))
    assert str(rows["montants"][-1]["exercice"]) == "Total, 1 autre exercice compris"


def it_tells_the_term_before_when_it_moves() -> None:
    assert not told()["terme_avant"]
    assert told(avenant=replace(AVENANT, fin=date(2017, 6, 30)))["terme_avant"] == TERME


def it_tells_reasons_opinions_and_points_of_attention() -> None:
    avis = (Avis("le service financier", "favorable", date(2012, 11, 26)), Avis("L’instance"))
    found = told(
        avenant=replace(AVENANT, avis=avis), advised=("l'échéance est passée.",), waivers=(("CPOM412", "rien"),)
    )
    assert list(found["motifs"]) == ["Accompagnement financier de l’agence"]
    assert list(found["avis"]) == [
        "Le service financier : favorable, le 26\u00a0novembre 2012",
        "L’instance : avis non précisé",
    ]
    assert list(found["attention"]) == ["L'échéance est passée.", "Règle CPOM412 écartée : rien"]


@pytest.mark.parametrize(
    ("text", "lines", "short"),
    [
        ("un texte court", 1, "un texte court"),
        ("un\ntexte  en\tlignes", 1, "un texte en lignes"),
        ("mot " * 40, 1, "mot " * 12 + "mot…"),
        ("W" * 400, 1, "W" * 36 + "…"),
        ("", 1, ""),
    ],
)
def it_cuts_a_text_to_lines(text: str, lines: int, short: str) -> None:
    assert abrege(text, lines) == short
    assert height(short) <= lines


@pytest.fixture(scope="module")
def kind() -> TypeActe:
    found = read_note(TREE, "cpom_type")
    assert found is not None
    return found


def printed(cpom: Type, kind: TypeActe, note: Fiche, **changes: Any) -> tuple[dict[str, Any], Imprime]:
    """Return what the template sees of an avenant, and the note on it as printed."""
    contrat, _ = Reading(TREE).resolved("arespa")
    seen = scope_of(contrat, cpom.modele, Edition.PROJET, "0" * 64, 2)
    parties = changes.pop("parties", seen["parties"])
    scope = {**seen, "acte": acte(print_all(cpom, seen), **changes), "note": note, "numeros": Numbers()}
    scope["parties"] = parties
    return scope, replace(print_all(kind, scope), title=kind.modele.entitled(scope))


def as_pdf(kind: TypeActe, imprime: Imprime) -> bytes:
    return typeset(imprime, kind.style, timestamp=datetime(2012, 1, 1, tzinfo=UTC))


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def it_reads_alike_in_word_and_pdf_and_says_what_is_not_recorded(cpom: Type, kind: TypeActe) -> None:
    scope, imprime = printed(cpom, kind, told())
    assert read_word(fill(kind.trame, kind.modele.names, imprime, scope, "")) == as_word(imprime)
    words = said(imprime).replace("\u00a0", " ")
    assert "Note au signataire – avenant n° 2" in words
    assert "Aucun avis n’est enregistré dans le dossier." in words
    assert "L’avenant ne change aucun montant." in words
    assert pages(as_pdf(kind, imprime)) == 1


def hostile(random: Random) -> tuple[Fiche, dict[str, Any]]:
    """Return a note on an act as long as acts get, and what else it prints, drawn by chance."""
    signs = random.choice(["W", "mot ", "mmmmmmmmmmmmmmmm ", "Établissement d’accueil ", "@ ", "l" * 35 + " "])

    def long(count: int = 3000) -> str:
        return (signs * count)[:count]

    texte = tuple(
        operation(f"article {n} {long(70)}", long(70), tableau=long(90)) for n in range(random.randrange(4, 60))
    )
    years = tuple((2012 + n, "999999999.99", "999999999.98") for n in range(random.randrange(1, 12)))
    avis = (Avis(long(), long(), TERME),) * random.randrange(9)
    avenant = Avenant(
        1, Texte(long(), "objet"), Texte(long(), "expose"), tuple(MOTIFS), fin=date(2017, 6, 30), avis=avis
    )  # fmt: skip
    note = told(texte, (sources(*years),), avenant, (long(),) * random.randrange(12), (("CPOM412", long()),))
    ars = Liste(Fiche({"nom": Ligne(long(), "nom")}, "") for _ in range(random.randrange(1, 9)))
    promoteurs = Liste(
        Fiche({"personne_morale": Ligne(long(), "nom"), "sigle": Ligne(long(), "sigle")}, "")
        for _ in range(random.randrange(1, 9))
    )
    return note, {
        "objet": Ligne(long(), "objet"), "expose": Texte(long(), "expose"),
        "parties": Fiche({"ars": ars, "promoteurs": promoteurs}, "parties"),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def it_stays_on_one_page_whatever_the_act(cpom: Type, kind: TypeActe, seed: int) -> None:
    note, changes = hostile(Random(seed))  # noqa: S311 - no secret
    assert pages(as_pdf(kind, printed(cpom, kind, note, **changes)[1])) == 1
