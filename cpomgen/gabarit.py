"""A Word template as a manifest names it, read: its file, its sections, its title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template

from cpomgen.expression import FAILURES, Expression, Gabarit, french
from cpomgen.filters import BUDGET, Budget, RefusedError
from cpomgen.problem import Mark, nearest
from cpomgen.rubriques import check_keys, fault, items, mapping, text
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Scalar, shown

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
