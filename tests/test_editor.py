"""What editors are told of contracts: always true to the schema, and as yaml-language-server really shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from generated import KINDS, ROOT, check
from jsonschema import Draft7Validator
from language_server import LanguageServer, missing
from memory import is_valid, real_schema, schema_of, source
from strategies import VARIANTS, as_yaml, every_field, full
from yaml12 import TEXTS, fields, judge, typed

from cpomgen.editor import json_schema
from cpomgen.load import load
from cpomgen.source import Scalar
from cpomgen.tree import WorkTree

MODELINE = "# yaml-language-server: $schema=../schemas/cpom_type.schema.json\n"
CONTRACTS = ROOT / "contracts"


@cache
def real() -> Draft7Validator:
    return judge(real_schema())


def errors(found: Draft7Validator, text: str) -> list[str]:
    return [f"{list(error.absolute_path)} {error.message}" for error in found.iter_errors(typed(source(text).root))]


# The files of the project


@pytest.mark.parametrize("kind", KINDS)
def it_is_what_the_project_keeps_for_editors(kind: str, pytestconfig: pytest.Config) -> None:
    check(ROOT / f"schemas/{kind}.schema.json", kind, "json-schema", pytestconfig)


def it_is_kept_for_no_type_that_is_gone() -> None:
    assert sorted(path.name for path in (ROOT / "schemas").glob("*.json")) == [f"{kind}.schema.json" for kind in KINDS]


@pytest.mark.parametrize("name", WorkTree(ROOT).names("contracts", ".yaml"))
def it_is_named_by_the_first_line_of_each_contract(name: str) -> None:
    kind = load(WorkTree(ROOT), f"contracts/{name}.yaml").root.get("type")
    assert isinstance(kind, Scalar)
    text = (CONTRACTS / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith(MODELINE.replace("cpom_type", kind.text))


# True to the schema


def it_is_a_json_schema() -> None:
    described = json.loads(json_schema(real_schema()))
    assert described["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(described)


def it_accepts_the_example() -> None:
    assert errors(real(), (CONTRACTS / "arespa.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("variant", VARIANTS)
def it_accepts_every_full_contract(variant: str, seed: int) -> None:
    text = as_yaml(full(real_schema(), every_field(variant)), seed)
    assert is_valid(text, real_schema())
    assert errors(real(), text) == []


SHAPES = """
a: {type: ligne, required: true, excludes: b}
b: {type: ligne, required: true, excludes: a}
c: {type: date, excludes: d}
d: {type: ligne}
e: {type: date, dependencies: d}
f: {type: dict, schema: {g: {type: ligne, required: true}, h: {type: ligne}}}
i: {type: list, minlength: 2, maxlength: 3, schema: {type: dict, schema: {id: {type: code, required: true}}}}
j: {type: list, schema: {type: ligne}}
k: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}}
l: {type: dict, keysrules: {type: code}, valuesrules: {type: ligne}}
"""


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("a: x", True),
        ("b: x", True),
        ("a: x\nb:", True),
        ("a: x\nb: y", False),
        ("d: x", False),
        ("a: x\nc: 2012-01-01\nd:", True),
        ("a: x\nc:\nd: y", True),
        ("a: x\nc: 2012-01-01\nd: y", False),
        ("a: x\ne: 2012-01-01", False),
        ("a: x\ne:", True),
        ("a: x\ne: 2012-01-01\nd: y", True),
        ("a: x\nf:", True),
        ("a: x\nf: {}", True),
        ("a: x\nf: ''", True),
        ("a: x\nf: {g: y}", True),
        ("a: x\nf: {h: y}", False),
        ("a: x\nf: {g: y, z: 1}", False),
        ("a: x\nf: y", False),
        ("a: x\nf: [y]", False),
        ("a: x\ni: []", True),
        ("a: x\ni: [{id: 1}, {id: 2}]", True),
        ("a: x\ni: [{id: 1}, ~, {id: 2}]", True),
        ("a: x\ni: [{id: 1}]", False),
        ("a: x\ni: [{id: 1}, {id: 2}, {id: 3}, {id: 4}]", False),
        ("a: x\ni: [{id: 1}, y]", False),
        ("a: x\ni: {id: 1}", False),
        ("a: x\nj: [1, ~, oui, '']", True),
        ("a: x\nj: y", False),
        ("a: x\nj: [{y: z}]", False),
        ("a: x\nk: {2012: 1.50, '2013': '2', 2014: }", True),
        ("a: x\nk: {20x2: 1}", False),
        ("a: x\nk: {2012: '1,5'}", False),
        ("a: x\nk: 12", False),
        ("a: x\nl: {y: z, 1: 2}", True),
        ("a: x\nz: y", False),
    ],
)
def it_judges_shapes_as_validate_does(text: str, is_right: bool) -> None:  # noqa: FBT001 - a column of the table
    schema = schema_of(SHAPES)
    assert (errors(judge(schema), text) == []) is is_right
    assert is_valid(text, schema) is is_right


DRAWN = """
a: {type: code, meta: {catalogue: indicateurs, definit: [b, c]}}
b: {type: ligne, required: true}
c: {type: ligne}
d: {type: ligne, dependencies: c}
e: {type: ligne, required: true}
"""


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("b: x\ne: y", True),
        ("a: R-1\ne: y", True),
        ("a: R-1\nb:\ne: y", True),
        ("a: R-1\nd: z\ne: y", True),
        ("a: R-1\nb: x\ne: y", True),
        ("e: y", False),
        ("b:\ne: y", False),
        ("a: R-1", False),
    ],
)
def it_leaves_to_the_catalogue_what_it_gives(text: str, is_right: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (errors(judge(schema_of(DRAWN)), text) == []) is is_right


def it_says_once_what_several_fields_share() -> None:
    described = json.loads(json_schema(real_schema()))
    assert json.dumps(described).count('"title": "Mode de calcul"') == 1
    assert {"adresse", "signataire", "objectif", "ligne", "ligne_obligatoire"} <= set(described["definitions"])


def it_tells_the_help_then_the_source_then_an_example() -> None:
    meta = "meta: {libelle: SIREN, aide: Neuf chiffres., source: L. 1, exemple: '123456782'}"
    described = json.loads(json_schema(schema_of(f"siren: {{type: code, {meta}}}")))["properties"]["siren"]
    assert described["title"] == "SIREN"
    assert described["description"] == "Neuf chiffres.\n\nSource : L. 1\n\nExemple : 123456782"


# As yaml-language-server shows it


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """Return the server, the same for all tests of this module."""
    if reason := missing():
        pytest.skip(reason)
    with LanguageServer() as running:
        yield running


def underlined(server: LanguageServer, text: str) -> list[tuple[int, str]]:
    """Return the lines that the server underlines, counted from 1 after the modeline, each with its message."""
    found = server.diagnostics(CONTRACTS, MODELINE + text)
    return [(each["range"]["start"]["line"], each["message"]) for each in found]


def proposed(server: LanguageServer, text: str) -> dict[str, Any]:
    """Return what the server proposes where a bar stands in a text."""
    before = (MODELINE + text).partition("|")[0]
    underlined(server, text.replace("|", ""))
    items = server.completion(before.count("\n"), len(before) - before.rindex("\n") - 1)
    return {item["label"]: item for item in items}


def hovered(server: LanguageServer, text: str, name: str) -> str:
    """Return what the server shows of a word of a text."""
    before = (MODELINE + text).partition(name)[0]
    underlined(server, text)
    return server.hover(before.count("\n"), len(before) - before.rindex("\n"))


def it_underlines_nothing_in_the_example(server: LanguageServer) -> None:
    text = (CONTRACTS / "arespa.yaml").read_text(encoding="utf-8")
    assert server.diagnostics(CONTRACTS, text) == []


BROKEN = """\
type: cpom_type
identifiant: Arespa
nature: partiel
trucs: 1
reference: 2012
parties:
  ars:
    - id: ars
      nom:
      siege: {code_postal: 2500, commune: Besançon}
  promoteurs: une association
