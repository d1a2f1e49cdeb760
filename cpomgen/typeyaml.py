"""A value → how it is typed in YAML, in the manner of the one that it replaces: bare, between quotes, or as a block."""

from __future__ import annotations

import re

from cpomgen.hint import as_typed
from cpomgen.schema import Field

WORDS = ("ligne", "texte", "code", "renvoi")
GUESSED = re.compile(r"[-+.]?[0-9][0-9.,:_eE+/-]*|true|false|yes|no|on|off|oui|non|y|n", re.IGNORECASE)
IN_FLOW = re.compile(r"[^,\[\]{}]*")
HEADER = re.compile(r"[|>][-+0-9]*([ \t]+#[^\n]*)?")
BLOCK = ("|", ">")


def quoted(text: str) -> str:
    """Return a text between double quotes, on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def bare(text: str, field: Field, *, flow: bool = False) -> str:
    """Return a value on one line: bare when nobody would take it for something else."""
    if field.type in WORDS and GUESSED.fullmatch(text):
        return quoted(text)
    if "\n" in text or (flow and not IN_FLOW.fullmatch(text)):
        return quoted(text)
    return as_typed(text)


def in_manner(text: str, old: str, field: Field, *, flow: bool) -> str:
    """Return a value on one line, quoted as the old one was."""
    if old.startswith('"'):
        return quoted(text)
    if old.startswith("'") and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return bare(text, field, flow=flow)


def block(text: str, indent: int, old: str = "") -> str:
    """Return a long text as a block: its header, with the comment that the old one had, then its lines."""
    found = HEADER.match(old)
    comment = (found[1] or "") if found else ""
    lines = old.split("\n")[1:] if found else []
    pad = next((line[: len(line) - len(line.lstrip(" "))] for line in lines if line.strip()), "") or " " * indent
    return "\n".join([f"|{comment}", *(f"{pad}{line}".rstrip() for line in text.split("\n"))])


def is_block(old: str) -> bool:
    """Tell whether a value as typed is a block."""
    return old.startswith(BLOCK)
