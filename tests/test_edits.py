from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpomgen.edits import Added, Changed, Edit, Id, Moved, Removed, Spliced, apply, at, edits, exchanges, inverse

ITEM = st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), max_size=2)
LISTED = st.lists(st.tuples(st.sampled_from("uvwxyz"), ITEM), unique_by=lambda pair: pair[0], min_size=1)
KEYED = LISTED.map(lambda pairs: [{"id": name, **item} for name, item in pairs])
LEAF = st.one_of(st.booleans(), st.integers(0, 2), st.sampled_from(("a", "b", Decimal(1), date(2012, 1, 1))))
VALUE = st.one_of(LEAF, KEYED, st.lists(LEAF, min_size=1))
DOCUMENT = st.dictionaries(st.sampled_from(("un", "deux", 2012)), VALUE)

CASES: dict[str, tuple[Any, Any, list[Edit]]] = {
    "another value": ({"a": 1}, {"a": 2}, [Changed(("a",), 1, 2)]),
    "a field filled": ({}, {"a": {"b": 1}}, [Changed(("a", "b"), None, 1)]),
    "a field left out": ({"a": {"b": 1}}, {}, [Changed(("a", "b"), 1, None)]),
    "another type": ({"a": True}, {"a": 1}, [Changed(("a",), True, 1)]),
    "the same figure": ({"a": Decimal("1.10")}, {"a": Decimal("1.1")}, []),
    "an exercise": ({"m": {2012: 1}}, {"m": {2012: 1, 2013: 2}}, [Changed(("m", 2013), None, 2)]),
    "an item added": ({"l": [{"id": "x"}]}, {"l": [{"id": "y"}, {"id": "x"}]}, [Added(("l",), 0, {"id": "y"})]),
    "an item removed": ({"l": [{"id": "x"}, {"id": "y"}]}, {"l": [{"id": "x"}]}, [Removed(("l",), 1, {"id": "y"})]),
    "the first of three moved": (
        {"l": [{"id": "x"}, {"id": "y"}, {"id": "z"}]},
        {"l": [{"id": "y"}, {"id": "z"}, {"id": "x"}]},
        [Moved(("l",), "x", 0, 2)],
    ),
    "an item changed where it moved": (
        {"l": [{"id": "x", "a": 1}, {"id": "y"}, {"id": "z"}]},
        {"l": [{"id": "y"}, {"id": "z"}, {"id": "x", "a": 2}]},
        [Moved(("l",), "x", 0, 2), Changed(("l", Id("x"), "a"), 1, 2)],
    ),
    "another id": (
        {"l": [{"id": "x", "a": 1}]},
        {"l": [{"id": "y", "a": 1}]},
        [Removed(("l",), 0, {"id": "x", "a": 1}), Added(("l",), 0, {"id": "y", "a": 1})],
    ),
    "a sequence": ({"l": ["a", "b"]}, {"l": ["a", "c", "b"]}, [Spliced(("l",), 1, 1, (), ("c",))]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def it_tells_what_changes(old: Any, new: Any, expected: list[Edit]) -> None:
    found = list(edits(old, new))
    assert found == expected
    assert apply(old, found) == new
    assert apply(new, inverse(found)) == old


@given(DOCUMENT)
def it_finds_nothing_between_a_value_and_its_copy(value: Any) -> None:
    assert list(edits(value, dict(reversed(value.items())))) == []


@given(DOCUMENT, DOCUMENT)
def it_makes_each_of_two_values_of_the_other(old: Any, new: Any) -> None:
    found = tuple(edits(old, new))
    assert list(edits(apply(old, found), new)) == []
    assert list(edits(apply(new, inverse(found)), old)) == []


def it_leaves_what_it_is_given_as_it_is() -> None:
    old = {"l": [{"id": "x"}]}
    apply(old, edits(old, {"l": [{"id": "y", "a": 1}]}))
    assert old == {"l": [{"id": "x"}]}


def it_finds_what_is_at_a_path() -> None:
    value = {"l": [{"id": "x", "a": {2012: 3}}]}
    assert at(value, ("l", Id("x"), "a", 2012)) == 3
    assert at(value, ("l", Id("z"), "a")) is None


def it_parts_what_goes_and_what_comes_between_names_that_stay() -> None:
    before, after = ({name: n for n, name in enumerate(names)} for names in ("axbyc", "azbcw"))
    assert list(exchanges(before, after)) == [([], [], "a"), ([1], [1], "b"), ([3], [], "c"), ([], [4], "")]
    assert list(exchanges({}, {})) == [([], [], "")]
