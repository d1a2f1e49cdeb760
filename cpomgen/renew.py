"""Source × Schema × id → the text of the contract that follows: the same one, spliced as its schema says.

What is kept is kept to the sign, comments and layout too; the values that are taken out stay beside it, as comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from cpomgen.schema import Field, Schema
from cpomgen.source import Entry, Node, Sequence, Source, is_empty
from cpomgen.source import Mapping as MappingNode
from cpomgen.splice import Edit, Places, splice
from cpomgen.term import Renewed, Term, day_of, later, term_after

EMPTY, MOVE, REMOVE = "vider", "decaler", "retirer"
BOUNDS = {"date_effet": "start", "date_fin": "end"}  # roles of the first and last days, as a Term names them


def renew(source: Source, text: str, schema: Schema, identifiant: str) -> Renewed:
    """Return the contract that follows the one of `source`, whose text is `text`, under its own id."""
    term = term_after(source, schema)
    renewal = _Renewal(Places(text), term, identifiant)
    edits = list(renewal.below(source.root, schema.root))
    made = splice(text, edits)
    past = range(term.start.year - term.years, term.start.year)
    return Renewed(made, term, renewal.done, tuple(_citing(made, past)))


def _citing(text: str, years: Iterable[int]) -> Iterator[int]:
    """Yield the lines of a text that cite one of these years, comments left out."""
    cited = re.compile(rf"(?<![0-9])({'|'.join(map(str, years)) or '-'})(?![0-9])")
    for number, line in enumerate(text.split("\n"), 1):
        if cited.search(re.split(r"(?:^|\s)#", line, maxsplit=1)[0]):
            yield number


@dataclass
class _Renewal:
    """One walk over a contract: yields its edits, counts what it does."""

    places: Places
    term: Term
    identifiant: str
    done: dict[str, Counter[str]] = field(default_factory=lambda: {fate: Counter() for fate in (MOVE, EMPTY, REMOVE)})
    lost: list[str] | None = None  # between brackets, the values taken out, told once the last of them closes

    def below(self, node: Node, field: Field) -> Iterator[Edit]:
        """Yield the edits of a node and all that is below it."""
        is_outer = self.places.is_flow(node) and self.lost is None
        self.lost = [] if is_outer else self.lost
        if isinstance(node, Sequence) and field.item is not None:
            for item in node.items:
                yield from self.below(item, field.item)
        elif isinstance(node, MappingNode) and field.values is not None:
            yield from self.years(node, field.values)
        elif isinstance(node, MappingNode):
            for entry in node.entries:
                if (under := field.fields.get(entry.key.text)) is not None:
                    yield from self.entry(node, entry, under)
        if is_outer:
            yield from self.told(self.places.end(node))

    def told(self, end: int) -> Iterator[Edit]:
        """Yield the comment that tells, after brackets, what was taken out from between them."""
        if self.lost:
            yield Edit(end, end, f" # {', '.join(self.lost)}")
        self.lost = None

    def entry(self, parent: MappingNode, entry: Entry, field: Field) -> Iterator[Edit]:
        """Yield the edits of one field: what its schema says becomes of it."""
        fate, role, moved = field.meta.reconduction, field.meta.role, day_of(entry.value)
        if fate == REMOVE:
            yield self.counted(REMOVE, field, self.removed(parent, entry, {entry.key.text}))
        elif is_empty(entry.value):
            return
        elif role == "identifiant":
            yield self.replaced(entry.value, self.identifiant)
        elif role in BOUNDS or (fate == MOVE and field.type == "date" and moved):
            new = self.term._asdict()[BOUNDS[role]] if role in BOUNDS else self.moved(moved)
            edit = self.replaced(entry.value, str(new)) if new else self.blank(entry)
            yield self.counted(MOVE if new else EMPTY, field, edit)
        elif fate == EMPTY:
            yield self.counted(EMPTY, field, self.blank(entry))
        else:
            if fate == MOVE and field.values is not None:
                self.done[MOVE][field.meta.libelle or field.name] += 1
            yield from self.below(entry.value, field)

    def counted(self, fate: str, field: Field, edit: Edit) -> Edit:
        self.done[fate][field.meta.libelle or field.name] += 1
        return edit

    def moved(self, day: date | None) -> date | None:
        """Return a day so many years later, None when the contract has ended by then, or not begun."""
        moved = day and later(day, 12 * self.term.years)
        return moved if moved and self.term.start <= moved <= (self.term.end or moved) else None

    def years(self, node: MappingNode, values: Field) -> Iterator[Edit]:
        """Yield the edits of values by exercise: the same exercises of the contract to come, without their values."""
        gone = {each.key.text for each in node.entries if not self.term.holds(self.year(each))}
        for entry in node.entries:
            if entry.key.text in gone:
                yield self.removed(node, entry, gone)
                continue
            yield self.replaced(entry.key, str(self.year(entry)))
            if values.meta.reconduction == EMPTY and not is_empty(entry.value):
                yield self.blank(entry, f"{entry.key.text} : ")

    def year(self, entry: Entry) -> int:
        return int(entry.key.text) + self.term.years if entry.key.text.isdecimal() else self.term.start.year

    def replaced(self, node: Node, text: str) -> Edit:
        return Edit(self.places.start(node), self.places.end(node), text)

    def blank(self, entry: Entry, lead: str = "") -> Edit:
        """Return the edit that takes a value out; it stays in sight as a comment when it is short."""
        start, end = self.places.start(entry.value), self.places.end(entry.value)
        old = self.places.text[start:end]
        if self.lost is not None:
            self.lost.append(f"{entry.key.text} : {' '.join(old.split())}")
            return Edit(start, end)
        return Edit(start, end, f"# {lead}{old}") if "\n" not in old else Edit(self.places.after(entry), end)

    def removed(self, parent: MappingNode, entry: Entry, gone: set[str]) -> Edit:
        """Return the edit that removes a field: its lines and the comments right above; `gone` go beside it."""
        start, end = self.places.start(entry.key), self.places.end(entry.value)
        following = parent.entries[parent.entries.index(entry) + 1 :]
        if self.places.is_flow(parent):
            if any(each.key.text not in gone for each in following):
                return Edit(start, self.places.start(following[0].key))
            kept = [self.places.end(each.value) for each in parent.entries if each.key.text not in gone]
            last = kept[-1] if kept else self.places.start(parent) + 1
            return Edit(last, last if following else end)  # the last of those that go takes them all
        first, _ = self.places.line(start)
        if self.places.text[first:start].strip():  # the dash of an item
            return Edit(start, self.places.start(following[0].key) if following else end)
        return Edit(self.places.above(first, start - first), self.places.below(end, start - first))
