"""A request → its Review: each contract that differs is read on both sides, printed, compared; the others are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cpomgen import pipeline
from cpomgen.affected import own
from cpomgen.commands.regional import Recataloguing
from cpomgen.commands.reprinting import Progress, Reprinting, kinds_of, printed
from cpomgen.commands.unaltered import is_unaltered
from cpomgen.contrat import Absent, Contrat, Fiche
from cpomgen.gabarits import read_text
from cpomgen.imprime import Imprime
from cpomgen.kept import Kept
from cpomgen.outcome import State
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.project import CAMPAGNE
from cpomgen.reading import Reading, signatures
from cpomgen.repository import open_repository
from cpomgen.review import Review, Reviewed, Sort, deleted, erased, recorded, renamed, told_apart
from cpomgen.schema import Schema
from cpomgen.standing import Etat, Stade, standing
from cpomgen.version import Bindings

if TYPE_CHECKING:
    from cpomgen.operation import Operation
    from cpomgen.outcome import Changes
    from cpomgen.regional import Regional
    from cpomgen.registre import Signature
    from cpomgen.request import Request
    from cpomgen.tree import Tree

Read = tuple[Contrat, Schema]
FOLDERS = ("contracts", "signatures")


@dataclass(frozen=True, slots=True)
class Side:
    """A contract on one side of a request, with its schema, and all that is wrong in it; None for what is not read."""

    read: Read | None = None
    problems: tuple[Problem, ...] = ()


def review(request: Request, root: Path, progress: Progress) -> Review:
    """Return what a request changes; `progress` is told how many contracts are printed of those to be."""
    return _Reviewing(request, root, progress).review()


class _Reviewing:
    """Both sides of a request, being read."""

    def __init__(self, request: Request, root: Path, progress: Progress) -> None:
        self.request, self.root, self.progress = request, root, progress
        self.bindings = Bindings(root)
        paths = [PurePosixPath(path) for path in request.paths]
        kinds = [path for path in request.paths if path.startswith(("schemas/", "templates/"))]
        kept = Kept()
        self.after = Reading(request.after, kept)
        self.before = Reading(request.before, Kept() if kinds else kept)
        self.kinds = {path: kinds_of(path, (self.before, self.after)) for path in kinds}
        self.changed = {
            folder: {path.stem for path in paths if str(path.parent) == folder and path.suffix == ".yaml"}
            for folder in FOLDERS
        }

    def review(self) -> Review:
        """Return what the request changes."""
        pairs = dict(self.pairs())
        reprinting = Reprinting(self.request, self.root, (self.before, self.after), frozenset(pairs), self.progress)
        types = [reprinting.affected(kind, self.files(kind)) for kind in sorted(set().union(*self.kinds.values()))]
        regional = self.regional(reprinting) if CAMPAGNE in self.request.paths else None
        contrats: list[Reviewed] = []
        problems: list[Problem] = []
        for new, old in pairs.items():
            if old and self.gone(old):
                problems += deleted(old, self.register(self.request.before, old))
            problems += self.erased(new)
            contrats.append(self.contract(new, old, reprinting))
        request, names = self.request, {*pairs, *pairs.values()}
        others = tuple(path for path in request.paths if not self.is_told(path, names))
        return Review(
            request.base, request.commit, request.head, tuple(contrats), tuple(types), others, tuple(problems),
            regional,
        )  # fmt: skip

    def regional(self, reprinting: Reprinting) -> Regional:
        """Return what the request changes in the catalogue of the region, and in contracts that take from it."""

        def standing(name: str, contrat: Contrat) -> tuple[tuple[Problem, ...], Stade]:
            side = Side((contrat, self.after.kind(contrat.type)[0]), contrat.problems)
            return self.since(name, side, self.register(self.request.after, name))

        return Recataloguing((self.before, self.after), reprinting, standing, self.progress).regional()

    def files(self, kind: str) -> tuple[str, ...]:
        """Return the files of a type that the request changes."""
        return tuple(path for path, kinds in self.kinds.items() if kind in kinds)

    def is_told(self, path: str, names: set[str]) -> bool:
        """Tell whether a file is told of, as that of a type, of a contract, of its register."""
        file = PurePosixPath(path)
        kind = self.kinds.get(path) or path == CAMPAGNE
        return bool(kind) or (str(file.parent) in FOLDERS and file.suffix == ".yaml" and file.stem in names)

    def gone(self, name: str) -> bool:
        """Tell whether a contract is not in the project any more."""
        return name not in self.request.after.names("contracts", ".yaml")

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the contracts that the request is about, each with its name before; empty for one that comes."""
        sides = [set(tree.names("contracts", ".yaml")) for tree in (self.request.before, self.request.after)]
        differ = self.changed["contracts"]
        gone, come = ((one - other) & differ for one, other in (sides, sides[::-1]))
        was = renamed(
            {name: self.request.before.read(f"contracts/{name}.yaml") for name in gone},
            {name: self.request.after.read(f"contracts/{name}.yaml") for name in come},
        )
        about = differ | {name for name in self.changed["signatures"] | set(self.request.added) if name in sides[1]}
        for name in sorted((about & (sides[0] | sides[1])) - set(was.values())):
            yield name, was.get(name, name if name in sides[0] else "")

    def contract(self, new: str, old: str, reprinting: Reprinting) -> Reviewed:
        """Return what the request does to a contract."""
        gone = self.gone(new)
        before, after = self.side(self.before, old), self.side(self.after, "" if gone else new)
        facts = [self.register(tree, new) for tree in (self.request.before, self.request.after)]
        held = (*facts[1], *recorded(facts[1], facts[0]))  # what the request erases was signed all the same
        since, avenant = self.since(new, after, held)
        changes, shared = self.changes(before, after, reprinting.found.get(new, ()))
        sort = Sort.SUPPRIME if gone else Sort.AJOUTE if not old else Sort.RENOMME if old != new else Sort.MODIFIE
        if sort is Sort.MODIFIE and new not in self.changed["contracts"]:
            sort = Sort.INCHANGE
        return Reviewed(
            new, sort, old if old != new else "", changes, shared,
            changes is not None or sort is Sort.INCHANGE,
            told_apart(before.problems, after.problems, since), avenant,
            self.request.added.get(new, ()), recorded(*facts), self.titre(before, after),
        )  # fmt: skip

    def side(self, reading: Reading, name: str) -> Side:
        """Return a contract as it is on one side, all that is wrong in it told."""
        if not name:
            return Side()
        try:
            contrat = reading.examined(name)
            return Side((contrat, reading.kind(contrat.type)[0]), contrat.problems)
        except ProblemError as error:
            return Side(problems=error.problems)

    def titre(self, before: Side, after: Side) -> str:
        """Return the title of a contract as it becomes, or as it was when it goes; empty when it has none."""
        reading, read = (self.after, after.read) if after.read else (self.before, before.read)
        with suppress(ProblemError):
            return reading.titre(read[0]) if read else ""
        return ""

    def since(self, name: str, side: Side, facts: tuple[Signature, ...]) -> tuple[tuple[Problem, ...], Stade]:
        """Return what is wrong in what a contract became since it was signed, and where it stands with its avenant."""
        wrong = self.unsound(name)
        if side.read is None or not (facts or name in self.bindings.apart):
            return wrong, Stade()
        signed = max((each.version for each in facts), default=0)
        try:
            bound = self.bindings.of(name, facts)
            found = pipeline.changed(self.after, side.read[0], bound)
            if not facts or any(each.piece for each in bound):
                return (*wrong, *found), Stade()  # not yet whole
            coming = sorted(each for each in self.after.acte(name).avenants if each > signed)
            frozen = {each: self.as_frozen(name, each) for each in self.request.frozen.get(name, ()) if each in coming}
        except ProblemError as error:
            return (*wrong, *error.problems), Stade(Etat.INCONNU, None, signed)
        return (*wrong, *found), standing(signed, coming, frozen, found)

    def as_frozen(self, name: str, number: int) -> bool:
        """Tell whether a contract is still what was frozen under a number."""
        return is_unaltered(open_repository(self.root, Mark("contracts")), self.after, name, number)

    def unsound(self, name: str) -> tuple[Problem, ...]:
        """Return what is wrong in the register of a contract."""
        try:
            signatures(self.request.after, name)
        except ProblemError as error:
            return error.problems
        return ()

    def register(self, tree: Tree, name: str) -> tuple[Signature, ...]:
        """Return what a register holds on one side, nothing when it cannot be read."""
        with suppress(ProblemError):
            return signatures(tree, name)
        return ()

    def erased(self, name: str) -> tuple[Problem, ...]:
        """Return what is wrong in what the request does to a register."""
        if name not in self.changed["signatures"] or self.unsound(name):
            return ()
        return erased(name, *(self.register(tree, name) for tree in (self.request.before, self.request.after)))

    def changes(self, before: Side, after: Side, shared: Sequence[Operation]) -> tuple[Changes | None, int]:
        """Return what changes from one side to the other, and how much of it its template changes in others too."""
        old, new = before.read or _emptied(after), after.read or _emptied(before)
        unread = any(each.problems and not each.read for each in (before, after))
        if unread or old is None or new is None:
            return None, 0
        if None in (before.read, after.read):
            blank = Imprime("", ())
            return replace(pipeline.differ(State(*old, blank), State(*new, blank)), champs=()), 0
        try:
            found = pipeline.differ(self.state(self.before, old), self.state(self.after, new))
        except ProblemError:
            return None, 0
        texte = own(found.texte, shared)
        return replace(found, texte=texte), len(found.texte) - len(texte)

    def state(self, reading: Reading, side: Read) -> State:
        """Return a contract and its text; raise ProblemError when it cannot be printed."""
        return State(*side, printed(read_text(reading.tree, side[0].type, reading.kept), side[0]))


def _emptied(side: Side) -> Read | None:
    """Return the contract of a side without any of its values, for amounts that come or go with it."""
    if side.read is None:
        return None
    contrat, schema = side.read
    blank = Fiche({name: Absent(name) for name in contrat.fiche}, contrat.fiche.path)
    return replace(contrat, fiche=blank), schema