zone_intervention: {population: 1 000, territoires: []}
duree:
  date_effet: 01/01/2012
  date_fin: 2016-02-30
annexes:
  financement:
    sources:
      - {id: a, libelle: b, nature: fir, statut: notifie, montants: {2012: 1.005, 2013: "1,5", 201x: 1, 2014: -1}}
"""


def it_underlines_what_is_wrong_where_it_stands_in_french(server: LanguageServer) -> None:
    found = underlined(server, BROKEN)
    expected = [
        (1, "« Orientations stratégiques » manque : ajoutez la ligne « orientations: »."),
        (2, "« Identifiant du contrat » n'a pas la forme attendue."),
        (3, "valeurs admises : complet (contrat complet), transitoire (socle transitoire)."),
        (4, "seuls ces champs sont admis ici, chacun sur sa ligne (nom: valeur) : type, identifiant,"),
        (5, "seuls ces champs sont admis ici, chacun sur sa ligne (nom: valeur) : numero, dossier."),
        (8, "« Signataires pour l'agence » manque"),
        (9, "un texte est attendu ici"),
        (11, "une liste est attendue ici"),
        (12, "Le tableau contient trop peu d'éléments."),
        (12, "un nombre entier s'écrit en chiffres"),
        (14, "une date s'écrit AAAA-MM-JJ"),
        (15, "une date s'écrit AAAA-MM-JJ"),
        (19, "La valeur est inférieure au minimum de 0."),
        (19, "La valeur n'est pas divisible par 0.01."),
        (19, "chaque exercice s'écrit en quatre chiffres"),
        (19, "un montant en euros s'écrit sans espace"),
    ]
    assert [
        (line, message[: len(start)]) for (line, message), (_, start) in zip(found, expected, strict=True)
    ] == expected


DIGITS = """\
type: cpom_type
identifiant: 2012
nature: complet
reference: {numero: 1.10, dossier: NO}
exemple:
visas: [~, {id: 1e5, texte: 12:30}]
parties:
  ars:
    - id: 01
      nom: oui
      siege: {code_postal: 01000, commune: true, voie: ~, complement: ""}
      signataires: [{id: 1, qualite: 2012-01-01, genre: m, delegation: {}}]
  promoteurs:
    - id: 1er
      personne_morale: 0x1F
      genre: f
      forme_juridique: -1
      siren: 123456782
      siret: 12345678200010
      siege: {code_postal: 2A004, commune: .5}
      reseaux: [{id: 0o7, nom: ARESPA, themes: [1, ~, true], finess: 010000024}]
      signataires:
        - {id: 2, qualite: non, genre: f}
        -
