"""A file that one process at a time may hold; the system frees it when the process ends, however it ends."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> bool:
        """Hold a file if nobody does."""
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # held by another
            return False
        return True

    def _wait(number: int) -> None:
        while not _take(number):
            time.sleep(0.05)

else:
    import fcntl

    def _take(number: int) -> bool:
        """Hold a file if nobody does."""
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # held by another
            return False
        return True

    def _wait(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)


@contextmanager
def locked(path: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold the lock kept in the file `path`, waiting for it, which is said first by `waiting`.

    A disk that knows no locks is used without.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        with suppress(OSError):
            if not _take(file.fileno()):
                waiting()
                _wait(file.fileno())
        yield
