"""Two runs of units under keys → what becomes of each: it stays where it was, it goes, it comes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

Unit = TypeVar("Unit")


class Pace(NamedTuple, Generic[Unit]):
    """What becomes of a unit: it stays (both), goes (no new one), comes (no old one)."""

    old: Unit | None
    new: Unit | None

    @property
    def unit(self) -> Unit:
        """Return the unit, as it becomes if it stays."""
        unit = self.new if self.new is not None else self.old
        if unit is None:
            raise ValueError("no unit")
        return unit

    @property
    def stays(self) -> bool:
        """Tell whether the unit is on both sides."""
        return self.old is not None and self.new is not None


def paces(old: Sequence[Unit], new: Sequence[Unit], key: Callable[[Unit], Hashable]) -> list[Pace[Unit]]:
    """Return what becomes of two runs: of the units in both, as many stay as keep their order; others go and come."""
    ranks = {key(unit): n for n, unit in enumerate(old)}
    common = [(ranks[key(unit)], n) for n, unit in enumerate(new) if key(unit) in ranks]
    found: list[Pace[Unit]] = []
    left = right = 0
    for rank, position in [*_rising(common), (len(old), len(new))]:
        found += [Pace(unit, None) for unit in old[left:rank]]
        found += [Pace(None, unit) for unit in new[right:position]]
        found += [Pace(old[rank], new[position])] if rank < len(old) else []
        left, right = rank + 1, position + 1
    return found


def tail(found: Sequence[Pace[Unit]]) -> list[int]:
    """Return the positions of what comes and goes after the last unit that stays."""
    last = max((n for n, pace in enumerate(found) if pace.stays), default=-1)
    return list(range(last + 1, len(found)))


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose first members rise."""
    tops: list[int] = []  # the least end of the runs of each length
    ends: list[int] = []  # the pair that ends it
    before: list[int] = []
    for n, (rank, _) in enumerate(pairs):
        at = bisect_left(tops, rank)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [rank], [n]
    found, n = [], ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
