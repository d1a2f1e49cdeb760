"""The page of a code, as it is read on a terminal, from a checkout and from an installed package."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from specimens import pages

from cpomgen.cli import main
from cpomgen.explain import Page, code_of, cut, nearest_codes, plain, read_pages

Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs `cpomgen explain`: its exit status, what it says, what it complains of."""

    def typed(*codes: str) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.argv", ["cpomgen", "explain", *codes])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code, *capsys.readouterr()

    return typed


def it_has_the_page_of_each_code() -> None:
    assert [(page.code, page.title) for page in read_pages().values()] == [(each.code, each.title) for each in pages()]


def it_cuts_a_page_where_the_next_one_or_the_next_family_begins() -> None:
    text = "# A\n\n### CPOM101 – un\n\na\n\n### CPOM102 – deux\n\nb\n\n## B\n\n### CPOM201 – trois\n\nc\n"
    assert [page.text for page in cut(text)] == ["a", "b", "c"]


def it_sets_blocks_in_and_marks_commands() -> None:
    text = "Deux.\n\n`a.yaml`\n\n```yaml\nb:\n\n  c: d\n```\n\n```sh\n# on efface e\ncpomgen build f\n```"
    assert plain(Page("CPOM101", "un", text)).splitlines() == [
        "CPOM101 – un",
        "",
        "Deux.",
        "",
        "a.yaml :",
        "",
        "    b:",
        "",
        "      c: d",
        "",
        "    # on efface e",
        "    $ cpomgen build f",
    ]


@pytest.mark.parametrize("typed", ["CPOM211", "cpom211", "211", " 211 "])
def it_knows_a_code_however_it_is_typed(typed: str) -> None:
    assert code_of(typed) == "CPOM211"


def it_names_the_codes_nearest_to_one_that_is_not_known() -> None:
    known = ("CPOM101", "CPOM210", "CPOM226", "CPOM301", "CPOM501")
    assert nearest_codes("CPOM227", known) == ("CPOM210", "CPOM226", "CPOM301")
    assert nearest_codes("date", known) == ()


def it_prints_the_pages_it_is_asked_for(run: Run) -> None:
    status, said, told = run("211", "cpom004")
    assert (status, told) == (0, "")
    assert said.startswith("CPOM211 – champ inconnu\n\n")
    assert "\n\nCPOM004 – contrat inconnu\n\n" in said
    assert "    $ cpomgen build esai\n" in said
    assert "```" not in said


def it_lists_the_codes_when_it_is_given_none(run: Run) -> None:
    status, said, _ = run()
    assert status == 0
    assert said.splitlines() == [f"{page.code}  {page.title}" for page in pages()]


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("CPOM299", "Les plus proches : CPOM301, CPOM302, CPOM303."),
        ("champ", "« cpomgen explain » seul en donne la liste."),
    ],
)
def it_says_that_a_code_is_unknown(run: Run, code: str, remedy: str) -> None:
    status, said, told = run("211", code)
    assert (status, said) == (2, "")
    assert told.endswith(f"Erreur : il n'y a pas de code « {code} ». {remedy}\n")
