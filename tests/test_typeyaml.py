"""Values as they are typed in YAML: read back, each is the text that it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import real_schema, source
from strategies import HOSTILE

from cpomgen.schema import Field
from cpomgen.source import Mapping, Scalar
from cpomgen.typeyaml import bare, block, in_manner, quoted

LINES = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"])).map(str.strip)
)
TEXTS = LINES.filter(bool).filter(lambda text: text.strip() == text)
LONG = st.lists(TEXTS, min_size=1, max_size=4).map("\n".join)


def field(role: str = "personne_morale") -> Field:
    found = real_schema().at_role(role)
    assert found is not None
    return found


def back(typed: str) -> str:
    node = source(f"x: {typed}\ny: z\n").root.get("x")
    assert isinstance(node, Scalar)
    return node.text


@settings(max_examples=60)
@given(TEXTS)
def it_types_a_line_that_reads_as_it_was(text: str) -> None:
    assert back(bare(text, field())) == text
    for old in ("a", '"a"', "'a'"):
        assert back(in_manner(text, old, field(), flow=False)) == text


@settings(max_examples=60)
@given(TEXTS)
def it_types_a_line_that_reads_as_it_was_between_brackets(text: str) -> None:
    inner = source(f"x: {{a: {bare(text, field(), flow=True)}, b: c}}\n").root.get("x")
    assert isinstance(inner, Mapping)
    found = inner.get("a")
    assert isinstance(found, Scalar)
    assert found.text == text


@settings(max_examples=60)
@given(LONG)
def it_types_a_long_text_that_reads_as_it_was(text: str) -> None:
    assert back(block(text, 2)).rstrip("\n") == text
    assert back(quoted(text)) == text


@pytest.mark.parametrize("text", ["010000024", "1.5", "2012-01-01", "oui", "No", "1e3", "12:30"])
def it_quotes_a_text_that_others_would_take_for_a_value(text: str) -> None:
    assert bare(text, field()) == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "role"), [("2012-01-01", "date_fin"), ("12", "population_zone"), ("oui", "ars_pilote")]
)
def it_leaves_values_bare(text: str, role: str) -> None:
    assert bare(text, field(role)) == text
