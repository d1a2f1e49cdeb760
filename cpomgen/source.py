"""The contract as typed by its author, then as its schema types it: no scalar guessed, no mark lost."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from typing import Any

from cpomgen.problem import Mark, Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as typed, before any schema gives it a type; `plain` when it stood without quotes nor block sign."""

    text: str
    mark: Mark
    plain: bool = True
    end: Mark | None = field(default=None, compare=False, repr=False)  # the first place after it


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value in a mapping."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order typed; keys are unique."""

    entries: tuple[Entry, ...]
    mark: Mark
    end: Mark | None = field(default=None, compare=False, repr=False)  # after its bracket, or where the next thing is

    def get(self, key: str) -> Node | None:
        """Return the value under `key`, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items in the order typed."""

    items: tuple[Node, ...]
    mark: Mark
    end: Mark | None = field(default=None, compare=False, repr=False)  # as that of a mapping
    inline: bool = field(default=False, compare=False, repr=False)  # between brackets


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read: its path in the project and its root node.

    `problems` are those of what it refers to, `unread` the paths of what that should have given.
    """

    file: str
    root: Mapping
    problems: tuple[Problem, ...] = ()
    unread: frozenset[Path] = frozenset()


def is_empty(node: Node) -> bool:
    """Tell whether a node is the same as nothing: blank text, `~`, `null`, or only such things."""
    if isinstance(node, Scalar):
        return not node.text.strip() or (node.plain and node.text in ("~", "null"))
    if isinstance(node, Sequence):
        return all(is_empty(item) for item in node.items)
    return not node.entries


Path = tuple[str | int, ...]
SHOWN = 60  # signs of what an author typed that a message repeats


def shown(text: str) -> str:
    """Return a text as a message repeats it: cut when it is long."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


class Unread:
    """Stands where something is written that its schema cannot read: neither a value nor nothing."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = Unread()


@dataclass(frozen=True, slots=True)
class Valide:
    """A contract as its schema types it: plain values, the mark of each by its path, and what breaks the schema."""

    file: str
    document: AbstractMapping[str, Any]
    marks: AbstractMapping[Path, Mark]
    problems: tuple[Problem, ...] = ()
