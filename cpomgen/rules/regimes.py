"""Regimes of law: which rules bind a contract, by the kind of its type and the day it is concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cpomgen.rules import (
    avenants,
    blancs,
    contenu,
    duree,
    etablissements,
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

    def covers(self, day: date) -> bool:
        """Tell whether a contract of its kind, concluded on that day, is under this regime."""
        return self.first <= day and (self.last is None or day <= self.last)


COMMON: tuple[Rule, ...] = (  # whatever the law, a contract that breaks these is unsound
    *duree.COMMON, *montants.COMMON, *identite.COMMON, *textes.COMMON, *vigueur.COMMON, *avenants.COMMON,
    *parties.COMMON, *contenu.COMMON, *financement.COMMON, *suivi.COMMON,
    *voisins.RULES, *typologie.RULES, region.within_the_campaign, blancs.nothing_is_left_blank,
)  # fmt: skip
ORDONNANCE, DECRET = date(2020, 11, 18), date(2025, 2, 27)  # 2020-1407, by its own date; 2025-180, since it is in force
DAY = timedelta(days=1)
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
            *vigueur.SERVICES,
        ),
    ),
    # Amended or not, a contract stays until its term under the law of its conclusion (ordonnance 2020-1407, 5, III).
    Regime(
        "2010-1170",
        "etablissements",
        "contrats des établissements de santé et des autres titulaires d'autorisation (décret n° 2010-1170)",
        date(2010, 10, 7),  # as above
        ORDONNANCE - DAY,
        etablissements.DECRET_2010,
    ),
    Regime(
        "2020-1407",
        "etablissements",
        "contrats des établissements de santé et des autres titulaires d'autorisation (ordonnance n° 2020-1407)",
        ORDONNANCE,
        DECRET - DAY,
        etablissements.ORDONNANCE_2020,
    ),
    Regime(
        "2025-180",
        "etablissements",
        "contrats des établissements de santé (ordonnance n° 2020-1407 et décret n° 2025-180)",
        DECRET,
        None,
        etablissements.DECRET_2025,
    ),
)  # fmt: skip


def regime_of(kind: str, day: date | None) -> Regime | None:
    """Return the regime of a contract of that kind concluded on that day, None when none is known; the last, no day."""
    known = [regime for regime in REGIMES if regime.kind == kind]
    if day is None:
        return known[-1] if known else None
    return next((regime for regime in known if regime.covers(day)), None)


def known_since(kind: str) -> date | None:
    """Return the day from which the law of contracts of that kind is known here, None when it never is."""
    return min((regime.first for regime in REGIMES if regime.kind == kind), default=None)
