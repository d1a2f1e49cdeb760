"""What the real template says: the words of each kind of structure, of one or of several, and of what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from acte import acte
from examined import ARESPA, changed
from memory import ROOT, real_schema, source
from test_enact import OBJET, STATE

from cpomgen.acte import Avenant
from cpomgen.brief import brief
from cpomgen.edition import Edition
from cpomgen.filters import Numbers
from cpomgen.gabarits import read_acte, read_note
from cpomgen.imprime import Imprime, Row, Section, paragraphs, tables
from cpomgen.kind import Type, TypeActe
from cpomgen.outcome import Changes, Projet
from cpomgen.pipeline import print_all
from cpomgen.resolve import resolve
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.validate import validate

KINDS = {"dac": ("DAC", "du DAC"), "dsr": ("DSR", "du DSR"), "centre_sante": ("centre de santé", "du centre de santé")}
DIRECTOR = "qualite: directrice générale\n          genre: f"
EVENT = "evenement_effet: la signature du contrat par la dernière des parties"
SOCLE = (ROOT / "contracts/socle-transitoire.yaml").read_text(encoding="utf-8")
SOCLE = SOCLE.replace("identifiant: socle-transitoire", "identifiant: arespa")
PROJET = Projet(Avenant(1, OBJET), STATE, STATE, Changes((), (), ()), (), ())
KINDS["maison_sante"] = ("maison de santé", "de la maison de santé")


def seen(cpom: Type, kind: str, text: str = ARESPA) -> dict[str, Any]:
    """Return what templates see of ARESPA, when it is of that kind; "" for none."""
    of_kind = (("  promoteurs:\n", f"  structure: {kind}\n  promoteurs:\n"),) if kind else ()
    contrat = resolve(
        validate(source(changed(*of_kind, text=text), "contracts/arespa.yaml"), real_schema()), real_schema()
    )
    assert not contrat.problems
    return scope_of(contrat, cpom.modele, Edition.PROJET, "0" * 64)


def printed(cpom: Type, kind: str, text: str = ARESPA) -> Imprime:
    """Return ARESPA as printed, when it is of that kind; "" for none."""
    return print_all(cpom, seen(cpom, kind, text))


def own_words(imprime: Imprime) -> Iterator[str]:
    """Yield the words of the template in each paragraph, those of the contract left out."""
    for section in imprime.sections:
        for part in (section.blocks, section.layout.header, section.layout.footer):
            for paragraph in paragraphs(part):
                yield "".join("…" if span.path else span.text for span in paragraph.spans)


def said(imprime: Imprime) -> str:
    """Return all that a document says, one line a paragraph."""
    lines = (paragraph.text for section in imprime.sections for paragraph in paragraphs(section.blocks))
    return "\n".join(lines).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", KINDS)
def it_says_nothing_of_a_reseau_for_another_kind(cpom: Type, kind: str) -> None:
    own = "\n".join(own_words(printed(cpom, kind)))
    assert "réseau" not in own.lower()
    assert not {each for each in ("6321", "162-45", "organisation des soins") if each in own}


@pytest.mark.parametrize(("kind", "words"), KINDS.items())
def it_calls_a_structure_by_its_name(cpom: Type, kind: str, words: tuple[str, str]) -> None:
    found = said(printed(cpom, kind))
    assert f"\nRôle {words[1]}\n" in found
    assert f"Articulation de l’action {words[1]} avec" in found


def it_agrees_with_a_feminine_kind(cpom: Type) -> None:
    found = said(printed(cpom, "maison_sante"))
    assert "au titre de la maison de santé suivante :\nmaison de santé ARESPA" in found
    assert "et la maison de santé ainsi désignée, « la maison de santé »," in found
    assert "Les parties assignent à la maison de santé les orientations" in found


ARTICLES = {"reseau": "L. 6321-1", "dac": "L. 6327-2", "dsr": "L. 6327-6", "centre_sante": "L. 6323-1"}
ARTICLES["maison_sante"] = "L. 6323-3"


@pytest.mark.parametrize(("kind", "article"), ARTICLES.items())
def it_cites_the_article_of_its_kind_alone(cpom: Type, kind: str, article: str) -> None:
    (visa,) = (line for line in said(printed(cpom, kind)).splitlines() if line.startswith("Vu le code de la santé"))
    assert re.findall(r"L\. 632\d-\d", visa) == [article]
    assert f"L. 1435-8, {article}, R. 1435-30" in visa


@pytest.mark.parametrize("kind", KINDS)
def it_cites_the_decree_of_its_kind_once_it_exists(cpom: Type, kind: str) -> None:
    late = said(printed(cpom, kind, re.sub(r"\b201[1-9]\b", lambda year: str(int(year[0]) + 10), ARESPA)))
    decree = "services de santé ;\nVu le décret n° 2021-295 du 18 mars 2021"
    assert (decree in late) == ("2021-295" in late) == (kind in ("dac", "dsr"))
    assert "2021-295" not in said(printed(cpom, kind))


@pytest.fixture(scope="module")
def beside() -> tuple[TypeActe, TypeActe]:
    """Return the templates of avenants and of notes, read and compiled."""
    found = [read(WorkTree(ROOT), "cpom_type") for read in (read_acte, read_note)]
    assert found[0] is not None
    assert found[1] is not None
    return found[0], found[1]


@pytest.mark.parametrize("kind", ARTICLES)
def it_keeps_to_its_kind_in_avenants_and_in_notes(cpom: Type, beside: tuple[TypeActe, TypeActe], kind: str) -> None:
    scope = seen(cpom, kind)
    scope |= {
        "acte": acte(print_all(cpom, scope), expose="", objet="le renfort"),
        "note": brief(PROJET, {}, None, (), ()),
    }
    texts = [print_all(each, {**scope, "numeros": Numbers()}) for each in beside]
    own = "\n".join(line for text in texts for line in own_words(text)).replace("\u00a0", " ")
    assert ("réseau" in own.lower()) == (kind == "reseau")
    assert re.findall(r"L\. 632\d-\d", own) == [ARTICLES[kind]]
    if kind == "maison_sante":
        assert "maison de santé …" in own
        assert "et la maison de santé ainsi désignée, « la maison de santé »," in own


def it_reads_the_same_for_a_reseau_that_says_so(cpom: Type) -> None:
    silent, told = said(printed(cpom, "")).splitlines(), said(printed(cpom, "reseau")).splitlines()
    assert [line for line in told if line not in silent] == ["Structure : réseau de santé"]
    assert len(told) == len(silent) + 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2012-01-01", "2016-12-31", "Il s’étend sur cinq exercices, de 2012 à 2016."),
        ("2012-03-01", "2016-12-31", "Il s’étend sur cinq exercices, de 2012 à 2016, le premier incomplet."),
        ("2012-01-01", "2016-12-30", "Il s’étend sur cinq exercices, de 2012 à 2016, le dernier incomplet."),
        (
            "2012-03-01",
            "2016-11-30",
            "Il s’étend sur cinq exercices, de 2012 à 2016, le premier et le dernier incomplets.",
        ),
    ],
)
def it_says_which_exercises_are_incomplete(cpom: Type, first: str, last: str, words: str) -> None:
    days = (("date_effet: 2012-01-01", f"date_effet: {first}"), ("date_fin: 2016-12-31", f"date_fin: {last}"))
    assert f" {words}\n" in said(printed(cpom, "", changed(*days)))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2013-01-01", "2013-12-31", "Il couvre l’exercice 2013."),
        ("2013-01-01", "2013-11-30", "Il couvre une partie de l’exercice 2013."),
        ("2013-03-01", "2013-12-31", "Il couvre une partie de l’exercice 2013."),
    ],
)
def it_says_what_it_covers_of_a_single_exercise(cpom: Type, first: str, last: str, words: str) -> None:
    socle = re.sub(
        "evenement_effet: .*", f"date_effet: {first}", SOCLE.replace("date_fin: 2013-12-31", f"date_fin: {last}")
    )
    assert f" {words}\n" in said(printed(cpom, "", socle))


def it_names_the_schema_of_the_day(cpom: Type) -> None:
    old, new = "volet ambulatoire du schéma régional de l’organisation des soins", "le schéma régional de santé."
    early = said(printed(cpom, "")).split("b) La zone")[0]
    late = re.sub(r"\b201[1-9]\b", lambda year: str(int(year[0]) + 6), ARESPA)
    assert f"en premier lieu dans le {old}." in early
    assert f"en premier lieu dans {new}" in said(printed(cpom, "", late)).split("b) La zone")[0]


def it_claims_no_more_of_a_socle_transitoire_than_it_holds(cpom: Type) -> None:
    own = "\n".join(own_words(printed(cpom, "", SOCLE)))
    assert not [
        each for each in ("action par action", "indicateurs du contrat", " annuel", "chaque année") if each in own
    ]
    assert "d’une revue, qui se tient avant le terme de celui-ci." in own
    assert "plans d’actions" not in own
    longer = said(
        printed(cpom, "", SOCLE.replace("date_fin: 2013", "date_fin: 2014").replace(EVENT, "date_effet: 2013-01-01"))
    )
    assert "d’une revue, qui se tient au moins une fois par an." in longer


def it_lets_each_agency_sanction_for_itself(cpom: Type) -> None:
    alone, both = said(printed(cpom, "")), said(printed(cpom, "", SOCLE))
    assert "\nLe directeur général de l’agence adresse" in alone
    assert "\nLe directeur général de l’agence concernée adresse" in both
    assert "chaque agence peut, pour ce qui la concerne, résilier" in both
    assert "communique sans délai à l’autre ses mises en demeure" in both
    assert "chaque agence" not in alone


def it_closes_what_is_said_of_who_signs(cpom: Type) -> None:
    found = said(printed(cpom, "", SOCLE))
    assert (
        "par Prénom Nom, présidente, et par l’administrateur du réseau, en vertu d’une habilitation donnée par" in found
    )
    assert "représentée par le président et par l’administrateur du réseau, en vertu" in said(printed(cpom, ""))
    assert "\nd’autre part.\nEst associée" in found


def it_rules_the_cover_once(cpom: Type) -> None:
    styles = [paragraph.style for paragraph in paragraphs(printed(cpom, "", SOCLE).sections[0].blocks)]
    assert styles[:2] == ["Couverture agence", "Couverture agence suivante"]


def it_names_several_promoteurs_as_a_list(cpom: Type) -> None:
    text = (ROOT / "contracts/grand-nancy.yaml").read_text(encoding="utf-8").replace("grand-nancy", "arespa")
    found = said(printed(cpom, "", text))
    assert "\nL’Association du réseau territorial" in found
    assert "\nl’Association nancéienne pour" in found
    assert "\net l’Association nancéienne de coordination" in found
    assert "– ARS de Lorraine – ARTGN, ANMR et ANCA\n" in found
    assert "et l’ensemble constitué par les réseaux de santé ainsi désignés, « le réseau »," in found


def it_says_on_whose_behalf_a_delegate_signs(cpom: Type) -> None:
    delegate = "delegation: {reference: décision n° 1, au_nom_de: {qualite: directrice générale, genre: f}}"
    found = said(printed(cpom, "", changed((DIRECTOR, f"{DIRECTOR}\n          {delegate}"))))
    assert "agissant par délégation de la directrice générale (décision n° 1)," in found
    assert "\nPour la directrice générale et par délégation,\nLa directrice générale\nDécision n° 1\n" in found


def it_tells_what_is_not_concerned_from_what_is_not_known(cpom: Type) -> None:
    imprime = printed(cpom, "")
    (annexe,) = (section for section in imprime.sections if section.name == "annexe-4")
    read = [[paragraph.text for cell in row.cells for paragraph in paragraphs(cell.blocks)] for row in _rows(annexe)]
    partial = [row for row in read if "–" in row]
    assert partial
    assert [row.count("non déterminé") for row in read if "non déterminé" in row] == [6]
    assert not [row for row in partial if "non déterminé" in row]


def _rows(section: Section) -> Iterator[Row]:
    return (row for table in tables(section.blocks) for row in table.rows)
