"""Field → what an editor writes below its name: its obligatory fields, as a snippet with places to fill."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from cpomgen.schema import Field

SHORT = 6  # names of a closed list that a place to fill offers by itself


def scaffold(field: Field) -> Any:  # noqa: ANN401 - mappings, lists and texts, as a snippet is written
    """Return the obligatory fields of a mapping, or of one item of a list; None when it has none."""
    body = _body(field, itertools.count(1))
    return body if isinstance(body, dict | list) else None


def _body(field: Field, places: Iterator[int]) -> Any:  # noqa: ANN401 - as above
    if field.item is not None:
        return [_body(field.item, places)] if field.item.fields else f"${next(places)}"
    if field.values is not None or field.type not in ("dict", "list"):
        return _place(field, next(places))
    required = (child for child in field.fields.values() if child.rules.get("required"))
    return {child.name: _body(child, places) for child in required} or f"${next(places)}"


def _place(field: Field, place: int) -> str:
    allowed = field.rules.get("allowed", ())
    return f"${{{place}|{','.join(allowed)}|}}" if 1 < len(allowed) <= SHORT else f"${place}"
