"""Text × edits at places of it → the text with them made: all that is not edited stays to the sign."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from cpomgen.problem import Mark
from cpomgen.source import Entry, Node, Scalar, Sequence

ENDS = re.compile(r"(\r\n|\r|\n)")
BOM = b"\xef\xbb\xbf"


class Edit(NamedTuple):
    """What to put instead of the signs from `start` to `end`, counted from the beginning of a text."""

    start: int
    end: int
    text: str = ""


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, in any order; raise ValueError for two that change the same signs."""
    ordered = sorted(edits)
    if any(first.end > second.start for first, second in pairwise(ordered)):
        raise ValueError("two edits of the same signs")
    pieces, at = [], 0
    for edit in ordered:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def text_of(content: bytes) -> str:
    """Return the text of a file as its marks count it: without its mark of UTF-8, its line ends made alike."""
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def laid_as(content: bytes, text: str) -> bytes:
    """Return a text as a file like another: with the same mark of UTF-8, or none, and the same line ends."""
    end = "\r\n" if b"\r\n" in content else "\n"
    return (BOM if content.startswith(BOM) else b"") + text.replace("\n", end).encode()


def spliced(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file with edits of its text made: what is not edited stays to the byte, line ends too, even mixed."""
    mark = BOM if content.startswith(BOM) else b""
    lines = ENDS.split(content.decode("utf-8-sig"))  # each followed by its end
    end = "\r\n" if "\r\n" in lines else next(iter(lines[1::2]), "\n")
    typed = list(accumulate((len(line) + 1 for line in lines[::2]), initial=0))
    held = list(accumulate(map(len, lines)))[1::2]

    def at(place: int) -> int:
        line = bisect_right(typed, place) - 1
        return place - typed[line] + (held[line - 1] if line else 0)

    moved = (Edit(at(edit.start), at(edit.end), edit.text.replace("\n", end)) for edit in edits)
    return mark + splice("".join(lines), moved).encode()


class Places:
    """Where the nodes of a text, as `load` gives them, begin and end in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def at(self, mark: Mark) -> int:
        """Return how many signs stand before a mark."""
        return self.lines[mark.line - 1] + mark.column - 1

    def start(self, node: Node) -> int:
        """Return where a node begins."""
        return self.at(node.mark)

    def end(self, node: Node) -> int:
        """Return where a node ends: after its last sign, what stands after it on its line left out."""
        if not isinstance(node, Scalar) and not self.is_flow(node):
            last = node.items[-1] if isinstance(node, Sequence) else node.entries[-1].value
            return self.end(last)
        start, end = self.start(node), self.at(node.end or node.mark)
        while end > start and self.text[end - 1].isspace():  # a block goes to the line after it
            end -= 1
        return end

    def after(self, entry: Entry) -> int:
        """Return where the value of an entry may begin: after its colon."""
        return self.text.index(":", self.end(entry.key)) + 1

    def is_flow(self, node: Node) -> bool:
        """Tell whether a mapping or a list is between brackets."""
        return not isinstance(node, Scalar) and self.text[self.start(node)] in "{["

    def line(self, at: int) -> tuple[int, int]:
        """Return where the line of a place begins, and where the next one does."""
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end + 1

    def above(self, first: int, indent: int) -> int:
        """Return where the comments begin that stand right above a line, as far to the right, and a blank line over."""
        while first and (line := self.text[self.line(first - 1)[0] : first - 1]).strip().startswith("#"):
            if len(line) - len(line.lstrip()) != indent:
                return first
            first -= len(line) + 1
        before = self.line(first - 1)[0] if first else 0
        return before if first and not self.text[before:first].strip() and not indent else first

    def below(self, at: int, indent: int) -> int:
        """Return where the lines end that follow a place and are but comments farther to the right than an indent."""
        end = self.line(at)[1]
        while (line := self.text[end : self.line(end)[1]]).strip().startswith("#"):
            if len(line) - len(line.lstrip()) <= indent:
                break
            end += len(line)
        return end
