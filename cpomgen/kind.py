"""A type of contract: its schema, its manifest, its template for both outputs, and the fingerprint of all that."""

from __future__ import annotations

from dataclasses import dataclass

from cpomgen.gabarit import GabaritRule
from cpomgen.modele import Modele
from cpomgen.patron import Patron
from cpomgen.problem import Mark
from cpomgen.schema import Schema
from cpomgen.trame import Trame


@dataclass(frozen=True, slots=True)
class Type:
    """All that contracts of one type share: read and compiled once."""

    schema: Schema
    modele: Modele
    patron: Patron
    trame: Trame
    style: bytes
    digest: bytes
    look: Mark  # the file that `style` is


@dataclass(frozen=True, slots=True)
class TypeActe:
    """All that the acts of contracts of one type share, or their notes, or the fiches of its pieces: compiled once."""

    modele: GabaritRule
    patron: Patron
    trame: Trame
    style: bytes
    digest: bytes
    look: Mark  # the file that `style` is
