"""A project on a day → how far each of its contracts has come; one that cannot be read says why, and stops no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from cpomgen.avancement import Arretee, Avancement, Textes, avancement, unread
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cpomgen.campagne import Campagne
    from cpomgen.fiche import FicheContrat
    from cpomgen.reading import Reading
    from cpomgen.repository import Repository


def avancements(root: Path, reading: Reading, campagne: Campagne | None, au: date) -> Iterator[Avancement]:
    """Yield how far each contract of a project had come on a day; those of the campaign are held to its calendar."""
    from cpomgen.repository import all_frozen, open_repository

    repository, versions = None, {}
    with suppress(ProblemError):  # files without git are followed too, as far as they go
        repository = open_repository(root, Mark("contracts"))
        versions = all_frozen(repository)
    for identifiant in WorkTree(root).names("contracts", ".yaml"):
        yield _avancement(reading, identifiant, (repository, versions.get(identifiant, ())), campagne, au)


def _avancement(
    reading: Reading,
    identifiant: str,
    versions: tuple[Repository | None, tuple[int, ...]],
    campagne: Campagne | None,
    au: date,
) -> Avancement:
    """Return how far a contract had come."""
    from cpomgen.reading import signatures

    try:
        fiche, facts = reading.fiche(identifiant), signatures(reading.tree, identifiant)
    except ProblemError as error:
        return unread(identifiant, _why(error))
    wrong: list[ProblemError] = []
    arretees = list(_arretees(reading, fiche, versions, wrong))
    missing = sorted({each.version for each in facts} - {each.numero for each in arretees})
    why = f"la version v{missing[0]} est signée, et son étiquette git n'est pas ici" if missing else ""
    due = campagne.calendrier if campagne and _is_of(fiche, campagne) else ()
    return avancement(Textes(fiche, arretees, facts), due, au, _why(wrong[0]) if wrong else why)


def _is_of(fiche: FicheContrat, campagne: Campagne) -> bool:
    """Tell whether a contract begins while a campaign runs; one of which nothing tells when is of it."""
    day = fiche.duree.effet or fiche.conclusion
    return day is None or (campagne.debut or day) <= day <= (campagne.fin or day)


def _arretees(
    reading: Reading,
    fiche: FicheContrat,
    versions: tuple[Repository | None, tuple[int, ...]],
    wrong: list[ProblemError],
) -> Iterator[Arretee]:
    """Yield the versions of a contract that are frozen, each with its own text; why one cannot be read."""
    from cpomgen.repository import tag_day, tag_of
    from cpomgen.version import frozen_version

    repository, numbers = versions
    if repository is None:
        return
    for number in numbers:
        own = fiche
        try:
            version = frozen_version(repository, fiche.identifiant, number)
            own = reading.since(version).fiche(fiche.identifiant, version.file, number)
        except ProblemError as error:
            wrong.append(error)
        yield Arretee(number, tag_day(repository, tag_of(fiche.identifiant, number)), own)


def _why(error: ProblemError) -> str:
    """Return why something cannot be read, in a line."""
    first: Problem = error.problems[0]
    return f"{first.mark} : {first.message}"
