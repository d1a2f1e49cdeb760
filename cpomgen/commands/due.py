"""Contracts of a project → those that are to be built, and why; of the others, what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cpomgen import trace as traces
from cpomgen.cache import programs
from cpomgen.commands.workshop import Order, contract_path, shared_files
from cpomgen.disk import fingerprint, fingerprint_of
from cpomgen.outcome import Built, Fate, Options, Outcome
from cpomgen.pool import together
from cpomgen.problem import Problem, ProblemError, is_blocking
from cpomgen.project import CAMPAGNE, contract_file
from cpomgen.trace import ABSENT, Made, Trace, trace_of
from cpomgen.tree import WorkTree


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


class Due:
    """What is to be built in a project, by what its files hold: dates tell nothing.

    `files` are those that contracts share, `contents` their own; `why` are the reasons of those that are to be built,
    `done` is what became of the others. `apart` are the pieces of contracts that are frozen before the whole.
    """

    def __init__(self, root: Path, asked: Asked, apart: Mapping[str, tuple[str, ...]]) -> None:
        self.root, self.asked, self.tree, self.apart = root, asked, WorkTree(root), apart
        self.files = shared_files(self.tree, (CAMPAGNE,))
        self.shared = {path: fingerprint(content) for path, content in self.files.items() if isinstance(content, bytes)}
        self.contents: dict[str, bytes] = {}
        self.why: dict[str, tuple[str, ...]] = {}
        self.traces: dict[str, Trace] = {}
        self.done: dict[str, Outcome] = {}

    def orders(self, identifiants: tuple[str, ...], frozen: Mapping[str, int]) -> Iterator[Order]:
        """Yield what is to be built, or read; of the others, what became of them is known."""
        before = {each: found for each in identifiants if (found := self.read(each))}
        intact = self.intact({each: found for each, found in before.items() if each not in frozen})
        for each in identifiants:
            if each in frozen:
                self.done[each] = Outcome(
                    each, fate=Fate.CONSERVE, why=(f"laissé tel quel, c’est la version v{frozen[each]}",)
                )
                if not self.is_known(each):
                    yield Order(each, self.contents[each], printed=False)
            elif each in self.contents:
                self.why[each] = tuple(self.reasons(each, intact))
                if self.why[each]:
                    yield Order(each, self.contents[each], but=self.left(each))
                else:
                    self.done[each] = replace(_unchanged(each, self.traces[each]), pieces=self.left(each))

    def left(self, identifiant: str) -> tuple[str, ...]:
        """Return the documents of a contract that are left as they were frozen; none that is asked for."""
        return () if self.asked.options.names else self.apart.get(identifiant, ())

    def read(self, identifiant: str) -> Trace | None:
        """Return the trace of a contract once its file is read, None without any; what is wrong is then known."""
        try:
            self.contents[identifiant] = self.tree.read(contract_path(identifiant))
        except ProblemError as error:
            self.done[identifiant] = failed(identifiant, self.unknown(identifiant) or error.problems)
            return None
        if found := trace_of(self.root, identifiant):
            self.traces[identifiant] = found
        return found

    def unknown(self, identifiant: str) -> tuple[Problem, ...]:
        """Return what is wrong when no contract has this id."""
        try:
            contract_file(self.tree, identifiant)
        except ProblemError as error:
            return error.problems
        return ()

    def made_from(self, identifiant: str, paths: Iterable[str]) -> Made:
        """Return what the documents of a contract would be made from today, as far as these files go."""
        own = {contract_path(identifiant): fingerprint(self.contents[identifiant])}
        files = own | {path: self.shared.get(path, ABSENT) for path in set(paths) - own.keys()}
        return Made(files, programs().hex(), repr(replace(self.asked.options, but=self.left(identifiant))))

    def is_known(self, identifiant: str) -> bool:
        """Tell whether what others need to know of a contract is known, of its file as it is."""
        path, found = contract_path(identifiant), self.traces.get(identifiant)
        return bool(found and found.made.fichiers.get(path) == fingerprint(self.contents[identifiant]))

    def intact(self, found: Mapping[str, Trace]) -> Mapping[str, str | None]:
        """Return the fingerprints of the documents of contracts, None for those that are not there."""
        paths = [path for each in found.values() for path in each.documents]
        out = f"{self.root}/out/"  # thousands of paths are made of it
        return dict(zip(paths, together(lambda path: fingerprint_of(out + path), paths), strict=True))

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

    def of(self, built: Built) -> Made:
        """Return what documents were made from: the contract, and files that all share."""
        return self.made_from(built.identifiant, (path for path in built.sought if not path.startswith("contracts/")))

    def keep(self, identifiant: str, trace: Trace) -> None:
        """Keep the trace of a contract; where the disk refuses, it is built again the next time."""
        self.traces[identifiant] = trace
        with suppress(OSError):
            traces.keep(self.root, identifiant, trace)

    def forget(self, identifiant: str) -> None:
        """Take away the trace of a contract that is gone."""
        traces.drop(self.root, identifiant)


def failed(identifiant: str, problems: Iterable[Problem], why: tuple[str, ...] = ()) -> Outcome:
    """Return what became of a contract in which something is wrong."""
    return Outcome(identifiant, problems=tuple(problems), fate=Fate.ERREUR, why=why)


def _unchanged(identifiant: str, trace: Trace) -> Outcome:
    """Return what became of a contract that has not changed: what was wrong in it still is."""
    if any(map(is_blocking, trace.problems)):
        return failed(identifiant, trace.problems)
    paths = tuple(trace.documents)
    return Outcome(identifiant, (), paths, trace.problems, paths, Fate.INCHANGE)
