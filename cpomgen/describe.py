"""schemas/<type>.yaml → the fields of a type of contract, as an editor or an officer reads them."""

from __future__ import annotations

from cpomgen.editor import json_schema
from cpomgen.project import known_type
from cpomgen.reference import reference
from cpomgen.schemas import schema_of_type
from cpomgen.tree import Tree


def describe(tree: Tree, kind: str, form: str) -> str:
    """Return the fields of a type of contract, as an editor (`json-schema`) or an officer (`markdown`) reads them."""
    schema = schema_of_type(tree, known_type(tree, kind))
    return reference(schema) if form == "markdown" else json_schema(schema)
