"""What a campaign was measured to cost, and the promises that it holds → a table, or a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.clock import Cost

WIDTHS = (10, 6, 10, 10, 13, 14, 6)  # of the columns of the table


class Row(NamedTuple):
    """What was run, on how many contracts, with how many workers (0: not told), and what it cost."""

    what: str
    contracts: int
    jobs: int
    cost: Cost


class Promise(NamedTuple):
    """What was found of a promise: as much as `bound` when it is the `least`, no more otherwise."""

    what: str
    found: float
    bound: float
    least: bool
    judged: bool = True

    @property
    def held(self) -> bool:
        """Tell whether the promise is held, when it is judged."""
        return not self.judged or (self.found >= self.bound if self.least else self.found < self.bound)


@dataclass
class Figures:
    """All that a run measured; `said` is what it could not measure, or did not judge."""

    cores: int
    versions: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Tell whether every promise is held."""
        return all(each.held for each in self.promises)


def table(figures: Figures) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{figures.cores} cores, " + ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    yield ""
    heads = ("contracts", "jobs", "cpu s", "wall s", "cpu ms each", "wall ms each", "MB")
    yield f"{'':<30}" + "".join(f"{head:>{width}}" for head, width in zip(heads, WIDTHS, strict=True))
    for what, count, jobs, cost in figures.rows:
        each = (f"{1000 * seconds / count:.0f}" for seconds in (cost.cpu, cost.wall))
        cells = (count, jobs or "", f"{cost.cpu:.2f}", f"{cost.wall:.2f}", *each, f"{cost.peak:.0f}")
        yield f"{what:<30}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
    yield ""
    for promise in figures.promises:
        sign, verdict = ("≥" if promise.least else "<"), _verdict(promise)
        yield f"{promise.what:<60}{promise.found:>8.2f}  {sign} {promise.bound:g} {verdict}"
    yield from figures.said


def _verdict(promise: Promise) -> str:
    if not promise.judged:
        return "not judged on so few contracts"
    return "held" if promise.held else "NOT HELD"


def line(figures: Figures) -> str:
    """Return the figures as one line of JSON."""
    told = {
        "cores": figures.cores,
        "versions": figures.versions,
        "rows": [{**each._asdict(), "cost": each.cost._asdict()} for each in figures.rows],
        "promises": [{**each._asdict(), "held": each.held} for each in figures.promises],
        "said": figures.said,
        "held": figures.held,
    }
    return json.dumps(told, ensure_ascii=False)
