"""What a template can reach of a schema: names that nobody knows, printed fields that it never prints."""

from __future__ import annotations

from memory import compiled, schema_of, told
from wordfile import cell, paragraph, properties, row, table

from cpomgen.reach import check_reach

SCHEMA = schema_of(
    """
    nom: {type: ligne, meta: {libelle: Nom}}
    interne: {type: ligne, meta: {libelle: Interne, imprime: false}}
    sources:
      type: list
      meta: {libelle: Sources}
      schema:
        type: dict
        schema:
          id: {type: code, meta: {libelle: Identifiant, imprime: false}}
          titre: {type: ligne, meta: {libelle: Titre}}
          montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}, meta: {libelle: Montants}}
          themes: {type: list, schema: {type: ligne}, meta: {libelle: Thèmes}}
    """
)
ALL = (
    "{{ nom }}",
    "{%p for s in sources %}",
    "{{ s.titre }} {{ s.themes | enumere }}{% for e in exercices %}{{ s.montants[e] }}{% endfor %}",
    "{%p endfor %}",
)


def found(*blocks: str) -> list[tuple[str, str, str, str]]:
    return [told(problem) for problem in check_reach(compiled(*blocks), SCHEMA)]


def missing(*blocks: str) -> set[str]:
    return {message.split("(")[1].split(")")[0] for _, code, message, _ in found(*blocks) if code == "CPOM320"}


def it_finds_nothing_when_each_field_is_printed_somewhere() -> None:
    assert found(*ALL) == []


def it_tells_each_field_printed_nowhere_where_the_schema_says_it_is_printed() -> None:
    assert missing("{{ nom }}") == {"sources.titre", "sources.montants", "sources.themes"}
    [first, *_] = found(*ALL[1:])
    assert first == (
        "schemas/essai.yaml:5:8",
        "CPOM320",
        "« Nom » (nom) est un champ imprimé, et le modèle ne l'imprime nulle part.",
        "imprimez-le dans le modèle, ou dites-le non imprimé (imprime: false).",
    )


def it_does_not_take_a_condition_for_a_print() -> None:
    assert missing("{% if nom %}oui{% endif %}", *ALL[1:]) == {"nom"}


def it_takes_both_sides_of_a_choice_for_prints() -> None:
    assert missing("{{ nom if sources else '–' }}", *ALL[1:]) == set()
    assert missing("{%p if sources %}", "{%p else %}", "{{ nom }}", "{%p endif %}", *ALL[1:]) == set()


def it_sees_what_rows_cells_headers_and_footers_print() -> None:
    rows = (row("{%tr for s in sources %}"), row(cell(*map(paragraph, ALL))), row("{%tr endfor %}"))
    assert found(table(*rows, widths=(1,))) == []
    last = properties(header="header1")
    assert [told(p) for p in check_reach(compiled(*ALL[1:], last=last, parts={"header1": "{{ nom }}"}), SCHEMA)] == []


def it_suggests_the_name_that_was_meant() -> None:
    [(place, code, message, remedy)] = found(*ALL, "{{ nmo }}")
    assert (place, code) == ("templates/essai/gabarit.docx (section 1, paragraphe 5 : « {{ nmo }} »)", "CPOM321")
    assert (message, remedy) == ("le schéma ne connaît pas « nmo » ici.", "vouliez-vous écrire « nom » ?")


def it_says_how_a_template_comes_to_know_the_table_of_what_was_amended() -> None:
    remedies = [
        remedy for _, _, message, remedy in found("{{ consolidation.actes }}") if "« consolidation »" in message
    ]
    assert remedies == ["la dernière section, qui s'en sert, se nomme au manifeste : « consolidation: » puis son nom."]


def it_tells_the_names_there_are_when_none_is_near() -> None:
    [(_, _, message, remedy)] = found(*ALL, "{%p for s in sources %}", "{{ s.zzz }}", "{%p endfor %}")
    assert (message, remedy) == ("le schéma ne connaît pas « zzz » ici.", "connus ici : id, montants, themes, titre")


def it_knows_what_the_program_adds() -> None:
    assert found(*ALL, "{{ exercices | first }} {{ edition.mention }} {{ version }} {{ empreinte }}") == []


def it_loops_on_the_items_that_a_filter_keeps() -> None:
    assert found(ALL[0], "{%p for s in sources | dont('titre', 'x') %}", *ALL[2:]) == []
    [(_, code, message, _), *_] = found(*ALL, "{%p if sources | dont('titer', 'x') %}", "{{ nom }}", "{%p endif %}")
    assert (code, message) == ("CPOM321", "le schéma ne connaît pas « titer » ici.")


