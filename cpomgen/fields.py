"""schemas/<type>.yaml and the files that it shares, read → Schema; definitions are read where they are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from cpomgen.definitions import COMMUNS, Definitions
from cpomgen.facets import META, RULES, SUITED, as_text, fault, keys_of, type_of, unknown
from cpomgen.schema import SCALAR_TYPES, Field, Meta, Schema, all_below, walk
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Source, shown

NESTING = 20
MOST = 5_000  # fields; definitions that hold each other twice would double at each level
HEAD = ("type", "regime", "libelle", COMMUNS, "definitions", "champs")
TAKEN = (  # what templates find under these names
    "exercices", "edition", "version", "empreinte", "numeros", "loop", "mots", "appels", "acte", "note", "fiche",
    "consolidation",
)  # fmt: skip


def read_schema(source: Source, communs: Iterable[Source] = ()) -> Schema:
    """Return the schema that a file describes, with what `communs` define; raise ProblemError at the first fault."""
    reader = _Reader(Definitions(source, communs))
    fields = source.root.get("champs")
    if not isinstance(fields, MappingNode):
        raise fault(source.root.mark, "ce schéma n'a pas de rubrique « champs ».")
    taken = next((entry.key for entry in fields.entries if entry.key.text in TAKEN), None)
    if taken is not None:
        raise fault(taken.mark, f"« {taken.text} » est un nom que les modèles emploient déjà pour autre chose.")
    root = Field("", "dict", Meta(libelle="contrat"), fields.mark, {}, reader.fields(fields, 0))
    _check_links(root)
    kind, regime, libelle = (_head(source, key) for key in ("type", "regime", "libelle"))
    for entry in source.root.entries:
        if entry.key.text not in HEAD:
            raise unknown(entry.key, "rubrique inconnue", HEAD)
    return Schema(kind, regime, libelle, root)


def _head(source: Source, key: str) -> str:
    node = source.root.get(key)
    if not isinstance(node, Scalar) or not node.text:
        raise fault(source.root.mark, f"ce schéma n'indique pas « {key} ».")
    return node.text


def _check_links(root: Field) -> None:
    """Raise ProblemError for a field that points to what no field is."""
    lists = {field.meta.role for _, field in walk(root) if field.type == "list" and field.meta.role}
    for each in (root, *all_below(root)):
        if each.type == "renvoi" and each.meta.vers not in lists:
            raise fault(each.mark, f"ce renvoi désigne une liste qui n'existe pas : « {shown(each.meta.vers)} ».")
        if each.meta.intitule_par and each.fields and each.meta.intitule_par not in each.fields:
            name = shown(each.meta.intitule_par)
            raise fault(each.mark, f"« intitule_par » nomme un champ qui n'existe pas ici : « {name} ».")
        _check_beside(each)
        if stray := next((code for code in each.meta.faits if code not in each.rules.get("allowed", ())), None):
            raise fault(each.mark, f"« faits » parle d'une valeur que le champ n'a pas : « {shown(stray)} ».")
        _check_drawn(each)


def _check_beside(holder: Field) -> None:
    """Raise ProblemError for a field whose rules name another that is not beside it."""
    for field in holder.fields.values():
        for rule in ("excludes", "dependencies"):
            if stray := next((name for name in field.rules.get(rule, ()) if name not in holder.fields), None):
                raise fault(field.mark, f"« {rule} » nomme un champ qui n'existe pas ici : « {shown(stray)} ».")


def _check_drawn(field: Field) -> None:
    """Raise ProblemError for a field that takes from the regional catalogue what that cannot give."""
    if field.meta.reference and field.type != "list":
        raise fault(field.mark, "seule une liste peut être citée par « reference ».")
    if (drawn := field.drawn) is None:
        return
    if drawn.type != "code":
        raise fault(drawn.mark, "un champ qui renvoie au catalogue régional est de type « code ».")
    for name in drawn.meta.definit:
        if name in ("id", drawn.name) or name not in field.fields or field.fields[name].values:
            raise fault(drawn.mark, f"« definit » nomme ce que le catalogue ne peut donner : « {shown(name)} ».")


PARTS = ("schema", "keysrules", "valuesrules")
NEEDED: Mapping[str, tuple[set[str], ...]] = MappingProxyType(
    {"dict": ({"schema"}, {"keysrules", "valuesrules"}), "list": ({"schema"},)}
)
LEAF = "seul un champ de type « dict » ou « list » en contient d'autres"
LACKING: Mapping[str, str] = MappingProxyType(
    {
        "dict": "il faut « schema », ou « keysrules » et « valuesrules »",
        "list": "il faut « schema », qui décrit un élément de la liste, et rien d'autre",
    }
)


class _Reader:
    """Fields of one schema; definitions are read where they are used."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.count = 0

    def fields(self, node: MappingNode, depth: int) -> Mapping[str, Field]:
        """Return the fields that a mapping of rules declares."""
        if depth > NESTING:
            raise fault(node.mark, "ce schéma s'emboîte sans fin (une définition se contient elle-même).")
        return {entry.key.text: self.field(entry.key.text, entry.value, depth) for entry in node.entries}

    def field(self, name: str, node: Node, depth: int) -> Field:
        """Return the field that `node` describes."""
        if not isinstance(node, MappingNode):
            message = f"le champ « {shown(name)} » doit être décrit par des règles (type, required, meta…)."
            raise fault(node.mark, message)
        node = self.definitions.complete(node)
        kind = type_of(node)
        self.check(name, node, kind)
        below = node.get("schema")
        values = node.get("valuesrules")
        keys = node.get("keysrules")
        return Field(
            name,
            kind,
            self.meta(node.get("meta")),
            node.mark,
            self.rules(node, kind),
            self.fields(self.definitions.fields(below), depth + 1) if kind == "dict" and below is not None else {},
            self.field("", below, depth + 1) if kind == "list" and below is not None else None,
            keys_of(keys) if keys is not None else "",
            self.field("", values, depth + 1) if values is not None else None,
            below.text if kind == "dict" and isinstance(below, Scalar) else "",
        )

    def check(self, name: str, node: MappingNode, kind: str) -> None:
        """Raise ProblemError when a field is one too many, has no name a template could say, or lacks its parts."""
        self.count += 1
        if self.count > MOST:
            raise fault(node.mark, f"ce schéma a plus de {MOST} champs.")
        if kind not in (*SCALAR_TYPES, "dict", "list"):
            typed = node.get("type")
            mark = typed.mark if typed and typed.mark.file != node.mark.file else node.mark  # that of what it is like
            raise fault(mark, f"le champ « {shown(name)} » a un type inconnu : « {shown(kind)} ».")
        if name and not (name.isidentifier() and name == shown(name)):
            raise fault(node.mark, f"« {shown(name)} » ne peut pas nommer un champ.", "lettres, chiffres et « _ ».")
        if name == "id" and kind in ("dict", "list"):
            raise fault(node.mark, "« id » est un identifiant : son type est « code ».")
        given = {part for part in PARTS if node.get(part) is not None}
        if given not in NEEDED.get(kind, (set(),)):
            raise fault(node.mark, f"le champ « {shown(name)} » : {LACKING.get(kind, LEAF)}.")

    def rules(self, node: MappingNode, kind: str) -> Mapping[str, Any]:
        """Return the Cerberus rules of a field of type `kind`, each with its own type."""
        rules = {}
        for entry in node.entries:
            name = entry.key.text
            if name in ("type", "schema", "meta", "keysrules", "valuesrules"):
                continue
            if name not in RULES:
                raise unknown(entry.key, "règle inconnue", RULES)
            if kind not in SUITED.get(name, (kind,)):
                raise fault(entry.key.mark, f"la règle « {name} » ne vaut pas pour un champ de type « {kind} ».")
            rules[name] = RULES[name](entry.value)
        return rules

    def meta(self, node: Node | None) -> Meta:
        """Return what the schema tells people of a field."""
        if node is None:
            return Meta()
        if not isinstance(node, MappingNode):
            raise fault(node.mark, "« meta » est une rubrique (libelle, aide, exemple…).")
        values: dict[str, Any] = {}
        for entry in node.entries:
            name = entry.key.text
            if name not in Meta.__dataclass_fields__:
                raise unknown(entry.key, "rubrique inconnue sous « meta »", Meta.__dataclass_fields__)
            values[name] = META.get(name, as_text)(entry.value)
        return Meta(**values)
