"""Word XML made ready once: merges, clones and grids written so that a contract costs a render."""

from __future__ import annotations

import pytest
from memory import problems_of
from wordfile import cell, end, opened, properties, row, table

from cpomgen.prepare import prepare
from cpomgen.trame import GRID, Trame


def body(trame: Trame, **scope: object) -> str:
    return "".join(section.blocks.render(scope) for section in trame.sections)


def it_leaves_each_grid_for_the_imprime_to_fill() -> None:
    trame = prepare(opened(table(row("a", "b"), widths=(1, 2)), table(row("c"), widths=(3,))))
    assert body(trame).count(GRID) == 2


def it_lets_cells_follow_the_grid_where_columns_are_looped() -> None:
    looped = table(row("{%tc for e in liste %}", "{{ e }}", "{%tc endfor %}"), widths=(1, 2, 3))
    assert "w:tcW" not in body(prepare(opened(looped)), liste=[1])
    assert "w:tcW" in body(prepare(opened(table(row("a"), widths=(1,)))))


def it_keeps_a_merged_cell_whole_at_the_first_turn_and_empty_after() -> None:
    merged = table(
        row("{%tr for e in liste %}", ""), row("{% vm %}a", "{{ e }}"), row("{%tr endfor %}", ""), widths=(1, 2)
    )
    text = body(prepare(opened(merged)), liste=["x", "y", "z"])
    assert (text.count('w:val="restart"'), text.count('w:val="continue"')) == (1, 2)
    assert text.count(">a<") == 1
    assert "vm" not in text


def it_puts_the_merge_where_the_schema_of_word_wants_it() -> None:
    merged = table(row("{%tr for e in liste %}"), row(cell("{% vm %}a", span=1)), row("{%tr endfor %}"), widths=(1,))
    text = body(prepare(opened(merged)), liste=["x"])
    assert text.index("<w:tcW") < text.index("<w:gridSpan") < text.index("<w:vMerge") < text.index("<w:p>")


def it_keeps_headers_and_footers_apart_and_the_rest_as_it_is() -> None:
    trame = prepare(opened("a", last=properties(header="header1"), parts={"header1": "{{ x }}"}))
    assert trame.parts["word/header1.xml"].render({"x": "R&D"}).count("R&amp;D") == 1
    assert {"word/styles.xml", "docProps/core.xml"} <= set(trame.fixed)
    assert "word/document.xml" not in trame.fixed


def it_names_in_each_section_the_header_it_takes_over() -> None:
    template = opened("a", end(properties(header="header1")), "b", last=properties(), parts={"header1": "A"})
    trame = prepare(template)
    assert [section.parts for section in trame.sections] == [("word/header1.xml",)] * 2
    assert all('r:id="id-header1"' in section.properties for section in trame.sections)


def it_tells_that_tags_do_not_answer_each_other() -> None:
    [problem] = problems_of(prepare, opened("{%p for a in b %}", "a"))
    assert (problem.code, problem.remedy) == ("CPOM303", "lancez « cpomgen template check ».")
    assert problem.message.startswith("les balises de ce gabarit ne se répondent pas")


@pytest.mark.parametrize("text", ["{{ a() }}", "{{ a | inconnu }}", "{% set a = 1 %}", "{% include 'x' %}"])
def it_refuses_what_the_printed_side_refuses(text: str) -> None:
    assert problems_of(prepare, opened(text))[0].code == "CPOM303"
