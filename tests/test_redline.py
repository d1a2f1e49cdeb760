"""Redlines: accepted, they read as the new text; rejected, as the old one; they mark no more than what changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random

import pytest
from judged import Way, lines, marks
from redrafted import pair
from sample import cell, head, paragraph
from worded import as_bytes, worded

from cpomgen.imprime import Block, Imprime, Layout, PageField, Paragraph, Row, Section, Span, Table
from cpomgen.package import unpack
from cpomgen.problem import ProblemError
from cpomgen.redline import Made, redline
from cpomgen.revision import Reviser

WHEN = datetime(2012, 12, 12, tzinfo=UTC)
PAGE = Layout(11906, 16838, 1, 1, 1, 1)
SEEDS, RUN = 240, 40
HEADERS = ("Contrat 2012", "Contrat 2013", "Annexe", "Établi à titre d’information")


def made(imprime: Imprime) -> Made:
    return Made(imprime, worded(imprime))


def judged(old: Imprime, new: Imprime) -> bytes:
    """Return the redline of two documents, once sure that it says the truth."""
    before, after = made(old), made(new)
    found = redline(before, after, Reviser("ARS", WHEN))
    assert lines(found, Way.ACCEPTED) == lines(as_bytes(after.package))
    assert lines(found, Way.REJECTED) == lines(as_bytes(before.package), Way.REJECTED)
    return found


def document(*blocks: Block, header: tuple[Block, ...] = ()) -> Imprime:
    return Imprime("", (Section("socle", replace(PAGE, header=header), blocks),))


def changes(old: Iterable[Block], new: Iterable[Block]) -> dict[str, int]:
    """Return the marks of the redline of two documents of one section."""
    return dict(marks(judged(document(*old), document(*new))))


@cache
def drafted(seed: int) -> tuple[Imprime, Imprime]:
    """Return a document before and after a few changes, its headers drawn by chance."""
    random = Random(seed)  # noqa: S311 - no secret
    old, new = pair(seed)
    return headed(old, random), headed(new, random)


def headed(imprime: Imprime, random: Random) -> Imprime:
    def header() -> tuple[Block, ...]:
        spans = (Span(random.choice(HEADERS)), Span(" · page "), Span("", field=PageField.PAGE))
        return tuple(Paragraph("header", spans) for _ in range(random.choice((0, 1, 1, 1, 2))))

    sections = [replace(each, layout=replace(PAGE, header=header())) for each in imprime.sections]
    return replace(imprime, sections=tuple(sections))


@pytest.mark.parametrize("start", range(0, SEEDS, RUN))
def it_reads_as_the_new_text_accepted_and_as_the_old_one_rejected(start: int) -> None:
    for seed in range(start, start + RUN):
        judged(*drafted(seed))


def it_marks_nothing_when_nothing_changes() -> None:
    old, _ = drafted(3)
    assert not marks(judged(old, old))


def it_gives_the_same_bytes_twice() -> None:
    assert judged(*drafted(5)) == judged(*drafted(5))


def it_marks_only_the_words_that_change() -> None:
    old = paragraph("Corps", "La subvention est de 100 000 € par an, versée en juin.")
    new = paragraph("Corps", "La subvention est de 120 000 € par an, versée en juin.")
    assert changes([old], [new]) == {"del": 1, "ins": 1}


def it_marks_a_look_that_changes_without_a_word() -> None:
    old, new = Paragraph("Corps", (Span("un mot"),)), Paragraph("Corps", (Span("un "), Span("mot", "Fort")))
    assert changes([old], [new]) == {"rPrChange": 1}


def it_marks_a_style_that_changes() -> None:
    assert changes([paragraph("Corps", "un mot")], [paragraph("Corps annexe", "un mot")]) == {"pPrChange": 1}


def table(*rows: Row) -> Table:
    return Table("Tableau", (3000, 3000), (head("Action", "Montant"), *rows))


def row(name: str, amount: str) -> Row:
    return Row((cell(name), cell(amount)), id=name)


TOTAL = "Cellule total"


def it_marks_a_new_row_as_one_inserted_row_and_keeps_the_total_row_one() -> None:
    total = [Row((cell("Total", TOTAL), cell(amount, TOTAL))) for amount in ("10 €", "15 €")]
    old, new = table(row("a", "10 €"), total[0]), table(row("a", "10 €"), row("b", "5 €"), total[1])
    found = judged(document(old), document(new))
    assert dict(marks(found)) == {"ins": 1 + 2 + 1, "del": 1}  # the row, its two cells; the total
    assert "Total" in "".join(lines(found, Way.REJECTED))


def it_marks_a_removed_row_as_one_deleted_row() -> None:
    old, new = table(row("a", "10 €"), row("b", "5 €")), table(row("a", "10 €"))
    assert changes([old], [new]) == {"del": 1 + 2}


def it_marks_a_column_cell_by_cell() -> None:
    wide = Table(
        "Tableau",
        (2000, 2000, 2000),
        (head("Action", "2012", "Montant"), Row((cell("a"), cell("x"), cell("10 €")), id="a")),
    )
    assert changes([table(row("a", "10 €"))], [wide]) == {"cellIns": 2, "ins": 2}


def it_replaces_a_table_whose_columns_change_places() -> None:
    turned = Table("Tableau", (3000, 3000), (head("Montant", "Action"), Row((cell("10 €"), cell("a")), id="a")))
    assert changes([table(row("a", "10 €"))], [turned])["del"]


def it_follows_a_merged_cell_that_gains_and_loses_rows() -> None:
    def merged(*names: str) -> Table:
        first, *others = names
        rows = (Row((cell("Objectif", rowspan=len(names)), cell(first)), id=first),)
        return Table("Tableau", (3000, 3000), (head("But", "Action"), *rows, *(Row((cell(n),), id=n) for n in others)))

    judged(document(merged("a", "b")), document(merged("a", "x", "b")))
    judged(document(merged("a", "b", "c")), document(merged("b", "c")))
    judged(document(merged("a", "b")), document(merged("b")))


def it_tells_of_the_last_paragraph_of_a_cell() -> None:
    def held(*texts: str) -> Table:
        return table(Row((cell("\n".join(texts)), cell("10 €")), id="a"))

    for old, new in ((("a",), ("a", "b")), (("a", "b"), ("a",)), (("a", "b"), ("b",)), (("a",), ("b", "a"))):
        judged(document(held(*old)), document(held(*new)))


def it_tells_of_sections_that_come_and_go() -> None:
    def parts(*names: str) -> Imprime:
        sections = (
            Section(name, replace(PAGE, header=(paragraph("header", name),)), (paragraph("Corps", f"Texte {name}"),))
            for name in names
        )
        return Imprime("", tuple(sections))

    for old, new in (("ab", "abc"), ("abc", "ab"), ("abc", "ac"), ("ac", "abc"), ("ab", "ac"), ("a", "b")):
        judged(parts(*old), parts(*new))


def it_tells_of_pages_turned_and_headers_changed() -> None:
    old = document(paragraph("Corps", "un"), header=(paragraph("header", "Contrat 2012"),))
    turned = replace(PAGE, width=16838, height=11906, header=(paragraph("header", "Contrat 2013"),))
    new = Imprime("", (Section("socle", turned, old.sections[0].blocks),))
    assert marks(judged(old, new)) == {"sectPrChange": 1, "ins": 1, "del": 1}


@pytest.mark.parametrize("text", ["\U000f0000 \U000f0001", "a\tb\nc", "<w:ins>&amp;", "“x”\u00a0: 1\u202f000\u00a0€"])
def it_loses_no_sign_whatever_it_is(text: str) -> None:
    judged(document(paragraph("Corps", f"avant {text} après")), document(paragraph("Corps", f"avant {text}, après")))


def it_refuses_a_file_that_is_not_the_one_of_its_imprime() -> None:
    one, other = document(paragraph("Corps", "un")), document(paragraph("Corps", "un"), paragraph("Corps", "deux"))
    with pytest.raises(ProblemError, match="CPOM680"):
        redline(Made(one, worded(other)), made(one), Reviser("ARS", WHEN))


def it_names_a_header_once_however_many_sections_have_it() -> None:
    def parts(*names: str) -> Imprime:
        layout = replace(PAGE, header=(paragraph("header", f"Contrat {len(names)}"),))
        return Imprime("", tuple(Section(name, layout, (paragraph("Corps", name),)) for name in names))

    package = unpack(judged(parts("a", "b", "c"), parts("a", "b")), "suivi.docx")
    targets = [target for target in package.relationships("word/document.xml").values() if "header5" in target]
    assert targets == ["word/header50.xml"]
