"""A campaign of hundreds of contracts → what it costs to build all of it, again, in part, and an agency."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import agency, pdf
from benchmarks.build import versions
from benchmarks.classeur import spreadsheet
from benchmarks.clock import Cost, environment, of_command
from benchmarks.france import SEED, chosen, generate
from benchmarks.held import Figures, Promise, Row
from benchmarks.workers import Watch

AGENCY, TWO, AGAIN = 5.0, 1.8, 50.0  # times faster than an agency, with two workers than one, unchanged than built
NOTHING, ONE = 2.0, 3.0  # seconds: nothing changed, one contract changed
FLAT, LINEAR = 1.1, 1.15  # times: memory, seconds a contract
BOTH = 2  # workers
PAIR, FEW, MANY, LARGEST = 120, 100, 2000, 24  # contracts
VALUE = re.compile(r"valeur_initiale: (\d+)")


class Size(NamedTuple):
    """How many contracts: in all, of them beside an agency, in each of two builds at once; whether to try many more."""

    all: int
    sample: int
    pair: int
    scale: bool = False

    @property
    def few(self) -> int:
        """Return the contracts of the smallest campaign of the scaling table."""
        return min(FEW, self.all)


QUICK = Size(8, 2, 4)


def measure(size: Size) -> Figures:
    """Return the figures of one run."""
    soffice = pdf.office()
    figures = Figures(_cores(), versions(soffice))
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        place = Path(folder)
        root = place / str(size.all)
        generate(root, size.all)
        full = _beside(figures, root, Peer(place, size, figures.cores, soffice)) if soffice else _whole(figures, root)
        _pair(figures, place, size)
        _scale(figures, place, size, full)
        _again(figures, root, size.all, full)
        _sheet(figures, place / "feuille", size.all)
    if size.all < FEW:  # their start-up counts for too much
        figures.promises = [each._replace(judged=False) for each in figures.promises]
    if not soffice:
        figures.said.append("LibreOffice (soffice) is not installed: nothing was compared.")
    return figures


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


# What is run


class Peer:
    """A sample of the campaign, and what an agency spends on it each time."""

    def __init__(self, place: Path, size: Size, cores: int, soffice: str) -> None:
        self.root, self.cores, self.soffice = place / "sample", cores, soffice
        self.names = chosen(self.root, sorted(Random(SEED).sample(range(size.all), size.sample)))
        self.walls: list[float] = []

    @property
    def each(self) -> float:
        """Return what a contract takes the agency, in seconds elapsed: the mean of all times."""
        return sum(self.walls) / len(self.walls) / len(self.names)

    def spend(self) -> list[Row]:
        """Return what the agency spends on the sample, and keep it."""
        with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
            spent = agency.spend(self.root, self.names, Path(folder), self.cores, self.soffice)
        self.walls.append(spent.wall)
        costs = (("agency: docxtpl", spent.word), ("agency: LibreOffice", spent.pdf))
        return [Row(what, len(self.names), self.cores, cost) for what, cost in costs]


def _whole(figures: Figures, root: Path) -> Cost:
    """Measure all contracts, from nothing."""
    return _built(figures, root, figures.cores, "build, from nothing")


def _beside(figures: Figures, root: Path, peer: Peer) -> Cost:
    """Measure all contracts between two turns of an agency, for machines drift; return what ours cost."""
    figures.rows += peer.spend()
    full = _whole(figures, root)
    figures.rows += peer.spend()
    times = peer.each * len(list(root.glob("contracts/*.yaml"))) / full.wall
    figures.promises.append(Promise("times faster than an agency, over all contracts", times, AGENCY, least=True))
    return full


def _pair(figures: Figures, place: Path, size: Size) -> None:
    """Measure a build by one worker, and two such builds at once, that share nothing: what the machine gives."""
    roots = place / "pair", place / "other"
    for root in roots:
        generate(root, size.pair)
    one = _built(figures, roots[0], 1, "build, one worker")
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda root: _cost(_emptied(root), 1), roots))
    wall = time.perf_counter() - start
    figures.rows.append(Row("two builds at once", 2 * size.pair, 1, Cost(sum(cost.cpu for cost in both), wall)))
    given = 2 * one.wall / wall
    figures.said.append(
        f"Two builds at once, of one worker each, go {given:.2f} times as fast: what two cores give here."
    )


def _scale(figures: Figures, place: Path, size: Size, full: Cost) -> None:
    """Build campaigns of other sizes from nothing, beside that of all contracts, which cost `full`."""
    found = {size.all: full}
    for count in (size.few, *((MANY,) if size.scale else ())):
        if count not in found:
            generate(place / str(count), count)
            found[count] = _whole(figures, place / str(count))
    count, last = max(found.items())
    few = _built(figures, _largest(place / str(count), place / "largest"), figures.cores, "build, the largest")
    if few.peak:
        said = f"times the memory of a worker, {count} contracts beside the {LARGEST} largest"
        figures.promises.append(Promise(said, last.peak / few.peak, FLAT, least=False))
    if size.scale:
        times = (last.wall / MANY) / (full.wall / size.all)
        said = f"times the time of a contract, {MANY} beside {size.all}"
        figures.promises.append(Promise(said, times, LINEAR, least=False))
    root, two = place / str(size.all), full
    if figures.cores != BOTH:
        two = _built(figures, root, BOTH, "build, two workers")
    one = _built(figures, root, 1, "build, one worker")
    figures.promises.append(
        Promise("times faster with two workers than with one", one.wall / two.wall, TWO, least=True)
    )


def _largest(root: Path, place: Path) -> Path:
    """Return a project of the largest contracts of another: memory is what they need, however many there are."""
    generate(place, 0)
    (place / "contracts").mkdir(exist_ok=True)
    for path in sorted(root.glob("contracts/*.yaml"), key=lambda path: (-path.stat().st_size, path.name))[:LARGEST]:
        shutil.copy(path, place / "contracts")
    return place


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
        _emptied(root)
    with Watch() as watch:
        cost = _cost(root, jobs)
    cost = cost._replace(peak=watch.peak or cost.peak)
    figures.rows.append(Row(what, count, jobs, cost))
    return cost


def _cost(root: Path, jobs: int) -> Cost:
    return of_command([*_command(), *_jobs(jobs)], root, _environment(root))


def _emptied(root: Path) -> Path:
    """Return a project once nothing is left of its builds."""
    for name in ("out", ".cpomgen", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    return root


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
