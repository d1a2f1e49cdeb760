"""Field → what an editor may make of its text: members of an `anyOf`, the first of which tells what is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from cpomgen.schema import Field

Json = dict[str, Any]

FIRST, SECOND, LAST = range(3)  # ranks of the members of an `anyOf`

LEFT_OUT = re.compile(r"\(\?[^:=!]|\\[AZ]")  # what JavaScript's patterns do not have
MONTHS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])"
LINE = r"^\s*\S([^\n]*\S)?\s*$"
NUMBERS: Mapping[str, tuple[Json, str, str]] = MappingProxyType(
    {
        "montant": (
            {"type": "number", "multipleOf": 0.01},
            r"-?[0-9]{1,12}(\.[0-9]{1,2})?",
            "un montant en euros s'écrit sans espace, avec un point et deux décimales au plus : 412000.00",
        ),
        "nombre": (
            {"type": "number"},
            r"-?[0-9]{1,12}(\.[0-9]{1,6})?",
            "un nombre s'écrit en chiffres, sans espace, avec un point avant les décimales : 10.5",
        ),
        "entier": (
            {"type": "integer"},
            r"-?[0-9]{1,12}",
            "un nombre entier s'écrit en chiffres, sans espace : 1172549",
        ),
        "annee": (
            {"type": "integer", "minimum": 1000, "maximum": 2999},
            "[12][0-9]{3}",
            "une année a quatre chiffres.",
        ),
        "exercice": (
            {"type": "integer", "minimum": 1000, "maximum": 2999},
            "[12][0-9]{3}",
            "un exercice est une année, en quatre chiffres.",
        ),
    }
)
TEXT = "un texte est attendu ici, non une liste ni une rubrique ; un champ obligatoire ne reste pas vide."
DATE = "une date s'écrit AAAA-MM-JJ, et existe au calendrier : 2012-01-31"
YES_NO = {"oui": "oui", "non": "non"}
NOT_TEXT = {"type": ["number", "boolean", "object", "array", "null"]}


def members(field: Field) -> list[Json]:
    """Return what the text of a leaf may be, once typed by the editor."""
    if "allowed" in field.rules or field.type == "oui_non":
        allowed = field.rules.get("allowed", tuple(YES_NO))
        return _choice(allowed, field.meta.libelles or YES_NO)
    if field.type in NUMBERS:
        return _number(field)
    if field.type == "date":
        return [_text(rf"^\s*[0-9]{{4}}-({MONTHS})\s*$", DATE)]
    return [_string(field), ref("sans_guillemets")]


def ref(name: str) -> Json:
    """Return what stands for a definition."""
    return {"$ref": f"#/definitions/{name}"}


def member(rank: int, schema: Json) -> Json:
    """Return a member of an `anyOf`, with empty words by which yaml-language-server tells it from the others.

    It compares their titles and descriptions: alike, it thinks that all of them match, and says the title of the field
    once for each.
    """
    return {**({"title": ""} if rank != SECOND else {}), **({"description": ""} if rank != FIRST else {}), **schema}


def _text(pattern: str, message: str) -> Json:
    return member(FIRST, {"type": "string", "pattern": pattern, "errorMessage": message})


def _string(field: Field) -> Json:
    """Return a text: on one line unless it is a `texte`, of the form its field asks for."""
    told = f"« {field.meta.libelle or field.name} » n'a pas la forme attendue. {field.meta.aide}".rstrip()
    example = f" Exemple : {field.meta.exemple}" if field.meta.exemple else ""
    found = _text(r"\S", TEXT) if field.type == "texte" else _text(LINE, TEXT)
    if field.type != "texte":
        found["patternErrorMessage"] = "ce champ tient sur une seule ligne, et ne reste pas vide s'il est obligatoire."
    if field.type in ("code", "renvoi") and (pattern := _pattern(field.rules.get("regex", ""))):
        found |= {"pattern": pattern, "patternErrorMessage": told + example}
    if field.type in ("code", "renvoi"):  # typography may lengthen or shorten the others
        found |= {"maxLength": int(field.rules["maxlength"])} if "maxlength" in field.rules else {}
        found |= {"minLength": int(field.rules["minlength"])} if "minlength" in field.rules else {}
    return found


def _pattern(regex: str) -> str:
    """Return the pattern of a text that may have blanks around it; nothing when an editor could not read it."""
    if not regex or LEFT_OUT.search(regex):
        return ""
    body = regex.removeprefix("^")
    return f"^\\s*(?:{body.removesuffix('$')})\\s*$"


def _choice(allowed: tuple[str, ...], labels: Mapping[str, str]) -> list[Json]:
    """Return a closed list, and the same with blanks around."""
    told = ", ".join(name if labels.get(name, name) == name else f"{name} ({labels[name]})" for name in allowed)
    values = [value for name in allowed for value in dict.fromkeys((name, _retyped(name)))]
    listed: Json = {"enum": values, "errorMessage": f"valeurs admises : {told}."}
    if any(labels.get(name, name) != name for name in allowed):
        listed["enumDescriptions"] = [labels.get(str(value), str(value)) for value in values]
    names = "|".join(re.sub(r"[.^$*+?{}\[\]\\|()/]", r"\\\g<0>", name) for name in allowed)
    blanks = {"pattern": rf"^(\s+({names})\s*|({names})\s+)$", "not": NOT_TEXT}
    return [member(FIRST, listed), member(SECOND, blanks)]


def _retyped(text: str) -> Any:  # noqa: ANN401 - a text, or what YAML 1.2 makes of it without quotes
    if re.fullmatch("true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch("[-+]?[0-9]{1,15}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?[0-9]{0,15}\.[0-9]{1,6}", text) else text


def _number(field: Field) -> list[Json]:
    """Return a number, and a text that reads as one."""
    shape, pattern, message = NUMBERS[field.type]
    bounds = {
        json_name: _plain(field.rules[name])
        for name, json_name in (("min", "minimum"), ("max", "maximum"))
        if name in field.rules
    }
    text = {"pattern": rf"^\s*{pattern}\s*$", "not": NOT_TEXT}
    return [member(FIRST, {**shape, **bounds, "errorMessage": message}), member(SECOND, text)]


def _plain(bound: Decimal) -> int | float:
    return int(bound) if bound == int(bound) else float(bound)
