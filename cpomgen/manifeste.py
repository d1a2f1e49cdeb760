"""templates/<type>/modele.yaml, read → Manifeste: what rules need of it, without the documents that it describes."""

from __future__ import annotations

from dataclasses import dataclass

from cpomgen.problem import Problem, ProblemError
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source


@dataclass(frozen=True, slots=True)
class Manifeste:
    """The reasons for amending that a type of contract knows, what its template stipulates, its documents by name."""

    motifs: tuple[str, ...] = ()
    stipule: frozenset[str] = frozenset()
    documents: tuple[str, ...] = ()


def read_manifeste(source: Source) -> Manifeste:
    """Return what rules need of a manifest; raise ProblemError, located, when it cannot be one."""
    motifs = tuple(_identifiant(node) for node in _items(source.root, "motifs_avenant"))
    documents = tuple(_name(node) for node in _items(source.root, "documents"))
    return Manifeste(motifs, frozenset(_word(node) for node in _items(source.root, "stipule")), documents)


def _items(root: MappingNode, key: str) -> tuple[Node, ...]:
    found = root.get(key)
    if found is None or isinstance(found, Sequence):
        return found.items if found else ()
    raise _fault(found, f"« {key} » doit être une liste.")


def _identifiant(node: Node) -> str:
    found = node.get("id") if isinstance(node, MappingNode) else None
    if found is None:
        raise _fault(node, "un motif a un identifiant (id) et un libellé (libelle).")
    return _word(found)


def _name(node: Node) -> str:
    found = node.get("nom") if isinstance(node, MappingNode) else None
    return found.text if isinstance(found, Scalar) else ""  # one that has none is told when documents are built


def _word(node: Node) -> str:
    if not isinstance(node, Scalar) or not node.text:
        raise _fault(node, "un mot est attendu ici.")
    return node.text


def _fault(node: Node, message: str) -> ProblemError:
    return ProblemError(Problem("CPOM305", node.mark, message, "corrigez le manifeste du modèle."))
