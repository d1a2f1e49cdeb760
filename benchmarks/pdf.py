"""A contract → what its PDFs cost: our typeset, and LibreOffice converting the same Word files in one process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import NamedTuple

from benchmarks.clock import Cost, Pair, environment, of_command, paired


class Typesetting(NamedTuple):
    """Processor time, in seconds, of a process of ours: to be ready to typeset, then to typeset each document."""

    start: float
    each: tuple[float, ...]


def office() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice")


def compare(soffice: str, root: Path, identifiant: str, folder: Path, turns: int) -> tuple[Pair, Pair, float]:
    """Return the cost of a PDF, start-up shared between the documents, then left out; and LibreOffice's peak memory.

    Both start anew at each turn, as a build does. Without its start-up, a document costs LibreOffice what it adds to
    a process: the same files are given once, then twice.
    """
    files = sorted(folder.glob("*.docx"))
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as place:
        twice = [shutil.copy(file, Path(place) / f"{rank}-{file.name}") for file in files for rank in (1, 2)]
        once = twice[::2]
        convert(soffice, once[:1], Path(place))  # writes its profile, once
        started, running, peak = [], [], 0.0
        for _ in range(turns):
            ours = typesetting(root, identifiant)
            first, second = convert(soffice, once, Path(place)), convert(soffice, twice, Path(place))
            count, sum_ = len(files), sum(ours.each)
            started.append(((ours.start + sum_) / count, first.cpu / count))
            running.append((sum_ / count, (second.cpu - first.cpu) / count))
            peak = max(peak, first.peak)
    return paired(started), paired(running), peak


def convert(soffice: str, files: list[str | Path], place: Path) -> Cost:
    """Return the cost of converting Word files to PDF, in one process of LibreOffice."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    options = ["--headless", "--convert-to", "pdf", "--outdir", str(place / "pdf")]
    return of_command([soffice, profile, *options, *files], place)


def typesetting(root: Path, identifiant: str) -> Typesetting:
    """Return the cost of the PDFs of a contract, in a process of their own: nothing is left of a turn before."""
    command = [sys.executable, "-m", "benchmarks.pdf", str(root), identifiant]
    told = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
    start, *each = json.loads(told.stdout)
    return Typesetting(start, tuple(each))


def _typeset_all(root: Path, identifiant: str) -> list[float]:
    import cpomgen.typeset  # noqa: F401, PLC0415 - to be timed

    start = process_time()  # since Python began
    from benchmarks.stages import ready  # noqa: PLC0415 - not to be timed

    contract = ready(root, identifiant)
    times = [start]
    for _, part, _ in contract.documents():
        before = process_time()
        contract.typeset(part)
        times.append(process_time() - before)
    return times


if __name__ == "__main__":
    print(json.dumps(_typeset_all(Path(sys.argv[1]), sys.argv[2])))
