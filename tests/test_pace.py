"""What becomes of the units of two runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cpomgen.pace import Pace, paces, tail

RUNS = st.lists(st.sampled_from("abcdefg"), unique=True)


def told(old: str, new: str) -> str:
    return " ".join(_told(pace) for pace in paces(old, new, str))


def _told(pace: Pace[str]) -> str:
    return pace.unit if pace.stays else f"+{pace.new}" if pace.new else f"-{pace.old}"


def it_keeps_what_stands_in_the_same_order() -> None:
    assert told("abc", "axbc") == "a +x b c"
    assert told("abc", "ac") == "a -b c"


def it_tells_of_what_moves_as_of_what_goes_and_comes() -> None:
    assert told("abcd", "dabc") == "+d a b c -d"
    assert told("abc", "bca") == "-a b c +a"


def it_tells_where_the_last_that_stays_stands() -> None:
    assert tail(paces("abc", "ax", str)) == [1, 2, 3]
    assert tail(paces("ab", "ab", str)) == []


@given(RUNS, RUNS)
def it_loses_nothing_of_either_run(old: list[str], new: list[str]) -> None:
    found = paces(old, new, str)
    assert [pace.old for pace in found if pace.old] == old
    assert [pace.new for pace in found if pace.new] == new


@given(RUNS, RUNS)
def it_keeps_as_many_as_can_be(old: list[str], new: list[str]) -> None:
    assert sum(pace.stays for pace in paces(old, new, str)) == longest(old, new)


def longest(old: list[str], new: list[str]) -> int:
    """Return the length of the longest run that both hold, in order."""
    lengths = [0] * (len(new) + 1)
    for unit in old:
        before = 0
        for n, other in enumerate(new, 1):
            before, lengths[n] = lengths[n], before + 1 if unit == other else max(lengths[n], lengths[n - 1])
    return lengths[-1]
