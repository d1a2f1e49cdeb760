"""Source × what rows of a spreadsheet want of it → the edits that put it there; all the rest stays to the sign."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from cpomgen.fresh import STEP, between, dashed, typed_lines
from cpomgen.saisie import same
from cpomgen.schema import Field
from cpomgen.source import Entry, Mapping, Node, Scalar, Sequence, is_empty
from cpomgen.splice import Edit, Places
from cpomgen.typeyaml import bare, block, in_manner, is_block
from cpomgen.wanted import Texts, Wanted, carries, new_items, ordered


class Slot(NamedTuple):
    """Where a value stands: after its colon, how far its key is to the right, whether it is between brackets."""

    after: int
    indent: int
    flow: bool


def graft(text: str, root: Mapping, field: Field, wanted: Wanted) -> list[Edit]:
    """Return the edits that give a contract what is wanted of it."""
    grafting = _Graft(text)
    grafting.mapping(root, field, wanted, Slot(0, 0, flow=False))
    return grafting.all_edits()


class _Graft:
    """One walk over a contract: gathers edits of its values, and what is put between them, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = Places(text)
        self.edits: list[Edit] = []
        self.added: dict[int, list[str]] = defaultdict(list)

    def all_edits(self) -> list[Edit]:
        return [*self.edits, *(Edit(at, at, self.laid(at, "".join(texts))) for at, texts in self.added.items())]

    def laid(self, at: int, lines: str) -> str:
        """Return lines put at a place, the last line of the file ended before them."""
        is_open = at == len(self.text) and lines.endswith("\n") and not self.text.endswith("\n")
        return f"\n{lines[:-1]}" if is_open and self.text else lines

    def mapping(self, node: Mapping, field: Field, wanted: Wanted, slot: Slot) -> None:
        """Edit a mapping: the fields that it has, then those that it lacks."""
        flow = slot.flow or self.places.is_flow(node)
        indent = node.mark.column - 1
        for entry in node.entries:
            if entry.key.text in wanted:
                under = field.values or field.fields[entry.key.text]
                self.value(entry.value, under, wanted[entry.key.text], Slot(self.places.after(entry), indent, flow))
        known = {entry.key.text for entry in node.entries}
        for key, under in ordered(field, wanted):
            if key not in known and carries(wanted[key]):
                self.add(node, field, key, (under, wanted[key]), Slot(0, indent, flow))

    def add(self, node: Mapping, field: Field, key: str, new: tuple[Field, Any], slot: Slot) -> None:
        """Put a field that a mapping lacks at its place in the order of its schema."""
        before, after = _beside(node, field, key)
        if slot.flow:
            at = self.places.end(before.value) if before else self.places.start(after.key)
            found = f"{key}: {between(*new)}"
            self.added[at].append(f", {found}" if before else f"{found}, ")
            return
        lines = list(typed_lines(key, *new, slot.indent))
        if before:
            at = self.places.below(self.places.end(before.value), slot.indent)
            self.added[self.sample(at, slot.indent, key)].append("".join(f"{line}\n" for line in lines))
            return
        start = self.places.start(after.key)
        first, _ = self.places.line(start)
        if self.text[first:start].strip():  # the dash of an item
            pad = " " * slot.indent
            self.added[start].append("\n".join([*lines, ""]).removeprefix(pad) + pad)
        else:
            self.added[self.places.above(first, slot.indent)].append("".join(f"{line}\n" for line in lines))

    def sample(self, at: int, indent: int, key: str) -> int:
        """Return where a field goes in a draft: before the line that shows it as a comment, if one does below."""
        pad, here = " " * indent, at
        while here < len(self.text):
            end = self.places.line(here)[1]
            line = self.text[here:end]
            if line.startswith((f"{pad}# {key}:", f"{pad}# {key} ")):
                return here
            if line.strip() and not line.startswith(f"{pad}#"):
                break
            here = end
        return at

    def value(self, node: Node, field: Field, new: Any, slot: Slot) -> None:  # noqa: ANN401 - Wanted, Texts or None
        """Edit the value of a field."""
        if new is None:
            self.blank(node, slot)
        elif isinstance(new, tuple) and field.type == "list":
            self.texts(node, field, new, slot)
        elif isinstance(new, tuple):
            self.leaf(node, field, new[0], slot)
        elif isinstance(node, Mapping) and node.entries:
            self.mapping(node, field, new, slot)
        elif isinstance(node, Sequence) and node.items:
            self.items(node, field, new, slot)
        elif carries(new):
            self.filled(node, field, new, slot)

    def blank(self, node: Node, slot: Slot) -> None:
        if not is_empty(node):
            start = self.places.start(node) if slot.flow else slot.after
            self.edits.append(Edit(start, self.places.end(node)))

    def leaf(self, node: Node, field: Field, text: str, slot: Slot) -> None:
        """Put a value in the place of another, or of nothing."""
        start, end = self.places.start(node), self.places.end(node)
        old = self.text[start:end]
        if not old:
            start = end = slot.after
        lead = "" if old else " "
        if slot.flow or not ("\n" in text or is_block(old)) or field.type != "texte":
            comment = block("", 0, old).partition("\n")[0][1:] if is_block(old) else ""
            self.edits.append(Edit(start, end, f"{lead}{in_manner(text, old, field, flow=slot.flow)}{comment}"))
            return
        if not is_block(old):  # what follows on the line is a comment: it stays there
            stop = self.places.line(end)[1]
            rest = self.text[end:stop].rstrip()
            end, old = end + len(rest), f"|{rest}"
        self.edits.append(Edit(start, end, lead + block(text, slot.indent + STEP, old)))

    def filled(self, node: Node, field: Field, new: Any, slot: Slot) -> None:  # noqa: ANN401 - Wanted or Texts
        """Put a rubrique or a list where there is nothing."""
        start, end = self.places.start(node), self.places.end(node)
        if slot.flow:
            self.edits.append(Edit(slot.after, max(end, slot.after), f" {between(field, new)}"))
            return
        if end > start:
            self.edits.append(Edit(slot.after, end))
        lines = list(typed_lines("", field, new, slot.indent))[1:] if field.values is None else []
        if not lines:
            self.edits.append(Edit(slot.after, slot.after, f" {between(field, new)}"))
        self.added[self.places.line(max(end, slot.after))[1]].append("".join(f"{line}\n" for line in lines))

    def items(self, node: Sequence, field: Field, new: Wanted, slot: Slot) -> None:
        """Edit the items of a list, then add those that it lacks."""
        item = field.item or field
        flow = slot.flow or self.places.is_flow(node)
        for at, each in enumerate(node.items):
            if at in new and isinstance(each, Mapping):
                self.mapping(each, item, new[at], Slot(0, 0, flow))
        fresh = [each for each in new_items(field, new) if carries(each)]
        end = self.places.end(node.items[-1])
        if flow:
            self.added[end] += [f", {between(item, each)}" for each in fresh]
        elif fresh:
            dash = self.dash(node.items[-1])
            lines = [line for each in fresh for line in dashed(item, each, dash)]
            self.added[self.places.below(end, dash)].append("".join(f"{line}\n" for line in lines))

    def dash(self, node: Node) -> int:
        """Return how far to the right the dash of an item is."""
        at = self.text.rindex("-", 0, self.places.start(node))
        return at - self.places.line(at)[0]

    def texts(self, node: Node, field: Field, new: Texts, slot: Slot) -> None:
        """Edit a list of values: those that stay are not touched."""
        item = field.item or field
        if not isinstance(node, Sequence) or not node.items:
            self.filled(node, field, new, slot)
            return
        old = [each.text.strip() if isinstance(each, Scalar) else "" for each in node.items]
        twins = [next((text for text in old if same(text, each, item)), each) for each in new]
        flow = slot.flow or self.places.is_flow(node)
        for kind, start, end, first, last in SequenceMatcher(None, old, twins, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            shared = min(end - start, last - first)
            for at in range(shared):
                self.leaf(
                    node.items[start + at],
                    item,
                    new[first + at],
                    Slot(self.after_dash(node.items[start + at]), 0, flow),
                )
            for at in range(start + shared, end):
                self.removed(node, at, flow=flow)
            if more := new[first + shared : last]:
                self.inserted(node, start + shared, [bare(each, item, flow=flow) for each in more], flow=flow)

    def after_dash(self, node: Node) -> int:
        return self.places.start(node)

    def removed(self, node: Sequence, at: int, *, flow: bool) -> None:
        """Take a value out of a list; one always stays before it, or after it."""
        start, end = self.places.start(node.items[at]), self.places.end(node.items[at])
        if not flow:
            self.edits.append(Edit(self.places.line(start)[0], self.places.line(end)[1]))
        elif at:
            self.edits.append(Edit(self.places.end(node.items[at - 1]), end))
        else:
            self.edits.append(Edit(start, self.places.start(node.items[1])))

    def inserted(self, node: Sequence, at: int, texts: list[str], *, flow: bool) -> None:
        """Put values in a list before one of them, or after the last."""
        is_last = at == len(node.items)
        beside = node.items[at - 1 if is_last else at]
        place = self.places.end(beside) if is_last else self.places.start(beside)
        if flow:
            self.added[place] += [f", {text}" if is_last else f"{text}, " for text in texts]
            return
        pad = " " * self.dash(beside)
        lines = "".join(f"{pad}- {text}\n" for text in texts)
        self.added[self.places.line(place)[1 if is_last else 0]].append(lines)


def _beside(node: Mapping, field: Field, key: str) -> tuple[Entry | None, Entry]:
    """Return the field of a mapping after which a new one goes, and the one before which it goes when there is none."""
    names = list(field.fields)
    ranks = {
        entry: int(entry.key.text) if entry.key.text.isdecimal() else _rank(names, entry.key.text)
        for entry in node.entries
    }
    mine = int(key) if field.values is not None else names.index(key)
    before = [entry for entry in node.entries if ranks[entry] < mine]
    return max(before, key=lambda entry: ranks[entry], default=None), node.entries[0]


def _rank(names: list[str], name: str) -> int:
    return names.index(name) if name in names else len(names)
