"""A problem is a value: where, what, how to mend it, and which text asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple

MANY = 200  # names: to compare more with each one that is wrong would take its time
WIDEST = 110  # signs of a line of a file that are shown


class Severity(Enum):
    """How much a problem weighs; the value is the French word that authors read."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"


class Origin(Enum):
    """What asks for what a problem says; the value is the French word that authors read."""

    LOI = "loi"
    REGLEMENT = "règlement"
    MODELE = "modèle"
    REGION = "région"
    USAGE = "usage"


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
    """One thing wrong, told in French to an author; `waiver` is the reason for which the contract is let off."""

    code: str
    mark: Mark
    message: str
    remedy: str = ""
    article: str = ""
    severity: Severity = Severity.ERREUR
    origin: Origin | None = None
    waiver: str = ""

    @property
    def source(self) -> str:
        """Return what asks for it, with the article: « règlement, D. 6114-13 CSP »."""
        origin = self.origin or origin_of(self.article)
        if origin is None or self.article.lower().startswith((origin.value, "guide")):
            return self.article
        return ", ".join(filter(None, (origin.value, self.article)))


ORIGINS = (
    (re.compile(r"(L\.|(art(icle|\.) \S+ de la )?(loi|ordonnance))", re.IGNORECASE), Origin.LOI),
    (re.compile(r"([DR]\.|décret|arrêté)", re.IGNORECASE), Origin.REGLEMENT),
    (re.compile(r"(modèle|guide)", re.IGNORECASE), Origin.MODELE),
    (re.compile(r"(région|projet régional)", re.IGNORECASE), Origin.REGION),
)


def origin_of(article: str) -> Origin | None:
    """Return what kind of text an article is of, by the way it is cited; None when nothing tells."""
    return next((origin for pattern, origin in ORIGINS if pattern.match(article)), None)


class ProblemError(Exception):
    """Raised at the edge of a stage that cannot go on; carries the problems it stops for."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems as the author of a file meets them, from top to bottom; those of each file together."""
    return sorted(problems, key=lambda problem: problem.mark[:3])


def nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the remedy for a name that is not known: the known one most like it, `otherwise` when none is."""
    names = list(known)
    near = get_close_matches(name, names, 1) if len(names) < MANY else []
    return f"vouliez-vous écrire « {near[0]} » ?" if near else otherwise


def is_blocking(problem: Problem) -> bool:
    """Tell whether a problem keeps the contract from being built."""
    return problem.severity is Severity.ERREUR and not problem.waiver


def format_problem(problem: Problem, line: str | None = None) -> str:
    """Return what an author reads: place, severity and code, sentence, the line at fault, remedy, source, waiver."""
    weight = f"{problem.severity.value} {problem.code}{' (dérogation)' if problem.waiver else ''}"
    lines = [f"{problem.mark}: {weight} : {problem.message}"]
    if line is not None:
        lines += _excerpt(problem.mark, line)
    if problem.remedy:
        lines.append(f"    → {problem.remedy}")
    if problem.source:
        lines.append(f"    Source : {problem.source}")
    if problem.waiver:
        lines.append(f"    Fondement de la dérogation : {problem.waiver}")
    return "\n".join(lines)


def _excerpt(mark: Mark, line: str) -> list[str]:
    """Return a line of the file with its number, and a caret under its column; a long line is cut around it."""
    start = max(0, mark.column - 60) if len(line) > WIDEST else 0
    shown = line[start : start + WIDEST].rstrip()
    number = f"{mark.line:>5} | "
    return [f"{number}{shown}", f"{'':>5} | {'':>{max(0, mark.column - 1 - start)}}^"]
