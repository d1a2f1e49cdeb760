"""Two values made of names, items and leaves → the edits that turn one into the other, and back; items go by id."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any


class Id(str):
    """A step into a list: the id of one of its items."""

    __slots__ = ()


Path = tuple[str | int, ...]  # names, exercises, ids of items


@dataclass(frozen=True, slots=True)
class Changed:
    """A leaf that has another value; None for one that is not there."""

    path: Path
    old: Any
    new: Any

    def inverse(self) -> Changed:
        """Return what undoes it."""
        return Changed(self.path, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Added:
    """An item of the list at `path`, at this position of the new one."""

    path: Path
    at: int
    item: Any

    def inverse(self) -> Removed:
        """Return what undoes it."""
        return Removed(self.path, self.at, self.item)


@dataclass(frozen=True, slots=True)
class Removed:
    """An item of the list at `path`, at this position of the old one."""

    path: Path
    at: int
    item: Any

    def inverse(self) -> Added:
        """Return what undoes it."""
        return Added(self.path, self.at, self.item)


@dataclass(frozen=True, slots=True)
class Moved:
    """An item of the list at `path`, from a position of the old one to a position of the new one."""

    path: Path
    id: str
    at: int
    to: int

    def inverse(self) -> Moved:
        """Return what undoes it."""
        return Moved(self.path, self.id, self.to, self.at)


@dataclass(frozen=True, slots=True)
class Spliced:
    """A run of a list whose items have no id: `old`, at a position of the old one, `new`, at one of the new one."""

    path: Path
    at: int
    to: int
    old: tuple[Any, ...]
    new: tuple[Any, ...]

    def inverse(self) -> Spliced:
        """Return what undoes it."""
        return Spliced(self.path, self.to, self.at, self.new, self.old)


Edit = Changed | Added | Removed | Moved | Spliced


def edits(old: Any, new: Any, path: Path = ()) -> Iterator[Edit]:  # noqa: ANN401 - any such value
    """Yield the edits that make `new` of `old`, in reading order; a field that is empty is one left out."""
    if old is new or (old == new and repr(old) == repr(new)):  # in no time; yes equals 1, but does not look like it
        return
    first, second = ({} if each is None else each for each in (old, new))
    if isinstance(first, dict) and isinstance(second, dict) and (first or second):
        for name in merged(list(first), list(second)):
            yield from edits(first.get(name), second.get(name), (*path, name))
        return
    first, second = ([] if each is None else each for each in (old, new))
    if isinstance(first, list) and isinstance(second, list):
        by_id = has_ids(first) and has_ids(second)
        yield from (_items if by_id else _runs)(first, second, path)
    elif typed(old) != typed(new):
        yield Changed(path, old, new)


def inverse(found: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that undo others."""
    return tuple(edit.inverse() for edit in found)


def apply(value: Any, found: Iterable[Edit]) -> Any:  # noqa: ANN401 - any such value
    """Return what edits make of a value, which is left as it is."""
    made = deepcopy(value)
    lists: defaultdict[Path, list[Edit]] = defaultdict(list)
    for edit in found:
        if isinstance(edit, Changed):
            _put(made, edit.path, deepcopy(edit.new))
        else:
            lists[edit.path].append(edit)
    for path, group in lists.items():
        _put(made, path, _relisted(at(made, path) or [], group))
    return _pruned(made)


def at(value: Any, path: Path) -> Any:  # noqa: ANN401 - any such value
    """Return what is at a path, None when nothing is."""
    for step in path:
        if isinstance(step, Id):
            value = next((item for item in value or () if item.get("id") == step), None)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def path_text(path: Path) -> str:
    """Return a path as the rest of the program writes it: annexes.financement.sources[fir].montants.2012."""
    return "".join(f"[{step}]" if isinstance(step, Id) else f".{step}" for step in path).removeprefix(".")


def has_ids(items: Sequence[Any]) -> bool:
    """Tell whether the items of a list can go by their ids: each has one, of its own."""
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    return None not in ids and len(set(ids)) == len(ids)


