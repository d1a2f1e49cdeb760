"""Contracts against their schema: every breach told in French, at its line and column, with what to do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from memory import problems_of, real_schema, schema_of, source, told

from cpomgen.facets import RULES
from cpomgen.schema import Schema, field_at
from cpomgen.source import UNREAD, Node, Valide, is_empty
from cpomgen.source import Sequence as SequenceNode
from cpomgen.validate import SENTENCES, validate

SCHEMA = """
nom: {type: ligne, required: true, minlength: 3, maxlength: 20, meta: {libelle: Nom, aide: Le nom complet., source: L. 1}}
siren: {type: code, regex: "^[0-9]{9}$", meta: {libelle: SIREN, aide: Neuf chiffres.}}
statut: {type: choix, allowed: [notifie, previsionnel], meta: {libelle: Statut}}
part: {type: nombre, min: 0, max: 100, meta: {libelle: Part}}
date_effet: {type: date, excludes: evenement, meta: {libelle: Date d'effet}}
evenement: {type: ligne, meta: {libelle: Évènement}}
fin: {type: date, dependencies: debut, meta: {libelle: Fin}}
debut: {type: date, meta: {libelle: Début}}
montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant, min: 0}, meta: {libelle: Montants}}
siege: {type: dict, meta: {libelle: Siège}, schema: {commune: {type: ligne, required: true, meta: {libelle: Commune}}}}
actions: {type: list, meta: {libelle: Actions}, schema: {type: dict, schema: {id: {type: code, required: true, meta: {libelle: Identifiant}}, pilote: {type: ligne, meta: {libelle: Pilote}}}}}
themes: {type: list, maxlength: 2, meta: {libelle: Thèmes}, schema: {type: ligne}}
"""  # noqa: E501
VALID = "nom: ARESPA\n"


def schema() -> Schema:
    return schema_of(SCHEMA)


def refused(text: str) -> list[tuple[str, str, str, str]]:
    return [told(problem) for problem in problems_of(validate, source(text), schema())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("siren: '123456789'\n", ("1:1", "CPOM212", "« Nom » manque.", "Le nom complet.")),
        (VALID + "part: 1,5\n", ("2:7", "CPOM210", "« 1,5 » n'est pas un nombre.", "écrivez part: 1.5")),
        (VALID + "nmo: x\n", ("2:1", "CPOM211", "le champ « nmo » n'existe pas ici.", "vouliez-vous écrire « nom » ?")),
        (
            VALID + "siege: {commune: Dole, pays: France}\n",
            ("2:24", "CPOM211", "le champ « pays » n'existe pas ici.", "champs admis : commune"),
        ),
        (
            VALID + "statut: provisoire\n",
            (
                "2:1",
                "CPOM213",
                "« Statut » n'admet pas « provisoire ».",
                "vouliez-vous écrire « previsionnel » ? (valeurs admises : notifie, previsionnel)",
            ),
        ),
        (
            VALID + "siren: 12345678\n",
            ("2:1", "CPOM214", "« SIREN » n'a pas la forme attendue : « 12345678 ».", "Neuf chiffres."),
        ),
        (VALID + "part: -1\n", ("2:1", "CPOM215", "« Part » descend sous le minimum : -1.", "minimum : 0")),
        (VALID + "part: 100.01\n", ("2:1", "CPOM215", "« Part » dépasse le maximum : 100.01.", "maximum : 100")),
        ("nom: AB\n", ("1:1", "CPOM216", "« Nom » compte trop peu de signes.", "3 au moins")),
        ("nom: ARESPA de Franche-Comté\n", ("1:1", "CPOM216", "« Nom » compte trop de signes.", "20 au plus")),
        (VALID + "themes: [a, b, c]\n", ("2:1", "CPOM216", "« Thèmes » compte trop d'éléments.", "2 au plus")),
        (
            VALID + "date_effet: 2012-01-01\nevenement: x\n",
            (
                "2:1",
                "CPOM217",
                "« Date d'effet » ne peut être rempli en même temps que : « Évènement ».",
                "gardez l'un des deux.",
            ),
        ),
        (VALID + "fin: 2016-12-31\n", ("2:1", "CPOM218", "« Fin » demande aussi : « Début ».", "")),
    ],
)
def it_tells_each_breach_where_it_stands(text: str, expected: tuple[str, str, str, str]) -> None:
    place, *rest = expected
    assert refused(text) == [(f"contracts/essai.yaml:{place}", *rest)]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("siege: Besançon", "2:8", "« Siège » : une rubrique (nom: valeur) est attendue ici."),
        ("actions: {id: a}", "2:10", "« Actions » : une liste (lignes commençant par « - ») est attendue ici."),
        ("siren: [1, 2]", "2:8", "« SIREN » : une valeur est attendue ici."),
        ("siren: {a: 1}", "2:8", "« SIREN » : une valeur est attendue ici."),
    ],
)
def it_says_what_kind_of_value_is_expected(text: str, place: str, message: str) -> None:
    assert [found[:3] for found in refused(VALID + text)] == [(f"contracts/essai.yaml:{place}", "CPOM210", message)]


def it_names_the_text_that_asks_for_a_field() -> None:
    [problem] = problems_of(validate, source("siren: 123456789"), schema())
    assert problem.article == "L. 1"


CUT = "une virgule sépare deux valeurs ici : les décimales s'écrivent avec un point."
GLUED = "il manque une espace après le deux-points."


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        ("montants: {2029: 508 030,50 €}", "2:18", CUT, "écrivez 2029: 508030.50"),
        ("montants: {2026: 13,5}", "2:18", CUT, "écrivez 2026: 13.5"),
        ("montants: {2026: 13,500}", "2:18", CUT, "sans espace ni virgule."),
        ("montants: {2026:12500.00}", "2:12", GLUED, "écrivez 2026: 12500.00"),
        ("siege: {commune:Dole}", "2:9", GLUED, "écrivez commune: Dole"),
    ],
)
def it_tells_once_what_a_sign_cuts_within_braces(text: str, place: str, message: str, remedy: str) -> None:
    assert refused(f"{VALID}{text}\n") == [(f"contracts/essai.yaml:{place}", "CPOM210", message, remedy)]


def it_says_what_a_comma_cuts_of_a_number_where_no_number_is() -> None:
    for kind in ("{type: dict, schema: {a: {type: ligne}}}", "{type: list, schema: {type: ligne}}"):
        place = schema_of(f"siege: {{type: dict, schema: {{rue: {kind}}}}}")
        (one,) = problems_of(validate, source("siege: {rue: 13,5}\n"), place)
        assert (one.message, one.remedy) == (CUT, "sans espace ni virgule.")


def it_tells_how_to_type_a_list_of_one_line() -> None:
    (one,) = refused(VALID + "themes: soins, appui\n")
    assert one[3] == "écrivez themes: [soins, appui]"
    assert refused(VALID + "themes:\n  -soins\n")[0][2:] == ("il manque une espace après le tiret.", "Écrivez - soins")
    points = schema_of("points: {type: list, schema: {type: choix, allowed: [5°, 6°]}}")
    found = [each.remedy for each in problems_of(validate, source("points: [5º, 6]\n"), points)]
    assert found == ["écrivez [5°, 6°]"] * 2


def it_takes_an_exercise_left_blank_for_no_decimals() -> None:
    found = validate(source(VALID + "montants: {2026: 13, 2027, 2028: }\n"), schema())
    assert (found.document["montants"], found.problems) == ({2026: 13}, ())


def it_takes_amounts_for_unread_when_the_exercise_of_one_is() -> None:
    for text in ("{2026:12, 2027: 1}", "{20x6: 12}"):
        assert validate(source(f"{VALID}montants: {text}\n"), schema()).document["montants"] is UNREAD


def it_takes_for_unread_what_has_an_exercise_not_read_at_two_levels() -> None:
    each = "type: dict, keysrules: {type: exercice}, valuesrules: "
    twice = schema_of(f"parts: {{{each} {{{each} {{type: montant}}}}}}")
    found = validate(source("parts: {2026: {20x6: 1, 2027: 2}, 20x8: {}}\n"), twice)
    assert (found.document, len(found.problems)) == ({"parts": UNREAD}, 2)


def it_tells_every_problem_at_once_in_the_order_of_the_file() -> None:
    text = """\
    actions:
      - {id: a}
      - {pilote: x}
    part: beaucoup
    montants:
      2012: -5
      20x2: 5
    statut: autre
    """
    assert [(place, code) for place, code, *_ in refused(text)] == [
        ("contracts/essai.yaml:1:1", "CPOM212"),
        ("contracts/essai.yaml:3:5", "CPOM212"),
        ("contracts/essai.yaml:4:7", "CPOM210"),
        ("contracts/essai.yaml:6:3", "CPOM215"),
        ("contracts/essai.yaml:7:3", "CPOM210"),
        ("contracts/essai.yaml:8:1", "CPOM213"),
    ]


def it_says_once_what_cannot_be_read() -> None:
    assert [code for _, code, *_ in refused(VALID + "actions: texte\npart: beaucoup\nmontants: {2012: x}")] == [
        "CPOM210",
        "CPOM210",
        "CPOM210",
    ]


def it_does_not_call_a_required_value_missing_when_it_could_not_be_read() -> None:
    assert [code for _, code, *_ in refused("nom: [x]")] == ["CPOM210"]


@pytest.mark.parametrize("sign", ["漢", "😀", "\u0600"])
def it_refuses_a_sign_that_no_font_of_the_pdf_has(sign: str) -> None:
    [(place, code, message, remedy)] = refused(f"nom: ARESPA {sign}")
    assert (place, code, remedy) == ("contracts/essai.yaml:1:6", "CPOM227", "remplacez-le ou retirez-le.")
    assert f"U+{ord(sign):04X}" in message


def it_gives_the_line_to_paste() -> None:
    remedies = {
        "montants: {2012: 412 000}": "écrivez 2012: 412000",
        "debut: 31/12/2012": "écrivez debut: 2012-12-31",
        "siren: 123 456 782": "écrivez siren: 123456782",
        "statut: Notifié": "écrivez statut: notifie (valeurs admises : notifie, previsionnel)",
    }
    assert {text: refused(f"{VALID}{text}")[0][3] for text in remedies} == remedies


def it_blames_the_second_of_two_fields_that_exclude_each_other() -> None:
    rivals = schema_of(
        "a: {type: ligne, excludes: b, meta: {libelle: A}}\nb: {type: ligne, excludes: a, meta: {libelle: B}}"
    )
    found = {text: problems_of(validate, source(text), rivals) for text in ("a: x\nb: y\n", "b: x\na: y\n")}
    assert [[each.mark.line for each in problems] for problems in found.values()] == [[2], [2]]


def it_has_a_sentence_for_each_rule_of_a_schema() -> None:
    assert set(RULES) == set(SENTENCES)


def it_takes_a_misspelt_field_for_the_one_it_is_most_like() -> None:
    [(place, code, _, remedy)] = refused("noms: ARESPA")
    assert (place, code, remedy) == ("contracts/essai.yaml:1:1", "CPOM211", "vouliez-vous écrire « nom » ?")


def it_keeps_the_place_of_an_item_that_cannot_be_read() -> None:
    found = validate(source(f"{VALID}themes: [[b], c]"), schema())
    assert found.document["themes"] == [UNREAD, "c"]
    assert [problem.code for problem in found.problems] == ["CPOM210"]


def it_goes_on_after_a_breach() -> None:
    found = validate(source(f"{VALID}part: mille\nsiren: '123456782'\n"), schema())
    assert (found.document["part"], found.document["siren"]) == (UNREAD, "123456782")


def it_gives_typed_values() -> None:
    found = valid("nom: ARESPA\nmontants: {2012: 1.10}\nthemes: [a, b]\nsiege: {commune: Dole}\n")
    assert found.document["montants"] == {2012: Decimal("1.10")}
    assert (found.document["themes"], found.document["siege"]) == (["a", "b"], {"commune": "Dole"})


def it_remembers_the_mark_of_each_value_by_its_path() -> None:
    found = valid("nom: ARESPA\nactions:\n  - id: a\n    pilote: x\nmontants:\n  2012: 1\n")
    lines = {path: (mark.line, mark.column) for path, mark in found.marks.items()}
    assert lines[("actions", 0, "pilote")] == (4, 5)
    assert lines[("montants", 2012)] == (6, 3)


@pytest.mark.parametrize("empty", ["", "~", "null", '""', "'  '", "[]", "{}", "[~, '']"])
def it_takes_an_empty_value_for_an_absent_one(empty: str) -> None:
    found = valid(f"nom: ARESPA\nsiren: {empty if empty[:1] not in '[{' else '~'}\nthemes: {empty}\n")
    assert dict(found.document) == {"nom": "ARESPA"}


def it_takes_a_quoted_null_for_a_text() -> None:
    assert valid('nom: "null"').document["nom"] == "null"


def it_does_not_take_zero_for_nothing() -> None:
    assert valid("nom: ARESPA\npart: 0").document["part"] == 0


def it_leaves_empty_items_out_of_lists_and_keeps_marks_in_step() -> None:
    found = valid("nom: ARESPA\nactions:\n  - ~\n  - id: a\n")
    assert found.document["actions"] == [{"id": "a"}]
    assert found.marks[("actions", 0, "id")].line == 4


def it_refuses_one_exercise_typed_twice() -> None:
    [(place, code, message, _)] = refused(VALID + 'montants: {2012: 1, " 2012": 2}')
    assert (place, code, message) == ("contracts/essai.yaml:2:21", "CPOM210", "« 2012 » est donné deux fois.")


def it_finds_the_field_at_a_path() -> None:
    root = schema().root
    for path, kind in ((("montants", 2012), "montant"), (("actions", 3, "pilote"), "ligne"), (("themes", 0), "ligne")):
        found = field_at(root, path)
        assert found is not None
        assert found.type == kind
    assert field_at(root, ("rien", "ici")) is None


def it_sees_through_empty_nodes() -> None:
    node: Node | None = source("a: [~, [], '']").root.get("a")
    assert isinstance(node, SequenceNode)
    assert is_empty(node)


def it_refuses_a_contract_of_the_real_type_that_says_nothing() -> None:
    codes = {problem.code for problem in problems_of(validate, source("type: cpom_type"), real_schema())}
    assert codes == {"CPOM212"}


def it_locates_a_breach_deep_in_a_contract_of_the_real_type() -> None:
    text = """\
    type: cpom_type
    annexes:
      financement:
        sources:
          - id: fir
            libelle: FIR
            nature: fri
            statut: notifie
            montants: {2012: 412 000}
    """
    found = [told(problem) for problem in problems_of(validate, source(text), real_schema())]
    assert ("contracts/essai.yaml:7:9", "CPOM213") in [(place, code) for place, code, *_ in found]
    assert (
        "contracts/essai.yaml:9:26",
        "CPOM210",
        "« 412 000 » n'est pas un montant en euros (deux décimales au plus).",
        "écrivez 2012: 412000",
    ) in found


def valid(text: str) -> Valide:
    """Return the contract that keeps to the schema."""
    return validate(source(text), schema())
