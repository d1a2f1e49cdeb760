"""What an editor may make of a text: nothing that `validate` accepts is refused, most of what it refuses is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from jsonschema import Draft7Validator
from memory import schema_of, source
from yaml12 import judge, typed

from cpomgen.editor import json_schema
from cpomgen.problem import ProblemError
from cpomgen.schema import SCALAR_TYPES, Schema
from cpomgen.validate import validate

TEXTS = (
    *("01000", "010000024", "2A004", "1.10", "12:30", "NO", "no", "y", "oui", "non", "true", "False", "1er", "1_0"),
    *("0x1F", "0o17", "1e5", ".5", "5.", "+5", "-5", "-0", "0", "1000", "2012", "02012", "999999999999.99"),
    *("9999999999999", "1.005", "71.8", "0.1234567", "1,5", "1 000", ".inf", ".nan", "1e400", "١٢"),
    *(
        "2012-01-01",
        "2012-02-29",
        "2013-02-29",
        "2012-13-01",
        "2012-1-1",
        "01/01/2012",
        "0001-01-01",
        "2012-01-01T00:00",
    ),
    *("~", "null", "", '""', '" "', "[]", "{}", "[~]", '[""]', "[[]]", "[a]", "{a: b}", "{a: }"),
    *(
        "' m '",
        "m",
        "M",
        "f",
        "1",
        "1.0",
        "1.5",
        "café",
        "«\u00a0été\u00a0»",
        "a" * 7,
        "|\n  deux\n  lignes",
        "|\n  une",
    ),
    *('"m\\n"', '" 2012 "', '" 2012-01-01 "', '"12.50"', '"-12.50"', ">\n  a\n  b\n\n  c", "abc", "'abc '", "ABC"),
)
RULES = (
    "",
    "allowed: [m, '1', '1.5', 'true', oui]",
    'regex: "^[a-z]+$"',
    'regex: "^[0-9]{5}$"',
    "min: 0",
    "min: 2000, max: 2020",
    "minlength: 3",
    "maxlength: 6",
)


def fields() -> Iterator[str]:
    """Yield fields of each type under each rule that can be said of it, required or not."""
    numbers = {"montant", "nombre", "entier", "annee", "exercice"}
    for kind, rule, required in product(SCALAR_TYPES, RULES, ("true", "false")):
        if rule.startswith("min:") and kind not in numbers:
            continue
        if rule and not rule.startswith("min:") and kind in {*numbers, "date", "oui_non"}:
            continue
        yield f"{{type: {kind}, required: {required}{rule and ', ' + rule}}}"


def verdicts(schema: Schema, text: str) -> tuple[bool, bool]:
    """Return whether we accept a contract, and whether an editor does."""
    return verdict(schema, judge(schema), text)


def verdict(schema: Schema, shown_by: Draft7Validator, text: str) -> tuple[bool, bool]:
    read = source(text)
    shown = shown_by.is_valid(typed(read.root))
    try:
        validate(read, schema)
    except ProblemError:
        return False, shown
    return True, shown


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
        ("{type: renvoi}", "[O1]"),
    ],
)
def it_refuses_what_validate_refuses(field: str, text: str) -> None:
    assert verdicts(schema_of(f"x: {field}"), f"x: {text}\n") == (False, False)


def it_leaves_to_validate_the_one_word_that_editors_take_for_nothing() -> None:
    assert verdicts(schema_of("x: {type: ligne, required: true}"), "x: Null\n") == (True, False)
    assert verdicts(schema_of("x: {type: ligne}"), "x: Null\n") == (True, True)


def it_gives_editors_no_pattern_that_they_could_not_read() -> None:
    field = "{type: code, regex: '^(?P<a>[0-9])\\Z'}"
    assert "(?P" not in json_schema(schema_of(f"x: {field}"))


def it_says_in_french_what_is_expected() -> None:
    labels = "meta: {libelle: Genre, libelles: {m: masculin, f: féminin}}"
    told = json_schema(schema_of(f"x: {{type: choix, allowed: [m, f], {labels}}}"))
    assert '"errorMessage": "valeurs admises : m (masculin), f (féminin)."' in told
    assert '"enumDescriptions": ["masculin", "féminin"]' in told
    siren = "{type: code, regex: '^[0-9]{9}$', meta: {libelle: SIREN, aide: Neuf chiffres., exemple: '123456782'}}"
    expected = "« SIREN » n'a pas la forme attendue. Neuf chiffres. Exemple : 123456782"
    assert f'"patternErrorMessage": "{expected}"' in json_schema(schema_of(f"x: {siren}"))
