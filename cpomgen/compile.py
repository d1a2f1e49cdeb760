"""WordTemplate → Patron: pandoc's blocks, tokens and tags made into a tree with loops and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from cpomgen.expression import Expression, Gabarit
from cpomgen.filters import RefusedError
from cpomgen.imprime import Image, PageField, Span
from cpomgen.inlines import Json, joined, pieces_of, text_of
from cpomgen.pandoc import ParagraphMark, RowMark, SectionMark, TableFacts, Tokens, read_blocks
from cpomgen.patron import (
    CellPattern,
    Choice,
    Column,
    Graft,
    Loop,
    ParagraphPattern,
    Patron,
    RowPattern,
    SectionPattern,
    TablePattern,
    Value,
    cells_of,
    rows_of,
)  # fmt: skip
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.tags import FOR, STRAY, Tag
from cpomgen.word import WordTemplate

Node = TypeVar("Node")
DEPTH = 30  # loops and conditions, tables, cells and paragraphs included: a contract has eight
LEVELS = {"p": "un paragraphe", "tr": "une ligne de tableau", "tc": "une cellule", "": "un texte"}


def compile_template(template: WordTemplate) -> Patron:
    """Return the Patron of a Word template; raise ProblemError at the first tag that cannot be read."""
    blocks, tokens = read_blocks(template)
    return _Compiler(template, tokens).patron(blocks)


class _Compiler:
    """One template being compiled; `place` is where its author would look."""

    def __init__(self, template: WordTemplate, tokens: Tokens) -> None:
        self.file = template.package.file
        self.template = template
        self.tokens = tokens
        self.gabarit = Gabarit()
        self.styles = {style.name for style in template.styles.values()}
        self.place = ""
        self.depth = 0
        self.quoting = False  # in the body, out of tables: where a citation may stand

    def patron(self, blocks: Sequence[Json]) -> Patron:
        """Return the Patron of all blocks, parted by section marks."""
        parts: dict[tuple[int, str], list[Json]] = {}
        for block in blocks:
            mark = self._section_mark(block)
            if mark is not None:
                current = parts.setdefault((mark.rank, mark.part), [])
            else:
                current.append(block)
        return Patron(
            self.file,
            tuple(
                SectionPattern(
                    section.layout,
                    *(self.part(part, parts.get((rank, part), [])) for part in ("body", "header", "footer")),
                )
                for rank, section in enumerate(self.template.sections)
            ),
        )

    def _section_mark(self, block: Json) -> SectionMark | None:
        if block["t"] != "Para":
            return None
        token = next(iter(self.tokens.read(text_of(block["c"]))), None)
        return token if isinstance(token, SectionMark) else None

    def part(self, name: str, blocks: Iterable[Json]) -> tuple[Any, ...]:
        """Return the blocks of a section's body, header or footer."""
        self.quoting = name == "body"
        return self.blocks(blocks)

    def blocks(self, blocks: Iterable[Json]) -> tuple[Any, ...]:
        """Return paragraphs and tables, loops and conditions over them made."""
        return self.nest("p", self._blocks(blocks))

    def _blocks(self, blocks: Iterable[Json]) -> Iterator[Any]:
        for block in blocks:
            if block["t"] in ("Para", "Plain"):
                yield self.paragraph(block["c"])
            elif block["t"] == "Table":
                yield self.table(block["c"])
            elif block["t"] == "Div":
                yield from self._blocks(block["c"][1])
            else:
                raise self.fault(f"cet élément Word n'est pas pris en charge ({block['t']}).")

    def paragraph(self, inlines: Iterable[Json]) -> ParagraphPattern | Graft | Tag:
        """Return a paragraph, or the tag that stands for it."""
        mark = ParagraphMark("", "")
        pieces: list[tuple[Any, str]] = []
        for text, style in pieces_of(inlines, "", self.fault):
            for token in self.tokens.read(text):
                if isinstance(token, ParagraphMark):
                    mark = token
                    self.place = mark.place
                elif not isinstance(token, RowMark | SectionMark):
                    pieces.append((replace(token, place=mark.place) if isinstance(token, Tag) else token, style))
        control = self._control([token for token, _ in pieces], "p")
        if control is not None:
            return control if control.keyword else self.graft(control)
        listed = f"{mark.style} puce"
        inner = self.nest("", (self.inline(token, style) for token, style in joined(pieces)))
        return ParagraphPattern(mark.style, inner, listed if listed in self.styles else "", mark.place)

    def graft(self, tag: Tag) -> Graft:
        """Return the citation that stands for a paragraph."""
        if not self.quoting:
            raise self.fault("une citation se place dans le corps du document, hors des tableaux.")
        return Graft(self.expression(tag.text), tag.place)

    def _control(self, tokens: Sequence[Any], level: str) -> Tag | None:
        """Return the tag of that level that stands alone; complain when it has text beside it."""
        found = [token for token in tokens if not (isinstance(token, str) and not token.strip())]
        tags = [token for token in found if isinstance(token, Tag) and token.level == level]
        if tags and len(found) > 1:
            self.at(tags[0])
            name = tags[0].keyword or tags[0].shown
            raise self.fault(f"la balise « {name} » doit être seule dans son paragraphe, sa ligne ou sa cellule.")
        return tags[0] if tags else None

    def inline(self, token: Any, style: str) -> Any:  # noqa: ANN401 - an inline of the Patron, or a control tag
        """Return the inline that a token is."""
        if isinstance(token, Image):
            return Span("", image=token)
        if isinstance(token, PageField):
            return Span("", style, field=token)
        if isinstance(token, str):
            if STRAY.search(token):
                raise self.fault("une balise est mal fermée ou inconnue dans ce paragraphe.")
            return Span(token, style)
        if token.level:
            raise self.fault(f"la balise « {token.level} {token.keyword} » doit être seule dans {LEVELS[token.level]}.")
        return token if token.keyword else Value(self.expression(token.text), style)

    def table(self, content: list[Any]) -> TablePattern:
        """Return a table; pandoc tells head, bodies and foot apart, we do not."""
        _, _, _, head, bodies, foot = content
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        facts: list[TableFacts] = []
        inner = self.nest("tr", [self.row(cells, facts) for _, cells in rows])
        found = facts[0] if facts else TableFacts("", (), ())
        if not found.widths:
            raise self.fault("ce tableau n'a pas de largeurs de colonnes : rouvrez-le et enregistrez-le dans Word.")
        return TablePattern(found.style, self.nest("tc", _columns(found)), inner)

    def row(self, cells: Iterable[list[Any]], facts: list[TableFacts]) -> RowPattern | Tag:
        """Return a row, or the tag that stands for it."""
        found = list(cells)
        everything = [block for *_, blocks in found for block in blocks]
        marks = [token for token in self._tokens(everything) if isinstance(token, RowMark)]
        facts.extend(mark.table for mark in marks)
        control = self._whole(everything, "tr")
        if control is not None:
            return control
        inner = [self.cell(blocks, colspan, rowspan) for _, _, rowspan, colspan, blocks in found]
        nested = self.nest("tc", inner)
        if any(cell.merged for node in nested if not isinstance(node, CellPattern) for cell in cells_of((node,))):
            raise self.fault("« vm » ne s'emploie pas dans une colonne répétée ou conditionnelle.")
        return RowPattern(nested, any(mark.header for mark in marks))

    def cell(self, blocks: list[Json], colspan: int, rowspan: int) -> CellPattern | Tag:
        """Return a cell, or the tag that stands for it."""
        control = self._whole(blocks, "tc")
        if control is not None:
            return control
        merged = any(isinstance(token, Tag) and token.keyword == "vm" for token in self._tokens(blocks))
        around, self.quoting = self.quoting, False
        inner = self.blocks(blocks)
        self.quoting = around
        return CellPattern(inner, colspan, rowspan, merged)

    def _tokens(self, blocks: Iterable[Json]) -> Iterator[Any]:
        """Yield the words and tokens of paragraphs, tags with their place."""
        for block in blocks:
            if block["t"] in ("Para", "Plain"):
                place = ""
                for token in self.tokens.read(text_of(block["c"])):
                    place = token.place if isinstance(token, ParagraphMark) else place
                    yield replace(token, place=place) if isinstance(token, Tag) else token
            elif block["t"] == "Div":
                yield from self._tokens(block["c"][1])

    def _whole(self, blocks: list[Json], level: str) -> Tag | None:
        """Return the tag of that level that stands for all the blocks; complain when it has text beside it."""
        marks = (ParagraphMark, RowMark)
        return self._control([token for token in self._tokens(blocks) if not isinstance(token, marks)], level)

    def expression(self, text: str) -> Expression:
        """Return an expression of the template, compiled."""
        try:
            return self.gabarit.expression(text)
        except RefusedError as error:
            raise self.fault(f"{error}.") from None

    def nest(self, level: str, items: Iterable[Any]) -> tuple[Any, ...]:
        """Return the items with their control tags made into loops and conditions."""
        queue = [item for item in items if not (isinstance(item, Tag) and item.keyword == "vm")]
        body, rest = self._body(queue, level)
        if rest:
            self.at(rest[0])
            raise self.fault(f"« {rest[0].keyword} » ne ferme aucune balise ouverte au même niveau ({LEVELS[level]}).")
        return body

    def _body(self, queue: list[Any], level: str) -> tuple[tuple[Any, ...], list[Any]]:
        body: list[Any] = []
        self.depth += 1
        if self.depth > DEPTH:
            raise self.fault(f"plus de {DEPTH} boucles et conditions sont ouvertes les unes dans les autres.")
        while queue:
            item, *rest = queue
            if not isinstance(item, Tag):
                body.append(item)
            elif item.keyword in ("for", "if"):
                node, rest = self._loop(item, rest, level) if item.keyword == "for" else self._choice(item, rest, level)
                body.append(node)
            else:
                break
            queue = rest
        self.depth -= 1
        return tuple(body), queue

    def _loop(self, tag: Tag, queue: list[Any], level: str) -> tuple[Loop, list[Any]]:
        parts = FOR.fullmatch(tag.text)
        body, rest = self._body(queue, level)
        self.at(tag)
        if parts is None or not rest or rest[0].keyword != "endfor":
            raise self.fault(f"la boucle « for {tag.text} » est incomplète (for … in …, puis endfor au même niveau).")
        merging = [row for row in rows_of(body) if any(cell.merged for cell in cells_of(row.cells))]
        if level == "tr" and merging and (len(body) > 1 or merging[0] is not body[0]):
            raise self.fault("« vm » fusionne une cellule dans une boucle qui ne répète qu'une ligne, sans condition.")
        return Loop(parts[1], self.expression(parts[2]), body), rest[1:]

    def _choice(self, tag: Tag, queue: list[Any], level: str) -> tuple[Choice, list[Any]]:
        branches: list[tuple[Expression | None, tuple[Any, ...]]] = []
        self.at(tag)
        condition: Expression | None = self.expression(tag.text)
        while True:
            body, queue = self._body(queue, level)
            branches.append((condition, body))
            following = queue[0].keyword if queue else ""
            if following == "endif":
                return Choice(tuple(branches)), queue[1:]
            if following not in ("elif", "else") or condition is None:
                self.at(tag)
                raise self.fault(f"la condition « if {tag.text} » n'est pas fermée par un endif au même niveau.")
            self.at(queue[0])
            condition = self.expression(queue[0].text) if following == "elif" else None
            queue = queue[1:]

    def at(self, tag: Tag) -> None:
        """Go back to where a tag stands: what it opens was read before it was found to be wrong."""
        self.place = tag.place or self.place

    def fault(self, message: str) -> ProblemError:
        """Return what is wrong at the present place of the template."""
        return ProblemError(Problem("CPOM303", Mark(self.file, place=self.place), message, "corrigez-le dans Word."))


def _columns(facts: TableFacts) -> Iterator[Column | Tag]:
    """Yield columns and tags; the width of a column of tags goes to the column it governs."""
    owed = 0
    columns: list[Column | Tag] = []
    for width, tag in facts.columns:
        if tag is None:
            columns.append(Column(width + owed))
            owed = 0
        elif tag.keyword.startswith("end") and columns and isinstance(columns[-1], Column):
            columns[-1] = Column(columns[-1].width + width)
            columns.append(tag)
        else:
            owed += width
            columns.append(tag)
    yield from columns
