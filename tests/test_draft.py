"""New contracts: they load, all that is wrong in them is a blank, and what they propose is what their schema admits."""

from __future__ import annotations

import pytest
from essai import SCHEMA
from filled import filled, uncommented
from generated import KINDS
from memory import ROOT, Files, real_schema, schema_of, source

from cpomgen.blanks import blanks
from cpomgen.draft import WIDTH, draft
from cpomgen.fields import read_schema
from cpomgen.load import load
from cpomgen.pipeline import check
from cpomgen.problem import Problem
from cpomgen.resolve import resolve
from cpomgen.schema import Schema
from cpomgen.source import Mapping, Scalar, Sequence
from cpomgen.tree import WorkTree
from cpomgen.validate import validate

FILE = "contracts/mon-reseau.yaml"
SMALL = {
    "one line": "nom: {type: ligne, required: true}",
    "all sorts": """
        nom: {type: ligne, required: true, meta: {exemple: "a: b # c"}}
        presentation: {type: texte, required: true}
        statut: {type: choix, required: true, allowed: [oui, "2°"]}
        jours: {type: list, required: true, schema: {type: date}, meta: {exemple: 2012-01-01}}
        codes: {type: list, meta: {exemple: "[a, b]", amorce: true}, schema: {type: code}}
        montants: {type: dict, keysrules: {type: annee}, valuesrules: {type: montant}, meta: {amorce: true}}
        libre: {type: texte, meta: {aide: 'Ce qui est « dit ».'}}
        vrai: {type: oui_non}
        compte: {type: entier, meta: {exemple: "3"}}""",
    "items": """
        liens: {type: list, meta: {role: buts, amorce: true}, schema: {type: dict, schema: {
          sigle: {type: ligne}, nom: {type: ligne, required: true},
          id: {type: code, required: true, meta: {exemple: B1}}}}}
        renvoi: {type: renvoi, required: true, meta: {vers: buts}}
        deux: {type: list, minlength: 2, required: true, schema: {type: dict, schema: {
          id: {type: code, required: true, meta: {exemple: B1}}, libre: {type: texte}}}}
        aussi: {type: list, schema: {type: dict, schema: {
          id: {type: code, required: true, meta: {exemple: x}}, but: {type: renvoi, meta: {vers: buts}}}}}""",
    "rivals": """
        jour: {type: date, required: true, excludes: fait}
        fait: {type: ligne, required: true, excludes: jour}
        un: {type: ligne, excludes: deux}
        deux: {type: ligne}
        suite: {type: dict, schema: {a: {type: ligne}, b: {type: ligne, required: true, meta: {exemple: c}}}}""",
    "only optional": """
        boite: {type: dict, required: true, schema: {a: {type: ligne}, b: {type: ligne}}}
        liste: {type: list, required: true, schema: {type: dict, schema: {a: {type: ligne}, b: {type: ligne}}}}""",
}


def schemas() -> dict[str, Schema]:
    essai = read_schema(load(Files({"schemas/essai.yaml": SCHEMA}), "schemas/essai.yaml"))
    real = {kind: real_schema(kind) for kind in KINDS}
    return {**real, "essai": essai, **{name: schema_of(text) for name, text in SMALL.items()}}


every_kind = pytest.mark.parametrize("kind", KINDS)
every_schema = pytest.mark.parametrize("schema", schemas().values(), ids=list(schemas()))


def problems(text: str, schema: Schema) -> list[Problem]:
    return list(resolve(validate(source(text, FILE), schema), schema).problems)


def lines_of(text: str, schema: Schema) -> set[int]:
    return {blank.mark.line for blank in blanks(source(text, FILE), schema)}


@every_schema
def it_is_wrong_by_its_blanks_alone(schema: Schema) -> None:
    text = draft(schema, "mon-reseau", helped=True)
    found = problems(text, schema)
    assert {each.code for each in found} <= {"CPOM212"}
    assert {each.mark.line for each in found} <= lines_of(text, schema)


