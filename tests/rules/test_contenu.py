"""What the contract holds: contents of the code, orientations, annexes, pieces, clauses."""

from __future__ import annotations

import pytest
from petit import PETIT, codes, problems, told

ALL = "contenu: [1°, 2°, 3°, 4°, 5°, 6°]"
PROJET = "      - {id: projet, nature: projet_sante, intitule: Projet, date: 2011-11-30}\n"
DOSSIER = "{id: dossier, nature: dossier_promoteur, intitule: Dossier}"
ORIENTATIONS = "orientations: [{id: O1, intitule: Couvrir la région, prs: [volet ambulatoire]}]"
ANNEXES = PETIT[PETIT.index("annexes:") : PETIT.index("suivi:")]
ANNEXE_2 = PETIT[PETIT.index("  appui_coordination:") : PETIT.index("  articulation_acteurs:")]
CLAUSE_4 = "{id: c1, article: annexe_4, texte: Clause.}"
TRANSITIONAL = ("nature: complet", "nature: transitoire")


def it_asks_for_each_of_the_six_contents() -> None:
    assert told((ALL, "contenu: [1°, 2°, 3°, 5°, 6°]"), settled=True) == [
        "erreur CPOM451 : le contrat ne répond pas au 4° de l'article D. 6114-11 : la qualité et la sécurité des soins."
    ]
    assert codes((ALL, "contenu: [1°]")) == ["CPOM451"] * 5
    assert {each.severity.value for each in problems((ALL, "contenu: [1°]"))} == {"avertissement"}


@pytest.mark.parametrize(
    "answer",
    [
        ("  modalites: Chaque année.\nsanctions:", "sanctions:"),
        ("contenus_sans_objet: [{id: n5, contenu: 5°, raison: aucune}]\nsanctions:", "sanctions:"),
        ("{id: c1, article: annexe_4, texte: Clause., contenu: [5°]}", CLAUSE_4),
    ],
)
def it_takes_a_text_a_clause_or_a_reason_for_an_answer(answer: tuple[str, str]) -> None:
    text, place = answer
    assert codes((ALL, "contenu: [1°, 2°, 3°, 4°, 6°]"), (place, text), settled=True) == []


@pytest.mark.parametrize("given", ["contenu: 1°", "contenu: [1°, [2°]]", "orientation: [O1]"])
def it_says_nothing_of_contents_that_cannot_be_read(given: str) -> None:
    found = codes((ALL, given)) if given.startswith("contenu") else codes(("orientation: O1", given))
    assert found == ["CPOM210"]


def it_warns_of_a_content_both_answered_and_void() -> None:
    void = ("sanctions:", "contenus_sans_objet: [{id: n5, contenu: 5°, raison: aucune}]\nsanctions:")
    assert told(void, settled=True) == ["avertissement CPOM452 : le 5° est dit sans objet, et le contrat y répond."]


def it_asks_that_an_objective_decline_each_orientation() -> None:
    second = (ORIENTATIONS, ORIENTATIONS.replace("]}]", "]}, {id: O2, intitule: Soigner, prs: [volet]}]"))
    said = "CPOM453 : aucun objectif des annexes ne décline l'orientation « Soigner »."
    assert told(second) == [f"avertissement {said}"]
    assert told(second, settled=True) == [f"erreur {said}"]
    assert problems(second)[0].remedy == "écrivez orientation: O2 dans un objectif qui la met en œuvre."


@pytest.mark.parametrize(
    "piece",
    ["", "      - {id: projet, nature: projet_sante}\n", "      - {id: projet, nature: autre, intitule: Projet}\n"],
)
def it_asks_for_the_pieces_that_the_code_annexes(piece: str) -> None:
    said = "CPOM454 : une pièce exigée n'est ni jointe ni dite « néant » : le projet de santé."
    assert told((PROJET, piece)) == [f"avertissement {said}"]
    assert told((PROJET, piece), settled=True) == [f"erreur {said}"]


