"""Patron → text to review: sections, styles, loops and conditions indented, tags as they stand in Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cpomgen.imprime import Span
from cpomgen.patron import (
    CellPattern,
    Choice,
    Column,
    Loop,
    ParagraphPattern,
    Patron,
    RowPattern,
    TablePattern,
    Value,
)

STEP = "  "


def text_of(patron: Patron) -> str:
    """Return a whole template, one line a paragraph."""
    lines: list[str] = []
    for rank, section in enumerate(patron.sections, 1):
        page = section.layout
        lines.append(f"== section {rank} · {page.width} x {page.height}")
        for name, blocks in (("en-tête", section.header), ("pied de page", section.footer), ("corps", section.blocks)):
            lines += [f"-- {name}", *_lines(blocks, "")]
    return "\n".join(lines) + "\n"


def _lines(nodes: Iterable[Any], indent: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Loop):
            yield f"{indent}for {node.name} in {node.iterable.text}"
            yield from _lines(node.body, indent + STEP)
        elif isinstance(node, Choice):
            yield from _branches(node, indent)
        elif isinstance(node, TablePattern):
            yield f"{indent}table [{node.style}] {_inline(node.columns)}"
            yield from _lines(node.rows, indent + STEP)
        elif isinstance(node, RowPattern):
            yield f"{indent}ligne{' d’en-tête' if node.header else ''}"
            yield from _lines(node.cells, indent + STEP)
        elif isinstance(node, CellPattern):
            yield f"{indent}cellule{_facts(node)}"
            yield from _lines(node.blocks, indent + STEP)
        elif isinstance(node, ParagraphPattern) and node.inlines:
            yield f"{indent}[{node.style}] {_inline(node.inlines)}"


def _branches(choice: Choice, indent: str) -> Iterator[str]:
    for rank, (condition, body) in enumerate(choice.branches):
        yield f"{indent}{_condition(rank, condition.text if condition else None)}"
        yield from _lines(body, indent + STEP)


def _condition(rank: int, text: str | None) -> str:
    return "else" if text is None else f"{'elif' if rank else 'if'} {text}"


def _facts(cell: CellPattern) -> str:
    facts = [f"{cell.colspan} colonnes"] if cell.colspan > 1 else []
    facts += [f"{cell.rowspan} lignes"] if cell.rowspan > 1 else []
    facts += ["fusionnée"] if cell.merged else []
    return f" ({', '.join(facts)})" if facts else ""


def _inline(nodes: Iterable[Any]) -> str:
    return "".join(map(_piece, nodes))


def _piece(node: Any) -> str:
    if isinstance(node, Span | Value):
        text = _text(node)
        return f"<{node.style}>{text}</{node.style}>" if node.style else text
    if isinstance(node, Column):
        return f"|{node.width}|"
    if isinstance(node, Loop):
        return f"{{% for {node.name} in {node.iterable.text} %}}{_inline(node.body)}{{% endfor %}}"
    branches = (
        f"{{% {_condition(rank, condition.text if condition else None)} %}}{_inline(body)}"
        for rank, (condition, body) in enumerate(node.branches)
    )
    return "".join(branches) + "{% endif %}"


def _text(node: Span | Value) -> str:
    if isinstance(node, Value):
        return f"{{{{ {node.expression.text} }}}}"
    if node.image:
        return node.image.said
    shown = f"({node.field.value})" if node.field else node.text
    return shown.replace("\n", "⏎").replace("\u00a0", "~").replace("\u202f", "~~")
