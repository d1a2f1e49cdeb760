"""A project as git keeps it: blobs alone, in a subfolder, a linked worktree, a submodule; links are not followed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pygit2
import pytest
from essai import CONTRACT, project
from history import record, repository
from memory import problems_of
from repository import needs_git, run

from cpomgen import tree
from cpomgen.gittree import GitTree
from cpomgen.problem import Mark
from cpomgen.repository import open_repository
from cpomgen.tree import WorkTree

FILE = "contracts/essai.yaml"


def at_head(root: Path) -> GitTree:
    """Return the tree of the last commit of the repository that a project is in."""
    found = open_repository(root, Mark(FILE))
    commit = found.head()
    assert commit is not None
    return GitTree(found, commit, "HEAD")


def it_reads_a_commit_whatever_the_disk_says_since(tmp_path: Path) -> None:
    root = project(tmp_path)
    record(root)
    (root / FILE).write_text("perdu", encoding="utf-8")
    (root / "contracts/autre.yaml").touch()
    shutil.rmtree(root / "schemas")
    found = at_head(root)
    assert found.read(FILE) == CONTRACT.encode()
    assert found.names("contracts", ".yaml") == found.names("schemas", ".yaml") == ("essai",)


def it_finds_what_the_disk_holds(tmp_path: Path) -> None:
    root = project(tmp_path)
    record(root)
    disk, git = WorkTree(root), at_head(root)
    for folder in ("contracts", "templates/essai", "schemas", "nulle-part", "."):
        assert git.names(folder, "") == disk.names(folder, "")
        assert all(git.read(f"{folder}/{name}") == disk.read(f"{folder}/{name}") for name in git.names(folder, ""))


def it_finds_a_project_in_a_subfolder(tmp_path: Path) -> None:
    root = project(tmp_path / "région été/projet")
    record(tmp_path)
    assert at_head(root).prefix.as_posix() == "région été/projet"
    assert at_head(root).read(FILE) == CONTRACT.encode()


@needs_git
def it_reads_in_a_linked_worktree(tmp_path: Path) -> None:
    root = project(tmp_path / "projet")
    record(root)
    run(root, "git", "worktree", "add", "-q", str(tmp_path / "lié"), "-b", "autre")
    assert (tmp_path / "lié/.git").is_file()
    assert at_head(tmp_path / "lié").read(FILE) == CONTRACT.encode()


@needs_git
def it_reads_in_a_submodule_and_never_through_one(tmp_path: Path) -> None:
    record(project(tmp_path / "projet"))
    repository(tmp_path / "tout")
    add = ("git", "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "projet"), "contrats")
    run(tmp_path / "tout", *add)
    run(tmp_path / "tout", "git", "commit", "-q", "-m", "x")
    inside = tmp_path / "tout/contrats"
    assert (inside / ".git").is_file()
    assert at_head(inside).read(FILE) == CONTRACT.encode()
    [problem] = problems_of(at_head(tmp_path / "tout").read, f"contrats/{FILE}")
    assert (problem.code, "sous-module" in problem.message) == ("CPOM606", True)


@needs_git
def it_reads_what_git_has_packed(tmp_path: Path) -> None:
    root = project(tmp_path)
    record(root)
    run(root, "git", "gc", "-q", "--prune=now")
    assert at_head(root).read(FILE) == CONTRACT.encode()


@pytest.mark.parametrize("links", [{FILE: "/etc/hostname"}, {"contracts": "schemas"}])
def it_follows_no_link(tmp_path: Path, links: dict[str, str]) -> None:
    root = project(tmp_path)
    shutil.rmtree(root / "contracts")
    record(root, links=links)
    [problem] = problems_of(at_head(root).read, FILE)
    assert (problem.code, "un lien" in problem.message) == ("CPOM606", True)
    assert at_head(root).names("templates/essai", ".yaml") == ("modele",)


@pytest.mark.parametrize("path", ["../secret", "/etc/hostname", "a\x00b", "con", "a\\b", "", "x" * 300])
def it_reads_nothing_outside_the_project(tmp_path: Path, path: str) -> None:
    root = project(tmp_path / "projet")
    (tmp_path / "secret").touch()
    record(tmp_path)
    [problem] = problems_of(at_head(root).read, path)
    assert problem.code in ("CPOM005", "CPOM606")


def it_refuses_a_folder_and_a_file_beyond_all_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path)
    record(root)
    assert [each.code for each in problems_of(at_head(root).read, "contracts")] == ["CPOM606"]
    monkeypatch.setattr("cpomgen.gittree.MAX_BYTES", len(CONTRACT) - 1)
    assert [each.code for each in problems_of(at_head(root).read, FILE)] == ["CPOM606"]
    assert len(CONTRACT) < tree.MAX_BYTES


def it_says_when_git_has_lost_what_it_should_hold(tmp_path: Path) -> None:
    root = project(tmp_path)
    record(root)
    git = pygit2.Repository(str(root))
    blob = str(git.revparse_single(f"HEAD:{FILE}").id)
    lost = root / ".git/objects" / blob[:2] / blob[2:]
    lost.chmod(0o600)
    lost.unlink()
    [problem] = problems_of(at_head(root).read, FILE)
    assert (problem.code, problem.remedy) == ("CPOM606", "lancez : git fsck")
