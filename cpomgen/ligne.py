"""A row of a spreadsheet × the contract that it is about, or the base of a new one → the contract as it becomes.

What a cell does not change stays to the byte; an empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cpomgen.column import Column, node_at
from cpomgen.draft import draft
from cpomgen.feuille import Cell, Feuille, as_text
from cpomgen.graft import graft
from cpomgen.load import load
from cpomgen.problem import Problem, ProblemError, Severity
from cpomgen.saisie import EMPTIED, same, typed
from cpomgen.scalars import Misread
from cpomgen.schema import Schema
from cpomgen.source import Mapping, Node, Scalar, Sequence, is_empty, shown
from cpomgen.splice import spliced, text_of
from cpomgen.tabulate import cell
from cpomgen.titles import Titles
from cpomgen.tree import Alone
from cpomgen.typeyaml import quoted
from cpomgen.wanted import MisplacedError, Texts, Wanted, want


class Change(NamedTuple):
    """A field that a row changes: the rank of its column, how it reads before and after."""

    rank: int
    before: str
    after: str


class Fault(NamedTuple):
    """What is wrong in a row: the rank of the column, 0 for the whole row."""

    rank: int
    problem: Problem


@dataclass
class Proposal:
    """What a row makes of a contract: its bytes, what changes in it, what is told of cells, what is wrong in them."""

    content: bytes = b""
    changes: list[Change] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def drafted(schema: Schema, identifiant: str, *, helped: bool) -> bytes:
    """Return a new contract of a type, all of it still to be filled."""
    return draft(schema, identifiant, helped=helped).encode()


class Asked(NamedTuple):
    """A row of a sheet, by its number, and the titles of its columns."""

    feuille: Feuille
    titles: Titles
    number: int


def propose(content: bytes, root: Mapping, schema: Schema, asked: Asked) -> Proposal:
    """Return what a row of a sheet makes of a contract, `root` being what is read in it."""
    row = _Row(root, asked)
    if row.made.changes and not row.made.faults:
        edits = graft(text_of(content), root, schema.root, row.wanted)
        return replace(row.made, content=spliced(content, edits))
    return replace(row.made, content=content)


class _Row:
    """A row being weighed against a contract: gathers what it wants of it."""

    def __init__(self, root: Mapping, asked: Asked) -> None:
        self.root, (self.feuille, titles, self.number) = root, asked
        self.made = Proposal()
        self.wanted: Wanted = {}
        for rank, column in titles.columns.items():
            found = self.feuille.rows[self.number].get(rank, Cell())
            if found and (fault := self.weigh(rank, found, column)) is not None:
                problem = Problem("CPOM706", self.feuille.mark(self.number, rank), fault.message, fault.remedy)
                self.made.faults.append(Fault(rank, problem))

    def weigh(self, rank: int, found: Cell, column: Column) -> Misread | None:
        """Note what a cell changes, if it does; return why it cannot."""
        node = node_at(self.root, column.steps)
        before = cell(node, column)
        if not found.fault and as_text(found.value).strip() == as_text(before.value).strip():
            return None
        new = typed(found, column)
        if isinstance(new, Misread):
            return new
        if _is_same(node, new.texts, column):
            return None
        if odd := _refused(new.texts or ()):
            return odd
        try:
            want(self.wanted, self.root, column, new.texts)
        except MisplacedError as error:
            return Misread(f"{error}.", "Corrigez le titre de la colonne, ou videz cette cellule.")
        if new.told:
            mark = self.feuille.mark(self.number, rank)
            self.made.told.append(Problem("CPOM707", mark, new.told, severity=Severity.AVERTISSEMENT))
        after = as_text(cell(_node(new.texts, column, node), column).value)
        self.made.changes.append(Change(rank, _told(as_text(before.value)), _told(after)))
        return None


def _is_same(node: Node | None, texts: Texts | None, column: Column) -> bool:
    """Tell whether what a cell says is what the contract has."""
    if node is None or is_empty(node):
        return not texts
    if texts is None:
        return False
    held = node.items if column.is_list and isinstance(node, Sequence) else (node,)
    old = [each.text.strip() for each in held if isinstance(each, Scalar) and not is_empty(each)]
    return len(old) == len(texts) and all(same(a, b, column.leaf) for a, b in zip(old, texts, strict=True))


def _refused(texts: Iterable[str]) -> Misread | None:
    """Return why a text holds signs that no document can print, if it does."""
    for text in texts:
        if not text.replace("\n", "").isprintable() or not text.isascii():
            try:
                load(Alone(f"x: {quoted(text)}\n".encode(errors="replace")), "cellule.yaml")
            except ProblemError as error:
                return Misread(error.problems[0].message, error.problems[0].remedy)
    return None


def _node(texts: Texts | None, column: Column, old: Node | None) -> Node | None:
    """Return a value as a contract would have it, for it to be told as the old one is."""
    mark = old.mark if old is not None else column.field.mark
    scalars = tuple(Scalar(text, mark, plain=False) for text in texts or ())
    return Sequence(scalars, mark) if column.is_list else next(iter(scalars), None)


def _told(text: str) -> str:
    return shown(" ".join(text.split())) or EMPTIED


def blamed(content: bytes, file: str, titles: Titles, problems: Iterable[Problem]) -> list[int]:
    """Return, for each problem of a contract, the rank of the column whose value it is about, 0 when there is none."""
    try:
        root = load(Alone(content), file).root
    except ProblemError:
        return [0 for _ in problems]
    ways = ((rank, node_at(root, column.steps)) for rank, column in titles.columns.items())
    spans = [(last - first, first, last, rank) for rank, node in ways for first, last in _lines(node)]
    return [_narrowest(spans, each.mark.line if each.mark.file == file else 0) for each in problems]


def _narrowest(spans: Iterable[tuple[int, int, int, int]], line: int) -> int:
    """Return the rank of the column whose value stands on a line, and on as few others as may be."""
    return min(((size, rank) for size, first, last, rank in spans if first <= line <= last), default=(0, 0))[1]


def _lines(node: Node | None) -> Iterator[tuple[int, int]]:
    """Yield the first and the last lines of a value."""
    if node is None or isinstance(node, Mapping):
        return
    last = node.items[-1] if isinstance(node, Sequence) and node.items and not node.inline else node
    end = last.end or last.mark
    yield node.mark.line, max(node.mark.line, end.line - (end.column == 1))