@every_schema
def it_is_right_once_its_blanks_hold_their_examples(schema: Schema) -> None:
    text = filled(draft(schema, "mon-reseau", helped=True), schema, FILE)
    assert not lines_of(text, schema)
    assert problems(text, schema) == []


@every_schema
def it_is_right_once_all_that_is_set_aside_is_taken_up(schema: Schema) -> None:
    text = uncommented(filled(draft(schema, "mon-reseau", helped=True), schema, FILE))
    assert [each for each in problems(text, schema) if each.code != "CPOM221"] == []
    assert all(line.startswith("#") or "# ou " in line for line in text.splitlines() if line.lstrip().startswith("# "))


def it_proposes_every_field_of_the_contract_but_those_that_a_new_one_has_not() -> None:
    text = uncommented(filled(draft(real_schema(), "mon-reseau", helped=True), real_schema(), FILE))
    root = source(text, FILE).root
    given = [entry.key.text for entry in root.entries]
    assert given == [name for name in real_schema().root.fields if name not in ("exemple", "derogations", "avenants")]
    assert {"evenement_effet"} == names(real_schema().root.fields["duree"].fields) - names(root.get("duree"))


def names(found: object) -> set[str]:
    if isinstance(found, Mapping):
        return {entry.key.text for entry in found.entries}
    assert isinstance(found, dict)
    return set(found)


@every_kind
def it_warns_of_nothing_but_blanks_and_says_what_goes_in_each(kind: str) -> None:
    text = draft(real_schema(kind), "mon-reseau", helped=True)
    path = f"schemas/{kind}.yaml"
    [outcome] = check(Files({FILE: text, path: WorkTree(ROOT).read(path)}, WorkTree(ROOT)), ["mon-reseau"])
    hints = {blank.mark.line: blank.hint for blank in blanks(source(text, FILE), real_schema(kind))}
    assert [each for each in outcome.problems if each.mark.line not in hints] == []
    assert [each for each in outcome.problems if hints[each.mark.line] not in each.remedy] == []
    assert len(hints) > 30


@every_kind
def it_is_easy_to_scan(kind: str) -> None:
    lines = draft(real_schema(kind), "mon-reseau", helped=True).splitlines()[2:]  # after its title, however long
    assert [line for line in lines if line.lstrip().startswith("##") and len(line) > WIDTH] == []
    assert not [line for line in lines if line != line.rstrip()]
    assert len(lines) < 700


def it_gives_each_item_a_label_of_its_own() -> None:
    schema = schema_of(SMALL["items"])
    root = source(draft(schema, "x", helped=False)).root
    assert [ids(root.get(name)) for name in ("liens", "deux")] == [["B1"], ["B2", "B3"]]
    assert isinstance(link := root.get("renvoi"), Scalar)
    assert link.text == "B1"


def ids(node: object) -> list[str]:
    assert isinstance(node, Sequence)
    found = (item.get("id") for item in node.items if isinstance(item, Mapping))
    return [each.text for each in found if isinstance(each, Scalar)]


def it_begins_a_list_with_an_item_for_each_value_that_the_schema_wants() -> None:
    schema = schema_of("""
        pieces: {type: list, required: true, schema: {type: dict, schema: {
          id: {type: code, required: true, meta: {exemple: p}},
          nature: {type: choix, allowed: [a, b, c], meta: {amorce: [a, c]}}}}}""")
    text = draft(schema, "x", helped=False)
    assert "  - id: p\n" in text
    assert "    nature: a\n  - id: p-2\n    nature: c\n" in text


def it_leaves_out_what_a_new_contract_has_not() -> None:
    schema = schema_of("avis: {type: ligne, meta: {amorce: false}}\nb: {type: ligne, required: true}")
    text = draft(schema, "x", helped=False)
    assert "\nb:\n" in text
    assert "avis" not in text


def it_says_where_the_schema_is_to_editors_that_have_one() -> None:
    first = "# yaml-language-server: $schema=../schemas/cpom_type.schema.json\n"
    assert draft(real_schema(), "x", helped=True).startswith(first)
    assert not draft(real_schema(), "x", helped=False).startswith("# yaml")
