"""Sizes of a Word template: what no page could hold is told before any reader is given it."""

from __future__ import annotations

import re

import pytest
from memory import problems_of
from wordfile import FILE, cell, paragraph, parts_of, row, table, word

from cpomgen.bounds import MAX_PARAGRAPHS, MAX_SIGNS
from cpomgen.package import pack, unpack
from cpomgen.word import open_template

PARTS = parts_of(word("a", table(row(cell("x"), cell("y")), widths=(1000, 1000)), parts={"header1": paragraph("h")}))
BODY = PARTS["word/document.xml"].decode()


def refusals(pattern: str, text: str) -> list[str]:
    """Return what is said of the template, what `pattern` first finds in its XML replaced."""
    changed, count = re.subn(pattern, lambda _: text, BODY, count=1, flags=re.DOTALL)
    assert count
    found = problems_of(open_template, unpack(pack(PARTS | {"word/document.xml": changed.encode()}), FILE))
    assert {(problem.code, problem.mark.file, bool(problem.remedy)) for problem in found} <= {
        ("CPOM301", FILE, True),
        ("CPOM307", FILE, True),
    }
    return [problem.message for problem in found]


@pytest.mark.parametrize("value", ["", "abc", "12.5", "-1", "99999999999", "9" * 5000, "٣", "1_0", "1e3", "NaN"])
@pytest.mark.parametrize(
    ("pattern", "new", "name"),
    [
        ('w:gridCol w:w="1000"', 'w:gridCol w:w="{}"', "gridCol, w"),
        ('w:gridSpan w:val="1"', 'w:gridSpan w:val="{}"', "gridSpan, val"),
        ('w:pgSz w:w="11906"', 'w:pgSz w:w="{}"', "pgSz, w"),
        ("<w:pgSz [^>]*/>", '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{}"/>', "pgMar, top"),
    ],
)
def it_refuses_a_measure_that_is_none(pattern: str, new: str, name: str, value: str) -> None:
    if (name, value) == ("pgMar, top", "-1"):
        return  # a header may push the text down
    assert refusals(pattern, new.format(value)) == [f"une mesure n'est pas possible ({name} : « {value[:20]} »)."]


@pytest.mark.parametrize(
    ("pattern", "new", "message"),
    [
        ("<w:pgSz [^>]*/>", '<w:pgSz w:w="9000" w:h="9000"/><w:pgMar w:left="5000" w:right="5000"/>', "pas de place"),
        ("<w:tc>.*?</w:tc>", "<w:tc/>", "une cellule n'a pas de paragraphe."),
        ("<w:tc>", "<w:tc><w:r><w:t>{% vm %}</w:t></w:r>", "hors de tout paragraphe"),
        ("<w:body>", "<w:body><w:r><w:t>perdu</w:t></w:r>", "hors de tout paragraphe"),
        (">a<", ">Zq0qZ<", "« Zq0qZ » a un sens pour cpomgen"),
        (">a<", f">Zq{'9' * 5000}qZ<", "a un sens pour cpomgen"),
        (">a<", f">{'{{' * MAX_SIGNS}<", "un paragraphe a 40000 signes"),
        ("<w:body>", "<w:body>" + "<w:p/>" * MAX_PARAGRAPHS, "ce modèle est démesuré : 10004 paragraphes."),
        ("<w:body>", f"<w:body><w:p>{'<w:drawing/>' * 101}</w:p>", "ce modèle a 101 images et dessins, 100 au plus."),
        ("<w:gridCol", '<w:gridCol w:w="1"/>' * 63 + "<w:gridCol", "plus de 63 colonnes"),
        ("<w:sectPr.*</w:sectPr>", "", "la dernière section de ce fichier Word n'a pas de mise en page"),
        ("</w:sectPr>", "</w:sectPr><w:p/>", "la dernière section de ce fichier Word n'a pas de mise en page"),
    ],
)
def it_refuses_what_no_page_could_hold(pattern: str, new: str, message: str) -> None:
    [found] = refusals(pattern, new)
    assert message in found
    assert len(found) < 200


def it_refuses_tables_without_end() -> None:
    opening = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc>'
    nested = f"<w:body>{opening * 50}<w:p/>{'</w:tc></w:tr></w:tbl><w:p/>' * 50}"
    assert refusals("<w:body>", nested) == ["plus de 5 tableaux sont placés les uns dans les autres."]


def it_names_the_part_that_is_wrong() -> None:
    header = PARTS["word/header1.xml"].replace(b">h<", b">Zq1qZ<")
    rels = PARTS["word/_rels/document.xml.rels"]
    assert header != PARTS["word/header1.xml"]
    assert b"header1" in rels
    [problem] = problems_of(open_template, unpack(pack(PARTS | {"word/header1.xml": header}), FILE))
    assert problem.mark.place == "header1"
