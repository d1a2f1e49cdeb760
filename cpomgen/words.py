"""Two texts → the runs they share and those that differ, by whole words, amounts and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
SPACE = "[ \u00a0\u202f]"
WORD = re.compile(
    rf"\d{{1,2}}(?:er)?{SPACE}(?:{MONTHS}){SPACE}\d{{4}}"  # a day
    rf"|\d+(?:[\u00a0\u202f]\d{{3}})*(?:,\d+)?(?:[\u00a0\u202f][€%])?(?![\w-])"  # a figure, an amount
    r"|\w+[’']|\w+(?:-\w+)*|\s+|.",
    re.DOTALL,
)
SHORT = 3  # signs between two changes that are read as one
ALIKE = 0.3  # of the words: texts that share less are read as one in the place of the other


class Run(NamedTuple):
    """What stands in the old text and what stands there in the new one; the same when nothing changes."""

    old: str
    new: str

    @property
    def is_kept(self) -> bool:
        """Tell whether nothing changes."""
        return self.old == self.new


def compared(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs of two texts, in order: joined, they are the one and the other."""
    before, after = WORD.findall(old), WORD.findall(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    middle = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False)
    found = [Run("".join(before[:head]), "".join(before[:head]))]
    for _, start, end, first, last in middle.get_opcodes():
        found.append(Run("".join(before[head:][start:end]), "".join(after[head:][first:last])))
    kept = "".join(before[len(before) - tail :])
    runs = tuple(_joined([run for run in (*found, Run(kept, kept)) if run != Run("", "")]))
    shared = sum(_count(run.old) for run in runs if run.is_kept)
    return runs if shared >= ALIKE * min(_count(old), _count(new)) else (Run(old, new),)


def _count(text: str) -> int:
    """Return how many words and signs a text has."""
    return sum(not word.isspace() for word in WORD.findall(text))


def _shared(before: list[str], after: list[str]) -> int:
    """Return how many first words are the same."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((rank for rank, (old, new) in pairs if old != new), min(len(before), len(after)))


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Yield runs, alike ones together, changes joined over the little that parts them."""
    little = {
        rank
        for rank, (before, run, after) in enumerate(zip(runs, runs[1:], runs[2:], strict=False), 1)
        if run.is_kept and len(run.old.strip()) <= SHORT and not before.is_kept and not after.is_kept
    }
    for _, group in groupby(enumerate(runs), key=lambda each: each[1].is_kept and each[0] not in little):
        alike = [run for _, run in group]
        yield Run("".join(run.old for run in alike), "".join(run.new for run in alike))
