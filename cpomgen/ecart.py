"""What changes in the fields of a contract, and in its amounts: each field named in words, each source by exercise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cpomgen.edits import Edit, Id, path_text

ZERO = Decimal(0)
SOURCES = "sources"  # the role of the list whose sum is what the contract is worth


@dataclass(frozen=True, slots=True)
class Ecart:
    """What changes in a field: the edit, where it is as people name it, how it may change, whether it is printed."""

    edit: Edit
    lieu: str
    modification: str
    imprime: bool

    @property
    def path(self) -> str:
        """Return the path of the field, or of the item that comes, goes or moves, by ids."""
        item = getattr(self.edit, "id", None) or (getattr(self.edit, "item", None) or {}).get("id")
        return path_text((*self.edit.path, Id(item)) if item else self.edit.path)


@dataclass(frozen=True, slots=True)
class Poste:
    """What one source gives in one exercise, in euros: before and after, None where nothing is written."""

    exercice: int
    avant: Decimal | None
    apres: Decimal | None

    @property
    def ecart(self) -> Decimal:
        """Return the difference, in euros; nothing written counts for nothing."""
        return (self.apres or ZERO) - (self.avant or ZERO)


@dataclass(frozen=True, slots=True)
class Ligne:
    """A source, or all of them, exercise by exercise; `total` is the same over all exercises (exercice 0)."""

    id: str
    libelle: str
    postes: tuple[Poste, ...]
    total: Poste


@dataclass(frozen=True, slots=True)
class Tableau:
    """Amounts of one list of the contract, such as its sources, under the name of that list; `total` is their sum."""

    libelle: str
    role: str
    exercices: tuple[int, ...]
    lignes: tuple[Ligne, ...]
    total: Ligne

    @property
    def changes(self) -> bool:
        """Tell whether any amount differs, be it one that is written for the first time."""
        return any(poste.avant != poste.apres for ligne in self.lignes for poste in ligne.postes)


def of_sources(tableaux: Iterable[Tableau]) -> Tableau | None:
    """Return the amounts that make what the contract is worth, None when they are not among those that change."""
    return next((each for each in tableaux if each.role == SOURCES), None)


def summed(postes: Iterable[Poste], exercice: int = 0) -> Poste:
    """Return the sum of amounts, under an exercise or over all of them (0); None where none is written."""
    found = list(postes)
    before = [each.avant for each in found if each.avant is not None]
    after = [each.apres for each in found if each.apres is not None]
    return Poste(exercice, sum(before, ZERO) if before else None, sum(after, ZERO) if after else None)
