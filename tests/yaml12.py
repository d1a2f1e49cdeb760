"""A contract as an editor reads it: YAML 1.2's core schema gives each plain scalar a type, where we keep its text.

And what is worth trying on it: odd texts, and fields of each type under each rule.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

from jsonschema import Draft7Validator

from cpomgen.editor import json_schema
from cpomgen.facets import SUITED
from cpomgen.schema import SCALAR_TYPES, Schema
from cpomgen.source import Mapping, Node, Scalar, Sequence

NULL = re.compile("|~|null|Null|NULL")
TRUTH = re.compile("true|True|TRUE|false|False|FALSE")
WHOLE = re.compile("[-+]?[0-9]+")
OTHER_BASE = re.compile("0o[0-7]+|0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
HUGE = Decimal(10**20)  # stands for all that is greater, infinity included
INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

TEXTS = (
    *("01000", "010000024", "2A004", "1.10", "12:30", "NO", "no", "y", "oui", "non", "true", "False", "1er", "1_0"),
    *("0x1F", "0o17", "1e5", ".5", "5.", "+5", "-5", "-0", "0", "1000", "2012", "02012", "999999999999.99"),
    *("9999999999999", "1.005", "71.8", "0.1234567", "1,5", "1 000", ".inf", ".nan", "1e400", "١٢"),
    *("2012-01-01", "2012-02-29", "2013-02-29", "2012-13-01", "2012-1-1", "01/01/2012", "0001-01-01"),
    *("~", "null", "", '""', '" "', "[]", "{}", "[~]", '[""]', "[[]]", "[a]", "{a: b}", "{a: }"),
    *("' m '", "m", "M", "f", "1", "1.0", "1.5", "café", "«\u00a0été\u00a0»", "aaaaaaa", "|\n  deux\n  lignes"),
    *("|\n  une", '"m\\n"', '" 2012 "', '" 2012-01-01 "', '"12.50"', '"-12.50"', ">\n  a\n  b\n\n  c"),
    *("abc", "'abc '", "ABC", "2012-01-01T00:00"),
)
RULES = (
    "",
    "allowed: [m, '1', '1.5', 'true', oui]",
    "maxlength: 9",
    'regex: "^[0-9]{5}$"',
    "min: 0",
    "min: 2000, max: 2020",
    "minlength: 3",
    "maxlength: 6",
)


def fields() -> Iterator[str]:
    """Yield fields of each type under each rule that can be said of it, required or not."""
    kinds = [kind for kind in SCALAR_TYPES if kind != "renvoi"]  # which needs a list to lead to
    for kind, rule, required in product(kinds, RULES, ("true", "false")):
        names = [each.partition(":")[0] for each in rule.split(", ") if ":" in each]
        if not all(kind in SUITED[name] for name in names):
            continue
        yield f"{{type: {kind}, required: {required}{rule and ', ' + rule}}}"


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
