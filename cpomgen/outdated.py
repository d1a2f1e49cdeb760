"""Two versions of a contract → what its texts still say, word for word, and a change beside them makes false.

A text is read beside what stands in its rows of tables, or under it when it is a heading, or in its own item. Dates,
amounts and numbers of things are taken from what changes there, and from values; years from dates alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.contrat import Choix, Entier, Feuille, Jour, Nombre, Renvoi, Texte, feuilles
from cpomgen.grid import grid_of
from cpomgen.imprime import Block, Imprime, Paragraph, Table, paragraphs
from cpomgen.lieu import level_of
from cpomgen.schema import walk
from cpomgen.wording import MONTHS, nombre

if TYPE_CHECKING:
    from cpomgen.outcome import State

SPACES = re.compile(r"[\s\u00a0\u202f]+")
DATE = re.compile(rf"\b(?:1er|\d\d?) (?:{'|'.join(MONTHS)}) \d{{4}}\b")
AMOUNT = re.compile(r"(?<![\d,.])(?:\d{1,3}(?: \d{3})+|\d+)(?:[,.]\d\d?)? (?=€|euros?\b)")
YEAR = re.compile(r"(?<!n° )\b(?:19|20)\d\d\b")
WORDS = (
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
)  # fmt: skip
NUMBER = "|".join((r"\d{1,3}(?: \d{3})*(?:,\d+)?", *sorted(WORDS, key=len, reverse=True)))
COUNTED = re.compile(rf"(?<![\w,.-])({NUMBER}) ([^\W\d_]{{3,}}|%)", re.IGNORECASE)
FIGURES = {word: str(number) for number, word in enumerate(WORDS, 2)}


class Fact(NamedTuple):
    """A date, an amount or a year; a number, in figures, of what is counted."""

    kind: str
    value: str
    counted: str = ""


Said = dict[Fact, str]  # facts, each as it reads


class Outdated(NamedTuple):
    """A text that does not change, where its leaf is; what it still says, and what that becomes beside it."""

    path: str
    text: str
    said: str
    becomes: tuple[str, ...]


def outdated(old: State, new: State) -> tuple[Outdated, ...]:
    """Return what texts of the new version still say of the old one, in the order of the document."""
    sides = _Side(old), _Side(new)
    found = (each for path in sides[1].scopes for each in _outdated(path, *sides))
    return tuple(dict.fromkeys(found))


class _Side:
    """A version: its leaves by path, the unit of its items, and for each text the paragraphs that it is read beside."""

    def __init__(self, state: State) -> None:
        self.leaves: Mapping[str, Feuille] = {leaf.path: leaf for leaf in feuilles(state.contrat.fiche)}
        named = {".".join(path) for path, field in walk(state.schema.root) if field.meta.role == "unite"}
        texts = ((path, str(leaf)) for path, leaf in self.leaves.items() if without_ids(path) in named)
        self.units = {path.rpartition(".")[0]: text for path, text in texts}
        self.scopes: defaultdict[str, list[tuple[Paragraph, ...]]] = defaultdict(list)
        for labels, scope in _scopes(state.imprime):
            for path in dict.fromkeys(span.path for each in labels for span in each.spans if self.is_text(span.path)):
                self.scopes[path].append(scope)

    def is_text(self, path: str) -> bool:
        """Tell whether a path is that of a text somebody has written."""
        leaf = self.leaves.get(path)
        return isinstance(leaf, Texte) and not isinstance(leaf, Choix | Renvoi)

    def pieces(self, scope: Iterable[Paragraph]) -> set[tuple[str, str]]:
        """Return the texts of paragraphs, each with its path."""
        return {piece for each in scope for piece in _pieces(each).items() if self.is_text(piece[0])}

    def facts(self, scope: Iterable[Paragraph], same: set[tuple[str, str]]) -> Said:
        """Return what paragraphs say, texts that are the same in both versions left out."""
        found: Said = {}
        for paragraph in scope:
            kept = {path for path, text in _pieces(paragraph).items() if (path, text) in same}
            found |= facts("".join("\n" if span.path in kept else span.text for span in paragraph.spans))
            for span in paragraph.spans:
                found |= self.value(span.path)
        return found

    def value(self, path: str) -> Said:
        """Return the year of a date, the number of things that a value of an item counts; nothing of another leaf."""
        leaf = self.leaves.get(path)
        if isinstance(leaf, Jour):
            return {Fact("année", str(leaf.year)): str(leaf.year)}
        unit = self.units.get(path[: path.rfind("]") + 1])
        if unit and isinstance(leaf, Nombre | Entier):
            number = SPACES.sub(" ", nombre(leaf))
            return {Fact("nombre", number, _word(unit.split(" ")[0])): f"{number} {unit}"}
        return {}


def facts(text: str) -> Said:
    """Return the dates, the amounts and the numbers of things that a text says."""
    text = "\n".join(SPACES.sub(" ", line) for line in text.split("\n"))
    found = {Fact("date", date): date for date in DATE.findall(text)}
    text = DATE.sub("\n", text)
    found |= {Fact("montant", f"{amount_of(said):f}"): f"{said}€" for said in AMOUNT.findall(text)}
    return found | {
        Fact("nombre", FIGURES.get(n.casefold(), n), _word(what)): f"{n} {what}" for n, what in COUNTED.findall(text)
    }


def amount_of(said: str) -> Decimal:
    """Return an amount of a text, in euros; centimes that are none are left out."""
    return Decimal(said.replace(" ", "").replace(",", ".")).normalize()


def years(text: str) -> Said:
    """Return the years that a text says alone, those of its dates left out."""
    return {Fact("année", year): year for year in YEAR.findall(DATE.sub("", SPACES.sub(" ", text)))}


def without_ids(path: str) -> str:
    """Return the names that lead to a leaf, without the items that they go through."""
    return re.sub(r"\[[^\]]*\]", "", path)


def _outdated(path: str, old: _Side, new: _Side) -> Iterator[Outdated]:
    """Yield what a text of both versions still says of the old one."""
    if old.scopes.get(path, []) == new.scopes[path] or path not in old.scopes:
        return
    before, after = ([each for scope in side.scopes[path] for each in scope] for side in (old, new))
    same = old.pieces(before) & new.pieces(after)
    stated, states = old.facts(before, same), new.facts(after, same)
    for text in dict.fromkeys(piece for each in after for at, piece in _pieces(each).items() if at == path):
        held = facts(text) | years(text) if (path, text) in same else {}
        for fact in held:
            if come := _becomes(fact, stated, states):
                yield Outdated(path, text, held[fact], come)


def _becomes(fact: Fact, stated: Said, states: Said) -> tuple[str, ...]:
    """Return what stands now for a fact that is no longer stated: what has its rank, else all of its kind that come."""
    gone, come = (
        [each for each in one if each not in other and each[::2] == fact[::2]]
        for one, other in ((stated, states), (states, stated))
    )
    if fact not in gone:
        return ()
    kept = [come[gone.index(fact)]] if len(gone) == len(come) else come
    return tuple(states[each] for each in kept)


def _pieces(paragraph: Paragraph) -> dict[str, str]:
    """Return what leaves say in a paragraph."""
    found: dict[str, str] = {}
    for span in paragraph.spans:
        if span.path:
            found[span.path] = found.get(span.path, "") + span.text
    return found


def _word(text: str) -> str:
    """Return a word in one form, be it one or many."""
    return text.casefold().rstrip("sx") or text


Scope = tuple[Sequence[Paragraph], tuple[Paragraph, ...]]


def _scopes(imprime: Imprime) -> Iterator[Scope]:
    """Yield the paragraphs of a cell, a heading or an item, with those that they are read beside."""
    for section in imprime.sections:
        runs: defaultdict[str, list[Paragraph]] = defaultdict(list)
        for position, block in enumerate(section.blocks):
            if isinstance(block, Table):
                yield from _cells(block)
            elif level_of(block):
                yield [block], tuple(paragraphs(_under(section.blocks, position)))
            if isinstance(block, Paragraph) and (name := block.id or next(iter(_pieces(block)), "")):
                runs[name].append(block)
        yield from ((run, tuple(run)) for run in runs.values())


def _under(blocks: Sequence[Block], head: int) -> Sequence[Block]:
    """Return a heading and what it opens."""
    level = level_of(blocks[head])
    end = next((n for n in range(head + 1, len(blocks)) if 0 < level_of(blocks[n]) <= level), len(blocks))
    return blocks[head:end]


def _cells(table: Table) -> Iterator[Scope]:
    """Yield each cell with the rows that it stands in."""
    lines = [line for line in grid_of(table).lines if not line.row.header]
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for cell in line.cells.values():
            rows[id(cell)].append(number)
    cells = {id(cell): cell for line in lines for cell in line.cells.values()}
    for name, numbers in rows.items():
        beside = {id(cell): cell for number in numbers for cell in lines[number].cells.values()}
        yield (
            list(paragraphs(cells[name].blocks)),
            tuple(p for each in beside.values() for p in paragraphs(each.blocks)),
        )
