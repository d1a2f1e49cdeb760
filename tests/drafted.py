"""Random → a small document, to be changed then printed: words that repeat, numbered parts, merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from cpomgen.imprime import Block, Cell, Imprime, Layout, Paragraph, Row, Section, Span, Table

PAGE = Layout(1, 1, 1, 1, 1, 1)
NBSP = "\u00a0"
VOCABULARY = (
    "le", "la", "réseau", "bassin", "agence", "remet", "couvre", "un", "rapport", "suivi", "annuel", "et", "de",
    "l’agence", "d’appui", "coordination", "12", "2013", f"45{NBSP}%", f"1{NBSP}janvier 2012", f"30{NBSP}juin 2013",
    f"1er{NBSP}mars 2014", f"10\u202f000,00{NBSP}€", f"412\u202f500,00{NBSP}€", f"«{NBSP}l’Ouest{NBSP}»", "“l’Est”",
    f"n°{NBSP}4", "(FIR)", "non-lieu", "sous réserve", "Le", "La", "Il",
)  # fmt: skip
ENDS = (".", ".", f"{NBSP};", "", f"{NBSP}:", ",", f"{NBSP}!", "…", " (suite)")
LETTERS = "abcdefgh"
OBJECTIVES = "annexes.appui_coordination.objectifs"
AMOUNTS = "annexes.financement.sources"
PLACES = "zone_intervention.territoires"


@dataclass(eq=False)
class Line:
    """A paragraph: its name as typed, under the path of its leaf, then the words of the template."""

    style: str
    text: str
    tail: str = ""
    id: str = ""
    leaf: str = ""

    def printed(self) -> Paragraph:
        """Return the paragraph as printed."""
        spans = (Span(self.text, path=self.leaf), *([Span(self.tail)] if self.tail else []))
        return Paragraph(self.style, spans, self.id)

    @property
    def level(self) -> int:
        """Return the level of a heading, 0 for an alinéa."""
        return int(self.style[8:]) if self.style.startswith("heading ") else 0


@dataclass(eq=False)
class Box:
    """A cell; the same box in several rows, or in several columns, is merged."""

    lines: list[Line]


@dataclass(eq=False)
class Rank:
    """A row: what stands in each column."""

    boxes: list[Box]
    header: bool = False
    id: str = ""


@dataclass(eq=False)
class Grid:
    """A table; `made` is the path of the list that makes its rows, if one does."""

    rows: list[Rank]
    made: str = ""

    def printed(self) -> Table:
        """Return the table as printed: boxes that follow each other are one cell."""
        count = len(self.rows[0].boxes)
        rows = tuple(Row(tuple(self._cells(n)), row.header, row.id) for n, row in enumerate(self.rows))
        return Table("Tableau", tuple(1000 + n for n in range(count)), rows)

    def _cells(self, number: int) -> list[Cell]:
        boxes = self.rows[number].boxes
        found = []
        for n, box in enumerate(boxes):
            if (n and boxes[n - 1] is box) or (number and self._goes_on(number - 1, n)):
                continue
            wide = next((m for m in range(n, len(boxes)) if boxes[m] is not box), len(boxes)) - n
            tall = 1
            while number + tall < len(self.rows) and self._goes_on(number + tall - 1, n):
                tall += 1
            found.append(Cell(tuple(line.printed() for line in box.lines), wide, tall))
        return found

    def _goes_on(self, number: int, column: int) -> bool:
        """Tell whether what stands in a column of a row goes on in the next row; what is wide does not."""
        here, below = self.rows[number], self.rows[number + 1]
        box = here.boxes[column]
        alone = here.boxes.count(box) == below.boxes.count(box) == 1
        return alone and below.boxes[column] is box and here.header == below.header


@dataclass(eq=False)
class Part:
    """A section."""

    name: str
    blocks: list[Line | Grid] = field(default_factory=list)


@dataclass(eq=False)
class Draft:
    """A document."""

    parts: list[Part]

    def printed(self) -> Imprime:
        """Return the document as printed."""
        return Imprime("", tuple(Section(part.name, PAGE, _blocks(part.blocks)) for part in self.parts))


def _blocks(blocks: Sequence[Line | Grid]) -> tuple[Block, ...]:
    return tuple(block.printed() for block in blocks)


class Maker:
    """What documents are made of, drawn by chance; each item has an id of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0

    def chance(self, share: float) -> bool:
        """Tell whether something happens, so many times out of one."""
        return self.random.random() < share

    def word(self) -> str:
        """Return a word, a figure, an amount, a date."""
        return self.random.choice(VOCABULARY)

    def words(self, least: int = 1, most: int = 12) -> str:
        """Return words that make no sense."""
        return " ".join(self.word() for _ in range(self.random.randint(least, most)))

    def text(self) -> str:
        """Return one or two sentences."""
        first = f"{self.words()}{self.random.choice(ENDS)}"
        return f"{first} Il {self.words()}." if self.chance(0.2) else first

    def new_id(self) -> str:
        """Return an id that no item has."""
        self.count += 1
        return f"i{self.count}"

    def alinea(self, style: str = "Corps") -> Line:
        """Return a paragraph, a list item now and then, some of them made by a loop."""
        style += " puce" if self.chance(0.3) else ""
        made = f"clauses_particulieres[{self.new_id()}]" if self.chance(0.2) else ""
        return Line(style, self.text(), "", made, f"{made}.texte" if made else "")

    def alineas(self, most: int) -> list[Line]:
        """Return a few paragraphs."""
        return [self.alinea() for _ in range(self.random.randint(0, most))]

    def heading(self, level: int, number: str = "") -> Line:
        """Return a heading; its words are those of others now and then."""
        text = self.random.choice(("Objet", "Suivi", f"Le {self.words(1, 4)}", self.words(1, 3)))
        if number:
            return Line(f"heading {level}", f"{number} – {text}")
        made = f"orientations[{self.new_id()}]" if self.chance(0.3) else ""
        return Line(f"heading {level}", text, "", made, f"{made}.intitule" if made else "")

    def rubrique(self, level: int, letter: str = "") -> list[Line | Grid]:
        """Return a heading and what it opens."""
        head = self.heading(level)
        head.text = f"{letter} {head.text}" if letter else head.text
        return [head, *self.body()]

    def body(self) -> list[Line | Grid]:
        """Return paragraphs, with a table now and then."""
        found: list[Line | Grid] = [*self.alineas(3)]
        if self.chance(0.35):
            found.append(self.grid())
        return [*found, *(self.alineas(1) if self.chance(0.3) else ())]

    def article(self, number: int) -> list[Line | Grid]:
        """Return an article."""
        name = f"Article{NBSP}{'1er' if number == 1 else number}"
        found = [self.heading(3, name), *self.body()]
        lettered = self.chance(0.5)
        for n in range(self.random.choice((0, 0, 1, 2, 3))):
            found += self.rubrique(4, f"{LETTERS[n]})" if lettered else "")
        return found

    def annex(self, number: int) -> Part:
        """Return an annex."""
        found = [self.heading(1, f"Annexe{NBSP}{number}"), *self.body()]
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            found += self.rubrique(2)
        return Part(f"annexe-{number}", found)

    def draft(self) -> Draft:
        """Return a document of a few articles and annexes; titres are over articles in some."""
        opening = [Line("heading 1", "Contrat"), *(self.alinea("Visa") for _ in range(self.random.randint(0, 3)))]
        body: list[Line | Grid] = [*opening]
        titles = self.chance(0.4)
        for n in range(1, self.random.randint(2, 4)):
            body += [self.heading(2, f"Titre{NBSP}{n}")] if titles else []
            body += self.article(n)
        body += [Line("Lieu et date", "Fait à Besançon"), Line("Corps", self.words())]
        return Draft([Part("socle", body), *(self.annex(n) for n in range(1, self.random.randint(1, 4)))])

    # Tables

    def grid(self) -> Grid:
        """Return a table of one of three kinds: objectives, amounts, or what the template alone has."""
        return self.random.choice((self.objectives, self.amounts, self.plain))()

    def plain(self) -> Grid:
        """Return a table whose rows no item makes."""
        width = self.random.randint(1, 4)
        heads = [self.head([self.words(1, 2) for _ in range(width)]) for _ in range(self.random.choice((0, 1, 1, 2)))]
        rows = [Rank([self.box() for _ in range(width)]) for _ in range(self.random.randint(1, 4))]
        return Grid([*heads, *rows])

    def head(self, names: Sequence[str]) -> Rank:
        """Return a header row, some of its cells wide."""
        boxes = [Box([Line("Cellule entête", name.replace(" ", "\n") if self.chance(0.1) else name)]) for name in names]
        if len(boxes) > 2 and self.chance(0.15):
            boxes[1] = boxes[0]
        return Rank(boxes, header=True)

    def box(self, made: str = "", leaf: str = "", style: str = "Cellule") -> Box:
        """Return a cell of a few paragraphs, seldom of none."""
        if leaf:
            return Box([Line(style, self.words(1, 5), "", made, leaf)])
        if self.chance(0.1):
            return Box([Line("Cellule", "–", "", made)] if self.chance(0.7) else [])
        count = self.random.choice((1, 1, 1, 2, 3))
        styles = ("Cellule", "Cellule", "Cellule puce")
        return Box([Line(self.random.choice(styles), self.text(), "", made) for _ in range(count)])

    def amount(self) -> str:
        """Return an amount."""
        return f"{self.random.randint(1, 9)}\u202f{self.random.choice(('000', '500'))},00{NBSP}€"

    def source(self, years: int, made: str = AMOUNTS) -> Rank:
        """Return a row of amounts."""
        path = f"{made}[{self.new_id()}]"
        boxes = [Box([Line("Cellule montant", self.amount(), "", path)]) for _ in range(years)]
        return Rank([self.box(path, f"{path}.{'nom' if made == PLACES else 'libelle'}"), *boxes], id=path)

    def amounts(self) -> Grid:
        """Return a table of amounts, with its total or without."""
        years, made = self.random.randint(1, 3), self.random.choice((AMOUNTS, PLACES))
        names = ["Source", *(str(2012 + n) for n in range(years))]
        rows = [self.source(years, made) for _ in range(self.random.randint(0, 3))]
        total = Rank([Box([Line("Cellule total", each)]) for each in ("Total", *(self.amount() for _ in range(years)))])
        return Grid([self.head(names), *rows, *([total] if self.chance(0.6) else [])], made)

    def objective(self, path: str, over: Box) -> Rank:
        """Return an operational objective, with its actions and its indicators, under a strategic one."""
        way = f"{path}.operationnels[{self.new_id()}]"
        actions = [self.item(way, "actions", "Cellule puce") for _ in range(self.random.randint(0, 3))]
        gauges = [self.item(way, "indicateurs", "Cellule titre") for _ in range(self.random.randint(0, 2))]
        boxes = [Box([line for item in items for line in item]) for items in (actions, gauges)]
        return Rank([over, self.box(way, f"{way}.libelle"), *boxes], id=way if self.chance(0.9) else path)

    def item(self, way: str, name: str, style: str) -> list[Line]:
        """Return an item of a cell: what names it, and some detail."""
        made = f"{way}.{name}[{self.new_id()}]"
        tail = self.random.choice((f" ({self.words(1, 4)})", f"{NBSP};", ""))
        detail = [Line("Détail", self.text(), "", made) for _ in range(self.random.randint(0, 2))]
        return [Line(style, self.words(1, 5), tail, made, f"{made}.libelle"), *(detail if "titre" in style else ())]

    def group(self) -> list[Rank]:
        """Return a strategic objective: rows that share a cell."""
        path = f"{OBJECTIVES}[{self.new_id()}]"
        over = Box([Line("Cellule titre", self.words(1, 4), "", path, f"{path}.strategique")])
        if self.chance(0.5):
            over.lines.append(Line("Détail", self.text(), "", path))
        rows = [self.objective(path, over) for _ in range(self.random.randint(1, 3))]
        for line in over.lines:
            line.id = rows[0].id  # the row that prints it
        return rows

    def objectives(self) -> Grid:
        """Return a table of objectives."""
        names = ("Objectif stratégique", "Objectif opérationnel", "Plan d’actions", "Indicateurs de suivi")
        rows = [row for _ in range(self.random.randint(1, 2)) for row in self.group()]
        return Grid([self.head(names), *rows], OBJECTIVES)
