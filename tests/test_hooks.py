"""The hook that this repository offers, run by pre-commit in a repository of contracts."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from essai import CONTRACT, project
from memory import ROOT
from repository import commit, put_command, run

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(os.name == "nt", reason="the command is stood for by a shell script"),
]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git repository whose project stands in a subfolder, the hook installed in it."""
    root = tmp_path / "contrats de l'été"
    project(root / "projet")
    local = [{**hook, "language": "system"} for hook in HOOKS]  # as installed, but for the environment of its own
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    put_command(tmp_path)
    run(root, "git", "init", "-q")
    run(root, "git", "add", ".")
    run(root, sys.executable, "-m", "pre_commit", "install")
    return root


def it_lets_a_sound_contract_be_committed(repository: Path) -> None:
    done = commit(repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cpomgen validate" in done.stderr


def it_stops_a_contract_in_error_and_says_where(repository: Path) -> None:
    commit(repository)
    (repository / "projet/contracts/essai.yaml").write_text(CONTRACT.replace("nom:", "nmo:"), encoding="utf-8")
    done = commit(repository)
    assert done.returncode == 1
    assert "contracts/essai.yaml:3:1: erreur CPOM211" in done.stderr


def it_leaves_other_files_alone(repository: Path) -> None:
    commit(repository)
    (repository / "projet/notes.yaml").write_text("ceci: [n'est pas un contrat", encoding="utf-8")
    assert commit(repository).returncode == 0


def it_offers_hooks_that_name_a_command(repository: Path) -> None:
    assert [hook["id"] for hook in HOOKS] == ["cpomgen-validate"]
    assert run(repository, *HOOKS[0]["entry"].split(), "-C", "projet").returncode == 0
