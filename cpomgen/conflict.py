"""Text of a file → the places where git has left two versions of it: where each begins and ends, whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cpomgen.problem import Mark, Problem
from cpomgen.source import shown

MARKER = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: (.*)|(?=$))", re.MULTILINE)
WHOLE = ("<=>", "<|=>")  # the second when git shows what both came from, too
ALONE = "Gardez le bon texte et retirez les lignes « <<<<<<< », « ======= » et « >>>>>>> »."


class Conflict(NamedTuple):
    """Markers of git that go together, or one alone: the line of each, with its sign and what it names."""

    markers: tuple[tuple[int, str, str], ...]

    def problem(self, file: str) -> Problem:
        """Return what it is, and what to do about it."""
        mark = Mark(file, self.markers[0][0], 1)
        if len(self.markers) == 1:
            message = "marque de conflit laissée par git : deux versions du contrat sont mêlées."
            return Problem("CPOM105", mark, message, ALONE)
        signs = {sign: (line, name) for line, sign, name in self.markers}
        (first, ours), (middle, _), (last, theirs) = signs["<"], signs["="], signs[">"]
        ends = signs.get("|", signs["="])[0]
        message = (
            f"conflit laissé par git entre deux textes : celui de {_named(ours)}, {_lines(first, ends)}, "
            f"et celui de {_named(theirs)}, {_lines(middle, last)}."
        )
        extra = " et ".join((", ".join(str(line) for line, _, _ in self.markers[:-1]), str(last)))
        remedy = (
            f"Choisissez avec votre collègue ce qui reste de chaque texte, et retirez les lignes {extra} ; "
            f"enregistrez alors : git add {shown(file)}, puis git commit. Pour renoncer à la fusion : git merge --abort"
        )
        return Problem("CPOM105", mark, message, remedy)


def conflicts(text: str) -> Iterator[Conflict]:
    """Yield the conflicts of a text, from top to bottom; markers that make none, each alone."""
    held: list[tuple[int, str, str]] = []
    line, at = 1, 0
    for found in MARKER.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        held.append((line, found[1][0], found[2] or ""))
        signs = "".join(sign for _, sign, _ in held)
        if signs in WHOLE:
            yield Conflict(tuple(held))
            held = []
        elif not any(each.startswith(signs) for each in WHOLE):
            *before, last = held
            yield from (Conflict((each,)) for each in before)
            held = [last]
            if last[1] != "<":
                yield Conflict((last,))
                held = []
    yield from (Conflict((each,)) for each in held)


def _named(name: str) -> str:
    """Return whose text it is, as git calls it."""
    if name == "HEAD":
        return "« HEAD » (la branche où vous êtes)"
    return f"« {shown(name)} »" if name else "l'autre branche"


def _lines(before: int, after: int) -> str:
    """Return the lines that stand between two others, in words."""
    first, last = before + 1, after - 1
    if first > last:
        return "vide"
    return f"ligne {first}" if first == last else f"lignes {first} à {last}"
