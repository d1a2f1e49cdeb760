"""Work → Cost: processor time, elapsed time and peak memory, of a call here or of a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

MEGABYTE = 1024 * 1024


class Cost(NamedTuple):
    """What work took: processor and elapsed time in seconds, peak memory in megabytes (0 where it is not known)."""

    cpu: float
    wall: float
    peak: float = 0.0


class Pair(NamedTuple):
    """Medians of runs made in turn, in seconds of processor, and the median of the ratios of each turn."""

    ours: float
    peer: float
    ratio: float


def of_call(work: Callable[[], object]) -> Cost:
    """Return the cost of a call in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def of_command(command: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Return the cost of a command and of the processes it starts; raise CalledProcessError when it fails."""
    wall = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=env or environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if sys.platform == "win32":  # which does not tell the processor time of a process that has ended
        status = process.wait()
        cost = Cost(time.perf_counter() - wall, time.perf_counter() - wall)
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / (MEGABYTE if sys.platform == "darwin" else 1024)
        cost = Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - wall, peak)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return cost


def environment() -> Mapping[str, str]:
    """Return the environment of the processes measured: this copy of cpomgen, one thread."""
    root = Path(__file__).resolve().parent.parent
    return {**os.environ, "PYTHONPATH": str(root), "RAYON_NUM_THREADS": "1"}


def on_one_core() -> bool:
    """Keep this process and those it starts on one core; tell whether the system can."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        return True
    return False


def paired(turns: Sequence[tuple[float, float]]) -> Pair:
    """Return what turns of (ours, peer), in seconds, come to."""
    return Pair(
        median(ours for ours, _ in turns),
        median(peer for _, peer in turns),
        median(peer / ours for ours, peer in turns),
    )
