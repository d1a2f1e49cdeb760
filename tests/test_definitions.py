"""What a schema takes by name: fields whole, sets of fields, adapted or not; and what is refused, at its place."""

from __future__ import annotations

import pytest
from memory import problems_of, schema_of, source, told

from cpomgen.definitions import MOST
from cpomgen.fields import read_schema
from cpomgen.schema import Field, Schema, field_at

N = "n: {type: dict, schema: {faits: {type: ligne}}}"
HEAD = "type: essai\nregime: aucun\nlibelle: Essai\n"
PARTIES = """\
definitions:
  adresse: {ville: {type: ligne, required: true, meta: {libelle: Ville, aide: Son nom.}}}
  siege: {type: dict, schema: adresse, meta: {libelle: Siège, role: siege}}
"""


def shared(text: str, commun: str = PARTIES) -> Schema:
    """Return a schema that shares a file."""
    return read_schema(source(HEAD + text, "schemas/essai.yaml"), [source(commun, "schemas/communs/parties.yaml")])


def at(schema: Schema, *path: str) -> Field:
    found = field_at(schema.root, path)
    assert found is not None
    return found


def it_takes_a_field_whole_and_says_what_it_has_of_its_own() -> None:
    schema = shared("champs: {lieu: {comme: siege, required: true, meta: {libelle: Lieu}}}\n")
    lieu = at(schema, "lieu")
    assert (lieu.type, lieu.definition, dict(lieu.rules)) == ("dict", "adresse", {"required": True})
    assert (lieu.meta.libelle, lieu.meta.role) == ("Lieu", "siege")
    assert [str(each.mark) for each in (lieu, at(schema, "lieu", "ville"))] == [
        "schemas/essai.yaml:4:16",
        "schemas/communs/parties.yaml:2:20",
    ]


def it_lays_what_is_said_over_at_any_depth_in_the_order_of_what_it_is_like() -> None:
    lists = "l: {type: list, schema: {type: dict, schema: {a: {type: ligne, meta: {aide: A.}}, b: {type: date}}}}"
    own = "x: {comme: l, schema: {schema: {c: {type: code}, a: {meta: {source: loi}}}}}"
    item = at(schema_of(own, lists), "x").item
    assert item is not None
    assert list(item.fields) == ["a", "b", "c"]
    assert (item.fields["a"].meta.aide, item.fields["a"].meta.source) == ("A.", "loi")


def it_takes_labels_of_choices_all_together() -> None:
    choix = "n: {type: choix, allowed: [a, b], meta: {libelle: N, libelles: {a: un, b: deux}}}"
    field = at(schema_of("n: {comme: n, allowed: [c], meta: {libelles: {c: trois}}}", choix), "n")
    assert (field.rules["allowed"], dict(field.meta.libelles)) == (("c",), {"c": "trois"})


def it_adapts_a_field_that_is_called_as_labels_are() -> None:
    field = at(schema_of("n: {comme: n, schema: {faits: {meta: {aide: A.}}}}", N), "n", "faits")
    assert (field.type, field.meta.aide) == ("ligne", "A.")


def it_adapts_a_definition_under_its_own_name_wherever_that_name_stands() -> None:
    text = "definitions: {adresse: {comme: adresse, ville: {meta: {aide: Autre.}}}}\nchamps: {siege: {comme: siege}}\n"
    ville = at(shared(text), "siege", "ville")
    assert (ville.meta.libelle, ville.meta.aide, ville.rules["required"]) == ("Ville", "Autre.", True)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("champs: {a: {comme: sige}}", "essai.yaml:4:21", "« comme » doit être le nom d'une définition."),
        ("champs: {a: {comme: [siege]}}", "essai.yaml:4:21", "« comme » doit être le nom d'une définition."),
        (
            "champs: {a: {comme: adresse}}",
            "essai.yaml:4:21",
            "cette définition réunit plusieurs champs : elle n'en décrit pas un seul.",
        ),
        (
            "definitions: {siege: {type: ligne}}\nchamps: {a: {type: ligne}}",
            "essai.yaml:4:15",
            "« siege » est déjà défini par schemas/communs/parties.yaml.",
        ),
        (
            "definitions: {a: {comme: b}, b: {comme: a}}\nchamps: {x: {comme: a}}",
            "essai.yaml:5:13",
            "ce champ est comme un autre sans fin (une définition se prend elle-même pour modèle).",
        ),
    ],
)
def it_refuses_what_is_like_nothing(text: str, place: str, message: str) -> None:
    [problem] = problems_of(shared, f"{text}\n")
    assert told(problem)[:3] == (f"schemas/{place}", "CPOM201", message)


def it_says_which_name_is_near() -> None:
    [problem] = problems_of(shared, "champs: {a: {comme: sige}}\n")
    assert problem.remedy == "vouliez-vous écrire « siege » ?"


@pytest.mark.parametrize(
    ("commun", "place", "message"),
    [
        ("champs: {a: {type: ligne}}\n", "1:1", "un fichier commun n'a que des définitions : « champs »."),
        ("communs: [autre]\n", "1:1", "un fichier commun n'a que des définitions : « communs »."),
        ("definitions: [a]\n", "1:14", "« definitions » doit donner des champs à chaque nom."),
        ("definitions: {siege: {type: lign}}\n", "1:29", "le champ « a » a un type inconnu : « lign »."),
    ],
)
def it_tells_what_is_wrong_in_a_common_file_at_its_place(commun: str, place: str, message: str) -> None:
    [problem] = problems_of(shared, "champs: {a: {comme: siege}}\n", commun)
    assert (str(problem.mark), problem.message) == (f"schemas/communs/parties.yaml:{place}", message)


def it_follows_a_field_through_a_few_others_and_no_more() -> None:
    chain = [f"f{n}: {{comme: f{n + 1}}}" for n in range(MOST + 1)]
    assert at(schema_of("x: {comme: f5}", "\n".join([*chain[:9], "f9: {type: date}"])), "x").type == "date"
    [problem] = problems_of(schema_of, "x: {comme: f0}", "\n".join([*chain, f"f{MOST + 1}: {{type: date}}"]))
    assert "sans fin" in problem.message
