"""Parties: who signs and by what right, who is there twice, what a promoteur owes."""

from __future__ import annotations

import pytest
from petit import codes, problems, told

DG = "qualite: directrice générale, genre: f"
NOM = "nom: agence régionale de santé de Bretagne"
SECOND = """\
    - id: ars2
      nom: agence régionale de santé de Normandie
      signataires: [{id: d2, qualite: directeur général, genre: m}]
  promoteurs:"""
TWO = "« agence régionale de santé de Normandie » ne peut l'être aussi."
RESEAUX = "reseaux: [{id: appui, nom: Appui}]"
CONCLUSION = "date_conclusion: 2012-06-18"
SINCE_2022 = ("date_conclusion: 2012-06-18", "date_conclusion: 2022-01-02")
PIECES = "    pieces:\n"


def it_finds_nothing_to_say_of_sound_parties() -> None:
    assert told() == told(settled=True) == []


@pytest.mark.parametrize(
    "who", ["Directeur général", "directrice générale par intérim", "directeur general", "DG de l'ARS"]
)
def it_knows_a_director_general(who: str) -> None:
    assert told((DG, f"qualite: {who}, genre: m"), settled=True) == []


@pytest.mark.parametrize("who", ["directeur de l'offre de soins", "directrice générale adjointe", "président"])
def it_asks_each_agency_for_its_director(who: str) -> None:
    expected = "CPOM441 : ni la direction générale de « agence régionale de santé de Bretagne », ni une personne"
    (project,) = told((DG, f"qualite: {who}, genre: m"))
    (settled,) = told((DG, f"qualite: {who}, genre: m"), settled=True)
    assert project.startswith(f"avertissement {expected}")
    assert settled.startswith(f"erreur {expected}")


def it_takes_a_delegation_for_the_director() -> None:
    given = "qualite: directeur de l'offre de soins, genre: m, delegation: {reference: D. 5, date: 2012-06-18}"
    assert told((DG, given), settled=True) == []


@pytest.mark.parametrize(
    ("delegation", "expected"),
    [
        ("date: 2012-06-18, date_fin: 2012-06-18", []),
        ("date: 2012-06-19", ["CPOM442"]),
        ("date: 2012-01-01, date_fin: 2012-06-17", ["CPOM442"]),
        ("date: 2012-03-01, date_fin: 2012-02-01", ["CPOM442"]),
        ("date_fin: 2012-12-31", ["CPOM443"]),
        ("date: demain", ["CPOM210"]),
    ],
)
def it_asks_that_a_delegation_be_in_force(delegation: str, expected: list[str]) -> None:
    given = f"{DG}, delegation: {{reference: D. 5, {delegation}}}"
    assert codes((DG, given), settled=True) == expected


def it_warns_of_a_delegation_on_a_project_and_refuses_it_once_settled() -> None:
    given = (DG, f"{DG}, delegation: {{reference: D. 5, date: 2012-06-19}}")
    said = "CPOM442 : la délégation, du 19\u00a0juin 2012, est postérieure à la signature prévue le 18\u00a0juin 2012."
    assert told(given) == [f"avertissement {said}"]
    assert told(given, settled=True) == [f"erreur {said}"]


@pytest.mark.parametrize(("avenant", "expected"), [("2012-12-12", []), ("2013-06-20", ["CPOM442"])])
def it_judges_a_delegation_on_the_day_of_the_last_avenant(avenant: str, expected: list[str]) -> None:
    given = f"{DG}, delegation: {{reference: D. 5, date: 2012-10-01, date_fin: 2012-12-31}}"
    announced = f"avenants: [{{numero: 1, objet: Essai, date: {avenant}, date_effet: {avenant}}}]\norientations:"
    found = [each for each in told((DG, given), ("orientations:", announced), settled=True) if "CPOM442" in each]
    assert [each.split()[1] for each in found] == expected
    assert all("avant la signature de son dernier avenant, le 20\u00a0juin 2013." in each for each in found)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("date_effet: 2012-01-01, date_fin: 2013-12-31", ["CPOM444"]),
        ("date_effet: 2012-01-01, date_fin: 2013-12-31, effet_retroactif: Convenu.", []),
        (
            "date_effet: 2012-01-01, date_fin: 2013-12-31, date_conclusion: 2012-05-21, effet_retroactif: O.",
            ["CPOM444"],
        ),
        ("date_effet: 2012-01-01, date_fin: 2013-12-31, date_conclusion: 2012-05-22, effet_retroactif: O.", []),
    ],
)
def it_compares_an_habilitation_with_the_day_of_signature(dates: str, expected: list[str]) -> None:
    known = "date_effet: 2012-01-01, date_fin: 2013-12-31, date_conclusion: 2012-06-18, effet_retroactif: Convenu."
    assert codes((known, dates), ("date: 2011-11-30", "date: 2011-01-01")) == expected


def it_asks_for_the_habilitation_once_the_contract_is_settled() -> None:
    none = ("      habilitation: {acte: délibération, date: 2012-05-22}\n", "")
    assert codes(none) == []
    said = "rien ne dit quel acte autorise la signature de « Association pour l’appui »."
    assert told(none, settled=True) == [f"avertissement CPOM444 : {said}"]


