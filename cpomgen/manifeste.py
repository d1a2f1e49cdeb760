"""templates/<type>/modele.yaml, read → Manifeste: what rules need of it, without the documents that it describes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from cpomgen.lieu import PREAMBULE
from cpomgen.problem import nearest
from cpomgen.rubriques import champ_of, fault, word, words
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source, shown
from cpomgen.typologies import Appel, Typologies, read_typologies


@dataclass(frozen=True, slots=True)
class Manifeste:
    """The reasons for amending that a type of contract knows, what its template stipulates, its documents by name.

    `couvre` has the sections that a reason covers, by its id, and the preamble if it does; one that is not in it covers
    all. `convenus` are words of the cases in which parties may amend without any reason. `pieces` are the documents
    with the sections that they are made of, `libelles` what reasons are called. `typologies` says which pieces a
    contract calls for, None when all call for the same. `rubriques` has, for each section, the path of the field
    without which a contract does not have it, empty when its condition is none or something else.
    """

    motifs: tuple[str, ...] = ()
    stipule: frozenset[str] = frozenset()
    documents: tuple[str, ...] = ()
    couvre: Mapping[str, frozenset[str]] = field(default_factory=dict)
    convenus: tuple[str, ...] = ()
    pieces: Mapping[str, frozenset[str]] = field(default_factory=dict)
    libelles: Mapping[str, str] = field(default_factory=dict)
    typologies: Typologies | None = None
    rubriques: Mapping[str, str] = field(default_factory=dict)

    def due(self, fields: Mapping[Any, Any]) -> tuple[str, ...]:
        """Return the names of the pieces that a contract must have by its typology, given its fields."""
        found = self.typologies.called(fields, Appel.DUE) if self.typologies else ()
        return tuple(each.piece for each in found)


def read_manifeste(source: Source) -> Manifeste:
    """Return what rules need of a manifest; raise ProblemError, located, when it cannot be one."""
    root = source.root  # documents and sections without a name are told when documents are built
    motifs = {_identifiant(node): node for node in _items(root, "motifs_avenant")}
    pieces = {word(node, "nom"): words(node, "sections") for node in _items(root, "documents")}
    known = {PREAMBULE, *(word(node, "nom") for node in _items(root, "sections"))}
    return Manifeste(
        tuple(motifs),
        frozenset(_word(node) for node in _items(root, "stipule")),
        tuple(pieces),
        {motif: _covered(node, known) for motif, node in motifs.items() if _has(node, "couvre")},
        tuple(_word(node) for node in _items(root, "sans_motif")),
        pieces,
        {motif: _said(node) for motif, node in motifs.items()},
        read_typologies(root),
        {word(node, "nom"): champ_of(node) for node in _items(root, "sections")},
    )


def _has(node: Node, key: str) -> bool:
    return isinstance(node, MappingNode) and node.get(key) is not None


def _covered(node: Node, known: Collection[str]) -> frozenset[str]:
    """Return what a reason covers; raise ProblemError for what is no section."""
    for each in _items(node, "couvre") if isinstance(node, MappingNode) else ():
        if _word(each) not in known:
            message = f"ce motif couvre « {shown(_word(each))} », qui n'est ni une section ni le {PREAMBULE}."
            remedy = nearest(_word(each), known, f"connus ici : {', '.join(sorted(known))}.")
            raise fault(each.mark, message, remedy)
    return words(node, "couvre")


def _items(root: MappingNode, key: str) -> tuple[Node, ...]:
    found = root.get(key)
    if found is None or isinstance(found, Sequence):
        return found.items if found else ()
    raise fault(found.mark, f"« {key} » doit être une liste.")


def _identifiant(node: Node) -> str:
    found = node.get("id") if isinstance(node, MappingNode) else None
    if found is None:
        raise fault(node.mark, "un motif a un identifiant (id) et un libellé (libelle).")
    return _word(found)


def _said(node: Node) -> str:
    """Return the label of a reason, its id without any."""
    return word(node, "libelle") or _identifiant(node)


def _word(node: Node) -> str:
    if not isinstance(node, Scalar) or not node.text:
        raise fault(node.mark, "un mot est attendu ici.")
    return node.text
