"""A seed, the rank of a network → what is known of it: theme, amount, size, place, numbers. All of it is invented.

Networks come by the whole of France in 2011: as many of each theme, and over each whole its amount, to the euro. A
network is the same however many others there are.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from stdnum import luhn

from benchmarks.prose import france

SPREAD = 0.8  # of the logarithm of amounts, about the mean of their theme
STEP = 7_919  # from a SIREN to the next: prime with how many there are
WITH_FINESS = 0.4  # of networks
SIRENS = 10_000_000


class Reseau(NamedTuple):
    """A network: `size` goes from 0, a small one, to 1, the largest; `amount` is that of a year, in euros."""

    rank: int
    theme: str
    name: str
    public: str
    amount: int
    size: float
    region: str
    seat: str
    commune: str
    place: str
    code_postal: str
    siren: str
    finess: str

    @property
    def identifiant(self) -> str:
        """Return the name of its contract."""
        return f"{self.theme}-{self.rank + 1:04}"


class Share(NamedTuple):
    """What a network has of the funding of France: the rank of its theme in the list, euros, how many get less."""

    theme: int
    amount: int
    below: int


def reseau(rank: int, seed: int) -> Reseau:
    """Return the network of a rank."""
    draw = Random(f"{seed} network {rank}")
    whole, place = divmod(rank, sum(count for _, count, *_ in france()["themes"]))
    share = shares(whole, seed)[place]
    theme, _, _, name, public = france()["themes"][share.theme]
    region, seat, departements = draw.choice(france()["agences"])
    departement = draw.choice(departements)
    weight = 0.6 * share.below / len(shares(whole, seed)) + 0.4 * draw.random()
    return Reseau(
        rank, theme, name, public, share.amount, weight, region, seat,
        f"{_place(draw)}-sur-{draw.choice(france()['rivieres'])}", f"pays de {_place(draw)}",
        f"{departement}{10 * draw.randrange(1, 100):03}", _siren(rank, seed),
        _keyed(f"{departement}{draw.randrange(1_000_000):06}") if draw.random() < WITH_FINESS else "",
    )  # fmt: skip


@lru_cache(maxsize=8)
def shares(whole: int, seed: int) -> tuple[Share, ...]:
    """Return what each network of a whole France has, in the order in which they come."""
    draw = Random(f"{seed} France {whole}")
    themes = france()["themes"]
    missing = france()["total"] - sum(euros for _, _, euros, *_ in themes)
    drawn: list[tuple[int, int]] = []
    for rank, (_, count, euros, *_) in enumerate(themes):
        whole_theme = euros + (missing if rank == len(themes) - 1 else 0)
        drawn += ((rank, amount) for amount in _parts(whole_theme, count, draw))
    below = {each: rank for rank, each in enumerate(sorted(drawn, key=lambda each: each[1]))}
    draw.shuffle(drawn)
    return tuple(Share(theme, amount, below[theme, amount]) for theme, amount in drawn)


def _parts(euros: int, count: int, draw: Random) -> list[int]:
    """Return amounts as unequal as those of networks are, that come to a sum."""
    weights = [draw.lognormvariate(0, SPREAD) for _ in range(count)]
    bounds = [round(euros * each / sum(weights)) for each in accumulate(weights)]
    return [after - before for before, after in zip([0, *bounds], [*bounds[:-1], euros], strict=False)]


def _place(draw: Random) -> str:
    beginnings, ends = france()["lieux"]
    return f"{draw.choice(beginnings)}{draw.choice(ends)}"


def _siren(rank: int, seed: int) -> str:
    """Return a number that no other network has."""
    return _keyed(f"7{(Random(seed).randrange(SIRENS) + STEP * rank) % SIRENS:07}")


def _keyed(number: str) -> str:
    return f"{number}{luhn.calc_check_digit(number)}"
