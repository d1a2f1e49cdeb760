"""The register of signatures: what it reads, what it refuses; a fact is added at its end, and nothing else changes."""

from __future__ import annotations

import unicodedata
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import problems_of, source

from cpomgen.registre import Signature, concluded, read_registre, with_fact

FILE = "signatures/essai.yaml"
DAY = date(2012, 6, 18)
TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30)


def read(text: str) -> tuple[Signature, ...]:
    return read_registre(source(text, FILE))


def it_reads_facts_in_their_order() -> None:
    first, second = read("""\
        signatures:
          - {version: 0, le: 2012-06-18, par: présidente}
          - version: 1
            le: 2013-01-09
            piece: annexe-2
    """)
    assert (first.version, first.le, first.par, first.piece) == (0, DAY, "présidente", "")
    assert (second.version, second.le, second.par, second.piece) == (1, date(2013, 1, 9), "", "annexe-2")


@pytest.mark.parametrize("text", ["signatures:\n", "signatures: []\n", "signatures: ~\n"])
def it_reads_a_register_without_facts(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "fact",
    [
        "{version: 0}",
        "{le: 2012-06-18}",
        "{version: 00, le: 2012-06-18}",
        "{version: -1, le: 2012-06-18}",
        "{version: 0, le: 18/06/2012}",
        "{version: 0, le: 2012-02-30}",
        "{version: 0, le: 20120618}",
        "{version: 0, le: [2012-06-18]}",
        "{version: 0, le: 2012-06-18, qui: elle}",
        "2012-06-18",
    ],
)
def it_refuses_a_fact_that_it_does_not_understand(fact: str) -> None:
    assert {each.code for each in problems_of(read, f"signatures:\n  - {fact}\n")} == {"CPOM621"}


def it_tells_all_that_is_wrong_at_once_and_where() -> None:
    text = "autre: 1\nsignatures:\n  - {version: x, le: 2012-06-18}\n  - {version: 0, le: demain}\n"
    assert [each.mark.line for each in problems_of(read, text)] == [1, 3, 4]


def it_refuses_that_all_sign_twice_but_not_that_two_presidents_do() -> None:
    fact = "  - {version: 0, le: 2012-06-18}\n"
    assert [each.mark.line for each in problems_of(read, f"signatures:\n{fact}{fact}")] == [3]
    by = "  - {version: 0, le: 2012-06-18, par: président}\n"
    assert len(read(f"signatures:\n{by}{by}")) == 2


def it_begins_a_register_that_explains_itself() -> None:
    text = with_fact(None, "essai", Signature(0, DAY)).decode()
    assert text.startswith("# Signatures du contrat essai")
    assert text.endswith("signatures:\n  - version: 0\n    le: 2012-06-18\n")
    assert [(each.version, each.le) for each in read(text)] == [(0, DAY)]


def it_keeps_to_the_sign_what_a_register_holds() -> None:
    before = dedent("""\
        # à nous
        signatures:

          - {version: 0,   le: 2012-06-18}   # le lundi""").replace("\n", "\r\n")
    after = with_fact(b"\xef\xbb\xbf" + before.encode(), "essai", Signature(1, DAY, par="l'une \"et\" l'autre"))
    assert after.startswith(b"\xef\xbb\xbf" + before.encode() + b"\r\n  - version: 1\r\n")
    assert [each.par for each in read(after.decode("utf-8-sig"))] == ["", "l'une \"et\" l'autre"]


@given(TEXTS, TEXTS, st.lists(TEXTS.filter(str.strip), max_size=3))
def it_reads_back_what_it_writes(piece: str, par: str, problems: list[str]) -> None:
    fact = Signature(12, DAY, piece, par, importe=True, problemes=tuple(problems))
    [found] = read(with_fact(None, "essai", fact).decode())
    words = [" ".join(text.split()) for text in (piece, par, *problems)]
    folded = [" ".join(text.split()) for text in (found.piece, found.par, *found.problemes)]
    assert (found.version, found.le, found.importe) == (12, DAY, True)
    assert [nfc(text) for text in folded] == [nfc(text) for text in words]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def it_dates_a_version_by_its_last_signature() -> None:
    facts = [Signature(0, date(2012, 6, day)) for day in (11, 18, 12)]
    assert (concluded(facts, 0), concluded(facts, 1)) == (DAY, None)
