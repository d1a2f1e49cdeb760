"""What two branches or two clones have each made, and one alone can: a number, a version, a signature → problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cpomgen.partie import Partie
from cpomgen.problem import Mark, Problem, Severity
from cpomgen.registre import Signature, register_file
from cpomgen.schema import Schema
from cpomgen.source import shown
from cpomgen.wording import jour


class Annonce(NamedTuple):
    """An avenant that a contract announces: its number, where, what it is called, all that is said of it."""

    numero: int
    mark: Mark
    titre: str
    said: frozenset[tuple[str, str]]


class Tagged(NamedTuple):
    """A version that is frozen: its tag, whether the last commit comes from it, the day, the avenants it announces."""

    number: int
    tag: str
    is_ours: bool
    day: date | None
    annonces: tuple[Annonce, ...]


class Maker(NamedTuple):
    """Who froze a version, and when, as its tag says."""

    name: str
    day: date | None

    def __str__(self) -> str:
        return f"par {shown(self.name) or 'on ne sait qui'}{f' le {jour(self.day)}' if self.day else ''}"


def annonces(parties: Iterable[Partie], schema: Schema) -> tuple[Annonce, ...]:
    """Return the avenants that a contract announces, but those that are abandoned or have no number."""
    paths = [schema.path_of(role) for role in ("avenants", "numero_avenant", "abandon")]
    if not paths[0] or not paths[1]:
        return ()
    start, number, given_up = ".".join(paths[0]), paths[1][-1], (paths[2] or ("",))[-1]
    found = []
    for partie in parties:
        said = {trait.path.removeprefix(f"{partie.path}."): trait.texte for trait in partie.traits}
        is_one = partie.path.startswith(f"{start}[") and partie.path.endswith("]")
        if is_one and given_up not in said and said.get(number, "").isdecimal():
            kept = frozenset((name, text) for name, text in said.items() if name != "id")
            found.append(Annonce(int(said[number]), partie.mark, partie.titre, kept))
    return tuple(found)


def taken(announced: Collection[Annonce], frozen: Iterable[Tagged], signed: Collection[int]) -> Iterator[Problem]:
    """Yield a problem for each avenant whose number is that of another, which is frozen or signed."""
    free = max((each.numero for each in announced), default=0) + 1
    for version in frozen:
        same = [each for each in announced if each.numero == version.number]
        theirs = [each for each in version.annonces if each.numero == version.number]
        others = [each for each in same if theirs and each.said != theirs[0].said]
        if version.is_ours and len(same) < 2:  # noqa: PLR2004 - it is being prepared anew
            continue
        if version.is_ours and len(others) == len(same):
            others = others[1:]  # both have changed since: the first written is the first made
        free = max(free, version.number + 1)
        state = "signé" if version.number in signed else "arrêté"
        for each in others:
            yield _taken(each, theirs[0], version, state, free)


def _taken(annonce: Annonce, other: Annonce, version: Tagged, state: str, free: int) -> Problem:
    day = f", le {jour(version.day)}" if version.day else ""
    message = (
        f"le numéro {annonce.numero} est celui d'un autre avenant, déjà {state} sous l'étiquette git "
        f"« {version.tag} »{day} : {other.titre.replace('« ', '“').replace(' »', '”')}."
    )
    remedy = f"celui-ci prend un numéro libre : numero: {free}"
    if not version.is_ours:
        remedy += f" ; pour partir de l'autre, ou si c'est le même : git merge {version.tag}"
    return Problem("CPOM655", annonce.mark, message, remedy)


def apart(tag: str, server: str, makers: tuple[Maker, Maker], file: str, *, is_signed: bool) -> Problem:
    """Return what is told of a version that was frozen here and, otherwise, where a server has it from."""
    here, there = makers
    message = (
        f"l'étiquette git « {tag} » n'est pas la même ici et sur « {server} » : la version y a été arrêtée "
        f"{there}, et ici {here}."
    )
    remedy = f"pour prendre celle du serveur : git fetch {server} +refs/tags/{tag}:refs/tags/{tag}"
    if not is_signed:
        remedy += f" ; pour la remplacer, si personne n'a signé l'autre : git push --force {server} {tag}"
    severity = Severity.ERREUR if is_signed else Severity.AVERTISSEMENT
    return Problem("CPOM657", Mark(file), message, remedy, severity=severity)


def repeated(facts: Iterable[Signature]) -> dict[int, list[Signature]]:
    """Return, by version, the facts that say again that a quality has signed the same thing; no version without any."""
    seen: Counter[tuple[int, str, str]] = Counter()
    found: dict[int, list[Signature]] = {}
    for each in facts:
        seen[key := (each.version, each.piece, each.par)] += 1
        if each.par and seen[key] > 1:
            found.setdefault(each.version, []).append(each)
    return found


def signed_again(
    identifiant: str, facts: Iterable[Signature], again: Iterable[Signature], qualites: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for each fact of `again` that says that more people signed with a quality than there are."""
    known = list(facts)
    for each in again:
        same = [fact for fact in known if (fact.version, fact.piece, fact.par) == (each.version, each.piece, each.par)]
        rank, most = same.index(each) + 1, list(qualites).count(each.par)
        if each.par in qualites and rank > most:
            people = "une seule personne signe" if most == 1 else f"{most} personnes signent"
            message = (
                f"la version v{each.version} est déjà signée en qualité de « {each.par} », le {jour(same[0].le)}, "
                f"et {people} à ce titre."
            )
            remedy = (
                "deux branches l'ont sans doute inscrite : vérifiez les dates, et retirez l'entrée qui est de trop."
            )
            yield Problem("CPOM658", each.mark or Mark(register_file(identifiant)), message, remedy)
