"""schemas/<type>.yaml, read → Schema: the only place that says what a field is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Path, Scalar, Sequence, Source

SCALAR_TYPES = (
    "ligne", "texte", "code", "date", "annee", "exercice", "montant", "nombre", "entier", "choix", "oui_non", "renvoi",
)  # fmt: skip
NESTING = 20


@dataclass(frozen=True, slots=True)
class Meta:
    """What people are told of a field, and the role under which the program knows it."""

    libelle: str = ""
    aide: str = ""
    exemple: str = ""
    source: str = ""
    role: str = ""
    genre: str = "m"
    nombre: str = "s"
    intitule_par: str = ""
    imprime: bool = True
    modification: str = "avenant"
    vers: str = ""
    repond: tuple[str, ...] = ()
    libelles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contract: its type, its rules in Cerberus's words, the fields below it, the definition they have."""

    name: str
    type: str
    meta: Meta
    mark: Mark
    rules: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    item: Field | None = None
    keys: str = ""
    values: Field | None = None
    definition: str = ""

    @property
    def is_printed(self) -> bool:
        """Tell whether the field itself is meant to be read on the documents."""
        return self.meta.imprime


@dataclass(frozen=True, eq=False)
class Schema:
    """A type of contract; one is the same as itself alone."""

    type: str
    regime: str
    libelle: str
    root: Field

    def path_of(self, role: str) -> tuple[str, ...] | None:
        """Return the names that lead to the first field of that role, lists stepped through; None without any."""
        return next((path for path, found in walk(self.root) if found.meta.role == role), None)


