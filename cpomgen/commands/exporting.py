"""Contracts → the sheet that shows them, a row each, under titles that an import understands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from cpomgen.column import Column
from cpomgen.commands.asked import type_of
from cpomgen.feuille import Feuille
from cpomgen.glance import typed
from cpomgen.heading import Headings
from cpomgen.problem import Problem, ProblemError
from cpomgen.project import contract_file, kind_of
from cpomgen.schema import Schema
from cpomgen.source import Source
from cpomgen.tabulate import tabulated, usual
from cpomgen.titles import read_mapping
from cpomgen.tree import Tree


def read_contracts(
    tree: Tree, kind: str | None, names: Iterable[str], *, everything: bool
) -> tuple[str, list[Source], list[Problem]]:
    """Return a type, the contracts of it as they are typed, and what keeps others from being read.

    The type is the one asked for, else that of all these contracts, else the only one of the project.
    """
    found: dict[str, tuple[str, Source]] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            source = typed(tree.read(path := contract_file(tree, name)), path)
            found[name] = kind_of(source, tree), source
        except ProblemError as error:
            problems += error.problems
    kinds = {each for each, _ in found.values()}
    chosen = type_of(tree, kind or (kinds.pop() if len(kinds) == 1 else None), "des contrats")
    for name, (own, _) in found.items():
        if own != chosen and not everything:
            raise click.UsageError(f"« {name} » est du type {own} : exportez-le à part, avec --type {own}.")
    return chosen, [source for own, source in found.values() if own == chosen], problems


class Table:
    """The columns of an export: those of a mapping file, those that are asked for, or those that say most."""

    def __init__(self, schema: Schema, sources: list[Source], mapping: Path | None, asked: str) -> None:
        self.sources = sources
        headings = Headings(schema)
        if mapping is not None:
            self.columns = read_mapping(typed(mapping.read_bytes(), mapping.name), headings)
        else:
            columns = [_asked(headings, title) for title in asked.split(";") if title.strip()] or usual(schema, sources)
            self.columns = {headings.title(column): column for column in columns}

    def feuille(self, file: str) -> Feuille:
        """Return the sheet: its titles, then a row a contract."""
        return tabulated(self.sources, self.columns, file)


def _asked(headings: Headings, title: str) -> Column:
    found = headings.columns(title)
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"aucun champ ne s'appelle « {title.strip()} ». {headings.nearest(title)}")
    names = " ; ".join(f"« {headings.title(each)} »" for each in found)
    raise click.UsageError(f"« {title.strip()} » peut désigner plusieurs champs : {names}.")
