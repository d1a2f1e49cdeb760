"""What goes in a field, in words."""

from __future__ import annotations

import pytest
from memory import schema_of, source

from cpomgen.hint import as_typed, hint
from cpomgen.source import Scalar


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("{type: ligne}", ""),
        ("{type: ligne, meta: {aide: Une ligne., exemple: mots}}", "Une ligne. Exemple : x: mots"),
        (
            "{type: choix, allowed: [m, f], meta: {libelles: {m: masculin, f: f}}}",
            "Valeurs admises : m (masculin), f.",
        ),
        ("{type: choix, allowed: [seul]}", ""),
        (
            '{type: list, schema: {type: choix, allowed: [a, b]}, meta: {exemple: "[a]"}}',
            "Valeurs admises : a, b. Exemple : x: [a]",
        ),
        (
            "{type: dict, keysrules: {type: exercice}, valuesrules: {type: nombre}, meta: {exemple: '{2012: 1}'}}",
            "Exemple : x: {2012: 1}",
        ),
    ],
)
def it_says_what_goes_in_a_field(field: str, told: str) -> None:
    assert hint(schema_of(f"x: {field}").root.fields["x"]) == told


@pytest.mark.parametrize(
    "text",
    ["mots", "01000", "%", "a: b", "a #b", "a:", "- a", "-1", "~", "null", '"dit"', "l'été", "[a]", "{a}", "\\", "1°"],
)
def it_types_a_text_that_reads_back_as_it_is(text: str) -> None:
    node = source(f"x: {as_typed(text)}\n").root.get("x")
    assert isinstance(node, Scalar)
    assert node.text == text
    assert text not in ("~", "null") or not node.plain