def walk(parent: Field, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield every field below `parent` with the names that lead to it."""
    for child in parent.fields.values():
        here = (*path, child.name)
        yield here, child
        yield from walk(child, here)
    for nested in (parent.item, parent.values):
        if nested is not None:
            yield from walk(nested, path)


def field_at(root: Field, path: Path) -> Field | None:
    """Return the field at a path of the document, None when the schema has none there."""
    found: Field | None = root
    for step in path:
        if found is None:
            return None
        found = found.item if isinstance(step, int) and found.item else found.values or found.fields.get(str(step))
    return found


def read_schema(source: Source) -> Schema:
    """Return the schema that a file describes; raise ProblemError at the first thing it cannot mean."""
    definitions = source.root.get("definitions")
    reader = _Reader(source.file, definitions if isinstance(definitions, MappingNode) else None)
    fields = source.root.get("champs")
    if not isinstance(fields, MappingNode):
        raise _fault(source.root.mark, "ce schéma n'a pas de rubrique « champs ».")
    root = Field("", "dict", Meta(libelle="contrat"), fields.mark, {}, reader.fields(fields, 0))
    return Schema(_head(source, "type"), _head(source, "regime"), _head(source, "libelle"), root)


def _head(source: Source, key: str) -> str:
    node = source.root.get(key)
    if not isinstance(node, Scalar) or not node.text:
        raise _fault(source.root.mark, f"ce schéma n'indique pas « {key} ».")
    return node.text


def _fault(mark: Mark, message: str) -> ProblemError:
    return ProblemError(Problem("CPOM201", mark, message, "corrigez le schéma avant les contrats."))


class _Reader:
    """Fields of one schema file; definitions are read where they are used."""

    def __init__(self, file: str, definitions: MappingNode | None) -> None:
        self.file = file
        self.definitions = definitions

    def fields(self, node: MappingNode, depth: int) -> Mapping[str, Field]:
        """Return the fields that a mapping of rules declares."""
        if depth > NESTING:
            raise _fault(node.mark, "ce schéma s'emboîte sans fin (une définition se contient elle-même).")
        return {entry.key.text: self.field(entry.key.text, entry.value, depth) for entry in node.entries}

    def field(self, name: str, node: Node, depth: int) -> Field:
        """Return the field that `node` describes."""
        if not isinstance(node, MappingNode):
            raise _fault(node.mark, f"le champ « {name} » doit être décrit par des règles (type, required, meta…).")
        kind = _text(node, "type")
        if kind not in (*SCALAR_TYPES, "dict", "list"):
            raise _fault(node.mark, f"le champ « {name} » a un type inconnu : « {kind} ».")
        below = node.get("schema")
        values = node.get("valuesrules")
        keys = node.get("keysrules")
        return Field(
            name,
            kind,
            self.meta(node.get("meta")),
            node.mark,
            self.rules(node),
            self.fields(self.definition(below), depth + 1) if kind == "dict" and below is not None else {},
            self.field("", below, depth + 1) if kind == "list" and below is not None else None,
            _text(keys, "type") if isinstance(keys, MappingNode) else "",
            self.field("", values, depth + 1) if values is not None else None,
            below.text if kind == "dict" and isinstance(below, Scalar) else "",
        )

    def definition(self, node: Node) -> MappingNode:
        """Return the mapping itself, or the definition that a name stands for."""
        if isinstance(node, Scalar) and self.definitions is not None:
            found = self.definitions.get(node.text)
            if isinstance(found, MappingNode):
                return found
        if isinstance(node, MappingNode):
            return node
        raise _fault(node.mark, "« schema » doit être une liste de champs ou le nom d'une définition.")

    def rules(self, node: MappingNode) -> Mapping[str, Any]:
        """Return the Cerberus rules of a field, each with its own type."""
        rules = {}
        for entry in node.entries:
            name = entry.key.text
            if name in ("type", "schema", "meta", "keysrules", "valuesrules"):
                continue
            if name not in RULES:
                raise _fault(entry.key.mark, f"règle inconnue : « {name} ».")
            rules[name] = RULES[name](entry.value)
        return rules

    def meta(self, node: Node | None) -> Meta:
        """Return what the schema tells people of a field."""
        if not isinstance(node, MappingNode):
            return Meta()
        values: dict[str, Any] = {}
        for entry in node.entries:
            name = entry.key.text
            if name not in Meta.__dataclass_fields__:
                raise _fault(entry.key.mark, f"rubrique inconnue sous « meta » : « {name} ».")
            values[name] = META.get(name, _as_text)(entry.value)
        return Meta(**values)


def _text(node: MappingNode, key: str) -> str:
    found = node.get(key)
    return found.text if isinstance(found, Scalar) else ""


def _as_text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise _fault(node.mark, "un texte est attendu ici.")
    return " ".join(node.text.split())


def _as_bool(node: Node) -> bool:
    if _as_text(node) not in ("true", "false"):
        raise _fault(node.mark, "« true » ou « false » est attendu ici.")
    return _as_text(node) == "true"


def _as_number(node: Node) -> Decimal:
    try:
        return Decimal(_as_text(node))
    except InvalidOperation:
        raise _fault(node.mark, "un nombre est attendu ici.") from None


def _as_count(node: Node) -> int:
    if not _as_text(node).isdecimal():
        raise _fault(node.mark, "un nombre entier est attendu ici.")
    return int(_as_text(node))


def _as_texts(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return (_as_text(node),)
    return tuple(_as_text(item) for item in node.items)


def _as_labels(node: Node) -> Mapping[str, str]:
    if not isinstance(node, MappingNode):
        raise _fault(node.mark, "des libellés sont attendus ici (code: libellé).")
    return {entry.key.text: _as_text(entry.value) for entry in node.entries}


RULES: Mapping[str, Callable[[Node], Any]] = MappingProxyType(
    {
        "required": _as_bool,
        "allowed": _as_texts,
        "regex": _as_text,
        "min": _as_number,
        "max": _as_number,
        "minlength": _as_count,
        "maxlength": _as_count,
        "excludes": _as_texts,
        "dependencies": _as_texts,
    }
)
META: Mapping[str, Callable[[Node], Any]] = MappingProxyType(
    {"imprime": _as_bool, "libelles": _as_labels, "repond": _as_texts}
)
