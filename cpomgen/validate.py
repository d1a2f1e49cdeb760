"""Source × Schema → Valide: every scalar typed, every rule of the schema held, or problems with their marks."""

from __future__ import annotations

import functools
import operator
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from cerberus import TypeDefinition, Validator
from cerberus.errors import BaseErrorHandler, ValidationError

from cpomgen.commas import cut_numbers, glued, listed
from cpomgen.glyphs import unprintable
from cpomgen.hint import hint
from cpomgen.problem import Mark, Problem, in_file_order, nearest
from cpomgen.scalars import Misread, read_scalar
from cpomgen.schema import SCALAR_TYPES, Field, Schema, field_at
from cpomgen.slips import misspaced
from cpomgen.source import UNREAD, Entry, Node, Path, Scalar, Source, Unread, Valide, is_empty, shown
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Sequence as SequenceNode
from cpomgen.wording import unaccented


def validate(source: Source, schema: Schema, *, asked: bool = True) -> Valide:
    """Return the typed contract, with every breach of its schema, if `asked`, in file order; UNREAD if not readable."""
    typing = _Typing(unread=set(source.unread))
    document = typing.mapping(source.root, schema.root, ())
    breaches = _breaches(schema, typing) if asked else ()
    problems = in_file_order([*source.problems, *typing.problems, *breaches])
    for path in sorted(typing.partial, key=len, reverse=True):  # what one exercise has is not known, nor what all have
        functools.reduce(operator.getitem, path[:-1], document)[path[-1]] = UNREAD
    return Valide(source.file, document, typing.marks, tuple(problems))


@dataclass
class _Typing:
    """One walk over a contract: gives each scalar its type, remembers each mark, notes what cannot be read."""

    problems: list[Problem] = field(default_factory=list)
    marks: dict[Path, Mark] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)
    inline: dict[Path, list[Any]] = field(default_factory=dict)  # the lists between brackets
    held: list[tuple[Path, dict[Any, Any] | list[Any], Field]] = field(default_factory=list)  # mappings and lists
    partial: set[Path] = field(default_factory=set)  # values by exercise, one of which has an exercise not readable

    def node(self, node: Node, field: Field, path: Path, lead: str) -> Any:  # noqa: ANN401 - typed, None, or UNREAD
        """Return the typed value of a node, None when empty, UNREAD when unreadable; its line begins with `lead`."""
        if is_empty(node):
            return None
        if field.type == "dict" and isinstance(node, MappingNode):
            return self.mapping(node, field, path)
        if field.type == "list" and isinstance(node, SequenceNode):
            return self.sequence(node, field, path)
        if field.type not in ("dict", "list") and isinstance(node, Scalar):
            return self.scalar(node, field.type, path, lead)
        if isinstance(node, Scalar) and node.plain and (slip := misspaced(node.text)):
            return self.refuse(path, node.mark, slip.message, slip.remedy)
        expected = EXPECTED.get(field.type, "une valeur")
        remedy = listed(node, field)
        return self.refuse(path, node.mark, f"{_name(field)} : {expected} est attendue ici.", remedy)

    def mapping(self, node: MappingNode, field: Field, path: Path) -> dict[Any, Any]:
        """Return the fields of a mapping, those that the schema knows."""
        found: dict[Any, Any] = {}
        strays = False
        self.marks.setdefault(path, node.mark)  # the mark of its key, when it has one
        cut = {name: (rest, number) for name, rest, number in cut_numbers(node)}
        decimals = {rest for rest, _ in cut.values()}
        for entry in node.entries:
            name: Any = None if entry.key.text in decimals else self.name(entry, field, path)
            below = field.values or field.fields.get(entry.key.text)
            if name is None or name is UNREAD:
                strays = strays or name is UNREAD
                continue
            here = (*path, name)
            self.marks[here] = entry.key.mark
            if name in found:
                self.refuse(here, entry.key.mark, f"« {name} » est donné deux fois.", "ne gardez que l'un des deux.")
            elif below is None:
                self.misspelt(entry.key, node, field, path)
            elif entry.key.text in cut:
                found[name] = self.cut(here, entry.value.mark, cut[entry.key.text][1], below)
            elif (value := self.node(entry.value, below, here, f"{name}: ")) is not None:
                found[name] = value
        if strays and field.values is not None:
            self.partial.add(path)
            self.unread |= set() if found else {path}
        for name in field.fields:
            if (*path, name) in self.unread:
                found.setdefault(name, UNREAD)
        self.held.append((path, found, field))
        return found

    def cut(self, path: Path, mark: Mark, number: str, field: Field) -> Unread:
        """Refuse a number that a comma cut in two; it is proposed whole when its field can have it."""
        fits = field.type in SCALAR_TYPES and not isinstance(read_scalar(number, field.type), Misread)
        return self.refuse(path, mark, CUT, f"écrivez {path[-1]}: {number}" if fits else "sans espace ni virgule.")

    def name(self, entry: Entry, field: Field, path: Path) -> Any:  # noqa: ANN401 - a name, an exercise, or UNREAD
        """Return the name of a field or the exercise of a value; UNREAD when none can be told from its text."""
        if line := glued(entry):
            told = "il manque une espace après le deux-points."
            return self.refuse((*path, line.partition(":")[0]), entry.key.mark, told, f"écrivez {line}")
        if field.values is None:
            return entry.key.text
        return self.scalar(entry.key, field.keys, (*path, entry.key.text))

    def misspelt(self, key: Scalar, node: MappingNode, field: Field, path: Path) -> None:
        """Refuse a name that is not known; the field it is most like is then unread, not missing."""
        name = shown(key.text)
        remedy = nearest(name, field.fields, f"champs admis : {', '.join(field.fields)}")
        self.problems.append(Problem("CPOM211", key.mark, f"le champ « {name} » n'existe pas ici.", remedy))
        given = {entry.key.text for entry in node.entries}
        self.unread |= {(*path, near) for near in get_close_matches(name, set(field.fields) - given, 1)}

    def sequence(self, node: SequenceNode, field: Field, path: Path) -> list[Any]:
        """Return the items of a sequence, empty ones left out."""
        found: list[Any] = []
        for item in node.items:
            here = (*path, len(found))
            self.marks[here] = item.mark
            if field.item is not None and (value := self.node(item, field.item, here, "- ")) is not None:
                found.append(value)
        if node.inline:
            self.inline[path] = found
        self.held.append((path, found, field))
        return found

    def scalar(self, node: Scalar, kind: str, path: Path, lead: str = "") -> Any:  # noqa: ANN401 - typed, or UNREAD
        """Return the value of a scalar, UNREAD when it cannot be read or printed; its line begins with `lead`."""
        value = read_scalar(node.text, kind)
        if isinstance(value, Misread):
            remedy = f"écrivez {lead}{value.correct}" if value.correct else value.remedy
            return self.refuse(path, node.mark, value.message, remedy)
        if isinstance(value, str) and (signs := unprintable(value)):
            named = ", ".join(f"« {sign} » (U+{ord(sign):04X})" for sign in signs)
            told = f"aucune police du PDF n'a ce signe : {named}."
            return self.refuse(path, node.mark, told, "remplacez-le ou retirez-le.", "CPOM227")
        return value

    def refuse(self, path: Path, mark: Mark, message: str, remedy: str = "", code: str = "CPOM210") -> Unread:
        """Note a value that cannot be read."""
        self.unread.add(path)
        self.problems.append(Problem(code, mark, message, remedy))
        return UNREAD


