"""`cpomgen build --all --scheduler`: a real cluster of processes, one of them killed while it works."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from test_build import ALL, ended, found, many, run

from cpomgen.cluster import Cluster
from cpomgen.problem import ProblemError

__all__ = ["run"]  # a fixture


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Return two processes, each with a folder of its own, and the scheduler that they answer to."""
    folder = str(tmp_path_factory.mktemp("grappe"))
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", local_directory=folder
    ) as made:
        yield made


def worker_of(cluster: LocalCluster) -> int:
    """Return the process of one of the workers."""
    with Client(cluster, set_as_default=False) as client:
        found: dict[str, int] = client.run(os.getpid)
    return next(iter(found.values()))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def it_gives_the_same_bytes_as_this_machine_though_a_worker_is_killed(
    tmp_path: Path, run: Callable[..., tuple[object, str, str]], cluster: LocalCluster
) -> None:
    here, there = many(tmp_path / "ici", 24), many(tmp_path / "grappe", 24)
    run(here, "--all")
    victim, written = worker_of(cluster), there / "out"

    def kill() -> None:
        while len(list(written.rglob("*.pdf"))) < 4:
            time.sleep(0.01)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    status, said, _ = run(there, "--all", "--scheduler", cluster.scheduler_address)
    assert (status, ended(said)) == (0, ALL | {"construit": 24})
    killer.join(10)
    assert not killer.is_alive()
    assert found(there) == found(here)


def it_tells_what_is_wrong_in_a_contract_built_elsewhere(
    tmp_path: Path, run: Callable[..., tuple[object, str, str]], cluster: LocalCluster
) -> None:
    root = many(tmp_path, 2)
    path = root / "contracts/c01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("nom:", "nmo:"), encoding="utf-8")
    status, said, told = run(root, "--all", "--scheduler", cluster.scheduler_address)
    assert (status, ended(said)) == (1, ALL | {"construit": 1, "en erreur": 1})
    assert "contracts/c01.yaml:3:1: erreur CPOM211" in told


def it_says_that_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpomgen.cluster.ANSWER", 1)
    with pytest.raises(ProblemError) as caught:
        Cluster(str, "tcp://127.0.0.1:9", str)
    assert [problem.code for problem in caught.value.problems] == ["CPOM740"]


def it_says_that_dask_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ProblemError) as caught:
        Cluster(str, "tcp://127.0.0.1:9", str)
    assert "cpomgen[dask]" in caught.value.problems[0].remedy
