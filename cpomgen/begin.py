"""A type of contract, or a contract → the file of a new one, to be filled: load, draft or renew, create."""

from __future__ import annotations

from pathlib import Path

from cpomgen.blanks import blanks
from cpomgen.create import create
from cpomgen.draft import draft
from cpomgen.load import load
from cpomgen.outcome import Started
from cpomgen.project import contract_file, kind_of, known_type, new_file
from cpomgen.renew import renew
from cpomgen.schemas import schema_of_type
from cpomgen.splice import laid_as, text_of
from cpomgen.term import renewed_id, term_after
from cpomgen.tree import Tree


def begin(tree: Tree, root: Path, identifiant: str, kind: str) -> Started:
    """Write a new contract of a type, to be filled; raise ProblemError when its id will not do, or is taken."""
    schema = schema_of_type(tree, known_type(tree, kind))
    file = new_file(identifiant, schema.at_role("identifiant"))
    text = draft(schema, identifiant, helped=kind in tree.names("schemas", ".schema.json"))
    create(root, {file: text.encode()})
    return Started(file, blanks(load(tree, file), schema))


def follow(tree: Tree, root: Path, identifiant: str, name: str = "") -> Started:
    """Write the contract that follows another, under its own name or that of its first year, to be filled."""
    content = tree.read(path := contract_file(tree, identifiant))
    source = load(tree, path)
    schema = schema_of_type(tree, kind_of(source, tree))
    name = name or renewed_id(identifiant, term_after(source, schema))
    file = new_file(name, schema.at_role("identifiant"))
    renewed = renew(source, text_of(content), schema, name)
    create(root, {file: laid_as(content, renewed.text)})
    return Started(file, blanks(load(tree, file), schema), renewed)
