"""What a template prints of a contract, on both outputs at once: the Imprime, and the Word file read back beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from memory import both, compiled, contract_of, printed, problems_of, schema_of, scope_of
from wordfile import PAGE, Xml, cell, end, opened, paragraph, properties, read_imprime, read_word, row, run, table

from cpomgen.contrat import Contrat
from cpomgen.filters import STEPS, Numbers
from cpomgen.imprime import PageField, Paragraph, Span, Table, paragraphs
from cpomgen.print import print_contract

SCHEMA = """
nom: {type: ligne}
texte: {type: texte}
absent: {type: ligne}
duree: {type: dict, schema: {d: {type: date, meta: {role: date_effet}}, f: {type: date, meta: {role: date_fin}}}}
sources:
  type: list
  schema:
    type: dict
    schema:
      id: {type: code}
      nom: {type: ligne}
      actions: {type: list, schema: {type: ligne}}
      montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}}
"""
CONTRACT = """
nom: Soins & appui <c>
texte: |
  Un paragraphe
  sur deux lignes.

  - puce un
  - puce deux

  La fin.
duree: {d: 2012-01-01, f: YEAR-12-31}
sources:
  - {id: fir, nom: FIR, actions: [a, b], montants: {2012: 10}}
  - {id: etat, nom: État, montants: {2012: 5.5}}
  - {id: ville, nom: Ville, actions: [c]}
