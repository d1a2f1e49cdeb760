"""Imprime × Contrat × Schema → what a contract says and no document prints: nothing typed is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cpomgen.contrat import Absent, Contrat, Feuille, Fiche, Liste
from cpomgen.imprime import Imprime, paragraphs, spans
from cpomgen.problem import Problem
from cpomgen.schema import Field, Schema


def check_unprinted(imprime: Imprime, contrat: Contrat, schema: Schema) -> list[Problem]:
    """Return a problem for each leaf of the contract that should be read on its documents and is not."""
    around = (block for section in imprime.sections for block in (*section.layout.header, *section.layout.footer))
    printed = {span.path for paragraph in paragraphs(around) for span in paragraph.spans}
    printed |= {span.path for span in spans(imprime)}
    printed.discard("")
    return [
        Problem("CPOM225", contrat.mark(path), MESSAGE, REMEDY)
        for path in printed_leaves(contrat.fiche, schema.root)
        if path not in printed and path.rpartition("[")[0] not in printed
    ]


MESSAGE = "ce champ est rempli, et aucun document de ce contrat ne l'imprime."
REMEDY = "videz-le, ou remplissez la partie du contrat dont il dépend (une annexe, un article)."


def printed_leaves(value: Any, field: Field) -> Iterator[str]:  # noqa: ANN401 - a Fiche, a Liste or a leaf
    """Yield the path of each leaf that its schema wants printed."""
    if not field.is_printed or isinstance(value, Absent):
        return
    if isinstance(value, Fiche):
        for name, child in value.items():
            below = field.values or field.fields.get(name)
            if below is not None:
                yield from printed_leaves(child, below)
    elif isinstance(value, Liste) and field.item is not None:
        for child in value:
            yield from printed_leaves(child, field.item)
    elif isinstance(value, Feuille):
        yield value.path
