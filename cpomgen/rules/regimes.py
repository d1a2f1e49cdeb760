"""Regimes of law: which rules bind a contract, by the kind of its type and the day it is concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cpomgen.rules import (
    avenants,
    blancs,
    contenu,
    duree,
    financement,
    identite,
    montants,
    parties,
    region,
    suivi,
    textes,
    typologie,
    vigueur,
    voisins,
)
from cpomgen.rules.rule import Rule

NONE = "aucun"  # a type of contract that no law binds


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules of contracts of a `kind` that are concluded from `first` to `last`, None for « to this day »."""

    name: str
    kind: str
    title: str
    first: date
    last: date | None
    rules: tuple[Rule, ...]

    def covers(self, kind: str, day: date) -> bool:
        """Tell whether a contract of that kind, concluded on that day, is under this regime."""
        return self.kind == kind and self.first <= day and (self.last is None or day <= self.last)


COMMON: tuple[Rule, ...] = (  # whatever the law, a contract that breaks these is unsound
    *duree.COMMON, *montants.COMMON, *identite.COMMON, *textes.COMMON, *vigueur.COMMON, *avenants.COMMON,
    *parties.COMMON, *contenu.COMMON, *financement.COMMON, *suivi.COMMON,
    *voisins.RULES, *typologie.RULES, region.within_the_campaign, blancs.nothing_is_left_blank,
)  # fmt: skip
REGIMES: tuple[Regime, ...] = (
    Regime(
        "2010-1170",
        "services_de_sante",
        "contrats conclus avec certains services de santé (décret n° 2010-1170 du 4 octobre 2010)",
        date(2010, 10, 7),  # the day after it was published; to be verified
        None,
        (
            *duree.SERVICES, *avenants.SERVICES,
            *parties.SERVICES, *contenu.SERVICES, *financement.SERVICES, *suivi.SERVICES,
        ),
    ),
)  # fmt: skip


def regime_of(kind: str, day: date) -> Regime | None:
    """Return the regime of a contract of that kind concluded on that day, None when none is known."""
    return next((regime for regime in REGIMES if regime.covers(kind, day)), None)