@pytest.mark.parametrize(
    ("pilots", "expected"),
    [
        (("", ""), ["avertissement CPOM445 : 2 agences concluent le contrat, aucune ne le conduit."]),
        (("pilote: oui\n      ", ""), []),
        (
            ("pilote: oui\n      ", "pilote: oui\n      "),
            ["avertissement CPOM445 : « agence régionale de santé de Bretagne » est déjà l'agence pilote : " + TWO],
        ),
    ],
)
def it_wants_one_agency_to_lead(pilots: tuple[str, str], expected: list[str]) -> None:
    second = SECOND.replace("ars2\n      ", f"ars2\n      {pilots[1]}")
    assert told(("  promoteurs:", second), (NOM, pilots[0] + NOM)) == expected


def it_leaves_alone_an_agency_whose_lead_cannot_be_read() -> None:
    assert codes(("  promoteurs:", SECOND), (NOM, f"pilote: peut-être\n      {NOM}")) == ["CPOM210"]


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (("  promoteurs:", SECOND.replace("Normandie", "BRETAGNE").replace("ars2\n", "ars2\n      pilote: oui\n")), 1),
        ((RESEAUX, "reseaux: [{id: appui, nom: Appui}, {id: appui2, nom: appuï}]"), 1),
        ((RESEAUX, "reseaux: [{id: appui, nom: Appui}, {id: autre, nom: Autre}]"), 0),
    ],
)
def it_warns_of_a_party_that_is_there_twice(change: tuple[str, str], count: int) -> None:
    assert codes(change) == ["CPOM446"] * count


@pytest.mark.parametrize(("day", "expected"), [("2022-07-24", []), ("2022-07-25", ["CPOM447"])])
def it_warns_of_a_network_once_there_are_only_dac(day: str, expected: list[str]) -> None:
    pieces = (PIECES, f"{PIECES}      - {{id: cer, nature: engagement_republicain, intitule: Engagement}}\n")
    found = problems((CONCLUSION, f"date_conclusion: {day}"), pieces)
    assert [each.code for each in found] == expected
    assert all("(règle à vérifier)" in each.source for each in found)


@pytest.mark.parametrize(
    ("kind", "count"), [("reseau", 1), ("dac", 0), ("dsr", 0), ("maison_sante", 0), ("hopital", 0)]
)
def it_warns_of_a_network_only(kind: str, count: int) -> None:
    late = ("date_conclusion: 2012-06-18", "date_conclusion: 2022-07-25")
    said = codes(late, ("  promoteurs:", f"  structure: {kind}\n  promoteurs:"))
    assert said.count("CPOM447") == count


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DAC Appui", ["écrivez nom: Appui"]),
        ("dispositif d'appui à la coordination Appui", ["écrivez nom: Appui"]),
        ("Réseau Appui", []),
    ],
)
def it_gives_a_name_without_the_kind_of_structure_that_is_added(name: str, expected: list[str]) -> None:
    kind = ("  promoteurs:", "  structure: dac\n  promoteurs:")
    found = problems(("nom: Appui}", f"nom: {name}}}"), kind)
    assert [each.remedy for each in found if each.code == "CPOM450"] == expected


@pytest.mark.parametrize(
    ("day", "form", "expected"),
    [
        ("2022-01-01", "association", []),
        ("2022-01-02", "Association reconnue d'utilité publique", ["CPOM448"]),
        ("2022-01-02", "fondation", ["CPOM448"]),
        ("2022-01-02", "groupement de coopération sanitaire", []),
    ],
)
def it_asks_an_association_for_its_engagement_since_2022(day: str, form: str, expected: list[str]) -> None:
    form_now = ("forme_juridique: association régie par la loi du 1er juillet 1901", f"forme_juridique: {form}")
    assert codes((CONCLUSION, f"date_conclusion: {day}"), form_now) == expected


def it_refuses_to_settle_without_the_engagement_unless_there_is_a_reason() -> None:
    said = "« Association pour l’appui » doit avoir souscrit le contrat d'engagement républicain : il n'est pas joint."
    assert told(SINCE_2022, settled=True) == [f"erreur CPOM448 : {said}"]
    reason = f"{PIECES}      - {{id: cer, nature: engagement_republicain, neant: reconnue d'utilité publique}}\n"
    assert told(SINCE_2022, (PIECES, reason), settled=True) == []


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Mme Un Nom", ["CPOM449"]),
        ("Dr Nom", ["CPOM449"]),
        ("direction et M. Nom", ["CPOM449"]),
        ("Madame la directrice", []),
        ("MAIA du secteur", []),
    ],
)
def it_warns_of_a_person_named_for_a_function(who: str, expected: list[str]) -> None:
    assert codes(("la direction du réseau", who)) == expected
    assert codes(("libelle: Recruter, pilote: direction", f"libelle: Recruter, pilote: {who}")) == expected


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ((NOM, "nom: L'agence régionale de santé de Bretagne"), "écrivez nom: agence régionale de santé de Bretagne"),
        ((DG, "qualite: la directrice générale, genre: f"), "écrivez qualite: directrice générale"),
        (("nom: Appui}", "nom: le réseau de santé Appui}"), "écrivez nom: Appui"),
        (("personne_morale: Ass", "personne_morale: l'Ass"), "écrivez personne_morale: Association pour l’appui"),
    ],
)
def it_gives_a_name_without_the_article_that_is_added(change: tuple[str, str], remedy: str) -> None:
    (found,) = problems(change)
    assert (found.code, found.severity.value, found.remedy) == ("CPOM450", "avertissement", remedy)


def it_lets_a_name_begin_with_a_capital_article() -> None:
    assert codes(("personne_morale: Association", "personne_morale: La Maison"), ("nom: Appui}", "nom: Le Lien}")) == []
