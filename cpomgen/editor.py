"""Schema → JSON Schema: what an editor needs to complete, explain and check a contract while it is typed.

It never refuses what `validate` accepts. Editors give scalars a type by themselves (YAML 1.2: `01000` is a number, `~`
is nothing) where we keep the text: each leaf is an `anyOf` of what its text may have become. Two exceptions, which no
schema can tell: a required text that is the bare word `Null`, and an empty item in a list that is full.
"""

from __future__ import annotations

import json
from typing import Any

from cpomgen.leaf import FIRST, LAST, NUMBERS, SECOND, Json, member, members, ref
from cpomgen.scaffold import scaffold
from cpomgen.schema import Field, Schema

WIDTH = 160
LIST = "une liste est attendue ici : une ligne par élément, qui commence par « - »."
EMPTY: Json = {"pattern": r"^\s*$", "maxProperties": 0, "not": {"type": ["number", "boolean"]}}
EMPTIES = {**EMPTY, "items": {**EMPTY, "maxItems": 0}}  # a list of such things too


def json_schema(schema: Schema) -> str:
    """Return the JSON Schema (draft-07) of the contracts of a type, as a file."""
    editor = _Editor()
    root = editor.mapping(schema.root)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": schema.libelle}
    definitions = {name: editor.definitions[name] for name in sorted(editor.definitions)}
    return _laid({**head, **root, "definitions": definitions}, 0) + "\n"


def _laid(node: Any, indent: int) -> str:  # noqa: ANN401 - anything that JSON writes
    """Return a node as JSON: on one line when it is short, so that a change of the schema is read in git."""
    flat = json.dumps(node, ensure_ascii=False)
    if len(flat) + indent < WIDTH or not isinstance(node, dict | list):
        return flat
    named = node.items() if isinstance(node, dict) else (("", each) for each in node)
    margin = " " * (indent + 1)
    entries = [
        f"{margin}{json.dumps(name, ensure_ascii=False)}: {_laid(each, indent + 1)}"
        if isinstance(node, dict)
        else f"{margin}{_laid(each, indent + 1)}"
        for name, each in named
    ]
    inside = ",\n".join(entries)
    opening, closing = "{}" if isinstance(node, dict) else "[]"
    return f"{opening}\n{inside}\n{' ' * indent}{closing}"


