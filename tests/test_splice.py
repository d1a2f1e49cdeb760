"""Edits at places of a text: all that is not edited stays to the sign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import CONTRACT, Files, real_schema, source
from strategies import Sown, as_yaml, contracts

from cpomgen.load import load
from cpomgen.source import Entry, Mapping, Node, Scalar, Sequence
from cpomgen.splice import Edit, Places, laid_as, splice, spliced, text_of

TEXT = """\
a:
b: # rien
c: {d: , e: f g , h: [1, 2]} # y
k: "q"   # z
t: |
  un

  deux

# com
l:
  - x: 1
    y: |
      é

  - z:
m: plain
  suite
"""


def it_makes_edits_in_any_order() -> None:
    assert splice("abcdef", [Edit(4, 5, "EE"), Edit(0, 1), Edit(2, 2, "-"), Edit(1, 2, "B")]) == "B-cdEEf"
    assert splice("abc", []) == "abc"


def it_refuses_two_edits_of_the_same_signs() -> None:
    with pytest.raises(ValueError, match="two edits"):
        splice("abc", [Edit(0, 2, "x"), Edit(1, 3, "y")])


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from nodes(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)


def it_knows_where_each_node_begins_and_ends() -> None:
    places = Places(TEXT)
    found = [TEXT[places.start(node) : places.end(node)] for node in nodes(source(TEXT).root)]
    assert found[1:] == [
        *("a", "", "b", "", "c", "{d: , e: f g , h: [1, 2]}", "d", "", "e", "f g", "h", "[1, 2]", "1", "2"),
        *("k", '"q"', "t", "|\n  un\n\n  deux", "l", "- x: 1\n    y: |\n      é\n\n  - z:"),
        *("x: 1\n    y: |\n      é", "x", "1", "y", "|\n      é", "z:", "z", "", "m", "plain\n  suite"),
    ]


def it_knows_the_comments_that_stand_right_above_a_line() -> None:
    text = "a: 1\n\n# un\n# deux\nb: 2\n  # autre\nc: 3\n"
    places = Places(text)
    assert places.above(text.index("b:"), 0) == text.index("\n# un")
    assert places.above(text.index("c:"), 0) == text.index("c:")
    assert places.above(0, 0) == 0


def values(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for child in node.entries if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ():
        yield from values(child if not isinstance(child, Entry) else child.value)


@settings(max_examples=40)
@given(contracts(), st.integers(0, 10**6))
def it_replaces_every_value_of_a_contract_and_nothing_else(sown: Sown, seed: int) -> None:
    text = as_yaml(sown.document(real_schema()), seed)
    places, found = Places(text), list(values(source(text).root))
    edits = [Edit(places.start(node), places.end(node), f' "x{n}"') for n, node in enumerate(found)]
    made = source(splice(text, edits)).root
    assert [node.text for node in values(made)] == [f"x{n}" for n in range(len(found))]
    assert shape(made) == shape(source(text).root)


def shape(node: Node) -> object:
    if isinstance(node, Mapping):
        return {entry.key.text: shape(entry.value) for entry in node.entries}
    return [shape(item) for item in node.items] if isinstance(node, Sequence) else "x"


@pytest.mark.parametrize("content", [b"a: 1\n", b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\r\n", b"a: 1"])
def it_lays_a_text_as_the_file_it_comes_from(content: bytes) -> None:
    assert laid_as(content, text_of(content)) == content
    assert load(Files({CONTRACT: content}), CONTRACT).root.entries


@given(st.text("ab\n\r", max_size=30), st.booleans(), st.data())
def it_keeps_each_end_of_line_of_a_file(text: str, marked: bool, data: st.DataObject) -> None:  # noqa: FBT001
    content = (b"\xef\xbb\xbf" if marked else b"") + text.encode()
    assert spliced(content, []) == content
    typed = text_of(content)
    at = data.draw(st.integers(0, len(typed)))
    made = spliced(content, [Edit(at, at, "x\ny")])
    assert text_of(made) == f"{typed[:at]}x\ny{typed[at:]}"
    assert len(made) - len(content) in (3, 4)


def it_ends_new_lines_as_most_of_a_file_does() -> None:
    assert spliced(b"a\r\nb\n", [Edit(1, 2, "-\n"), Edit(4, 4, "c\n")]) == b"a-\r\nb\nc\r\n"
    assert spliced(b"a\rb", [Edit(3, 3, "\nc")]) == b"a\rb\rc"
    assert spliced(b"a", [Edit(1, 1, "\n")]) == b"a\n"
