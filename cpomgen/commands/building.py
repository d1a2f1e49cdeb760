"""Contracts → their documents in out/, those alone that are no longer what they would be, as many at once as asked."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cpomgen.around import digests, meeting
from cpomgen.commands.due import Asked, Due, failed
from cpomgen.commands.gone import Gone, swept
from cpomgen.commands.revision import Revisions
from cpomgen.commands.workshop import Order, Workshop, contract_path, lost
from cpomgen.inventory import Fact
from cpomgen.outcome import Built, Fate, Outcome
from cpomgen.pool import Alone, Pool, Workers
from cpomgen.problem import Problem, ProblemError, is_blocking
from cpomgen.trace import ABSENT, UNKNOWN, Trace
from cpomgen.write import Written, depot

if TYPE_CHECKING:
    from cpomgen.reading import Reading

FEWEST = 2  # contracts that a process is worth starting for
SHARE = 20  # times what putting documents in their places takes, before it is done again


class Teller(Protocol):
    """Who is told of a build."""

    def waits(self) -> None:
        """Say that another build holds the project."""

    def begins(self, count: int) -> None:
        """Say how many contracts there are to build."""

    def tells(self, outcome: Outcome) -> None:
        """Say what became of a contract."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of all contracts, in their order; documents that none has any more; what our faults left to tell."""

    outcomes: tuple[Outcome, ...]
    gone: Gone
    bugs: tuple[str, ...] = ()

    def of(self, fate: Fate) -> list[Outcome]:
        """Return the contracts of which this became."""
        return [each for each in self.outcomes if each.fate is fate]

    @property
    def failed(self) -> bool:
        """Tell whether something went wrong."""
        return bool(self.of(Fate.ERREUR)) or any(map(is_blocking, self.gone.problems))


class Arrived(NamedTuple):
    """Documents of a contract that are put aside, not yet in their places."""

    built: Built
    written: Written
    why: tuple[str, ...]


