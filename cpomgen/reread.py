"""Package → Relu: a Word file, as cpomgen wrote it or as a hand has changed it since, read into an Imprime.

Sections are named after their first heading. What Word alone needs (the empty paragraphs between tables, at the end of
a section or of a cell) is left out: a file that nobody has touched reads as what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from cpomgen.bare import headings
from cpomgen.bounds import MOST_COLUMNS
from cpomgen.drawing import COMPATIBILITY
from cpomgen.imprime import Block, Imprime, Layout, Paragraph, Section, Span, Table, paragraphs
from cpomgen.opened import Opened, data_of, open_word
from cpomgen.package import CORE, TITLE, Package, R, value_at, w
from cpomgen.remarque import Nature, Placed, Relu, Remarque
from cpomgen.word import layout_of
from cpomgen.wordspan import GONE, TRACKED, Runs, unbroken, whole, words_of
from cpomgen.wordtable import WordCell, WordRow, table_of

CELLS = {w("cellIns"): Nature.INSERTION, w("cellDel"): Nature.SUPPRESSION}
KNOWN = re.compile(  # the parts that are read, and those that no reader of the text sees
    r"\[Content_Types\]|_rels/|.*/_rels/|docProps/|customXml/|word/(theme|media|fonts|charts|diagrams)/"
    r"|word/(document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|people|comments|footnotes"
    r"|endnotes|header|footer)\w*\.xml$"
)
KINDS = ("default", "even", "first")  # of headers and footers, in the order they are read


def reread(package: Package) -> Relu:
    """Return what a Word file reads as; raise ProblemError when it cannot be read whole."""
    opened = open_word(package)
    told: list[Placed] = []
    reader = _Part(opened, opened.document, told)
    body = opened.root(opened.document).find(w("body"))
    assert body is not None  # noqa: S101 - open_word has seen it
    parts = list(_sections(reader, body))
    reader.waiting += _unanchored(opened)
    reader.settle()
    margins = _Margins(opened, told)
    found = [(blocks, margins.layout(properties)) for blocks, properties in parts]
    names = headings(blocks for blocks, _ in found)
    sections = (Section(name, layout, blocks) for name, (blocks, layout) in zip(names, found, strict=True))
    told += [Placed(each, None) for each in _beside(package)]
    return Relu(Imprime(_title(package), tuple(sections)), tuple(told), data_of(package))


class _Part:
    """A part of the file being read: blocks in reading order, and what is told of each paragraph."""

    def __init__(self, opened: Opened, part: str, told: list[Placed]) -> None:
        self.opened = opened
        self.part = part
        self.told = told
        self.waiting: list[Remarque] = []  # of the paragraph being read, and of empty ones before it
        self.runs = Runs(opened, part, self.waiting.append, self.boxed)
        self.held: list[Span] = []  # of paragraphs whose end is taken out: they go on in the next one

    def blocks(self, parent: Iterable[etree._Element]) -> Iterator[Block | etree._Element]:
        """Yield the blocks of a body, a cell, a box: with those of a body come the sectPr that end its sections."""
        yield from self.within(parent)
        yield from self.said(())

    def within(self, parent: Iterable[etree._Element]) -> Iterator[Block | etree._Element]:
        """Yield the blocks of an element, whatever wraps them."""
        for element in parent:
            if element.tag == w("p"):
                yield from self.paragraph(element)
            elif element.tag == w("tbl"):
                yield from self.said(())
                yield from self.table(element)
            elif element.tag == w("sectPr"):
                yield element
            elif element.tag == f"{{{COMPATIBILITY}}}AlternateContent":
                yield from self.within(element[0]) if len(element) else ()
            elif next(element.iter(w("p"), w("tbl")), None) is not None and TRACKED.get(str(element.tag)) not in GONE:
                yield from self.within(element)
            else:  # the ends of a comment, a formula
                self.held += list(self.runs.element(element, ""))

    def paragraph(self, element: etree._Element) -> Iterator[Block | etree._Element]:
        """Yield a paragraph that says something, then the end of the section that it bears."""
        spans = list(self.runs.spans(element))
        self.numbered(element)
        if self.ended(element):
            self.held += spans
            return
        yield from self.said(spans)
        if (properties := element.find(f"{w('pPr')}/{w('sectPr')}")) is not None:
            yield properties

    def said(self, spans: Iterable[Span]) -> Iterator[Paragraph]:
        """Yield the paragraph that spans make with those that are held, if it says something."""
        found = unbroken([*self.held, *spans])
        self.held = []
        if found:
            paragraph = Paragraph(self.opened.named(self.runs.paragraph), found)
            self.tell(paragraph)
            yield paragraph

    def ended(self, element: etree._Element) -> bool:
        """Tell whether the end of a paragraph is taken out by a tracked change; tell of it, when nothing else does."""
        for name, nature in TRACKED.items():
            mark = element.find(f"{w('pPr')}/{w('rPr')}/{name}")
            if mark is not None:
                if not any(len(each) for each in element.iter(name)):
                    self.runs.tracked(nature, mark, "¶")
                return nature in GONE and element.find(f"{w('pPr')}/{w('sectPr')}") is None
        return False

    def numbered(self, element: etree._Element) -> None:
        """Tell of a number that a hand gave a paragraph, or of a dash that it took from it."""
        numbers = element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        known = self.opened.sheet.of_paragraph(self.runs.paragraph).get(("numPr", "numId"), "0")
        if numbers is not None and numbers.get(w("val"), "0") != known and words_of(element):
            self.waiting.append(Remarque(Nature.NUMEROTATION, words_of(element)))

    def tell(self, paragraph: Paragraph | None) -> None:
        """Place at a paragraph what waits for one."""
        self.told += [Placed(remarque, paragraph) for remarque in self.waiting]
        self.waiting.clear()

    def settle(self) -> None:
        """Place what is told after the last paragraph at it."""
        self.tell(self.told[-1].paragraph if self.told else None)

    def boxed(self, element: etree._Element, part: str) -> str:
        """Return the text of a note, a comment or a box; what is told of it is told of the paragraph that holds it."""
        inner: list[Placed] = []
        reader = _Part(self.opened, part, inner)
        blocks = [block for block in reader.blocks(element) if isinstance(block, Paragraph | Table)]
        reader.settle()
        self.waiting += [placed.remarque for placed in inner]
        texts = ("".join(s.image.said if s.image else s.text for s in each.spans) for each in paragraphs(blocks))
        return "\n".join(texts).strip()

    def table(self, element: etree._Element) -> Iterator[Table]:
        """Yield a table that has rows left."""
        widths = [whole(each.get(w("w"))) for each in element.findall(f"{w('tblGrid')}/{w('gridCol')}")]
        rows = [line for row in _each(element, w("tr")) if (line := self.row(row)) is not None]
        if not rows:
            return
        style = self.opened.named(value_at(element, "tblPr/tblStyle"))
        yield table_of(style, widths, rows)

    def row(self, element: etree._Element) -> WordRow | None:
        """Return the cells of a row, None for one that a tracked change takes out."""
        properties = element.find(w("trPr"))
        mark = next(
            (m for name in TRACKED if properties is not None and (m := properties.find(name)) is not None), None
        )
        if mark is not None:
            self.runs.tracked(TRACKED[str(mark.tag)], mark, " | ".join(map(words_of, _each(element, w("tc")))))
            if TRACKED[str(mark.tag)] in GONE:
                return None
        self.runs.quiet += mark is not None
        before = WordCell((), min(whole(value_at(element, "trPr/gridBefore")), MOST_COLUMNS), "")
        cells = [before, *(self.cell(each) for each in _each(element, w("tc")))]
        self.runs.quiet -= mark is not None
        return WordRow(tuple(cell for cell in cells if cell and cell.colspan), _is_on(element, "trPr/tblHeader"))

    def cell(self, element: etree._Element) -> WordCell | None:
        """Return a cell, None for one that a tracked change takes out: what it holds is told as it is read."""
        blocks = tuple(block for block in self.blocks(element) if isinstance(block, Paragraph | Table))
        for name, nature in CELLS.items():
            if (mark := element.find(f"{w('tcPr')}/{name}")) is not None:
                self.runs.tracked(nature, mark, words_of(element))
                if nature in GONE:
                    return None
        merged = element.find(f"{w('tcPr')}/{w('vMerge')}")
        merge = merged.get(w("val"), "continue") if merged is not None else ""
        return WordCell(blocks, max(1, min(whole(value_at(element, "tcPr/gridSpan")), MOST_COLUMNS)), merge)


class _Margins:
    """The headers and footers of sections, each read once; a section without its own has those of the one before."""

    def __init__(self, opened: Opened, told: list[Placed]) -> None:
        self.opened = opened
        self.told = told
        self.read: dict[str, tuple[Block, ...]] = {}
        self.known: dict[tuple[str, str], str] = {}
        self.targets = opened.package.relationships(opened.document)

    def layout(self, properties: etree._Element | None) -> Layout:
        """Return the page of a section; the text of other headers than those of all pages comes after theirs."""
        if properties is None:
            return Layout(0, 0, 0, 0, 0, 0)
        for kind in ("header", "footer"):
            for reference in properties.findall(w(f"{kind}Reference")):
                target = self.targets.get(reference.get(f"{{{R}}}id", ""), "")
                self.known[kind, reference.get(w("type"), "default")] = target
        page = _page(properties)
        header, footer = (
            tuple(block for name in KINDS for block in self.blocks(self.known.get((kind, name), "")))
            for kind in ("header", "footer")
        )
        return Layout(page.width, page.height, page.top, page.right, page.bottom, page.left, header, footer)

    def blocks(self, part: str) -> tuple[Block, ...]:
        """Return the blocks of a header or a footer."""
        if part in self.opened.package.parts and part not in self.read:
            reader = _Part(self.opened, part, self.told)
            found = reader.blocks(self.opened.root(part))
            self.read[part] = tuple(block for block in found if isinstance(block, Paragraph | Table))
            reader.settle()
        return self.read.get(part, ())


def _sections(reader: _Part, body: etree._Element) -> Iterator[tuple[tuple[Block, ...], etree._Element | None]]:
    """Yield the blocks of each section, with its sectPr; what follows the last one is a section too."""
    blocks: list[Block] = []
    for found in reader.blocks(body):
        if isinstance(found, Paragraph | Table):
            blocks.append(found)
        else:
            yield tuple(blocks), found
            blocks = []
    if blocks:
        yield tuple(blocks), None


def _unanchored(opened: Opened) -> Iterator[Remarque]:
    """Yield the comments that nothing in the text calls."""
    root = opened.root(opened.document)
    called = {each.get(w("id")) for each in root.iter(w("commentRangeEnd"), w("commentReference"))}
    for (kind, identifier), (_, note) in opened.notes.items():
        if kind == "comment" and identifier not in called:
            author, day = note.get(w("author"), ""), note.get(w("date"), "")[:10]
            yield Remarque(Nature.COMMENTAIRE, words_of(note), author, day)


def _beside(package: Package) -> Iterator[Remarque]:
    """Yield what a file holds that is no text of it, and what it points to out of itself."""
    for name in package.parts:
        if not KNOWN.match(name):
            yield Remarque(Nature.AUTRE, name)
        for relation in package.root(name) if name.endswith(".rels") else ():
            if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/attachedTemplate"):
                yield Remarque(Nature.LIEN, relation.get("Target", ""))


def _title(package: Package) -> str:
    found = package.root(CORE).find(TITLE) if CORE in package.parts else None
    return (found.text or "") if found is not None else ""


def _each(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, whatever wraps them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
            yield from _each(child, tag)


def _page(properties: etree._Element) -> Layout:
    """Return the page of a section, a blank one when its sizes are none."""
    try:
        return layout_of(properties)
    except ValueError:
        return Layout(0, 0, 0, 0, 0, 0)


def _is_on(element: etree._Element, path: str) -> bool:
    found = element.find("/".join(map(w, path.split("/"))))
    return found is not None and found.get(w("val"), "1") not in ("0", "false", "off")