CUT = "une virgule sépare deux valeurs ici : les décimales s'écrivent avec un point."
EXPECTED = {"dict": "une rubrique (nom: valeur)", "list": "une liste (lignes commençant par « - »)"}


def _name(field: Field) -> str:
    return f"« {field.meta.libelle or field.name} »"


class _Flat(BaseErrorHandler):  # type: ignore[misc]
    """Hands Cerberus's errors over as they are."""

    def __call__(self, errors: list[ValidationError]) -> list[ValidationError]:
        return errors


class _Validator(Validator):  # type: ignore[misc]
    """Cerberus, with our types."""

    mandatory_validations = ()  # no value is None, which Cerberus would look for

    types_mapping = {  # noqa: RUF012 - Cerberus's own way
        **Validator.types_mapping,
        **{kind: TypeDefinition(kind, (str,), ()) for kind in ("ligne", "texte", "code", "choix", "renvoi")},
        **{kind: TypeDefinition(kind, (Decimal,), ()) for kind in ("montant", "nombre")},
        **{kind: TypeDefinition(kind, (int,), (bool,)) for kind in ("annee", "exercice", "entier")},
        "date": TypeDefinition("date", (date,), ()),
        "oui_non": TypeDefinition("oui_non", (bool,), ()),
    }

    @property
    def schema(self) -> Any:  # noqa: ANN401 - Cerberus's own
        """Return the rules; schema.py has read each of them, Cerberus need not do so again."""
        return self._schema

    @schema.setter
    def schema(self, schema: Any) -> None:  # noqa: ANN401 - Cerberus's own
        self._schema = schema


def _breaches(schema: Schema, typing: _Typing) -> Iterator[Problem]:
    for error in sorted(_errors(typing)):  # by path, then rule
        if error.rule == "excludes" and _is_told_by_another(error, schema, typing.marks):
            continue
        field = field_at(schema.root, error.document_path)
        if field is not None and not any(error.document_path[: len(path)] == path for path in typing.unread):
            yield _breach(error, field, schema, typing)


