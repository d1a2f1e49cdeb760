"""Quoted blocks in Word: as the template would have written them, whatever their words."""

from __future__ import annotations

import pytest
from memory import both, problems_of
from picture import png
from sample import cell, head, paragraph
from test_laws import as_word, read_word
from wordfile import opened, parts_of

from cpomgen.citation import Citation
from cpomgen.contrat import Fiche, Liste
from cpomgen.imprime import Block, Cell, Image, PageField, Paragraph, Row, Span, Table
from cpomgen.quoted import quoted
from cpomgen.word import WordTemplate

WIDTHS = (3000, 3000, 3638)
STYLES = (
    "Normal",
    "Corps",
    "Corps puce",
    "Cellule",
    "Cellule puce",
    "Cellule entête",
    "Cellule total",
    "Fin de section",
)
IDS = {("paragraph", "Corps"): "Corps", ("table", "Tableau"): "T", ("paragraph", "Cellule"): "C"}


def template(*blocks: str) -> WordTemplate:
    return opened(*blocks, styles=STYLES)


def alike(*blocks: Block) -> str:
    """Return the XML of a document that quotes blocks, once it is sure to read as printed."""
    imprime, word = both(template("avant", "{{p c }}", "après"), {"c": Citation(blocks)})
    assert read_word(word) == as_word(imprime)
    assert imprime.sections[0].blocks[1:-1] == blocks
    return parts_of(word)["word/document.xml"].decode()


@pytest.mark.parametrize("text", ["<w:p>&amp;</w:p>", "{{ nom }} {% if %}", "a\nb", " a  b ", "«\u00a0x\u00a0» “y”"])
def it_writes_words_as_they_are(text: str) -> None:
    alike(Paragraph("Corps", (Span(text), Span("fort", "Fort"), Span(text, "Terme"))))


def it_writes_lists_under_their_style() -> None:
    alike(paragraph("Corps puce", "un"), paragraph("Corps puce", "deux"))


def it_writes_tables_with_headers_merged_cells_and_totals() -> None:
    rows = (
        head("a", "b", "c"),
        Row((cell("sur deux lignes", rowspan=2), cell("un\n- deux\n- trois"), cell("d"))),
        Row((cell("sur deux colonnes", colspan=2),)),
        Row((cell("Total", "Cellule total", colspan=2), Cell(()))),
    )
    xml = alike(Table("Tableau", WIDTHS, rows))
    assert xml.count("<w:cantSplit/>") == len(rows)
    assert xml.count("<w:tblHeader/>") == 1
    assert 'w:val="0660" w:firstRow="1" w:lastRow="1"' in xml


def it_gives_rows_quoted_alone_no_look_of_a_header() -> None:
    xml = alike(Table("Tableau", WIDTHS, (Row((cell("a"), cell("b"), cell("c"))),)))
    assert 'w:val="0600" w:firstRow="0" w:lastRow="0"' in xml


def it_parts_tables_that_word_would_make_one() -> None:
    table = Table("Tableau", WIDTHS, (Row((cell("a"), cell("b"), cell("c"))),))
    xml = alike(table, table)
    assert '</w:tbl><w:p><w:pPr><w:pStyle w:val="Findesection"/></w:pPr></w:p><w:tbl>' in xml


def it_leaves_a_picture_as_its_words() -> None:
    image = Image("logo.png", 360_000, 360_000, "logo <de> l’agence", png())
    xml = alike(Paragraph("Corps", (Span("avant "), Span("", image=image))))
    assert "[image : logo &lt;de&gt; l’agence]" in xml


def it_writes_numbers_of_the_page_as_fields() -> None:
    xml = quoted(Citation((Paragraph("Corps", (Span("", field=PageField.PAGE),)),)), 9638, IDS)
    assert "<w:instrText>PAGE</w:instrText>" in xml


def it_ends_a_cell_with_a_paragraph_as_word_asks() -> None:
    inner = Table("Tableau", (9638,), (Row((cell("a"),)),))
    xml = quoted(Citation((Table("Tableau", (9638,), (Row((Cell((inner,)),)),)),)), 9638, IDS)
    assert '</w:tbl><w:p><w:pPr><w:pStyle w:val="C"/></w:pPr></w:p></w:tc>' in xml


def it_tells_a_style_that_the_template_lacks() -> None:
    [problem] = problems_of(both, template("{{p c }}"), {"c": Citation((paragraph("Détail", "a"),))})
    assert problem.code == "CPOM306"
    assert "le style « Détail » du texte cité n'existe pas dans ce gabarit" in problem.message


@pytest.mark.parametrize("value", ["texte", 3, (), None])
def it_prints_nothing_else_by_the_tag_of_citations(value: object) -> None:
    [problem] = problems_of(both, template("Avant", "{{p c }}"), {"c": value})
    assert problem.code == "CPOM304"
    assert problem.message == "« c » n'est pas une citation, et cette balise n'imprime qu'elles."
    assert "paragraphe 2" in str(problem.mark)


def it_prints_no_citation_as_a_text() -> None:
    [problem] = problems_of(both, template("{{ c }}"), {"c": Citation(())})
    assert (problem.code, problem.message) == ("CPOM304", "une valeur de type Citation ne s'imprime pas.")


def it_reads_no_filter_of_its_own_in_a_template() -> None:
    [problem] = problems_of(both, template("{{ c | cite(3) }}"), {"c": Citation(())})
    assert "le filtre « cite » n'existe pas" in problem.message


def it_repeats_a_citation_in_loops_and_conditions() -> None:
    blocks = ("{%p for c in liste %}", "{%p if c.vue %}", "{{p c.texte }}", "{%p endif %}", "{%p endfor %}")
    cited = Citation((paragraph("Corps", "cité"),))
    found = (Fiche({"vue": seen, "texte": cited}, "") for seen in (True, False, True))
    imprime, word = both(template(*blocks), {"liste": Liste(found)})
    assert read_word(word) == as_word(imprime)
    assert [each.text for each in imprime.sections[0].blocks if isinstance(each, Paragraph)] == ["cité", "cité"]
