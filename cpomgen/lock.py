"""A file that one process at a time may hold; the system frees it when the process ends, however it ends."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _hold(number: int) -> None:
        while True:
            try:
                return msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            except PermissionError:  # held by another
                time.sleep(0.05)

else:
    import fcntl

    def _hold(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock kept in the file `path`, waiting for it; a disk that knows no locks is used without."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        with suppress(OSError):
            _hold(file.fileno())
        yield
