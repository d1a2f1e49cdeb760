"""The law of health establishments, by the day of conclusion, on a type of contract of which rules know roles alone."""

from __future__ import annotations

import pytest
from examined import changed
from memory import contract_of, schema_of

from cpomgen.examine import Dossier, examine
from cpomgen.problem import Problem
from cpomgen.rules import etablissements
from cpomgen.rules.mots import lengths
from cpomgen.schema import Schema

LAW = (*etablissements.DECRET_2010, *etablissements.ORDONNANCE_2020, *etablissements.DECRET_2025)
CODES = {"CPOM403", "CPOM404", *(rule.code for rule in LAW)}
FIELDS = """
premier: {type: date, meta: {role: date_effet}}
dernier: {type: date, meta: {role: date_fin}}
conclu: {type: date, meta: {role: date_conclusion}}
sorte:
  type: choix
  allowed: [soins, machines]
  meta: {libelle: Sorte, role: typologie, faits: {machines: titulaire_hors_etablissement}}
buts:
  type: list
  meta: {role: objectifs}
  schema:
    type: dict
    meta: {intitule_par: but}
    schema:
      but: {type: ligne, meta: {role: libelle_strategique}}
      pour: {type: date, meta: {role: echeance_objectif}}
      mesures:
        type: list
        meta: {role: indicateurs}
        schema:
          type: dict
          meta: {intitule_par: quoi}
          schema:
            quoi: {type: ligne}
            sorte:
              type: choix
              allowed: [fait, gain]
              meta: {role: type_indicateur, faits: {gain: mesure_un_resultat}}
            sens: {type: ligne, meta: {role: definition_indicateur}}
            compte_en: {type: ligne, meta: {role: unite}}
            cible: {type: ligne, meta: {role: valeurs_cibles}}
            pris_de: {type: ligne, meta: {role: source_indicateur}}
milieu: {type: date, meta: {role: evaluation_mi_parcours}}
rapport: {type: ligne, meta: {role: delai_rapport}}
demande: {type: date, meta: {role: demande_renouvellement}}
suite: {type: texte, meta: {role: modalites_renouvellement}}
plafond: {type: ligne, meta: {role: plafond_penalite}}
sanctions:
  type: list
  meta: {role: sanctions}
  schema:
    type: dict
    meta: {intitule_par: quoi}
    schema:
      quoi: {type: ligne}
      mesure: {type: ligne, meta: {role: mesure}}
      comment: {type: texte, meta: {role: procedure}}
libre: {type: texte, meta: {libelle: Texte libre}}
actes:
  type: list
  meta: {role: avenants}
  schema:
    type: dict
    schema:
      rang: {type: entier, meta: {role: numero_avenant}}
      jour: {type: date, meta: {role: date_avenant}}
prorogation: {type: ligne, meta: {role: fondement_prorogation}}
"""
CONTRACT = """\
premier: 2019-01-01
dernier: 2023-12-31
conclu: 2018-12-20
sorte: soins
buts:
  - but: Raccourcir l'attente
    pour: 2021-06-30
    mesures: [{quoi: Délai, sorte: gain, sens: D, compte_en: j, cible: "10", pris_de: S}]
milieu: 2021-06-30
rapport: un mois
demande: 2022-12-31
suite: Le silence gardé quatre mois par l'agence vaut renouvellement ; tout refus est motivé.
plafond: 5 % des produits reçus de l'assurance maladie
sanctions: [{quoi: Retard, mesure: Pénalité, comment: "Mise en demeure d'un mois, renouvelable une fois."}]
libre: Rien.
"""
Changes = tuple[tuple[str, str], ...]
OLD: Changes = ()  # as it stands: under the text of 2010
MIDDLE: Changes = (("2018-12-20", "2020-11-18"), ("2019-01-01", "2021-01-01"), ("2023-12-31", "2025-12-31"))
MIDDLE += (("2021-06-30", "2023-06-30"), ("2022-12-31", "2024-12-31"))
NEW: Changes = (("2018-12-20", "2025-02-27"), ("2019-01-01", "2025-03-01"), ("2023-12-31", "2030-02-28"))
NEW += (("2021-06-30", "2027-08-31"), ("2022-12-31", "2029-02-28"))
LAWS = {"2010": OLD, "2020": MIDDLE, "2025": NEW}
MEASURE = "    mesures: [{quoi: M, sorte: gain, sens: D, compte_en: j, cible: '1', pris_de: S}]\n"
TEN = "buts:\n" + "".join(f"  - but: But {n}\n{MEASURE}" for n in range(10))


