"""What a hand has changed in a Word file since it was generated: a value, that is told by `retold.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cpomgen.operation import Operation
    from cpomgen.remarque import Remarque


class Situee(NamedTuple):
    """Something to be looked at, and its place in words, "" for the file as a whole."""

    lieu: str
    remarque: Remarque


@dataclass(frozen=True, slots=True)
class Retouches:
    """What differs in the words, the body then what stands on each page; in spaces and signs that nobody sees alone.

    `suivi` is what Word still holds for changes to be accepted, `remarques` what else was put in the file or the look.
    """

    texte: tuple[Operation, ...] = ()
    signes: tuple[Operation, ...] = ()
    suivi: tuple[Situee, ...] = ()
    commentaires: tuple[Situee, ...] = ()
    remarques: tuple[Situee, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.texte or self.signes or self.suivi or self.commentaires or self.remarques)
