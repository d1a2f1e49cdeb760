"""What a pull request changes, as values: contract by contract, template by template, and whether it may be merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from cpomgen.ecart import Ligne, Poste, of_sources, summed
from cpomgen.problem import Mark, Problem, Severity, is_blocking
from cpomgen.registre import Signature, register_file
from cpomgen.standing import Stade

if TYPE_CHECKING:
    from cpomgen.affected import Affected
    from cpomgen.etiquette import Etiquette
    from cpomgen.outcome import Changes
    from cpomgen.regional import Regional

ALIKE = 0.6  # of its lines: a contract that shares as many with one that has gone is that one, renamed


class Sort(Enum):
    """What a request does to a contract, or to a file; the value is the French word."""

    AJOUTE = "ajouté"
    SUPPRIME = "supprimé"
    RENOMME = "renommé"
    MODIFIE = "modifié"
    INCHANGE = "inchangé"  # its register alone changes, or a version of it is frozen


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong in a contract that was not, what was wrong and is not, waivers that come and that go; all of it."""

    nouveaux: tuple[Problem, ...] = ()
    disparus: tuple[Problem, ...] = ()
    derogations: tuple[Problem, ...] = ()
    retirees: tuple[Problem, ...] = ()
    tous: tuple[Problem, ...] = ()

    @property
    def erreurs(self) -> tuple[Problem, ...]:
        """Return those that keep the contract from being built."""
        return tuple(filter(is_blocking, self.tous))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a request does to one contract, and the title that its documents have.

    `changes` is None when a side cannot be read, or has none; `shared` of the changes of its text are those that its
    template makes in others too, and told there. `arretees` are the versions and pieces that it freezes, `signatures`
    those it records.
    """

    identifiant: str
    sort: Sort
    auparavant: str = ""
    changes: Changes | None = None
    shared: int = 0
    lisible: bool = True
    problems: Problems = field(default_factory=Problems)
    avenant: Stade = field(default_factory=Stade)
    arretees: tuple[Etiquette, ...] = ()
    signatures: tuple[Signature, ...] = ()
    titre: str = ""

    @property
    def somme(self) -> Poste | None:
        """Return what the contract is worth before and after, None when that does not change."""
        found = self._worth()
        return found.total if found else None

    @property
    def years(self) -> tuple[Poste, ...]:
        """Return the same exercise by exercise, nothing when none changes."""
        found = self._worth()
        return found.postes if found else ()

    def _worth(self) -> Ligne | None:
        found = of_sources(self.changes.finances) if self.changes is not None else None
        return found.total if found else None


@dataclass(frozen=True, slots=True)
class Review:
    """A whole request: what it is called, its contracts, the types of contract it changes, its other files.

    `problems` are those of the request itself; `regional` is what it changes in the catalogue of the region, None when
    its file is the same.
    """

    base: str
    commit: str
    head: str
    contrats: tuple[Reviewed, ...] = ()
    types: tuple[Affected, ...] = ()
    fichiers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    regional: Regional | None = None

    @property
    def erreurs(self) -> tuple[Problem, ...]:
        """Return all that stands against merging the request."""
        found = [*filter(is_blocking, self.problems), *(each for one in self.contrats for each in one.problems.erreurs)]
        regional = self.regional.erreurs if self.regional else ()
        return (*found, *(each for one in self.types for each in one.erreurs), *regional)

    @property
    def somme(self) -> Poste | None:
        """Return what the contracts whose amounts change are worth, before and after; None when none does."""
        found = [each.somme for each in self.contrats if each.somme]
        return summed(found) if found else None

    @property
    def years(self) -> tuple[Poste, ...]:
        """Return the same exercise by exercise, those that do not change left out."""
        postes = [poste for each in self.contrats for poste in each.years]
        years = sorted({poste.exercice for poste in postes})
        found = (summed([each for each in postes if each.exercice == year], year) for year in years)
        return tuple(each for each in found if each.avant != each.apres)


def told_apart(before: Iterable[Problem], after: Iterable[Problem], since: Iterable[Problem] = ()) -> Problems:
    """Return what comes and goes from the problems of a contract to its later ones; lines that move are nothing.

    `since` are those of what it became since it was signed, which are told as new.
    """
    old, new = tuple(before), tuple(after)
    was, now = ([each for each in side if not each.waiver] for side in (old, new))
    let, lets = ([each for each in side if each.waiver] for side in (old, new))
    late = tuple(since)
    return Problems(
        (*late, *_less(now, was)), _less(was, [*now, *lets]), _less(lets, let), _less(let, lets), (*late, *new)
    )


def _less(some: Sequence[Problem], others: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are not among others, each as often as it is there more often."""
    left = Counter(map(_said, others))
    found = []
    for each in some:
        left[_said(each)] -= 1
        if left[_said(each)] < 0:
            found.append(each)
    return tuple(found)


def _said(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def renamed(gone: Mapping[str, bytes], come: Mapping[str, bytes]) -> dict[str, str]:
    """Return what contracts that come were called, those that share most of their lines with one that has gone."""
    lines = {name: Counter(content.split(b"\n")) for name, content in (*gone.items(), *come.items())}
    pairs = [(_shared(lines[old], lines[new]), new, old) for new in come for old in gone]
    found: dict[str, str] = {}
    for share, new, old in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if share >= ALIKE and new not in found and old not in found.values():
            found[new] = old
    return found


def _shared(old: Counter[bytes], new: Counter[bytes]) -> float:
    """Return the part of their lines that two files share."""
    return 2 * sum((old & new).values()) / max(1, sum(old.values()) + sum(new.values()))


def deleted(identifiant: str, signed: Sequence[Signature]) -> tuple[Problem, ...]:
    """Return what is wrong in taking a contract away: nothing, unless it is signed."""
    if not signed:
        return ()
    message = f"le contrat « {identifiant} » est signé, et la demande supprime ou renomme son fichier."
    remedy = "remettez-le sous ce nom : un contrat signé reste au projet, même terminé ; il ne change que par avenant."
    return (Problem("CPOM652", Mark(f"contracts/{identifiant}.yaml"), message, remedy),)


def erased(identifiant: str, before: Iterable[Signature], after: Iterable[Signature]) -> tuple[Problem, ...]:
    """Return a problem for facts of signature that were recorded, and that the request takes away or rewrites."""
    lost = recorded(after, before)
    if not lost:
        return ()
    told = ", ".join(dict.fromkeys(f"v{each.version}" for each in lost))
    message = f"la demande efface ou récrit au registre de « {identifiant} » une signature qui y était ({told})."
    remedy = "remettez-la, sauf si elle y était par erreur : « cpomgen sign » ajoute des faits, et n'en retire jamais."
    where = Mark(register_file(identifiant))
    return (Problem("CPOM653", where, message, remedy, severity=Severity.AVERTISSEMENT),)


def recorded(before: Iterable[Signature], after: Iterable[Signature]) -> tuple[Signature, ...]:
    """Return the facts of a register that an earlier one did not hold."""
    left = Counter(map(_fact, before))
    found = []
    for each in after:
        left[_fact(each)] -= 1
        if left[_fact(each)] < 0:
            found.append(each)
    return tuple(found)


def _fact(each: Signature) -> tuple[object, ...]:
    return each.version, each.le, each.piece, each.par
