"""A contract → the wait between a save and the document watched, whole on disk, beside a build of it from nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

from benchmarks.clock import environment, of_command
from benchmarks.sample import project

CONTRACTS = ("arespa", "mesure")
DOCUMENT = "contrat"  # the longest
PLACE = re.compile(r"recomposition:(?: \|\n +| )")  # a text of annex 1, where a word is added at each save
WAIT = 0.5  # seconds
LOOK = 0.002  # seconds between two looks at the disk
REST = 0.3  # seconds that an author takes, at the least, between two saves


class Waiting(NamedTuple):
    """Seconds between a save and its document; seconds of a build from nothing, and how many times the wait that is."""

    contract: str
    wait: float
    longest: float
    build: float
    ratio: float

    @property
    def held(self) -> bool:
        """Tell whether the document is there before it is waited for."""
        return self.wait < WAIT


def measure(*, quick: bool) -> list[Waiting]:
    """Return the figures of one run; `quick` measures the shorter contract alone, fewer times."""
    with (
        tempfile.TemporaryDirectory(prefix="cpomgen-") as watched,
        tempfile.TemporaryDirectory(prefix="cpomgen-") as own,
    ):
        roots = project(Path(watched)), project(Path(own))
        return [_waiting(*roots, name, 3 if quick else 15) for name in (CONTRACTS[1:] if quick else CONTRACTS)]


def table(found: list[Waiting]) -> Iterator[str]:
    """Yield the lines of the table."""
    head = f"seconds from a save to {DOCUMENT}, Word and PDF"
    yield f"{head:<48}{'median':>8}{'longest':>9}{'build':>8}{'ratio':>8}"
    for each in found:
        figures = f"{each.wait:>8.2f}{each.longest:>9.2f}{each.build:>8.2f}{each.ratio:>7.1f}×"
        yield f"{each.contract:<48}{figures}  < {WAIT:g} s {'held' if each.held else 'NOT HELD'}"


def line(found: list[Waiting]) -> str:
    """Return the figures as one line of JSON."""
    return json.dumps([{**each._asdict(), "held": each.held} for each in found])


def _waiting(watched: Path, own: Path, name: str, turns: int) -> Waiting:
    """Return the figures of a contract, its saves and its builds in turn: both meet the same load of the machine."""
    pairs = []
    with _watch(watched, name) as file:
        for turn in range(turns):
            waited = _save(file, turn)
            built = of_command([*_command(name), "--ecraser"], own).wall
            pairs.append((waited, built))
    waits, builds = zip(*pairs, strict=True)
    return Waiting(name, median(waits), max(waits), median(builds), median(built / waited for waited, built in pairs))


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "cpomgen", "build", name, "--document", DOCUMENT]


@contextmanager
def _watch(root: Path, name: str) -> Iterator[Path]:
    """Give the file of a contract that is watched, its document built a first time."""
    command = [*_command(name), "--watch"]
    with subprocess.Popen(command, cwd=root, env=environment(), stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None  # noqa: S101 - asked for above
        next(said for said in process.stdout if "Ctrl-C" in said)
        try:
            yield root / "contracts" / f"{name}.yaml"
        finally:
            process.kill()


def _save(file: Path, turn: int) -> float:
    """Return the seconds that pass between a save and the moment when the PDF, written last, is another."""
    pdf = file.parents[1] / "out" / file.stem / f"{DOCUMENT}.pdf"
    text = PLACE.sub(lambda place: f"{place[0]}Mot {turn}. ", file.read_text(encoding="utf-8"), count=1)
    before = pdf.stat().st_mtime_ns
    sleep(REST)
    start = perf_counter()
    file.write_text(text, encoding="utf-8", newline="\n")
    while pdf.stat().st_mtime_ns == before:
        sleep(LOOK)
    return perf_counter() - start
