"""Tasks → their results, as each is completed: one after the other, or several at once in processes of this machine.

A pool is all that the program knows of where its work is done: `submit`, `completed`, `close`, and how many tasks it is
worth having submitted. A process that dies takes with it the task that it was at, which is given to another, once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from cpomgen.garbage import look_seldom

Task = TypeVar("Task")
Result = TypeVar("Result")
ATTEMPTS = 2  # processes that a task may take with it
PATIENCE = 10  # seconds for a process to leave, once asked to
TURN = 100  # short tasks that a thread does without a word
BREATH = 0.5  # second between two looks at the keyboard: Windows does not interrupt a wait


Task_contra = TypeVar("Task_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)


class Pool(Protocol[Task_contra, Result_co]):
    """Where tasks are done."""

    @property
    def room(self) -> int:
        """Return how many tasks it is worth having submitted."""

    def submit(self, task: Task_contra) -> None:
        """Have a task done."""

    def completed(self) -> Result_co:
        """Return the next result, waiting for it; there must be a task left."""

    def close(self) -> None:
        """Leave at once, whatever is being done."""


class Alone(Generic[Task, Result]):
    """Tasks done here, one after the other, when their results are asked for."""

    room = 1

    def __init__(self, work: Callable[[Task], Result]) -> None:
        self.work = work
        self.waiting: deque[Task] = deque()

    def submit(self, task: Task) -> None:
        """Have a task done."""
        self.waiting.append(task)

    def completed(self) -> Result:
        """Return the next result."""
        return self.work(self.waiting.popleft())

    def close(self) -> None:
        """Leave."""


class _Tried(NamedTuple):
    task: Any
    attempts: int = 0


class Workers(Generic[Task, Result]):
    """Tasks done by processes of this machine, each with its own copy of `work`; `lost` is said of what none survives.

    They are started anew, whatever the system: none inherits what this process has open. Each has a thread here, which
    hands it a task and waits; when this process dies, however it does, they find nobody at the other end, and leave.
    """

    def __init__(self, work: Callable[[Task], Result], jobs: int, lost: Callable[[Task], Result]) -> None:
        self.room = 2 * jobs
        self.work, self.lost = work, lost
        self.context = multiprocessing.get_context("spawn")
        self.tasks: SimpleQueue[_Tried | None] = SimpleQueue()
        self.results: SimpleQueue[Result | BaseException] = SimpleQueue()
        self.closed = threading.Event()
        self.processes: list[Any] = []
        self.threads = [threading.Thread(target=self.attend, daemon=True) for _ in range(jobs)]
        for thread in self.threads:
            thread.start()

    def submit(self, task: Task) -> None:
        """Have a task done."""
        self.tasks.put(_Tried(task))

    def completed(self) -> Result:
        """Return the next result, waiting for it."""
        while True:
            with suppress(Empty):
                found = self.results.get(timeout=BREATH)
                if isinstance(found, BaseException):
                    raise found
                return found

    def close(self) -> None:
        """Have all processes leave, and wait for it: they sweep what they had put aside."""
        self.closed.set()
        for _ in self.threads:
            self.tasks.put(None)
        for process in self.processes:
            if sys.platform != "win32":  # where it would leave files behind
                process.terminate()
        for process in self.processes:
            process.join(PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()

    def attend(self) -> None:
        """Hand tasks to a process, one by one, and its results to whoever waits; start another when it dies."""
        try:
            link = self.started()
            while (tried := self.tasks.get()) is not None and not self.closed.is_set():
                try:
                    link.send(tried.task)
                    self.results.put(link.recv())
                except (EOFError, OSError):
                    if self.closed.is_set():
                        return
                    self.again(tried)
                    link = self.started()
            link.close()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is seen
            self.results.put(error)

    def again(self, tried: _Tried) -> None:
        """Have a task done again, whose process has died, or say that it is lost."""
        if tried.attempts + 1 < ATTEMPTS:
            self.tasks.put(_Tried(tried.task, tried.attempts + 1))
        else:
            self.results.put(self.lost(tried.task))

    def started(self) -> Connection[Any, Any]:
        """Return the link to a new process."""
        here, there = self.context.Pipe()
        process = self.context.Process(target=serve, args=(there, self.work), daemon=True)
        process.start()
        there.close()  # or nobody would know that it has died
        self.processes.append(process)
        return here


def serve(link: Connection[Any, Any], work: Callable[[Any], Any]) -> None:
    """Do the tasks that come through a link, until there is nobody at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which the whole group is sent: who started us says when to leave
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    look_seldom()
    with suppress(EOFError, OSError):
        while True:
            link.send(work(link.recv()))


def cores() -> int:
    """Return how many processes this machine runs at once, as far as this one may."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def together(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """Return the results of tasks that wait for the disk, done at once by threads, many a turn."""
    runs = [tasks[start : start + TURN] for start in range(0, len(tasks), TURN)]
    with ThreadPoolExecutor(cores()) as threads:
        return [found for run in threads.map(lambda run: [work(task) for task in run], runs) for found in run]