def kind() -> Schema:
    """Return the small type of contract, under the regime of establishments."""
    found = schema_of(FIELDS)
    return Schema(found.type, "etablissements", found.libelle, found.root)


KIND = kind()


def problems(text: str, *changes: tuple[str, str], settled: bool = False) -> list[Problem]:
    """Return what these rules find in a contract once it is changed."""
    contrat = contract_of(KIND, changed(*changes, text=text))
    return [each for each in examine(Dossier(contrat, KIND, settled)) if each.code in CODES]


def told(law: str, *changes: tuple[str, str], settled: bool = False) -> list[str]:
    """Return what is found in the contract of a law: code, weight, and a mark of doubt when it is to be verified."""
    text = changed(*LAWS[law], text=CONTRACT)
    return [
        f"{each.code} {each.severity.value}{' ?' if 'à vérifier' in each.article else ''}"
        for each in problems(text, *changes, settled=settled)
    ]


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("law", LAWS)
def it_has_nothing_to_say_of_a_sound_contract(law: str, settled: bool) -> None:  # noqa: FBT001 - a table
    assert told(law, settled=settled) == []


ASKED: dict[str, tuple[tuple[str, str], list[str]]] = {
    "ten objectives": (("buts:\n", f"{TEN}"), ["", "", "CPOM493 avertissement"]),
    "no evaluation": (("milieu:", "# :"), ["", "CPOM494 avertissement ?", "CPOM494 avertissement"]),
    "no yearly report": (("rapport:", "# :"), ["CPOM437 avertissement ?", "CPOM437 avertissement ?", ""]),
    "no target": ((', cible: "10"', ""), ["CPOM430 avertissement ?", "CPOM430 avertissement ?", ""]),
    "a machine": (("sorte: soins", "sorte: machines"), ["", "", "CPOM496 avertissement"]),
    "a pôle": (("libre: Rien", "libre: Le pôle de santé"), ["", "", "CPOM497 avertissement"]),
    "a short notice": (
        ("demeure d'un mois", "demeure de quinze jours"),
        ["CPOM429 avertissement", "CPOM429 avertissement", "CPOM429 avertissement ?"],
    ),
    "no ceiling": (("plafond:", "# :"), ["CPOM427 avertissement"] * 3),
    "a high ceiling": (("plafond: 5 %", "plafond: 5,5 %"), ["CPOM428 avertissement ?"] * 3),
    "a silence that refuses": (
        ("vaut renouvellement", "vaut rejet"),
        ["CPOM499 avertissement ?", "CPOM499 avertissement", "CPOM499 avertissement"],
    ),
    "six months of silence": (
        ("quatre mois", "six mois"),
        ["CPOM499 avertissement ?", "CPOM499 avertissement", "CPOM499 avertissement"],
    ),
}


@pytest.mark.parametrize("what", ASKED)
def it_asks_what_the_law_of_its_conclusion_asks(what: str) -> None:
    change, expected = ASKED[what]
    found = [[each for each in told(law, change) if each[:7] != "CPOM488"] for law in LAWS]  # of one indicator
    assert found == [[each] if each else [] for each in expected]