class Building:
    """One build of contracts of a project."""

    def __init__(self, root: Path, asked: Asked, teller: Teller) -> None:
        self.root, self.asked, self.teller = root, asked, teller
        self.revisions = Revisions(root)
        self.due = Due(root, asked, self.revisions.frozen_apart())
        self.done = self.due.done
        self.arrived: list[Arrived] = []
        self.settled, self.took = time.monotonic(), 0.0
        self.bugs: list[str] = []
        self.gone = Gone()

    def run(self, identifiants: tuple[str, ...]) -> Tally:
        """Build contracts, tell what becomes of each as it becomes known, and return what became of all."""
        frozen = self.revisions.left_alone(identifiants) if self.asked.every else {}
        for outcome in self.outcomes(identifiants, frozen):
            self.teller.tells(outcome)
        done = tuple(self.done[each] for each in identifiants)
        return Tally(done, self.gone, tuple(self.bugs))

    def outcomes(self, identifiants: tuple[str, ...], frozen: Mapping[str, int]) -> Iterator[Outcome]:
        """Yield what becomes of each contract, as it becomes known; `frozen` are left as they are."""
        with depot(self.root, overwrite=self.asked.overwrite, waiting=self.teller.waits) as self.depot:
            orders = list(self.due.orders(identifiants, frozen))
            yield from tuple(self.done.values())
            self.teller.begins(sum(each.printed for each in orders))
            for built in self.made(orders):
                yield from self.receive(built)
            yield from self.settle()
            if self.asked.every:
                yield from self.neighbours(frozen)
                self.gone = swept(self.due, self.depot, removes=self.asked.prunes)

    # What is built

    def made(self, orders: list[Order]) -> Iterator[Built]:
        """Yield what is made of orders, as it is completed."""
        if not orders:
            return
        pool, waiting, running = self.pool(len(orders)), iter(orders), 0
        try:
            while True:
                for order in (order for _, order in zip(range(pool.room - running), waiting, strict=False)):
                    pool.submit(order)
                    running += 1
                if not running:
                    return
                yield pool.completed()
                running -= 1
        finally:
            pool.close()

    def pool(self, count: int) -> Pool[Order, Built]:
        """Return where contracts are built."""
        workshop = Workshop(self.due.files, self.asked.options, None if self.asked.every else self.due.tree)
        if self.asked.scheduler:
            from cpomgen.cluster import Cluster

            return Cluster(workshop, self.asked.scheduler, lost)
        jobs = min(self.asked.jobs, count // FEWEST) if self.asked.every else 1
        return Workers(workshop, jobs, lost) if jobs > 1 else Alone(workshop)

    def receive(self, built: Built) -> Iterator[Outcome]:
        """Put the documents of a contract aside; yield what became of those that are in their places."""
        name = built.identifiant
        if built.bug:
            self.bugs.append(built.bug)
        if name in self.done:  # left alone
            self.due.keep(name, Trace(replace(self.due.of(built), options=""), voisin=built.voisin))
        elif any(map(is_blocking, built.problems)):
            if not built.bug:
                self.due.keep(name, Trace(self.due.of(built), problems=built.problems, voisin=built.voisin))
            yield self.end(failed(name, built.problems, self.due.why[name]))
        else:
            try:
                written = self.depot.put(built.files, self.facts(built))
                self.arrived.append(
                    Arrived(replace(built, files=dict.fromkeys(built.files, b"")), written, self.due.why[name])
                )
            except ProblemError as error:
                yield self.end(failed(name, error.problems, self.due.why[name]))
        if time.monotonic() - self.settled > SHARE * self.took:
            yield from self.settle()

    def settle(self) -> Iterator[Outcome]:
        """Put documents in their places, and yield what became of their contracts."""
        start, arrived, self.arrived = time.monotonic(), self.arrived, []
        everywhere: tuple[Problem, ...] = ()
        refused: Mapping[str, Problem] = {}
        try:
            refused = self.depot.settle()
        except ProblemError as error:
            everywhere = error.problems
        for built, written, why in arrived:
            name = built.identifiant
            if problems := everywhere or tuple(refused[path] for path in built.files if path in refused):
                yield self.end(failed(name, problems, why))
                continue
            if not self.asked.options.names:
                documents = {path: self.depot.inventory.known(path)[-1] for path in built.files}
                self.due.keep(name, Trace(self.due.of(built), documents, built.problems, built.voisin))
            fate = Fate.CONSTRUIT
            paths, left = tuple(built.files), self.due.left(name)
            yield self.end(Outcome(name, *written, built.problems, paths, fate, why, left))
        self.settled = time.monotonic()
        self.took = self.settled - start

    def neighbours(self, frozen: Mapping[str, int]) -> Iterator[Outcome]:
        """Yield the contracts of which rules say something else, for what others have become."""
        around = digests(meeting(each.voisin for each in self.due.traces.values() if each.voisin))
        for name, found in list(self.due.traces.items()):
            now, is_read = around.get(name, ABSENT), self.done[name].fate in (Fate.CONSTRUIT, Fate.INCHANGE)
            if name in frozen or not is_read or found.autour == now or (now == ABSENT and found.autour == UNKNOWN):
                continue
            problems = self.reading.examined(name).problems
            self.due.keep(name, replace(found, problems=problems, autour=now))
            if problems != found.problems:
                yield self.end(replace(self.done[name], problems=problems))

    @cached_property
    def reading(self) -> Reading:
        """Return what reads the contracts of the project, all together."""
        from cpomgen.reading import Reading

        return Reading(self.due.tree)

    def end(self, outcome: Outcome) -> Outcome:
        """Return what became of a contract, once it is noted."""
        self.done[outcome.identifiant] = outcome
        return outcome

    def facts(self, built: Built) -> dict[str, dict[str, Fact]]:
        """Return what the manifest says of each document of a contract."""
        name = built.identifiant
        revision = self.revisions.of(contract_path(name), self.due.contents[name])
        return {path: {**facts, **revision} for path, facts in built.facts.items()}
