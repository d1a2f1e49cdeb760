from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cpomgen.pool import Alone, Pool, Workers, cores, together


def double(number: int) -> int:
    return 2 * number


def done(pool: Pool[int, int], tasks: list[int]) -> list[int]:
    for task in tasks:
        pool.submit(task)
    found = [pool.completed() for _ in tasks]
    pool.close()
    return sorted(found)


def lost(task: int) -> int:
    return -task


class DiesOnce:
    """Dies at a task the first time, as a process that the system stops does."""

    def __init__(self, folder: Path, *, always: bool = False) -> None:
        self.folder, self.always = folder, always

    def __call__(self, number: int) -> int:
        mark = self.folder / str(number)
        if number == 3 and (self.always or not mark.exists()):
            mark.touch()
            os._exit(9)
        return 2 * number


def wait(folder: Path) -> int:
    (folder / str(os.getpid())).touch()
    time.sleep(60)
    return 0


@pytest.mark.parametrize("pool", [lambda: Alone(double), lambda: Workers(double, 2, lost)])
def it_does_all_tasks(pool: Callable[[], Pool[int, int]]) -> None:
    assert done(pool(), [1, 2, 3, 4, 5]) == [2, 4, 6, 8, 10]


def it_gives_the_task_of_a_process_that_dies_to_another(tmp_path: Path) -> None:
    assert done(Workers(DiesOnce(tmp_path), 2, lost), [1, 2, 3, 4]) == [2, 4, 6, 8]


def it_gives_up_a_task_that_two_processes_die_of_and_does_the_others(tmp_path: Path) -> None:
    assert done(Workers(DiesOnce(tmp_path, always=True), 2, lost), [1, 2, 3, 4]) == [-3, 2, 4, 8]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def it_leaves_no_process_when_it_is_closed(tmp_path: Path) -> None:
    pool = Workers(wait, 2, lambda _: 0)
    for _ in range(2):
        pool.submit(tmp_path)
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.02)
    start = time.monotonic()
    pool.close()
    assert time.monotonic() - start < 20
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), signal.SIG_DFL)


def it_reads_many_at_once() -> None:
    assert together(double, [1, 2, 3]) == [2, 4, 6]
    assert cores() >= 1
