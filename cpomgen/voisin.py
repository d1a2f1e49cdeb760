"""What other contracts need to know of one: the days it covers, and whom it binds for which network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Voisin:
    """Another contract of the project: the days it covers, and whom it binds for which network, by their names."""

    identifiant: str
    debut: date
    fin: date
    couples: frozenset[tuple[str, str]]

    def meets(self, other: Voisin) -> bool:
        """Tell whether another contract binds the same promoteur for the same network, over the same days."""
        return bool(self.couples & other.couples) and self.debut <= other.fin and other.debut <= self.fin
