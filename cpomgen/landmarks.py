"""An Imprime as it was → what an act calls each of its units, so that a reader finds it, and it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpomgen.designation import Nom, column_nom, heading_nom, named, ranked, second_rank
from cpomgen.grid import Grid, Line, grid_of, said
from cpomgen.imprime import CLOSING, Block, Cell, Imprime, Paragraph, Section, Table, paragraphs
from cpomgen.lieu import PREAMBULE, TITLE, Outline, level_of
from cpomgen.passage import is_balanced

if TYPE_CHECKING:
    from cpomgen.schema import Field, Schema

STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")
DASH = "– "


@dataclass(frozen=True, slots=True)
class Partie:
    """A part of a document, from a block of its section to another: a preamble, an article, an annex."""

    nom: Nom
    section: str
    start: int
    end: int
    opened: bool  # by a heading, which is its first block


@dataclass(frozen=True, slots=True)
class Objet:
    """An item of a cell: its name, if it has one, and its paragraphs, from one to another."""

    nom: Nom | None
    start: int
    end: int


class Landmarks:
    """The names of the units of one document."""

    def __init__(self, imprime: Imprime, schema: Schema) -> None:
        self.schema = schema
        self.outline = Outline(imprime)
        self.sections = {section.name: section for section in imprime.sections}
        self.parties = [partie for section in imprime.sections for partie in self._parties(section)]
        self.grids: dict[int, Grid] = {}
        self.names: dict[int, list[frozenset[str]]] = {}

    def _parties(self, section: Section) -> Iterator[Partie]:
        end = closing(section.blocks)
        names = [self.outline.parties(section.name, n)[:1] for n in range(end)]
        start = 0
        for n in range(1, end + 1):
            if n == end or names[n] != names[start]:
                block = section.blocks[start]
                opened = names[start] != (PREAMBULE,) and level_of(block) > 0
                nom = heading_nom(said(block)) if opened else Nom(PREAMBULE)
                yield Partie(nom, section.name, start, n, opened)
                start = n

    def partie(self, section: str, position: int) -> Partie:
        """Return the part that a block is in."""
        return next(each for each in self.parties if each.section == section and each.start <= position < each.end)

    def blocks(self, partie: Partie) -> Sequence[Block]:
        """Return the blocks of the section of a part."""
        return self.sections[partie.section].blocks

    def rubrique(self, partie: Partie, position: int) -> Nom | None:
        """Return the heading below that of the part that a block stands under, none when it is right under the part."""
        heads = self.heads(partie)
        head = next((n for n in reversed(heads) if n <= position), None)
        if head is None:
            return None
        blocks = self.blocks(partie)
        found = heading_nom(said(blocks[head]))
        alike = [n for n in heads if heading_nom(said(blocks[n])) == found]
        if len(alike) > 1 or not is_balanced(said(blocks[head])):
            return ranked(heads.index(head) + 1, "rubrique", "f")
        return found

    def heads(self, partie: Partie) -> list[int]:
        """Return the positions of the headings below that of a part; a preamble has none, it has alinéas."""
        first = partie.start + 1
        return [n for n in range(first, partie.end) if level_of(self.blocks(partie)[n])] if partie.opened else []

    def extent(self, partie: Partie, head: int) -> int:
        """Return where what a heading opens ends."""
        blocks = self.blocks(partie)
        level = level_of(blocks[head])
        after = (n for n in range(head + 1, partie.end) if 0 < level_of(blocks[n]) <= level)
        return next(after, partie.end)

    def under(self, partie: Partie, position: int) -> tuple[int, int]:
        """Return the run of blocks among which a block has its rank: between two headings."""
        heads = self.heads(partie)
        start = next((n + 1 for n in reversed(heads) if n <= position), partie.start + (1 if partie.opened else 0))
        return start, next((n for n in heads if n > position), partie.end)

    def rank(self, partie: Partie, position: int) -> int:
        """Return the rank of a paragraph among those of its run."""
        start, _ = self.under(partie, position)
        blocks = self.blocks(partie)
        return sum(isinstance(blocks[n], Paragraph) for n in range(start, position + 1))

    def tableau(self, partie: Partie, position: int) -> Nom:
        """Return a table, by its rank when the place it is named from, its rubrique or its part, has several."""
        among = self.tables(partie, partie.start, partie.end)
        heads = [n for n in self.heads(partie) if n <= position]
        if heads and len(among) > 1:
            among = self.tables(partie, heads[-1], self.extent(partie, heads[-1]))
        return ranked(among.index(position) + 1, "tableau") if len(among) > 1 else Nom("tableau")

    def tables(self, partie: Partie, start: int, end: int) -> list[int]:
        """Return the positions of the tables between two blocks of a part."""
        return [n for n in range(start, end) if isinstance(self.blocks(partie)[n], Table)]

    def is_alone(self, partie: Partie) -> bool:
        """Tell whether a part has one table: its heading need not be said."""
        return len(self.tables(partie, partie.start, partie.end)) == 1

    def grid(self, table: Table) -> Grid:
        """Return the grid of a table."""
        return self.grids.get(id(table)) or self.grids.setdefault(id(table), grid_of(table))

    def ligne(self, table: Table, number: int) -> Nom:
        """Return a row: by the names of its items where cells are merged, by its first cell, else by its rank."""
        grid = self.grid(table)
        line = grid.lines[number]
        if line.row.header:
            heads = [n for n, each in enumerate(grid.lines) if each.row.header]
            rang = ranked(heads.index(number) + 1, "rang de l’en-tête")
            return rang if len(heads) > 1 else Nom("en-tête")
        merged = any(cell.rowspan > 1 for row in table.rows for cell in row.cells)
        chain = list(self.items(line.row.id, [p for cell in line.cells.values() for p in paragraphs(cell.blocks)]))
        for count in range(1, len(chain) + 1) if merged else ():
            if self.rows_named(table, [name for _, name in chain[:count]]) == [number]:
                return _chained(chain[:count])
        first = _first(next(iter(line.cells.values()), None))
        if is_name(first) and self.rows_named(table, [first]) == [number]:
            return named("ligne", first, "f")
        body = [n for n, each in enumerate(grid.lines) if not each.row.header]
        return ranked(body.index(number) + 1, "ligne", "f")

    def groupe(self, table: Table, number: int, column: int) -> Nom:
        """Return the rows that share a merged cell, by the item that is theirs; the first row when it has no name."""
        grid = self.grid(table)
        cell = grid.lines[number].cells[column]
        if cell.rowspan == 1:
            return self.ligne(table, number)
        shared = [n for n, line in enumerate(grid.lines) if line.cells.get(column) is cell]
        chain = list(self.items(grid.lines[number].row.id, list(paragraphs(cell.blocks))))
        for count in range(1, len(chain) + 1):
            if self.rows_named(table, [name for _, name in chain[:count]]) == shared:
                return _chained(chain[:count])
        return self.ligne(table, number)

    def rows_named(self, table: Table, names: Sequence[str]) -> list[int]:
        """Return the rows in which, for each name, some cell has it as its first paragraph."""
        if id(table) not in self.names:
            lines = self.grid(table).lines
            self.names[id(table)] = [frozenset() if line.row.header else frozenset(_names(line)) for line in lines]
        wanted = {second_rank(name) for name in names}
        return [n for n, found in enumerate(self.names[id(table)]) if wanted <= found]

    def colonne(self, table: Table, column: int) -> Nom:
        """Return a column, by the header over it, else by its rank."""
        grid = self.grid(table)
        name, *columns = (" ".join(each.split("\n")) for each in (grid.columns[column], *grid.columns))
        names = [second_rank(each) for each in columns]
        headed = any(line.row.header for line in grid.lines)
        if headed and is_name(name) and names.count(names[column]) == 1:
            return column_nom(name)
        found = ranked(column + 1, "colonne", "f")
        return Nom(found.mots, "f", f"dans {found.le}")

    def objets(self, cell: Cell) -> list[Objet]:
        """Return the items of a cell: what each title opens, or each paragraph when there is no title."""
        blocks = cell.blocks
        titles = [n for n, block in enumerate(blocks) if block.style.startswith(TITLE)]
        starts = titles or range(len(blocks))
        spans = [(n, m) for n, m in zip(starts, [*list(starts)[1:], len(blocks)], strict=True)] if blocks else []
        return [Objet(self.objet(cell, start), start, end) for start, end in spans]

    def objet(self, cell: Cell, start: int) -> Nom | None:
        """Return the name of the item that a paragraph of a cell opens; None when no name finds it."""
        block = cell.blocks[start]
        if not isinstance(block, Paragraph):
            return None
        found = next(iter(self.items(block.id, [block])), None)
        texts = [said(each) for each in cell.blocks if isinstance(each, Paragraph)]
        if found is None or not begins(said(block), found[1]) or sum(begins(text, found[1]) for text in texts) != 1:
            return None
        return named(found[0][0], found[1], found[0][1])

    def items(self, path: str, printed: Sequence[Paragraph]) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield the items that a path leads to, the last first: noun and gender, name as printed in paragraphs."""
        field: Field | None = self.schema.root
        chain: list[tuple[str, Field]] = []
        way = ""
        for name, item in STEP.findall(path):
            field = field.fields.get(name) if field else None
            way = f"{way}.{name}".strip(".")
            if item and field and field.item:
                way, field = f"{way}[{item}]", field.item
                chain.append((way, field))
        for way, field in reversed(chain):
            leaf = f"{way}.{field.meta.intitule_par}"
            text = next((_named(each, leaf) for each in printed if _named(each, leaf)), "")
            if is_name(text):
                noun = field.meta.libelle
                yield (f"{noun[:1].lower()}{noun[1:]}", field.meta.genre), text