zone_intervention: {population: "1172549", territoires: [{id: a, nom: b, communes: }]}
duree: {date_effet: , evenement_effet: x, date_fin: " 2016-12-31 "}
orientations: [{id: a, intitule: "x\\n"}]
annexes:
  financement:
    sources:
      - {id: a, libelle: b, nature: fir, statut: notifie, montants: {2012: 1.50, "2013": "1.05", 2014: , 2015: 71.8}}
"""


def it_takes_digits_as_we_do(server: LanguageServer) -> None:
    assert is_valid(DIGITS, real_schema())
    assert underlined(server, DIGITS) == []


def it_takes_any_text_as_we_do(server: LanguageServer, tmp_path: Path) -> None:
    kinds = dict(enumerate(fields()))
    described = json.loads(json_schema(schema_of("\n".join(f"x{n}: {field}" for n, field in kinds.items()))))
    shapes = {f"^{name}_": shape for name, shape in described["properties"].items()}
    every = {"patternProperties": shapes, "definitions": described["definitions"]}
    (tmp_path / "schema.json").write_text(json.dumps(every), encoding="utf-8")
    lines = [f"x{n}_{rank}: {text}" for n, field in kinds.items() for rank, text in enumerate(accepted(field))]
    assert len(lines) > 2000
    modeline = "# yaml-language-server: $schema=schema.json"
    text = "\n".join([modeline, *lines, "x0_faux: [a]", ""])
    found = server.diagnostics(tmp_path, text)
    assert [text.splitlines()[each["range"]["start"]["line"]] for each in found] == ["x0_faux: [a]"]


def accepted(field: str) -> Iterator[str]:
    """Yield the odd texts that we accept in a field."""
    schema = schema_of(f"x: {field}")
    return (text for text in TEXTS if is_valid(f"x: {text}\n", schema))


@pytest.mark.parametrize("variant", ["complet", "hostile", "transitoire"])
def it_underlines_nothing_in_a_full_contract(server: LanguageServer, variant: str) -> None:
    assert underlined(server, as_yaml(full(real_schema(), every_field(variant)), 3)) == []


def it_proposes_fields_with_their_help(server: LanguageServer) -> None:
    found = proposed(server, "type: cpom_type\n|\n")
    assert "type" not in found
    assert {"identifiant", "parties", "annexes"} <= set(found)
    assert found["parties"]["documentation"].startswith("Qui conclut le contrat")
    assert found["identifiant"]["insertText"] == "identifiant: "


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("parties:\n  |\n", {"ars", "promoteurs", "associes"}),
        ("parties:\n  ars:\n    - |\n", {"id", "nom", "sigle", "siege", "signataires"}),
        ("parties:\n  ars:\n    - id: a\n      s|\n", {"sigle", "siege", "signataires"}),
        ("parties:\n  ars:\n    - siege:\n        |\n", {"voie", "code_postal", "commune"}),
        (
            "annexes:\n  financement:\n    sources:\n      - id: a\n        |\n",
            {"libelle", "nature", "statut", "montants"},
        ),
    ],
)
def it_proposes_fields_at_any_depth(server: LanguageServer, text: str, names: set[str]) -> None:
    assert names <= set(proposed(server, text))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nature: |\n", {"complet": "contrat complet", "transitoire": "socle transitoire"}),
        ("parties:\n  ars:\n    - pilote: |\n", {"oui": "", "non": ""}),
        ("parties:\n  ars:\n    - nom: |\n", {}),
    ],
)
def it_proposes_the_values_of_a_closed_list_and_no_other(
    server: LanguageServer, text: str, values: dict[str, str]
) -> None:
    assert {name: item.get("documentation", "") for name, item in proposed(server, text).items()} == values


def it_writes_what_a_field_cannot_do_without(server: LanguageServer) -> None:
    found = proposed(server, "|\n")["orientations"]["insertText"]
    assert found == "orientations:\n  - id: $1\n    intitule: $2"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("code_postal", "#### Code postal\n\nCinq signes, tels qu'ils s'écrivent"),
        ("siren", "#### SIREN\n\nNeuf chiffres, sans espace.\n\nExemple : 123456782"),
        ("signataires", "#### Signataires pour l'agence\n\nLa directrice générale"),
        ("delegation", "#### Délégation de signature\n\nÀ remplir si"),
        ("date_fin", "#### Date de fin\n\nDernier jour du contrat"),
        ("siege", "#### Siège de l'agence\n\nL'adresse à laquelle"),
        ("nature", "#### Nature du contrat\n\nComplet, ou transitoire"),
    ],
)
def it_explains_a_field_in_french(server: LanguageServer, name: str, shown: str) -> None:
    assert hovered(server, DIGITS, name).startswith(shown)


def it_explains_the_values_of_a_closed_list(server: LanguageServer) -> None:
    assert "* `transitoire`: socle transitoire" in hovered(server, DIGITS, "complet")
