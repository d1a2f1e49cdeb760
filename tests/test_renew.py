"""The contract that follows another: what is kept is kept to the sign, all that is wrong in it is a blank."""

from __future__ import annotations

import difflib
import re
from datetime import date

import pytest
from generated import KINDS
from memory import ROOT, Files, problems_of, real_schema, schema_of, source

from cpomgen.blanks import blanks
from cpomgen.load import load
from cpomgen.pipeline import check
from cpomgen.project import kind_of
from cpomgen.renew import renew
from cpomgen.resolve import resolve
from cpomgen.schema import Schema
from cpomgen.term import Renewed, Term, renewed_id, term_after
from cpomgen.tree import WorkTree
from cpomgen.validate import validate

TREE = WorkTree(ROOT)
CONTRACTS = TREE.names("contracts", ".yaml")
TOLD = {
    "socle-transitoire": {"CPOM481"},  # the derogation that it had is not renewed
    "imagerie-calque": {"CPOM425"},  # as above
    "appui-cpts": {"CPOM448", "CPOM726"},  # which the law asks for since; another campaign
}
FATED = r" *(- )?(\w+): "
FATES = {
    *("identifiant", "numero", "dossier", "acte", "date", "reference", "date_effet", "date_fin", "date_conclusion"),
    *("arhgos", "mi_parcours", "demande"),
    *("valeur_initiale", "valeurs_cibles", "echeance", "valeurs", "statut", "montants", "total", "plafond", "nom"),
}
SCHEMA = """
identifiant: {type: code, meta: {role: identifiant}}
duree:
  type: dict
  schema:
    date_effet: {type: date, meta: {role: date_effet, libelle: Effet}}
    date_fin: {type: date, meta: {role: date_fin, libelle: Fin}}
    clause: {type: texte, meta: {reconduction: retirer, libelle: Clause}}
garde: {type: ligne}
secret: {type: ligne, meta: {reconduction: vider, libelle: Secret}}
long: {type: texte, meta: {reconduction: vider}}
jour: {type: date, meta: {reconduction: decaler, libelle: Jour}}
cibles:
  type: dict
  keysrules: {type: exercice}
  valuesrules: {type: nombre, meta: {reconduction: vider}}
  meta: {reconduction: decaler, libelle: Cibles}
poids: {type: dict, keysrules: {type: exercice}, valuesrules: {type: nombre}, meta: {reconduction: decaler}}
liste:
  type: list
  schema:
    type: dict
    schema:
      id: {type: code, required: true}
      retire: {type: ligne, meta: {reconduction: retirer}}
      vide: {type: ligne, meta: {reconduction: vider}}
      jour: {type: date, meta: {reconduction: decaler}}
avenants:
  type: list
  meta: {reconduction: retirer, libelle: Avenants}
  schema:
    type: dict
    schema: {date_fin: {type: date, meta: {role: nouvelle_fin}}, abandon: {type: texte, meta: {role: abandon}}}
"""
DUREE = "duree: {date_effet: 2012-01-01, date_fin: 2014-12-31}\n"


def small() -> Schema:
    return schema_of(SCHEMA)


def renewed(text: str) -> Renewed:
    return renew(source(text), text, small(), "suite")


def after(text: str) -> str:
    """Return what a few lines of a contract of 2012 to 2014 become."""
    made = renewed(DUREE + text).text
    duree = "duree: {date_effet: 2015-01-01, date_fin: 2017-12-31}\n"
    assert made.startswith(duree)
    return made.removeprefix(duree)


def following(name: str) -> tuple[str, Renewed]:
    path = f"contracts/{name}.yaml"
    found = load(TREE, path)
    schema = real_schema(kind_of(found, TREE))
    new = renewed_id(name, term_after(found, schema))
    return new, renew(found, TREE.read(path).decode(), schema, new)


