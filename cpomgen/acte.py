"""What is signed: a version of a contract, its number, those who sign it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cpomgen.problem import Mark


@dataclass(frozen=True, slots=True)
class Acte:
    """What is signed: the contract (0) or an avenant, by its number; who signs; its pieces; the files it is made of.

    A quality is there as often as there are people who sign with it. `avenants` are the numbers that it announces,
    `abandons` those of avenants that are abandoned, unless another has taken them, each where that is said.
    """

    identifiant: str
    number: int
    qualites: tuple[str, ...]
    pieces: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    avenants: tuple[int, ...] = ()
    abandons: Mapping[int, Mark] = field(default_factory=dict)
