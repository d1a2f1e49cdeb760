"""An act in the making, what is advised on it → what the note to who signs it prints, under the name `note`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.abrege import abrege, height
from cpomgen.contrat import Absent, Fiche, Jour, Ligne, Liste, OuiNon
from cpomgen.ecart import ZERO, of_sources
from cpomgen.lieu import Heading, quoted
from cpomgen.operation import Action, Unite
from cpomgen.wording import accord, combien, enumere, jour, majuscule, montant, variation

if TYPE_CHECKING:
    from cpomgen.acte import Avis
    from cpomgen.ecart import Poste, Tableau
    from cpomgen.operation import Operation
    from cpomgen.outcome import Projet
    from cpomgen.problem import Problem

PATH = "note"
YEARS, AVIS, MOTIFS, POINTS = 6, 3, 3, 3  # at most
TWO, EXPOSE = 2, 4  # lines, at most, of a point or of a part that changes, of the exposé
LINES = 19  # that Word has for reasons, changes, opinions and points, all years being told; Typst has two more
YEAR = 1.5  # lines that a year which is not told leaves to others
CHANGES = 3  # parts, at least


def brief(
    projet: Projet,
    motifs: Mapping[str, str],
    terme: date | None,
    advised: Iterable[Problem],
    waivers: Iterable[tuple[str, str]],
) -> Fiche:
    """Return what a note prints; `motifs` are the labels of reasons, `terme` that of the contract before.

    Each list is capped, and each of its lines: the note stays on one page, whatever the act.
    """
    avenant = projet.avenant
    invoked = [majuscule(text) for name, text in motifs.items() if name in avenant.motifs]
    points = [majuscule(each.message) for each in advised]
    points += [f"Règle {code} écartée : {text}" for code, text in waivers]
    moved = terme if terme != avenant.fin else None
    montants = tuple(_amounts(projet.changes.finances))
    said = {
        "motifs": _capped(invoked, MOTIFS, "autres motifs", TWO),
        "avis": _capped([_avis(each) for each in avenant.avis], AVIS, "autres avis"),
        "attention": _capped(points, POINTS, "autres points, que « cpomgen avenant » donne", TWO),
    }
    left = LINES + int((YEARS + 1 - len(montants)) * YEAR) - min(height(str(avenant.expose or "")), EXPOSE)
    left -= sum(max(sum(map(height, each)), 1) for each in said.values())
    said["changements"] = _fitted(list(_changes(projet)), left)
    return Fiche(
        {
            **{name: Liste((Ligne(text, f"{PATH}.{name}") for text in texts), PATH) for name, texts in said.items()},
            "montants": Liste(montants, f"{PATH}.montants"),
            "terme_avant": Jour(moved, f"{PATH}.terme_avant") if moved else Absent(f"{PATH}.terme_avant"),
        },
        PATH,
    )


class _Part(NamedTuple):
    """A part of the contract that changes: how it is named, how many times, in which of its own parts."""

    name: str
    times: int
    places: tuple[str, ...]

    def text(self, lines: int) -> str:
        """Return what is said of it in so many lines; the places that there is no room for are counted."""
        named = f"{majuscule(self.name)}, " + (f"{self.times} modifications" if self.times > 1 else "1 modification")
        for left in range(len(self.places)):
            rest = (f"{left} autres endroits" if left > 1 else "un autre endroit",) * bool(left)
            found = f"{named} : {enumere([*self.places[: len(self.places) - left], *rest])}"
            if height(found) <= lines:
                return found
        return abrege(f"{named} : {enumere(self.places)}" if self.places else named, lines)


def _fitted(changes: Sequence[_Part], lines: int) -> list[str]:
    """Return what changes in so many lines: one for each part, two for the first of those that want them.

    What there is no room for is counted.
    """
    most = max(lines, CHANGES)
    left = sum(each.times for each in changes[most - 1 :])
    spare, found = lines - len(changes), []
    for each in changes if len(changes) <= most else ():
        taken = height(each.text(TWO)) if spare > 0 else 1
        found.append(each.text(taken))
        spare -= taken - 1
    return found or _capped([each.text(1) for each in changes], most, f"{left} autres modifications")


def _capped(found: Sequence[str], most: int, rest: str, lines: int = 1) -> list[str]:
    """Return texts shortened, as many as there is room for; the `rest` takes the place of the last."""
    if len(found) <= most:
        return [abrege(each, lines) for each in found]
    left = f"{len(found) - most + 1} " if rest.startswith("autres") else ""
    return [*(abrege(each, lines) for each in found[: most - 1]), f"et {left}{rest}"]


def _changes(projet: Projet) -> Iterator[_Part]:
    """Yield each part of the contract that changes."""
    parts: dict[str, list[str]] = {}
    for operation in projet.changes.texte:
        if whole := _whole(operation):
            parts.setdefault(whole, []).append("ajout")
            continue
        first, *below = operation.lieu.parties or ("contrat",)
        parts.setdefault(quoted(first), []).append(", ".join([*map(quoted, below), operation.lieu.tableau]).strip(", "))
    for part, places in parts.items():
        named = [each for each in dict.fromkeys(places) if each]
        within = [each for each in named if not any(each.startswith(f"{other}, ") for other in named)]
        yield _Part(part, len(places), tuple(within))


def _whole(operation: Operation) -> str:
    """Return the number of the part that an operation adds whole, "" for any other operation."""
    adds = operation.unite is Unite.PARTIE and operation.action is Action.INSERER and len(operation.lieu.parties) == 1
    return Heading(1, operation.new[0]).number if adds and operation.new else ""


def _amounts(tableaux: Sequence[Tableau]) -> Iterator[Fiche]:
    """Yield the sums of the contract by exercise, then their total; those that change alone when they are many."""
    found = of_sources(tableaux)
    if found is None:
        return
    postes = found.total.postes
    shown = postes if len(postes) <= YEARS else [each for each in postes if each.ecart][:YEARS]
    yield from (_amount(f"{each.exercice}", each) for each in shown)
    left = len(postes) - len(shown)
    others = f", {combien(left, 'autre exercice')} {accord('compris', 'm', left)}" if left else ""
    yield _amount(f"Total{others}", found.total.total, total=True)


def _amount(exercice: str, poste: Poste, *, total: bool = False) -> Fiche:
    texts = {
        "exercice": exercice, "avant": montant(poste.avant or ZERO), "apres": montant(poste.apres or ZERO),
        "ecart": variation(poste.ecart),
    }  # fmt: skip
    return Fiche({**{n: Ligne(text, PATH) for n, text in texts.items()}, "total": OuiNon(total, PATH)}, PATH)


def _avis(avis: Avis) -> str:
    day = f", le {jour(avis.jour)}" if avis.jour else ""
    return f"{majuscule(avis.instance)} : {avis.sens or 'avis non précisé'}{day}"
