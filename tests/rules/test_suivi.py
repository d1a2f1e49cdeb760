"""The yearly review, sanctions, objectives, actions, indicators, populations."""

from __future__ import annotations

import pytest
from petit import PETIT, STIPULE, codes, problems, told

RAPPORT = "rapport_etape: {delai: un mois}"
LETTRE = "lettre_observations: {delai: un mois}"
MESURE = "mesure: Reprise des sommes."
ACTIONS = "            actions: [{id: A1.1-a, libelle: Recruter, pilote: direction, echeance: 2012-12-31}]\n"
INDICATORS = PETIT[PETIT.index("            indicateurs:") : PETIT.index("  appui_coordination:")]


@pytest.mark.parametrize(
    ("delay", "report", "letter"),
    [
        ("quinze jours", ["CPOM481"], []),
        ("29 jours", ["CPOM481"], []),
        ("trente (30) jours", [], []),
        ("31 jours", [], []),
        ("six semaines", [], ["CPOM481"]),
        ("deux mois", [], ["CPOM481"]),
        ("avant l'été", ["CPOM482"], ["CPOM482"]),
        ("[un mois]", ["CPOM210"], ["CPOM210"]),
    ],
)
def it_holds_the_review_to_a_month_before_and_after(delay: str, report: list[str], letter: list[str]) -> None:
    assert codes((RAPPORT, f"rapport_etape: {{delai: {delay}}}"), settled=True) == report
    assert codes((LETTRE, f"lettre_observations: {{delai: {delay}}}"), settled=True) == letter


def it_says_where_a_month_comes_from() -> None:
    (found,) = problems((RAPPORT, "rapport_etape: {delai: huit jours}"), settled=True)
    assert (found.severity.value, found.source) == ("avertissement", "modèle, article 3")
    assert found.message == "le rapport d'étape n'est remis que huit jours avant la revue : le modèle veut un mois."


def it_reads_the_notice_of_termination_too() -> None:
    assert codes(("sanctions:", "resiliation: {preavis: raisonnable}\nsanctions:")) == ["CPOM482"]


def it_asks_who_is_at_the_review() -> None:
    none = ("  membres: [la direction du réseau]\n", "")
    assert told(none, settled=True) == ["avertissement CPOM483 : rien ne dit qui participe à la revue annuelle."]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("Une pénalité de 5 %.", ["CPOM484"]),
        ("Astreinte de 10 € par jour.", ["CPOM484"]),
        ("Une pénalité.\n", ["CPOM484"]),
        ("Amender le plan d'actions.", []),
    ],
)
def it_warns_of_a_penalty_that_no_procedure_frames(measure: str, expected: list[str]) -> None:
    quoted = f'mesure: "{measure.strip()}"'
    assert codes((MESURE, quoted), settled=True) == expected
    assert codes((MESURE, f"{quoted}, procedure: Mise en demeure."), settled=True) == []


def it_wants_a_procedure_of_a_sanction_when_the_template_has_none() -> None:
    silent = STIPULE - {"procedure"}
    said = "avertissement CPOM485 : la sanction « Annexe 4 » ne dit pas ce qui précède la mesure."
    assert told(settled=True, stipule=silent) == [said]
    assert codes((MESURE, f"{MESURE}, procedure: Mise en demeure."), stipule=silent) == []
    assert codes((MESURE, "mesure: Une amende."), stipule=silent) == ["CPOM484"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (((ACTIONS, ""),), "d'action"),
        (((INDICATORS, ""),), "d'indicateur"),
        (((ACTIONS, ""), (INDICATORS, "")), "d'action ni d'indicateur"),
    ],
)
def it_says_once_what_an_operational_objective_lacks(changes: tuple[tuple[str, str], ...], said: str) -> None:
    found = [each for each in told(*changes, settled=True) if "CPOM486" in each]
    assert found == [f"avertissement CPOM486 : l'objectif opérationnel « Ouvrir » n'a pas {said}."]


@pytest.mark.parametrize(
    ("given", "said", "remedy"),
    [
        (", echeance: 2012-12-31", "de pilote", "pilote"),
        (", pilote: direction", "d'échéance", "echeance"),
        ("", "de pilote ni d'échéance", "pilote et echeance"),
    ],
)
def it_says_once_what_an_action_lacks(given: str, said: str, remedy: str) -> None:
    (found,) = problems(("libelle: Recruter, pilote: direction, echeance: 2012-12-31", f"libelle: Recruter{given}"))
    assert (found.code, found.message) == ("CPOM487", f"l'action « Recruter » n'a pas {said}.")
    assert found.remedy == f"ajoutez {remedy}."


def it_says_once_what_an_indicator_lacks() -> None:
    bare = ("definition: D, unite: j, source: S, valeurs_cibles: {2013: 1}}", "valeur_initiale: 1}")
    missing = "une définition ou un mode de calcul, une unité, une valeur cible et une source"
    said = f"avertissement CPOM488 : il manque à l'indicateur « Délai » {missing}."
    assert told(bare, settled=True) == [said, said]


def it_takes_a_way_of_computing_for_a_definition() -> None:
    assert codes(("definition: D,", "mode_de_calcul: a / b,")) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("qualite", []), ("satisfaction", ["CPOM489"]), ("activite", ["CPOM489"]), ("[resultat]", ["CPOM210"])],
)
def it_wants_some_indicator_to_tell_what_is_obtained(kind: str, expected: list[str]) -> None:
    assert codes(("type: resultat", f"type: {kind}"), settled=True) == expected


@pytest.mark.parametrize(("people", "expected"), [("30", []), ("29", ["CPOM490"]), ("trente", ["CPOM210"])])
def it_counts_people_once(people: str, expected: list[str]) -> None:
    assert codes(("population: 30", f"population: {people}"), settled=True) == expected


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        (("pilote: direction,", "pilote: ,"), "CPOM487", "Exemple : pilote: direction du réseau"),
        (("source: rapport d'activité", "source:"), "CPOM488", "Exemple : source: dossier informatisé du réseau"),
        (("membres: [la direction du réseau]", "membres:"), "CPOM483", "Exemple : - la présidente ou"),
    ],
)
def it_points_to_the_line_that_is_left_blank_and_says_what_goes_in(
    written: tuple[str, str], code: str, hint: str
) -> None:
    found = next(each for each in problems(written) if each.code == code)
    line = PETIT.replace(*written).splitlines()[found.mark.line - 1]
    assert line[found.mark.column - 1 :].startswith(written[1])
    assert hint in found.remedy
