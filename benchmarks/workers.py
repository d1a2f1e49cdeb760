"""A command that starts workers → the peak memory of the largest, looked for while it runs (Linux only)."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

PROC = Path("/proc")
PAUSE = 0.2  # seconds between two looks
TRACKER = b"resource_tracker"  # a process that Python starts beside workers


class Watch(threading.Thread):
    """Looks, as long as it is entered, at what the commands of this process start; `peak` is in megabytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = self.alone = 0.0
        self.ended = threading.Event()

    def __enter__(self) -> Self:
        if sys.platform == "linux":
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        if sys.platform == "linux":
            self.join()
        self.peak = self.peak or self.alone

    def run(self) -> None:
        """Note the largest process, among those that commands start; a command without any is its own worker."""
        while not self.ended.wait(PAUSE):
            commands = set(children({os.getpid()}))
            self.alone = max([self.alone, *map(peak_of, commands)])
            self.peak = max([self.peak, *(peak_of(each) for each in children(commands) if is_worker(each))])


def children(parents: set[int]) -> Iterator[int]:
    """Yield the processes that others have started."""
    for folder in PROC.glob("[0-9]*"):
        _, _, after = _read(folder / "stat").rpartition(b")")  # of its name: its state, its parent
        if after and int(after.split()[1]) in parents:
            yield int(folder.name)


def is_worker(process: int) -> bool:
    """Tell whether a process is a worker: it is Python, and not what Python starts beside."""
    command = _read(PROC / f"{process}/cmdline")
    return b"python" in command.partition(b"\0")[0] and TRACKER not in command


def peak_of(process: int) -> float:
    """Return the peak memory of a process, in megabytes, 0 once it has ended."""
    lines = (line.split() for line in _read(PROC / f"{process}/status").splitlines() if line.startswith(b"VmHWM"))
    return next((int(kilobytes) / 1024 for _, kilobytes, _ in lines), 0.0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended
        return b""
