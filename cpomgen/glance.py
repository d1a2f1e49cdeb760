"""A contract at a glance: its file and its schema → its parts, in no time; rules and templates are not asked.

What git compares is read so, and what two branches changed: a contract in error too has something to show.
"""

from __future__ import annotations

from contextlib import suppress

from cpomgen.kept import Kept
from cpomgen.load import load
from cpomgen.outline import outline
from cpomgen.partie import Partie
from cpomgen.problem import ProblemError
from cpomgen.project import kind_of
from cpomgen.schema import Schema
from cpomgen.schemas import schema_file, schema_of_type
from cpomgen.source import Scalar, Source
from cpomgen.tree import Alone, Tree


def typed(content: bytes, file: str) -> Source:
    """Return a file as it was typed, from its bytes; raise ProblemError when it cannot be read."""
    return load(Alone(content), file)


def schema_of(source: Source, tree: Tree, kept: Kept | None = None) -> Schema:
    """Return the schema of a contract in a tree; raise ProblemError when it has none."""
    return schema_of_type(tree, kind_of(source, tree), kept)


def parties(source: Source, schema: Schema) -> tuple[Partie, ...]:
    """Return the parts of a contract."""
    return outline(source, schema)


def types_of(tree: Tree) -> dict[str, str]:
    """Return the types of contract of a project, each with its title, empty for a schema that cannot be read."""
    found = dict.fromkeys(tree.names("schemas", ".yaml"), "")
    for name in found:
        with suppress(ProblemError):
            title = load(tree, schema_file(name)).root.get("libelle")
            found[name] = " ".join(title.text.split()) if isinstance(title, Scalar) else ""
    return found
