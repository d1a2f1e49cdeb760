"""Blocks of a document as printed → a value that an act quotes as they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cpomgen.imprime import Block, Table


@dataclass(frozen=True, slots=True)
class Citation:
    """Blocks of an Imprime; the tag `{{p … }}` alone prints them, in the place of its paragraph."""

    blocks: tuple[Block, ...]


def fitted(blocks: Iterable[Block], width: int) -> Iterator[Block]:
    """Yield blocks whose tables are as wide as the page they are quoted on, which may not be that they come from."""
    for block in blocks:
        yield replace(block, widths=_shared(block.widths, width)) if isinstance(block, Table) else block


def _shared(widths: tuple[int, ...], width: int) -> tuple[int, ...]:
    """Return widths of columns, in the same proportions, that sum to a width."""
    edges = [round(edge * width / sum(widths)) for edge in itertools.accumulate(widths, initial=0)]
    return tuple(right - left for left, right in itertools.pairwise(edges))
