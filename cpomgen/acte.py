"""What is signed: a version of a contract, its number, those who sign it, the days on which it has effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

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


class Duree(NamedTuple):
    """From when a version has effect (a day, else an event; neither when it is that of its signature), and its term."""

    effet: date | None
    evenement: str
    terme: date | None
