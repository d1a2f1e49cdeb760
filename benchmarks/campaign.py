"""A campaign of hundreds of contracts → what it costs to build all of it, again, in part, and an agency."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import agency, pdf
from benchmarks.build import versions
from benchmarks.classeur import spreadsheet
from benchmarks.clock import Cost, environment, of_command
from benchmarks.france import SEED, chosen, generate
from benchmarks.workers import Watch

AGENCY, TWO, AGAIN = 5.0, 1.8, 50.0  # times faster than an agency, with two workers than one, unchanged than built
NOTHING, ONE = 2.0, 3.0  # seconds: nothing changed, one contract changed
FLAT, LINEAR = 1.1, 1.15  # times: memory, seconds a contract
PAIR, FEW, MANY = 120, 100, 2000  # contracts
WIDTHS = (10, 6, 10, 10, 13, 14, 6)  # of the columns of the table
VALUE = re.compile(r"valeur_initiale: (\d+)")


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


class Size(NamedTuple):
    """How many contracts: in all, of them beside an agency, with one worker and with two; whether to try many more."""

    all: int
    sample: int
    pair: int
    scale: bool = False

    @property
    def few(self) -> int:
        """Return the contracts of the smallest campaign of the scaling table."""
        return min(FEW, self.all)


QUICK = Size(8, 2, 4)


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


def measure(size: Size) -> Figures:
    """Return the figures of one run."""
    soffice = pdf.office()
    figures = Figures(_cores(), versions(soffice))
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        place = Path(folder)
        peer = _beside(figures, place, size, soffice) if soffice else 0.0
        _pair(figures, place, size)
        full = _scale(figures, place, size)
        _again(figures, place / str(size.all), size.all, full)
        _sheet(figures, place / "feuille", size.all)
        if peer:
            times = peer * size.all / full.wall
            figures.promises.append(
                Promise("times faster than an agency, over all contracts", times, AGENCY, least=True)
            )
    if size.all < FEW:  # their start-up counts for too much
        figures.promises = [each._replace(judged=False) for each in figures.promises]
    if not soffice:
        figures.said.append("LibreOffice (soffice) is not installed: nothing was compared.")
    return figures


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


# What is run


def _beside(figures: Figures, place: Path, size: Size, soffice: str) -> float:
    """Measure a sample by an agency, then by us; return what a contract takes the agency, in seconds elapsed."""
    ranks = sorted(Random(SEED).sample(range(size.all), size.sample))
    root, files = place / "sample", place / "agency"
    names = chosen(root, ranks)
    files.mkdir()
    spent = agency.spend(root, names, files, figures.cores, soffice)
    ours = _built(figures, root, figures.cores, "build, sample")
    figures.rows.append(Row("agency: docxtpl", size.sample, figures.cores, spent.word))
    figures.rows.append(Row("agency: LibreOffice", size.sample, figures.cores, spent.pdf))
    figures.said.append(f"On the sample alone, start-up included, {spent.wall / ours.wall:.1f} times faster.")
    return spent.wall / size.sample


def _pair(figures: Figures, place: Path, size: Size) -> None:
    generate(place / "pair", size.pair)
    one, two = (_built(figures, place / "pair", jobs, "build, one or two workers") for jobs in (1, 2))
    figures.promises.append(
        Promise("times faster with two workers than with one", one.wall / two.wall, TWO, least=True)
    )


def _scale(figures: Figures, place: Path, size: Size) -> Cost:
    """Build campaigns of several sizes from nothing; return what that of all contracts cost."""
    found = {}
    for count in dict.fromkeys((size.few, size.all, *((MANY,) if size.scale else ()))):
        generate(place / str(count), count)
        found[count] = _built(figures, place / str(count), figures.cores, "build, from nothing")
    first, last = found[size.few], list(found.values())[-1]
    if last is not first and first.peak:
        said = f"times the memory of a worker, {list(found)[-1]} contracts beside {size.few}"
        figures.promises.append(Promise(said, last.peak / first.peak, FLAT, least=False))
    if size.scale:
        times = (last.wall / MANY) / (found[size.all].wall / size.all)
        said = f"times the time of a contract, {MANY} beside {size.all}"
        figures.promises.append(Promise(said, times, LINEAR, least=False))
    return found[size.all]


def _again(figures: Figures, root: Path, count: int, full: Cost) -> None:
    """Measure a campaign that is built already: nothing changed, then one contract; then what checking all takes."""
    nothing = _built(figures, root, figures.cores, "build, nothing changed", fresh=False)
    path = min(root.glob("contracts/*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(VALUE.sub(lambda found: f"valeur_initiale: {int(found[1]) + 1}", text, count=1), encoding="utf-8")
    one = _built(figures, root, figures.cores, "build, one contract changed", fresh=False)
    checked = of_command([sys.executable, "-m", "cpomgen", "validate"], root, _environment(root))
    figures.rows.append(Row("validate", count, 0, checked))
    figures.promises += [
        Promise("times faster when nothing changed", full.wall / nothing.wall, AGAIN, least=True),
        Promise("seconds, nothing changed", nothing.wall, NOTHING, least=False),
        Promise("seconds, one contract changed", one.wall, ONE, least=False),
    ]


def _sheet(figures: Figures, root: Path, count: int) -> None:
    """Measure the contracts of a campaign made from its spreadsheet; raise CalledProcessError if one is refused."""
    generate(root, 0)
    columns, start = spreadsheet(root / "reseaux.xlsx", count)
    command = [sys.executable, "-m", "cpomgen", "campaign", "import", "reseaux.xlsx"]
    options = ["--correspondance", columns.name, "--depart", start.name]
    figures.rows.append(Row("campaign import", count, 0, of_command([*command, *options], root, _environment(root))))


def _built(figures: Figures, root: Path, jobs: int, what: str, *, fresh: bool = True) -> Cost:
    """Return the cost of a build, from nothing when `fresh`; its peak is that of the largest worker."""
    count = len(list(root.glob("contracts/*.yaml")))
    if fresh:
        for name in ("out", ".cpomgen", ".cache"):
            shutil.rmtree(root / name, ignore_errors=True)
    with Watch() as watch:
        cost = of_command([*_command(), *_jobs(jobs)], root, _environment(root))
    cost = cost._replace(peak=watch.peak or cost.peak)
    figures.rows.append(Row(what, count, jobs, cost))
    return cost


def _command() -> list[str]:
    return [sys.executable, "-m", "cpomgen", "build", "--all"]


@cache
def _jobs(count: int) -> list[str]:
    """Return the option that sets the number of workers, where there is one."""
    told = subprocess.run([*_command(), "--help"], env=environment(), check=True, capture_output=True, text=True)
    return ["--jobs", str(count)] if "--jobs" in told.stdout else []


def _environment(root: Path) -> Mapping[str, str]:
    """Return the environment of a project: as an officer has it, with a folder of caches of its own."""
    kept = {name: value for name, value in environment().items() if name != "RAYON_NUM_THREADS"}
    return {**kept, "XDG_CACHE_HOME": str(root / ".cache")}


# What is told


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
