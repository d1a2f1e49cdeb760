"""What officers call a version: its number, a tag, a revision, a file; and what they are told when it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import CONTRACT, project
from history import record, repository, tag
from memory import problems_of
from pygit2.enums import ObjectType
from repository import needs_git, run

from cpomgen.problem import Mark, ProblemError
from cpomgen.repository import open_repository
from cpomgen.version import Version, open_version

SECOND = CONTRACT.replace("Réseau d'essai", "Réseau nouveau")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with a version that is frozen, one that is tagged `envoi`, and a third that is edited."""
    root = project(tmp_path / "projet")
    record(root)
    tag(root, "cpom/essai/v0")
    (root / "contracts/essai.yaml").write_text(SECOND, encoding="utf-8")
    record(root)
    tag(root, "envoi")
    (root / "contracts/essai.yaml").write_text("en cours", encoding="utf-8")
    return root


def text(version: Version) -> str:
    return version.tree.read(version.file).decode()


@pytest.mark.parametrize("name", ["0", "v0", "V0", "", "dernière", "cpom/essai/v0", "refs/tags/cpom/essai/v0"])
def it_finds_a_frozen_version_by_any_of_its_names(root: Path, name: str) -> None:
    version = open_version(root, "essai", name)
    assert (version.number, version.folder, text(version)) == (0, "v0", CONTRACT)


@pytest.mark.parametrize(("name", "expected"), [("envoi", SECOND), ("HEAD~1", CONTRACT), ("main", SECOND)])
def it_finds_a_tag_and_any_revision(root: Path, name: str, expected: str) -> None:
    version = open_version(root, "essai", name)
    assert (version.number, text(version)) == (None, expected)


def it_finds_a_commit_by_the_beginning_of_its_id(root: Path) -> None:
    head = str(repository(root).head.target)
    assert text(open_version(root, "essai", head[:8])) == SECOND


def it_takes_the_last_frozen_when_none_is_named(root: Path) -> None:
    for number in (2, 10, 9):
        tag(root, f"cpom/essai/v{number}")
    tag(root, "cpom/essai-2/v12")
    tag(root, "cpom/essai/vieux")
    assert open_version(root, "essai").number == 10


def it_reads_a_file_with_or_without_git(tmp_path: Path) -> None:
    root = project(tmp_path / "projet")
    (tmp_path / "ancien.yaml").write_text(SECOND, encoding="utf-8")
    for name, folder in (("ancien.yaml", tmp_path), ("../ancien.yaml", root), (str(tmp_path / "ancien.yaml"), None)):
        version = open_version(root, "essai", name, folder)
        assert (text(version), version.file) == (SECOND, name)
        assert version.tree.names("schemas", ".yaml") == ("essai",)
    assert open_version(root, "essai", "../ancien.yaml").folder == "version-ancien-yaml"
    assert [each.code for each in problems_of(text, open_version(root, "essai", "absent.yaml"))] == ["CPOM001"]


@pytest.mark.parametrize(
    ("name", "code"), [("1", "CPOM603"), ("envol", "CPOM602"), ("HEAD~9", "CPOM602"), ("--all", "CPOM602")]
)
def it_says_that_a_version_is_unknown(root: Path, name: str, code: str) -> None:
    assert [each.code for each in problems_of(open_version, root, "essai", name)] == [code]


def it_names_the_nearest_contract_before_any_version(root: Path) -> None:
    assert [each.code for each in problems_of(open_version, root, "esai", "0")] == ["CPOM004"]


def it_knows_a_version_of_a_contract_that_is_no_longer_there(root: Path) -> None:
    (root / "contracts/essai.yaml").unlink()
    assert text(open_version(root, "essai", "0")) == CONTRACT


def it_needs_git_for_all_but_a_file(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert [each.code for each in problems_of(open_version, root, "essai", "0")] == ["CPOM601"]
    (root / ".git").write_text("gitdir: nulle/part", encoding="utf-8")
    assert [each.code for each in problems_of(open_version, root, "essai", "0")] == ["CPOM601"]


def it_takes_by_default_no_version_from_elsewhere(root: Path) -> None:
    record(root, parents=[], message="fusion")
    [problem] = problems_of(open_version, root, "essai")
    assert (problem.code, problem.remedy.endswith("git merge -s ours cpom/essai/v0")) == ("CPOM604", True)
    assert text(open_version(root, "essai", "0")) == CONTRACT


@needs_git
def it_says_how_a_branch_merged_in_one_commit_is_tied_again(root: Path) -> None:
    run(root, "git", "checkout", "-q", "-f", "-b", "squash", "HEAD~1")
    run(root, "git", "commit", "-q", "--allow-empty", "-m", "arrêté ici")
    tag(root, "cpom/essai/v1")
    run(root, "git", "checkout", "-q", "main")
    run(root, "git", "merge", "--squash", "squash")
    run(root, "git", "commit", "-q", "--allow-empty", "-m", "fusionné")
    [problem] = problems_of(open_version, root, "essai")
    done = run(root, *problem.remedy.partition(" : ")[2].split())
    assert done.returncode == 0, done.stderr
    assert (open_version(root, "essai").number, text(open_version(root, "essai", "HEAD"))) == (1, SECOND)


@needs_git
def it_gives_the_command_that_brings_missing_tags(root: Path, tmp_path: Path) -> None:
    run(tmp_path, "git", "clone", "-q", "--no-tags", "--depth", "1", root.as_uri(), "copie")
    copy = tmp_path / "copie"
    [problem] = problems_of(open_version, copy, "essai")
    assert problem.code == "CPOM603"
    command = problem.remedy.partition(" : ")[2].split()
    assert command == ["git", "fetch", "--unshallow", "--tags"]
    run(copy, *command)
    assert open_version(copy, "essai").number == 0
    assert not open_repository(copy, Mark("")).is_shallow


@needs_git
def it_knows_a_history_cut_short_from_one_that_is_another(root: Path, tmp_path: Path) -> None:
    run(tmp_path, "git", "clone", "-q", "--depth", "1", root.as_uri(), "copie")
    run(tmp_path / "copie", "git", "fetch", "-q", "--depth", "1", "origin", "tag", "cpom/essai/v0")
    [problem] = problems_of(open_version, tmp_path / "copie", "essai")
    assert (problem.code, problem.remedy) == ("CPOM604", "lancez : git fetch --unshallow --tags")


def it_reads_no_program_in_a_tag_that_says_anything_else(root: Path) -> None:
    git = repository(root)
    text = b"  typst 0.15.0\n  lxml \x1b[31m9\n \xff\xfe autre\n"
    lines = f"object {git.head.target}\ntype commit\ntag cpom/essai/v4\ntagger E <e@exemple.fr> 1340000000 +0000\n\n"
    git.create_reference("refs/tags/cpom/essai/v4", git.write(ObjectType.TAG, lines.encode() + text))
    assert open_version(root, "essai").made_with == {"typst": "0.15.0"}


def it_takes_a_tag_without_a_message_for_what_it_is(root: Path) -> None:
    git = repository(root)
    git.create_reference("refs/tags/cpom/essai/v1", git.head.target)
    version = open_version(root, "essai", "1")
    assert (version.number, version.made_with, text(version)) == (1, {}, SECOND)


def it_names_no_folder_after_signs_that_no_disk_keeps(root: Path) -> None:
    assert Version("essai", "HEAD~1", open_version(root, "essai", "0").tree, "").folder == "version-head-1"
    assert Version("essai", "@", open_version(root, "essai", "0").tree, "").folder == "version"
    with pytest.raises(ProblemError):
        open_version(root, "../essai", "0")
