"""A type of contract: its schema, its manifest, its template for both outputs, and the fingerprint of all that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from cpomgen.modele import AvenantRule, Modele
from cpomgen.patron import Patron
from cpomgen.problem import Mark
from cpomgen.schema import Schema
from cpomgen.trame import Trame

if TYPE_CHECKING:
    from cpomgen.compose import Attachment


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
    """All that the avenants of contracts of one type share: read and compiled once."""

    modele: AvenantRule
    patron: Patron
    trame: Trame
    style: bytes
    digest: bytes
    look: Mark  # the file that `style` is


class Press(NamedTuple):
    """A template made ready for one contract: what it sees, the data that its files carry, the time that they bear."""

    type: Type | TypeActe
    scope: Mapping[str, Any]
    joined: Attachment | None
    when: datetime
