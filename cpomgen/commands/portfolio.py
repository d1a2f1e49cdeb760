"""A project on a day → how far each of its contracts has come; one that cannot be read says why, and stops no other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from cpomgen.avancement import Avancement, Textes, avancement, unread
from cpomgen.cache import programs
from cpomgen.etape import Arretee
from cpomgen.fiches import Fiches
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import CAMPAGNE
from cpomgen.schemas import all_schemas
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cpomgen.campagne import Campagne
    from cpomgen.fiche import FicheContrat
    from cpomgen.reading import Reading
    from cpomgen.repository import Repository


class Portfolio:
    """The contracts of a project, and what git has of them; what is read of a text is kept by its content."""

    def __init__(self, root: Path, reading: Reading) -> None:
        from cpomgen.etiquette import all_pieces
        from cpomgen.repository import all_frozen, open_repository

        self.root, self.reading, self.fiches = root, reading, Fiches(root)
        self.registers = frozenset(reading.tree.names("signatures", ".yaml"))
        self.repository: Repository | None = None
        self.versions: dict[str, tuple[int, ...]] = {}
        self.apart: dict[str, tuple[str, ...]] = {}
        with suppress(ProblemError):  # files without git are followed too, as far as they go
            self.repository = open_repository(root, Mark("contracts"))
            self.versions, self.apart = all_frozen(self.repository), all_pieces(self.repository)

    def avancements(self, campagne: Campagne | None, au: date) -> Iterator[Avancement]:
        """Yield how far each contract had come on a day; those of the campaign are held to its calendar."""
        for identifiant in WorkTree(self.root).names("contracts", ".yaml"):
            yield self.avancement(identifiant, campagne, au)
        self.fiches.keep()

    def avancement(self, identifiant: str, campagne: Campagne | None, au: date) -> Avancement:
        """Return how far a contract had come on a day."""
        from cpomgen.reading import signatures

        try:
            fiche = self.fiche(self.reading, identifiant)
            facts = signatures(self.reading.tree, identifiant) if identifiant in self.registers else ()
        except ProblemError as error:
            return unread(identifiant, _why(error))
        wrong: list[str] = []
        arretees = list(self.arretees(fiche, wrong))
        apart = self.apart.get(identifiant, ())
        facts_of = {each.version for each in facts if each.version or each.piece not in apart}
        missing = sorted(facts_of - {each.numero for each in arretees if not each.piece})
        wrong += [f"la version v{each} est signée, et son étiquette git n'est pas ici" for each in missing]
        due = campagne.calendrier if campagne and _is_of(fiche, campagne) else ()
        return avancement(Textes(fiche, arretees, facts), due, au, " ; ".join(wrong[:1]))

    def arretees(self, fiche: FicheContrat, wrong: list[str]) -> Iterator[Arretee]:
        """Yield the versions and pieces of a contract that are frozen, each with its text; why one cannot be read."""
        from cpomgen.repository import tag_day, tag_of
        from cpomgen.version import frozen_version

        repository, name = self.repository, fiche.identifiant
        if repository is None:
            return
        versions = [(number, "") for number in self.versions.get(name, ())]
        for number, piece in (*versions, *((0, each) for each in self.apart.get(name, ()))):
            own = fiche
            try:
                version = frozen_version(repository, name, number, piece)
                own = self.fiche(self.reading.since(version), name, version.file, number)
            except ProblemError as error:
                wrong.append(_why(error))
            yield Arretee(number, tag_day(repository, tag_of(name, number, piece)), own, piece)

    def fiche(self, reading: Reading, identifiant: str, file: str = "", number: int | None = None) -> FicheContrat:
        """Return what is needed of a text of a contract, as it was read of the same content if it was."""
        content = reading.tree.read(file or f"contracts/{identifiant}.yaml")
        said = hashlib.sha256(programs() + f"{identifiant} {number}\0".encode())
        for each in (content, *_around(reading)):
            said.update(hashlib.sha256(each).digest())
        return self.fiches.of(said.hexdigest(), lambda: reading.fiche(identifiant, file, number))


def _around(reading: Reading) -> Iterator[bytes]:
    """Yield what a text is read with: the schemas and the manifests of its project, its campaign."""
    kinds = reading.tree.names("schemas", ".yaml")
    manifests = (partial(reading.tree.read, f"templates/{kind}/modele.yaml") for kind in kinds)
    for read in (partial(reading.tree.read, CAMPAGNE), partial(all_schemas, reading.tree, reading.kept), *manifests):
        try:
            yield read()
        except ProblemError:
            yield b""


def _is_of(fiche: FicheContrat, campagne: Campagne) -> bool:
    """Tell whether a contract begins while a campaign runs; one of which nothing tells when is of it."""
    day = fiche.duree.effet or fiche.conclusion
    return day is None or (campagne.debut or day) <= day <= (campagne.fin or day)


def _why(error: ProblemError) -> str:
    """Return why something cannot be read, in a line."""
    return f"{error.problems[0].mark} : {error.problems[0].message}"
