"""What values of a contract read as in French, and the filters that templates may use; each keeps its leaf's path."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined

from cpomgen import wording
from cpomgen.abrege import abrege
from cpomgen.contrat import Absent, Choix, Fiche, Ligne, Liste, Montant, OuiNon, Renvoi, Texte, alineas


class RefusedError(Exception):
    """An expression that a template may not hold, or a value it cannot print; the message is French."""


STEPS = 500_000  # a contract of forty pages takes a few thousand
SIGNS = 100  # of text, that cost as much as a step
BUDGET = "budget de pas"  # where a context keeps its own: no template can say this name, no field can take it


class Budget:
    """The steps that a template may still take: turns of loops, items that filters go through, text written."""

    def __init__(self, steps: int = STEPS) -> None:
        self.steps = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps; raise RefusedError when there are no more."""
        self.steps -= steps
        if self.steps < 0:
            raise RefusedError("ce modèle demande trop de répétitions (boucles emboîtées sur de longues listes)")

    def through(self, items: Any) -> Any:  # noqa: ANN401 - any list of the contract
        """Return the items of a loop or a filter, their steps taken."""
        try:
            self.spend(len(items))
        except TypeError:
            raise RefusedError("une boucle ou un filtre de liste demande une liste") from None
        return items


class Numbers(dict[str, str]):
    """The number that each name of a counter was given, and the counters so far; `complete` once all are known.

    Until then, `ahead` tells that one was asked for before it was given.
    """

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.complete = self.ahead = False

    def give(self, name: str, counter: str) -> str:
        """Return the number of `name`, the next of its counter the first time it is asked."""
        if name not in self:
            self.counts[counter] = self.counts.get(counter, 0) + 1
            self[name] = wording.article_numero(self.counts[counter])
        return self[name]

    def recall(self, name: str) -> str:
        """Return the number of `name`; before all are known, a stand-in for those to come."""
        if self.complete and name not in self:
            raise RefusedError(f"le renvoi « {name} » ne désigne aucun numéro du document")
        self.ahead = self.ahead or name not in self
        return self.get(name, "?")


def read(value: Any) -> Any:  # noqa: ANN401 - a Texte, or a Jinja Undefined that must complain itself
    """Return what a value reads as, in French, with the path of its leaf."""
    if type(value) in WORDS or isinstance(value, Undefined):
        return value
    if isinstance(value, Choix):
        return Ligne(value.libelle, value.path)
    if isinstance(value, str):
        return value
    if isinstance(value, Absent | Fiche | Liste) or value is None:
        raise RefusedError(f"« {getattr(value, 'path', '')} » est vide, et le modèle l'imprime sans condition")
    for kind, words in READINGS:
        if isinstance(value, kind):
            return Ligne(words(value), getattr(value, "path", ""))
    raise RefusedError(f"une valeur de type {type(value).__name__} ne s'imprime pas")


WORDS = frozenset((str, Texte, Ligne))  # what nearly all that is read is: it reads as it is
READINGS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (OuiNon, lambda value: "oui" if value else "non"),
    (bool, lambda value: "oui" if value else "non"),
    (Montant, wording.montant),
    (Decimal, wording.nombre),
    (int, str),
    (date, wording.jour),
)


def _keeping(words: Callable[..., str]) -> Callable[..., Texte]:
    """Return the filter that keeps the path of the leaf it words."""

    @functools.wraps(words)
    def filtered(value: Any, *arguments: Any) -> Texte:  # noqa: ANN401 - a leaf
        if isinstance(value, Absent):
            raise RefusedError(f"« {value.path} » est vide, et le modèle l'imprime sans condition")
        kind = Texte if type(value) is Texte else Ligne
        return kind(words(read(value) if isinstance(value, Choix) else value, *arguments), getattr(value, "path", ""))

    return filtered


def _total(sources: Fiche | Iterable[Fiche], exercice: int | None = None) -> Montant | Absent:
    """Return the sum in euros of one source or of several, of one exercise or of all; Absent when none is given."""
    each = [sources] if isinstance(sources, Fiche) else list(sources)
    yearly = [child for source in each for child in source.values() if isinstance(child, Fiche)]
    amounts = [
        (year, amount)
        for given in yearly
        for year, amount in given.items()
        if isinstance(amount, Montant) and isinstance(year, int)
    ]
    kept = [amount for year, amount in amounts if exercice in (None, year)]
    return Montant(sum(kept, Decimal(0))) if kept else Absent("total")


def _chaque(items: Iterable[Fiche], name: str) -> Liste:
    """Return the items of the list of that name of every item."""
    return Liste([child for item in items for child in item[name]])


def _dont(items: Iterable[Fiche], name: str, value: str) -> Liste:
    """Return the items whose field of that name has that value."""
    return Liste([item for item in items if item[name] == value])


def _intitule(value: Renvoi) -> Texte:
    return Ligne(value.intitule, value.path)


def _si_absent(value: object, text: str) -> object:
    return text if isinstance(value, Absent) else value


def _enumere(values: Iterable[Any]) -> Texte:
    words = [str(read(value)) for value in values]
    return Ligne(wording.enumere(words), getattr(values, "path", ""))


def _counted(listing: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter that takes a step of the budget for each item it is given, and for each it gives."""

    @functools.wraps(listing)
    @pass_context
    def filtered(context: Context, values: Any, *arguments: Any) -> Any:  # noqa: ANN401 - a list of the contract
        budget: Budget = context.get(BUDGET) or Budget()
        found = listing(budget.through(values), *arguments)
        return budget.through(found) if isinstance(found, tuple) else found

    return filtered


@pass_context
def _numero(context: Context, name: str, counter: str) -> str:
    numbers: Numbers = context["numeros"]
    return numbers.give(_named(name), counter)


@pass_context
def _renvoi(context: Context, name: str) -> str:
    numbers: Numbers = context["numeros"]
    return numbers.recall(_named(name))


def _named(name: str) -> str:
    """Return the name of a number: an id of the contract is never one of the names that the template gives."""
    return f"#{name}" if isinstance(name, Texte) else str(name)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "montant": _keeping(wording.montant),
    "nombre": _keeping(wording.nombre),
    "lettres": _keeping(wording.lettres),
    "jour": _keeping(wording.jour),
    "ouvre_annee": wording.opens_year,
    "clot_annee": wording.closes_year,
    "le": _keeping(wording.le),
    "du": _keeping(wording.du),
    "au": _keeping(wording.au),
    "de": _keeping(wording.de),
    "son": _keeping(wording.son),
    "accord": _keeping(wording.accord),
    "majuscule": _keeping(wording.majuscule),
    "ordinal": _keeping(wording.ordinal),
    "cardinal": _keeping(wording.cardinal),
    "part": _keeping(wording.part),
    "enumere": _counted(_enumere),
    "intitule": _intitule,
    "abrege": _keeping(abrege),
    "chaque": _counted(_chaque),
    "dont": _counted(_dont),
    "total": _counted(_total),
    "si_absent": _si_absent,
    "numero": _numero,
    "renvoi": _renvoi,
    "alineas": lambda value: alineas(read(value)),
    "length": len,
    "first": lambda values: next(iter(values), Absent("")),
    "last": lambda values: values[-1] if values else Absent(""),
}
TURNS = _counted(lambda items: items)  # put around what each loop of a Word template goes through
