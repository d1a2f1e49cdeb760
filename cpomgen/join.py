"""Source × Schema × Catalogue → the same, where items that refer to the regional catalogue have what it gives.

What the catalogue gives keeps its place in campagne.yaml; from there on, nothing tells it from what the contract says.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from cpomgen.catalogue import Catalogue
from cpomgen.contrat import alineas
from cpomgen.problem import Mark, Problem, nearest
from cpomgen.project import CAMPAGNE
from cpomgen.scalars import read_scalar
from cpomgen.schema import Field, Schema, all_below
from cpomgen.source import Entry, Mapping, Node, Path, Scalar, Sequence, Source, is_empty, shown


def join(source: Source, schema: Schema, catalogue: Callable[[], Catalogue | None]) -> Source:
    """Return a contract with what it takes from the catalogue, asked for only then, and what is wrong in how it does.

    `catalogue` gives None when the project has none, and raises ProblemError when it cannot be read.
    """
    leading = _leading(schema)
    if not leading:
        return source
    joining = _Joining(leading, functools.cache(catalogue))
    root = joining.mapping(source.root, schema.root, ())
    return replace(source, root=root, problems=tuple(joining.problems), unread=frozenset(joining.unread))


@functools.lru_cache(maxsize=8)
def _leading(schema: Schema) -> frozenset[int]:
    """Return the fields, by identity, below which something may refer to the catalogue, and the root's."""
    return frozenset(id(each) for each in (schema.root, *all_below(schema.root)) if _leads(each))


def _leads(field: Field) -> bool:
    return any(each.drawn for each in (field, *all_below(field)))


@dataclass
class _Joining:
    """One walk over a contract, where it may refer to the catalogue."""

    leading: frozenset[int]
    catalogue: Callable[[], Catalogue | None]
    problems: list[Problem] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)

    def node(self, node: Node, field: Field, path: Path) -> Node:
        """Return a node with what it takes, the same when that is nothing."""
        if isinstance(node, Sequence) and field.item is not None:
            return self.sequence(node, field.item, path)
        return self.mapping(node, field, path) if isinstance(node, Mapping) else node

    def sequence(self, node: Sequence, item: Field, path: Path) -> Sequence:
        """Return a list, its items counted as `validate` does: without those that are empty."""
        made: list[Node] = []
        rank = 0
        for each in node.items:
            made.append(self.node(each, item, (*path, rank)))
            rank += not is_empty(each)
        return node if all(map(operator.is_, made, node.items)) else replace(node, items=tuple(made))

    def mapping(self, node: Mapping, field: Field, path: Path) -> Mapping:
        """Return a mapping, with what the item that it refers to gives it."""
        entries = [self.entry(each, field, path) for each in node.entries]
        drawn = field.drawn
        named = node.get(drawn.name) if drawn else None
        if drawn and isinstance(named, Scalar) and not is_empty(named):
            given = list(self.given(replace(node, entries=tuple(entries)), field, drawn, named, path))
            names = {each.key.text for each in given}
            entries = [*(each for each in entries if each.key.text not in names), *given]
        same = len(entries) == len(node.entries) and all(map(operator.is_, entries, node.entries))
        return node if same else replace(node, entries=tuple(entries))

    def entry(self, entry: Entry, field: Field, path: Path) -> Entry:
        """Return a field of a mapping, and all that is below it."""
        below = field.fields.get(entry.key.text)
        if below is None or id(below) not in self.leading:
            return entry
        made = self.node(entry.value, below, (*path, below.name))
        return entry if made is entry.value else Entry(entry.key, made)

    def given(self, node: Mapping, field: Field, drawn: Field, named: Scalar, path: Path) -> Iterator[Entry]:
        """Yield what an item of the catalogue gives to the one that names it: what that leaves out."""
        catalogue = self.catalogue()
        item = catalogue.item(drawn.meta.catalogue, named.text.strip()) if catalogue else None
        if catalogue is None or item is None:
            self.problems.append(_unknown(drawn, named, catalogue))
            self.unread |= {(*path, name) for name in drawn.meta.definit}
            return
        for name in drawn.meta.definit:
            known, own = field.fields[name], node.get(name)
            theirs = next((each for each in item.entries if each.key.text == name and not is_empty(each.value)), None)
            cited = Entry(theirs.key, catalogue.cited(theirs.value, known)) if theirs else None
            self.problems += catalogue.strangers(theirs.value, known) if theirs else ()
            if own is not None and not is_empty(own):
                if cited and _value(own, known) != _value(cited.value, known):
                    self.problems.append(_contradicted(own, cited, known, drawn))
            elif cited:
                yield cited
            elif known.rules.get("required"):  # and missed where it is
                yield Entry(Scalar(name, item.mark), Scalar("", item.mark))


def _value(node: Node, field: Field) -> Any:  # noqa: ANN401 - fit to be compared
    """Return what a node says, however it is laid out."""
    if isinstance(node, Sequence):
        return tuple(_value(each, field.item or field) for each in node.items if not is_empty(each))
    if isinstance(node, Mapping):
        below = ((each.key.text, each.value, field.fields.get(each.key.text, field)) for each in node.entries)
        return {name: _value(value, known) for name, value, known in below if not is_empty(value)}
    value = node.text if field.type in ("dict", "list") else read_scalar(node.text, field.type)
    return alineas(value) if field.type == "texte" and isinstance(value, str) else value


def _unknown(drawn: Field, named: Scalar, catalogue: Catalogue | None) -> Problem:
    """Return what is wrong in a reference that leads nowhere."""
    name, kind = shown(named.text.strip()), drawn.meta.catalogue
    if catalogue is None:
        message = f"« {name} » renvoie au catalogue régional, et le projet n'a pas de fichier {CAMPAGNE}."
        remedy = f"mettez {CAMPAGNE} à la racine du projet, ou retirez « {drawn.name}: » et écrivez ce qu'il donnait."
        return Problem("CPOM722", named.mark, message, remedy)
    known = sorted(catalogue.listes.get(kind, ()))
    among = shown(f"connus : {', '.join(known)}") if known else f"{CAMPAGNE} n'a pas de liste « {kind} »."
    message = f"« {name} » n'est pas dans le catalogue régional ({CAMPAGNE}, « {kind} »)."
    return Problem("CPOM723", named.mark, message, nearest(name, known, among))


def _contradicted(own: Node, cited: Entry, field: Field, drawn: Field) -> Problem:
    """Return what is wrong in a value that is not that of the catalogue."""
    where: Mark = cited.key.mark
    told = f"{_shown(own)} ici, {_shown(cited.value)} au catalogue régional ({CAMPAGNE}, ligne {where.line})"
    message = f"« {field.meta.libelle or field.name} » : {told}."
    remedy = f"retirez « {field.name}: », que le catalogue donne ; si ce n'est pas le même, retirez « {drawn.name}: »."
    return Problem("CPOM724", own.mark, message, remedy)


def _shown(node: Node) -> str:
    """Return a value as a message repeats it."""
    if isinstance(node, Sequence):
        return f"« {shown(', '.join(each.text for each in node.items if isinstance(each, Scalar)))} »"
    return f"« {shown(' '.join(node.text.split()))} »" if isinstance(node, Scalar) else "une rubrique"
