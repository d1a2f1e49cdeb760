"""Rows of a spreadsheet → contracts, one by one: weighed, read again with all their rules, then written whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cpomgen.blanks import blanks
from cpomgen.create import create
from cpomgen.disk import swap, unwritable
from cpomgen.feuille import Cell, Feuille
from cpomgen.glance import typed
from cpomgen.ligne import Asked, Change, Fault, Proposal, blamed, drafted, propose
from cpomgen.problem import Mark, Problem, ProblemError, is_blocking
from cpomgen.project import kind_of, new_file
from cpomgen.reading import Reading, signatures
from cpomgen.saisie import Typed
from cpomgen.saisie import typed as typed_cell
from cpomgen.scalars import Misread
from cpomgen.schema import Schema
from cpomgen.source import Source
from cpomgen.titles import Titles
from cpomgen.tree import Overlaid, Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.version import Bindings, Version


class Fate(Enum):
    """What becomes of the contract of a row; the value is said of one, of what would be, of several."""

    CREE = ("créé", "serait créé", "créés")
    CHANGE = ("changé", "serait changé", "changés")
    INCHANGE = ("inchangé", "inchangé", "inchangés")
    REFUSE = ("refusé", "serait refusé", "refusés")


@dataclass(frozen=True)
class Ligne:
    """A row, and what became of its contract: what changes in it, what is told of it, what is wrong with it."""

    number: int
    identifiant: str
    fate: Fate
    changes: tuple[Change, ...] = ()
    told: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()
    blanks: int = 0


@dataclass
class Import:
    """A sheet being imported in a project: what its rows start from, what has been read so far."""

    root: Path
    schema: Schema
    feuille: Feuille
    titles: Titles
    base: bytes | None = None
    dry: bool = False
    tree: Overlaid = field(init=False)
    reading: Reading = field(init=False)
    known: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        disk = WorkTree(self.root)
        self.tree = Overlaid(disk)
        self.reading = Reading(self.tree)
        self.names = set(disk.names("contracts", ".yaml"))
        self.registers = set(disk.names("signatures", ".yaml"))
        self.helped = self.schema.type in disk.names("schemas", ".schema.json")

    def rows(self) -> Iterator[Ligne]:
        """Yield what becomes of each row, once it is done."""
        numbers = [number for number in sorted(self.feuille.rows) if number > self.titles.row]
        counts = Counter(self.named(number) for number in numbers)
        for number in numbers:
            identifiant = self.named(number)
            try:
                self.check_id(number, identifiant, counts[identifiant])
                yield self.done(number, identifiant)
            except ProblemError as error:
                self.keep(f"contracts/{identifiant}.yaml", None)
                faults = tuple(Fault(self.titles.identity, each) for each in error.problems)
                yield Ligne(number, identifiant, Fate.REFUSE, faults=faults)

    def named(self, number: int) -> str:
        """Return the id of the contract of a row, as it is typed."""
        found = typed_cell(self.cell(number), self.titles.columns[self.titles.identity])
        return found.texts[0] if isinstance(found, Typed) and found.texts else ""

    def cell(self, number: int) -> Cell:
        """Return the cell that says of which contract a row is."""
        return self.feuille.rows[number].get(self.titles.identity, Cell())

    def check_id(self, number: int, identifiant: str, count: int) -> None:
        """Raise ProblemError for a row that does not say of which contract it is, or not alone."""
        mark = self.feuille.mark(number, self.titles.identity)
        found = typed_cell(self.cell(number), self.titles.columns[self.titles.identity])
        if isinstance(found, Misread) and self.cell(number):
            raise ProblemError(Problem("CPOM708", mark, found.message, found.remedy))
        if not identifiant:
            message = "cette ligne ne dit pas de quel contrat elle parle."
            raise ProblemError(Problem("CPOM708", mark, message, "Donnez l'identifiant du contrat."))
        if count > 1:
            message = f"{count} lignes parlent du contrat « {identifiant} » : aucune n'est lue."
            raise ProblemError(Problem("CPOM708", mark, message, "Réunissez-les en une seule."))
        if identifiant not in self.names:
            try:
                new_file(identifiant, self.schema.at_role("identifiant"))
            except ProblemError as error:
                raise ProblemError(*(each._replace(mark=mark) for each in error.problems)) from None

    def done(self, number: int, identifiant: str) -> Ligne:
        """Do what a row says, if it can be; raise ProblemError when its contract cannot be read or written."""
        path = f"contracts/{identifiant}.yaml"
        is_new = identifiant not in self.names
        before = self.started(identifiant) if is_new else self.tree.read(path)
        source = self.reading.kept.of("base", before, lambda: typed(before, path)) if is_new else typed(before, path)
        self.check_type(source, number)
        made = propose(before, source.root, self.schema, Asked(self.feuille, self.titles, number))
        told = tuple(made.told)
        if not made.faults and (is_new or made.changes):
            made.faults += self.faults(number, identifiant, before, made, is_new=is_new)
        if made.faults:
            return Ligne(number, identifiant, Fate.REFUSE, told=told, faults=tuple(made.faults))
        if not (is_new or made.changes):
            return Ligne(number, identifiant, Fate.INCHANGE, told=told)
        self.write(path, None if is_new else before, made.content)
        left = len(blanks(typed(made.content, path), self.schema)) if is_new else 0
        return Ligne(number, identifiant, Fate.CREE if is_new else Fate.CHANGE, tuple(made.changes), told, (), left)

    def started(self, identifiant: str) -> bytes:
        """Return what a new contract starts from."""
        return drafted(self.schema, identifiant, helped=self.helped) if self.base is None else self.base

    def check_type(self, source: Source, number: int) -> None:
        """Raise ProblemError for a contract whose columns would be others."""
        kind = kind_of(source, self.tree)
        if kind != self.schema.type:
            message = f"ce contrat est du type « {kind} », la feuille est lue comme « {self.schema.type} »."
            mark = self.feuille.mark(number, self.titles.identity)
            raise ProblemError(Problem("CPOM708", mark, message, "Importez-le à part, avec --type."))

    def faults(self, number: int, identifiant: str, before: bytes, made: Proposal, *, is_new: bool) -> list[Fault]:
        """Return the errors that a contract would have and has not yet; without any, it is read so from now on."""
        path = f"contracts/{identifiant}.yaml"
        found = self.errors(identifiant, made.content)
        known = self.before(identifiant, before, is_new=is_new) if found else Counter()
        ranks = blamed(made.content, path, self.titles, found) if found else []
        fresh: list[Fault] = []
        for rank, problem in sorted(zip(ranks, found, strict=True), key=lambda pair: bool(pair[0])):
            if known[problem.code, problem.message] > 0:
                known[problem.code, problem.message] -= 1
            else:
                fresh.append(self.fault(number, rank, problem))
        if fresh:
            self.keep(path, None if is_new else before)
        return _once(sorted(fresh))

    def fault(self, number: int, rank: int, problem: Problem) -> Fault:
        """Return a problem of a contract, at the cell that it is about."""
        return Fault(rank, problem._replace(mark=self.feuille.mark(number, rank)))

    def keep(self, path: str, content: bytes | None) -> None:
        """Have a contract read with this content from now on, as it is on the disk without any."""
        for held in (self.tree.contents, self.reading.tree.contents):
            held.pop(path, None)
            if content is not None:
                held[path] = content

    def errors(self, identifiant: str, content: bytes) -> list[Problem]:
        """Return what stops a contract, were this its content; it stays so."""
        self.keep(f"contracts/{identifiant}.yaml", content)
        return _errors(self.reading, identifiant, self.bound(identifiant))

    @cached_property
    def bindings(self) -> Bindings:
        """Return what knows what contracts must still say."""
        from cpomgen.version import Bindings

        return Bindings(self.root)

    def bound(self, identifiant: str) -> tuple[Version, ...]:
        """Return what a contract must still say: its last version that is signed, or the pieces that are frozen."""
        if identifiant not in self.registers and identifiant not in self.bindings.apart:
            return ()
        try:
            return self.bindings.of(identifiant, signatures(self.tree, identifiant))
        except ProblemError as error:
            if any(map(is_blocking, error.problems)):
                raise
            return ()  # files without git: nobody knows what was signed

    def before(self, identifiant: str, content: bytes, *, is_new: bool) -> Counter[tuple[str, str]]:
        """Return how many errors of each sort a contract has already; those of the base of new ones are told once."""
        key = "" if is_new else identifiant
        if key not in self.known:
            alone = _Lonely(self.tree, f"contracts/{identifiant}.yaml", content)
            found = _errors(Reading(alone), identifiant) if is_new else self._now(identifiant, content)
            self.known[key] = Counter((each.code, each.message) for each in found)
        return Counter(self.known[key])

    def _now(self, identifiant: str, content: bytes) -> list[Problem]:
        path = f"contracts/{identifiant}.yaml"
        after = self.tree.contents[path]
        found = self.errors(identifiant, content)
        self.keep(path, after)
        return found

    def write(self, path: str, before: bytes | None, content: bytes) -> None:
        """Write a contract, unless the run is dry; raise ProblemError when it has changed meanwhile."""
        if self.dry:
            return
        try:
            if before is None:
                create(self.root, {path: content})
            elif (self.root / path).read_bytes() == before:
                swap(self.root / path, content)
            else:
                message = "ce contrat a été enregistré pendant l'import : il est laissé tel qu'il est."
                raise ProblemError(Problem("CPOM709", Mark(path), message, "Relancez l'import."))
        except OSError as error:
            raise ProblemError(unwritable(error, Mark(path))) from None


def _once(faults: list[Fault]) -> list[Fault]:
    """Return what is wrong in a row, what is said several times of one cell said once."""
    counts = Counter(faults)
    return [
        each._replace(problem=each.problem._replace(message=f"{each.problem.message} ({count} fois)"))
        if count > 1
        else each
        for each, count in counts.items()
    ]


class _Lonely:
    """A tree that has one contract: what is wrong in it owes nothing to others."""

    def __init__(self, tree: Tree, path: str, content: bytes) -> None:
        self.tree, self.path, self.content = tree, path, content

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""
        return self.content if path == self.path else self.tree.read(path)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        alone = (self.path.rpartition("/")[2].removesuffix(suffix),)
        return alone if folder == "contracts" else self.tree.names(folder, suffix)


def _errors(reading: Reading, identifiant: str, bound: tuple[Version, ...] = ()) -> list[Problem]:
    """Return what stops a contract, were it only that it cannot be read."""
    from cpomgen import pipeline

    try:
        found = reading.examined(identifiant)
        since = pipeline.changed(reading, found, bound)
    except ProblemError as error:
        return list(error.problems)
    return [each for each in (*found.problems, *since) if is_blocking(each)]
