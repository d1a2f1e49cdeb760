"""A Word file or a PDF → what it says of itself: its contract, its version, its fingerprint; nobody believes it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from cpomgen.edition import Edition
from cpomgen.imprime import Imprime, paragraphs
from cpomgen.project import NAME

STAMP = re.compile(r"(?:n°\s*(\d+)\s)?\(([0-9a-f]{8})\)")  # « avenant n° 2 (1a2b3c4d) », at the foot of each page
NUMBER = re.compile(r"avenant n°\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file says of itself: the data that it carries, its title, the words that stand on each of its pages."""

    donnees: str
    title: str
    edges: str

    @property
    def lines(self) -> list[str]:
        """Return the data of each contract: that which it is of, last, after that which an act amends."""
        return self.donnees.strip("\n").split("\n")  # a text may hold other ends of line

    @property
    def stamp(self) -> str:
        """Return the fingerprint that the pages bear, "" for none."""
        found = STAMP.search(self.edges)
        return found[2] if found else ""

    @property
    def number(self) -> int:
        """Return the number of the avenant that the pages name, 0 for none."""
        named = NUMBER.search(self.edges)
        return int(named[1]) if named else 0

    @property
    def is_project(self) -> bool:
        """Tell whether the pages say that it is a project."""
        return Edition.PROJET.value in self.edges

    @property
    def identifiant(self) -> str:
        """Return the id of the contract that the data are of, "" for none."""
        try:
            found = json.loads(self.lines[-1])["identifiant"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            return ""
        return found if isinstance(found, str) and re.search(NAME, found) else ""

    @property
    def is_beside(self) -> bool:
        """Tell whether the title is that of something that comes with an avenant."""
        return "avenant" in self.title.lower()

    @property
    def is_act(self) -> bool:
        """Tell whether the data are those of an act: the contract before it, then after it."""
        return len(self.lines) > 1


def edges(imprime: Imprime) -> str:
    """Return the words that stand on each page."""
    layouts = (section.layout for section in imprime.sections)
    return "\n".join(each.text for layout in layouts for each in paragraphs((*layout.header, *layout.footer)))


def claimed(imprime: Imprime, donnees: str) -> Claim:
    """Return what a Word file says of itself."""
    return Claim(donnees, imprime.title, edges(imprime))
