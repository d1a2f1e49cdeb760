"""Patron × context → Imprime: loops run, conditions decided, values read, each span with the path of its leaf."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cpomgen.citation import Citation, fitted
from cpomgen.contrat import Fiche, alineas
from cpomgen.expression import Expression, Tour
from cpomgen.filters import BUDGET, SIGNS, Budget, Numbers, RefusedError, read
from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Row, Section, Span, Table
from cpomgen.patron import (
    Choice,
    Column,
    Graft,
    Loop,
    ParagraphPattern,
    Patron,
    RowPattern,
    SectionPattern,
    TablePattern,
    Value,
    gives_numbers,
)  # fmt: skip
from cpomgen.problem import Mark, Problem, ProblemError

Scope = Mapping[str, Any]
Turn = tuple[Any, Scope, Tour | None, str]  # a node met while loops run, its scope, its loop, the id of the loop's item


def print_contract(patron: Patron, names: Sequence[str], scope: Scope) -> Imprime:
    """Return the document as it reads: the sections so named, in order; `names` has "" for a section left out.

    `scope` holds the contract's fields, and under `numeros` the Numbers, complete afterwards: a first walk finds what
    a cross-reference to a later article needs, and a section without any is printed once.
    """
    budget = Budget()
    printer = _Printer(patron.file, budget)
    scope = {**scope, BUDGET: budget}
    numbers: Numbers = scope["numeros"]
    kept = [(name, section) for name, section in zip(names, patron.sections, strict=True) if name]
    printed: dict[int, Section] = {}
    if not numbers.complete:
        for rank, (name, section) in enumerate(kept):
            if gives_numbers(section.blocks):
                numbers.ahead = False
                found = printer.section(name, section, scope)
                if not numbers.ahead:
                    printed[rank] = found
        numbers.complete = True
    sections = (printed.get(rank) or printer.section(*each, scope) for rank, each in enumerate(kept))
    return Imprime("", tuple(sections))


class _Printer:
    """One contract being printed; `place` is where the template's author would look."""

    def __init__(self, file: str, budget: Budget) -> None:
        self.file = file
        self.place = ""
        self.budget = budget
        self.width = 0  # between the margins of the section being printed

    def section(self, name: str, section: SectionPattern, scope: Scope) -> Section:
        """Return a section as printed, header and footer included; raise ProblemError, located, when it cannot be."""
        self.width = section.layout.between
        try:
            header, footer = (self.blocks(part, scope, "") for part in (section.header, section.footer))
            layout = replace(section.layout, header=header, footer=footer)
            return Section(name, layout, self.blocks(section.blocks, scope, ""))
        except RefusedError as error:
            raise self.fault(f"{error}.") from None

    def turns(self, nodes: Sequence[Any], scope: Scope, tour: Tour | None, item: str) -> Iterator[Turn]:
        """Yield the nodes that are printed, loops run and conditions decided."""
        self.budget.spend(len(nodes))
        for node in nodes:
            if isinstance(node, Loop):
                yield from self.loop(node, scope)
            elif isinstance(node, Choice):
                yield from self.turns(self.branch(node, scope), scope, tour, item)
            else:
                yield node, scope, tour, item

    def loop(self, loop: Loop, scope: Scope) -> Iterator[Turn]:
        """Yield the nodes of a loop's body, once for each item."""
        found = loop.iterable.value(scope)
        if isinstance(found, str) or not isinstance(found, Iterable):
            raise self.fault(f"« {loop.iterable.text} » n'est pas une liste.")
        items = list(found)
        for n, item in enumerate(items, 1):
            self.budget.spend()
            tour = Tour(n, len(items))
            path = item.path if isinstance(item, Fiche) else f"{getattr(found, 'path', '')}[{item}]"
            yield from self.turns(loop.body, {**scope, loop.name: item, "loop": tour}, tour, path)

    def branch(self, choice: Choice, scope: Scope) -> tuple[Any, ...]:
        """Return the nodes of the first branch whose condition holds."""
        for condition, body in choice.branches:
            if condition is None or condition.value(scope):
                return body
        return ()

    def blocks(self, nodes: Sequence[Any], scope: Scope, item: str) -> tuple[Block, ...]:
        """Return blocks as printed; a paragraph without any text is not one."""
        found: list[Block] = []
        for node, inner, _, path in self.turns(nodes, scope, None, item):
            if isinstance(node, ParagraphPattern):
                found += self.paragraphs(node, inner, path)
            elif isinstance(node, TablePattern):
                found.append(self.table(node, inner, path))
            elif isinstance(node, Graft):
                found += self.quoted(node, inner)
        return tuple(found)

    def quoted(self, graft: Graft, scope: Scope) -> Iterator[Block]:
        """Return the blocks of a citation, as they are but for the width of their tables."""
        self.place = graft.place
        found = graft.expression.value(scope)
        if not isinstance(found, Citation):
            raise self.fault(f"« {graft.expression.text} » n'est pas une citation, et cette balise n'imprime qu'elles.")
        self.budget.spend(len(found.blocks))
        return fitted(found.blocks, self.width)

    def paragraphs(self, pattern: ParagraphPattern, scope: Scope, item: str) -> list[Paragraph]:
        """Return the paragraph, or one for each alinea of the long text that stands alone in it."""
        self.place = pattern.place
        if (alone := pattern.alone) is None:
            spans = self.spans(pattern.inlines, scope)
            return [Paragraph(pattern.style, tuple(spans), item)] if spans else []
        found = []
        for texte, puce in alineas(self.read(alone.expression, scope)):
            if puce and not pattern.list_style:
                raise self.fault(
                    f"ce texte a une liste, et le style « {pattern.style} puce » n'existe pas dans le modèle."
                )
            listed = pattern.list_style if puce else pattern.style
            found.append(Paragraph(listed, (Span(texte, alone.style, texte.path),), item))
        return found

    def spans(self, inlines: Sequence[Any], scope: Scope) -> list[Span]:
        """Return the spans of a paragraph that have something to show."""
        self.budget.spend(len(inlines))
        found: list[Span] = []
        for node in inlines:
            if isinstance(node, Span):
                if node.text or node.field or node.image:
                    found.append(node)
            elif isinstance(node, Value):
                text = self.read(node.expression, scope)
                if "\n" in text:
                    raise self.fault(
                        f"« {node.expression.text} » a plusieurs paragraphes : laissez-le seul dans le sien."
                    )
                if text:
                    found.append(Span(text, node.style, getattr(text, "path", "")))
            elif isinstance(node, Choice):
                found += self.spans(self.branch(node, scope), scope)
            else:
                for within, inner, _, _ in self.loop(node, scope):
                    found += self.spans((within,), inner)
        return found

    def table(self, pattern: TablePattern, scope: Scope, item: str) -> Table:
        """Return a table as printed: merged cells counted, the grid shared between the columns there are."""
        rows: list[Row] = []
        for row, inner, tour, path in self.turns(pattern.rows, scope, None, item):
            cells = self.cells(row, inner, tour, path)
            rows.append(Row(cells, row.header, path if tour else ""))
        widths = tuple(self.widths(pattern, scope))
        if not sum(widths) or _overflows(rows, len(widths)):
            raise self.fault("ce tableau n'a pas de colonne pour chacune de ses cellules.")
        return Table(pattern.style, widths, tuple(rows))

    def cells(self, row: RowPattern, scope: Scope, turn: Tour | None, item: str) -> tuple[Cell, ...]:
        """Return the cells that begin in a row; a merged cell begins at its loop's first turn and covers them all."""
        cells = []
        for cell, inner, _, path in self.turns(row.cells, scope, turn, item):
            rowspan = cell.rowspan
            if cell.merged:
                if turn is None:
                    raise self.fault(
                        "« vm » fusionne une cellule sur les lignes d'une boucle : il n'y a pas de boucle ici."
                    )
                if not turn.first:
                    continue
                rowspan = turn.length
            cells.append(Cell(self.blocks(cell.blocks, inner, path), cell.colspan, rowspan))
        return tuple(cells)

    def widths(self, pattern: TablePattern, scope: Scope) -> list[int]:
        """Return the widths of the columns printed.

        The columns of a loop share the width that the template gives them; a grid of loops alone is shared equally.
        """
        total = sum(column.width for column in _columns(pattern.columns))
        found: list[float] = []
        for node in pattern.columns:
            turns = list(self.turns([node], scope, None, ""))
            shared = len(turns) / max(1, len(list(_columns([node])))) if isinstance(node, Loop) else 1
            found += [column.width / shared for column, *_ in turns]
        if all(isinstance(node, Loop) for node in pattern.columns):
            found = [1.0] * len(found)
        scale = total / sum(found) if sum(found) else 0
        edges = [round(edge * scale) for edge in itertools.accumulate(found, initial=0.0)]
        return [right - left for left, right in itertools.pairwise(edges)]

    def read(self, expression: Expression, scope: Scope) -> str:
        """Return what an expression reads as; raise RefusedError when it has nothing to print."""
        text = str_of(read(expression.value(scope)))
        self.budget.spend(len(text) // SIGNS)
        return text

    def fault(self, message: str) -> ProblemError:
        """Return what is wrong at the present place of the template."""
        return ProblemError(
            Problem("CPOM304", Mark(self.file, place=self.place), message, "corrigez le modèle dans Word.")
        )


def str_of(value: Any) -> str:  # noqa: ANN401 - what read() gives
    """Return a text, with its path when it has one."""
    return value if isinstance(value, str) else str(value)


def _columns(nodes: Iterable[Any]) -> Iterator[Column]:
    for node in nodes:
        if isinstance(node, Column):
            yield node
        else:
            bodies = [node.body] if isinstance(node, Loop) else [body for _, body in node.branches]
            for body in bodies:
                yield from _columns(body)


def _overflows(rows: Iterable[Row], columns: int) -> bool:
    """Tell whether a row has more cells than the columns that merged cells of rows above leave it."""
    free = [0] * columns  # for each column, the first row where no cell holds it
    for index, row in enumerate(rows):
        for cell in row.cells:
            column = next((at for at, first in enumerate(free) if first <= index), None)
            if column is None:
                return True
            for at in range(column, min(column + cell.colspan, columns)):
                free[at] = index + cell.rowspan
    return False
