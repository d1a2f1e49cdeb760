"""What is signed: a version of a contract, its number, those who sign it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acte:
    """What is signed: the contract (0) or an avenant, by its number; who signs; its pieces; the files it is made of.

    A quality is there as often as there are people who sign with it. `avenants` are all the numbers that it announces.
    """

    identifiant: str
    number: int
    qualites: tuple[str, ...]
    pieces: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    avenants: tuple[int, ...] = ()
