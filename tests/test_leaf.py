"""What an editor may make of a text: nothing that `validate` accepts is refused, most of what it refuses is."""

from __future__ import annotations

import pytest
from jsonschema import Draft7Validator
from memory import schema_of, source
from yaml12 import TEXTS, fields, judge, typed

from cpomgen.editor import json_schema
from cpomgen.schema import Schema
from cpomgen.validate import validate


def verdicts(schema: Schema, text: str) -> tuple[bool, bool]:
    """Return whether we accept a contract, and whether an editor does."""
    return verdict(schema, judge(schema), text)


def verdict(schema: Schema, shown_by: Draft7Validator, text: str) -> tuple[bool, bool]:
    read = source(text)
    shown = shown_by.is_valid(typed(read.root))
    return not validate(read, schema).problems, shown


@pytest.mark.parametrize("field", list(fields()))
def it_accepts_what_validate_accepts(field: str) -> None:
    schema = schema_of(f"x: {field}")
    shown_by = judge(schema)
    found = [(text, *verdict(schema, shown_by, f"x: {text}\n")) for text in TEXTS]
    assert [text for text, ours, shown in found if ours and not shown] == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("{type: ligne}", "[a, b]"),
        ("{type: ligne}", "{a: b}"),
        ("{type: ligne}", "|\n  deux\n  lignes"),
        ("{type: ligne, required: true}", ""),
        ("{type: ligne, required: true}", "' '"),
        ("{type: texte, required: true}", "~"),
        ("{type: code, regex: '^[0-9]{5}$'}", "'1234'"),
        ("{type: code, regex: '^[0-9]{5}$'}", "2A04"),
        ("{type: code, maxlength: 3}", "abcd"),
        ("{type: date}", "2012-02-30"),
        ("{type: date}", "31/12/2012"),
        ("{type: date}", "20120101"),
        ("{type: annee}", "99"),
        ("{type: exercice}", "'3000'"),
        ("{type: montant}", "1,5"),
        ("{type: montant}", "1 000"),
        ("{type: montant}", "1.005"),
        ("{type: montant}", "'1.005'"),
        ("{type: montant, min: 0}", "-0.01"),
        ("{type: nombre, max: 100}", "100.5"),
        ("{type: nombre}", "beaucoup"),
        ("{type: entier}", "1.5"),
        ("{type: entier}", "douze"),
        ("{type: choix, allowed: [m, f]}", "x"),
        ("{type: choix, allowed: [m, f], required: true}", ""),
        ("{type: oui_non}", "true"),
        ("{type: oui_non}", "Oui"),
    ],
)
def it_refuses_what_validate_refuses(field: str, text: str) -> None:
    assert verdicts(schema_of(f"x: {field}"), f"x: {text}\n") == (False, False)


def it_leaves_to_validate_the_one_word_that_editors_take_for_nothing() -> None:
    assert verdicts(schema_of("x: {type: ligne, required: true}"), "x: Null\n") == (True, False)
    assert verdicts(schema_of("x: {type: ligne}"), "x: Null\n") == (True, True)


def it_gives_editors_no_pattern_that_they_could_not_read() -> None:
    field = "{type: code, regex: '^[0-9]\\Z'}"
    assert "Z" not in json_schema(schema_of(f"x: {field}"))


def it_says_in_french_what_is_expected() -> None:
    labels = "meta: {libelle: Genre, libelles: {m: masculin, f: féminin}}"
    told = json_schema(schema_of(f"x: {{type: choix, allowed: [m, f], {labels}}}"))
    assert '"errorMessage": "valeurs admises : m (masculin), f (féminin)."' in told
    assert '"enumDescriptions": ["masculin", "féminin"]' in told
    siren = "{type: code, regex: '^[0-9]{9}$', meta: {libelle: SIREN, aide: Neuf chiffres., exemple: '123456782'}}"
    expected = "« SIREN » n'a pas la forme attendue. Neuf chiffres. Exemple : 123456782"
    assert f'"patternErrorMessage": "{expected}"' in json_schema(schema_of(f"x: {siren}"))
