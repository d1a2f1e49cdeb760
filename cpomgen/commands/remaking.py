"""What an officer calls a version → its documents made again: those of pieces frozen before it, each as it was then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cpomgen import pipeline
from cpomgen.commands.asked import asked_version
from cpomgen.edition import edition_of
from cpomgen.outcome import Options, Outcome
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.repository import NUMBER, frozen, open_repository
from cpomgen.version import Version, frozen_pieces, is_last


class Part(NamedTuple):
    """A version, and which of its documents are made of it; all of them for none."""

    version: Version
    names: tuple[str, ...] = ()


def parts(root: Path, identifiant: str, name: str, folder: Path, names: Sequence[str] = ()) -> list[Part]:
    """Return what the documents of a version are made of, all of them or those of these names.

    Pieces that were frozen apart are made of the tags that they were frozen under.
    """
    apart, known = _apart(root, identifiant)
    first = is_last(name) or ((found := NUMBER.fullmatch(name)) is not None and not int(found[1]))
    whole = None if apart and not known and first else asked_version(root, identifiant, name, folder)
    if whole and whole.piece:
        apart = tuple(each for each in apart if each.piece == whole.piece)
    elif whole and (whole.number != 0 or not apart):
        return [Part(whole, tuple(names))]
    chosen = [Part(each, (each.piece,)) for each in apart if not names or each.piece in names]
    left = tuple(each for each in names if each not in {part.version.piece for part in chosen})
    if whole and not whole.piece:
        left = left or (() if names else _others(whole, apart))
        return [*chosen, *([Part(whole, left)] if left else [])]
    if left or not chosen:
        message = f"cette version n'a pas de document « {left[0]} » : {_told(apart)}."
        raise ProblemError(Problem("CPOM638", Mark(f"contracts/{identifiant}.yaml"), message, "arrêtez-le d'abord."))
    return chosen


def built(root: Path, found: Sequence[Part], options: Options, *, overwrite: bool) -> Outcome:
    """Build the documents of a version, and return what became of them all."""
    done = []
    for version, names in found:
        number = version.number
        own = replace(options, edition=edition_of(number), number=number or 0, below=version.folder, names=names)
        done.append(pipeline.build_version(version, root, own, overwrite=overwrite))
    return replace(
        done[-1],
        written=tuple(path for each in done for path in each.written),
        unchanged=tuple(path for each in done for path in each.unchanged),
        problems=tuple(dict.fromkeys(problem for each in done for problem in each.problems)),
        paths=tuple(path for each in done for path in each.paths),
    )


def _apart(root: Path, identifiant: str) -> tuple[tuple[Version, ...], tuple[int, ...]]:
    """Return the pieces of a contract that are frozen apart, the numbers of its versions; none without git."""
    try:
        repository = open_repository(root, Mark(f"contracts/{identifiant}.yaml"))
    except ProblemError:  # told when a version is asked for that is no file
        return (), ()
    return frozen_pieces(repository, identifiant), frozen(repository, identifiant)


def _others(whole: Version, apart: Sequence[Version]) -> tuple[str, ...]:
    """Return the documents of a version that were not frozen apart."""
    from cpomgen.reading import Reading

    reading = Reading(whole.tree)
    known = reading.sections(reading.resolved(whole.identifiant, whole.file)[0])
    return tuple(each for each in known if each not in {one.piece for one in apart})


def _told(apart: Sequence[Version]) -> str:
    """Return which pieces a version has, in words."""
    return f"seules sont arrêtées les pièces {', '.join(each.piece for each in apart)}"