def closing(blocks: Sequence[Block]) -> int:
    """Return where the text of a section ends: at its signatures."""
    found = (n for n, block in enumerate(blocks) if isinstance(block, Paragraph) and block.style == CLOSING)
    return next(found, len(blocks))


def _names(line: Line) -> Iterator[str]:
    return (second_rank(_first(cell)) for cell in line.cells.values())


def begins(text: str, name: str) -> bool:
    """Tell whether a paragraph is one of that name: the name, then no letter nor digit; their guillemets are alike."""
    text, name = second_rank(text.removeprefix(DASH)), second_rank(name)
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def is_name(text: str) -> bool:
    """Tell whether a text can name a unit between guillemets."""
    return bool(text.strip()) and "\n" not in text and is_balanced(text)


def _first(cell: Cell | None) -> str:
    return said(cell.blocks[0]).removeprefix(DASH) if cell and cell.blocks else ""


def _named(paragraph: Paragraph, leaf: str) -> str:
    return next((span.text for span in paragraph.spans if span.path == leaf), "")


def _chained(chain: Sequence[tuple[tuple[str, str], str]]) -> Nom:
    """Return an item and those that hold it: objectif opérationnel « X » de l’objectif stratégique « Y »."""
    noms: Mapping[int, Nom] = {n: named(noun, name, genre) for n, ((noun, genre), name) in enumerate(chain)}
    return Nom(" ".join([noms[0].mots, *(nom.du for n, nom in noms.items() if n)]), chain[0][0][1])
