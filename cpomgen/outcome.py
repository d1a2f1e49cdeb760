"""What the pipeline is asked for, and what comes of it: values between a command and the stages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cpomgen.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cpomgen.blanks import Blank
    from cpomgen.problem import Problem
    from cpomgen.term import Renewed


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: an edition, whether documents carry the contract's data, which ones, the first first (all).

    `number` is that of the version they print, `below` a folder in that of the contract.
    """

    edition: Edition = Edition.PROJET
    data: bool = True
    names: tuple[str, ...] = ()
    number: int = 0
    below: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one contract: its documents in out/, written or found the same; what is wrong; all their paths."""

    identifiant: str
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()

    def also(self, problems: Mapping[str, tuple[Problem, ...]]) -> Outcome:
        """Return what became of this contract, with problems found elsewhere, by contract."""
        return replace(self, problems=(*self.problems, *problems.get(self.identifiant, ())))


@dataclass(frozen=True, slots=True)
class Started:
    """A contract that is begun: its file, the blanks to fill in it, what became of the one that it follows."""

    file: str
    blanks: tuple[Blank, ...]
    renewed: Renewed | None = None
