"""templates/<type>/modele.yaml, read → Modele: which documents a type of contract has, of which sections, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template
from jinja2.exceptions import TemplateError

from cpomgen.expression import Expression, Gabarit
from cpomgen.filters import RefusedError
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section of the Word template: its name, and the condition under which a contract has it."""

    nom: str
    condition: Expression | None
    mark: Mark

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Tell whether a contract has this section."""
        try:
            return self.condition is None or bool(self.condition.value(scope))
        except RefusedError as error:
            raise _fault(self.mark, f"{error}.") from None


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A document: its name in out/, what its title adds to the contract's, and the sections it is made of."""

    nom: str
    titre: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modele:
    """The manifest of a type of contract."""

    type: str
    gabarit: str
    style: str
    titre: Template
    mark: Mark
    sections: tuple[SectionRule, ...]
    documents: tuple[DocumentRule, ...]

    def title(self, document: DocumentRule, scope: Mapping[str, Any]) -> str:
        """Return the title of a document of a contract."""
        try:
            found = self.titre.render(scope)
        except (RefusedError, TemplateError) as error:
            raise _fault(self.mark, f"le titre ne peut être écrit ({error}).") from None
        return f"{found} – {document.titre}" if document.titre else found


def read_modele(source: Source) -> Modele:
    """Return the manifest that a file is; raise ProblemError, located, when it cannot be one."""
    root = source.root
    sections = tuple(_section(_mapping(node)) for node in _items(root, "sections"))
    known = {section.nom for section in sections}
    documents = tuple(_document(_mapping(node), known) for node in _items(root, "documents"))
    try:
        titre = Gabarit(autoescape=False).template(_text(root, "titre"), "titre")
    except RefusedError as error:
        raise _fault(root.mark, f"{error}.") from None
    return Modele(
        _text(root, "type"), _text(root, "gabarit"), _text(root, "style"), titre, root.mark, sections, documents
    )  # fmt: skip


def _section(node: MappingNode) -> SectionRule:
    condition = node.get("condition")
    try:
        expression = Gabarit().expression(condition.text) if isinstance(condition, Scalar) else None
    except RefusedError as error:
        raise _fault(node.mark, f"{error}.") from None
    return SectionRule(_text(node, "nom"), expression, node.mark)


def _document(node: MappingNode, known: set[str]) -> DocumentRule:
    names = tuple(item.text for item in _items(node, "sections") if isinstance(item, Scalar))
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise _fault(node.mark, f"ce document cite une section inconnue : « {unknown} ».")
    titre = node.get("titre")
    return DocumentRule(_text(node, "nom"), titre.text if isinstance(titre, Scalar) else "", names)


def _mapping(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise _fault(node.mark, "une rubrique (nom: valeur) est attendue ici.")
    return node


def _items(node: MappingNode, key: str) -> tuple[Node, ...]:
    found = node.get(key)
    if not isinstance(found, Sequence):
        raise _fault(node.mark, f"il manque la liste « {key} ».")
    return found.items


def _text(node: MappingNode, key: str) -> str:
    found = node.get(key)
    if not isinstance(found, Scalar) or not found.text:
        raise _fault(node.mark, f"il manque « {key} ».")
    return found.text


def _fault(mark: Mark, message: str) -> ProblemError:
    return ProblemError(Problem("CPOM305", mark, message, "corrigez le manifeste du modèle."))
