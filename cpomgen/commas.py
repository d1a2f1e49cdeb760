"""Node → how to type what a comma or a colon spoilt: a number cut in two, a field glued to its value, a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cpomgen.hint import as_typed
from cpomgen.schema import Field
from cpomgen.source import Entry, Mapping, Node, Scalar, is_empty

LEFT = re.compile(r"-?[0-9][0-9\s\u00a0\u202f]*")
RIGHT = re.compile(r"[0-9]{1,3}[\s\u00a0\u202f]*[€%]?")
GLUED = re.compile(r"([A-Za-z0-9_]+):(\S.*)", re.DOTALL)


def cut_numbers(node: Mapping) -> Iterator[tuple[str, str, str]]:
    """Yield the fields whose number is cut by a comma: name, name that the decimals became, number to type instead."""
    for before, after in pairwise(node.entries):
        whole = before.value.text if isinstance(before.value, Scalar) else ""
        if LEFT.fullmatch(whole) and RIGHT.fullmatch(after.key.text) and _is_bare(after):
            yield before.key.text, after.key.text, f"{_digits(whole)}.{_digits(after.key.text)}"


def glued(entry: Entry) -> str:
    """Return a field as it is to be typed, when no space parts its name from its value; empty for any other."""
    found = GLUED.fullmatch(entry.key.text) if _is_bare(entry) and entry.key.plain else None
    return f"{found[1]}: {found[2]}" if found else ""


def listed(node: Node, field: Field) -> str:
    """Return how to write as a list the texts that a comma parts in one line; empty when it is no such line."""
    if field.item is None or field.item.type in ("dict", "list") or not isinstance(node, Scalar) or "\n" in node.text:
        return ""
    return f"écrivez {field.name}: [{', '.join(as_typed(each.strip()) for each in node.text.split(','))}]"


def _is_bare(entry: Entry) -> bool:
    """Tell whether neither a colon nor a value follows the name."""
    return is_empty(entry.value) and entry.value.mark == entry.key.end


def _digits(text: str) -> str:
    return re.sub(r"[^0-9-]", "", text)