@pytest.mark.parametrize("name", CONTRACTS)
def it_is_wrong_by_its_blanks_alone(name: str) -> None:
    new, made = following(name)
    contracts = (f"contracts/{each}.yaml" for each in CONTRACTS)
    paths = [*contracts, *(f"schemas/{kind}.yaml" for kind in KINDS), "campagne.yaml"]
    file = f"contracts/{new}.yaml"
    tree = Files({file: made.text, **{path: TREE.read(path) for path in paths}}, TREE)
    found = load(tree, file)
    lines = {each.mark.line for each in blanks(found, real_schema(kind_of(found, TREE)))}
    [outcome] = check(tree, [new])
    assert outcome.problems
    assert {each.code for each in outcome.problems if each.mark.line not in lines} == TOLD.get(name, set())


@pytest.mark.parametrize("name", CONTRACTS)
def it_keeps_to_the_sign_what_its_schema_does_not_change(name: str) -> None:
    old = TREE.read(f"contracts/{name}.yaml").decode()
    lines = difflib.ndiff(old.splitlines(), following(name)[1].text.splitlines())
    added = [line[2:] for line in lines if line.startswith("+ ")]
    assert added
    assert [line for line in added if not (found := re.match(FATED, line)) or found[2] not in FATES] == []
    ids = re.compile(r"\bid: (\S+)")
    kept = [each for each in ids.findall(old) if not each.startswith("avenant")]
    assert ids.findall(following(name)[1].text) == kept


@pytest.mark.parametrize(
    ("name", "new", "term"),
    [
        ("arespa", "arespa-2017", Term(date(2017, 1, 1), date(2021, 12, 31), 5)),
        ("douaisis", "douaisis-2017", Term(date(2017, 7, 1), date(2022, 6, 30), 5)),
        ("voironnais", "voironnais-2018", Term(date(2018, 1, 1), date(2022, 12, 31), 5)),
        ("grand-nancy", "grand-nancy-2017", Term(date(2017, 1, 1), date(2020, 12, 31), 4)),
        ("socle-transitoire", "socle-transitoire-2014", Term(date(2014, 1, 1), None, 1)),
    ],
)
def it_begins_the_day_after_and_lasts_as_long(name: str, new: str, term: Term) -> None:
    assert (following(name)[0], following(name)[1].term) == (new, term)


@pytest.mark.parametrize("name", CONTRACTS)
def it_gives_values_for_the_exercises_of_its_own_term(name: str) -> None:
    new, made = following(name)
    filled = re.sub(r"(20[0-9]{2}): (?=[,}])", r"\1: 1 ", made.text)
    schema = real_schema(kind_of(source(filled), TREE))
    found = resolve(validate(source(filled, f"contracts/{new}.yaml"), schema), schema)
    assert {each.code for each in found.problems} == {"CPOM212"}
    years = {int(year) for year in re.findall(r"(20[0-9]{2}): 1 ", filled)}
    assert years == set(found.exercices)


@pytest.mark.parametrize(
    ("start", "end", "term"),
    [
        ("2012-01-01", "2016-12-31", ("2017-01-01", "2021-12-31", 5)),
        ("2012-02-29", "2013-02-27", ("2013-02-28", "2014-02-27", 1)),
        ("2012-06-18", "2014-12-31", ("2015-01-01", "2017-07-15", 3)),
        ("2012-07-01", "2012-12-31", ("2013-01-01", "2013-06-30", 1)),
        ("2012-01-01", "2018-12-31", ("2019-01-01", "2023-12-31", 7)),
    ],
)
def it_lasts_as_many_months_or_days_and_five_years_at_most(start: str, end: str, term: tuple[str, str, int]) -> None:
    found = renewed(f"duree: {{date_effet: {start}, date_fin: {end}}}\n").term
    assert (str(found.start), str(found.end), found.years) == term


def it_begins_after_the_end_that_an_avenant_gave() -> None:
    found = renewed(f"{DUREE}avenants:\n  - date_fin: 2015-12-31\n").term
    assert found == Term(date(2016, 1, 1), date(2018, 12, 31), 4)


def it_minds_no_end_that_an_abandoned_avenant_would_have_given() -> None:
    found = renewed(
        f"{DUREE}avenants:\n  - {{date_fin: 2015-12-31, abandon: Sans crédits.}}\n  - {{abandon: ''}}\n"
    ).term
    assert found.start == date(2015, 1, 1)


