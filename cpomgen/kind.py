"""A type of contract, read: its schema, its manifest, its Word template compiled and prepared, its look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpomgen.modele import Modele
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
