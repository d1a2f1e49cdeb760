"""An Imprime → its text as docs/redaction.md has it: sections of headings, alinéas and tables, each with its name.

Nodes are known by identity: a merged cell is one node in all the rows that it covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Table

SPACES = "[ \u00a0\u202f]"
SIGNATURES, CELL_TITLE = "Lieu et date", "Cellule titre"
NUMBER = r"(?:1er|1re|\d+|[IVXLC]+)(?: (?:bis|ter|quater))?"
NUMBERED = re.compile(rf"(?P<name>\w+(?: n°)? {NUMBER}) – ")
LETTERED = re.compile(r"(?P<name>[a-z]\)|\d+°|[IVXLC]+(?=\.))\.? ")


class UnreadableError(Exception):
    """What an act says cannot be done, or in more than one way."""


@contextmanager
def about(sentence: str) -> Iterator[None]:
    """Say of which sentence an error is."""
    try:
        yield
    except UnreadableError as error:
        raise UnreadableError(f"{error} – in: {sentence}") from error


@dataclass(eq=False, kw_only=True)
class Noeud:
    """A unit of a text; once `gone` it still says where it stood, until the act is done.

    `of` are the units that it stands for, `within` the first node of each unit that it was put in; a unit that is gone
    as a whole, or rewritten, is `closed` at its first node.
    """

    gone: bool = False
    new: bool = False
    moved: bool = False
    closed: bool = False
    of: tuple[Noeud, ...] = ()
    within: tuple[Noeud, ...] = ()


@dataclass(eq=False)
class Alinea(Noeud):
    """A paragraph, its dash included; `titre` when, in a cell, it opens an item."""

    text: str
    titre: bool = False


@dataclass(eq=False)
class Titre(Noeud):
    """A heading."""

    level: int
    text: str


@dataclass(eq=False)
class Cellule(Noeud):
    """A run of paragraphs (or of tables, which no act reaches)."""

    blocks: list[Noeud]

    @property
    def alineas(self) -> list[Alinea]:
        return [block for block in self.blocks if isinstance(block, Alinea)]

    @property
    def words(self) -> list[Any]:
        """Return what the cell says; an empty paragraph alone says nothing."""
        found = [_said(block, set()) for block in self.blocks]
        return [] if found == [""] else found


@dataclass(eq=False)
class Ligne(Noeud):
    """A row: the cell that stands in each column."""

    cells: list[Cellule]
    header: bool = False


@dataclass(eq=False)
class Colonne(Noeud):
    """A column; its cells are in the rows."""


@dataclass(eq=False)
class Tableau(Noeud):
    """Rows, header rows first, over columns."""

    columns: list[Noeud]
    rows: list[Noeud]

    def lines_all(self) -> list[Ligne]:
        """Return the rows."""
        return [row for row in self.rows if isinstance(row, Ligne)]

    def lines(self, *, header: bool) -> list[Ligne]:
        """Return the header rows, or the others."""
        return [row for row in self.lines_all() if row.header == header]


@dataclass(eq=False)
class Partie:
    """A section."""

    name: str
    blocks: list[Noeud]


@dataclass(eq=False)
class Texte:
    """The text of a contract."""

    parties: list[Partie] = field(default_factory=list)


class Nom(NamedTuple):
    """What a heading is called: by its number, its letter, or its text."""

    kind: str
    key: str


def text_of(imprime: Imprime) -> Texte:
    """Return the text of a document."""
    return Texte([Partie(section.name, nodes_of(section.blocks)) for section in imprime.sections])


def nodes_of(blocks: Iterable[Block]) -> list[Noeud]:
    """Return blocks of a section up to its signatures."""
    found: list[Noeud] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == SIGNATURES:
            break
        found.append(tableau_of(block) if isinstance(block, Table) else _paragraph(block))
    return found


def read(paragraph: Paragraph) -> str:
    """Return a paragraph as it reads: a dash before a list item, words for a picture."""
    text = "".join(span.image.said if span.image else span.text for span in paragraph.spans)
    return ("– " if paragraph.style.endswith(" puce") else "") + text


def plain(text: str) -> str:
    """Return a text whose guillemets are “ ”: « x » is the same."""
    return re.sub(f"{SPACES}?»", "”", re.sub(f"«{SPACES}?", "“", text))


def spaced(text: str) -> str:
    """Return words of a title or of the act itself, where a no-break space is a space."""
    return re.sub(SPACES, " ", text)


def flat(text: str) -> str:
    """Return a text on one line."""
    return text.replace("\n", " ")


def level_of(paragraph: Paragraph) -> int:
    """Return the level of a heading, 0 for an alinéa."""
    match = re.fullmatch(r"heading (\d)", paragraph.style)
    return int(match[1]) if match else 0


def _paragraph(paragraph: Paragraph) -> Noeud:
    level, text = level_of(paragraph), plain(read(paragraph))
    return Titre(level, text) if level else Alinea(text, paragraph.style == CELL_TITLE)


def tableau_of(table: Table) -> Tableau:
    """Return a table, each cell in all the rows and all the columns that it covers."""
    count = sum(cell.colspan for cell in table.rows[0].cells) if table.rows else len(table.widths)
    above: list[tuple[Cellule, int]] = [(Cellule([]), 0)] * count  # what stands in each column, and how long still
    rows: list[Noeud] = []
    for row in table.rows:
        above = _under(above, row.cells)
        rows.append(Ligne([cell for cell, _ in above], row.header))
    return Tableau([Colonne() for _ in range(count)], rows)


def _under(above: Sequence[tuple[Cellule, int]], cells: Sequence[Cell]) -> list[tuple[Cellule, int]]:
    coming = iter(cells)
    found: list[tuple[Cellule, int]] = []
    while len(found) < len(above):
        held, left = above[len(found)]
        if left > 1:
            found.append((held, left - 1))
        else:
            cell = next(coming)
            found += [(Cellule(nodes_of(cell.blocks)), cell.rowspan)] * cell.colspan
    return found


def as_lists(texte: Texte) -> list[Any]:
    """Return what a text says: by section (an empty one says nothing), by block, by row and cell; headings as pairs."""
    opening = set(map(id, preambule(texte)))
    return [[_said(block, opening) for block in partie.blocks] for partie in texte.parties if partie.blocks]


def _said(block: Noeud, opening: set[int]) -> Any:
    if isinstance(block, Titre):
        return block.text if id(block) in opening else ("titre", block.text)
    if isinstance(block, Tableau):
        return [[cell.words for cell in unique(row.cells)] for row in block.lines_all()]
    assert isinstance(block, Alinea)
    return block.text


def unique(cells: Iterable[Cellule]) -> list[Cellule]:
    """Return cells once each."""
    return list({id(cell): cell for cell in cells}.values())


def nom(titre: Titre) -> Nom:
    """Return what a heading is called."""
    text = spaced(titre.text)
    for kind, pattern in (("numéro", NUMBERED), ("lettre", LETTERED)):
        if match := pattern.match(text):
            return Nom(kind, match["name"][0].lower() + match["name"][1:] if kind == "numéro" else match["name"])
    return Nom("rubrique", flat(titre.text))


def titres(blocks: Iterable[Noeud]) -> list[Titre]:
    """Return the headings among blocks."""
    return [block for block in blocks if isinstance(block, Titre)]


def preambule(texte: Texte) -> list[Noeud]:
    """Return what precedes the first numbered heading of the first section, or its first heading when none is."""
    if not texte.parties:
        return []
    blocks = texte.parties[0].blocks
    found = titres(blocks)
    first = next((titre for titre in found if nom(titre).kind == "numéro"), found[0] if found else None)
    return blocks[: blocks.index(first)] if first else list(blocks)


def called(texte: Texte) -> Iterator[tuple[Partie, Titre]]:
    """Yield every heading that has a name, with its section; those of the préambule are alinéas."""
    opening = set(map(id, preambule(texte)))
    for partie in texte.parties:
        yield from ((partie, titre) for titre in titres(partie.blocks) if id(titre) not in opening)


def extent(blocks: Sequence[Noeud], titre: Titre) -> list[Noeud]:
    """Return a heading and what follows, up to the next heading of its level or above."""
    start = blocks.index(titre)
    ends = (n for n, each in enumerate(blocks) if n > start and isinstance(each, Titre) and each.level <= titre.level)
    return list(blocks[start : next(ends, len(blocks))])


def under(blocks: Sequence[Noeud], titre: Titre) -> list[Noeud]:
    """Return the alinéas between a heading and the next one."""
    following = blocks[blocks.index(titre) + 1 :]
    end = next((n for n, each in enumerate(following) if isinstance(each, Titre)), len(following))
    return [each for each in following[:end] if isinstance(each, Alinea)]


def over(blocks: Sequence[Noeud], node: Noeud) -> tuple[Titre, ...]:
    """Return the headings whose extent holds a block, itself included."""
    return tuple(titre for titre in titres(blocks) if any(each is node for each in extent(blocks, titre)))


def items(cell: Cellule) -> list[list[Alinea]]:
    """Return the items of a cell: each paragraph that titles with those that follow, or each paragraph."""
    alineas = cell.alineas
    starts = [n for n, each in enumerate(alineas) if each.titre]
    if not starts:
        return [[each] for each in alineas]
    return [alineas[start:end] for start, end in zip(starts, [*starts[1:], len(alineas)], strict=True)]


def undashed(text: str) -> str:
    """Return a text on one line, without the dash of a list item."""
    return flat(text).removeprefix("– ")