def it_does_not_guess_a_length_that_hangs_on_an_event() -> None:
    made = renewed("duree:\n  date_fin: 2014-12-31\ncibles: {2013: 1, 2014: 2}\n")
    assert made.term == Term(date(2015, 1, 1), None, 2)
    assert made.text == "duree:\n  date_fin: # 2014-12-31\ncibles: {2015: , 2016: } # 2013 : 1, 2014 : 2\n"


def it_refuses_to_follow_what_has_no_end() -> None:
    for text in ("garde: x\n", "duree: {date_fin: 9999-12-31}\n"):
        assert [each.code for each in problems_of(term_after, source(text), small())] == ["CPOM008"]


@pytest.mark.parametrize(
    ("before", "made"),
    [
        ("garde:   x  # vu\n", "garde:   x  # vu\n"),
        ("identifiant: essai\n", "identifiant: suite\n"),
        ("secret: x # inventé\n", "secret: # x # inventé\n"),
        ("secret:\n", "secret:\n"),
        ("secret: 'a # b'\n", "secret: # 'a # b'\n"),
        ("long: |\n  un\n\n  deux\n\ngarde: x\n", "long:\n\ngarde: x\n"),
        ("jour: 2013-02-28\n", "jour: 2016-02-28\n"),
        ("jour: 2012-02-29\n", "jour: 2015-02-28\n"),
        ("jour: 2015-01-01\n", "jour: # 2015-01-01\n"),
        ("jour: demain\n", "jour: demain\n"),
        ("cibles: {2012: 1,2013: 2} # x\n", "cibles: {2015: ,2016: } # 2012 : 1, 2013 : 2 # x\n"),
        ("cibles:\n  2012: 1 # x\n  2013: 2\n", "cibles:\n  2015: # 2012 : 1 # x\n  2016: # 2013 : 2\n"),
        ("poids: {2012: 1, 2013: 2}\n", "poids: {2015: 1, 2016: 2}\n"),
        ("poids: {2012: 1, 2015: 2, 2016: 3}\n", "poids: {2015: 1}\n"),
        ("poids: {2015: 2, 2012: 1}\n", "poids: {2015: 1}\n"),
        ("poids:\n  2015: 2\n  2012: 1\n", "poids:\n  2015: 1\n"),
        ("garde: x\n\n# dit\navenants:\n  - date_fin:\n    # fin\n# suite\nlong:\n", "garde: x\n# suite\nlong:\n"),
        ("liste:\n  - retire: a\n    id: b\n", "liste:\n  - id: b\n"),
        ("liste:\n  - id: b\n    # dit pourquoi\n    retire: a\n    vide: c\n", "liste:\n  - id: b\n    vide: # c\n"),
        ("liste: [{id: b, vide: c, retire: d}] # z\n", "liste: [{id: b, vide: }] # vide : c # z\n"),
        ("liste: [{retire: d, id: b}, {jour: 2012-01-01, id: c}]\n", "liste: [{id: b}, {jour: 2015-01-01, id: c}]\n"),
    ],
)  # fmt: skip
def it_splices_what_its_schema_changes(before: str, made: str) -> None:
    assert after(before) == made
    assert source(made or "a:\n").root


def it_tells_what_became_of_each_field() -> None:
    made = renewed(f"{DUREE}secret: x\njour: 2012-03-01\ngarde: en 2013 # en 2014\ncibles: {{2012: 1}}\navenants: []\n")
    assert made.done["decaler"] == {"Effet": 1, "Fin": 1, "Jour": 1, "Cibles": 1}
    assert made.done["vider"] == {"Secret": 1}
    assert made.done["retirer"] == {"Avenants": 1}
    assert made.cited == (4,)


def it_names_the_contract_after_the_year_in_which_it_begins() -> None:
    term = Term(date(2017, 7, 1), None, 5)
    assert renewed_id("arespa", term) == "arespa-2017"
    assert renewed_id("arespa-2012", term) == "arespa-2017"
