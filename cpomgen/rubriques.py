"""Nodes of a manifest → its rubriques, lists and words; what is raised, located, for those that cannot be followed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import Entry, Node, Scalar, Sequence, shown
from cpomgen.source import Mapping as MappingNode

CHAMP = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")  # a condition that is but the path of a field


def check_keys(node: MappingNode, known: tuple[str, ...]) -> None:
    """Raise ProblemError for a key that the manifest does not know there."""
    for entry in node.entries:
        if entry.key.text not in known:
            name = shown(entry.key.text)
            remedy = nearest(name, known, f"connus ici : {', '.join(known)}.")
            raise fault(entry.key.mark, f"le manifeste ne connaît pas « {name} » ici.", remedy)


def check_names(root: MappingNode, key: str, names: Iterable[str]) -> None:
    """Raise ProblemError for a name given twice: one of the two would be lost."""
    seen: set[str] = set()
    for name, node in zip(names, items(root, key), strict=True):
        if name in seen:
            raise fault(node.mark, f"« {shown(name)} » est déjà nommé plus haut.", "donnez-lui un autre nom.")
        seen.add(name)


def mapping(node: Node) -> MappingNode:
    """Return a node that must be a mapping."""
    if not isinstance(node, MappingNode):
        raise fault(node.mark, "une rubrique (nom: valeur) est attendue ici.")
    return node


def entries(node: MappingNode, key: str) -> tuple[Entry, ...]:
    """Return the entries of a mapping that may be missing."""
    found = node.get(key)
    return tuple(mapping(found).entries) if found is not None else ()


def items(node: MappingNode, key: str) -> tuple[Node, ...]:
    """Return the items of a list that must be there."""
    found = node.get(key)
    if not isinstance(found, Sequence) or not found.items:
        raise fault(node.mark, f"il manque la liste « {key} ».")
    return found.items


def text(node: MappingNode, key: str) -> str:
    """Return a text that must be there."""
    found = node.get(key)
    if not isinstance(found, Scalar) or not found.text:
        raise fault(node.mark, f"il manque « {key} ».")
    return found.text


def word(node: Node, key: str) -> str:
    """Return a text that may be missing, "" for none."""
    found = node.get(key) if isinstance(node, MappingNode) else None
    return found.text if isinstance(found, Scalar) else ""


def words(node: Node, key: str) -> frozenset[str]:
    """Return the texts of a list that may be missing, "" for an item that is none."""
    found = node.get(key) if isinstance(node, MappingNode) else None
    items = found.items if isinstance(found, Sequence) else ()
    return frozenset(each.text if isinstance(each, Scalar) else "" for each in items)


def champ_of(section: Node) -> str:
    """Return the path of the field that a section hangs on, "" when it hangs on none, or on more."""
    condition = word(section, "condition")
    return condition if CHAMP.fullmatch(condition) else ""


def fault(mark: Mark, message: str, remedy: str = "corrigez le manifeste du modèle.") -> ProblemError:
    """Return what is raised for a manifest that cannot be followed."""
    return ProblemError(Problem("CPOM305", mark, message, remedy))
