"""Tasks → their results, as each is completed, on a cluster of machines (Dask); they share no disk with this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from cpomgen.problem import Mark, Problem, ProblemError

Task = TypeVar("Task")
Result = TypeVar("Result")

ANSWER = 30  # seconds for a scheduler to answer
AHEAD = 2  # tasks that a thread of the cluster has before it, for it never to wait for us
NEEDS = "installez-le : pip install 'cpomgen[dask]'"


class Cluster(Generic[Task, Result]):
    """Tasks done by a Dask cluster; `work` travels to it once, a task lost with its worker is given to another."""

    def __init__(self, work: Callable[[Task], Result], address: str, lost: Callable[[Task], Result]) -> None:
        try:
            import distributed  # noqa: PLC0415 - an extra
        except ImportError:
            raise ProblemError(
                _fault(address, "le programme « distributed » de Dask n’est pas installé ici", NEEDS)
            ) from None
        try:
            self.client = distributed.Client(address, timeout=ANSWER, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            remedy = "vérifiez que l’ordonnanceur tourne, et son adresse : tcp://machine:8786"
            raise ProblemError(_fault(address, "l’ordonnanceur Dask ne répond pas", remedy)) from None
        self.lost = lost
        self.killed = distributed.scheduler.KilledWorker
        self.work = self.client.scatter(work, broadcast=True, hash=False)
        self.results = distributed.as_completed(loop=self.client.loop)
        self.tasks: dict[Any, Task] = {}

    @property
    def room(self) -> int:
        """Return how many tasks it is worth having submitted, which changes as machines come and go."""
        threads: dict[str, int] = self.client.nthreads()
        return AHEAD * max(1, sum(threads.values()))

    def submit(self, task: Task) -> None:
        """Have a task done."""
        future = self.client.submit(_done, self.work, task, pure=False)
        self.tasks[future.key] = task
        self.results.add(future)

    def completed(self) -> Result:
        """Return the next result, waiting for it."""
        future = next(self.results)
        task = self.tasks.pop(future.key)
        try:
            found: Result = future.result()
        except self.killed:
            return self.lost(task)
        return found

    def close(self) -> None:
        """Leave at once: what is not done is given up."""
        self.client.close()


def _done(work: Callable[[Any], Any], task: Any) -> Any:  # noqa: ANN401 - whatever it is
    return work(task)


def _fault(address: str, message: str, remedy: str) -> Problem:
    return Problem("CPOM740", Mark(address), f"{message}.", remedy)
