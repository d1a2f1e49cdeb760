"""A Word file walked in step with its Imprime."""

from __future__ import annotations

import pytest
from sample import cell, head, paragraph
from test_redline import document, made
from wordfile import paragraph as line

from cpomgen.imprime import Block, Cell, Row, Table
from cpomgen.instep import OutOfStepError, bodies, steps
from cpomgen.package import W, parse, w

ROWS = (head("a", "b"), Row((cell("x", rowspan=2), cell("y"))), Row((Cell(()),)))
TABLE = Table("Tableau", (1000, 1000), ROWS)


def ranks(*blocks: Block) -> list[int | None]:
    """Return which block each element of a document is."""
    side = made(document(*blocks))
    body = side.package.root("word/document.xml").find(w("body"))
    assert body is not None
    return [step.rank for part in bodies(side.imprime, body) for step in part]


def it_gives_no_number_to_what_word_alone_needs() -> None:
    assert ranks(paragraph("Corps", "un"), TABLE, TABLE, paragraph("Corps", "deux")) == [0, 1, None, 2, 3, None]


def it_follows_paragraphs_without_words() -> None:
    assert ranks(paragraph("Corps", ""), paragraph("Corps", "un"), paragraph("Corps", "")) == [0, 1, 2, None]


@pytest.mark.parametrize(
    "foreign", ["<w:ins><w:r/></w:ins>", "<w:hyperlink/>", '<w:bookmarkStart w:id="1" w:name="x"/>']
)
def it_refuses_what_no_template_of_ours_prints(foreign: str) -> None:
    text = line("un").replace("</w:p>", f"{foreign}</w:p>")
    with pytest.raises(OutOfStepError):
        steps((paragraph("Corps", "un"),), parse(f'<w:body xmlns:w="{W}">{text}</w:body>'.encode()))


def it_refuses_more_blocks_and_fewer() -> None:
    body = parse(f'<w:body xmlns:w="{W}">{line("un")}</w:body>'.encode())
    for blocks in ((), (paragraph("Corps", "un"), paragraph("Corps", "deux")), (TABLE,)):
        with pytest.raises(OutOfStepError):
            steps(blocks, body)