def typed(value: Any) -> Any:  # noqa: ANN401 - something to compare and to hash
    """Return a value with its type: yes is not 1, nor 1 the text « 1 »."""
    if isinstance(value, dict):
        return frozenset((name, typed(child)) for name, child in value.items())
    return tuple(map(typed, value)) if isinstance(value, list) else (type(value), value)


def merged(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
    """Yield the names of both, in the order of `new`; one that only `old` has comes after the one it came after."""
    kept, last = set(new), None
    gone: dict[Any, list[Any]] = {}
    for name in old:
        if name in kept:
            last = name
        else:
            gone.setdefault(last, []).append(name)
    yield from gone.get(None, ())
    for name in new:
        yield name
        yield from gone.get(name, ())


def exchanges(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[tuple[list[int], list[int], str]]:
    """Yield the positions of what goes and of what comes between two names that both lists have, then the second.

    The last one yielded is "", for the end of the lists.
    """
    gone: list[int] = []
    come: list[int] = []
    for name in merged(list(before), list(after)):
        if name not in after:
            gone.append(before[name])
        elif name not in before:
            come.append(after[name])
        else:
            yield gone, come, name
            gone, come = [], []
    yield gone, come, ""


def _items(old: list[Any], new: list[Any], path: Path) -> Iterator[Edit]:
    before, after = ({item["id"]: (n, item) for n, item in enumerate(items)} for items in (old, new))
    common = [name for name in after if name in before]
    still = longest([before[name][0] for name in common])
    for name in merged(list(before), list(after)):
        if name not in after:
            yield Removed(path, *before[name])
        elif name not in before:
            yield Added(path, *after[name])
        else:
            if before[name][0] not in still:
                yield Moved(path, name, before[name][0], after[name][0])
            yield from edits(before[name][1], after[name][1], (*path, Id(name)))


def longest(positions: list[int]) -> set[int]:
    """Return the longest run of increasing positions: the items that need not move."""
    ends: list[int] = []
    chains: list[tuple[int, Any]] = []
    for position in positions:
        rank = bisect_left(ends, position)
        chain = (position, chains[rank - 1] if rank else None)
        ends[rank : rank + 1] = [position]
        chains[rank : rank + 1] = [chain]
    found, link = set(), chains[-1] if chains else None
    while link:
        found.add(link[0])
        link = link[1]
    return found


def _runs(old: list[Any], new: list[Any], path: Path) -> Iterator[Edit]:
    matcher = SequenceMatcher(None, list(map(typed, old)), list(map(typed, new)), autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield Spliced(path, start, first, tuple(old[start:end]), tuple(new[first:last]))


def _relisted(items: list[Any], group: list[Edit]) -> list[Any]:
    """Return a list once what leaves it is out and what comes is in, each at its position."""
    spliced = [edit for edit in group if isinstance(edit, Spliced)]
    for edit in sorted(spliced, key=lambda each: each.at, reverse=True):
        items = [*items[: edit.at], *deepcopy(edit.new), *items[edit.at + len(edit.old) :]]
    named = {item["id"]: item for item in items} if not spliced else {}
    coming = [(edit.at, deepcopy(edit.item)) for edit in group if isinstance(edit, Added)]
    coming += [(edit.to, named[edit.id]) for edit in group if isinstance(edit, Moved)]
    leaving = {edit.at for edit in group if isinstance(edit, Removed | Moved)}
    kept = [item for n, item in enumerate(items) if n not in leaving]
    for position, item in sorted(coming, key=lambda each: each[0]):
        kept.insert(position, item)
    return kept


def _put(value: Any, path: Path, leaf: Any) -> None:  # noqa: ANN401 - any such value
    """Set what is at a path; rubriques that lead to it are made, a leaf that is None is taken away."""
    *way, last = path
    for step in way:
        value = at(value, (step,)) if isinstance(step, Id) else value.setdefault(step, {})
    if leaf is None:
        value.pop(last, None)
    else:
        value[last] = leaf


def _pruned(value: Any) -> Any:  # noqa: ANN401 - any such value
    """Return a value without its empty fields."""
    if isinstance(value, dict):
        children = ((name, _pruned(child)) for name, child in value.items())
        return {name: child for name, child in children if child not in ({}, [])}
    return [_pruned(item) for item in value] if isinstance(value, list) else value
