"""What a document may be made from: versions of a contract, its files as they are → its documents, made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.commands.acts import AVENANT, CONSOLIDE, NOTE, SUIVI, Acts
from cpomgen.edition import Edition, edition_of
from cpomgen.outcome import Options
from cpomgen.problem import Mark, ProblemError
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from pathlib import Path

    from cpomgen.claim import Claim
    from cpomgen.kept import Kept
    from cpomgen.reading import Reading
    from cpomgen.tree import Tree
    from cpomgen.version import Version

CALLED = {
    AVENANT: "acte de l’avenant", NOTE: "note sur l’avenant", CONSOLIDE: "version consolidée à jour de l’avenant",
    SUIVI: "suivi des modifications de l’avenant",
}  # fmt: skip
TITLED = {CONSOLIDE: "version consolidée", SUIVI: "suivi des modifications"}  # what the title of a file says that it is


class Source(NamedTuple):
    """What a document of a contract may be made from: a version, frozen or not, the files as they are; an edition."""

    identifiant: str
    version: Version | None
    edition: Edition

    @property
    def name(self) -> str:
        """Return how an officer calls it."""
        if self.version is None:
            return "le projet tel qu’il est"
        return f"la {'révision' if self.version.number is None else 'version'} {self.version.name}"

    @property
    def settled(self) -> bool:
        """Tell whether it is a version that is frozen."""
        return self.version is not None and self.version.number is not None

    @property
    def number(self) -> int:
        """Return the number of the version, 0 for what is not frozen."""
        return (self.version.number or 0) if self.version else 0

    def tree(self, root: Path) -> Tree:
        """Return the files that it is read in."""
        return self.version.tree if self.version else WorkTree(root)

    @property
    def file(self) -> str:
        """Return the path of its contract there, "" for that which its id gives."""
        return self.version.file if self.version else ""

    @property
    def printed(self) -> int:
        """Return the number that its documents bear: a project has none."""
        return 0 if self.edition is Edition.PROJET else self.number


def versions_of(root: Path, identifiant: str, first: int) -> list[Version]:
    """Return the versions of a contract that are frozen, that of the number `first` before the others, the last next.

    Pieces that are frozen apart are versions too. There are none without git: files alone are worked on too.
    """
    from cpomgen.repository import frozen, open_repository
    from cpomgen.version import frozen_pieces, frozen_version

    try:
        repository = open_repository(root, Mark(f"contracts/{identifiant}.yaml"))
        found = [frozen_version(repository, identifiant, each) for each in frozen(repository, identifiant)]
        found += frozen_pieces(repository, identifiant)
    except ProblemError:
        return []
    return sorted(found, key=lambda each: (each.number != first, -(each.number or 0)))


def sources(root: Path, identifiant: str, claim: Claim) -> Iterator[Source]:
    """Yield what a file may have been made from, the likeliest first."""
    working = Source(identifiant, None, Edition.PROJET)
    yield from [working] if claim.is_project else []
    for version in versions_of(root, identifiant, claim.number):
        yield Source(identifiant, version, Edition.PROJET if claim.is_project else edition_of(version.number))
    yield from [working] if not claim.is_project else []


def documents(
    root: Path, source: Source, names: Sequence[str], kept: Kept, *, data: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of documents of a contract, Word then PDF, each with its path below out/."""
    from cpomgen import pipeline
    from cpomgen.reading import Reading
    from cpomgen.settled import as_signed

    reading = Reading(source.tree(root), kept)
    contrat = reading.resolved(source.identifiant, source.file)[0]
    options = Options(source.edition, data, tuple(names), source.printed)
    with as_signed(contrat, settled=source.settled) as found:
        yield from pipeline.build_contract(reading, found, options, settled=source.settled)


def amended(root: Path, source: Source, kept: Kept | None = None) -> tuple[Reading, int, Version]:
    """Return what reads an avenant that a version makes, or that is being prepared; its number, what it amends."""
    from cpomgen.reading import Reading, abandons
    from cpomgen.version import amended_version

    reading = Reading(source.tree(root), kept)
    number = source.number or reading.acte(source.identifiant).number
    given_up = abandons(WorkTree(root), source.identifiant)
    return reading, number, amended_version(root, source.identifiant, number, given_up)


def acts_of(root: Path, source: Source, kept: Kept | None = None, since: Version | None = None) -> tuple[Acts, int]:
    """Return an avenant and its number; it amends the version before it, or the one that is given."""
    from cpomgen import amending

    reading, number, before = amended(root, source, kept)
    before = since or before
    projet = amending.project(before, reading, source.identifiant, number, source.version)
    return Acts(projet, before, reading, source.settled), number


def act_options(source: Source, name: str, *, data: bool = True) -> Options:
    """Return what is asked of a document of an avenant."""
    is_final = source.settled and source.edition is not Edition.PROJET
    return Options(Edition.A_SIGNER if is_final else Edition.PROJET, data, (name,))
