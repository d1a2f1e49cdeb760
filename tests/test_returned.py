"""What a hand changes in a Word file is told, whatever it is and wherever; what nobody has changed is not."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import pytest
from handedits import EDITS, Edit, Hand, spoil
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfile import PAGE, PAGES, Xml, cell, end, paragraph, properties, row, run, table, word

from cpomgen.package import unpack
from cpomgen.pen import PLAIN
from cpomgen.problem import ProblemError
from cpomgen.remarque import Relu
from cpomgen.reread import reread
from cpomgen.retold import AS_TEXT, told
from cpomgen.returned import returned

FOOT = paragraph("Contrat · page ", Xml(PAGE), " sur ", Xml(PAGES), style="footer")
MADE = word(
    paragraph("Contrat", style="heading 1"),
    paragraph("Article 1er – Objet", style="heading 2"),
    paragraph("Le promoteur reçoit ", run("2\u202f000 €", "Fort"), " par an, au titre de l’article\u00a05."),
    paragraph("former les équipes", style="Corps puce"),
    paragraph("suivre les personnes", style="Corps puce"),
    paragraph("Il en rend compte à l’agence chaque année."),
    end(properties(header="header1", footer="footer1")),
    paragraph("Annexe 1 – Moyens", style="heading 1"),
    table(
        row("Source", "2012", "2013", header=True),
        row("Fonds d’intervention", "2\u202f000", "2 500"),
        row("Assurance maladie", "300", cell("400", paragraph("sous réserve", style="Cellule"))),
        row(cell("Total des sources", span=2), "5 200"),
        widths=(3000, 1000, 1000),
    ),
    paragraph("Ces montants sont des prévisions."),
    parts={"header1": "Projet de contrat", "footer1": FOOT},
    last=properties(header="header1", footer="footer1"),
)


@cache
def read(file: bytes) -> Relu:
    """Return a file as it reads."""
    return reread(unpack(file, "contrat.docx"))


def lines(hand: Hand) -> str:
    return "\n".join(told(returned(read(MADE), read(hand.word())), PLAIN, AS_TEXT, {}))


@given(st.sampled_from(EDITS), st.integers(0, 10_000))
@settings(max_examples=120)
def it_misses_nothing_that_a_hand_does(edit: Edit, seed: int) -> None:
    hand = Hand(MADE, seed)
    expected = edit(hand)
    found = lines(hand)
    assert [each for each in expected if each not in found] == [], found
    assert found


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def it_tells_nothing_of_a_file_that_came_back_as_it_left(edit: Edit) -> None:
    hand = Hand(MADE, 1)
    edit(hand)
    assert not returned(read(hand.word()), read(hand.word()))


@given(st.sampled_from(EDITS), st.integers(0, 10_000))
@settings(max_examples=60)
def it_reads_or_refuses_whatever_the_file_holds(edit: Edit, seed: int) -> None:
    hand = Hand(MADE, seed)
    edit(hand)
    for _ in range(5):
        spoil(hand)
    with suppress(ProblemError):
        lines(hand)
