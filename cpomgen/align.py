"""Two runs of units → which of the one answers which of the other: by id, then by text, then by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.4  # share of the words that two texts of one place have in common
SAME = 0.6  # the same, when nothing else says that they answer each other
MOST = 40_000  # comparisons in one gap; beyond, what it holds is another text


class Unit(NamedTuple):
    """What stands in a run: a paragraph, a table, a row, a column; `id` is that of the item that made it, if any."""

    kind: str
    id: str
    text: str


Mates = dict[int, int]  # positions in the new run → positions in the old one


def mates(old: Sequence[Unit], new: Sequence[Unit], *, by_id: bool = False) -> Mates:
    """Return which unit of `old` each unit of `new` was; `by_id` when units of different ids are never the same."""
    found: Mates = {}
    before, after = _by_id(old), _by_id(new)
    for name in after:
        if name in before:
            found |= _in_order(old, new, before[name], after[name])
    if by_id:
        return found
    gone = set(found.values())
    left = [n for n in range(len(old)) if n not in gone]
    come = [n for n in range(len(new)) if n not in found]
    return found | _others(old, new, left, come) if left and come else found


def _by_id(units: Sequence[Unit]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, unit in enumerate(units):
        found[unit.id].append(position)
    return found


def _in_order(old: Sequence[Unit], new: Sequence[Unit], left: list[int], come: list[int]) -> Mates:
    """Return the mates among units of one id: those that say the same, then in each gap those that are alike."""
    found: Mates = {}
    for before, after in _gaps(old, new, left, come, found):
        pairs = _alike(old, new, before, after, ALIKE)
        found |= pairs
        for some, others in _between(before, after, pairs):
            if len(some) == len(others) == 1 and old[some[0]].kind == new[others[0]].kind:
                found[others[0]] = some[0]
    return found


def _others(old: Sequence[Unit], new: Sequence[Unit], left: list[int], come: list[int]) -> Mates:
    """Return the mates among units whose ids differ: those that say the same, or nearly."""
    found: Mates = {}
    for before, after in _gaps(old, new, left, come, found):
        found |= _alike(old, new, before, after, SAME)
    return found


def _gaps(
    old: Sequence[Unit], new: Sequence[Unit], left: list[int], come: list[int], found: Mates
) -> Iterator[tuple[list[int], list[int]]]:
    """Add to `found` the units that say the same, and yield what stands between them on either side."""
    texts = [[(units[n].kind, units[n].text) for n in some] for units, some in ((old, left), (new, come))]
    if texts[0] == texts[1]:
        found.update(zip(come, left, strict=True))
        return
    for tag, start, end, first, last in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            found.update(zip(come[first:last], left[start:end], strict=True))
        elif tag == "replace":
            yield left[start:end], come[first:last]


def _alike(old: Sequence[Unit], new: Sequence[Unit], before: list[int], after: list[int], least: float) -> Mates:
    """Return the mates, in order, that make the two runs most alike, each pair sharing `least` of its words."""
    if len(before) * len(after) > MOST:
        return {}
    sides = [[Counter(units[n].text.split()) for n in some] for units, some in ((old, before), (new, after))]
    gain = [
        [
            _likeness(some, other) - least if old[n].kind == new[m].kind else -1
            for m, other in zip(after, sides[1], strict=True)
        ]
        for n, some in zip(before, sides[0], strict=True)
    ]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for n in range(len(before) - 1, -1, -1):
        for m in range(len(after) - 1, -1, -1):
            best[n][m] = max(best[n + 1][m], best[n][m + 1], gain[n][m] + best[n + 1][m + 1] if gain[n][m] >= 0 else 0)
    found, n, m = {}, 0, 0
    while n < len(before) and m < len(after):
        if gain[n][m] >= 0 and best[n][m] == gain[n][m] + best[n + 1][m + 1]:
            found[after[m]] = before[n]
            n, m = n + 1, m + 1
        elif best[n][m] == best[n + 1][m]:
            n += 1
        else:
            m += 1
    return found


def _likeness(some: Counter[str], others: Counter[str]) -> float:
    """Return the share of their words that two texts have in common, from 0 to 1."""
    count = some.total() + others.total()
    return 2 * (some & others).total() / count if count else 1.0


def _between(before: list[int], after: list[int], pairs: Mates) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what pairs in order leave on either side of each other."""
    start = first = 0
    for mate in [*(n for n in after if n in pairs), None]:
        end = before.index(pairs[mate]) if mate is not None else len(before)
        last = after.index(mate) if mate is not None else len(after)
        yield before[start:end], after[first:last]
        start, first = end + 1, last + 1
