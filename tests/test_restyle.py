"""What LibreOffice Writer writes again beside the styles is taken out; what an author adds by hand is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from cpomgen.check import check_word
from cpomgen.package import W, pack, unpack, w
from cpomgen.restyle import Sheet, canonical_name, part_sections, restyle
from cpomgen.word import WordTemplate, open_template

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "word"
LOOK = (ROOT / "templates/cpom_type/style.typ").read_text(encoding="utf-8")
STYLES = """
<docDefaults>
  <rPrDefault><rPr><rFonts ascii="Arial" cs="Arial"/></rPr></rPrDefault>
  <pPrDefault><pPr><suppressAutoHyphens val="true"/></pPr></pPrDefault>
</docDefaults>
<style type="paragraph" default="1" styleId="Normal"><name val="Normal"/>
  <pPr><spacing line="276" lineRule="auto"/></pPr><rPr><sz val="20"/></rPr></style>
<style type="paragraph" styleId="Cellule"><name val="Cellule"/><basedOn val="Normal"/>
  <pPr><keepNext/><spacing before="20" after="40"/></pPr><rPr><b/></rPr></style>
<style type="paragraph" styleId="Puce"><name val="Puce"/><basedOn val="Normal"/>
  <pPr><numPr><numId val="4"/></numPr></pPr></style>
<style type="character" styleId="Fort"><name val="Fort"/><rPr><i/></rPr></style>
<style type="table" styleId="Base"><tblPr><tblBorders><insideH val="single" sz="4"/></tblBorders></tblPr></style>
<style type="table" styleId="Tableau"><basedOn val="Base"/>
  <tblStylePr type="firstRow"><tcPr><shd val="clear" fill="DFE7F2"/></tcPr></tblStylePr></style>
