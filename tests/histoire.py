"""The life of contracts that docs/histoire/make.py makes, for tests: the script, and the repository that it makes."""

from __future__ import annotations

import contextlib
import importlib.util
import io
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from unittest import mock

from memory import ROOT
from specimens import compiled_once

from cpomgen import amending, gabarits, pipeline
from cpomgen.edition import Edition
from cpomgen.outcome import Options
from cpomgen.package import pack
from cpomgen.reading import Reading
from cpomgen.version import open_version


@cache
def script() -> ModuleType:
    """Return docs/histoire/make.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("make_histoire", ROOT / "docs/histoire/make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def in_silence() -> Iterator[None]:
    """Let commands run without a word, their type of contract compiled once for all."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        mock.patch.object(pipeline, "read_type", compiled_once),
        mock.patch.object(amending, "read_type", compiled_once),
        mock.patch.object(amending, "read_acte", partial(compiled_once, read=gabarits.read_acte)),
        mock.patch.object(gabarits, "read_acte", partial(compiled_once, read=gabarits.read_acte)),
    ):
        yield


def unbuilt() -> contextlib.AbstractContextManager[object]:
    """Let versions be frozen without their documents: building them takes most of the time, and changes nothing."""
    return mock.patch.object(pipeline, "build_contract", return_value=())


def make(folder: Path) -> Path:
    """Make the repository in `folder`, and return it."""
    with in_silence(), unbuilt():
        script().main(str(folder))
    return folder


def contract(root: Path, name: str, number: int) -> bytes:
    """Return the Word file of a version, as if it were to be signed: a consolidated text says what it is."""
    version = open_version(root, name, str(number))
    with in_silence():
        state = pipeline.state_of(reading := Reading(version.tree), name, version.file, settled=True)
        made = amending.made(state, reading, Options(Edition.A_SIGNER, number=number), settled=True)
        return pack(made.package.parts)
