"""Schemas read: fields, definitions, meta, rules; and refused, in French and located, when they mean nothing."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from memory import problems_of, real_schema, schema_of, source, told

from cpomgen.fields import MOST, read_schema
from cpomgen.schema import walk

NEAR = {
    "a: {type: ligne, requierd: true}": "required",
    "a: {type: ligne, meta: {label: x}}": "libelle",
    "a: {type: code, regexp: x}": "regex",
}


def it_reads_a_field_with_its_rules_and_what_it_tells_people() -> None:
    schema = schema_of(
        """
        montant:
          type: montant
          required: true
          min: 0.5
          meta: {libelle: Montant, aide: "En\\n  euros.", imprime: false, role: montants}
        """
    )
    field = schema.root.fields["montant"]
    assert dict(field.rules) == {"required": True, "min": Decimal("0.5")}
    assert (field.meta.libelle, field.meta.aide, field.is_printed) == ("Montant", "En euros.", False)


def it_keeps_an_example_as_typed() -> None:
    schema = schema_of("finess: {type: code, meta: {exemple: 010000024}}")
    assert schema.root.fields["finess"].meta.exemple == "010000024"


def it_puts_a_definition_wherever_its_name_stands() -> None:
    schema = schema_of(
        """
        siege: {type: dict, schema: adresse}
        sites: {type: list, schema: {type: dict, schema: adresse}}
        """,
        "adresse: {commune: {type: ligne}}",
    )
    names = [".".join(path) for path, field in walk(schema.root) if field.type == "ligne"]
    assert names == ["siege.commune", "sites.commune"]


def it_finds_a_field_by_its_role_through_lists() -> None:
    schema = schema_of("parts: {type: list, schema: {type: dict, schema: {a: {type: code, meta: {role: siren}}}}}")
    assert schema.path_of("siren") == ("parts", "a")
    assert schema.path_of("siret") is None


def it_reads_what_values_mean() -> None:
    facts = "faits: {a: socle_seul, b: [fonds_intervention_regional, montant_attendu]}"
    field = schema_of(f"x: {{type: choix, allowed: [a, b, c], meta: {{{facts}}}}}").root.fields["x"]
    assert field.meta.faits == {"a": ("socle_seul",), "b": ("fonds_intervention_regional", "montant_attendu")}


@pytest.mark.parametrize(
    ("facts", "message", "remedy"),
    [
        ("{a: socle_seule}", "aucune règle ne connaît ce fait : « socle_seule ».", "socle_seul"),
        ("{z: socle_seul}", "« faits » parle d'une valeur que le champ n'a pas : « z ».", ""),
        ("socle_seul", "des faits sont attendus ici (code: fait).", ""),
    ],
)
def it_refuses_a_fact_that_nobody_knows(facts: str, message: str, remedy: str) -> None:
    (problem,) = problems_of(schema_of, f"x: {{type: choix, allowed: [a], meta: {{faits: {facts}}}}}")
    assert (problem.code, problem.message) == ("CPOM201", message)
    assert remedy in problem.remedy


def it_takes_one_text_or_several_for_allowed() -> None:
    schema = schema_of("a: {type: choix, allowed: seul}\nb: {type: choix, allowed: [un, deux]}")
    assert [field.rules["allowed"] for field in schema.root.fields.values()] == [("seul",), ("un", "deux")]


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ("a: {type: entero}", "5:6", "le champ « a » a un type inconnu : « entero »."),
        ("a: {required: true}", "5:6", "le champ « a » a un type inconnu : «  »."),
        ("a: ligne", "5:6", "le champ « a » doit être décrit par des règles (type, required, meta…)."),
        ("a: {type: ligne, requierd: true}", "5:20", "règle inconnue : « requierd »."),
        ("a: {type: ligne, coerce: int}", "5:20", "règle inconnue : « coerce »."),
        ("a: {type: ligne, required: oui}", "5:30", "« true » ou « false » est attendu ici."),
        ("a: {type: nombre, min: zero}", "5:26", "un nombre est attendu ici."),
        ("a: {type: ligne, maxlength: -1}", "5:31", "un nombre entier est attendu ici."),
        ("a: {type: ligne, meta: {label: x}}", "5:27", "rubrique inconnue sous « meta » : « label »."),
        ("a: {type: ligne, meta: {libelle: [x]}}", "5:36", "un texte est attendu ici."),
        ("a: {type: choix, meta: {libelles: x}}", "5:37", "des libellés sont attendus ici (code: libellé)."),
        (
            "a: {type: dict, schema: inconnu}",
            "5:27",
            "« schema » doit être une liste de champs ou le nom d'une définition.",
        ),
        ("a: {type: code, regexp: x}", "5:19", "règle inconnue : « regexp »."),
        ("a: {type: nombre, min: NaN}", "5:26", "un nombre est attendu ici."),
        ("a: {type: nombre, max: Infinity}", "5:26", "un nombre est attendu ici."),
        ("a: {type: nombre, max: 1e400}", "5:26", "un nombre est attendu ici."),
        ("a: {type: nombre, max: 1_0}", "5:26", "un nombre est attendu ici."),
        ("a: {type: nombre, max: ٣}", "5:26", "un nombre est attendu ici."),
        ("a: {type: ligne, maxlength: ３}", "5:31", "un nombre entier est attendu ici."),
        ("a: {type: ligne, maxlength: " + "9" * 5000 + "}", "5:31", "un nombre entier est attendu ici."),
        ("a: {type: ligne, min: 1}", "5:20", "la règle « min » ne vaut pas pour un champ de type « ligne »."),
        ("a: {type: ligne, regex: x}", "5:20", "la règle « regex » ne vaut pas pour un champ de type « ligne »."),
        ("a: {type: code, regex: '('}", "5:26", "cette expression régulière est mal formée."),
        (
            "a: {type: code, regex: '(a+)+$'}",
            "5:26",
            "cette expression régulière peut demander un temps sans fin (répétitions emboîtées, choix, renvois).",
        ),
        ("a: {type: ligne, meta: x}", "5:26", "« meta » est une rubrique (libelle, aide, exemple…)."),
        (
            "a: {type: list}",
            "5:6",
            "le champ « a » : il faut « schema », qui décrit un élément de la liste, et rien d'autre.",
        ),
        ("a: {type: dict}", "5:6", "le champ « a » : il faut « schema », ou « keysrules » et « valuesrules »."),
        (
            "a: {type: dict, valuesrules: {type: ligne}}",
            "5:6",
            "le champ « a » : il faut « schema », ou « keysrules » et « valuesrules ».",
        ),
        (
            "a: {type: dict, keysrules: {type: dict}, valuesrules: {type: ligne}}",
            "5:30",
            "« keysrules » donne le type des clés : exercice, annee, entier, code.",
        ),
        (
            "a: {type: dict, keysrules: [], valuesrules: {type: ligne}}",
            "5:30",
            "« keysrules » donne le type des clés : exercice, annee, entier, code.",
        ),
        (
            "a: {type: ligne, schema: {b: {type: ligne}}}",
            "5:6",
            "le champ « a » : seul un champ de type « dict » ou « list » en contient d'autres.",
        ),
        ("a-b: {type: ligne}", "5:8", "« a-b » ne peut pas nommer un champ."),
        ("numeros: {type: ligne}", "5:3", "« numeros » est un nom que les modèles emploient déjà pour autre chose."),
        (
            "a: {type: dict, schema: {id: {type: list, schema: {type: ligne}}}}",
            "5:32",
            "« id » est un identifiant : son type est « code ».",
        ),
        ("a: {type: renvoi}", "5:6", "ce renvoi désigne une liste qui n'existe pas : «  »."),
        ("a: {type: renvoi, meta: {vers: b}}", "5:6", "ce renvoi désigne une liste qui n'existe pas : « b »."),
        (
            "a: {type: list, schema: {type: dict, schema: {b: {type: ligne}}, meta: {intitule_par: c}}}",
            "5:27",
            "« intitule_par » nomme un champ qui n'existe pas ici : « c ».",
        ),
        (
            "a: {type: dict, schema: {b: {type: ligne, excludes: a}}}",
            "5:31",
            "« excludes » nomme un champ qui n'existe pas ici : « a ».",
        ),
        (
            "a: {type: ligne, dependencies: [a, b]}",
            "5:6",
            "« dependencies » nomme un champ qui n'existe pas ici : « b ».",
        ),
        (
            "a: {type: code, meta: {catalogue: calendrier}}",
            "5:37",
            "« calendrier » ne peut pas nommer une liste de campagne.yaml.",
        ),
        (
            "a: {type: ligne, meta: {catalogue: indicateurs}}",
            "5:6",
            "un champ qui renvoie au catalogue régional est de type « code ».",
        ),
        (
            "a: {type: code, meta: {catalogue: indicateurs, definit: b}}",
            "5:6",
            "« definit » nomme ce que le catalogue ne peut donner : « b ».",
        ),
        (
            "a: {type: code, meta: {catalogue: indicateurs, definit: [a]}}",
            "5:6",
            "« definit » nomme ce que le catalogue ne peut donner : « a ».",
        ),
        (
            "a: {type: list, meta: {reference: calendrier}, schema: {type: ligne}}",
            "5:37",
            "« calendrier » n'est pas une liste de campagne.yaml que l'on cite.",
        ),
        ("a: {type: ligne, meta: {reference: prs}}", "5:6", "seule une liste peut être citée par « reference »."),
    ],
)
def it_refuses_what_a_schema_cannot_mean(fields: str, place: str, message: str) -> None:
    [problem] = problems_of(schema_of, fields)
    assert told(problem)[:3] == (f"schemas/essai.yaml:{place}", "CPOM201", message)
    assert problem.remedy in (
        "lettres, chiffres et « _ ».",
        "corrigez le schéma avant les contrats.",
        "nommez sous « communs » le fichier qui la donne, ou écrivez-la sous « definitions ».",
        f"vouliez-vous écrire « {NEAR.get(fields)} » ?",
    )


def it_refuses_a_definition_that_holds_itself() -> None:
    [problem] = problems_of(schema_of, "a: {type: dict, schema: b}", "b: {c: {type: dict, schema: b}}")
    assert "s'emboîte sans fin" in problem.message


def it_refuses_definitions_that_double_at_each_level() -> None:
    names = "abcdefghijklmnop"
    definitions = [
        f"{n}: {{x: {{type: dict, schema: {below}}}, y: {{type: dict, schema: {below}}}}}"
        for n, below in pairwise(names)
    ]
    [problem] = problems_of(schema_of, "a: {type: dict, schema: a}", "\n".join([*definitions, "p: {z: {type: ligne}}"]))
    assert problem.message == f"ce schéma a plus de {MOST} champs."


@pytest.mark.parametrize("definitions", ["[]", "x"])
def it_refuses_definitions_that_are_none(definitions: str) -> None:
    text = f"type: a\nregime: b\nlibelle: c\ndefinitions: {definitions}\nchamps: {{x: {{type: ligne}}}}\n"
    [problem] = problems_of(read_schema, source(text, "schemas/essai.yaml"))
    assert (problem.message, problem.mark.line) == ("« definitions » doit donner des champs à chaque nom.", 4)


def it_refuses_a_heading_it_does_not_know() -> None:
    text = "type: a\nregime: b\nlibelle: c\nchamp: {}\nchamps: {x: {type: ligne}}\n"
    [problem] = problems_of(read_schema, source(text, "schemas/essai.yaml"))
    assert (problem.message, problem.remedy) == ("rubrique inconnue : « champ ».", "vouliez-vous écrire « champs » ?")


@pytest.mark.parametrize("missing", ["type", "regime", "libelle"])
def it_asks_for_its_head(missing: str) -> None:
    text = "type: a\nregime: b\nlibelle: c\nchamps: {x: {type: ligne}}\n".replace(f"{missing}: ", f"x{missing}: ", 1)
    [problem] = problems_of(read_schema, source(text, "schemas/essai.yaml"))
    assert problem.message == f"ce schéma n'indique pas « {missing} »."


def it_asks_for_fields() -> None:
    [problem] = problems_of(read_schema, source("type: a\n", "schemas/essai.yaml"))
    assert "« champs »" in problem.message


def it_gives_every_field_of_the_real_schema_a_label() -> None:
    unnamed = [".".join(path) for path, field in walk(real_schema().root) if not field.meta.libelle and field.name]
    assert unnamed == []


def it_gives_every_choice_of_the_real_schema_its_printed_labels() -> None:
    choices = [(path, field) for path, field in walk(real_schema().root) if field.type == "choix" and field.is_printed]
    assert choices
    for path, field in choices:
        missing = set(field.rules.get("allowed", ())) - set(field.meta.libelles)
        assert not missing, (path, missing)
