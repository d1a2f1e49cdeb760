"""Each code has its page, each page its examples, and each example says what its page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from inputs import laid_over
from memory import ROOT
from specimens import ERRORS, Example, Page, catalogue, pages, play

PAGES = pages()
PUBLISHED = ROOT / "docs/erreurs.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def it_says_what_the_page_says(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = [play(example, tmp_path / f"{n}/projet") for n, example in enumerate(page.examples)]
    if request.config.getoption("--update"):
        (ERRORS / f"{page.code}.md").write_text(
            page.updated([said for said, _ in found]), encoding="utf-8", newline="\n"
        )
        page = page._replace(
            examples=tuple(e._replace(expected=s) for e, (s, _) in zip(page.examples, found, strict=True))
        )
    for example, (said, statuses) in zip(page.examples, found, strict=True):
        assert said == example.expected, "pytest --update, then review it"
        assert page.code in said
        assert (f"erreur {page.code} :" in said) <= (statuses[-1] in (1, 3))
        assert max(statuses) < 3 or page.code == "CPOM559"  # a fault of ours, which is not that of others


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def it_explains_and_shows_each_code(page: Page) -> None:
    assert page.explanation
    assert page.examples
    assert not re.search("^##", page.text, re.MULTILINE)
    assert (ERRORS / f"{page.code}.md").is_file()


def it_has_a_page_for_each_code_and_no_other() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "cpomgen").rglob("*.py")]
    assert {page.code for page in PAGES} == {code for text in texts for code in re.findall(r"CPOM\d{3}", text)}


def it_publishes_the_pages(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update"):
        PUBLISHED.write_text(catalogue(pages()), encoding="utf-8", newline="\n")
    assert PUBLISHED.read_text(encoding="utf-8") == catalogue(pages()), "pytest --update, then review it"


def it_lists_each_code_under_its_family() -> None:
    text = catalogue(PAGES)
    for page in PAGES:
        assert text.count(f"\n### {page.code} – {page.title}\n") == 1
        assert text.count(f"\n| [{page.code}](#{page.code.lower()}--") == 1
    assert "](#cpom211--champ-inconnu)" in text


def it_lays_pages_over_a_contract_without_fault(tmp_path: Path) -> None:
    nothing = Example((), ("cpomgen build reseau",), "")
    assert play(nothing, tmp_path) == ("reseau : 14 documents dans out/reseau (14 écrits).\n", [0])


def it_lays_rubriques_over_those_of_the_same_name() -> None:
    base = "# titre\na: 1\nb:\n  - c\n# de b\nd: {\n}\n"
    assert laid_over(base, "b: 2\ne: 3\n") == "# titre\na: 1\nb: 2\nd: {\n}\ne: 3\n"


def it_lays_annexes_over_one_by_one() -> None:
    base = "annexes:\n  un:\n    a: 1\n  deux:\n    - 2\nb: 3\n"
    assert laid_over(base, "annexes:\n  un:\n") == "annexes:\n  un:\n  deux:\n    - 2\nb: 3\n"