def _errors(typing: _Typing) -> Iterator[ValidationError]:
    """Yield what Cerberus finds in each mapping and each list, given to it one by one: its own way down is slow."""
    validator = _Validator(allow_unknown=True, error_handler=_Flat)  # what has no rule is not asked about
    for path, held, holder in typing.held:
        document = held if isinstance(held, dict) else dict(enumerate(held))
        each = holder.values or holder.item
        fields = dict.fromkeys(document, each) if each else holder.fields
        if rules := {name: _rules(below) for name, below in fields.items() if below.rules}:
            validator.document_path, validator.schema = path, rules
            validator.validate(document, normalize=False)
            yield from validator.errors


def _rules(field: Field) -> Mapping[str, Any]:
    """Return what Cerberus is asked of a field, none of what is below it; any value read is of its type already."""
    if "excludes" not in field.rules:
        return field.rules
    # One not read has no type, and excludes nothing. A tuple of names would be one name to Cerberus.
    return {**field.rules, "type": field.type, "excludes": list(field.rules["excludes"])}


def _breach(error: ValidationError, field: Field, schema: Schema, typing: _Typing) -> Problem:
    path: Path = error.document_path
    marks = typing.marks
    mark = next(marks[path[:n]] for n in range(len(path), -1, -1) if path[:n] in marks)
    parent = field_at(schema.root, path[:-1])
    code, message, remedy = SENTENCES[error.rule]
    facts = {"constraint": _shown(error.constraint), "value": _shown(error.value), "unit": UNITS[field.type == "list"]}
    if error.rule in ("excludes", "dependencies") and parent is not None:
        facts["constraint"] = ", ".join(_name(parent.fields[name]) for name in error.constraint)
    sentence = f"{_name(field)} {message.format(**facts)}."
    told = hint(field) if error.rule == "required" else field.meta.aide
    mended = _mended(error, typing.inline.get(path[:-1], [])) or remedy.format(**facts) or told
    return Problem(code, mark, sentence, mended, field.meta.source)


def _mended(error: ValidationError, beside: list[Any]) -> str:
    """Return the line to type instead, when a value is all but one of those allowed, or all but of the form asked.

    `beside` has the items of a list between brackets, which is typed whole.
    """
    name, value = error.document_path[-1], str(error.value)
    lead = "- " if isinstance(name, int) else f"{name}: "
    if error.rule == "regex":
        bare = re.sub(r"[\W_]", "", value)
        joined = re.sub(r"[^A-Za-z0-9]+", "-", unaccented(value)).strip("-")
        likely = (bare, bare.upper(), joined, joined.lower())
        found = next((each for each in likely if re.fullmatch(error.constraint, each)), "")
        return f"écrivez {lead}{found}" if found else ""
    if error.rule == "allowed":
        known = {_folded(each): each for each in error.constraint}
        near = get_close_matches(_folded(value), known, 1)
        if near and beside:
            closest = [(each, get_close_matches(_folded(str(each)), known, 1)) for each in beside]
            return f"écrivez [{', '.join(known[found[0]] if found else str(each) for each, found in closest)}]"
        guess = f"écrivez {lead}{known[near[0]]}" if near else ""
        guess = guess if not near or near[0] == _folded(value) else f"vouliez-vous écrire « {known[near[0]]} » ?"
        return f"{guess} (valeurs admises : {_shown(error.constraint)})" if guess else ""
    return ""


def _folded(text: str) -> str:
    """Return a text as one may misremember it: without capitals, accents or joints."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if sign.isalnum())
    return bare or text


def _is_told_by_another(error: ValidationError, schema: Schema, marks: Mapping[Path, Mark]) -> bool:
    """Tell whether a field below excludes this one too: of two that exclude each other, the second is at fault."""
    path: Path = error.document_path
    others = [(*path[:-1], name) for name in error.constraint]
    rivals = [each for each in others if marks.get(each, marks[path]) > marks[path]]
    fields = [field_at(schema.root, each) for each in rivals]
    return any(field is not None and path[-1] in field.rules.get("excludes", ()) for field in fields)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else shown(str(value))


UNITS = ("de signes", "d'éléments")
SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "required": ("CPOM212", "manque", ""),
    "allowed": ("CPOM213", "n'admet pas « {value} »", "valeurs admises : {constraint}"),
    "regex": ("CPOM214", "n'a pas la forme attendue : « {value} »", ""),
    "min": ("CPOM215", "descend sous le minimum : {value}", "minimum : {constraint}"),
    "max": ("CPOM215", "dépasse le maximum : {value}", "maximum : {constraint}"),
    "minlength": ("CPOM216", "compte trop peu {unit}", "{constraint} au moins"),
    "maxlength": ("CPOM216", "compte trop {unit}", "{constraint} au plus"),
    "excludes": ("CPOM217", "ne peut être rempli en même temps que : {constraint}", "gardez l'un des deux."),
    "dependencies": ("CPOM218", "demande aussi : {constraint}", ""),
}
