"""Values → YAML as an officer would type it: plain words where they can be, long texts as blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

PLAIN = re.compile(r"[^\W\d_](?!.*(?::\s|\s#|:$))[^\n]*")
READ_OTHERWISE = {"oui", "non", "yes", "no", "true", "false", "null", "on", "off", "y", "n"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d+\.\d{2}")


def plain(values: Mapping[str, Any]) -> str:
    """Return the text of a file."""
    return "\n".join(_fields(values, "")) + "\n"


def _fields(values: Mapping[str, Any], margin: str) -> Iterator[str]:
    for name, value in values.items():
        yield from _field(f"{margin}{name}:", value, margin)


def _field(start: str, value: Any, margin: str) -> Iterator[str]:  # noqa: ANN401 - any value of a contract
    if isinstance(value, Mapping) and not all(isinstance(key, int) for key in value):
        yield start
        yield from _fields(value, f"{margin}  ")
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield start
        for item in value:
            first, *others = _fields(item, f"{margin}    ")
            yield f"{margin}  - {first.lstrip()}"
            yield from others
    elif isinstance(value, str) and value.endswith("\n"):
        yield f"{start} |"
        yield from (f"{margin}  {line}" if line else "" for line in value.splitlines())
    else:
        yield f"{start} {_inline(value)}"


def _inline(value: Any) -> str:  # noqa: ANN401 - any value on one line
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_quoted(each) for each in value) + "]"
    if isinstance(value, str) and not DAY.fullmatch(value):
        is_plain = PLAIN.fullmatch(value) and value.lower() not in READ_OTHERWISE
        return value if is_plain else _quoted(value)
    return str(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