def it_forgets_the_name_of_a_loop_after_it() -> None:
    assert [code for _, code, *_ in found(*ALL, "{{ s.titre }}")] == ["CPOM321"]


def it_tells_a_paragraph_that_conditions_may_leave_blank() -> None:
    bare = found(*ALL, "{% if interne %}{{ interne }}{% endif %}")
    assert [code for _, code, *_ in bare] == ["CPOM322"]
    either = found(*ALL, "{% if interne %}{{ interne }}{% else %}–{% endif %}")
    assert either == []


def it_accepts_a_paragraph_of_one_loop_that_its_own_list_guards() -> None:
    items = "{% for s in sources %}{{ s.titre }}{% endfor %}"
    assert [code for _, code, *_ in found(*ALL, items)] == ["CPOM322"]
    assert found(*ALL, "{%p if sources %}", items, "{%p endif %}") == []


def it_knows_the_words_of_the_manifest() -> None:
    words = {"structure": ("valeur", "nom")}
    patron = compiled(*ALL, "{{ mots.structure.nom }} {{ mots.structure.non }} {{ mots.lieu.nom }}")
    said = [told(problem)[2] for problem in check_reach(patron, SCHEMA, words)]
    assert said == ["le schéma ne connaît pas « non » ici.", "le schéma ne connaît pas « lieu » ici."]


ACTE = schema_of(
    """
    numero: {type: entier, meta: {libelle: Numéro}}
    vu: {type: oui_non, meta: {libelle: Vu, imprime: false}}
    articles:
      type: list
      schema: {type: dict, schema: {citation: {type: texte, meta: {libelle: Cité, role: citation}}}}
    """
)
QUOTING = ("{%p for a in acte.articles %}", "{{p a.citation }}", "{%p endfor %}")


def told_of(*blocks: str) -> list[tuple[str, str, str]]:
    return [told(problem)[:3] for problem in check_reach(compiled(*blocks), SCHEMA, None, {"acte": ACTE}, ("acte",))]


def it_asks_all_of_a_contract_and_of_what_closes_it_nothing_of_the_act_that_a_note_may_print() -> None:
    def asked(*due: str) -> list[str]:
        found = check_reach(compiled("{{ nom }}"), SCHEMA, None, {"acte": ACTE, "note": ACTE}, due)
        return [each.message.partition("(")[2].partition(")")[0] for each in found if each.code == "CPOM320"]

    assert asked("note") == ["note.numero", "note.articles.citation"]
    assert asked("", "acte")[-2:] == ["acte.numero", "acte.articles.citation"]
    assert len(asked("", "acte")) > len(asked("acte"))


def it_asks_of_an_act_what_it_changes_and_nothing_of_the_contract() -> None:
    assert told_of("{{ acte.numero }} {{ nom }}", *QUOTING) == []
    [first, second] = told_of("{%p if acte.vu %}", "a", "{%p endif %}")
    message = "« Numéro » (acte.numero) est un champ imprimé, et le modèle ne l'imprime nulle part."
    assert first == ("templates/essai/gabarit.docx", "CPOM320", message)
    assert "(acte.articles.citation)" in second[2]


def it_knows_an_act_in_the_template_of_avenants_alone() -> None:
    [(_, code, message, _)] = found(*ALL, "{{ acte.x }}")
    assert (code, message) == ("CPOM321", "le schéma ne connaît pas « acte » ici.")
    [(_, code, message)] = told_of("{{ acte.numeros }} {{ acte.numero }}", *QUOTING)
    assert (code, message) == ("CPOM321", "le schéma ne connaît pas « numeros » ici.")


def it_tells_a_citation_without_its_tag_and_the_tag_without_a_citation() -> None:
    loop, _, end = QUOTING
    [(place, code, message)] = told_of("{{ acte.numero }}", loop, "{{ a.citation }}", end)
    assert (code, message) == ("CPOM329", "« a.citation » est une citation : elle prend la place de son paragraphe.")
    assert "paragraphe 3" in place
    [(place, code, message)] = told_of("{{p acte.numero }}", *QUOTING)
    assert (code, message[:45]) == ("CPOM329", "« {{p acte.numero }} » n'imprime que des cita")
    assert "paragraphe 1" in place
    assert [each[1] for each in found(*ALL, "{{p nom }}")] == ["CPOM329"]
