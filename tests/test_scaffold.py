"""What an editor writes below the name of a field."""

from __future__ import annotations

import pytest
from memory import schema_of

from cpomgen.scaffold import scaffold


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("{type: dict, schema: {a: {type: ligne, required: true}, b: {type: ligne}}}", {"a": "$1"}),
        ("{type: dict, schema: {b: {type: ligne}}}", None),
        ("{type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}}", None),
        ("{type: list, schema: {type: ligne}}", None),
        ("{type: list, schema: {type: dict, schema: {a: {type: ligne}}}}", ["$1"]),
        ("{type: list, schema: {type: dict, schema: {id: {type: code, required: true}}}}", [{"id": "$1"}]),
        (
            """{type: dict, schema: {
              a: {type: choix, allowed: [m, f], required: true},
              b: {type: list, required: true, schema: {type: dict, schema: {id: {type: code, required: true}}}},
              c: {type: date, required: true}}}""",
            {"a": "${1|m,f|}", "b": [{"id": "$2"}], "c": "$3"},
        ),
    ],
)
def it_writes_what_is_obligatory_with_places_to_fill(field: str, body: object) -> None:
    assert scaffold(schema_of(f"x: {field}").root.fields["x"]) == body


def it_leaves_long_lists_to_be_proposed() -> None:
    field = "{type: dict, schema: {a: {type: choix, allowed: [a, b, c, d, e, f, g], required: true}}}"
    assert scaffold(schema_of(f"x: {field}").root.fields["x"]) == {"a": "$1"}
