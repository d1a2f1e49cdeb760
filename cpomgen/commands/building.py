"""Contracts → their documents in out/, those alone that are no longer what they would be, as many at once as asked."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from cpomgen import trace as traces
from cpomgen.around import digests, meeting
from cpomgen.cache import programs
from cpomgen.commands.revision import Revisions, left_alone
from cpomgen.commands.workshop import Order, Workshop, contract_path, lost, shared_files
from cpomgen.edition import Edition
from cpomgen.inventory import Fact
from cpomgen.outcome import Built, Fate, Options, Outcome
from cpomgen.pool import Alone, Pool, Workers, together
from cpomgen.problem import Problem, ProblemError, is_blocking
from cpomgen.trace import ABSENT, UNKNOWN, Made, Trace, trace_of
from cpomgen.tree import WorkTree
from cpomgen.write import Written, depot

OTHERS = ("campagne.yaml",)  # files beside schemas and templates that contracts may be made from
PROJET = Edition.PROJET.name.lower()
SHARE = 20  # times what putting documents in their places takes, before it is done again


@dataclass(frozen=True, slots=True)
class Asked:
    """How to build: what to print, in how many processes, whether over edited files, and even what is unchanged.

    `every` contract of the project is asked for: those that are frozen as they are, are left alone.
    """

    options: Options
    jobs: int = 1
    overwrite: bool = False
    anew: bool = False
    every: bool = False
    prunes: bool = False
    scheduler: str = ""


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
    """What became of all contracts, in their order; documents that no contract has any more, those that are removed.

    `problems` are why others are not, `bugs` what our faults left to tell.
    """

    outcomes: tuple[Outcome, ...]
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    bugs: tuple[str, ...] = ()

    def of(self, fate: Fate) -> list[Outcome]:
        """Return the contracts of which this became."""
        return [each for each in self.outcomes if each.fate is fate]

    @property
    def failed(self) -> bool:
        """Tell whether something went wrong."""
        return bool(self.of(Fate.ERREUR)) or any(map(is_blocking, self.problems))


class Arrived(NamedTuple):
    """Documents of a contract that are put aside, not yet in their places."""

    built: Built
    written: Written
    why: tuple[str, ...]


class Building:
    """One build of contracts of a project."""

    def __init__(self, root: Path, asked: Asked, teller: Teller) -> None:
        self.root, self.asked, self.teller = root, asked, teller
        self.tree = WorkTree(root)
        self.files = shared_files(self.tree, OTHERS)
        self.shared = {path: _digest(content) for path, content in self.files.items() if isinstance(content, bytes)}
        self.contents: dict[str, bytes] = {}
        self.why: dict[str, tuple[str, ...]] = {}
        self.traces: dict[str, Trace] = {}
        self.done: dict[str, Outcome] = {}
        self.arrived: list[Arrived] = []
        self.settled, self.took = time.monotonic(), 0.0
        self.bugs: list[str] = []
        self.gone: tuple[str, ...] = ()
        self.removed: tuple[str, ...] = ()
        self.problems: tuple[Problem, ...] = ()

    def run(self, identifiants: tuple[str, ...]) -> Tally:
        """Build contracts, tell what becomes of each as it becomes known, and return what became of all."""
        frozen = left_alone(self.root, identifiants) if self.asked.every else {}
        for outcome in self.outcomes(identifiants, frozen):
            self.teller.tells(outcome)
        done = tuple(self.done[each] for each in identifiants)
        return Tally(done, self.gone, self.removed, self.problems, tuple(self.bugs))

    def outcomes(self, identifiants: tuple[str, ...], frozen: Mapping[str, int]) -> Iterator[Outcome]:
        """Yield what becomes of each contract, as it becomes known; `frozen` are left as they are."""
        with depot(self.root, overwrite=self.asked.overwrite, waiting=self.teller.waits) as self.depot:
            orders = list(self.orders(identifiants, frozen))
            yield from tuple(self.done.values())
            self.teller.begins(sum(each.printed for each in orders))
            self.revisions = Revisions(self.root)
            for built in self.made(orders):
                yield from self.receive(built)
            yield from self.settle()
            if self.asked.every:
                yield from self.neighbours(frozen)
                self.sweep()

    # What is to be built

    def orders(self, identifiants: tuple[str, ...], frozen: Mapping[str, int]) -> Iterator[Order]:
        """Yield what is to be built, or read; of the others, what became of them is known."""
        before = {each: found for each in identifiants if (found := self.read(each))}
        intact = self.intact({each: found for each, found in before.items() if each not in frozen})
        for each in identifiants:
            if each in frozen:
                self.done[each] = Outcome(each, fate=Fate.CONSERVE, why=(f"v{frozen[each]}",))
                if not self.is_known(each):
                    yield Order(each, self.contents[each], printed=False)
            elif each in self.contents:
                self.why[each] = tuple(self.reasons(each, intact))
                if self.why[each]:
                    yield Order(each, self.contents[each])
                else:
                    self.done[each] = _unchanged(each, self.traces[each])

    def read(self, identifiant: str) -> Trace | None:
        """Return the trace of a contract once its file is read, None without any; what is wrong is then known."""
        try:
            self.contents[identifiant] = self.tree.read(contract_path(identifiant))
        except ProblemError as error:
            self.done[identifiant] = _failed(identifiant, self.unknown(identifiant) or error.problems)
            return None
        if found := trace_of(self.root, identifiant):
            self.traces[identifiant] = found
        return found

    def unknown(self, identifiant: str) -> tuple[Problem, ...]:
        """Return what is wrong when no contract has this id."""
        from cpomgen.project import contract_file

        try:
            contract_file(self.tree, identifiant)
        except ProblemError as error:
            return error.problems
        return ()

    def made_from(self, identifiant: str, paths: Iterable[str]) -> Made:
        """Return what the documents of a contract would be made from today, as far as these files go."""
        own = {contract_path(identifiant): _digest(self.contents[identifiant])}
        files = own | {path: self.shared.get(path, ABSENT) for path in {*paths, *OTHERS} - own.keys()}
        return Made(files, programs().hex(), repr(self.asked.options))

    def is_known(self, identifiant: str) -> bool:
        """Tell whether what others need to know of a contract is known, of its file as it is."""
        path, found = contract_path(identifiant), self.traces.get(identifiant)
        return bool(found and found.made.fichiers.get(path) == _digest(self.contents[identifiant]))

    def intact(self, found: Mapping[str, Trace]) -> Mapping[str, str | None]:
        """Return the fingerprints of the documents of contracts, None for those that are not there."""
        paths = [path for each in found.values() for path in each.documents]
        return dict(zip(paths, together(lambda path: _found(self.root / "out" / path), paths), strict=True))

    def reasons(self, identifiant: str, intact: Mapping[str, str | None]) -> Iterator[str]:
        """Yield why a contract is to be built, nothing when its documents are what they would be."""
        found = self.traces.get(identifiant)
        if self.asked.anew:
            yield "--rebuild le demande"
        elif self.asked.options.names:
            yield "--document le demande"
        elif found is None:
            yield "il n’a pas encore été construit ici"
        else:
            yield from traces.changes(found.made, self.made_from(identifiant, found.made.fichiers))
            for path in (path for path, empreinte in found.documents.items() if intact[path] != empreinte):
                yield f"out/{path} {'n’est plus tel qu’il a été écrit' if intact[path] else 'n’est plus là'}"

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
        workshop = Workshop(self.files, self.asked.options, None if self.asked.every else self.tree)
        if self.asked.scheduler:
            from cpomgen.cluster import Cluster

            return Cluster(workshop, self.asked.scheduler, lost)
        jobs = min(self.asked.jobs, count)
        return Workers(workshop, jobs, lost) if jobs > 1 else Alone(workshop)

    def receive(self, built: Built) -> Iterator[Outcome]:
        """Put the documents of a contract aside; yield what became of those that are in their places."""
        name = built.identifiant
        if built.bug:
            self.bugs.append(built.bug)
        if name in self.done:  # left alone
            self.keep(name, Trace(self.made_from(name, built.sought), voisin=built.voisin))
        elif any(map(is_blocking, built.problems)):
            if not built.bug:
                self.keep(name, Trace(self.of(built), problems=built.problems, voisin=built.voisin))
            yield self.end(_failed(name, built.problems, self.why[name]))
        else:
            try:
                written = self.depot.put(built.files, self.facts(built))
                self.arrived.append(
                    Arrived(replace(built, files=dict.fromkeys(built.files, b"")), written, self.why[name])
                )
            except ProblemError as error:
                yield self.end(_failed(name, error.problems, self.why[name]))
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
                yield self.end(_failed(name, problems, why))
                continue
            if not self.asked.options.names:
                documents = {path: self.depot.inventory.known(path)[-1] for path in built.files}
                self.keep(name, Trace(self.of(built), documents, built.problems, built.voisin))
            fate = Fate.CONSTRUIT
            yield self.end(Outcome(name, *written, built.problems, tuple(built.files), fate, why))
        self.settled = time.monotonic()
        self.took = self.settled - start

    def neighbours(self, frozen: Mapping[str, int]) -> Iterator[Outcome]:
        """Yield the contracts of which rules say something else, for what others have become."""
        from cpomgen.reading import Reading

        reading = Reading(self.tree)
        around = digests(meeting(each.voisin for each in self.traces.values() if each.voisin))
        for name, found in list(self.traces.items()):
            now, is_read = around.get(name, ABSENT), self.done[name].fate in (Fate.CONSTRUIT, Fate.INCHANGE)
            if name in frozen or not is_read or found.autour == now or (now == ABSENT and found.autour == UNKNOWN):
                continue
            problems = reading.examined(name).problems
            self.keep(name, replace(found, problems=problems, autour=now))
            if problems != found.problems:
                yield self.end(replace(self.done[name], problems=problems))

    def sweep(self) -> None:
        """Find the documents of projects that no contract has any more; remove them when asked to."""
        known, held = set(self.tree.names("contracts", ".yaml")), self.held()
        gone = [path for path in self.depot.inventory.entries if self.is_gone(path, known, held)]
        refused = self.depot.remove(gone) if self.asked.prunes else {}
        removed = tuple(path for path in gone if self.asked.prunes and path not in refused)
        self.gone, self.removed, self.problems = tuple(gone), removed, tuple(refused.values())
        for name in {path.partition("/")[0] for path in removed} - known:
            traces.drop(self.root, name)

    def is_gone(self, path: str, known: set[str], held: set[str]) -> bool:
        """Tell whether a document of a project has no contract, or is one that its contract does not print any more."""
        owner, *below = PurePosixPath(path).parts
        edition = self.depot.inventory.entry(path).facts.get("edition", PROJET)
        if len(below) != 1 or edition != PROJET:  # of a version, of an avenant: those are kept
            return False
        return owner not in known or (owner in held and path not in held)

    def held(self) -> set[str]:
        """Return the documents of contracts that are built or unchanged, and the ids of those."""
        if self.asked.options.names:
            return set()
        done = [each for each in self.done.values() if each.fate in (Fate.CONSTRUIT, Fate.INCHANGE)]
        return {name for each in done for name in (each.identifiant, *each.paths)}

    def end(self, outcome: Outcome) -> Outcome:
        """Return what became of a contract, once it is noted."""
        self.done[outcome.identifiant] = outcome
        return outcome

    def of(self, built: Built) -> Made:
        """Return what documents were made from: the contract, and files that all share."""
        return self.made_from(built.identifiant, (path for path in built.sought if not path.startswith("contracts/")))

    def keep(self, identifiant: str, trace: Trace) -> None:
        """Keep the trace of a contract; where the disk refuses, it is built again the next time."""
        self.traces[identifiant] = trace
        with suppress(OSError):
            traces.keep(self.root, identifiant, trace)

    def facts(self, built: Built) -> dict[str, dict[str, Fact]]:
        """Return what the manifest says of each document of a contract."""
        content = self.contents[built.identifiant]
        common: dict[str, Fact] = {
            "contrat": built.identifiant, "edition": self.asked.options.edition.name.lower(),
            "source": _digest(content), "modele": built.modele,
            **self.revisions.of(contract_path(built.identifiant), content),
        }  # fmt: skip
        pages = {path: {"pages": count} for path, count in built.pages.items()}
        return {path: {**common, **pages.get(path, {})} for path in built.files}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _found(path: Path) -> str | None:
    """Return the fingerprint of a document, None when it is not there, or cannot be read."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return None


def _failed(identifiant: str, problems: Iterable[Problem], why: tuple[str, ...] = ()) -> Outcome:
    return Outcome(identifiant, problems=tuple(problems), fate=Fate.ERREUR, why=why)


def _unchanged(identifiant: str, trace: Trace) -> Outcome:
    """Return what became of a contract that has not changed: what was wrong in it still is."""
    if any(map(is_blocking, trace.problems)):
        return _failed(identifiant, trace.problems)
    paths = tuple(trace.documents)
    return Outcome(identifiant, (), paths, trace.problems, paths, Fate.INCHANGE)
