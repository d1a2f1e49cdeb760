"""What is signed: a version of a contract, who signs it, when it has effect; an avenant as it is announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cpomgen.contrat import Texte
from cpomgen.problem import Mark

TWICE = "CPOM472"  # the code of a number that two avenants have: which of them keeps it is for git to say


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


@dataclass(frozen=True, slots=True)
class Decision:
    """A décision attributive that the contract cites: its title, its day, the path of the piece."""

    intitule: str
    jour: date
    path: str = ""


class Avis(NamedTuple):
    """An opinion taken before an avenant is signed: whose it is, what it says, its day."""

    instance: str
    sens: str = ""
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class Avenant:
    """An avenant as the contract announces it, with what of the contract its act cites.

    `motifs` are the reasons invoked, by id; `modes` how parts are to be amended, by what an act calls them (« annexe
    4 »); `dates` those that the contract gives to its avenants, by number; the last are those of the contract itself.
    """

    numero: int
    objet: Texte
    expose: Texte | None = None
    motifs: tuple[str, ...] = ()
    effet: date | None = None
    signature: date | None = None
    modes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[int, date] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    conclusion: date | None = None
    debut: date | None = None
    fin: date | None = None
    path: str = ""
    avis: tuple[Avis, ...] = ()
