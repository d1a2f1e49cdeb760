"""Tags in Word text: read, joined over runs, whatever Word did to their quotes and spaces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordfile import opened, paragraph, run

from cpomgen.package import w
from cpomgen.tags import STRAY, TAG, Tag, read_tag, split


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("{{ nom }}", Tag("", "", "nom")),
        ("{{nom}}", Tag("", "", "nom")),
        ("{{ nom | le('f') }}", Tag("", "", "nom | le('f')")),
        ("{{ nom | le(“f”) }}", Tag("", "", 'nom | le("f")')),
        ("{{ nom | le(«\u00a0f\u00a0») }}", Tag("", "", 'nom | le("f")')),
        ('{{ nom | si_absent("« f »") }}', Tag("", "", 'nom | si_absent("« f »")')),
        ("{{ nom | le(‘f’) }}", Tag("", "", "nom | le('f')")),
        ("{{\u00a0nom\u00a0}}", Tag("", "", "nom")),
        ("{%p for a in parties.ars %}", Tag("for", "p", "a in parties.ars")),
        ("{%tr endfor %}", Tag("endfor", "tr", "")),
        ("{%tc if a > 1 %}", Tag("if", "tc", "a > 1")),
        ("{% elif a %}", Tag("elif", "", "a")),
        ("{% else %}", Tag("else", "", "")),
        ("{% vm %}", Tag("vm", "", "")),
        ("{{p a.citation }}", Tag("", "p", "a.citation")),
        ("{{p\u00a0a.citation\u00a0}}", Tag("", "p", "a.citation")),
        ("{{p.nom}}", Tag("", "", "p.nom")),
        ("{{ p }}", Tag("", "", "p")),
        ("{%p\u202ffor a in b\u00a0%}", Tag("for", "p", "a in b")),
    ],
)
def it_reads_a_tag(text: str, tag: Tag) -> None:
    assert read_tag(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = 1 %}",
        "{%p include 'x' %}",
        "{%- if a -%}",
        "{%trfor a in b %}",
        "{%x if a %}",
        "{% forall %}",
        "{% %}",
    ],
)
def it_knows_no_other_tag(text: str) -> None:
    assert read_tag(text) is None


def it_parts_words_and_tags() -> None:
    assert list(split("le {{ a }}{% if b %} du {% endif %}.")) == [
        "le ",
        Tag("", "", "a"),
        Tag("if", "", "b"),
        " du ",
        Tag("endif", "", ""),
        ".",
    ]


def it_leaves_an_unknown_tag_among_the_words_where_it_is_seen_as_stray() -> None:
    pieces = list(split("a {% set b = 1 %} c"))
    assert pieces == ["a {% set b = 1 %} c"]
    assert STRAY.search("".join(str(piece) for piece in pieces))


TEXT = "avant {{ a.b | le('f') }} et {% if c %}oui{% endif %}{{ d }} après"


@given(st.lists(st.integers(0, len(TEXT)), max_size=12))
def it_joins_tags_however_word_has_split_them(cuts: list[int]) -> None:
    bounds = sorted({0, len(TEXT), *cuts})
    runs = [run(TEXT[start:end], "Fort" if n % 2 else "") for n, (start, end) in enumerate(pairwise(bounds))]
    document = opened(paragraph(*runs)).roots["word/document.xml"]
    texts = [each.text or "" for each in document.iter(w("t"))]
    assert "".join(texts) == TEXT
    assert [tag for text in texts for tag in TAG.findall(text)] == TAG.findall(TEXT)


def it_puts_a_joined_tag_in_the_run_where_it_begins() -> None:
    document = opened(paragraph(run("le {{ no", "Fort"), run("m }", "Terme"), run("} fin"))).roots["word/document.xml"]
    assert [each.text for each in document.iter(w("t"))] == ["le {{ nom }}", "", " fin"]


def it_keeps_the_spaces_at_the_ends_of_what_it_joined() -> None:
    document = opened(paragraph(run("{{ a "), run("}} et "))).roots["word/document.xml"]
    last = list(document.iter(w("t")))[-1]
    assert (last.text, last.get("{http://www.w3.org/XML/1998/namespace}space")) == (" et ", "preserve")


def it_joins_nothing_from_one_paragraph_to_the_next() -> None:
    template = opened(paragraph("{{ a }}"), paragraph("{{ b"), paragraph("}}"))
    texts = [each.text for each in template.roots["word/document.xml"].iter(w("t"))]
    assert texts == ["{{ a }}", "{{ b", "}}"]


def it_gives_a_tag_the_quotes_that_were_typed_before_autocorrection() -> None:
    document = opened(paragraph("« {{ nom | le(«\u00a0f\u00a0») }} »")).roots["word/document.xml"]
    assert [each.text for each in document.iter(w("t"))] == ['« {{ nom | le("f") }} »']
