"""A contract → what its Word file costs: our fill, and docxtpl's open, render and save of the same template."""

from __future__ import annotations

import io
from pathlib import Path

from docxtpl import DocxTemplate

from benchmarks.clock import Pair, of_call, paired
from benchmarks.stages import Ready
from cpomgen.expression import Gabarit
from cpomgen.pipeline import print_all

TEMPLATE = Path("templates/cpom_type/contrat.docx")


def compare(root: Path, contract: Ready, turns: int) -> tuple[Pair, Pair]:
    """Return the cost of the Word file of the whole contract: filled alone, then printed for it alone and filled.

    docxtpl opens our template as it is, and is given our filters and our values. Two things it does not know are
    left as it does them, which costs it less than adapting the template would: an alinea of a long text is a line
    break rather than a paragraph, and a merged cell of several paragraphs is emptied of the first only.
    """
    _, part, scope = next(contract.documents())

    def peer() -> None:
        template = DocxTemplate(root / TEMPLATE)
        template.render(dict(scope), jinja_env=Gabarit(), autoescape=True)
        template.save(io.BytesIO())

    def ours() -> None:
        contract.fill(part, scope)

    def printed() -> None:
        print_all(contract.type, contract.scope())

    for warm in (ours, peer):
        warm()
    each = [(of_call(ours).cpu, of_call(peer).cpu, of_call(printed).cpu) for _ in range(turns)]
    return paired([(fill, peer) for fill, peer, _ in each]), paired(
        [(fill + alone, peer) for fill, peer, alone in each]
    )
