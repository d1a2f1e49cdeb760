"""A problem is a value: where, what, how to mend it, and which text asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much a problem weighs; the value is the French word that authors read."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"


class Mark(NamedTuple):
    """A place in a file of the project: lines and columns count from 1; `place` names it where a file has no lines."""

    file: str
    line: int = 0
    column: int = 0
    place: str = ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts += [str(self.line), str(self.column)]
        located = ":".join(parts)
        return f"{located} ({self.place})" if self.place else located


class Problem(NamedTuple):
    """One thing wrong, told in French to an author."""

    code: str
    mark: Mark
    message: str
    remedy: str = ""
    article: str = ""
    severity: Severity = Severity.ERREUR


class ProblemError(Exception):
    """Raised at the edge of a stage that cannot go on; carries the problems it stops for."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems of one file as its author meets them, from top to bottom."""
    return sorted(problems, key=lambda problem: (problem.mark.line, problem.mark.column))


def nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the remedy for a name that is not known: the known one most like it, `otherwise` when none is."""
    near = get_close_matches(name, list(known), 1)
    return f"vouliez-vous écrire « {near[0]} » ?" if near else otherwise


def is_blocking(problem: Problem) -> bool:
    """Tell whether a problem keeps the contract from being built."""
    return problem.severity is Severity.ERREUR


def format_problem(problem: Problem) -> str:
    """Return the lines that an author reads: place, severity and code, sentence, then remedy and article."""
    lines = [f"{problem.mark}: {problem.severity.value} {problem.code} : {problem.message}"]
    if problem.remedy:
        lines.append(f"    → {problem.remedy}")
    if problem.article:
        lines.append(f"    Source : {problem.article}")
    return "\n".join(lines)
