"""What a fiche méthodologique says of a piece: its rubriques, numbered, each field with what the schema tells of it."""

from __future__ import annotations

from typing import Any

import pytest
from expliquee import files
from memory import Files

from cpomgen.contrat import Fiche
from cpomgen.gabarits import read_once
from cpomgen.instruct import instruct
from cpomgen.kept import Kept
from cpomgen.modele import read_modele
from cpomgen.reading import Reading
from cpomgen.schema import field_at


@pytest.fixture(scope="module")
def told() -> Fiche:
    return fiche("libre")


def fiche(sorte: str) -> Fiche:
    """Return what is told of the annex to a contract of a typology."""
    tree = Files(files(sorte=sorte))
    contrat, schema = Reading(tree).resolved("essai")
    modele = read_once(tree, "templates/essai/modele.yaml", read_modele, Kept())
    field = field_at(schema.root, ("annexe",))
    assert field is not None
    return instruct("annexe", field, modele.typologies, contrat)


def champ(told: Fiche, rubrique: str, libelle: str) -> Any:
    """Return what is told of a field of a rubrique."""
    (found,) = (each for each in told["rubriques"] if each["numero"] == rubrique)
    return next(each for each in found["champs"] if each["libelle"] == libelle)


def it_says_what_the_piece_is_and_what_the_typology_makes_of_it(told: Fiche) -> None:
    assert (told["piece"], told["titre"], told["aide"]) == ("annexe", "Annexe", "Ce que l’on fait.")
    assert (told["typologie"], told["appel"], told["appel"].libelle) == ("libre", "si_applicable", "si applicable")
    assert (fiche("seul")["typologie"], fiche("seul")["appel"].libelle) == ("une activité", "due")
    assert not fiche("")["appel"]


def it_numbers_rubriques_and_tells_one_that_comes_back_once(told: Fiche) -> None:
    assert [(each["numero"], each["libelle"], each["niveau"]) for each in told["rubriques"]] == [
        ("1", "Annexe", 1), ("2", "Objectif", 1), ("3", "Mesure", 1),
    ]  # fmt: skip
    assert [champ(told, *where)["rubrique"] for where in (("1", "Mesures"), ("2", "Mesures"))] == ["3", "3"]
    assert told["rubriques"][1]["aide"] == "Peu suffisent."


def it_tells_of_a_field_its_help_its_example_its_values_its_text(told: Fiche) -> None:
    texte, volet, cibles = (champ(told, *where) for where in (("1", "Texte"), ("2", "Volet"), ("2", "Cibles")))
    assert (texte["nature"], texte["aide"], bool(texte["obligatoire"])) == ("texte long", "Quelques lignes.", True)
    assert texte["source"] == "D.\u00a02 CSP"  # the other one is that of the piece
    assert [(each["code"], each["libelle"]) for each in volet["valeurs"]] == [("soin", "soins"), ("appui", "appui")]
    assert (cibles["nature"], cibles["exemple"]) == ("nombre, par exercice", "{2012: 1}")
    assert not volet["aide"]


def it_says_what_is_repeated_and_what_is_printed_nowhere(told: Fiche) -> None:
    assert bool(champ(told, "1", "Objectifs")["plusieurs"])
    assert not champ(told, "1", "Objectifs")["nature"]
    assert bool(champ(told, "2", "Identifiant")["interne"])
    assert not champ(told, "2", "Volet")["interne"]
