"""Words: what was left to be filled in, what was left open, what reads the same."""

from __future__ import annotations

import pytest
from examined import changed, problems, told

from cpomgen.rules.textes import HINTS, doubtful, placeholder
from cpomgen.typography import typography

ACTION = "libelle: Recruter et former une coordinatrice d'appui pour chacun des deux secteurs"
CALENDAR = "    La revue se tient chaque année au deuxième trimestre, à partir de 2013."

LEFT = (
    "L'Agence régionale de santé de XXXXXXXX",
    "XXXX",
    "XXX",
    "Il prendra effet à compter du XXXX",
    "2012-RES-xxx",
    "xxx",
    "le 12 juin 20XX",
    "exercice 201X",
    "à compléter",
    "À définir.",
    "A préciser",
    "Montant : à définir",
    "Le siège est à Besançon.\n\nÀ compléter",
    "- à renseigner",
    "Le pilote (à préciser) réunit le comité.",
    "Le pilote (à compléter par le réseau) réunit le comité.",
    "Indicateur À COMPLÉTER avec le réseau",
    "TODO",
    "TODO : écrire ce paragraphe",
    "…",
    "...",
    "Le montant est de ………… euros",
    "Le montant est de ....... euros",
    "Le montant est de .... euros",
    "né le ___________",
    "[à remplir]",
    "[date]",
    "[Il revient aux cocontractants de définir le régime de sanction]",
    "[Préciser ici les modalités de versement]",
    "L'agence de [nom de la région]",
    "<nom>",
    "L'association <nom du réseau> s'engage",
    "Lorem ipsum dolor sit amet",
    "???",
)
OPEN = (
    "Le calendrier reste à définir par avenant.",
    "Les modalités restent à préciser avec l'agence.",
    "des locaux à déterminer",
    "Les indicateurs sont à définir.",
    "La revue se tient […] au siège.",
    "Une clause [le promoteur ajoute ici ce qui convient] suit.",
    "Le lot XXX est attribué.",
)
PLAIN = (
    "",
    "Aider la personne à définir ses besoins et à remplir son dossier.",
    "Les fiches à compléter par le médecin sont fournies par le réseau.",
    "Le XXX de l'article 43 de la loi de finances",
    "au XXIe siècle, le tome XX et l'annexe XIX",
    "Les proches, les aidants, etc.",
    "Les proches, les aidants…",
    "Et si la personne refuse… elle en est informée.",
    "La loi dispose que « l'agence […] peut résilier » le contrat.",
    "La loi dispose que « l'agence [la directrice générale de cette agence] peut résilier ».",
    "voir la note [1], la décision [DOS/2012/37] et l'annexe [annexe documentaire]",
    "un délai [sic] de deux mois",
    "taux < 5 % et > 2 %",
    "écrire à <contact@arespa.org> ou voir <http://www.arespa.org>",
    "L'agence peut-elle résilier ?",
    "la méthodologie toDo-liste du service",
    "plans validés / plans élaborés × 100",
    "le dispositif d'appui (coordination) et sa définition",
    "C'est à préciser le parcours que sert la réunion.",
    "https://www.exemple.fr/a_b__c",
    "une coordination à temps complet à compléter si besoin",
)


@pytest.mark.parametrize("text", LEFT)
@pytest.mark.parametrize("printed", [False, True], ids=["typed", "set"])
def it_sees_what_is_left_to_fill(text: str, printed: bool) -> None:  # noqa: FBT001 - a table
    assert placeholder(typography(text) if printed else text)


@pytest.mark.parametrize("text", OPEN)
@pytest.mark.parametrize("printed", [False, True], ids=["typed", "set"])
def it_sees_what_may_be_left_open(text: str, printed: bool) -> None:  # noqa: FBT001 - a table
    text = typography(text) if printed else text
    assert not placeholder(text)
    assert doubtful(text)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("printed", [False, True], ids=["typed", "set"])
def it_lets_ordinary_words_be(text: str, printed: bool) -> None:  # noqa: FBT001 - a table
    text = typography(text) if printed else text
    assert (placeholder(text), doubtful(text)) == ("", "")


@pytest.mark.parametrize(
    "text",
    ["[nom " * 20000, "[a b " * 20000, "\n" * 100000 + "…", "…  " * 30000, "xxxx" * 20000 + "é", "<abc " * 20000],
)
def it_reads_a_hostile_text_in_one_go(text: str) -> None:
    placeholder(text)
    doubtful(text)


def it_reads_closely_whatever_holds_something() -> None:
    """What is looked for first, at little cost, lets nothing by."""
    for text in (*LEFT, *OPEN):
        assert any(hint in text.lower() for hint in HINTS), text


@pytest.mark.parametrize("settled", [False, True])
def it_refuses_a_placeholder_wherever_it_stands(settled: bool) -> None:  # noqa: FBT001 - a table
    (found,) = problems(changed((ACTION, "libelle: à compléter")), settled=settled)
    assert (found.code, found.severity.value) == ("CPOM431", "erreur")
    assert found.message == "« Action » contient encore « à compléter »."
    line = changed((ACTION, "libelle: à compléter")).splitlines()[found.mark.line - 1]
    assert line.strip() == "libelle: à compléter"


def it_warns_of_words_that_settle_nothing() -> None:
    (found,) = told((CALENDAR, "    Le calendrier de la revue reste à définir."))
    assert found.startswith("avertissement CPOM432 : « Calendrier de la revue » contient « reste à définir »")


def it_may_be_told_that_words_are_right() -> None:
    waiver = "\nderogations:\n  - {regle: CPOM431, fondement: c'est le nom du réseau}\n"
    (found,) = problems(changed(("          nom: ARESPA\n", "          nom: XXXX\n")) + waiver)
    assert found.waiver == "c’est le nom du réseau"


def it_warns_of_two_actions_of_one_objective_that_read_the_same() -> None:
    twin = "libelle: Installer chaque coordinatrice dans des locaux partagés avec un partenaire"
    (found,) = problems(changed((ACTION, twin.replace("Installer", "installer"))))
    assert (found.code, found.severity.value) == ("CPOM436", "avertissement")
    assert "le libellé d'une autre action du même objectif, ligne " in found.message


def it_lets_two_objectives_have_the_same_action() -> None:
    other = "libelle: Écrire et diffuser le référentiel de pratiques de la coordination d'appui"
    assert told((ACTION, other.replace("Écrire et diffuser", "Relire"))) == []
    far = (
        "libelle: Former toutes les coordinatrices au référentiel et l'inscrire dans le parcours des nouvelles recrues"
    )
    assert told((ACTION, far)) == []


def it_warns_of_two_sources_of_one_name() -> None:
    first = "libelle: Fonds d'intervention régional – coordination d'appui et direction"
    second = "libelle: Fonds d'intervention régional – fonctionnement, déplacements et locaux"
    (found,) = told((second, first))
    assert found.startswith("avertissement CPOM436")
    assert "d'une autre source" in found
