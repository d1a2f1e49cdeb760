"""A type of contract: its schema, its manifest, its template for both outputs, and the fingerprint of all that."""

from __future__ import annotations

from dataclasses import dataclass

from cpomgen.modele import AvenantRule, Modele
from cpomgen.patron import Patron
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


@dataclass(frozen=True, slots=True)
class TypeActe:
    """All that the avenants of contracts of one type share: read and compiled once."""

    modele: AvenantRule
    patron: Patron
    trame: Trame
    style: bytes
    digest: bytes
