from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cpomgen.around import digests, meeting
from cpomgen.voisin import Voisin

COUPLES = st.frozensets(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1, max_size=3)
DAYS = st.integers(2010, 2020).map(lambda year: date(year, 1, 1))


@st.composite
def portfolios(draw: st.DrawFn) -> list[Voisin]:
    days = draw(st.lists(st.tuples(DAYS, DAYS, COUPLES), max_size=6))
    return [Voisin(f"c{n}", min(one, other), max(one, other), who) for n, (one, other, who) in enumerate(days)]


@given(portfolios())
def it_finds_all_that_meet_and_no_other(found: list[Voisin]) -> None:
    expected = {
        one.identifiant: {other.identifiant for other in found if other is not one and one.meets(other)}
        for one in found
    }
    assert {name: {each.identifiant for each in others} for name, others in meeting(found).items()} == {
        name: others for name, others in expected.items() if others
    }


@given(portfolios())
def it_stands_for_those_that_meet_in_whatever_order_they_come(found: list[Voisin]) -> None:
    assert digests(meeting(found)) == digests(meeting(reversed(found)))
