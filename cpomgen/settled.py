"""A version that is frozen, whatever is wrong in it → the contract that its text is made of; or why it has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from cpomgen.contrat import Contrat, Fiche, Illisible, Liste
from cpomgen.problem import Mark, Problem, ProblemError, Severity, is_blocking


@contextmanager
def as_signed(contrat: Contrat, *, settled: bool = True) -> Iterator[Contrat]:
    """Give a contract that is `settled` as it was signed, its errors mere warnings; another one as it is.

    Raise ProblemError when it cannot be printed: what cannot be read would be left out of its documents in silence.
    """
    if not settled:
        yield contrat
        return
    wrong = tuple(filter(is_blocking, contrat.problems))
    if wrong and is_unread(contrat.fiche):
        raise ProblemError(*wrong, _unprintable(contrat.identifiant))
    soft = (each._replace(severity=Severity.AVERTISSEMENT) for each in contrat.problems)
    try:
        yield replace(contrat, problems=tuple(soft))
    except ProblemError as error:
        if not wrong:
            raise
        raise ProblemError(*wrong, *error.problems, _unprintable(contrat.identifiant)) from None


def is_unread(value: object) -> bool:
    """Tell whether a contract, or a part of it, holds anything that its schema cannot read."""
    below = value.values() if isinstance(value, Fiche) else value if isinstance(value, Liste) else ()
    return isinstance(value, Illisible) or any(map(is_unread, below))


def _unprintable(identifiant: str) -> Problem:
    message = "cette version ne peut être refaite : ce qui précède empêche d'en imprimer le texte."
    remedy = "gardez-en l'original signé, qui fait seul foi ; ce que l'on peut faire : cpomgen explain CPOM608"
    return Problem("CPOM608", Mark(f"contracts/{identifiant}.yaml"), message, remedy)
