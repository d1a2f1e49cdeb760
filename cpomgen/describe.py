"""schemas/<type>.yaml → the fields of a type of contract, as an editor or an officer reads them."""

from __future__ import annotations

from cpomgen.editor import json_schema
from cpomgen.load import load
from cpomgen.project import known_type
from cpomgen.reference import reference
from cpomgen.schema import read_schema
from cpomgen.tree import Tree


def describe(tree: Tree, kind: str, form: str) -> str:
    """Return the fields of a type of contract, as an editor (`json-schema`) or an officer (`markdown`) reads them."""
    schema = read_schema(load(tree, f"schemas/{known_type(tree, kind)}.yaml"))
    return reference(schema) if form == "markdown" else json_schema(schema)
