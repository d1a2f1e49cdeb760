"""A git repository for tests: commands run in it, away from the settings of whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from memory import ROOT

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def put_command(folder: Path) -> None:
    """Put a `cpomgen` command beside the repositories of `folder`, where run() finds it."""
    command = folder / "bin/cpomgen"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cpomgen "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Return what a command did in the repository `root`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    added = {
        "PATH": os.pathsep.join((str(root.parent / "bin"), kept["PATH"])),
        "PYTHONPATH": str(ROOT),
        "HOME": str(root.parent),
        "PRE_COMMIT_HOME": str(root.parent / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_{what}": "essai@exemple.fr" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    return subprocess.run(  # noqa: S603 - git and ourselves
        command, cwd=root, env=kept | added, check=False, capture_output=True, text=True, encoding="utf-8"
    )


def commit(root: Path) -> subprocess.CompletedProcess[str]:
    """Return what came of committing all that the repository holds."""
    run(root, "git", "add", ".")
    return run(root, "git", "commit", "-m", "contrats")
