"""The text that Typst reads: everything that comes from a contract stays within string literals."""

from __future__ import annotations

from dataclasses import replace

from sample import LANDSCAPE, PORTRAIT, cell, contract, group, head, objectives, paragraph

from cpomgen.compose import Attachment, compose
from cpomgen.imprime import Block, Cell, Image, Imprime, PageField, Paragraph, Row, Section, Span, Table


def composed(*blocks: Block) -> str:
    return section(Imprime("Essai", (Section("socle", PORTRAIT, blocks),)))


def section(imprime: Imprime) -> str:
    """Return the file of the body of the only section."""
    (text,) = (text for name, text in compose(imprime).items() if name.startswith("section"))
    return text


def it_writes_text_as_a_string_literal() -> None:
    assert 'P("Corps", "#x \\\\ \\"y\\" $z$\\u{7}")' in composed(paragraph("Corps", '#x \\ "y" $z$\x07'))


def it_writes_a_line_break_between_literals() -> None:
    assert 'P("Corps", "a", BREAK, "b")' in composed(paragraph("Corps", "a\nb"))


def it_puts_a_span_under_its_character_style() -> None:
    words = Paragraph("Corps", (Span("le "), Span("promoteur", "Terme"), Span("")))
    assert 'P("Corps", "le ", C("Terme", "promoteur"))' in composed(words)


def it_leaves_page_numbers_to_the_page() -> None:
    footer = Paragraph("footer", (Span("", field=PageField.PAGE), Span("/"), Span("", field=PageField.PAGES)))
    assert 'P("footer", PAGE, "/", PAGES)' in composed(footer)


def it_asks_for_numbers_of_pages_where_a_footer_tells_them() -> None:
    footer = Paragraph("footer", (Span("page "), Span("", field=PageField.PAGE)))
    layout = replace(PORTRAIT, header=(paragraph("header", "a"),), footer=(footer,))
    made = compose(Imprime("Essai", (Section("a", layout, (paragraph("Corps", "b"),)),)))
    (edges,) = (text for name, text in made.items() if name.startswith("edges"))
    assert ', {P("header", "a")}, (PAGE, PAGES) => {P("footer", "page ", PAGE)})' in edges


def it_names_a_picture_with_its_size_and_the_words_that_stand_for_it() -> None:
    image = Image("0f.png", 720_000, 12_700, 'Le "logo"', b"")
    text = composed(Paragraph("Corps", (Span("a "), Span("", image=image))))
    assert 'P("Corps", "a ", IMAGE("0f.png", 56.692913pt, 1.000000pt, "Le \\"logo\\""))' in text


def it_measures_a_row_that_a_picture_may_make_too_tall() -> None:
    def sure(height: int) -> bool:
        picture = Cell((Paragraph("Cellule", (Span("", image=Image("0f.png", 12_700, height, "a", b"")),)),))
        return ", true, X(" in composed(Table("Tableau", (100,), (Row((picture,)),)))

    assert sure(12_700 * 300)
    assert not sure(12_700 * 800)


def it_opens_a_page_with_each_title_but_the_first() -> None:
    text = composed(paragraph("Corps", "a"), *(paragraph("heading 1", each) for each in "bc"))
    assert '{\nP("Corps", "a")\nP("heading 1", "b")\n}, {P("heading 1", "c")})' in text
    assert '{\nP("heading 1", "a")\nP("heading 2", "b")\n})' in composed(
        paragraph("heading 1", "a"), paragraph("heading 1", ""), paragraph("heading 2", "b")
    )


def it_makes_one_list_of_neighbouring_items() -> None:
    text = composed(*(paragraph("Corps puce", each) for each in "ab"), paragraph("Corps", "c"))
    assert 'L("Corps puce", ("a",), ("b",), )\nP("Corps", "c")' in text


def it_makes_two_lists_of_items_of_two_styles() -> None:
    text = composed(paragraph("Corps puce", "a"), paragraph("Partie puce", "b"))
    assert text.count("L(") == 2


def it_keeps_a_paragraph_with_what_it_announces() -> None:
    assert 'KEEP(P("Corps", "Soit : "))' in composed(paragraph("Corps", "Soit : "), paragraph("Corps puce", "a"))
    assert "KEEP" not in composed(paragraph("Corps", f"{'mot ' * 90}:"))


def it_leaves_empty_paragraphs_out() -> None:
    assert "Fin de section" not in composed(paragraph("Fin de section", ""))


def it_cuts_a_word_that_no_column_is_wide_enough_for() -> None:
    text = composed(paragraph("Corps", "voir https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006072665 ici"))
    assert '"voir ", "https://www.", JOINT, "legifrance.", JOINT, "gouv.fr/", JOINT' in text
    assert "JOINT" not in composed(paragraph("Corps", "anticonstitutionnellement " * 3))


def it_shares_the_width_of_the_page_between_columns() -> None:
    rows = (head("a", "b"), Row((cell("c"), cell("d"))))
    assert 'T("Tableau", (120.475pt, 361.425pt, ), ' in composed(Table("Tableau", (100, 300), rows))


def it_names_a_merged_cell_and_the_row_where_it_ends() -> None:
    text = section(Imprime("Essai", (Section("a", LANDSCAPE, (objectives(group("Objectif", ("x", "y", "z"))),)),)))
    assert 'rowspan: 3, again: ("section-e8b7be43-0-0-0-1.0", {P("Cellule titre", "Objectif (suite)")' in text
    assert text.count('R(("section-e8b7be43-0-0-0-1.0", ), true, X(1') == 1


def it_says_where_the_totals_are() -> None:
    rows = (head("a"), Row((cell("b"),)), Row((cell("c", "Cellule total"),)))
    assert "totals: ((0, 2), )" in composed(Table("Tableau", (100,), rows))


def it_attaches_a_text() -> None:
    attachment = Attachment("contrat.json", '{"a": "é"}', "application/json", "Données")
    found = compose(contract(), attachment)
    assert '#pdf.attach("contrat.json", read("contrat.json", encoding: none), relationship: "data"' in found["main.typ"]
    assert found["contrat.json"] == attachment.text


def it_is_the_same_text_for_the_same_document() -> None:
    assert compose(contract()) == compose(contract())


def it_gives_a_section_the_same_file_in_each_document_that_has_it() -> None:
    whole = compose(contract())
    alone = compose(contract().slice("Annexe 1", ("annexe-1",)))
    assert {name: text for name, text in alone.items() if name != "main.typ"}.items() <= whole.items()


def it_tells_sections_of_one_name_apart() -> None:
    same = Section("annexe", PORTRAIT, (paragraph("Corps", "a"),))
    assert len(compose(Imprime("Essai", (same, same)))) == 5


def it_keeps_the_header_and_the_footer_of_a_section_out_of_its_file() -> None:
    layout = replace(PORTRAIT, header=(paragraph("header", "v0 (1a2b3c4d)"),), footer=())
    found = compose(Imprime("Essai", (Section("socle", layout, (paragraph("Corps", "a"),)),)))
    assert [name.partition("-")[0] for name, text in found.items() if "1a2b3c4d" in text] == ["edges"]
