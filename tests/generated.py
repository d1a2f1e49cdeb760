"""Files of the project that the program writes from its schemas: each is as it would be written now."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpomgen.describe import describe
from cpomgen.tree import WorkTree

ROOT = Path(__file__).parents[1]
KINDS = WorkTree(ROOT).names("schemas", ".yaml")


def check(path: Path, kind: str, form: str, config: pytest.Config) -> None:
    """Fail when a file is not what `cpomgen schema` prints; with --update, write it."""
    found = describe(WorkTree(ROOT), kind, form)
    if config.getoption("--update"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8").splitlines() == found.splitlines(), "pytest --update, then review it"
