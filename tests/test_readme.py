from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from memory import built

from cpomgen import pipeline
from cpomgen.cli import cli
from cpomgen.load import load
from cpomgen.modele import read_modele
from cpomgen.outcome import Options
from cpomgen.problem import ProblemError
from cpomgen.report import Excerpts, as_text
from cpomgen.tree import WorkTree

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
FOLLOWED = {"erreurs.md", *(page.name for page in PAGES if page.parent.name == "guide")}  # they make files of their own
COMING = re.compile(r"^<!-- à venir -->\n```sh\n.*?^```$", re.MULTILINE | re.DOTALL)  # commands that do not exist yet
CODE = re.compile(r"`([^`\n]+)`|^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Edited:
    """The project on disk, one text of one file changed."""

    def __init__(self, path: str, old: str, new: str) -> None:
        self.tree = WorkTree(ROOT)
        self.path, self.old, self.new = path, old.encode(), new.encode()

    def read(self, path: str) -> bytes:
        content = self.tree.read(path)
        return content.replace(self.old, self.new) if path == self.path else content

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        return self.tree.names(folder, suffix)


def commands(command: click.Command, words: str = "cpomgen") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, f"{words} {name}")
    else:
        yield words, command


def options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts if name.startswith("-")} | {"--help"}


def written() -> list[list[str]]:
    """Return the words of each command that the pages write."""
    lines = [line for inline, block in CODE.findall(COMING.sub("", TEXTS)) for line in (inline or block).splitlines()]
    runs = (run.split("#")[0].split() for line in lines for run in line.split("&&"))
    return [words for words in runs if words and Path(words[0]).name == "cpomgen" and len(words) > 1]


def chosen(command: click.Command, words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that words choose, and what they give it."""
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return command, words


def one_line(marker: str) -> str:
    found = re.findall(rf"^<!-- {marker} -->\n```sh\n(.*)\n```$", README, re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize(("words", "command"), list(commands(cli)))
def it_documents_each_command_and_each_option(words: str, command: click.Command) -> None:
    assert words in TEXTS
    missing = {option for option in options(command) if not re.search(rf"(?<![\w-]){option}(?![\w-])", TEXTS)}
    assert not missing


def it_writes_no_command_that_does_not_exist() -> None:
    assert len(written()) > 5
    for words in written():
        command, rest = chosen(cli, words[1:])
        given = {word for word in rest if word.startswith("-")}
        assert given <= options(command), words
        assert not isinstance(command, click.Group) or given <= {"--help", "--version"}, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def it_points_to_files_that_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).is_file(), target


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in FOLLOWED], ids=lambda page: page.name)
def it_names_files_that_exist(page: Path) -> None:
    named = re.findall(r"`([\w./-]+\.(?:py|yaml|docx|typ|md))`", page.read_text(encoding="utf-8"))
    places = (ROOT, ROOT / "cpomgen", ROOT / "templates/cpom_type")
    ours = [name for name in named if "mon-reseau" not in name]
    assert not [name for name in ours if not any((place / name).is_file() for place in places)]


@pytest.mark.parametrize(
    ("marker", "end"), [("build", "cpomgen build --all"), ("test", "python -m pytest -n auto --dist worksteal")]
)
def it_sets_all_up_in_one_line(marker: str, end: str) -> None:
    line = one_line(marker)
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/")
    assert line.endswith(end)
    windows = line.replace("python3 -m", "py -m").replace("'", "").replace(".venv/bin/", ".venv\\Scripts\\")
    assert windows in README


def it_says_the_sentence_of_the_pipeline() -> None:
    sentence = (pipeline.__doc__ or "").partition(":")[0]
    assert sentence in README
    assert sentence in ARCHITECTURE


def it_counts_the_documents_of_the_example() -> None:
    documents = read_modele(load(WorkTree(ROOT), "templates/cpom_type/modele.yaml")).documents
    assert 2 * len(documents) == 14
    assert "fourteen documents in `out/arespa`" in README


def it_shows_an_error_as_it_is_told() -> None:
    shown = re.findall(r"^```text\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    wrong = Edited("contracts/arespa.yaml", "date_fin: 2016-12-31", "date_fin: 2016-13-31")
    with pytest.raises(ProblemError) as caught:
        built(wrong, "arespa", Options())
    assert as_text(caught.value.problems, Excerpts(wrong)) == shown


def it_asks_for_the_python_that_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"Python {project['requires-python'].removeprefix('>=')} or later" in README


def it_gives_a_reason_for_each_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=~]", each)[0] for each in project["dependencies"]}
    assert not {name for name in needed if name not in ARCHITECTURE.partition("## Dependencies")[2]}


def it_says_under_which_licence() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.split()[:6] == ["EUROPEAN", "UNION", "PUBLIC", "LICENCE", "v.", "1.2"]
    assert "Licensed under the EUPL" in README
