"""A line of YAML → the space or the colon that it lacks, for which a parser accuses the line after it."""

from __future__ import annotations

import re
from typing import NamedTuple

HARD = "\u00a0\u202f"  # no-break spaces, which YAML takes for letters
LEAD = r" *(?:- +)*"
NAME = r"[a-z][a-z0-9_]*|[0-9]{4}"
HARD_SPACE = re.compile(rf" *(?:(?=[{HARD}])|-(?=[{HARD}])|(?:- +)*(?:{NAME}):(?=[{HARD}]))")
DASH = re.compile(r" *-(?=[^\W\d_])")
GLUED = re.compile(rf"{LEAD}({NAME}):([^\s/:].*)")
BARE = re.compile(rf"{LEAD}({NAME})(?: +([^:]*))?")
NAMED = re.compile(rf"{LEAD}(?:{NAME})")
QUOTED = re.compile(rf"{LEAD}(?:(?:{NAME}): *)?[“”„«]")
PROSE = re.compile(r" *[^\s:\"'#\[{-][^\s:]* [^:]*: ?.*")
EMPTY = re.compile(rf"{LEAD}({NAME}):\s*")


class Slip(NamedTuple):
    """A slip of the hand: its line and column, from 0, what is wrong and what to type."""

    line: int
    column: int
    message: str
    remedy: str


def misspaced(typed: str, line: int = 0) -> Slip | None:
    """Return what a line has in the place of a space, if anything."""
    if found := hard_space(typed, line):
        return found
    if dash := DASH.match(typed):
        rest = typed[dash.end() :]
        remedy = "Mettez une espace après chaque tiret." if " -" in rest else f"Écrivez - {rest}"
        return Slip(line, dash.end(), "il manque une espace après le tiret.", remedy)
    if glued := GLUED.match(typed):
        told = "il manque une espace après le deux-points."
        return Slip(line, glued.start(2), told, f"Écrivez {glued[1]}: {glued[2].strip()}")
    return None


def hard_space(typed: str, line: int = 0) -> Slip | None:
    """Return that a line has a no-break space where YAML wants another, if it has."""
    found = HARD_SPACE.match(typed)
    remedy = "Effacez-la, puis tapez une espace ordinaire (elle vient souvent d’un copier-coller)."
    return Slip(line, found.end(), "une espace insécable tient lieu d’espace.", remedy) if found else None


def slip(text: str, line: int, column: int, *, spaces_alone: bool = False) -> Slip | None:
    """Return the slip that explains why a parser stopped at a place of a text, if one of the usual ones does."""
    lines = text.split("\n")
    typed = lines[line] if line < len(lines) else ""
    above = _above(lines, line)
    for each in (line, above):
        if each >= 0 and (found := misspaced(lines[each], each)):
            return found
    if spaces_alone:
        return None
    if QUOTED.match(typed):
        remedy = 'Mettez toute la valeur entre guillemets droits (") : les guillemets “…” et « … » sont du texte.'
        return Slip(line, column, "des guillemets typographiques ne tiennent pas une valeur ensemble.", remedy)
    beside = above >= 0 and _depth(lines[above]) == _depth(typed)
    if PROSE.fullmatch(typed) or (beside and PROSE.fullmatch(lines[above])):
        return _unannounced(lines, line)
    accused = line if not typed[:column].strip(" -") else above  # a parser that accuses a colon means the line above
    if accused >= 0 and (accused == line or NAMED.fullmatch(typed[:column])):
        return _uncoloned(lines[accused], accused)
    return None


def _depth(typed: str) -> int:
    return len(typed) - len(typed.lstrip())


def _above(lines: list[str], line: int) -> int:
    """Return the line before one that is neither blank nor a comment, -1 without any."""
    return next((n for n in range(line - 1, -1, -1) if lines[n].strip() and lines[n].lstrip()[0] != "#"), -1)


def _uncoloned(typed: str, line: int) -> Slip | None:
    found = BARE.fullmatch(typed.rstrip())
    if not found:
        return None
    remedy = f"Écrivez {found[1]}: {found[2] or ''}".rstrip()
    return Slip(line, found.end(1), f"il manque « : » après « {found[1]} ».", remedy)


def _unannounced(lines: list[str], line: int) -> Slip | None:
    """Return that a text on lines of its own is not announced by « | », if such is the case."""
    head, depth = line, _depth(lines[line])
    while head >= 0 and (not lines[head].strip() or _depth(lines[head]) >= depth):
        head -= 1
    found = EMPTY.fullmatch(lines[head]) if head >= 0 else None
    if not found:
        return None
    message = f"le texte qui suit « {found[1]}: » n’est pas annoncé par « | »."
    return Slip(head, found.end(1), message, f"Ajoutez | après les deux-points : {found[1]}: |")
