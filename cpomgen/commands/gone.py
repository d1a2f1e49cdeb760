"""Documents of projects that no contract has any more: said, and removed when asked to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from cpomgen.commands.due import Due
from cpomgen.inventory import PROJET
from cpomgen.outcome import Fate
from cpomgen.problem import Problem
from cpomgen.write import Depot


@dataclass(frozen=True, slots=True)
class Gone:
    """Documents that no contract has any more, by path in out/; those that are removed, why others are not."""

    paths: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def swept(due: Due, depot: Depot, *, removes: bool) -> Gone:
    """Return the documents of projects that no contract has any more, once removed if they are to be."""
    known, held = set(due.tree.names("contracts", ".yaml")), _held(due)
    gone = tuple(path for path in sorted(depot.inventory.entries) if _is_gone(path, depot, known, held))
    refused = depot.remove(gone) if removes else {}
    removed = tuple(path for path in gone if removes and path not in refused)
    for name in sorted({path.partition("/")[0] for path in removed} - known):
        due.forget(name)
    return Gone(gone, removed, tuple(refused.values()))


def _is_gone(path: str, depot: Depot, known: set[str], held: set[str]) -> bool:
    """Tell whether a document of a project has no contract, or is one that its contract does not print any more."""
    owner, *below = PurePosixPath(path).parts
    edition = depot.inventory.entry(path).facts.get("edition", PROJET)
    if len(below) != 1 or edition != PROJET:  # of a version, of an avenant: those are kept
        return False
    return owner not in known or (owner in held and path not in held)


def _held(due: Due) -> set[str]:
    """Return the ids of the contracts that are built or unchanged, all their documents of them, and those."""
    if due.asked.options.names:
        return set()
    done = [each for each in due.done.values() if each.fate in (Fate.CONSTRUIT, Fate.INCHANGE)]
    return {name for each in done for name in (each.identifiant, *each.paths)}
