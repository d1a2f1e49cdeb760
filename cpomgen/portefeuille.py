"""How far each contract has come → what is told of them all: stages, who is late, amounts, ends and renewals ahead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cpomgen.avancement import Avancement
from cpomgen.etape import Etape
from cpomgen.markup import Columns, Entries, Entry, Part, Sentence, Title
from cpomgen.term import later
from cpomgen.wording import combien, enumere, jour, montant

AHEAD = 12  # months that are looked at
RENEWAL = "demande de renouvellement, un an avant la fin"
SIGNED = (Etape.SIGNE, Etape.EN_VIGUEUR)
DASH = "–"
SHOWN = 40  # contracts of a table of a terminal
WIDEST = 30  # signs of a name there


class Echue(NamedTuple):
    """Something that a contract has to do, or that happens to it, on a day; by how many days it is late."""

    le: date
    identifiant: str
    quoi: str
    jours: int = 0
    qui: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Tell whether it should be done already."""
        return self.jours > 0


class Portefeuille(NamedTuple):
    """The contracts of a project on a day, each as far as it has come."""

    au: date
    contrats: Sequence[Avancement]

    def echeances(self) -> list[Echue]:
        """Return what is late, and what comes within a year: deadlines, renewals, ends; by day."""
        return sorted(each for one in self.contrats for each in self._echeances(one))

    def _echeances(self, one: Avancement) -> Iterator[Echue]:
        horizon = later(self.au, AHEAD)
        for each in (*one.retards, *one.a_venir):
            if each.le <= horizon:
                yield Echue(each.le, one.identifiant, each.told, each.jours, each.qui)
        if one.terme and self.au <= one.terme:
            asked = one.renouvellement
            if asked and asked <= horizon and one.etape in SIGNED and one.identifiant not in self.followed:
                yield Echue(asked, one.identifiant, RENEWAL)
            if one.terme <= horizon:
                yield Echue(one.terme, one.identifiant, "fin du contrat")

    @property
    def followed(self) -> set[str]:
        """Return the contracts that another one follows: of the same networks, from the day after its end."""
        begun = {(each.intitule, each.effet.toordinal()) for each in self.contrats if each.effet}
        return {
            each.identifiant for each in self.contrats
            if each.terme and (each.intitule, each.terme.toordinal() + 1) in begun
        }  # fmt: skip

    def montants(self) -> dict[int, Decimal]:
        """Return the sums of all contracts by exercise, in euros."""
        found: defaultdict[int, Decimal] = defaultdict(Decimal)
        for one in self.contrats:
            for year, amount in one.montants:
                found[year] += amount
        return dict(sorted(found.items()))

    def etapes(self) -> dict[Etape, tuple[int, Decimal]]:
        """Return how many contracts have come to each stage, and the sum of their amounts, in euros."""
        counts = Counter(one.etape for one in self.contrats)
        sums = {etape: sum((one.total for one in self.contrats if one.etape is etape), Decimal(0)) for etape in counts}
        return {etape: (counts[etape], sums[etape]) for etape in Etape if etape in counts}


def report(found: Portefeuille, *, most: int | None = None) -> Iterator[Part]:
    """Yield what a terminal is told: `most` contracts and deadlines (all without), the late ones first."""
    yield Title(1, f"Portefeuille au {jour(found.au)}")
    late = [one for one in found.contrats if one.retards]
    count = combien(len(found.contrats), "contrat")
    yield Sentence(f"{count}, dont {len(late)} en retard." if late else f"{count}, aucun en retard.")
    ranked = sorted(
        found.contrats, key=lambda one: (-max((each.jours for each in one.retards), default=0), one.identifiant)
    )
    yield from _contrats(ranked, most)
    yield from _pieces(ranked, most)
    yield from _problemes(found)
    yield from _totals(found)
    yield from _echeances(found, most)


def _contrats(ranked: Sequence[Avancement], most: int | None) -> Iterator[Part]:
    rows = tuple(_row(one) for one in ranked[:most])
    if rows:
        heads = ("Contrat", "Étape", "Version", "Avenant", "Fin", "Retard", "Montant")
        yield Title(2, "Contrats")
        yield Columns(heads, rows, right=len(heads) - 2)
    if most is not None and len(ranked) > most:
        yield Sentence(
            f"{combien(len(ranked) - most, 'contrat')} de plus ; tous : cpomgen status --format xlsx -o FICHIER.xlsx"
        )


def _pieces(ranked: Sequence[Avancement], most: int | None) -> Iterator[Part]:
    """Yield the documents of contracts that are signed piece by piece, as long as one of them is not."""
    rows = [
        (_cut(one.identifiant), each.nom, each.etape.value, enumere(each.attendus) or DASH)
        for one in ranked[:most]
        if one.is_apart and any(each.etape not in (*SIGNED, Etape.ECHU) for each in one.pieces)
        for each in one.pieces
    ]
    if rows:
        yield Title(2, "Signés pièce par pièce")
        yield Columns(("Contrat", "Pièce", "Étape", "Reste à signer"), tuple(rows), 4)


def _row(one: Avancement) -> tuple[str, ...]:
    late = max((each.jours for each in one.retards), default=0)
    return (
        _cut(one.identifiant), one.etape.value, " ".join(filter(None, (one.version, one.edition))) or DASH,
        one.avenant.replace("avenant ", "") or DASH, f"{one.terme:%d/%m/%Y}" if one.terme else DASH,
        combien(late, "jour") if late else DASH, montant(one.total) if one.montants else DASH,
    )  # fmt: skip


def _problemes(found: Portefeuille) -> Iterator[Part]:
    entries = tuple(Entry(f"{one.identifiant} : {one.probleme}") for one in found.contrats if one.probleme)
    if entries:
        yield Title(2, "Ce qui ne se lit pas")
        yield Entries(entries)


def _totals(found: Portefeuille) -> Iterator[Part]:
    stages = found.etapes()
    if stages:
        rows = [(etape.value, str(count), montant(total)) for etape, (count, total) in stages.items()]
        whole = sum((total for _, total in stages.values()), Decimal(0))
        yield Title(2, "Par étape")
        yield Columns(("Étape", "Contrats", "Montant"), (*rows, ("total", str(len(found.contrats)), montant(whole))), 1)
    if years := found.montants():
        amounts = tuple((str(year), montant(total)) for year, total in years.items())
        yield Title(2, "Par exercice")
        yield Columns(("Exercice", "Montant"), amounts, 1)


def _echeances(found: Portefeuille, most: int | None) -> Iterator[Part]:
    known = found.echeances()
    late, ahead = ([each for each in known if each.is_late is told] for told in (True, False))
    for title, told in (("En retard", late), ("Dans l’année", ahead)):
        if told:
            rows = tuple((f"{each.le:%d/%m/%Y}", _cut(each.identifiant), _told(each)) for each in told[:most])
            yield Title(2, title)
            yield Columns(("Jour", "Contrat", "Échéance"), rows, 9)
            if most is not None and len(told) > most:
                yield Sentence(f"{combien(len(told) - most, 'échéance', 'f')} de plus.")


def _told(each: Echue) -> str:
    """Return a deadline in words: what, how late, who is waited for."""
    told = f"{each.quoi}, en retard de {combien(each.jours, 'jour')}" if each.is_late else each.quoi
    return f"{told} ; reste à signer : {enumere(each.qui)}" if each.qui else told


def _cut(name: str) -> str:
    return name if len(name) <= WIDEST else f"{name[: WIDEST - 1]}…"
