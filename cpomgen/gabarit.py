"""A Word template as a manifest names it, read: its file, its sections, its title; and how manifests are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template

from cpomgen.expression import FAILURES, Expression, Gabarit, french
from cpomgen.filters import BUDGET, Budget, RefusedError
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import Entry, Node, Scalar, Sequence, shown
from cpomgen.source import Mapping as MappingNode

WRITINGS = ("detail", "remplacement")  # how an avenant amends a section: by what changes in it, or as a whole


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section of the Word template: its name, and the condition under which a contract has it.

    One is `replaced` when an avenant that changes a word of it writes it again whole.
    """

    nom: str
    condition: Expression | None
    mark: Mark
    replaced: bool = False

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Tell whether a contract has this section."""
        try:
            return self.condition is None or bool(self.condition.value(scope))
        except RefusedError as error:
            raise fault(self.mark, f"{error}.") from None


@dataclass(frozen=True, slots=True)
class GabaritRule:
    """A Word template: its file, its sections in order, the title of what is printed with it."""

    gabarit: str
    titre: Template
    mark: Mark
    sections: tuple[SectionRule, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sections."""
        return tuple(section.nom for section in self.sections)

    def printed(self, scope: Mapping[str, Any]) -> list[str]:
        """Return the names of the sections, in their place, empty for those that are not printed."""
        return [section.nom if section.holds(scope) else "" for section in self.sections]

    def check_sections(self, count: int) -> None:
        """Raise ProblemError unless the Word template has as many sections as are named."""
        if count != len(self.sections):
            message = f"le gabarit a {count} sections Word, le manifeste en nomme {len(self.sections)}."
            raise fault(self.mark, message, "nommez chaque section, dans l'ordre.")

    def entitled(self, scope: Mapping[str, Any]) -> str:
        """Return the title, with what templates see written in it."""
        try:
            return self.titre.render({**scope, BUDGET: Budget()})
        except (RefusedError, *FAILURES) as error:
            raise fault(self.mark, f"le titre ne peut être écrit ({french(error)}).") from None


def read_gabarit(node: MappingNode) -> tuple[str, Template, Mark, tuple[SectionRule, ...]]:
    """Return what makes a Word template known: its file, the title, where they are said, the sections."""
    sections = tuple(_section(mapping(item)) for item in items(node, "sections"))
    return text(node, "gabarit"), _titre(node), node.mark, sections


def _titre(node: MappingNode) -> Template:
    try:
        return Gabarit(autoescape=False).template(text(node, "titre"), "titre")
    except RefusedError as error:
        raise fault(node.mark, f"{error}.") from None


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


def _section(node: MappingNode) -> SectionRule:
    check_keys(node, ("nom", "condition", "redaction"))
    condition = node.get("condition")
    if condition is not None and not isinstance(condition, Scalar):
        raise fault(condition.mark, "une condition tient sur une ligne, entre guillemets.")
    try:
        expression = Gabarit().expression(condition.text) if condition is not None else None
    except RefusedError as error:
        raise fault(node.mark, f"{error}.") from None
    return SectionRule(text(node, "nom"), expression, node.mark, _writing(node) == "remplacement")


def _writing(node: MappingNode) -> str:
    """Return how an avenant amends a section."""
    found = node.get("redaction")
    if found is None:
        return WRITINGS[0]
    text = found.text if isinstance(found, Scalar) else ""
    if text not in WRITINGS:
        remedy = f"rédactions connues : {', '.join(WRITINGS)}."
        raise fault(
            found.mark, f"« {shown(text)} » n'est pas une rédaction d'avenant.", nearest(text, WRITINGS, remedy)
        )
    return text


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


def fault(mark: Mark, message: str, remedy: str = "corrigez le manifeste du modèle.") -> ProblemError:
    """Return what is raised for a manifest that cannot be followed."""
    return ProblemError(Problem("CPOM305", mark, message, remedy))
