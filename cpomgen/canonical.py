"""Contrat × Schema → canonical data: the JSON that documents carry and fingerprints are made from.

What is internal to the agency is left out: the other party gets the files. Amounts are texts, days AAAA-MM-JJ.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from cpomgen.contrat import Absent, Contrat, Fiche, Liste, OuiNon
from cpomgen.schema import Field, Schema

STRUCTURE = ("id", "type", "identifiant")


def canonical(contrat: Contrat, schema: Schema) -> str:
    """Return a contract's data as one line of JSON: same data, same text, whatever the layout of its file."""
    return json.dumps(_plain(contrat.fiche, schema.root), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any, field: Field) -> Any:  # noqa: ANN401 - JSON's own types
    if isinstance(value, Fiche) and field.values is not None:
        return {str(key): _plain(child, field.values) for key, child in value.items()}
    if isinstance(value, Fiche):
        known = {name: child for name, child in field.fields.items() if name in STRUCTURE or not _is_internal(child)}
        return {name: _plain(value[name], child) for name, child in known.items() if not _is_empty(value[name])}
    if isinstance(value, Liste) and field.item is not None:
        return [_plain(child, field.item) for child in value]
    return _leaf(value)


def _is_internal(field: Field) -> bool:
    return field.meta.modification == "interne"


def _is_empty(value: object) -> bool:
    return isinstance(value, Absent) or (isinstance(value, Fiche | Liste) and not value)


def _leaf(value: object) -> Any:  # noqa: ANN401 - JSON's own types
    if isinstance(value, OuiNon):
        return bool(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, int) else str(value)
