"""Paragraphs laid over each other: which runs stay, go, come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import etree
from wordfile import PAGE, PAGES, paragraph, run

from cpomgen.package import W, parse, w
from cpomgen.revision import Reviser
from cpomgen.wordwise import merged


def laid(old: str, new: str) -> str:
    """Return the runs of a paragraph that becomes another: [gone], +come+, fields in braces."""
    by = Reviser("ARS", datetime(2012, 12, 12, tzinfo=UTC))
    before, after = (parse(f'<w:body xmlns:w="{W}">{each}</w:body>'.encode())[0] for each in (old, new))
    return "".join(map(_told, merged(before, after, by)))


def _told(element: etree._Element) -> str:
    text = "".join(
        f"{{{each.text}}}" if "nstr" in each.tag else each.text or ""
        for each in element.iter(*map(w, ("t", "delText", "instrText", "delInstrText")))
    )
    return {w("del"): f"[{text}]", w("ins"): f"+{text}+"}.get(str(element.tag), text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("un mot", "un mot", "un mot"),
        (
            "100\u00a0000\u00a0€ par an",
            "120\u00a0000\u00a0€ par an",
            "[100\u00a0000\u00a0€]+120\u00a0000\u00a0€+ par an",
        ),
        ("l’agence", "l’association", "l’[agence]+association+"),
        ("", "un mot", "+un mot+"),
        ("un mot", "", "[un mot]"),
        ("tout autre", "rien de commun ici", "[tout autre]+rien de commun ici+"),
    ],
)
def it_marks_whole_words(old: str, new: str, told: str) -> None:
    assert laid(paragraph(old), paragraph(new)) == told


@pytest.mark.parametrize("field", [PAGE, PAGES])
def it_never_cuts_a_field(field: str) -> None:
    with_field = paragraph(run("page "), run("x").__class__(field), run(" fin"))
    assert laid(with_field, with_field).count("{") == 1
    assert laid(with_field, paragraph("page  fin")).count("]") == 1
    assert laid(paragraph("page  fin"), with_field).count("+") == 2


def it_keeps_runs_of_several_looks_apart() -> None:
    assert laid(paragraph(run("un "), run("mot", "Fort")), paragraph(run("un "), run("mot", "Fort"), run(" ici"))) == (
        "un mot+ ici+"
    )
