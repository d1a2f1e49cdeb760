"""Files of a type that a request changes → its contracts, printed as before and as after: what that does to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpomgen import pipeline
from cpomgen.affected import Affected, Gardien, differing, grouped, key_of, numbering, shape
from cpomgen.commands.unaltered import is_unaltered
from cpomgen.edition import Edition
from cpomgen.filters import Numbers
from cpomgen.gabarits import check_template, read_text
from cpomgen.outcome import State
from cpomgen.problem import Mark, Problem, ProblemError, is_blocking
from cpomgen.reading import Reading, signatures
from cpomgen.repository import open_repository
from cpomgen.review import told_apart
from cpomgen.schemas import FOLDER as SHARED
from cpomgen.schemas import shared_files
from cpomgen.scope import scope_of
from cpomgen.settled import as_signed

if TYPE_CHECKING:
    from cpomgen.contrat import Contrat
    from cpomgen.imprime import Imprime
    from cpomgen.kind import Type
    from cpomgen.operation import Operation
    from cpomgen.request import Request

Progress = Callable[[int, int], None]
TYPE = re.compile(rb"^type: *([\w-]+) *\r?$", re.MULTILINE)


class Sides(NamedTuple):
    """A type of contract on both sides of a request, and whether its contracts must be read and checked on both."""

    before: Type
    after: Type
    apart: bool

    @property
    def differ(self) -> bool:
        """Tell whether the text of a contract may differ."""
        return self.apart or shape(self.before.patron) != shape(self.after.patron)


class Parts(NamedTuple):
    """What is enough of both types to tell what differs: what gives numbers, once if alike, sections that differ."""

    numbers: tuple[Type, ...]
    sections: tuple[Type, Type]


def printed(kind: Type, contrat: Contrat, numbers: Numbers | None = None) -> Imprime:
    """Return a contract as it reads, with `numbers` if they are known; raise ProblemError when it has no text."""
    with as_signed(contrat) as written:
        scope = scope_of(written, kind.modele, Edition.PROJET, "")
        return pipeline.print_all(kind, scope | ({"numeros": numbers} if numbers is not None else {}))


def kinds_of(path: str, readings: Iterable[Reading]) -> set[str]:
    """Return the types that a file is of: those that share it, on either side; none for a file of another sort."""
    folder, _, name = path.rpartition("/")
    if path.startswith("templates/"):
        return {path.split("/")[1]}
    if folder != SHARED:
        return {name.partition(".")[0]} if folder == "schemas" else set()
    found: set[str] = set()
    for reading in readings:
        for kind in reading.tree.names("schemas", ".yaml"):
            with suppress(ProblemError):
                found |= {kind} if path in shared_files(reading.tree, kind, reading.kept) else set()
    return found


class Reprinting:
    """The contracts of types that a request changes; `found` is what their templates change in them, by contract."""

    def __init__(
        self,
        request: Request,
        root: Path,
        readings: tuple[Reading, Reading],
        touched: frozenset[str],
        progress: Progress,
    ) -> None:
        self.request, self.root, self.touched, self.progress = request, root, touched, progress
        self.before, self.after = readings
        self.found: dict[str, tuple[Operation, ...]] = {}
        self.parts: dict[str, Parts] = {}
        self.narrow: dict[str, bool] = {}  # whether these parts are enough to name places as the whole text does

    def affected(self, kind: str, files: tuple[str, ...]) -> Affected:
        """Return what the request changes in a type, by these `files` of it, and in contracts left alone otherwise."""
        names = [name for name in self.after.tree.names("contracts", ".yaml") if self.kind(name) == kind]
        made = Affected(kind, files, len(names), problems=self.faults(kind))
        try:
            return self.reprinted(made, names, self.sides(kind, files))
        except ProblemError:  # a type that comes or goes, or whose template cannot be read on one side
            return replace(made, comparable=False, problems=(*made.problems, *self.unsound(names)))

    def unsound(self, names: Iterable[str]) -> Iterator[Problem]:
        """Yield the errors that contracts did not have before, told by their rules alone."""
        problems: list[Problem] = []
        for name in names:
            with suppress(ProblemError):
                self.checked(name, problems)
        yield from problems

    def kind(self, name: str) -> str:
        """Return the type of a contract, without reading it when its file says it as they all do."""
        try:
            found = TYPE.search(self.after.tree.read(f"contracts/{name}.yaml"))
            return found[1].decode() if found else self.after.resolved(name)[0].type
        except ProblemError:
            return ""

    def faults(self, kind: str) -> tuple[Problem, ...]:
        """Return what is wrong in the templates of a type, as they become."""
        return check_template(self.after.tree, kind) if kind in self.after.tree.names("schemas", ".yaml") else ()

    def sides(self, kind: str, files: Iterable[str]) -> Sides:
        """Return a type on both sides; raise ProblemError when one cannot be read."""
        before, after = (read_text(each.tree, kind, each.kept) for each in (self.before, self.after))
        return Sides(before, after, any(each.endswith(".yaml") for each in files))

    def reprinted(self, made: Affected, names: list[str], sides: Sides) -> Affected:
        """Return what comes of the contracts of a type, printed as before and as after."""
        keep = {each.identifiant: each for each in self.keepers(names)}
        made = replace(made, gardent=(*keep.values(), *self.apart(names)))
        if not sides.differ:
            return made
        common = set(self.before.tree.names("contracts", ".yaml")).intersection(names)
        silent: list[str] = []
        problems = list(made.problems)
        todo = sorted(name for name in common if sides.apart or name not in keep)
        for rank, name in enumerate(todo):
            self.progress(rank, len(todo))
            try:
                contrat = self.checked(name, problems) if sides.apart else self.after.resolved(name, asked=False)[0]
                if name not in keep and not (sides.apart and name in self.touched):
                    self.found[name] = self.operations(contrat, sides)
            except ProblemError:
                silent.append(name)
        here = {name: self.found[name] for name in todo if name in self.found}
        return replace(
            made, imprimes=len(here), groupes=grouped(here),
            adoptent=dict(self.adopting(name for name, each in here.items() if each)),
            muets=tuple(silent), problems=tuple(problems),
        )  # fmt: skip

    def checked(self, name: str, problems: list[Problem]) -> Contrat:
        """Return a contract as its new schema reads it, what that schema finds wrong in it added to `problems`."""
        try:
            contrat = self.after.examined(name)
        except ProblemError as error:
            problems += self.fresh(name, error.problems)
            raise
        problems += self.fresh(name, contrat.problems)
        return contrat

    def fresh(self, name: str, now: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the errors of a contract that it did not have before; those of one that changes are told with it."""
        errors = tuple(filter(is_blocking, now))
        if name in self.touched or not errors:
            return ()
        try:
            was = self.before.examined(name).problems
        except ProblemError as error:
            was = error.problems
        return told_apart(was, errors).nouveaux

    def operations(self, contrat: Contrat, sides: Sides) -> tuple[Operation, ...]:
        """Return what the templates of both sides change in the text of a contract; ProblemError when one has none."""
        if sides.apart:
            before = self.before.resolved(contrat.identifiant, asked=False)[0]
            return self.told(contrat, printed(sides.before, before), printed(sides.after, contrat))
        if self.narrow.get(contrat.type, True):
            found = self.narrowly(contrat, sides)
            if contrat.type in self.narrow or not found:
                return found
            whole = self.told(contrat, *(printed(kind, contrat) for kind in sides[:2]))
            self.narrow[contrat.type] = list(map(key_of, whole)) == list(map(key_of, found))
            return whole
        return self.told(contrat, *(printed(kind, contrat) for kind in sides[:2]))

    def narrowly(self, contrat: Contrat, sides: Sides) -> tuple[Operation, ...]:
        """Return the same from the sections that differ, all of them when numbers do: the others cite these."""
        if contrat.type not in self.parts:
            both = (numbering(sides.before), numbering(sides.after))
            alike = shape(both[0].patron) == shape(both[1].patron)
            self.parts[contrat.type] = Parts(both[:1] if alike else both, differing(*sides[:2]))
        parts = self.parts[contrat.type]
        numbers = [Numbers() for _ in parts.numbers]
        for kind, each in zip(parts.numbers, numbers, strict=True):
            printed(kind, contrat, each)
        if numbers[0] != numbers[-1]:
            return self.told(contrat, *(printed(kind, contrat) for kind in sides[:2]))
        pairs = zip(parts.sections, (numbers[0], numbers[-1]), strict=True)
        return self.told(contrat, *(printed(kind, contrat, each) for kind, each in pairs))

    def told(self, contrat: Contrat, old: Imprime, new: Imprime) -> tuple[Operation, ...]:
        """Return what changes between two texts of a contract."""
        if old == new:
            return ()
        schema = self.after.kind(contrat.type)[0]
        found = pipeline.differ(State(contrat, schema, old), State(contrat, schema, new)).texte
        return tuple(replace(each, edits=()) for each in found)  # which hold both texts whole

    def keepers(self, names: Iterable[str]) -> Iterator[Gardien]:
        """Yield the contracts whose file is still that of their last version, frozen or signed."""
        frozen = {name: self.request.frozen[name][-1] for name in names if name in self.request.frozen}
        repository = open_repository(self.root, Mark("templates")) if frozen else None
        for name, number in frozen.items():
            try:
                same = repository is not None and is_unaltered(repository, self.after, name, number)
                signed = any(each.version == number for each in signatures(self.after.tree, name))
            except ProblemError:
                continue
            if same:
                yield Gardien(name, number, signed)

    def apart(self, names: Iterable[str]) -> Iterator[Gardien]:
        """Yield the pieces that are frozen apart, of contracts of which no version is whole."""
        for name in names:
            pieces = () if name in self.request.frozen else self.request.apart.get(name, ())
            with suppress(ProblemError):
                signed = {each.piece for each in signatures(self.after.tree, name)} if pieces else ()
                yield from (Gardien(name, 0, piece in signed, piece) for piece in pieces)

    def adopting(self, names: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Yield the contracts that are signed, each with the avenant being written, which will bring it new clauses."""
        for name in names:
            try:
                signed = max((each.version for each in signatures(self.after.tree, name)), default=None)
                coming = self.after.acte(name).avenants if signed is not None else ()
            except ProblemError:
                continue
            if signed is not None and (later := [each for each in coming if each > signed]):
                yield name, min(later)
