"""A contract of a project → what its last stages need, prepared as the pipeline does, to be timed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from cpomgen import pipeline
from cpomgen.canonical import canonical
from cpomgen.compose import Attachment
from cpomgen.contrat import Contrat
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.gabarits import read_type
from cpomgen.imprime import Imprime
from cpomgen.kind import Type
from cpomgen.load import load
from cpomgen.resolve import resolve
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.typeset import typeset
from cpomgen.validate import validate


@dataclass(frozen=True, slots=True)
class Ready:
    """A contract ready to be printed, and its type compiled."""

    type: Type
    contrat: Contrat
    data: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the template's sections, in order."""
        return tuple(section.nom for section in self.type.modele.sections)

    def scope(self) -> Mapping[str, Any]:
        """Return what the template sees."""
        return scope_of(self.contrat, self.type.modele, Edition.PROJET, "0" * 64)

    def documents(self) -> Iterator[tuple[str, Imprime, Mapping[str, Any]]]:
        """Yield each document: its name, its Imprime and the scope it was printed in."""
        scope = self.scope()
        imprime = pipeline.print_all(self.type, scope)
        for rule in self.type.modele.documents:
            part = imprime.slice(self.type.modele.title(rule, scope), rule.sections)
            if part.sections:
                yield rule.nom, part, scope

    def fill(self, part: Imprime, scope: Mapping[str, Any]) -> bytes:
        """Return the Word file of a document."""
        return fill(self.type.trame, self.names, part, scope, self.data)

    def typeset(self, part: Imprime) -> bytes:
        """Return the PDF of a document."""
        attachment = Attachment("contrat.json", self.data, "application/json", "Données du contrat")
        moment = datetime.combine(self.contrat.debut, time(), UTC)
        return typeset(part, self.type.style, timestamp=moment, attachment=attachment)


def ready(root: Path, identifiant: str) -> Ready:
    """Return a contract of a project, read, validated and resolved."""
    tree = WorkTree(root)
    type_ = read_type(tree, "cpom_type")
    source = load(tree, f"contracts/{identifiant}.yaml")
    contrat = resolve(validate(source, type_.schema), type_.schema)
    return Ready(type_, contrat, canonical(contrat, type_.schema))
