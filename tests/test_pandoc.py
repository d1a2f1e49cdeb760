"""What pandoc is given and gives back: tokens for what it forgets, and its refusal told in French."""

from __future__ import annotations

import pypandoc
import pytest
from memory import problems_of
from wordfile import PAGE, PAGES, Xml, cell, end, opened, paragraph, properties, row, run, table

from cpomgen.imprime import PageField
from cpomgen.pandoc import ParagraphMark, RowMark, SectionMark, Tokens, read_blocks
from cpomgen.tags import Tag


def it_finds_its_tokens_again_in_a_text() -> None:
    tokens = Tokens()
    first, second = tokens.word(PageField.PAGE), tokens.word(Tag("", "", "a"))
    assert list(tokens.read(f"page {first}/{second}{first}.")) == [
        "page ",
        PageField.PAGE,
        "/",
        Tag("", "", "a"),
        PageField.PAGE,
        ".",
    ]


def it_leaves_alone_a_word_that_only_looks_like_a_token() -> None:
    assert list(Tokens().read("Zq99qZ")) == ["Zq99qZ"]


def it_gives_each_section_part_paragraph_and_row_a_token() -> None:
    template = opened(
        "un",
        end(properties(header="header1")),
        table(row("a", "b", header=True), row(cell("c", span=2)), widths=(100, 300)),
        parts={"header1": "haut"},
    )
    _, tokens = read_blocks(template)
    sections = [token for token in tokens.known if isinstance(token, SectionMark)]
    assert sections == [
        SectionMark(0, "body"), SectionMark(0, "header"), SectionMark(0, "footer"),
        SectionMark(1, "body"), SectionMark(1, "header"), SectionMark(1, "footer"),
    ]  # fmt: skip
    rows = [token for token in tokens.known if isinstance(token, RowMark)]
    assert [(mark.header, mark.table.widths) for mark in rows] == [
        (True, (100, 300)),
        (True, (100, 300)),
        (False, (100, 300)),
    ]
    marks = [token for token in tokens.known if isinstance(token, ParagraphMark)]
    assert ParagraphMark("Corps", "section 1, paragraphe 1 : « un »") in marks
    assert ParagraphMark("header", "section 1, paragraphe 1 : « haut »") in marks


@pytest.mark.parametrize(("xml", "field"), [(PAGE, PageField.PAGE), (PAGES, PageField.PAGES)])
def it_takes_a_field_of_the_page_for_what_it_is_not_for_its_last_number(xml: str, field: PageField) -> None:
    blocks, tokens = read_blocks(opened(paragraph(run("page "), Xml(xml))))
    assert field in tokens.known
    assert "7" not in str(blocks)
    assert '"9"' not in str(blocks).replace("'", '"')


def it_tells_that_pandoc_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise RuntimeError("couldn't parse docx file")

    monkeypatch.setattr(pypandoc, "convert_file", refuse)
    [problem] = problems_of(read_blocks, opened("a"))
    assert (problem.code, problem.message) == ("CPOM302", "pandoc ne sait pas lire ce gabarit.")
