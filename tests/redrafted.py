"""A small document → the same, changed by chance: words, paragraphs, items, rows, columns, headings, parts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random

from drafted import NBSP, PLACES, Box, Draft, Grid, Line, Maker, Part, Rank

from cpomgen.imprime import CLOSING, Imprime


def pair(seed: int) -> tuple[Imprime, Imprime]:
    """Return a document before and after a few changes, from one seed."""
    before = Maker(Random(seed)).draft()  # noqa: S311 - no secret
    maker = Maker(Random(seed))  # noqa: S311
    changes = Changes(maker, after := maker.draft())
    for _ in range(maker.random.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        changes.change()
    return before.printed(), after.printed()


def resentenced(seed: int) -> tuple[Imprime, Imprime]:
    """Return a document before and after a sentence of some paragraph is written again, the others left as they are."""
    maker = Maker(Random(seed))  # noqa: S311
    draft = maker.draft()
    line = maker.random.choice([line for line in Changes(maker, draft).lines() if not line.level])
    told = [f"Il {maker.words(6, 12)} réseau." for _ in range(maker.random.choice((2, 3)))]
    line.text = " ".join(told)
    before = draft.printed()
    told[maker.random.randrange(len(told))] = f"Elle {maker.words(6, 12)} bassin."
    line.text = " ".join(told)
    return before, draft.printed()


class Changes:
    """Changes of one document, each drawn by chance."""

    def __init__(self, maker: Maker, draft: Draft) -> None:
        self.maker, self.random, self.draft = maker, maker.random, draft

    def change(self) -> None:
        """Change something, of one kind or another."""
        kinds: dict[Callable[[], None], float] = {
            self.words: 6, self.sentence: 1, self.added: 3, self.removed: 3, self.moved: 2, self.retitled: 1,
            self.table: 9, self.rubrique: 3, self.article: 2, self.titre: 0.5, self.annex: 1, self.swapped: 1,
        }  # fmt: skip
        self.random.choices(list(kinds), list(kinds.values()))[0]()

    # Words

    def words(self) -> None:
        """Change a few words of a paragraph, wherever it is."""
        line = self.random.choice(list(self.lines()))
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            line.text = self.reworded(line.text)

    def lines(self) -> Iterator[Line]:
        """Yield all paragraphs but those of signatures."""
        for part in self.draft.parts:
            for block in part.blocks[: self.end(part)]:
                if isinstance(block, Line):
                    yield block
                else:
                    yield from (line for row in block.rows for box in row.boxes for line in box.lines)

    def end(self, part: Part) -> int:
        """Return where the text of a section ends."""
        found = (n for n, block in enumerate(part.blocks) if isinstance(block, Line) and block.style == CLOSING)
        return next(found, len(part.blocks))

    def reworded(self, text: str) -> str:
        """Return a text with a word more, less, or other, or its end changed."""
        words = text.split(" ")
        opened = (
            2
            if " – " in text
            and text.split(" – ", maxsplit=1)[0].split(NBSP, maxsplit=1)[0] in ("Article", "Annexe", "Titre")
            else 0
        )
        opened += 1 if words[opened][1:2] == ")" else 0  # the letter of a heading
        at = self.random.randint(opened, len(words))
        gesture = self.random.choice(("put", "put two", "take", "take two", "change", "change", "end"))
        coming = [self.maker.word() for _ in range(2 if gesture == "put two" else 1)]
        if gesture == "end":
            return text[:-1] if text.endswith(".") else f"{text}."
        if gesture.startswith("put"):
            words[at:at] = coming
        elif gesture.startswith("take") and len(words) > opened + 2:
            del words[at : at + len(gesture.split())]
        else:
            words[at : at + 1] = coming
        return " ".join(words)

    def sentence(self) -> None:
        """Write a paragraph again, all of it or its last sentence."""
        line = self.random.choice([line for line in self.lines() if not line.level])
        first, dot, _ = line.text.partition(". ")
        line.text = f"{first}{dot}{self.maker.text()}" if dot else self.maker.text()

    def retitled(self) -> None:
        """Name a heading otherwise."""
        heads = [line for line in self.lines() if line.level]
        line = self.random.choice(heads)
        number, dash, _ = line.text.partition(" – ")
        line.text = f"{number}{dash}{self.maker.words(1, 4)}" if dash else self.maker.words(1, 4)

    # Blocks

    def part(self) -> Part:
        """Return a section."""
        return self.random.choice(self.draft.parts)

    def place(self, part: Part) -> int:
        """Return a place in a section, after its first block."""
        return self.random.randint(1, max(self.end(part), 1))

    def added(self) -> None:
        """Insert paragraphs, a table now and then; a copy of another paragraph, even."""
        part = self.part()
        coming: list[Line | Grid] = [self.maker.alinea() for _ in range(self.random.choice((1, 1, 2, 3)))]
        if self.random.random() < 0.2:
            coming = [self.maker.grid()]
        elif self.random.random() < 0.1:
            twin = [block for block in part.blocks if isinstance(block, Line) and not block.level]
            coming = [Line("Corps", self.random.choice(twin).text if twin else self.maker.text())]
        at = self.place(part)
        part.blocks[at:at] = coming

    def bodies(self, part: Part) -> list[int]:
        """Return where blocks of a section that are no headings stand."""
        blocks = part.blocks[: self.end(part)]
        return [n for n, block in enumerate(blocks) if n and not (isinstance(block, Line) and block.level)]

    def removed(self) -> None:
        """Remove paragraphs or a table."""
        part = self.part()
        for _ in range(self.random.choice((1, 1, 2, 3))):
            if known := self.bodies(part):
                del part.blocks[self.random.choice(known)]

    def moved(self) -> None:
        """Place a paragraph or a table elsewhere."""
        part = self.part()
        if known := self.bodies(part):
            block = part.blocks.pop(self.random.choice(known))
            part.blocks.insert(self.place(part), block)

    def swapped(self) -> None:
        """Write paragraphs that follow each other otherwise, in another number."""
        part = self.part()
        at = self.place(part)
        if at in self.bodies(part):
            part.blocks[at : at + 1] = [self.maker.alinea() for _ in range(self.random.randint(1, 3))]

    # Headings

    def extents(self, part: Part, levels: tuple[int, ...]) -> list[tuple[int, int]]:
        """Return from where to where each heading of these levels opens something."""
        blocks = part.blocks[: self.end(part)]
        heads = [(n, block.level) for n, block in enumerate(blocks) if isinstance(block, Line) and block.level]
        ends = {n: next((m for m, other in heads if m > n and other <= level), len(blocks)) for n, level in heads}
        return [(n, ends[n]) for n, level in heads if level in levels and n]

    def rubrique(self) -> None:
        """Insert, remove or place elsewhere what a heading opens."""
        part = self.part()
        level = 4 if part.name == "socle" else 2
        known = self.extents(part, (level,))
        gesture = self.random.choice(("add", "add", "remove", "move"))
        if gesture == "add" or not known:
            tops = [1, 3] if part.name == "socle" else [1]
            ends = [end for _, end in self.extents(part, (*tops, level))] or [self.end(part)]
            at = self.random.choice([*ends, self.place(part)])
            letter = self.random.choice(("", "", "c)", "d)")) if part.name == "socle" else ""
            part.blocks[at:at] = self.maker.rubrique(level, letter)
            return
        start, end = self.random.choice(known)
        blocks = part.blocks[start:end]
        del part.blocks[start:end]
        if gesture == "move":
            at = self.random.choice([*(n for n, _ in self.extents(part, (level,))), self.end(part)])
            part.blocks[at:at] = blocks

    def article(self) -> None:
        """Insert an article or remove one; those that follow take another number, or keep theirs."""
        socle = self.draft.parts[0]
        known = self.extents(socle, (3,))
        start, end = self.random.choice(known)
        if self.random.random() < 0.5 and len(known) > 1:
            del socle.blocks[start:end]
        else:
            at = self.random.choice((start, end))
            socle.blocks[at:at] = self.maker.article(self.random.choice((len(known) + 1, 9, 10)))
        if self.random.random() < 0.6:
            self.renumber(socle)

    def titre(self) -> None:
        """Insert a titre before an article, one of its own now and then, or take one away from over its articles."""
        socle = self.draft.parts[0]
        known = self.extents(socle, (2,))
        if known and self.random.random() < 0.5:
            del socle.blocks[self.random.choice(known)[0]]
            return
        at = self.random.choice([edge for extent in self.extents(socle, (3,)) for edge in extent])
        coming: list[Line | Grid] = [self.maker.heading(2, f"Titre{NBSP}{len(known) + 4}")]
        coming += self.maker.article(8) if self.random.random() < 0.4 else []
        socle.blocks[at:at] = coming

    def renumber(self, socle: Part) -> None:
        """Number articles in order."""
        heads = [socle.blocks[n] for n, _ in self.extents(socle, (3,))]
        for n, head in enumerate(heads, 1):
            assert isinstance(head, Line)
            head.text = f"Article{NBSP}{'1er' if n == 1 else n} – {head.text.partition(' – ')[2]}"

    def annex(self) -> None:
        """Insert an annex, or remove one."""
        parts = self.draft.parts
        if len(parts) > 2 and self.random.random() < 0.5:
            del parts[self.random.randint(1, len(parts) - 1)]
        else:
            taken = {part.name for part in parts}
            number = next(n for n in range(1, 9) if f"annexe-{n}" not in taken)
            at = next((n for n, part in enumerate(parts) if n and part.name > f"annexe-{number}"), len(parts))
            parts.insert(at, self.maker.annex(number))

    # Tables

    def table(self) -> None:
        """Change a table."""
        grids = [block for part in self.draft.parts for block in part.blocks if isinstance(block, Grid)]
        if grids:
            grid = self.random.choice(grids)
            gestures = (self.row, self.row, self.rows, self.column, self.merge, self.cell, self.cell, self.items)
            self.random.choice(gestures)(grid)

    def body(self, grid: Grid) -> list[Rank]:
        """Return the rows that are no headers."""
        return [row for row in grid.rows if not row.header]

    def row(self, grid: Grid) -> None:
        """Insert, remove or place elsewhere a row."""
        known = self.body(grid)
        gesture = self.random.choice(("add", "remove", "move"))
        at = self.random.randint(len(grid.rows) - len(known), len(grid.rows))
        if gesture == "add" or not known:
            grid.rows[at:at] = self.coming(grid, at)
        elif gesture == "remove" and len(grid.rows) > 1:
            grid.rows.remove(self.random.choice(known))
        else:
            row = self.random.choice(known)
            grid.rows.remove(row)
            grid.rows.insert(min(at, len(grid.rows)), row)

    def rows(self, grid: Grid) -> None:
        """Change several rows at once."""
        for _ in range(2):
            self.row(grid)

    def coming(self, grid: Grid, at: int) -> list[Rank]:
        """Return rows to be inserted at a place of a table: in a group, or as one of their own."""
        width = len(grid.rows[0].boxes)
        if grid.made.endswith("objectifs") and width == 4:
            beside = grid.rows[min(at, len(grid.rows) - 1)]
            if self.random.random() < 0.6 and not beside.header:
                path = beside.boxes[0].lines[0].leaf.rpartition(".")[0] if beside.boxes[0].lines else ""
                return [self.maker.objective(path or "annexes.appui_coordination.objectifs[x]", beside.boxes[0])]
            return self.maker.group()
        if grid.made:
            return [self.maker.source(width - 1, grid.made) for _ in range(self.random.choice((1, 1, 2)))]
        return [Rank([self.maker.box() for _ in range(width)])]

    def column(self, grid: Grid) -> None:
        """Insert a column or remove one."""
        width = len(grid.rows[0].boxes)
        at = self.random.randint(0, width)
        if self.random.random() < 0.5 and width > 1:
            for row in grid.rows:
                del row.boxes[min(at, width - 1)]
            return
        for row in grid.rows:
            style = "Cellule entête" if row.header else "Cellule montant" if grid.made == PLACES else "Cellule"
            row.boxes.insert(at, Box([Line(style, self.maker.words(1, 2) if row.header else self.maker.amount())]))

    def merge(self, grid: Grid) -> None:
        """Merge two cells, or part those that are."""
        rows = self.body(grid)
        if self.random.random() < 0.3:
            boxes, n = self.random.choice(grid.rows).boxes, self.random.randrange(len(grid.rows[0].boxes))
            boxes[n] = boxes[n - 1] if boxes[n] is not boxes[n - 1] else deepcopy(boxes[n])
            return
        column = self.random.randrange(len(grid.rows[0].boxes))
        for row, below in itertools.pairwise(rows):
            if self.random.random() < 0.4:
                box = row.boxes[column]
                below.boxes[column] = box if below.boxes[column] is not box else deepcopy(box)
                return

    def cell(self, grid: Grid) -> None:
        """Change a paragraph of a cell, put one in it, take one away, write it again."""
        box = self.random.choice(self.random.choice(grid.rows).boxes)
        gesture = self.random.choice(("words", "words", "add", "remove", "again", "empty"))
        if gesture == "again":
            box.lines[:] = self.maker.box().lines
        elif gesture == "empty":
            box.lines[:] = [Line("Cellule", "–")]
        elif gesture == "add" or not box.lines:
            made = box.lines[0].id if box.lines else ""
            box.lines.insert(self.random.randint(0, len(box.lines)), Line("Cellule", self.maker.text(), "", made))
        elif gesture == "remove" and len(box.lines) > 1:
            box.lines.pop(self.random.randrange(len(box.lines)))
        else:
            line = self.random.choice(box.lines)
            line.text = self.reworded(line.text)

    def items(self, grid: Grid) -> None:
        """Insert, remove or place elsewhere an item of a cell."""
        rows = [row for row in grid.rows if ".operationnels[" in row.id and len(row.boxes) == 4]
        if not rows:
            return
        row = self.random.choice(rows)
        kind, style = self.random.choice((("actions", "Cellule puce"), ("indicateurs", "Cellule titre")))
        box = row.boxes[2 if kind == "actions" else 3]
        known = list(dict.fromkeys(line.id for line in box.lines))
        gesture = self.random.choice(("add", "remove", "move", "again"))
        items = {name: [line for line in box.lines if line.id == name] for name in known}
        if gesture == "add" or not known:
            coming = self.maker.item(row.id, kind, style)
            known.insert(self.random.randint(0, len(known)), coming[0].id)
            items[coming[0].id] = coming
        else:
            at = self.random.randrange(len(known))
            name = known.pop(at)
            if gesture == "move":
                known.insert(self.random.randint(0, len(known)), name)
            elif gesture == "again":
                known.insert(at, name)
                items[name] = [*items[name][:1], *self.maker.item(row.id, kind, style)[1:]]
        box.lines[:] = [line for name in known for line in items[name]]
