"""The contract as the templates see it: typed values that remember the path of the leaf they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from cpomgen.problem import Mark, Problem, ProblemError, is_blocking


class Texte(str):  # noqa: SLOT000 - a text that knows its path
    """A text of the contract, at `path`."""

    path: str

    def __new__(cls, text: str, path: str = "") -> Self:
        """Return the value, with the path of its leaf."""
        self = super().__new__(cls, text)
        self.path = path
        return self


class Ligne(Texte):
    """A text that stands in one paragraph: a dash that opens it is a dash."""


class Choix(Ligne):
    """A code among those the schema allows; it reads as its `libelle`."""

    libelle: str

    def __new__(cls, code: str, path: str = "", libelle: str = "") -> Self:
        """Return the value, with the path of its leaf."""
        self = super().__new__(cls, code, path)
        self.libelle = libelle or code
        return self


class Renvoi(Ligne):
    """The id of another item; `intitule` is that item's title."""

    intitule: str

    def __new__(cls, target: str, path: str = "", intitule: str = "") -> Self:
        """Return the value, with the path of its leaf."""
        self = super().__new__(cls, target, path)
        self.intitule = intitule or target
        return self


class Nombre(Decimal):
    """A number of the contract, in the unit its field says."""

    path: str

    def __new__(cls, value: Decimal, path: str = "") -> Self:
        """Return the value, with the path of its leaf."""
        self = super().__new__(cls, value)
        self.path = path
        return self


class Montant(Nombre):
    """An amount in euros."""


class Entier(int):
    """A whole number, or a year."""

    path: str

    def __new__(cls, value: int, path: str = "") -> Self:
        """Return the value, with the path of its leaf."""
        self = super().__new__(cls, value)
        self.path = path
        return self


class OuiNon(Entier):
    """Yes (1) or no (0)."""


class Jour(date):
    """A day."""

    path: str

    def __new__(cls, value: date, path: str = "") -> Self:
        """Return the value, with the path of its leaf."""
        self = super().__new__(cls, value.year, value.month, value.day)
        self.path = path
        return self


Feuille = Texte | Nombre | Entier | Jour


@dataclass(frozen=True, slots=True)
class Absent:
    """A field the schema knows and the contract leaves out: false, empty, without any text to print."""

    path: str

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __contains__(self, item: object) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Illisible:
    """A field that is filled with what its schema cannot read: not empty, without any value to judge."""

    path: str

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __contains__(self, item: object) -> bool:
        return False

    def get(self, _name: object) -> Illisible:
        """Return what is known of a field below: that it cannot be read."""
        return self

    def __getitem__(self, _name: object) -> Illisible:
        return self


class Fiche(dict[Any, Any]):
    """Fields by name, or values by exercise; a field left out is Absent, an unknown one is a KeyError."""

    __slots__ = ("path",)

    def __init__(self, fields: Mapping[Any, Any], path: str) -> None:
        super().__init__(fields)
        self.path = path


class Liste(tuple[Any, ...]):  # noqa: SLOT001 - a tuple that knows its path
    """Items of a list, in the contract's order."""

    path: str

    def __new__(cls, items: Iterable[Any] = (), path: str = "") -> Self:
        """Return the list, with its path."""
        self = super().__new__(cls, items)
        self.path = path
        return self


@dataclass(frozen=True, slots=True)
class Contrat:
    """A contract, resolved: its fields, the years it covers, its first day, the mark of each path, its problems."""

    type: str
    identifiant: str
    fiche: Fiche
    exercices: tuple[int, ...]
    debut: date
    marks: Mapping[str, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def mark(self, path: str) -> Mark:
        """Return the mark of a path, or of the nearest place above it that is written."""
        while path and path not in self.marks:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.marks.get(path) or Mark(f"contracts/{self.identifiant}.yaml")

    @property
    def draws(self) -> bool:
        """Tell whether some of it is written in another file than its own: in the catalogue of its region."""
        own = self.mark("").file
        return any(mark.file != own for mark in self.marks.values())

    def own_mark(self, path: str) -> Mark:
        """Return the mark of a path, or of the nearest place above it that is written in the contract's own file."""
        own = self.mark("").file
        while (mark := self.mark(path)).file != own:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return mark

    def check_sound(self) -> None:
        """Raise ProblemError with all that is wrong when any of it forbids the contract's documents."""
        if any(map(is_blocking, self.problems)):
            raise ProblemError(*self.problems)


class Alinea(NamedTuple):
    """A paragraph of a long text, or an item of its list."""

    texte: Texte
    puce: bool


def alineas(text: str) -> tuple[Alinea, ...]:
    """Return the paragraphs of a long text: a blank line parts them, `- ` opens an item of a list."""
    path = getattr(text, "path", "")
    if isinstance(text, Ligne):
        return (Alinea(text, puce=False),)
    found: list[tuple[list[str], bool]] = []
    fresh = True
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            fresh = True
        elif stripped.startswith("- "):
            found.append(([stripped[2:].strip()], True))
            fresh = False
        elif fresh or not found:
            found.append(([stripped], False))
            fresh = False
        else:
            found[-1][0].append(stripped)
    return tuple(Alinea(Texte(" ".join(lines), path), puce) for lines, puce in found)


def feuilles(value: object) -> Iterator[Feuille]:
    """Yield every leaf of a contract, in its order."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Fiche):
            waiting += reversed(found.values())
        elif isinstance(found, Liste):
            waiting += reversed(found)
        elif isinstance(found, Feuille):
            yield found
