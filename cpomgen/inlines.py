"""Pandoc's inlines → texts, each with its character style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cpomgen.problem import ProblemError

Json = dict[str, Any]


def joined(pieces: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
    """Yield pieces, texts of one style run together."""
    held: tuple[Any, str] | None = None
    for token, style in pieces:
        if held and isinstance(token, str) and isinstance(held[0], str) and held[1] == style:
            held = (held[0] + token, style)
            continue
        if held:
            yield held
        held = (token, style)
    if held:
        yield held


def text_of(inlines: Iterable[Json]) -> str:
    """Return the text of inlines, whatever their style."""
    return "".join(text for text, _ in pieces_of(inlines, "", None))


def pieces_of(
    inlines: Iterable[Json], style: str, fault: Callable[[str], ProblemError] | None
) -> Iterator[tuple[str, str]]:
    """Yield the texts of inlines, each with its character style."""
    for inline in inlines:
        kind = inline["t"]
        if kind == "Str":
            yield inline["c"], style
        elif kind in ("Space", "SoftBreak"):
            yield " ", style
        elif kind == "LineBreak":
            yield "\n", style
        elif kind == "Span":
            named = dict(inline["c"][0][2]).get("custom-style", "")
            yield from pieces_of(inline["c"][1], named.removeprefix("style ") or style, fault)
        elif fault is not None:
            raise fault(f"une mise en forme directe ou un objet n'est pas pris en charge ({kind}).")