def it_says_nothing_of_pieces_that_cannot_be_read() -> None:
    assert codes((PROJET, "      - 12\n"), settled=True) == ["CPOM210"]


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        (
            "{id: dossier, nature: dossier_promoteur}",
            "la pièce « dossier promoteur » n'a pas d'intitulé : le document imprime un tiret.",
        ),
        (
            "{id: dossier, nature: dossier_promoteur, intitule: Dossier, neant: aucun}",
            "la pièce « dossier promoteur » a un intitulé, et elle est dite « néant ».",
        ),
    ],
)
def it_warns_of_a_piece_that_neither_is_nor_is_not(piece: str, said: str) -> None:
    assert told((DOSSIER, piece), settled=True) == [f"avertissement CPOM455 : {said}"]


@pytest.mark.parametrize(("day", "expected"), [("2012-06-18", []), ("2012-06-19", ["CPOM456"])])
def it_warns_of_a_piece_that_follows_the_signature(day: str, expected: list[str]) -> None:
    assert codes(("date: 2011-11-30", f"date: {day}"), settled=True) == expected


def it_asks_a_complete_contract_for_its_annexes() -> None:
    said = "CPOM457 : un contrat complet dit ses annexes 1 à 4 opposables : l'annexe 2 manque."
    assert told((ANNEXE_2, "")) == [f"avertissement {said}"]
    assert told((ANNEXE_2, ""), settled=True) == [f"erreur {said}"]


def it_asks_for_no_annex_that_cannot_be_read() -> None:
    assert codes((ANNEXE_2, "  appui_coordination: plus tard\n"), settled=True) == ["CPOM210"]


def it_refuses_the_annexes_of_a_socle_that_says_it_has_none() -> None:
    said = "CPOM457 : le contrat est un socle transitoire, et se dit sans aucune annexe : il en a."
    assert told(TRANSITIONAL) == [f"avertissement {said}"]
    assert told(TRANSITIONAL, settled=True) == [f"erreur {said}"]


def it_holds_a_socle_only_to_what_a_socle_must_have() -> None:
    assert codes(TRANSITIONAL, (ANNEXES, ""), (CLAUSE_4, CLAUSE_4.replace("annexe_4", "suivi")), settled=True) == []


def it_does_not_guess_the_nature_that_cannot_be_read() -> None:
    assert set(codes(("nature: complet", "nature: [complet]"), (PROJET, ""), settled=True)) == {"CPOM210"}


def it_warns_of_an_orientation_that_cites_nothing_of_the_region() -> None:
    said = "CPOM458 : l'orientation « Couvrir la région » ne cite aucune partie du projet régional de santé."
    assert told((", prs: [volet ambulatoire]", ""), settled=True) == [f"avertissement {said}"]


def it_refuses_a_clause_that_would_be_printed_nowhere() -> None:
    gone = (("article: annexe_4", "article: annexe_2"), (ANNEXE_2, ""))
    (found,) = [each for each in problems(*gone) if each.code == "CPOM459"]
    assert (found.code, found.severity.value, found.source) == ("CPOM459", "erreur", "")
    assert codes(("article: annexe_4", "article: annexe_2")) == []


def it_wants_a_title_for_a_clause_that_is_an_article() -> None:
    assert codes(("article: autonome, intitule: Communication,", "article: autonome,"), settled=True) == ["CPOM460"]


@pytest.mark.parametrize(
    ("rule", "change", "settled"),
    [
        ("CPOM453", ("        orientation: O1\n", ""), True),
        ("CPOM457", (ANNEXE_2, ""), True),
        ("CPOM460", ("intitule: Communication, ", ""), False),
    ],
)
def it_lets_parties_off_what_the_law_leaves_to_them(rule: str, change: tuple[str, str], settled: bool) -> None:  # noqa: FBT001
    waiver = ("sanctions:", f"derogations: [{{regle: {rule}, fondement: accord écrit}}]\nsanctions:")
    (found,) = problems(change, waiver, settled=settled)
    assert (found.code, found.waiver) == (rule, "accord écrit")


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("CPOM451", (ALL, "contenu: [1°, 2°, 3°, 4°, 5°]")),
        ("CPOM454", (PROJET, "")),
        ("CPOM461", ("    versement: En deux fois.\n", "")),
        ("CPOM441", ("qualite: directrice générale", "qualite: adjointe")),
    ],
)
def it_lets_nobody_off_the_law(rule: str, change: tuple[str, str]) -> None:
    waiver = ("sanctions:", f"derogations: [{{regle: {rule}, fondement: accord}}]\nsanctions:")
    assert sorted(codes(change, waiver, settled=True)) == ["CPOM401", rule]
