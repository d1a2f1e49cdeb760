"""A contract as it stands → its version frozen, or some of its pieces before the others; what is then told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cpomgen import pipeline
from cpomgen.edition import Edition
from cpomgen.freeze import Frozen, check_amends, check_free, check_pieces, freeze, freeze_pieces
from cpomgen.outcome import Options
from cpomgen.owned import is_whole
from cpomgen.problem import Mark, Problem, ProblemError, Severity, nearest
from cpomgen.project import contract_file
from cpomgen.reading import Reading, signatures
from cpomgen.repository import open_repository
from cpomgen.tree import WorkTree
from cpomgen.version import Version, amended_version, check_register, frozen_pieces

if TYPE_CHECKING:
    from cpomgen.acte import Acte
    from cpomgen.contrat import Contrat
    from cpomgen.freeze import Stamp
    from cpomgen.manifeste import Manifeste
    from cpomgen.registre import Signature
    from cpomgen.repository import Repository

TO_SIGN = Edition.A_SIGNER


@dataclass(frozen=True)
class Freezing:
    """A contract that is about to be frozen, over what already is if `again`."""

    root: Path
    name: str
    stamp: Stamp
    again: bool

    def __post_init__(self) -> None:
        check_register(self.repository, self.name, self.signed)

    @cached_property
    def reading(self) -> Reading:
        """Return what reads the contract as it stands."""
        return Reading(WorkTree(self.root))

    @cached_property
    def repository(self) -> Repository:
        """Return its repository."""
        return open_repository(self.root, Mark(contract_file(self.reading.tree, self.name)))

    @cached_property
    def signed(self) -> tuple[Signature, ...]:
        """Return what its register holds."""
        return signatures(WorkTree(self.root), self.name)

    @cached_property
    def acte(self) -> Acte:
        """Return what is signed when it is."""
        return self.reading.acte(self.name)

    def whole(self) -> tuple[tuple[Frozen, ...], tuple[Problem, ...]]:
        """Freeze all of it, and return that, with the pieces that go along; and what is to be looked at again."""
        check_free(self.repository, self.acte, self.signed, again=self.again)
        contrat = self.reading.examined(self.name, settled=True)
        apart = frozen_pieces(self.repository, self.name) if not self.acte.number else ()
        redone = self.redone(contrat, apart)
        self.undisturbed(contrat, [each for each in apart if each.piece not in redone])
        dict(pipeline.build_contract(self.reading, contrat, Options(TO_SIGN)))
        self.check_act(contrat.type)
        told = tuple(each for one in apart if one.piece not in redone for each in self.reworded(contrat, one))
        acte = self.reading.acte(self.name)  # with all the files that were read for it
        done = freeze(self.repository, self.reading.tree, acte, self.stamp)
        return (done, *freeze_pieces(self.repository, self.reading.tree, acte, redone, self.stamp)), told

    def pieces(self, names: Sequence[str]) -> tuple[Frozen, ...]:
        """Freeze pieces of it before the others, and return them."""
        if not self.acte.number:
            self.check_names(names)
        check_pieces(self.repository, self.acte, self.signed, names, again=self.again)
        contrat = self.reading.examined(self.name, settled=True, pieces=names)
        apart = frozen_pieces(self.repository, self.name)
        self.undisturbed(contrat, [each for each in apart if each.piece not in names])
        dict(pipeline.build_contract(self.reading, contrat, Options(TO_SIGN, names=tuple(names))))
        return freeze_pieces(self.repository, self.reading.tree, self.reading.acte(self.name), names, self.stamp)

    def left(self) -> tuple[str, ...]:
        """Return the pieces of the contract that are not frozen, in its order."""
        contrat, apart = self.reading.resolved(self.name)[0], frozen_pieces(self.repository, self.name)
        known = {each.piece for each in apart}
        manifeste = self.reading.kind(contrat.type)[1]
        return tuple(
            each for each in self.reading.sections(contrat) if each not in known and not is_whole(manifeste, each)
        )

    def redone(self, contrat: Contrat, apart: Sequence[Version]) -> tuple[str, ...]:
        """Return the pieces that nobody has signed and that have changed, when they may be frozen again."""
        signed = {each.piece for each in self.signed if not each.version}
        free = [each for each in apart if each.piece not in signed] if self.again else []
        return tuple(each.piece for each in free if self.changed(contrat, (each,)))

    def changed(self, contrat: Contrat, apart: Sequence[Version]) -> tuple[Problem, ...]:
        """Return what has changed of pieces; what tells it, such as the register, is no part of what is frozen."""
        return pipeline.changed(Reading(WorkTree(self.root), self.reading.kept), contrat, apart)

    def undisturbed(self, contrat: Contrat, apart: Sequence[Version]) -> None:
        """Raise ProblemError when what is frozen before has changed since."""
        if found := self.changed(contrat, apart):
            raise ProblemError(*found)

    def check_names(self, names: Sequence[str]) -> None:
        """Raise ProblemError for what is no piece of the contract as it stands."""
        contrat = self.reading.resolved(self.name)[0]
        manifeste, present = self.reading.kind(contrat.type)[1], self.reading.sections(contrat)
        if found := [each for name in names for each in self.unfit(name, manifeste, present)]:
            raise ProblemError(*found)

    def unfit(self, name: str, manifeste: Manifeste, present: Collection[str]) -> Iterator[Problem]:
        """Yield why a document is no piece that may be frozen by itself."""
        mark, known = Mark(f"contracts/{self.name}.yaml"), [each for each in present if not is_whole(manifeste, each)]
        among = f"pièces de ce contrat : {', '.join(known) or 'aucune'}."
        if name in manifeste.pieces and is_whole(manifeste, name):
            remedy = f"pour l'arrêter en entier : cpomgen freeze {self.name} ; {among}"
            yield Problem("CPOM627", mark, f"« {name} » est le contrat entier, non l'une de ses pièces.", remedy)
        elif name in manifeste.pieces and name not in present:
            message = f"ce contrat n'a pas encore de quoi faire la pièce « {name} »."
            yield Problem("CPOM627", mark, message, f"écrivez-la d'abord dans le contrat ; {among}")
        elif name not in manifeste.pieces:
            yield Problem("CPOM627", mark, f"ce contrat n'a pas de pièce « {name} ».", nearest(name, known, among))

    def reworded(self, contrat: Contrat, piece: Version) -> Iterator[Problem]:
        """Yield a warning when the whole contract does not print a piece as it is frozen."""
        if found := pipeline.reworded(self.reading, contrat, piece):
            more = f" (et ailleurs, {len(found)} changements en tout)" if found[1:] else ""
            message = f"le contrat entier n'imprime plus la pièce « {piece.piece} » comme elle est arrêtée : "
            message += f"{found[0].lieu}{more}."
            remedy = f"c'est le texte arrêté à part qui se signe ; ce qui les distingue : cpomgen diff {self.name} "
            remedy += f"--from {piece.name} --to 0"
            mark = Mark(f"contracts/{self.name}.yaml")
            yield Problem("CPOM637", mark, message, remedy, severity=Severity.AVERTISSEMENT)

    def check_act(self, kind: str) -> None:
        """Raise ProblemError when an avenant amends nothing, or its act cannot be written; a contract has none.

        A type of contract may have no template for acts: they are written elsewhere.
        """
        from cpomgen import amending
        from cpomgen.gabarits import read_acte

        acte, reading = self.acte, self.reading
        if acte.number and read_acte(reading.tree, kind, reading.kept) is not None:
            before = amended_version(self.root, acte.identifiant, acte.number, acte.abandons)
            projet = amending.project(before, reading, acte.identifiant, acte.number)
            check_amends(acte, len(projet.articles))
            dict(amending.act(projet, reading, Options(TO_SIGN, names=("avenant",))))
