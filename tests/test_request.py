"""Where a request begins, in repositories of all sorts: worktrees, subfolders, copies fetched in part."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from history import WHO, record, repository, tag
from memory import problems_of
from pygit2.enums import ObjectType
from repository import run

from cpomgen.etiquette import Etiquette
from cpomgen.request import open_request

CONTRACT = "contracts/a.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository of two commits, the last one of which changes a file."""
    found = tmp_path / "projet"
    write(found, "un")
    (found / "contracts/b.yaml").write_text("b", encoding="utf-8")
    record(found)
    write(found, "deux")
    record(found)
    return found


def write(root: Path, text: str) -> None:
    """Write the contract."""
    (root / "contracts").mkdir(parents=True, exist_ok=True)
    (root / CONTRACT).write_text(text, encoding="utf-8")


def codes(root: Path, base: str = "", head: str = "") -> list[str]:
    """Return the codes of what stands in the way."""
    return [each.code for each in problems_of(open_request, root, base, head)]


def it_reads_each_side_and_tells_the_files_that_differ(root: Path) -> None:
    (root / "contracts/c.yaml").write_text("c", encoding="utf-8")
    found = open_request(root, "HEAD~1")
    assert found.paths == (CONTRACT, "contracts/c.yaml")
    assert (found.before.read(CONTRACT), found.after.read(CONTRACT)) == (b"un", b"deux")
    assert (found.before.names("contracts", ".yaml"), found.after.names("contracts", ".yaml")) == (
        ("a", "b"),
        ("a", "b", "c"),
    )


def it_sees_what_is_staged_and_what_is_taken_away(root: Path) -> None:
    write(root, "trois")
    git = repository(root)
    git.index.add(CONTRACT)
    git.index.write()
    (root / "contracts/b.yaml").unlink()
    assert open_request(root).paths == (CONTRACT, "contracts/b.yaml")


def it_reads_once_what_is_the_same_on_both_sides(root: Path) -> None:
    found = open_request(root, "HEAD~1")
    assert found.before.read("contracts/b.yaml") is found.after.read("contracts/b.yaml")


def it_prefers_the_main_branch_of_the_server(root: Path) -> None:
    git = repository(root)
    git.create_reference("refs/remotes/origin/travail", git.revparse_single("HEAD~1").id)
    git.create_reference("refs/remotes/origin/HEAD", "refs/remotes/origin/travail")
    found = open_request(root)
    assert (found.base, found.paths) == ("origin/HEAD", (CONTRACT,))


def it_works_in_a_linked_worktree_and_in_a_subfolder(root: Path, tmp_path: Path) -> None:
    git = repository(root)
    git.add_worktree("autre", str(tmp_path / "autre"))
    write(tmp_path / "autre", "trois")
    assert open_request(tmp_path / "autre").paths == (CONTRACT,)
    write(root / "sous/projet", "un")
    record(root)
    write(root / "sous/projet", "deux")
    write(root, "trois")
    found = open_request(root / "sous/projet")
    assert (found.paths, found.before.read(CONTRACT)) == ((CONTRACT,), b"un")


def it_finds_the_versions_that_the_request_froze(root: Path) -> None:
    git = repository(root)
    git.create_tag("cpom/a/v0", git.revparse_single("HEAD~1").id, ObjectType.COMMIT, WHO, "x")
    tag(root, "cpom/a/v1")
    tag(root, "cpom/b/v0")
    tag(root, "cpom/b/brouillon")
    found = open_request(root, "HEAD~1")
    assert found.frozen == {"a": (0, 1), "b": (0,)}
    assert found.added == {"a": (Etiquette("a", 1),), "b": (Etiquette("b", 0),)}


def it_says_what_to_do_without_a_main_branch(root: Path) -> None:
    git = repository(root)
    git.create_reference("refs/heads/travail", git.head.target)
    git.set_head("refs/heads/travail")
    git.references.delete("refs/heads/main")
    (problem,) = problems_of(open_request, root)
    assert (problem.code, problem.remedy) == ("CPOM650", "dites d'où part la demande : cpomgen review --base REVISION")
    git.remotes.create("origin", "https://git.exemple.fr/x.git")
    assert "git fetch --tags" in problems_of(open_request, root)[0].remedy


def it_refuses_a_revision_that_is_not_here(root: Path, tmp_path: Path) -> None:
    assert codes(root, "origin/main") == ["CPOM602"]
    assert codes(root, "--upload-pack=x") == ["CPOM602"]
    assert codes(root, "main", "travail") == ["CPOM602"]
    assert codes(tmp_path) == ["CPOM601"]


def it_says_that_a_shallow_copy_lacks_the_start(root: Path, tmp_path: Path) -> None:
    git = repository(root)
    first = git.revparse_single("HEAD~1").id
    record(root, parents=[first], message="autre")
    git.create_reference(
        "refs/heads/cible", git.create_commit(None, WHO, WHO, "y", git.revparse_single("HEAD^{tree}").id, [first])
    )
    copy = tmp_path / "copie"
    run(tmp_path, "git", "clone", "-q", "--depth", "1", "--no-single-branch", root.as_uri(), str(copy))
    (problem,) = problems_of(open_request, copy, "origin/cible")
    assert (problem.code, problem.remedy) == ("CPOM651", "lancez : git fetch --unshallow --tags")


def it_refuses_a_repository_that_is_damaged(root: Path) -> None:
    git = repository(root)
    commit = str(git.revparse_single("HEAD~1").id)
    shutil.rmtree(root / ".git/objects" / commit[:2])
    assert codes(root, "HEAD~1") in (["CPOM602"], ["CPOM651"])


def it_reads_a_merge_that_is_not_finished(root: Path) -> None:
    git = repository(root)
    first = git.revparse_single("HEAD~1").id
    write(root, "ailleurs")
    record(root, parents=[first])
    other = git.revparse_single("HEAD").id
    git.create_reference("refs/heads/main", git.revparse_single("HEAD").id, force=True)
    write(root, "ici")
    record(root, parents=[first])
    git.merge(other)
    assert git.index.conflicts is not None
    found = open_request(root, str(first))
    assert (found.paths, b"<<<<<<<" in found.after.read(CONTRACT)) == ((CONTRACT,), True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def it_bears_names_that_are_no_text(root: Path) -> None:
    (root / "contracts" / os.fsdecode(b"\xff.yaml")).write_bytes(b"x")
    assert open_request(root).paths == ("contracts/\ufffd.yaml",)