def it_stops_at_signature_what_the_law_forbids_for_sure() -> None:
    assert told("2025", ("buts:\n", TEN), settled=True) == ["CPOM493 erreur"]
    assert told("2025", ("sorte: soins", "sorte: machines"), settled=True) == ["CPOM496 erreur"]
    late = ("demande: 2029-02-28", "demande: 2029-03-01")
    assert told("2025", late, settled=True) == ["CPOM498 erreur"]
    assert told("2010", ("demande: 2022-12-31", "demande: 2023-01-01"), settled=True) == ["CPOM498 avertissement ?"]


def it_counts_once_an_objective_declined_twice() -> None:
    assert told("2025", ("buts:\n", TEN.replace("But 9", "But 8"))) == []


def it_says_by_when_renewal_is_asked() -> None:
    text = changed(*NEW, text=CONTRACT)
    (found,) = problems(text, ("demande: 2029-02-28", "demande: 2029-09-01"))
    assert found.remedy == "au plus tard : demande: 2029-02-28"
    (found,) = problems(text, ("demande: 2029-02-28", "demande: 2024-01-01"))
    assert "avant que le contrat prenne effet" in found.message


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-01", ["CPOM495 avertissement ?"]),
        ("2026-10-30", ["CPOM495 avertissement ?"]),
        ("2026-11-01", []),
        ("2028-06-01", []),
        ("2028-07-31", ["CPOM495 avertissement ?"]),
        ("2030-03-01", ["CPOM404 erreur"]),
        ("2025-02-28", ["CPOM404 erreur"]),
    ],
)
def it_wants_the_evaluation_near_the_middle(day: str, expected: list[str]) -> None:
    assert told("2025", ("milieu: 2027-08-31", f"milieu: {day}")) == expected


def it_wants_each_objective_due_within_the_contract() -> None:
    assert told("2010", ("pour: 2021-06-30", "pour: 2024-01-01")) == ["CPOM404 erreur"]


def it_limits_a_contract_to_five_years_by_the_law_of_establishments() -> None:
    (found,) = problems(changed(("dernier: 2023-12-31", "dernier: 2024-12-31"), text=CONTRACT))
    assert (found.code, found.severity.value, found.source) == ("CPOM405", "erreur", "loi, L. 6114-1 CSP")
    assert problems(changed(("dernier: 2023-12-31", "dernier: 2024-12-31\nprorogation: T"), text=CONTRACT)) == []


def it_keeps_a_contract_under_the_law_of_its_conclusion_whatever_amends_it() -> None:
    later = ("libre: Rien.\n", "libre: Le pôle de santé.\nactes: [{rang: 1, jour: 2023-06-01}]\n")
    assert told("2010", ("buts:\n", TEN), later, settled=True) == []
    assert told("2020", ("buts:\n", TEN), (later[0], later[1].replace("2023-06-01", "2025-06-01"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le Pôle de santé du Val (exemple) coopère.",
        "Le pôle santé-travail coopère.",
    ],
)
def it_leaves_proper_names_alone(text: str) -> None:
    assert told("2025", ("libre: Rien.", f"libre: {text}")) == []


def it_knows_no_law_of_establishments_before_the_decree() -> None:
    before = (("2018-12-20", "2010-10-06"), ("2019-01-01", "2011-01-01"), ("2023-12-31", "2015-12-31"))
    days = (("2021-06-30", "2013-06-30"), ("2022-12-31", "2014-12-31"))
    (found,) = problems(changed(*before, *days, text=CONTRACT))
    assert (found.code, found.severity.value) == ("CPOM403", "avertissement")
    assert found.message.startswith(
        "aucune règle de droit n'est connue ici pour ce contrat (régime « etablissements »)"
    )
    assert "règles connues depuis le 7\u00a0octobre 2010" in found.remedy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("un mois, renouvelable une fois", [30]),
        ("dans les quinze (15) jours, puis deux mois", [15, 60]),
        ("au bout de 120 jours", [120]),
        ("sans délai", []),
    ],
)
def it_reads_the_lengths_of_a_sentence(words: str, expected: list[int]) -> None:
    assert lengths(words) == expected
