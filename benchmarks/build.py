"""The project → figures: what a build costs, what its promises are, and whether they are held."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pypandoc
from pikepdf import Pdf

from benchmarks import pdf, word
from benchmarks.clock import Cost, Pair, environment, of_command
from benchmarks.sample import project
from benchmarks.stages import ready
from cpomgen import __version__

CONTRACTS = ("arespa", "mesure")
WORD, PDF, HELP, BUILD = 5.0, 3.0, 0.2, 3.0  # times, times, seconds, seconds


class Ratio(NamedTuple):
    """A cost beside that of a peer, in milliseconds of processor a document; `promise` is the least ratio, or None."""

    what: str
    contract: str
    ours: float
    peer: float
    ratio: float
    promise: float | None

    @property
    def held(self) -> bool:
        """Tell whether the promise is held, when there is one."""
        return self.promise is None or self.ratio >= self.promise


class Limit(NamedTuple):
    """A cost in seconds of processor and elapsed; `promise` is the most that either may be, or None."""

    what: str
    cpu: float
    wall: float
    peak: float
    promise: float | None

    @property
    def held(self) -> bool:
        """Tell whether the promise is held, when there is one."""
        return self.promise is None or max(self.cpu, self.wall) < self.promise


class Figures(NamedTuple):
    """All that a run measured; `said` is what it could not measure, and why."""

    versions: dict[str, str]
    pages: dict[str, int]
    ratios: list[Ratio]
    limits: list[Limit]
    said: list[str]

    @property
    def held(self) -> bool:
        """Tell whether every promise is held."""
        return all(each.held for each in self.ratios) and all(each.held for each in self.limits)


def measure(*, quick: bool) -> Figures:
    """Return the figures of one run; `quick` measures fewer times."""
    soffice = pdf.office()
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        root = project(Path(folder))
        limits = list(_limits(root, 1 if quick else 7))
        pages = {name: _pages(root / "out" / name / "contrat.pdf") for name in CONTRACTS}
        ratios = [each for name in CONTRACTS for each in _word(root, name, 2 if quick else 15)]
        if soffice:
            for name in CONTRACTS:
                found, peak = _pdf(soffice, root, name, 1 if quick else 7)
                ratios += found
                limits.append(Limit(f"LibreOffice, {name}", 0, 0, peak, None))
    said = [] if soffice else ["LibreOffice (soffice) is not installed: PDFs were not compared."]
    return Figures(versions(soffice), pages, ratios, limits, said)


def versions(soffice: str | None) -> dict[str, str]:
    """Return the versions of what was measured."""
    found = {name: version(name) for name in ("typst", "docxtpl", "python-docx", "lxml", "jinja2")}
    told = soffice and subprocess.run([soffice, "--version"], check=False, capture_output=True, text=True).stdout
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cpomgen": __version__,
        **found,
        "pandoc": pypandoc.get_pandoc_version(),
        "soffice": " ".join(told.split()[:2]) if told else "none",
    }


def _limits(root: Path, turns: int) -> Iterator[Limit]:
    command = [sys.executable, "-m", "cpomgen"]
    costs = [of_command([*command, "--help"], root) for _ in range(turns)]
    shown = _median(costs)
    yield Limit("cpomgen --help", shown.cpu, 0, shown.peak, HELP)
    for name in CONTRACTS:
        built = _median([_built(root, [*command, "build", name, "--rebuild", "--ecraser"]) for _ in range(turns)])
        yield Limit(f"cpomgen build {name}", built.cpu, built.wall, built.peak, BUILD)


def _built(root: Path, command: list[str]) -> Cost:
    """Return the cost of a build on a machine that has built nothing yet: no template is compiled."""
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as caches:
        return of_command(command, root, {**environment(), "XDG_CACHE_HOME": caches})


def _median(costs: list[Cost]) -> Cost:
    return Cost(*(median(values) for values in zip(*costs, strict=True)))


def _word(root: Path, name: str, turns: int) -> Iterator[Ratio]:
    alone, printed = word.compare(root, ready(root, name), turns)
    yield _ratio("Word: fill / docxtpl", name, alone, WORD)
    yield _ratio("Word: print and fill / docxtpl", name, printed, None)


def _pdf(soffice: str, root: Path, name: str, turns: int) -> tuple[list[Ratio], float]:
    started, running, peak = pdf.compare(soffice, root, name, root / "out" / name, turns)
    return [
        _ratio("PDF: typeset / LibreOffice, start-up shared", name, started, PDF),
        _ratio("PDF: typeset / LibreOffice, start-up left out", name, running, None),
    ], peak


def _ratio(what: str, contract: str, pair: Pair, promise: float | None) -> Ratio:
    return Ratio(what, contract, 1000 * pair.ours, 1000 * pair.peer, pair.ratio, promise)


def _pages(path: Path) -> int:
    with Pdf.open(path) as document:
        return len(document.pages)
