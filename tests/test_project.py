"""Where a project begins, from any of its folders; and what is said outside of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory import problems_of

from cpomgen.project import find_root


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