"""
NUMBERING = """
<abstractNum abstractNumId="0"><lvl ilvl="0"><pPr><ind left="397" hanging="227"/></pPr></lvl></abstractNum>
<num numId="4"><abstractNumId val="0"/></num>
"""


def part(inside: str) -> etree._Element:
    """Return a part of a Word file, its names given without their prefix."""
    named = re.sub(r" (\w+)=", r" w:\1=", re.sub(r"<(/?)(\w)", r"<\1w:\2", inside))
    return etree.fromstring(f'<w:body xmlns:w="{W}">{named}</w:body>')


def words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def cell(properties: str, style: str = "Tableau") -> str:
    """Return a table of one cell."""
    return f'<tbl><tblPr><tblStyle val="{style}"/></tblPr><tr><tc><tcPr>{properties}</tcPr></tc></tr></tbl>'


def left(inside: str) -> set[str]:
    """Return the names of what is still there of the properties of a text, once it is restyled."""
    root = part(inside)
    restyle(root, Sheet(part(STYLES), part(NUMBERING)))
    groups = [each for each in root.iter() if str(each.tag).endswith("Pr") and each.tag not in (w("tblPr"), w("numPr"))]
    return {etree.QName(child).localname for each in groups for child in each} - {"pStyle", "rStyle"}


def opened(name: str) -> WordTemplate:
    return open_template(unpack((FOLDER / name).read_bytes(), name))


def told(template: WordTemplate) -> Iterator[tuple[str, str]]:
    """Yield each paragraph of the body as it is read: the name of its style, its text."""
    for block in template.sections[0].blocks:
        for paragraph in block.iter(w("p")):
            text = "".join(found.text or "" for found in paragraph.iter(w("t")))
            yield template.style_of(paragraph, "pStyle"), text


def it_reads_a_template_that_writer_has_saved_as_the_one_that_word_has() -> None:
    assert list(told(opened("writer.docx"))) == list(told(opened("word.docx")))
    assert [check_word(opened(name), LOOK) for name in ("word.docx", "writer.docx")] == [[], []]


@pytest.mark.parametrize(
    "same",
    [
        '<p><pPr><pStyle val="Cellule"/><spacing before="20" after="40"/></pPr></p>',
        '<p><pPr><pStyle val="Cellule"/><spacing line="276" lineRule="auto" before="20"/></pPr></p>',
        '<p><pPr><pStyle val="Cellule"/><keepNext val="true"/><widowControl/><jc val="start"/></pPr></p>',
        '<p><pPr><pStyle val="Cellule"/><widowControl val="false"/></pPr></p>',
        '<p><pPr><suppressAutoHyphens/><bidi val="0"/></pPr></p>',
        '<p><pPr><pStyle val="Puce"/><numPr><ilvl val="0"/><numId val="4"/></numPr></pPr></p>',
        '<p><pPr><pStyle val="Puce"/><ind left="397" hanging="227"/></pPr></p>',
        '<p><pPr><rPr><sz val="60"/></rPr></pPr></p>',
        '<p><r><rPr><rFonts cs="Arial"/><kern val="0"/><sz val="20"/></rPr></r></p>',
        '<p><pPr><pStyle val="Cellule"/></pPr><r><rPr><b val="true"/></rPr></r></p>',
        '<p><r><rPr><rStyle val="Fort"/><i/></rPr></r></p>',
        cell('<tcBorders><top val="single" sz="4"/></tcBorders>'),
        cell('<tcBorders><right val="nil"/></tcBorders>'),
        cell('<shd val="clear" fill="DFE7F2"/><vAlign val="top"/>'),
    ],
)  # fmt: skip
def it_takes_out_what_a_style_says_already(same: str) -> None:
    assert left(same) == set()


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ('<p><pPr><pStyle val="Cellule"/><spacing before="20" after="90"/></pPr></p>', "spacing"),
        ('<p><pPr><jc val="center"/></pPr></p>', "jc"),
        ('<p><pPr><pStyle val="Cellule"/><keepNext val="false"/></pPr></p>', "keepNext"),
        ('<p><pPr><pStyle val="Inconnu"/><keepNext/></pPr></p>', "keepNext"),
        ('<p><pPr><numPr><ilvl val="0"/><numId val="4"/></numPr></pPr></p>', "numPr"),
        ('<p><pPr><pStyle val="Puce"/><numPr><numId val="5"/></numPr></pPr></p>', "numPr"),
        ("<p><r><rPr><b/></rPr></r></p>", "b"),
        ('<p><r><rPr><rFonts ascii="Comic"/></rPr></r></p>', "rFonts"),
        ('<p><r><rPr><color val="FF0000"/></rPr></r></p>', "color"),
        (cell('<shd val="clear" fill="FF0000"/>'), "shd"),
        (cell('<shd val="clear" fill="DFE7F2"/>', "Inconnu"), "shd"),
        (cell('<tcBorders><left val="single" sz="4"/></tcBorders>'), "tcBorders"),
    ],
)  # fmt: skip
def it_leaves_what_no_style_says(other: str, name: str) -> None:
    assert name in left(other)


def it_writes_switches_of_rows_as_word_does() -> None:
    root = part('<tr><trPr><cantSplit val="true"/><tblHeader val="false"/></trPr></tr>')
    restyle(root, Sheet(part(STYLES), None))
    found = root.find(f"{w('tr')}/{w('trPr')}")
    assert found is not None
    assert [(child.tag, dict(child.attrib)) for child in found] == [(w("cantSplit"), {})]


def it_gives_the_end_of_a_section_a_paragraph_of_its_own() -> None:
    root = part("<p><pPr><sectPr/></pPr><r><t>{%p endfor %}</t></r></p><p><pPr><sectPr/></pPr></p><sectPr/>")
    part_sections(root, "Fin")
    first, own, empty, last = root
    assert words(first) == "{%p endfor %}"
    assert list(first.iter(w("sectPr"))) == []
    assert [etree.QName(each).localname for each in own.iter()] == ["p", "pPr", "pStyle", "sectPr"]
    assert [etree.QName(each).localname for each in empty.iter()] == ["p", "pPr", "sectPr"]
    assert last.tag == w("sectPr")


def it_keeps_each_section_of_a_template_that_writer_has_saved(tmp_path: Path) -> None:
    parts = dict(unpack((ROOT / "templates/cpom_type/contrat.docx").read_bytes(), "contrat.docx").parts)
    body = etree.fromstring(parts["word/document.xml"])
    for properties in list(body.iter(w("sectPr"))):
        paragraph = next(properties.iterancestors(w("p")), None)
        if paragraph is not None and (before := paragraph.getprevious()) is not None and before.tag == w("p"):
            before.find(w("pPr")).append(properties)  # type: ignore[union-attr]
            paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]
    parts["word/document.xml"] = etree.tostring(body)
    path = tmp_path / "contrat.docx"
    path.write_bytes(pack(parts))
    template = open_template(unpack(path.read_bytes(), "contrat.docx"))
    assert [words(section.blocks[-1]) for section in template.sections[:-1]] == [""] * 6


def it_stops_at_styles_based_on_each_other() -> None:
    circle = part('<style styleId="A"><basedOn val="B"/></style><style styleId="B"><basedOn val="A"/></style>')
    assert len(Sheet(circle, None).chain("A")) == 2


@pytest.mark.parametrize(
    ("saved", "name"),
    [("Heading 1", "heading 1"), ("Header", "header"), ("footer", "footer"), ("Corps", "Corps")],
)  # fmt: skip
def it_names_styles_of_word_as_word_does(saved: str, name: str) -> None:
    assert canonical_name(saved) == name
