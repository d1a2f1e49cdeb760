"""What all tests share: the project's root, its type of contract compiled once, Hypothesis the same on every run."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

import pygit2
import pytest
from hypothesis import HealthCheck, settings
from pygit2.enums import ConfigLevel

from cpomgen.gabarits import read_type
from cpomgen.kind import Type
from cpomgen.tree import WorkTree

settings.register_profile(
    "same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")
for level in (ConfigLevel.SYSTEM, ConfigLevel.XDG, ConfigLevel.GLOBAL, ConfigLevel.PROGRAMDATA):
    pygit2.settings.search_path[level] = ""  # no settings of whoever runs the tests


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden texts be written anew, to be reviewed in git."""
    parser.addoption("--update", action="store_true", help="write the golden texts anew")


def pytest_configure(config: pytest.Config) -> None:
    """Keep what the program keeps on a machine apart from what it keeps for who runs the tests; let Ctrl-C be heard.

    What is run in the background is deaf to Ctrl-C, and so is all that it starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "CPOMGEN_TESTS" not in os.environ:  # of all the processes of a run, the first does it
        folder = tempfile.TemporaryDirectory(prefix="cpomgen-tests-")
        config.add_cleanup(folder.cleanup)
        for name in ("CPOMGEN_TESTS", "XDG_CACHE_HOME", "LOCALAPPDATA"):
            os.environ[name] = folder.name


class Compiled(Type):
    """A type of contract that does not fill the screen when a test fails."""

    def __repr__(self) -> str:
        return self.schema.type


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[object, str, str]]:
    """Return what runs a command line in a folder: its exit status, what it says, what it complains of."""

    def typed(folder: Path, *arguments: str) -> tuple[object, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.argv", ["cpomgen", *arguments])
        with pytest.raises(SystemExit) as caught:
            import_module("cpomgen.cli").main()
        return caught.value.code, *capsys.readouterr()

    return typed


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's root."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def cpom(root: Path) -> Type:
    """Return the type cpom_type: its schema, its template, its style."""
    found = read_type(WorkTree(root), "cpom_type")
    return Compiled(*(getattr(found, each.name) for each in fields(found)))


@pytest.fixture(scope="session")
def compiled(root: Path, cpom: Type) -> Callable[[str], Type]:
    """Return what gives a type of contract by its name, each compiled once."""
    return cache(lambda kind: cpom if kind == cpom.modele.type else read_type(WorkTree(root), kind))


@pytest.fixture(scope="session")
def history_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the repository of the life of three contracts, each version signed; copy it before changing it."""
    histoire = import_module("histoire")  # with all the stages: it waits for the tests that ask
    return Path(histoire.make(tmp_path_factory.mktemp("histoire") / "contrats"))
