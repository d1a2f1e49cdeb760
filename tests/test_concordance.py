"""A concordance leaves out no text that a search of all of them would find."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from memory import ROOT

from benchmarks.france import text_of
from cpomgen.concordance import Concordance
from cpomgen.examine import Dossier
from cpomgen.reading import Reading
from cpomgen.tree import Bundle

SIGNS = st.text("aab12 é_-\n'", max_size=12)


@given(st.lists(SIGNS, max_size=6), SIGNS.filter(lambda text: any(map(str.isalnum, text))))
@example(["c12a", "12", "a 123"], "12")
@example(["la ba", "l'ab a", "b"], "a b")
def it_finds_all_that_hold_what_is_sought(texts: list[str], sought: str) -> None:
    named = [(str(rank), text) for rank, text in enumerate(texts)]
    assert {name for name, text in named if sought in text} <= Concordance(named).holding(sought)


def it_finds_all_that_have_words_when_nothing_is_sought() -> None:
    assert Concordance([("a", "un"), ("b", "deux"), ("c", "-")]).holding("") == {"a", "b"}


def it_finds_the_same_neighbours_however_many_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    contracts = {f"contracts/{name}.yaml": text_of(rank) for rank, name in enumerate(("a", "b", "c"))}
    contracts["contracts/d.yaml"] = contracts["contracts/b.yaml"]
    shared = [*ROOT.glob("schemas/**/*.yaml"), *ROOT.glob("templates/*/modele.yaml")]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in shared}
    tree = Bundle({**files, **{path: text.encode() for path, text in contracts.items()}})

    def found() -> list[list[str]]:
        reading = Reading(tree)
        return [
            [each.identifiant for each in reading.around(Dossier(*reading.resolved(name)))] for name in ("a", "b", "d")
        ]

    scanned = found()
    monkeypatch.setattr("cpomgen.concordance.FEW", 0)
    assert found() == scanned == [[], ["d"], ["b"]]
