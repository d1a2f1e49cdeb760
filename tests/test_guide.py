"""Each page of the guide is a path that a person follows: here it is followed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from memory import ROOT
from story import ELLIPSIS, play, resembling, steps, written

from cpomgen import __version__

GUIDE = ROOT / "docs/guide"
PAGES = sorted(GUIDE.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def it_does_what_the_page_says_and_reads_what_it_shows(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    text = page.read_text(encoding="utf-8")
    told, wrong = play(text, tmp_path)
    assert wrong == []
    if request.config.getoption("--update"):
        page.write_text(told, encoding="utf-8", newline="\n")
        text = told
    assert told == text, "pytest --update, then review it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def it_writes_commands_only_where_they_are_played(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    typed = [step.words[0] for step in steps(text) if step.kind in ("sh", "elsewhere")]
    blocks = re.findall(r"^```(\w+)\n", text, re.MULTILINE)
    assert set(blocks) <= {"sh", "text", "yaml", "csv", "jinja"}
    assert len(typed) == blocks.count("sh")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def it_is_reached_from_the_first_page(page: Path) -> None:
    assert page.name == "README.md" or f"]({page.name})" in (GUIDE / "README.md").read_text(encoding="utf-8")


def it_finds_the_steps_of_a_page() -> None:
    text = (
        "Écrivez dans `contracts/a.yaml` :\n\n```yaml\na: 1\n```\n\nRemplacez `a` par `b` dans `c`.\n\n```sh\nx\n```\n"
    )
    assert [(step.kind, step.words) for step in steps(text)] == [
        ("write", ("a: 1\n", "contracts/a.yaml", "")),
        ("replace", ("a", "b", "c")),
        ("sh", ("x\n",)),
    ]


def it_writes_rubriques_in_their_place() -> None:
    before = "# tête\na:\n  b: 1\n\n  c: 2\n\n# de d\nd:\n- 1\n- 2\n"
    after = "# tête\na: 9\n\n# de d\nd:\n  - 3\ne: 4\n"
    assert written(before, "a: 9\nd:\n  - 3\ne: 4\n") == after


@pytest.mark.parametrize(
    ("shown", "said", "told"),
    [("a\n", "b\n", "b\n"), (f"a\n{ELLIPSIS}\nz\n", "1\n2\n3\n4\n", f"1\n{ELLIPSIS}\n4\n")],
)
def it_leaves_out_the_lines_that_a_page_leaves_out(shown: str, said: str, told: str) -> None:
    assert resembling(shown, said) == told


def it_names_the_file_of_the_program_as_it_is_built() -> None:
    text = (GUIDE / "installer.md").read_text(encoding="utf-8")
    assert set(re.findall(r"cpomgen-[\w.]+-py3-none-any\.whl", text)) == {f"cpomgen-{__version__}-py3-none-any.whl"}
