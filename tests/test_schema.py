"""Schemas read: fields, definitions, meta, rules; and refused, in French and located, when they mean nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from memory import problems_of, real_schema, schema_of, source, told

from cpomgen.schema import read_schema, walk


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
    ],
)
def it_refuses_what_a_schema_cannot_mean(fields: str, place: str, message: str) -> None:
    [problem] = problems_of(schema_of, fields)
    assert told(problem) == (
        f"schemas/essai.yaml:{place}",
        "CPOM201",
        message,
        "corrigez le schéma avant les contrats.",
    )


def it_refuses_a_definition_that_holds_itself() -> None:
    [problem] = problems_of(schema_of, "a: {type: dict, schema: b}", "b: {c: {type: dict, schema: b}}")
    assert "s'emboîte sans fin" in problem.message


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
