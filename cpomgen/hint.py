"""Field → what goes in it, told to who fills it: its help, the values it admits, an example of the line to type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from cpomgen.schema import Field

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "ligne": "texte d'une ligne",
        "texte": "texte long : paragraphes, tirets",
        "code": "code, gardé tel qu'il est écrit",
        "date": "date, AAAA-MM-JJ",
        "annee": "année",
        "exercice": "exercice, quatre chiffres",
        "montant": "montant en euros",
        "nombre": "nombre",
        "entier": "nombre entier",
        "choix": "au choix",
        "oui_non": "oui ou non",
    }
)
PLAIN = re.compile(r"(?!(?:~|null)$)[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:(?!: | #|:$)[^\n])*")


def hint(field: Field) -> str:
    """Return what goes in a field, in French, on one line; empty when its schema does not tell."""
    return " ".join(filter(None, (field.meta.aide, admitted(field), _example(field))))


def admitted(field: Field) -> str:
    """Return the values among which one chooses, each with what it stands for; empty when none is imposed."""
    under = field.item or field
    labels, allowed = under.meta.libelles, under.rules.get("allowed", ())
    told = (f"{name} ({labels[name]})" if labels.get(name, name) != name else name for name in allowed)
    return f"Valeurs admises : {', '.join(told)}." if len(allowed) > 1 else ""


def example_of(field: Field) -> str:
    """Return the example of a field as it is typed after its name, or after the dash of an item; empty without any."""
    is_yaml = field.values is not None or (field.type == "list" and is_inline(field))
    return field.meta.exemple if is_yaml or not field.meta.exemple else as_typed(field.meta.exemple)


def is_inline(field: Field) -> bool:
    """Tell whether the example of a list shows it whole, on one line."""
    return field.meta.exemple.startswith("[")


def as_typed(text: str) -> str:
    """Return a text as a value of YAML on one line, between quotes when it would be read as something else."""
    if PLAIN.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _example(field: Field) -> str:
    lead = "-" if field.type == "list" and not is_inline(field) else f"{field.name}:"
    return f"Exemple : {lead} {example_of(field)}" if field.meta.exemple else ""