"""


def contrat(year: int = 2013) -> Contrat:
    return contract_of(schema_of(SCHEMA), CONTRACT.replace("YEAR", str(year)))


def read(*blocks: str, year: int = 2013) -> list[Any]:
    """Return what a template prints of the contract, once both outputs are seen to agree on it."""
    imprime, word = printed(scope_of(contrat(year)), *blocks)
    found = read_imprime(imprime.sections[0].blocks)
    assert read_word(word) == found
    return found


def refusal(*blocks: str, scope: Mapping[str, Any] | None = None) -> str:
    values = {"numeros": Numbers(), **(scope or scope_of(contrat()))}
    [problem] = problems_of(print_contract, compiled(*blocks), ["tout"], values)
    assert (problem.code, problem.remedy) == ("CPOM304", "corrigez le modèle dans Word.")
    assert problem.mark.file == "templates/essai/gabarit.docx"
    return f"{problem.mark.place} | {problem.message}"


def it_prints_values_as_typed_whatever_their_signs() -> None:
    assert read("nom : {{ nom }}.", "{{ nom }}") == ["Corps: nom : Soins & appui <c>.", "Corps: Soins & appui <c>"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7 }} {% raw %} {%p endfor %} }} %} {# x #}",
        "<w:p/> &amp; &#65; ]]> <![CDATA[",
        "@@section@@ <w:tblGrid/> Zq0qZ {{ alinea.texte }}",
        "#x $y$ *z* `w` \\n \\u0041 https://a.fr/?b=c&d",
        "a\u00a0b\u202fc 'd' \"e\"",
    ],
)
def it_never_reads_a_value_as_anything_but_text(text: str) -> None:
    scope = {"valeur": text, "liste": [text]}
    blocks = ["{{ valeur }}", "a {{ valeur }}", "{%p for v in liste %}", "{{ v }}", "{%p endfor %}"]
    imprime, word = printed(scope, *blocks, table(row("{{ valeur }}"), widths=(9,)))
    found = read_imprime(imprime.sections[0].blocks)
    assert found[:3] == [f"Corps: {text}", f"Corps: a {text}", f"Corps: {text}"]
    assert read_word(word) == found


def it_clones_the_paragraph_of_a_long_text_with_its_lists() -> None:
    assert read("{{ texte }}") == [
        "Corps: Un paragraphe sur deux lignes.",
        "Corpspuce: puce un",
        "Corpspuce: puce deux",
        "Corps: La fin.",
    ]


def it_keeps_the_character_style_of_a_long_text() -> None:
    imprime, _ = printed(scope_of(contrat()), paragraph(run("{{ texte }}", "Fort")))
    assert {
        span.style for each in imprime.sections[0].blocks if isinstance(each, Paragraph) for span in each.spans
    } == {"Fort"}


def it_clones_a_long_text_in_a_cell_and_in_a_loop() -> None:
    [found] = read(table(row(cell(paragraph("{{ texte }}", style="Corps"))), widths=(9,)))
    assert len(found["rows"][0][0][0]) == 4


def it_refuses_a_list_where_the_template_has_no_style_for_it() -> None:
    assert refusal(paragraph("{{ texte }}", style="Cellule")) == (
        "section 1, paragraphe 1 : « {{ texte }} » | "
        "ce texte a une liste, et le style « Cellule puce » n'existe pas dans le modèle."
    )


def it_refuses_several_paragraphs_within_another() -> None:
    assert "« texte » a plusieurs paragraphes : laissez-le seul dans le sien." in refusal("Soit {{ texte }}")


def it_runs_loops_and_conditions_over_paragraphs() -> None:
    assert read(
        "{%p for s in sources %}", "{%p if s.montants %}", "{{ s.nom }}", "{%p elif s.nom == 'Ville' %}", "rien",
        "{%p else %}", "jamais", "{%p endif %}", "{%p for a in s.actions %}", "- {{ a }}", "{%p endfor %}",
        "{%p endfor %}",
    ) == ["Corps: FIR", "Corps: - a", "Corps: - b", "Corps: État", "Corps: rien", "Corps: - c"]  # fmt: skip


def it_runs_loops_and_conditions_within_a_paragraph() -> None:
    sentence = "{% for s in sources %}{% if not loop.first %}{% if loop.last %} et {% else %}, {% endif %}{% endif %}{{ s.nom }}{% endfor %}."  # noqa: E501
    assert read(sentence) == ["Corps: FIR, État et Ville."]


def it_prints_nothing_of_what_is_absent_once_guarded() -> None:
    assert read("a", "{%p if absent %}", "{{ absent }}", "{%p endif %}", "b{% if absent %}{{ absent }}{% endif %}") == [
        "Corps: a",
        "Corps: b",
    ]


def it_refuses_to_print_what_is_absent_without_a_guard() -> None:
    message = "« absent » est vide, et le modèle l'imprime sans condition."
    assert refusal("{{ absent }}") == f"section 1, paragraphe 1 : « {{{{ absent }}}} » | {message}"
    assert refusal("un", "a {{ absent }}").startswith("section 1, paragraphe 2")


def it_runs_loops_and_conditions_over_rows() -> None:
    [found] = read(
        table(
            row("Nom", "Actions", header=True),
            row("{%tr for s in sources %}", ""),
            row("{%tr if s.actions %}", ""),
            row(
                "{{ s.nom }}", cell(*(paragraph(t) for t in ("{%p for a in s.actions %}", "{{ a }}", "{%p endfor %}")))
            ),
            row("{%tr else %}", ""),
            row(cell("{{ s.nom }} : rien", span=2)),
            row("{%tr endif %}", ""),
            row("{%tr endfor %}", ""),
            widths=(100, 200),
        )
    )
    assert [[text for text, *_ in line] for line in found["rows"]] == [
        [["Cellule: Nom"], ["Cellule: Actions"]],
        [["Cellule: FIR"], ["Corps: a", "Corps: b"]],
        [["Cellule: État : rien"]],
        [["Cellule: Ville"], ["Corps: c"]],
    ]
    assert [[span for _, span, _ in line] for line in found["rows"]] == [[1, 1], [1, 1], [2], [1, 1]]


def it_merges_a_cell_over_the_rows_of_its_innermost_loop() -> None:
    [found] = read(
        table(
            row("{%tr for s in sources %}", ""),
            row("{%tr for a in s.actions %}", ""),
            row("{% vm %}{{ s.nom }}", "{{ a }}"),
            row("{%tr endfor %}", ""),
            row("{%tr endfor %}", ""),
            row("fin", "fin"),
            widths=(100, 100),
        )
    )
    assert found["rows"] == [
        [(["Cellule: FIR"], 1, 2), (["Cellule: a"], 1, 1)],
        [(["Cellule: b"], 1, 1)],
        [(["Cellule: Ville"], 1, 1), (["Cellule: c"], 1, 1)],
        [(["Cellule: fin"], 1, 1), (["Cellule: fin"], 1, 1)],
    ]


def it_merges_a_cell_of_several_paragraphs() -> None:
    merged = cell("{% vm %}{{ loop.length }} sources", "{%p for s in sources %}", "{{ s.nom }}", "{%p endfor %}", "fin")
    [found] = read(
        table(row("{%tr for r in sources %}", ""), row(merged, "{{ r.nom }}"), row("{%tr endfor %}", ""), widths=(1, 1))
    )
    assert found["rows"][0][0] == (
        ["Cellule: 3 sources", "Cellule: FIR", "Cellule: État", "Cellule: Ville", "Cellule: fin"],
        1,
        3,
    )


def it_refuses_to_merge_outside_a_loop() -> None:
    assert "il n'y a pas de boucle ici" in refusal(table(row("{% vm %}a"), widths=(1,)))


@pytest.mark.parametrize("year", [2012, 2014, 2017])
@pytest.mark.parametrize("widths", [(3000, 300, 1501, 200, 1999), (1, 1, 1, 1, 1), (3001, 0, 4001, 0, 1000)])
def it_prints_as_many_columns_as_exercises_on_the_width_of_the_template(year: int, widths: tuple[int, ...]) -> None:
    [found] = read(
        table(
            row("Source", "{%tc for e in exercices %}", "{{ e }}", "{%tc endfor %}", "Total", header=True),
            row("{%tr for s in sources %}", "", "", "", ""),
            row("{{ s.nom }}", "{%tc for e in exercices %}", "{{ s | total(e) | si_absent('–') }}", "{%tc endfor %}",
                "{{ s | total | si_absent('–') }}"),
            row("{%tr endfor %}", "", "", "", ""),
            widths=widths,
        ),
        year=year,
    )  # fmt: skip
    years = [str(each) for each in range(2012, year + 1)]
    assert [text for [text], *_ in found["rows"][0]] == [f"Cellule: {each}" for each in ("Source", *years, "Total")]
    assert len(found["widths"]) == len(years) + 2
    assert sum(found["widths"]) == sum(widths)
    assert max(found["widths"][1:-1]) - min(found["widths"][1:-1]) <= 1


def it_shares_a_grid_of_loops_alone_equally() -> None:
    cells = row("{%tc for s in sources %}", "{{ s.nom }}", "{%tc endfor %}")
    [found] = read(table(cells, widths=(10, 980, 10)))
    assert sum(found["widths"]) == 1000
    assert max(found["widths"]) - min(found["widths"]) <= 1


def it_chooses_among_columns() -> None:
    cells = row("a", "{%tc if absent %}", "{{ absent }}", "{%tc endif %}", "b")
    [found] = read(table(cells, widths=(100, 10, 100, 10, 100)))
    assert [text for [text], *_ in found["rows"][0]] == ["Cellule: a", "Cellule: b"]
    assert sum(found["widths"]) == 320


def it_says_of_which_item_each_paragraph_and_row_is() -> None:
    imprime, _ = printed(
        scope_of(contrat()),
        "dehors", "{%p for s in sources %}", "{{ s.nom }}", "{%p endfor %}",
        table(row("{%tr for s in sources %}"), row("{{ s.nom }}"), row("{%tr endfor %}"), widths=(1,)),
    )  # fmt: skip
    *texts, found = imprime.sections[0].blocks
    assert [each.id for each in texts if isinstance(each, Paragraph)] == [
        "",
        "sources[fir]",
        "sources[etat]",
        "sources[ville]",
    ]
    assert isinstance(found, Table)
    assert [line.id for line in found.rows] == ["sources[fir]", "sources[etat]", "sources[ville]"]


def it_says_of_which_leaf_each_span_is() -> None:
    imprime, _ = printed(
        scope_of(contrat()), "le {{ nom }}", "{% for s in sources %}{{ s | total | si_absent('–') }}{% endfor %}"
    )
    found = [(span.text, span.path) for each in paragraphs(imprime.sections[0].blocks) for span in each.spans]
    assert found[:2] == [("le ", ""), ("Soins & appui <c>", "nom")]


def it_numbers_articles_and_recalls_those_to_come() -> None:
    assert read(
        "L’article {{ 'fin' | renvoi }} clôt.",
        "{%p if nom %}", 'Article {{ "objet" | numero("article") }}', "{%p endif %}",
        "{%p if absent %}", "Article {{ 'jamais' | numero('article') }}", "{%p endif %}",
        "Article {{ 'fin' | numero('article') }}",
    ) == ["Corps: L’article 2 clôt.", "Corps: Article 1er", "Corps: Article 2"]  # fmt: skip


def it_refuses_a_reference_to_an_article_that_is_not_printed() -> None:
    assert "le renvoi « jamais » ne désigne aucun numéro du document" in refusal("Voir {{ 'jamais' | renvoi }}")


def it_prints_the_sections_it_is_given_with_their_headers_and_footers() -> None:
    template = opened(
        "un", end(properties(header="header1")), "deux", end(properties()), "trois",
        parts={"header1": paragraph("{{ nom }}, page ", Xml(PAGE), style="header")},
    )  # fmt: skip
    imprime, word = both(template, scope_of(contrat()), ("a", "", "c"))
    assert [section.name for section in imprime.sections] == ["a", "c"]
    assert read_word(word) == ["Corps: un", "Corps: trois"]
    [header] = imprime.sections[1].layout.header
    assert isinstance(header, Paragraph)
    assert header.spans[1:] == (Span(", page "), Span("", field=PageField.PAGE))


def it_refuses_a_loop_over_what_is_no_list() -> None:
    assert "« nom » n'est pas une liste." in refusal("{%p for a in nom %}", "x", "{%p endfor %}")


@pytest.mark.parametrize("body", [["x"], []])
def it_stops_a_template_that_would_run_too_long(body: list[str]) -> None:
    scope = {"longue": list(range(700))}
    assert STEPS < 700**3
    loops = [f"{{%p for {name} in longue %}}" for name in "abc"]
    assert "trop de répétitions" in refusal(*loops, *body, *["{%p endfor %}"] * 3, scope=scope)


def it_stops_filters_and_texts_that_would_cost_too_much() -> None:
    scope = {"longue": list(range(700)), "long": "a" * 100_000}
    loops, ends = [f"{{%p for {name} in longue %}}" for name in "ab"], ["{%p endfor %}"] * 2
    for body in ("{{ longue | enumere }}", "{{ long }}"):
        assert "trop de répétitions" in refusal(*loops, body, *ends, scope=scope)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ inconnu }}", "« inconnu » ne désigne aucun champ"),
        ("{{ nom.__class__ }}", "« nom.__class__ » ne désigne aucun champ"),
        ("{{ ''.__class__.__mro__ }}", "« ''.__class__.__mro__ » ne désigne aucun champ"),
        ("{{ cycler.__init__.__globals__ }}", "« cycler.__init__.__globals__ » ne désigne aucun champ"),
        ("{{ nom | jour }}", "« nom | jour » ne peut être calculé"),
        ("{% if nom > 3 %}a{% endif %}", "« nom > 3 » ne peut être calculé"),
        ("{{ sources }}", "« sources » est vide, et le modèle l'imprime sans condition"),
        ("{{ nom | accord(nom, nom, nom) }}", "« nom | accord(nom, nom, nom) » ne peut être calculé"),
    ],
)
def it_tells_what_cannot_be_printed_at_its_place(text: str, message: str) -> None:
    assert message in refusal("un", text)
    assert refusal("un", text).startswith("section 1, paragraphe 2 : « ")


@pytest.mark.parametrize(
    "text",
    [
        '{{ absent | si_absent("R&D <x>") }}',
        '{{ absent | si_absent("l’agence") }}',
        '{{ absent | si_absent("dit\u00a0: « 1\u202f000 »") }}',
        "{{ absent | si_absent(‘oui’) }}",
        "{{ absent | si_absent('a}b') }} %",
        "{% if nom > 'A' and nom < 'Z' %}&{% endif %}",
        "100\u00a0% {{ nom }}",
        "{ {{ nom }} }",
        "{{ nom }}\u00a0; {{ nom }}",
    ],
)
def it_reads_the_same_on_both_outputs(text: str) -> None:
    assert len(read(text, "suite")) == 2
