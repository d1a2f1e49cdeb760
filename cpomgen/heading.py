"""The titles of a sheet × a schema → its columns: titles are labels of the schema, or those of a mapping file.

« SIREN », « Promoteurs › 2 › SIREN », « Sources de financement › fir › 2012 »: as many labels of those that lead to the
field as it takes to tell it from others, in order; an item of a list by its rank or its id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from cpomgen.column import Column, Item, Step, column_at, item_of, leaves, plain
from cpomgen.schema import Field, Schema, field_at
from cpomgen.wording import unaccented

PARTS = re.compile(r"\s*[›>]\s*")
YEAR = re.compile(r"[12][0-9]{3}")
RANKED = re.compile(r"(.*\D)\s*([0-9]{1,3})")
DATED = re.compile(r"(.*\D)\s+([12][0-9]{3})")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LIKE = 0.75  # how near a label is for it to be meant


class Link(NamedTuple):
    """A step of a way: what a title may call it, its label first, or what it waits for: an item, a year."""

    step: Step
    label: str = ""
    names: frozenset[str] = frozenset()
    kind: str = "nom"


class Cost(NamedTuple):
    """How far a title is from the labels of a field: items named by a word, names that are not labels."""

    items: int = 0
    names: int = 0


class Headings:
    """The fields of a schema, as titles of columns name them."""

    def __init__(self, schema: Schema) -> None:
        self.schema, self.root = schema, schema.root
        self.chains = [tuple(_chain(schema.root, column)) for column in leaves(schema.root)]
        self.meant: dict[str, list[Column]] = {}  # by title, once each
        self.ending: dict[str, list[tuple[Link, ...]]] = defaultdict(list)
        for chain in self.chains:
            for name in chain[-1].names or {""}:
                self.ending[name].append(chain)
        way = schema.path_of("identifiant") or ("identifiant",)
        self.identity = column_at(schema.root, ".".join(way))

    def columns(self, title: str) -> list[Column]:
        """Return the columns that a title may mean: one, none, or several that are as near."""
        if title not in self.meant:
            self.meant[title] = self._columns(title)
        return self.meant[title]

    def _columns(self, title: str) -> list[Column]:
        if (found := column_at(self.root, title.strip())) is not None:
            return [found]
        parts = [part for part in PARTS.split(title.strip()) if part]
        ways = [*self._meant(tuple(parts)), *self._meant(tuple(_split(parts)))]
        least = min((cost for cost, _ in ways), default=Cost())
        steps = dict.fromkeys(steps for cost, steps in ways if cost == least)
        made = [column_at(self.root, str(Column(each, self.root))) for each in steps]
        return [each for each in made if each is not None]

    def _meant(self, parts: tuple[str, ...]) -> Iterator[tuple[Cost, tuple[Step, ...]]]:
        """Yield the ways in which parts of a title may lead to a field."""
        if not parts:
            return
        last = parts[-1]
        for chain in self.ending[""] if YEAR.fullmatch(last) else self.ending.get(plain(last), ()):
            yield from _matches(parts, chain)

    def title(self, column: Column) -> str:
        """Return the shortest title that means a column, its way when no label does."""
        labels = _labels(self.root, column.steps)
        needed = [at for at, step in enumerate(column.steps) if isinstance(step, Item)]
        kept = {len(labels) - 1, *(each for at in needed for each in (at - 1, at) if labels[each])}
        kept |= {len(labels) - 2} if YEAR.fullmatch(labels[-1]) else set()
        for more in (set(), *({each} for each in reversed(range(len(labels)))), set(range(len(labels)))):
            chosen = [labels[at] for at in sorted(kept | more) if labels[at]]
            title = " › ".join(chosen)
            if [str(each) for each in self.columns(title)] == [str(column)]:
                return title
        return str(column)

    def nearest(self, title: str) -> str:
        """Return the remedy for a title that no field has."""
        known = {plain(chain[-1].label): chain[-1].label for chain in self.chains if chain[-1].label}
        near = get_close_matches(plain(PARTS.split(title)[-1]), known, 1, LIKE)
        lead = f"vouliez-vous écrire « {known[near[0]]} » ? Sinon, supprimez" if near else "Supprimez"
        return f"{lead} cette colonne, ou citez celles qui sont utiles dans un fichier --correspondance."


def _split(parts: list[str]) -> Iterator[str]:
    """Yield the parts of a title, a year or a rank that ends one apart."""
    for part in parts:
        found = DATED.fullmatch(part) or RANKED.fullmatch(part)
        yield from (found[1].strip(), found[2]) if found else (part,)


def _chain(root: Field, column: Column) -> Iterator[Link]:
    """Yield what titles may call each step that leads to a field."""
    field, label = root, ""
    for step in column.steps:
        if isinstance(step, Item):
            field = field.item or field
            yield Link(step, kind="rang")
            continue
        field = field.fields[step]
        inner = field.item if field.item is not None else field
        label = field.meta.libelle or inner.meta.libelle or step
        yield Link(step, label, frozenset(map(plain, filter(None, (label, inner.meta.libelle, step)))))
    if field.values is not None:
        yield Link("", kind="exercice")


def _matches(parts: tuple[str, ...], chain: tuple[Link, ...]) -> Iterator[tuple[Cost, tuple[Step, ...]]]:
    """Yield the ways in which a title may follow a chain, its last part at the end of it."""
    *links, last = chain
    cost, step = _match(parts[-1], last)
    for found, steps in _follow(parts[:-1], tuple(links)):
        yield Cost(found.items + cost.items, found.names + cost.names), (*steps, step)


def _match(part: str, link: Link) -> tuple[Cost, Step]:
    if link.kind == "exercice":
        return Cost(), part
    return Cost(0, int(plain(part) != plain(link.label))), link.step


def _follow(
    parts: tuple[str, ...], links: tuple[Link, ...], *, named: bool = False
) -> Iterator[tuple[Cost, tuple[Step, ...]]]:
    """Yield the ways in which parts of a title may follow links; an item stands right after its list, just `named`."""
    if len(parts) > len(links):
        return
    if not links:
        yield Cost(), ()
        return
    link, rest = links[0], links[1:]
    for cost, steps in _follow(parts, rest):  # nothing is said of it
        yield cost, (link.step, *steps)
    if parts and named and link.kind == "rang":
        item = _item(parts[0])
        for cost, steps in _follow(parts[1:], rest) if item != Item() else ():
            yield Cost(cost.items + bool(item.id), cost.names), (item, *steps)
    elif parts and plain(parts[0]) in link.names:
        for cost, steps in _follow(parts[1:], rest, named=True):
            yield Cost(cost.items, cost.names + (plain(parts[0]) != plain(link.label))), (link.step, *steps)


def _item(part: str) -> Item:
    """Return the item that a part of a title names; one that no id could be is made into one."""
    item = item_of(part)
    return item if not item.id or ID.fullmatch(item.id) else Item(_slug(item.id))


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", unaccented(text).lower()))


def _labels(root: Field, steps: tuple[Step, ...]) -> list[str]:
    """Return what each step of a way is called in titles."""
    found, path = [], []
    for step in steps:
        path.append(0 if isinstance(step, Item) else step)
        field = field_at(root, tuple(path))
        if isinstance(step, Item):
            found.append(f'"{step.id}"' if step.id.isdecimal() else str(step))
        else:
            inner = field.item.meta.libelle if field and field.item else ""
            found.append(step if step.isdecimal() else (field.meta.libelle if field else "") or inner or step)
    return found
