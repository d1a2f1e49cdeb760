"""Where a project begins, from any of its folders; and what is said outside of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory import problems_of

from cpomgen.project import contract_file, find_root, new_root
from cpomgen.tree import WorkTree


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("contracts", "schemas", "templates/essai"):
        (tmp_path / "été 2012" / name).mkdir(parents=True)
    return tmp_path / "été 2012"


@pytest.mark.parametrize("start", [".", "contracts", "templates/essai", "templates/essai/absent"])
def it_finds_the_project_from_each_of_its_folders(project: Path, start: str) -> None:
    assert find_root(project / start) == project


def it_says_how_to_reach_a_project_from_outside(project: Path) -> None:
    [problem] = problems_of(find_root, project.parent)
    assert problem.code == "CPOM003"
    assert problem.remedy == "placez-vous dans le projet, ou indiquez-le par -C."


def it_asks_for_all_three_folders(project: Path) -> None:
    (project / "schemas").rmdir()
    assert problems_of(find_root, project)[0].code == "CPOM003"


@pytest.mark.parametrize("start", ["a" * 300, "a\x00b", "boucle/x"])
def it_says_that_a_folder_cannot_be_opened(tmp_path: Path, start: str) -> None:
    (tmp_path / "boucle").symlink_to("boucle")
    [problem] = problems_of(find_root, tmp_path / start)
    assert problem.code == "CPOM003"


def it_lets_a_project_begin_outside_of_any_other(project: Path) -> None:
    assert new_root(project.parent / "agence") == project.parent / "agence"
    assert new_root(project) == project
    assert new_root(project / "contracts/..") == project


@pytest.mark.parametrize("inside", ["agence", "contracts", "templates/essai/plus/bas"])
def it_lets_no_project_begin_inside_another(project: Path, inside: str) -> None:
    [problem] = problems_of(new_root, project / inside)
    assert problem.code == "CPOM007"
    assert "« été 2012 »" in problem.message


@pytest.mark.parametrize("folder", ["a" * 300 + "/b", "a\x00b", "boucle/x"])
def it_lets_no_project_begin_where_it_cannot_look(tmp_path: Path, folder: str) -> None:
    (tmp_path / "boucle").symlink_to("boucle")
    [problem] = problems_of(new_root, tmp_path / folder)
    assert (problem.code, problem.mark.file) == ("CPOM003", str(tmp_path / folder))


@pytest.mark.parametrize("name", ["a.yml", "a.YAML", "a.yaml.txt"])
def it_tells_of_a_contract_under_a_name_that_is_not_quite_right(project: Path, name: str) -> None:
    (project / "contracts" / name).touch()
    [problem] = problems_of(contract_file, WorkTree(project), "a")
    assert (problem.code, problem.mark.file, problem.remedy) == ("CPOM004", f"contracts/{name}", "renommez-le a.yaml")
