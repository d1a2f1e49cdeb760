"""Patterns of schemas: those in use are taken, those that some text could keep busy for ever are not."""

from __future__ import annotations

import pytest

from cpomgen.pattern import LONGEST, refusal

ENDLESS = (
    "(a+)+$", "(a*)*", "(a|a)*", "(a|aa)+", "a?" * 30, "(a|a)" * 30, "a*" * 10, r"(a)\1", "(?=a)", "(?i)a", "(?P<n>a)",
    "(?:(?:a+)b?)+", "(.a+)*", "(a?){50}", r"(\wa+)*", "((-a+)*)*", "(-[-a]+)*", "(a+)+?", "(a+){2,}", "(aa?)+",
)  # fmt: skip


@pytest.mark.parametrize(
    "pattern",
    ["^[0-9]{9}$", "^([0-9]{5}|2[AB][0-9]{3})$", "^[a-z0-9]+(-[a-z0-9]+)*$", "(?:ab)+", "a?", r"\.+", "[]a]+", "^$"],
)
def it_takes_a_pattern_that_ends(pattern: str) -> None:
    assert refusal(pattern) == ""


@pytest.mark.parametrize("pattern", ENDLESS)
def it_refuses_a_pattern_that_may_not_end(pattern: str) -> None:
    assert "temps sans fin" in refusal(pattern)


@pytest.mark.parametrize("pattern", ["(", ")", "[", "a**", "\\", "a{99999999999}", "[[a]", "(?<n", "*"])
def it_refuses_what_is_no_pattern(pattern: str) -> None:
    assert refusal(pattern) == "cette expression régulière est mal formée."


def it_refuses_a_pattern_too_long_to_be_read() -> None:
    assert "plus de 200 signes" in refusal("x" * (LONGEST + 1))
