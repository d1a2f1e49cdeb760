"""What commands are asked, alike for all: the folder they work in, the contracts they are given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.project import find_root
from cpomgen.tree import Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.version import Version

FOLDER = click.option(
    "-C", "folder", metavar="DOSSIER", default=".", type=click.Path(path_type=Path), help="Travailler dans ce dossier."
)
DAY = click.DateTime(["%Y-%m-%d"])


def asked_version(root: Path, identifiant: str, name: str, folder: Path | None = None) -> Version:
    """Return the version of a contract that a name means; the last that is frozen is that of no abandoned avenant."""
    from cpomgen.reading import abandons
    from cpomgen.version import is_last, open_version

    but = abandons(WorkTree(root), identifiant) if is_last(name) else ()
    return open_version(root, identifiant, name, folder, but)


def type_of(tree: Tree, kind: str | None, whose: str = "du contrat") -> str:
    """Return the type of contract that is asked for, else the only one of the project; UsageError for several."""
    from cpomgen.glance import types_of

    if kind is not None:
        return kind
    known = types_of(tree)
    if len(known) > 1:
        lines = (f"\n    --type {name}" + (f" : {title}" if title else "") for name, title in known.items())
        raise click.UsageError(f"indiquez le type {whose}, par --type :{''.join(lines)}")
    return next(iter(known), "")


def chosen_ids(identifiants: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of contracts, each given by its id or by the path of its file."""
    return tuple(dict.fromkeys(Path(text).name.removesuffix(".yaml") for text in identifiants))


def contracts_of(tree: Tree, identifiants: Iterable[str], *, everything: bool) -> tuple[str, ...]:
    """Return the ids of the contracts that a command is given, all of the project if asked; UsageError for none."""
    chosen = tree.names("contracts", ".yaml") if everything else chosen_ids(identifiants)
    if not chosen:
        known = ", ".join(tree.names("contracts", ".yaml")) or "aucun"
        raise click.UsageError(f"indiquez un contrat, ou --all pour tous. Contrats du projet : {known}.")
    return chosen


def by_project(folder: Path, identifiants: Iterable[str]) -> dict[Path, tuple[str, ...]]:
    """Return the ids of contracts by project: that of the file for one given by its path, else that of the folder."""
    found: dict[Path, tuple[str, ...]] = {}
    for text in identifiants:
        path = folder / text
        root = find_root(path.parent if path.is_file() else folder)
        found[root] = tuple(dict.fromkeys((*found.get(root, ()), *chosen_ids([text]))))
    return found
