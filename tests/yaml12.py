"""A contract as an editor reads it: YAML 1.2's core schema gives each plain scalar a type, where we keep its text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from jsonschema import Draft7Validator

from cpomgen.editor import json_schema
from cpomgen.schema import Schema
from cpomgen.source import Mapping, Node, Scalar, Sequence

NULL = re.compile("|~|null|Null|NULL")
TRUTH = re.compile("true|True|TRUE|false|False|FALSE")
WHOLE = re.compile("[-+]?[0-9]+")
OTHER_BASE = re.compile("0o[0-7]+|0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
HUGE = Decimal(10**20)  # stands for all that is greater, infinity included
INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def judge(schema: Schema) -> Draft7Validator:
    """Return what an editor checks contracts with; decimals stay exact, as yaml-language-server's sums are."""
    return Draft7Validator(json.loads(json_schema(schema), parse_float=Decimal))


def typed(node: Node) -> Any:
    """Return a node as YAML 1.2 types it: mappings, lists, texts, numbers, truth values and nothing."""
    if isinstance(node, Mapping):
        return {_key(entry.key): typed(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [typed(item) for item in node.items]
    return _scalar(node.text) if node.plain else node.text


def _key(key: Scalar) -> str:
    """Return a key as text: JavaScript has no other."""
    found = _scalar(key.text) if key.plain else key.text
    return str(found) if isinstance(found, int | Decimal) and not isinstance(found, bool) else key.text


def _scalar(text: str) -> Any:
    if NULL.fullmatch(text):
        return None
    if TRUTH.fullmatch(text):
        return text.lower() == "true"
    if WHOLE.fullmatch(text):
        return int(text)
    if OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if DECIMAL.fullmatch(text):
        number = min(Decimal(text), HUGE)
        return int(number) if number == int(number) else number
    return int(HUGE) if INFINITE.fullmatch(text) else text