class _Editor:
    """Turns fields into JSON Schema; what several fields share is kept once, under `definitions`."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], str] = {}
        self.definitions: dict[str, Json] = {
            "vide": member(LAST, EMPTIES),
            "rempli": {"not": EMPTIES},
            "sans_guillemets": member(SECOND, {"not": {"type": ["string", "object", "array", "null"]}}),
        }

    def field(self, field: Field, *, required: bool = False) -> Json:
        """Return what a field admits, with what people are told of it; one that is required cannot be left empty."""
        told = {"title": field.meta.libelle, "description": description(field)}
        if field.type in ("dict", "list"):
            shape = self.shape(field)
            shape = {
                "anyOf": [shape if "$ref" in shape else member(FIRST, shape), *([] if required else [ref("vide")])]
            }
            if body := scaffold(field):
                shape["defaultSnippets"] = [{"label": f"{field.meta.libelle} : l'essentiel", "body": body}]
        else:
            shape = self.leaf(field, required=required)
        return {name: text for name, text in told.items() if text} | shape

    def shape(self, field: Field) -> Json:
        """Return what a mapping or a list admits; the name of its definition when it has one."""
        if field.type == "list":
            return self.sequence(field)
        if field.values is not None:
            return self.keyed(field, field.values)
        if not field.definition:
            return self.mapping(field)
        label = (field.definition, field.meta.libelle)
        if label not in self.names:
            count = sum(definition == field.definition for definition, _ in self.names)
            self.names[label] = f"{field.definition}_{count + 1}" if count else field.definition
            self.definitions[self.names[label]] = self.mapping(field)
        return ref(self.names[label])

    def mapping(self, field: Field) -> Json:
        """Return the fields of a mapping: those it must have, those it may, and no other."""
        rules = [rule for name, child in field.fields.items() for rule in _rules(field, name, child)]
        known = ", ".join(field.fields)
        return {
            "type": "object",
            "properties": {
                name: self.field(child, required=_is_needed(field, child)) for name, child in field.fields.items()
            },
            "additionalProperties": not field.fields,
            "errorMessage": f"seuls ces champs sont admis ici, chacun sur sa ligne (nom: valeur) : {known}.",
            **({"allOf": rules} if rules else {}),
        }

    def keyed(self, field: Field, values: Field) -> Json:
        """Return a mapping whose keys are values too: exercises, as a rule."""
        pattern = NUMBERS[field.keys][1] if field.keys in NUMBERS else r".*\S.*"
        example = field.meta.exemple or "{2012: …, 2013: …}"
        return {
            "type": "object",
            "patternProperties": {f"^\\s*{pattern}\\s*$": self.field(values)},
            "additionalProperties": False,
            "errorMessage": f"chaque exercice s'écrit en quatre chiffres, suivi de sa valeur : {example}",
        }

    def sequence(self, field: Field) -> Json:
        """Return a list: its items, and how many of them."""
        least = int(field.rules.get("minlength", 1 if field.rules.get("required") else 0))
        return {
            "type": "array",
            **({"items": self.field(field.item)} if field.item else {}),
            **({"minItems": least} if least else {}),
            **({"maxItems": int(field.rules["maxlength"])} if "maxlength" in field.rules else {}),
            "errorMessage": LIST,
        }

    def leaf(self, field: Field, *, required: bool) -> Json:
        """Return what a scalar admits; a type without rules of its own is a definition."""
        admitted = [*members(field), *([] if required else [ref("vide")])]
        if set(field.rules) - {"required", "excludes", "dependencies"} or field.type == "choix":
            return {"anyOf": admitted}
        name = f"{field.type}_obligatoire" if required else field.type
        self.definitions[name] = {"anyOf": admitted}
        return ref(name)


def description(field: Field) -> str:
    """Return the help of a field, as shown when the pointer stays on it or its name is proposed."""
    lines = (
        field.meta.aide,
        f"Source : {field.meta.source}" if field.meta.source else "",
        f"Exemple : {field.meta.exemple}" if field.meta.exemple else "",
    )
    return "\n\n".join(filter(None, lines))


def _rules(parent: Field, name: str, field: Field) -> list[Json]:
    """Return what a mapping must hold for one of its fields: that it be there, what it asks of its neighbours."""
    label = f"« {field.meta.libelle or name} »"
    when: Json = {"if": {"required": [name], "properties": {name: ref("rempli")}}}
    found: list[Json] = []
    if field.rules.get("required"):
        needed: Json = {"required": [name], "errorMessage": f"{label} manque : ajoutez la ligne « {name}: »."}
        rivals: list[Json] = [{"required": [other]} for other in _rivals(parent, name)]
        if drawn := _giver(parent, name):
            rivals.append({"required": [drawn]})
            needed["properties"] = {name: ref("rempli")}
        found.append({"if": {"anyOf": rivals}, "else": needed} if rivals else needed)
    if excluded := {
        other: _excluded(label, name) for other in field.rules.get("excludes", ()) if other in parent.fields
    }:
        found.append({**when, "then": {"properties": excluded}})
    if others := [other for other in field.rules.get("dependencies", ()) if not _giver(parent, other)]:
        message = f"{label} demande aussi : {', '.join(others)}."
        found.append({**when, "then": {"required": others, "errorMessage": message}})
    return found


def _rivals(parent: Field, name: str) -> list[str]:
    """Return the fields that do instead of a required one: required too, and that exclude it."""
    fields = parent.fields.items()
    return [other for other, each in fields if each.rules.get("required") and name in each.rules.get("excludes", ())]


def _is_needed(parent: Field, field: Field) -> bool:
    return bool(field.rules.get("required")) and not (_rivals(parent, field.name) or _giver(parent, field.name))


def _giver(parent: Field, name: str) -> str:
    """Return the field by which the regional catalogue gives another, empty when it does not."""
    drawn = parent.drawn
    return drawn.name if drawn and name in drawn.meta.definit else ""


def _excluded(label: str, name: str) -> Json:
    message = f"ne peut être rempli en même temps que {label} ({name}) : gardez l'un des deux."
    return {"if": ref("rempli"), "then": {"type": "null", "errorMessage": message}, "doNotSuggest": True}
