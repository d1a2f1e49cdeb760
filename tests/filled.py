"""A draft of a contract → the same once an author has filled its blanks, or has taken up its optional fields."""

from __future__ import annotations

import re

from memory import CONTRACT, source

from cpomgen.blanks import blanks
from cpomgen.hint import as_typed, example_of
from cpomgen.schema import Field, Schema

UNSAID = {"texte": "Un texte.", "ligne": "mots", "code": "A1", "date": "2012-01-01", "oui_non": "non"}


def filled(text: str, schema: Schema, path: str = CONTRACT) -> str:
    """Return a contract with what its schema gives as an example in each of its blanks."""
    lines = text.split("\n")
    for blank in blanks(source(text, path), schema):
        at = blank.mark.line - 1
        value = value_for(blank.field)
        if lines[at].endswith("|"):
            lines[at] += f"\n{' ' * (blank.mark.column + 1)}{value}"
        elif lines[at + 1].strip() == "-":
            lines[at + 1] += f" {value}"
        else:
            lines[at] += f" {value}"
    return "\n".join(lines)


def value_for(field: Field) -> str:
    """Return the example of a field, else a value that it admits, as it is typed."""
    allowed = (field.item or field).rules.get("allowed", ())
    if field.values is not None and not field.meta.exemple:
        return "{2012: 1}"
    return example_of(field) or (as_typed(allowed[0]) if allowed else UNSAID.get((field.item or field).type, "2012"))


def uncommented(text: str) -> str:
    """Return a draft with all that it sets aside taken up."""
    return re.sub("^( *)# (?!yaml-)", r"\1", text, flags=re.MULTILINE)
