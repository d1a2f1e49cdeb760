"""The recipes of docs/integration: they fetch tags, install the program as it is built, type commands that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import click
import pytest
import yaml
from memory import ROOT
from test_readme import chosen, options

from cpomgen import __version__
from cpomgen.cli import cli

FOLDER = ROOT / "docs/integration"
PAGE = (ROOT / "docs/integration.md").read_text(encoding="utf-8")
RECIPES = sorted(path.name for path in FOLDER.iterdir())


def read(name: str) -> dict[Any, Any]:
    found = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of a recipe, each a command under `run`; for GitLab, one for each line."""
    if name == "gitlab.yml":
        job = read(name)["contrats"]
        return [{"run": line} for line in (*job["before_script"], *job["script"])]
    return list(read(name)["jobs"]["contrats"]["steps"])


def typed(name: str) -> Iterator[list[str]]:
    """Yield the words of each command that a recipe types, in order."""
    for step in steps(name):
        yield from map(shlex.split, str(step.get("run", "")).splitlines())


def it_has_a_recipe_for_each_server() -> None:
    assert RECIPES == ["github.yml", "gitlab.yml"]
    assert all(f"](integration/{name})" in PAGE for name in RECIPES)


def it_takes_the_whole_history_with_its_tags() -> None:
    (checkout,) = (step for step in steps("github.yml") if str(step.get("uses", "")).startswith("actions/checkout@"))
    assert checkout["with"]["fetch-depth"] == 0
    assert read("gitlab.yml")["contrats"]["variables"]["GIT_DEPTH"] == "0"


@pytest.mark.parametrize("name", RECIPES)
def it_fetches_tags_installs_checks_then_builds(name: str) -> None:
    lines = list(typed(name))
    assert lines[0] == ["git", "fetch", "--force", "--tags"]
    assert lines[1][:4] == ["python", "-m", "pip", "install"]
    assert re.findall(r"cpomgen-(.+)-py3-none-any\.whl", lines[1][4]) == [__version__]
    assert [words[:2] for words in lines[2:]] == [["cpomgen", "validate"], ["cpomgen", "build"]]
    assert "--all" in lines[3]


@pytest.mark.parametrize("name", RECIPES)
def it_types_commands_that_exist(name: str) -> None:
    for words in typed(name):
        if words[0] == "cpomgen":
            command, rest = chosen(cli, words[1:])
            assert not isinstance(command, click.Group), words
            assert {word for word in rest if word.startswith("-")} <= options(command), words
            given = [word for word in rest if not word.startswith("-") and word not in ("github", "text")]
            assert given == [], "every contract, whatever its name"


@pytest.mark.parametrize("name", RECIPES)
def it_keeps_the_documents(name: str) -> None:
    assert re.search(r"^ +(path: |- )out/$", (FOLDER / name).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", RECIPES)
def it_names_no_machine(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|\w+\.(com|org|io|fr)\b", text)
