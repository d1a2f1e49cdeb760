from __future__ import annotations

import pytest

from cpomgen.align import Unit, mates


def units(*texts: str) -> list[Unit]:
    """Return units, each written « id:text »."""
    return [Unit("alinéa", *text.split(":")) for text in texts]


CASES: dict[str, tuple[list[Unit], list[Unit], dict[int, int]]] = {
    "the same": (units(":a", ":b"), units(":a", ":b"), {0: 0, 1: 1}),
    "one that comes": (units(":a", ":b"), units(":a", ":c", ":b"), {0: 0, 2: 1}),
    "one that says something else": (units(":a", ":b", ":c"), units(":a", ":d", ":c"), {0: 0, 1: 1, 2: 2}),
    "the most alike of two": (
        units(":a", ":un deux trois", ":z"),
        units(":a", ":neuf", ":un deux quatre", ":z"),
        {0: 0, 2: 1, 3: 2},
    ),
    "items in another order": (units("x:a", "y:b"), units("y:b", "x:a"), {0: 1, 1: 0}),
    "the same words of another item": (units("x:a", "y:b"), units("z:a", "y:b"), {0: 0, 1: 1}),
    "other words of another item": (units("x:a", "y:b"), units("z:c", "y:b"), {1: 1}),
    "nothing": ([], units(":a"), {}),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def it_finds_which_unit_answers_which(old: list[Unit], new: list[Unit], expected: dict[int, int]) -> None:
    assert mates(old, new) == expected


def it_never_takes_an_item_for_another_when_they_go_by_id() -> None:
    assert mates(units("x:a"), units("z:a"), by_id=True) == {}


def it_takes_no_heading_for_a_paragraph() -> None:
    assert mates([Unit("titre", "", "a b c")], [Unit("alinéa", "", "a b d")]) == {}
