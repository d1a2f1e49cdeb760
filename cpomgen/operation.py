"""What changes in the text of a document, fit to be worded: what is done, to what, where, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpomgen.edits import Edit
    from cpomgen.lieu import Lieu


class Action(Enum):
    """What is done; the value is the French word."""

    REMPLACER = "remplacer"
    INSERER = "insérer"
    SUPPRIMER = "supprimer"
    DEPLACER = "déplacer"


class Unite(Enum):
    """What it is done to; the value is the French word."""

    ALINEA = "alinéa"
    TABLEAU = "tableau"
    LIGNE = "ligne"
    COLONNE = "colonne"
    PARTIE = "partie"


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of a text.

    `old` and `new` have a text for each paragraph, or each cell of a row or a column. `lieu` is in the old text: where
    the unit stands, or for what is inserted the unit that it follows, none when `premier`. `vers` is where a unit is
    moved, in the same way. `paths` are those of the contract's leaves at stake. `edits` are what it does to the text as
    a tree: those of all the operations turn the old one into the new one.
    """

    action: Action
    unite: Unite
    lieu: Lieu
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    premier: bool = False
    vers: Lieu | None = None
    paths: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
