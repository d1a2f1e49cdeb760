"""What an act calls a unit of a text: a noun with its article, a number, a rank, its own words between guillemets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cpomgen import lieu
from cpomgen.lieu import LETTERED, NUMBERED
from cpomgen.wording import accord, au, du, le

NBSP = "\u00a0"
FEMININES = (  # kinds of headings that are
    "annexe", "orientation", "partie", "section", "fiche", "rubrique", "action", "mesure", "étape", "phase", "priorité",
    "pièce",
)  # fmt: skip
OPENED = re.compile(f"«[ {NBSP}\u202f]?")
CLOSED = re.compile(f"[ {NBSP}\u202f]?»")


@dataclass(frozen=True, slots=True)
class Nom:
    """A noun and what follows it, without its article; `lieu` is what is said in the place of « au … », if any."""

    mots: str
    genre: str = "m"
    lieu: str = ""
    elide: bool = True

    @property
    def le(self) -> str:
        """Return it as a subject: l’annexe 1, le deuxième alinéa."""
        return le(self.mots, self.genre) if self.elide else f"le {self.mots}"

    @property
    def au(self) -> str:
        """Return it as a place: à l’annexe 1, au deuxième alinéa."""
        return self.lieu or (au(self.mots, self.genre) if self.elide else f"au {self.mots}")

    @property
    def du(self) -> str:
        """Return it after what it has: de l’annexe 1, du deuxième alinéa."""
        return du(self.mots, self.genre) if self.elide else f"du {self.mots}"

    @property
    def nom(self) -> str:
        """Return its own words between guillemets, all of it without any: « Ouvrir deux secteurs »."""
        return self.mots[max(self.mots.find("«"), 0) :]

    def done(self, participle: str) -> str:
        """Return what is done to it: l’annexe 1 est supprimée."""
        return f"{self.le} est {accord(participle, self.genre)}"


def quoted(text: str) -> str:
    """Return words between guillemets, their own guillemets made those of a second rank."""
    return f"«{NBSP}{second_rank(text)}{NBSP}»"


def second_rank(text: str) -> str:
    """Return a text as it stands between guillemets: its own are “ ”."""
    return CLOSED.sub("”", OPENED.sub("“", text)) if "«" in text or "»" in text else text


def ordinal(rank: int, genre: str = "m") -> str:
    """Return a rank in words when it is short: deuxième, première."""
    return "première" if rank == 1 and genre == "f" else lieu.rank(rank)


def ranked(rank: int, unit: str, genre: str = "m") -> Nom:
    """Return a unit by its rank: deuxième alinéa."""
    return Nom(f"{ordinal(rank, genre)} {unit}", genre)


def named(noun: str, name: str, genre: str = "m") -> Nom:
    """Return a unit by its name: action « Ouvrir deux secteurs »."""
    return Nom(f"{noun} {quoted(name)}", genre)


def heading_nom(text: str) -> Nom:
    """Return what a heading calls what it opens: article 3, a), rubrique « Recomposition territoriale »."""
    if number := NUMBERED.match(text):
        kind = number["kind"].lower()
        return Nom(f"{kind}{number[0][len(kind) :]}", "f" if kind in FEMININES else "m")
    if letter := LETTERED.match(text):
        return Nom(letter[1], elide=False)
    return named("rubrique", " ".join(text.split("\n")), "f")


def column_nom(name: str) -> Nom:
    """Return a column by its name."""
    found = named("colonne", name, "f")
    return Nom(found.mots, "f", f"dans {found.le}")
