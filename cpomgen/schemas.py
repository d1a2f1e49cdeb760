"""The name of a type of contract, in a tree → its Schema, read once as long as none of its files changes.

Files of schemas/communs hold definitions that several types share: they are of no type, and each schema names those
it takes from. Whatever hangs on a schema hangs on all of its files.
"""

from __future__ import annotations

from pathlib import Path

from cpomgen.definitions import COMMUNS, shared_names
from cpomgen.facets import fault
from cpomgen.fields import read_schema
from cpomgen.kept import Kept
from cpomgen.load import load
from cpomgen.problem import ProblemError, nearest
from cpomgen.schema import Schema
from cpomgen.source import Scalar
from cpomgen.tree import Tree, WorkTree, missing

FOLDER = f"schemas/{COMMUNS}"


def schema_file(kind: str) -> str:
    """Return the path of the schema of a type of contract."""
    return f"schemas/{kind}.yaml"


def shared_files(tree: Tree, kind: str, kept: Kept) -> dict[str, Scalar]:
    """Return the paths of the files that a schema shares, each with where it names it; they may be missing."""
    path = schema_file(kind)
    names = kept.of(f"{COMMUNS} of {path}", tree.read(path), lambda: shared_names(load(tree, path)), lasting=True)
    return {f"{FOLDER}/{each.text}.yaml": each for each in names}


def schema_contents(tree: Tree, kind: str, kept: Kept) -> dict[str, bytes]:
    """Return the bytes of the files that a schema is made of, by path: its own first; ProblemError for one missing."""
    path = schema_file(kind)
    return {path: tree.read(path)} | {
        each: _shared(tree, each, name) for each, name in shared_files(tree, kind, kept).items()
    }


def schema_bytes(tree: Tree, kind: str, kept: Kept) -> bytes:
    """Return all that a schema is made of; of one that shares nothing, its own bytes."""
    return b"".join(schema_contents(tree, kind, kept).values())


def all_schemas(tree: Tree, kept: Kept) -> bytes:
    """Return all that the schemas of a project are made of; raise ProblemError when something is missing."""
    return b"".join(schema_bytes(tree, kind, kept) for kind in tree.names("schemas", ".yaml"))


def schema_of_type(tree: Tree, kind: str, kept: Kept | None = None) -> Schema:
    """Return the schema of a type of contract; raise ProblemError, located, for what it cannot mean."""
    contents = schema_contents(tree, kind, kept := kept or Kept())
    path, *communs = contents

    def read() -> Schema:
        return read_schema(load(tree, path), [load(tree, each) for each in communs])

    return kept.of(f"schema {path}", b"\0".join(contents.values()), read, lasting=True)


def beside_schema(name: str) -> Schema:
    """Return what templates see under a name, beside the fields of the contract."""
    return read_schema(load(WorkTree(Path(__file__).parent), f"{name}.yaml"))


def _shared(tree: Tree, path: str, name: Scalar) -> bytes:
    """Return the bytes of a file that a schema shares; raise ProblemError where it is named when there is none."""
    try:
        return tree.read(path)
    except ProblemError as error:
        if [each.code for each in error.problems] != [missing(path).code]:
            raise
        known = tree.names(FOLDER, ".yaml")
        among = f"connus : {', '.join(known) or 'aucun'}."
        raise fault(name.mark, f"il n'y a pas de fichier {path}.", nearest(name.text, known, among)) from None
