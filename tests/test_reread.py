"""A Word file read again: as it was printed so long as nobody has touched it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from memory import ROOT
from redrafted import pair
from worded import worded
from wordfile import PAGE, PAGES, Xml, cell, end, paragraph, properties, row, run, table, word

from cpomgen.bare import bare
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.grid import grid_of
from cpomgen.imprime import Imprime, PageField, Paragraph, Span, Table, paragraphs
from cpomgen.kind import Type
from cpomgen.package import RELATIONSHIPS, R, W, unpack
from cpomgen.pipeline import print_all
from cpomgen.problem import ProblemError
from cpomgen.reading import Reading
from cpomgen.redline import Made, redline
from cpomgen.remarque import Nature, Relu, Remarque
from cpomgen.reread import reread
from cpomgen.revision import Reviser
from cpomgen.scope import scope_of
from cpomgen.texts import paired
from cpomgen.tree import WorkTree

EXAMPLES = WorkTree(ROOT).names("contracts", ".yaml")


def made(cpom: Type, name: str) -> tuple[Imprime, bytes]:
    """Return an example as printed, and its Word file."""
    scope = scope_of(Reading(WorkTree(ROOT)).resolved(name)[0], cpom.modele, Edition.PROJET, "abcdef0123456789")
    imprime = replace(print_all(cpom, scope), title="Contrat")
    return imprime, fill(cpom.trame, cpom.modele.names, imprime, scope, f"{{{name}}}")


@pytest.mark.parametrize("name", EXAMPLES)
def it_reads_what_was_printed_in_a_file_that_nobody_has_touched(compiled: Callable[[str], Type], name: str) -> None:
    imprime, file = made(compiled(Reading(WorkTree(ROOT)).resolved(name)[0].type), name)
    found = reread(unpack(file, "contrat.docx"))
    assert found.imprime == bare(imprime)
    assert paired(bare(imprime), found.imprime).edits == ()
    assert found.remarques == ()
    assert found.donnees == f"{{{name}}}"


def read(*blocks: str, **made: Any) -> Relu:
    """Return what a Word file made of these blocks reads as."""
    return reread(unpack(word(*blocks, **made), "contrat.docx"))


def texts(found: Relu) -> list[str]:
    return [each.text for section in found.imprime.sections for each in paragraphs(section.blocks)]


def told(found: Relu) -> list[tuple[str, str]]:
    return [(each.remarque.nature.value, each.remarque.text) for each in found.remarques]


def ins(inner: str, name: str = "ins") -> Xml:
    """Return what a tracked change holds."""
    return Xml(f'<w:{name} w:id="1" w:author="Me Durand" w:date="2026-03-12T09:00:00Z">{inner}</w:{name}>')


INLINE = {
    "a line, a tab, hyphens": (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>",
        "a\nb\t\u2011\u00ad",
    ),
    "a page that ends within": ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a\nb"),
    "a page that ends before": ('<w:r><w:br w:type="page"/><w:t>b</w:t></w:r>', "b"),
    "a text that Word trims": ("<w:r><w:t> a </w:t></w:r>", "a"),
    "a sign of a font": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "[symbole F0FE de Wingdings]"),
    "a sign that all fonts have": ('<w:r><w:sym w:font="Arial" w:char="00A7"/></w:r>', "§"),
    "letters and their accents apart": ("<w:r><w:t>e\u0301</w:t></w:r>", "é"),
    "a control, a link, a tag": (
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:hyperlink><w:smartTag><w:r><w:t>a</w:t></w:r></w:smartTag></w:hyperlink>"
        "</w:sdtContent></w:sdt>"),
        "a",
    ),
    "words over others": (
        ("<w:r><w:ruby><w:rt><w:r><w:t>a</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>b</w:t></w:r></w:rubyBase></w:ruby></w:r>"),
        "ab",
    ),
    "words typed over the number of a page": (f"{PAGE}".replace(">7<", ">7 bis<"), "7 bis"),
    "a link across runs": (
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>lien</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "lien",
    ),
    "a moved text, where it goes and no longer where it was": (
        ins("<w:r><w:t>a</w:t></w:r>", "moveTo") + ins("<w:r><w:t>b</w:t></w:r>", "moveFrom"),
        "a",
    ),
    "an insertion taken out by another": (
        ins(ins("<w:r><w:delText>a</w:delText></w:r>", "del") + "<w:r><w:t>b</w:t></w:r>"),
        "b",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", INLINE)
def it_reads_a_paragraph_as_it_shows(case: str) -> None:
    xml, text = INLINE[case]
    assert texts(read(paragraph(Xml(xml)))) == [text]


def it_keeps_the_number_of_a_page_as_a_field() -> None:
    (section,) = read(paragraph("page ", Xml(PAGE), "/", Xml(PAGES))).imprime.sections
    assert section.blocks == (
        Paragraph("Corps", (Span("page "), Span("", field=PageField.PAGE), Span("/"), Span("", field=PageField.PAGES))),
    )


def it_drops_paragraphs_without_a_word() -> None:
    assert texts(read("a", paragraph(), paragraph(Xml("<w:r><w:br w:type='page'/></w:r>")), "b")) == ["a", "b"]


def it_joins_paragraphs_whose_end_is_taken_out() -> None:
    mark = f"<w:rPr>{ins('', 'del')}</w:rPr>"
    found = read(paragraph("a", form=mark), paragraph("b", style="Mention"), "c")
    assert texts(found) == ["ab", "c"]
    assert told(found) == [("suppression", "¶")]


def it_keeps_what_precedes_a_table_out_of_it() -> None:
    mark = f"<w:rPr>{ins('', 'del')}</w:rPr>"
    assert texts(read(paragraph("a", form=mark), table(row("b"), widths=[1000]))) == ["a", "b"]


def it_tells_who_inserted_and_took_out_what_and_when() -> None:
    xml = ins("<w:r><w:t>neuf</w:t></w:r>") + ins("<w:r><w:delText>vieux</w:delText></w:r>", "del")
    found = read(paragraph("Texte ", Xml(xml)))
    assert [each.remarque for each in found.remarques] == [
        Remarque(Nature.INSERTION, "neuf", "Me Durand", "2026-03-12"),
        Remarque(Nature.SUPPRESSION, "vieux", "Me Durand", "2026-03-12"),
    ]
    assert {each.paragraph for each in found.remarques} == {Paragraph("Corps", (Span("Texte neuf"),))}


def it_reads_rows_as_accepted_and_tells_of_each_once() -> None:
    rows = [row("a", "b"), row(cell(paragraph(ins("<w:r><w:t>c</w:t></w:r>"))), "d"), row("e", "f")]
    marked = [
        Xml(each.replace("<w:trPr>", f"<w:trPr>{ins('', name)}"))
        for each, name in zip(rows[1:], ("ins", "del"), strict=True)
    ]
    found = read(table(rows[0], *marked, widths=[1000, 1000]))
    assert texts(found) == ["a", "b", "c", "d"]
    assert told(found) == [("insertion", "c | d"), ("suppression", "e | f")]


def it_counts_the_rows_of_a_merged_cell_and_loses_no_word_typed_under_it() -> None:
    def merged(text: str, value: str) -> Xml:
        return Xml(cell(text).replace("</w:tcPr>", f'<w:vMerge w:val="{value}"/></w:tcPr>'))

    found = read(table(row(merged("a", "restart"), "b"), row(merged("caché", "continue"), "c"), widths=[1000, 1000]))
    (block,) = found.imprime.sections[0].blocks
    assert isinstance(block, Table)
    assert [[(cell.rowspan, len(cell.blocks)) for cell in each.cells] for each in block.rows] == [
        [(2, 2), (1, 1)],
        [(1, 1)],
    ]
    assert texts(found) == ["a", "caché", "b", "c"]


def it_gives_each_cell_a_column_whatever_the_grid_says() -> None:
    found = read(table(row("a", cell("b", span=3), "c"), row("d"), widths=[1000]))
    assert texts(found) == ["a", "b", "c", "d"]
    (block,) = found.imprime.sections[0].blocks
    assert isinstance(block, Table)
    assert grid_of(block).lines[0].text == "a | b | c"


def it_reads_tables_within_controls_and_within_cells() -> None:
    inner = table(row("b"), widths=[500])
    outer = table(
        Xml(f"<w:sdt><w:sdtContent>{row(cell('a', inner, paragraph()))}</w:sdtContent></w:sdt>"), widths=[1000]
    )
    assert texts(read(Xml(f"<w:sdt><w:sdtContent>{outer}</w:sdtContent></w:sdt>"))) == ["a", "b"]


LOOKS = {
    "<w:strike/>": "texte barré", "<w:dstrike/>": "texte barré", "<w:vanish/>": "texte masqué",
    '<w:color w:val="FFFFFF"/>': "texte écrit en blanc", '<w:sz w:val="2"/>': "texte masqué",
    '<w:highlight w:val="yellow"/>': "texte surligné", "<w:b/>": "", '<w:strike w:val="0"/>': "",
    '<w:color w:val="auto"/>': "", '<w:highlight w:val="none"/>': "",
}  # fmt: skip


@pytest.mark.parametrize("form", LOOKS)
def it_tells_of_a_look_that_changes_what_words_mean(form: str) -> None:
    found = read(paragraph(run("a", form=form)))
    assert texts(found) == ["a"]
    assert told(found) == ([(LOOKS[form], "a")] if LOOKS[form] else [])


def it_tells_of_a_number_that_word_alone_writes() -> None:
    form = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
    assert told(read(paragraph("a", form=form))) == [("numérotation automatique", "a")]


def it_reads_all_the_headers_of_a_section_and_those_of_the_one_before() -> None:
    first = Xml('<w:headerReference w:type="first" r:id="id-header2"/>')
    own = Xml(properties(header="header1").replace("<w:pgSz", f"{first}<w:pgSz"))
    found = read("a", end(own), "b", parts={"header1": "toutes", "header2": "première"})
    assert [[each.text for each in paragraphs(s.layout.header)] for s in found.imprime.sections] == [
        ["toutes", "première"]
    ] * 2


def it_names_sections_after_their_first_heading() -> None:
    heading = paragraph("Annexe", style="heading 1")
    found = read("a", end(properties()), heading, end(properties()), heading)
    assert [each.name for each in found.imprime.sections] == ["section 1", "Annexe", "Annexe (section 3)"]


def it_tells_of_files_within_the_file() -> None:
    assert told(read("a", extra={"word/embeddings/oleObject1.bin": b"x"})) == [
        ("contenu que cpomgen ne lit pas", "word/embeddings/oleObject1.bin")
    ]


def it_reads_the_data_wherever_the_last_editor_put_them() -> None:
    item = b'<contrat xmlns="urn:cpomgen:contrat">{}</contrat>'
    assert read("a", extra={"customXml/item3.xml": item}).donnees == "{}"
    assert read("a").donnees == ""


@pytest.mark.parametrize(
    ("inner", "code"), [("<w:altChunk/>", "CPOM661"), ("<w:sdt>" * 120 + "</w:sdt>" * 120, "CPOM660")]
)
def it_refuses_what_it_cannot_read_whole(inner: str, code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read(Xml(inner))
    assert [each.code for each in caught.value.problems] == [code]


def it_reads_notes_that_call_each_other_once() -> None:
    calls = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{paragraph("a", Xml(calls))}</w:footnote></w:footnotes>'
    target = f'<Relationship Id="n" Type="{R}/footnotes" Target="footnotes.xml"/>'
    relations = f'<Relationships xmlns="{RELATIONSHIPS}">{target}</Relationships>'
    parts = {"word/footnotes.xml": note.encode(), "word/_rels/document.xml.rels": relations.encode()}
    assert texts(read(paragraph("b", Xml(calls)), extra=parts)) == [
        "b[note de bas de page : a[note de bas de page : a]]"
    ]


@pytest.mark.parametrize("attribute", ['<w:gridSpan w:val="{}"/>', '<w:vMerge w:val="{}"/>', '<w:tcW w:w="{}"/>'])
@pytest.mark.parametrize("value", ["", "x", "-1", "999999999", "1.5"])
def it_reads_tables_whatever_their_measures(attribute: str, value: str) -> None:
    spoilt = Xml(
        cell("b").replace("</w:tcPr>", f"{attribute.format(value)}</w:tcPr>").replace('<w:gridSpan w:val="1"/>', "")
    )
    assert texts(read(table(row("a", spoilt), row("c"), widths=[1000]))) == ["a", "b", "c"]


def it_reads_what_is_nested_as_deep_as_it_may_be() -> None:
    deep = "<w:sdt>" * 90 + "<w:r><w:t>a</w:t></w:r>" + "</w:sdt>" * 90
    assert texts(read(paragraph(Xml(deep)))) == ["a"]


def it_reads_alike_what_word_notes_for_itself() -> None:
    noted = (
        '<w:bookmarkStart w:id="0" w:name="_Toc1"/><w:proofErr w:type="spellStart"/>'
        "<w:r><w:rPr><w:lang w:val='fr-FR'/></w:rPr><w:lastRenderedPageBreak/><w:t>Con</w:t></w:r>"
        '<w:r w:rsidR="00A1"><w:t>trat</w:t></w:r><w:proofErr w:type="spellEnd"/><w:bookmarkEnd w:id="0"/>'
    )
    assert read(paragraph(Xml(noted))) == read(paragraph("Contrat"))


def it_reads_tracked_changes_as_accepted_whatever_they_change() -> None:
    for seed in range(15):
        old, new = (Made(each, worded(each)) for each in pair(seed))
        tracked = redline(old, new, Reviser("ARS", datetime(2012, 12, 12, tzinfo=UTC)))
        found, known = reread(unpack(tracked, "suivi.docx")), reread(new.package)
        assert blocks_of(found) == blocks_of(known)


def blocks_of(found: Relu) -> list[str]:
    """Return the blocks of a file as text, a section that is left empty being none."""
    blocks = (block for section in found.imprime.sections for block in section.blocks)
    return [str(replace(each, widths=())) if isinstance(each, Table) else str(each) for each in blocks]
