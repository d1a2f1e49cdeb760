"""A frozen version, a reading of the project → whether a contract is still that, with what it takes from its region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpomgen.contrat import feuilles
from cpomgen.problem import ProblemError
from cpomgen.project import CAMPAGNE
from cpomgen.reading import Reading
from cpomgen.tree import as_git_keeps
from cpomgen.version import frozen_version, is_as_frozen

if TYPE_CHECKING:
    from cpomgen.repository import Repository
    from cpomgen.tree import Tree


def is_unaltered(repository: Repository, reading: Reading, identifiant: str, number: int) -> bool:
    """Tell whether a contract says what was frozen, by its file and the catalogue; ProblemError when one is not here.

    One that cannot be read any more, for the catalogue has lost what it takes, does not.
    """
    if not is_as_frozen(repository, reading.tree, identifiant, number):
        return False
    version = frozen_version(repository, identifiant, number)
    if _campagne(version.tree) == _campagne(reading.tree):
        return True
    before = Reading(version.tree, reading.past)
    text = reading.tree.read(version.file)
    if not any(name.encode() in text for name in {*_names(before), *_names(reading)}):
        return True
    old, new = (feuilles(each.resolved(identifiant)[0].fiche) for each in (before, reading))
    return [(each.path, each) for each in old] == [(each.path, each) for each in new]


def _campagne(tree: Tree) -> bytes:
    """Return the file of the campaign, empty without any."""
    try:
        return as_git_keeps(tree.read(CAMPAGNE))
    except ProblemError:
        return b""


def _names(reading: Reading) -> set[str]:
    """Return the ids of all that a catalogue has; one that cannot be read has whatever a contract says."""
    try:
        found = reading.catalogue()
    except ProblemError:
        return {""}
    return {name for items in found.listes.values() for name in items} if found else set()
