"""Word templates compiled: what nests in what, and each fault of a template told at its place, in French."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from memory import compiled, printed, problems_of
from wordfile import PAGE, PAGES, Xml, cell, end, paragraph, properties, read_word, row, run, table

from cpomgen.imprime import PageField, Span
from cpomgen.patron import Choice, Column, Graft, Loop, ParagraphPattern, Patron, TablePattern, Value


def block(patron: Patron, number: int = 0) -> Any:
    return patron.sections[0].blocks[number]


def it_keeps_words_values_and_page_numbers_under_their_character_styles() -> None:
    patron = compiled(paragraph(run("le "), run("{{ nom }}", "Fort"), run(", page "), Xml(PAGE), Xml(PAGES)))
    words, value, comma, page, pages = block(patron).inlines
    assert (words, comma) == (Span("le "), Span(", page "))
    assert isinstance(value, Value)
    assert (value.expression.text, value.style) == ("nom", "Fort")
    assert (page, pages) == (Span("", field=PageField.PAGE), Span("", field=PageField.PAGES))


def it_keeps_spaces_and_line_breaks_as_typed() -> None:
    broken = Xml('<w:r><w:t xml:space="preserve">a\u00a0: b\u202f;</w:t><w:br/><w:t>« c »</w:t></w:r>')
    assert block(compiled(paragraph(broken))).inlines == (Span("a\u00a0: b\u202f;\n« c »"),)


@pytest.mark.parametrize("text", ["\"droits\" -- ... 'ici'", "*a* _b_ [c](d) # e", "1. un", "<b>", "100 %", "a~b^c"])
def it_reads_nothing_into_static_text(text: str) -> None:
    assert block(compiled(text)).inlines == (Span(text),)


def it_knows_the_list_style_of_a_paragraph_alone_with_its_value() -> None:
    patron = compiled("{{ texte }}", paragraph("{{ texte }}", style="Cellule"), "Texte : {{ texte }}")
    first, second, third = patron.sections[0].blocks
    assert (first.list_style, second.list_style) == ("Corps puce", "")
    assert (first.alone is not None, third.alone) == (True, None)


def it_nests_loops_and_conditions_over_paragraphs() -> None:
    patron = compiled(
        "{%p for a in liste %}", "{%p if a.b %}", "un", "{%p elif a.c %}", "deux", "{%p else %}", "{%p for d in a.e %}",
        "trois", "{%p endfor %}", "{%p endif %}", "{%p endfor %}", "fin",
    )  # fmt: skip
    loop, last = patron.sections[0].blocks
    assert isinstance(loop, Loop)
    assert (loop.name, loop.iterable.text) == ("a", "liste")
    [choice] = loop.body
    assert isinstance(choice, Choice)
    assert [condition.text if condition else None for condition, _ in choice.branches] == ["a.b", "a.c", None]
    [inner] = choice.branches[2][1]
    assert isinstance(inner, Loop)
    assert isinstance(last, ParagraphPattern)


def it_nests_loops_and_conditions_within_a_paragraph() -> None:
    [loop] = block(
        compiled("{% for a in liste %}{% if loop.last %} et {% else %}, {% endif %}{{ a }}{% endfor %}")
    ).inlines
    assert isinstance(loop, Loop)
    choice, value = loop.body
    assert [body for _, body in choice.branches] == [(Span(" et "),), (Span(", "),)]
    assert isinstance(value, Value)


def it_nests_loops_over_rows_and_cells_with_merged_cells() -> None:
    found = block(
        compiled(
            table(
                row("Source", "{%tc for e in exercices %}", "{{ e }}", "{%tc endfor %}", "Total", header=True),
                row("{%tr for s in sources %}", "", "", "", ""),
                row("{% vm %}{{ s.nom }}", "{%tc for e in exercices %}", "{{ s.m[e] }}", "{%tc endfor %}", "{{ s }}"),
                row("{%tr endfor %}", "", "", "", ""),
                widths=(300, 10, 500, 20, 100),
            )
        )
    )
    assert isinstance(found, TablePattern)
    head, loop = found.rows
    assert (found.style, getattr(head, "header", False), type(loop)) == ("Tableau", True, Loop)
    [body] = loop.body  # type: ignore[union-attr]
    assert [getattr(each, "merged", None) for each in body.cells] == [True, None, False]
    first, columns, last = found.columns
    assert (first, last) == (Column(300), Column(100))
    assert columns.body == (Column(530),)


def it_keeps_the_spans_of_cells() -> None:
    found = block(compiled(table(row(cell("a", span=2), "b"), row("c", "d", "e"), widths=(1, 2, 3))))
    assert [[each.colspan for each in line.cells] for line in found.rows] == [[2, 1], [1, 1, 1]]


def it_keeps_several_paragraphs_and_loops_in_a_cell() -> None:
    inner = [paragraph(text, style="Cellule") for text in ("a", "{%p for b in liste %}", "{{ b }}", "{%p endfor %}")]
    [first, loop] = block(compiled(table(row(cell(*inner)), widths=(9,)))).rows[0].cells[0].blocks
    assert isinstance(first, ParagraphPattern)
    assert isinstance(loop, Loop)


def it_gives_each_section_its_header_and_footer() -> None:
    patron = compiled(
        "un", end(properties(header="header1")), "deux", last=properties(footer="footer1"),
        parts={"header1": "{{ edition.mention }}", "footer1": paragraph(Xml(PAGE), style="footer")},
    )  # fmt: skip
    assert [[len(part) for part in (s.blocks, s.header, s.footer)] for s in patron.sections] == [[2, 1, 0], [1, 1, 1]]


FAULTS = (
    ("{%p for a in liste %}", "la boucle « for a in liste » est incomplète (for … in …, puis endfor au même niveau)."),
    ("{%p if a %}", "la condition « if a » n'est pas fermée par un endif au même niveau."),
    ("{%p endfor %}", "« endfor » ne ferme aucune balise ouverte au même niveau (un paragraphe)."),
    ("{%p else %}", "« else » ne ferme aucune balise ouverte au même niveau (un paragraphe)."),
    ("a {% endif %}", "« endif » ne ferme aucune balise ouverte au même niveau (un texte)."),
    ("{% if a %}b", "la condition « if a » n'est pas fermée par un endif au même niveau."),
    ("{% for a in b %}", "la boucle « for a in b » est incomplète (for … in …, puis endfor au même niveau)."),
    ("{% for a, b in c %}{% endfor %}", "la boucle « for a, b in c » est incomplète"),
    ("texte {%p if a %}", "la balise « if » doit être seule dans son paragraphe, sa ligne ou sa cellule."),
    ("{%p if a %}{%p endif %}", "la balise « if » doit être seule dans son paragraphe, sa ligne ou sa cellule."),
    ("{%tr if a %}", "la balise « tr if » doit être seule dans une ligne de tableau."),
    ("{%tc for a in b %}", "la balise « tc for » doit être seule dans une cellule."),
    ("texte {{p a }}", "la balise « {{p … }} » doit être seule dans son paragraphe, sa ligne ou sa cellule."),
    ("{{p a() }}", "« a() » : Call n'est pas admis dans un modèle."),
    ("{{ nom", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("nom }}", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("{# note #}", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("{%- if a -%}", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("{% set a = 1 %}", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("{% include 'x' %}", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("{% raw %}", "une balise est mal fermée ou inconnue dans ce paragraphe."),
    ("{{ }}", "«  » n'est pas complet."),
    ("{{ nom | inconnu }}", "« nom | inconnu » : le filtre « inconnu » n'existe pas"),
    ("{{ nom() }}", "« nom() » : Call n'est pas admis dans un modèle."),
    ("{{ nom.__class__() }}", "« nom.__class__() » : Call n'est pas admis dans un modèle."),
    ("{{ annee + 1 }}", "« annee + 1 » : Add n'est pas admis dans un modèle."),
    ("{% if a = b %}c{% endif %}", "« a = b » n'est pas complet."),
    ("{{ nom is inconnu }}", "« nom is inconnu » n'est pas admis"),
)


@pytest.mark.parametrize(("text", "message"), FAULTS)
def it_tells_each_fault_of_a_template_at_its_place(text: str, message: str) -> None:
    [problem] = problems_of(compiled, "premier", text)
    shown = text.replace("  ", " ")
    assert (problem.code, problem.remedy) == ("CPOM303", "corrigez-le dans Word.")
    assert str(problem.mark) == f"templates/essai/gabarit.docx (section 1, paragraphe 2 : « {shown} »)"
    assert problem.message.startswith(message)


def it_puts_a_citation_in_the_place_of_its_paragraph() -> None:
    [section] = compiled("{%p if a %}", "{{p a.texte }}", "{%p endif %}").sections
    [choice] = section.blocks
    [(_, [graft])] = choice.branches
    assert (type(graft), graft.expression.text) == (Graft, "a.texte")
    assert graft.place == "section 1, paragraphe 2 : « {{p a.texte }} »"


@pytest.mark.parametrize(
    "template",
    [
        lambda: compiled(table(row(cell("{{p a }}")), widths=[1000])),
        lambda: compiled("a", last=properties(header="header1"), parts={"header1": "{{p a }}"}),
    ],
)
def it_quotes_in_the_body_alone_and_out_of_tables(template: Callable[[], Any]) -> None:
    [problem] = problems_of(template)
    message = "une citation se place dans le corps du document, hors des tableaux."
    assert (problem.code, problem.message) == ("CPOM303", message)


def it_tells_where_a_loop_was_opened_when_it_is_never_closed() -> None:
    [problem] = problems_of(compiled, "{%p for a in liste %}", "un", "deux")
    assert problem.mark.place == "section 1, paragraphe 1 : « {%p for a in liste %} »"


@pytest.mark.parametrize(
    "texts",
    [
        ["{%p if a = b %}", "un", "{%p endif %}", "deux"],
        ["{%p for a in b c %}", "un", "{%p endfor %}", "deux"],
        ["{%p endif %}", "un", "deux"],
    ],
)
def it_tells_what_is_wrong_where_it_stands_not_where_it_was_noticed(texts: list[str]) -> None:
    [problem] = problems_of(compiled, *texts)
    assert problem.mark.place == f"section 1, paragraphe 1 : « {texts[0]} »"


def it_does_not_let_a_loop_run_from_one_section_into_the_next() -> None:
    [problem] = problems_of(compiled, "{%p for a in liste %}", end(properties()), "un", "{%p endfor %}")
    assert "incomplète" in problem.message


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row("{%tr for a in b %}", ""), row("c", "d")], "la boucle « for a in b » est incomplète"),
        ([row("{%tr for a in b %}", "texte"), row("{%tr endfor %}", "")], "doit être seule"),
        ([row("{%tc for a in b %}", "c")], "la boucle « for a in b » est incomplète"),
        ([row("{%tc for a in b %}texte", "c", "{%tc endfor %}")], "doit être seule"),
        ([row(cell("{%tc for a in b %}", "texte"), "c", "{%tc endfor %}")], "doit être seule"),
        ([row("texte", "{%tr for a in b %}"), row("{%tr endfor %}", "")], "doit être seule"),
        ([row("{%tr if a = b %}", ""), row("c", "d"), row("{%tr endif %}", "")], "« a = b » n'est pas complet."),
    ],
)
def it_tells_faults_of_rows_and_cells(rows: list[str], message: str) -> None:
    [problem] = problems_of(compiled, table(*rows, widths=(100, 100, 100)[: rows[0].count("<w:tc>")]))
    assert message in problem.message
    assert problem.mark.place.startswith("section 1, paragraphe ")


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        ("<w:r><w:rPr><w:b/></w:rPr><w:t>gras</w:t></w:r>", "Strong"),
        ("<w:r><w:rPr><w:i/></w:rPr><w:t>italique</w:t></w:r>", "Emph"),
        ('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>er</w:t></w:r>', "Superscript"),
        ('<w:hyperlink w:anchor="a"><w:r><w:t>lien</w:t></w:r></w:hyperlink>', "Link"),
    ],
)
def it_refuses_direct_formatting(xml: str, kind: str) -> None:
    [problem] = problems_of(compiled, paragraph(Xml(xml)))
    assert problem.message == f"une mise en forme directe ou un objet n'est pas pris en charge ({kind})."


TEXT = "le {{ a | le('f') }}{% if c %} et {% for d in e %}{{ d }}, {% endfor %}{% endif %}fin"
SCOPE = {"a": "agence", "c": "oui", "e": ["y", "z"]}


@settings(max_examples=5, phases=[Phase.generate])
@given(st.lists(st.lists(st.integers(0, len(TEXT)), max_size=20), min_size=20, max_size=20))
def it_reads_the_same_however_word_has_split_runs(cuts: list[list[int]]) -> None:
    every = [paragraph(*pieces(set(each))) for each in [[], *cuts, list(range(len(TEXT)))]]
    first, *others = compiled(*every).sections[0].blocks
    assert {each.inlines for each in others} == {first.inlines}
    _, word = printed(SCOPE, *every)
    assert read_word(word) == ["Corps: le l’agence et y, z, fin"] * len(every)


def pieces(cuts: set[int]) -> list[Xml]:
    """Return TEXT in runs cut at these places."""
    return [run(TEXT[start:end]) for start, end in pairwise(sorted({0, len(TEXT), *cuts}))]


LOOPED = row("{%tr for s in sources %}", "", "", "")
CLOSED = row("{%tr endfor %}", "", "", "")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            (LOOPED, row("a", "{%tc for e in exercices %}", "{% vm %}{{ e }}", "{%tc endfor %}"), CLOSED),
            "dans une colonne répétée",
        ),
        ((LOOPED, row("{% vm %}a", "b", "c", "d"), row("e", "f", "g", "h"), CLOSED), "qu'une ligne"),
        (
            (
                LOOPED,
                row("{%tr if s %}", "", "", ""),
                row("{% vm %}a", "b", "c", "d"),
                row("{%tr endif %}", "", "", ""),
                CLOSED,
            ),
            "qu'une ligne",
        ),
    ],
)
def it_refuses_merged_cells_that_word_would_merge_otherwise(rows: tuple[Any, ...], words: str) -> None:
    [problem] = problems_of(compiled, table(*rows, widths=(1, 1, 1, 1)))
    assert problem.code == "CPOM303"
    assert words in problem.message


def it_refuses_a_table_without_widths() -> None:
    [problem] = problems_of(compiled, table(row("a"), widths=()))
    assert "largeurs de colonnes" in problem.message


@pytest.mark.parametrize(
    "blocks",
    [
        ["{%p if nom %}"] * 2000 + ["x"] + ["{%p endif %}"] * 2000,
        ["{% if nom %}" * 300 + "x" + "{% endif %}" * 300],
        ["{%p for a in liste %}"] * 40 + ["x"] + ["{%p endfor %}"] * 40,
    ],
)
def it_refuses_conditions_and_loops_without_end(blocks: list[str]) -> None:
    [problem] = problems_of(compiled, *blocks)
    assert "plus de 30 boucles et conditions" in problem.message
    assert problem.mark.place
