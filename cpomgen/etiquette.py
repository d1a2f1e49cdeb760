"""Tags of a repository → what each freezes: a version of a contract, or one piece of it before the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.repository import VERSIONS, tag_of, tagged

if TYPE_CHECKING:
    from cpomgen.repository import Repository

PIECE = re.compile(rf"{VERSIONS}([^/]+)/v0-([^/]+)")  # git has no v0/… beside v0


class Etiquette(NamedTuple):
    """What a tag freezes: a contract, the number of its version, the piece of it if it is but one."""

    identifiant: str
    number: int
    piece: str = ""


def etiquette(tag: str) -> Etiquette | None:
    """Return what a tag freezes, None for a tag of something else."""
    if version := tagged(tag):
        return Etiquette(*version)
    piece = PIECE.fullmatch(tag)
    return Etiquette(piece[1], 0, piece[2]) if piece else None


def all_pieces(repository: Repository) -> dict[str, tuple[str, ...]]:
    """Return the pieces that are frozen apart from the whole, by contract."""
    found: dict[str, tuple[str, ...]] = {}
    for each in filter(None, map(etiquette, repository.tags(VERSIONS))):
        if each.piece:
            found[each.identifiant] = (*found.get(each.identifiant, ()), each.piece)
    return found


def pieces(repository: Repository, identifiant: str) -> tuple[str, ...]:
    """Return the pieces of a contract that are frozen apart from the whole."""
    start = tag_of(identifiant, 0, " ").removesuffix(" ")
    return tuple(name.removeprefix(start) for name in repository.tags(start))
