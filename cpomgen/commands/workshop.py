"""The files that contracts of a project share → a workshop, here or elsewhere: what makes documents of a contract."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cpomgen.kept import Kept
from cpomgen.outcome import Built, Options
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.tree import Bundle, Tree, WorkTree

SHARED = ("schemas", "templates")  # folders of a project that documents are made from, with contracts


class Order(NamedTuple):
    """A contract to build, with its file; one that is not printed is read for what others need to know of it.

    Documents of `but` are left out, unless they are asked for.
    """

    identifiant: str
    content: bytes
    printed: bool = True
    but: tuple[str, ...] = ()


@dataclass
class Workshop:
    """Makes the documents of contracts, each from its file and from those that all share; it can be sent elsewhere."""

    files: Mapping[str, bytes | tuple[Problem, ...]]
    options: Options
    tree: Tree | None = None  # of the whole project, when it is at hand: then neighbours are looked for
    kept: Kept = field(default_factory=Kept)

    def __call__(self, order: Order) -> Built:
        """Return what is made of a contract; a fault of ours is told in it, for others to go on."""
        from cpomgen import pipeline
        from cpomgen.reading import Reading

        tree = self.tree or Bundle({**self.files, contract_path(order.identifiant): order.content})
        try:
            reading = Reading(tree, self.kept)
            if order.printed:
                return pipeline.build(reading, order.identifiant, replace(self.options, but=order.but))
            return pipeline.known(reading, order.identifiant)
        except Exception:  # noqa: BLE001 - told once all is done, as a bug
            return broken(order, traceback.format_exc())

    def __getstate__(self) -> tuple[Mapping[str, bytes | tuple[Problem, ...]], Options]:
        return self.files, self.options

    def __setstate__(self, state: tuple[Mapping[str, bytes | tuple[Problem, ...]], Options]) -> None:
        self.files, self.options = state
        self.tree, self.kept = None, Kept()


def contract_path(identifiant: str) -> str:
    """Return the path of the file of a contract."""
    return f"contracts/{identifiant}.yaml"


def shared_files(tree: WorkTree, others: tuple[str, ...] = ()) -> dict[str, bytes | tuple[Problem, ...]]:
    """Return the files that all contracts of a project share, and `others`, those of them that are there."""
    found: dict[str, bytes | tuple[Problem, ...]] = {}
    present = (path for path in others if (tree.root / path).exists())
    for path in (*present, *(each for folder in SHARED for each in tree.below(folder))):
        try:
            found[path] = tree.read(path)
        except ProblemError as error:
            found[path] = error.problems
    return found


def lost(order: Order) -> Built:
    """Return what is told of a contract with which two processes have died."""
    return broken(order, "two processes died while they built this contract\n")


def broken(order: Order, told: str) -> Built:
    """Return what is told of a contract at which we have failed."""
    message = "erreur interne de cpomgen sur ce contrat : ses documents restent tels qu’ils étaient."
    problem = Problem("CPOM559", Mark(contract_path(order.identifiant)), message, "Les autres sont construits.")
    return Built(order.identifiant, problems=(problem,), bug=f"{order.identifiant}\n{told}")
