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
    assert [hook["id"] for hook in HOOKS] == ["cpomgen-validate", "cpomgen-review"]
    assert run(repository, *HOOKS[0]["entry"].split(), "-C", "projet").returncode == 0


def it_reviews_what_is_sent_and_stops_what_is_in_error(repository: Path) -> None:
    config = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"][0]["hooks"] = [HOOKS[1] | {"language": "system", "args": ["-C", "projet"]}]
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (repository / ".git/hooks/pre-commit").unlink()
    commit(repository)
    run(repository, "git", "clone", "-q", "--bare", ".", "../serveur.git")
    run(repository, "git", "remote", "add", "origin", "../serveur.git")
    run(repository, "git", "fetch", "-q")
    run(repository, sys.executable, "-m", "pre_commit", "install", "-t", "pre-push")
    for name, status in (("nom: Réseau revu", 0), ("nmo: Réseau revu", 1)):
        (repository / "projet/contracts/essai.yaml").write_text(
            CONTRACT.replace("nom: Réseau d'essai", name), encoding="utf-8"
        )
        commit(repository)
        done = run(repository, "git", "push", "origin", "HEAD")
        assert done.returncode == status, done.stdout + done.stderr
        assert ("{+revu+}" if status == 0 else "CPOM211") in done.stdout + done.stderr
