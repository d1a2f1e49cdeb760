"""Saves of a project's files → its contracts built again, what becomes of each told, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from cpomgen.catalogue import references
from cpomgen.commands.revision import Revisions
from cpomgen.commands.told import counted, tell
from cpomgen.commands.viewer import show_first
from cpomgen.kept import Kept
from cpomgen.outcome import Options
from cpomgen.pipeline import rebuild
from cpomgen.problem import ProblemError, is_blocking
from cpomgen.project import CAMPAGNE, contract_file
from cpomgen.reading import Reading
from cpomgen.saves import Saves
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from cpomgen.outcome import Outcome


@dataclass(slots=True)
class Job:
    """A contract being built: what becomes of its documents, one by one, and of those that were after the first."""

    identifiant: str
    outcomes: Iterator[Outcome]
    first: bool = True
    after: list[Outcome] = field(default_factory=list)


class Watch:
    """Contracts of a project, built again when a file that they depend on is saved."""

    def __init__(self, root: Path, options: Options, *, everything: bool, overwrite: bool, opens: bool) -> None:
        self.root, self.tree, self.options = root, WorkTree(root), options
        self.everything, self.overwrite, self.opens = everything, overwrite, opens
        self.kept = Kept()
        self.jobs: list[Job] = []

    def run(self, chosen: tuple[str, ...]) -> int:
        """Build the contracts, then again at each save, until Ctrl-C; raise ProblemError for one that is not there."""
        for identifiant in chosen:
            contract_file(self.tree, identifiant)
        try:
            with Saves(self.root) as saves:
                self.begin(chosen)
                while self.jobs:
                    self.advance()
                _told(f"j’attends vos enregistrements ({', '.join(chosen)}) ; Ctrl-C pour finir.")
                self.follow(saves, chosen)
        except KeyboardInterrupt:
            click.echo("Fini ; aucun document n’est resté à moitié écrit.")
        return 0

    def follow(self, saves: Saves, chosen: tuple[str, ...]) -> None:
        """Build again what is saved, the last save first: what it leaves unfinished is finished after it."""
        while True:
            if saves.is_waiting() or not self.jobs:
                self.begin(self.concerned(saves.wait(), chosen))
            else:
                self.advance()

    def concerned(self, saved: frozenset[str], chosen: tuple[str, ...]) -> tuple[str, ...]:
        """Return the contracts that depend on files; with all of them, a new one is one more."""
        paths = map(PurePosixPath, sorted(saved))
        own = dict.fromkeys(path.stem for path in paths if path.parent.name == "contracts")
        if any(not path.startswith("contracts/") and path != CAMPAGNE for path in saved):
            return tuple(dict.fromkeys((*chosen, *own) if self.everything else chosen))
        drawing = (name for name in chosen if name not in own and CAMPAGNE in saved and self.draws(name))
        return (*(name for name in own if self.everything or name in chosen), *drawing)

    def draws(self, identifiant: str) -> bool:
        """Tell whether a contract refers to the catalogue of its region; one that is not read may do so."""
        try:
            contrat, schema = Reading(self.tree, self.kept).resolved(identifiant)
        except ProblemError:
            return True
        return any(references(contrat.fiche, schema.root))

    def begin(self, identifiants: tuple[str, ...]) -> None:
        """Put contracts before those that are still to be built; one that is being built begins again."""
        jobs = [Job(name, self.outcomes(name)) for name in identifiants]
        self.jobs = jobs + [job for job in self.jobs if job.identifiant not in identifiants]

    def outcomes(self, identifiant: str) -> Iterator[Outcome]:
        """Yield what becomes of the documents of a contract, its files read when the first is asked for."""
        options = replace(self.options, but=Revisions(self.root).frozen_apart().get(identifiant, ()))
        yield from rebuild(Reading(self.tree, self.kept), self.root, identifiant, options, overwrite=self.overwrite)

    def advance(self) -> None:
        """Build one document of the first job, and tell of it."""
        job = self.jobs[0]
        outcome = next(job.outcomes, None)
        if outcome is None:
            self.jobs.pop(0)
            if job.after:
                _told(f"{job.identifiant} : {_sum(job.after)}.")
            return
        if any(map(is_blocking, outcome.problems)):
            tell(outcome.problems, self.tree)
            _told(f"{job.identifiant} : {counted(outcome)} ; ce que l’erreur empêche d’écrire reste tel qu’il était.")
        elif job.first:
            self.tell_first(outcome)
        else:
            job.after.append(outcome)
        job.first = False

    def tell_first(self, outcome: Outcome) -> None:
        """Tell of the document that is watched, and open it the first time, when asked to."""
        names = " et ".join(PurePosixPath(path).name for path in outcome.written or outcome.paths)
        verb = "écrits" if len(outcome.written) > 1 else "écrit" if outcome.written else "inchangés"
        warned = f" ; {counted(outcome)}, voir « cpomgen validate {outcome.identifiant} »" if outcome.problems else ""
        _told(f"{outcome.identifiant} : {names} {verb}{warned}.")
        if self.opens:
            self.opens = not show_first(self.root, outcome.paths)


def _sum(outcomes: list[Outcome]) -> str:
    """Return what became of the documents after the first."""
    written = sum(len(each.written) for each in outcomes)
    count = written + sum(len(each.unchanged) for each in outcomes)
    return f"{count} autres documents ({written} {'écrits' if written > 1 else 'écrit'})"


def _told(sentence: str) -> None:
    click.echo(f"{datetime.now():%H:%M:%S}  {sentence}")  # noqa: DTZ005 - the time that the reader's clock shows
