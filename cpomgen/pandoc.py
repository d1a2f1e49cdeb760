"""WordTemplate → pandoc's blocks, with a token wherever the text alone would not say enough.

Pandoc reads text, cells and spans well, and forgets sections, rows' properties and fields: each tag, each field of the
page, each paragraph, row and section is therefore given a token, an alphanumeric word that pandoc leaves alone.
"""

from __future__ import annotations

import copy
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pypandoc
from lxml import etree

from cpomgen.bounds import TOKEN
from cpomgen.drawing import check_total, image_of, is_picture
from cpomgen.imprime import Image, PageField
from cpomgen.package import CONTENT_TYPES, DOCUMENT, RELATIONSHIPS, STYLES, R, made, pack, value_at, w
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.tags import TAG, Tag, read_tag
from cpomgen.word import WordTemplate, place

BUNDLED = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class ParagraphMark(NamedTuple):
    """Opens a paragraph: its style, and where its author finds it."""

    style: str
    place: str


class RowMark(NamedTuple):
    """Opens a cell: its table, and whether its row is repeated on each page."""

    table: TableFacts
    header: bool


class SectionMark(NamedTuple):
    """Opens a run of blocks: the rank of the section, and which of its parts (body, header, footer) follows."""

    rank: int
    part: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What pandoc does not say of a table: its style, its grid, and what stands in the cells of its looped columns."""

    style: str
    widths: tuple[int, ...]
    columns: tuple[tuple[int, Tag | None], ...]


Token = Tag | PageField | Image | ParagraphMark | RowMark | SectionMark


@dataclass
class Tokens:
    """The tokens given so far; `word` makes one, `read` finds them again in a text."""

    known: list[Token] = field(default_factory=list)

    def word(self, token: Token) -> str:
        """Return the word that stands for a token."""
        self.known.append(token)
        return f"Zq{len(self.known) - 1}qZ"

    def read(self, text: str) -> Iterator[str | Token]:
        """Yield the pieces of a text: words as they are, tokens found again."""
        for n, piece in enumerate(TOKEN.split(text)):
            if n % 2:
                yield self.known[int(piece)] if int(piece) < len(self.known) else f"Zq{piece}qZ"
            elif piece:
                yield piece


def read_blocks(template: WordTemplate) -> tuple[list[dict[str, Any]], Tokens]:
    """Return pandoc's blocks of the whole template, and the tokens found in them."""
    tokens = Tokens()
    body = made("body")
    for rank, section in enumerate(template.sections):
        for part, name in (("body", DOCUMENT), ("header", section.header), ("footer", section.footer)):
            body.append(_paragraph(tokens.word(SectionMark(rank, part))))
            blocks = section.blocks if part == "body" else template.roots.get(name, ())
            _Annotation(template, tokens, rank + 1, name).append(body, blocks)
    check_total((token for token in tokens.known if isinstance(token, Image)), Mark(template.package.file))
    document = made("document")
    document.append(body)
    return _pandoc(_minimal(template, etree.tostring(document)), template.package.file), tokens


class _Annotation:
    """Copies blocks of a section that stand in the part of the file named `part`, tokens set."""

    def __init__(self, template: WordTemplate, tokens: Tokens, rank: int, part: str) -> None:
        self.template = template
        self.tokens = tokens
        self.rank = rank
        self.part = part
        self.paragraphs = 0

    def append(self, body: etree._Element, blocks: Iterable[etree._Element]) -> None:
        """Append copies of `blocks` to `body`."""
        for block in blocks:
            copied = copy.deepcopy(block)
            body.append(copied)
            for paragraph in copied.iter(w("p")):
                self.mark_paragraph(paragraph)
            for table in copied.iter(w("tbl")):
                self.mark_table(table)

    def mark_paragraph(self, paragraph: etree._Element) -> None:
        """Put the tokens of a paragraph: its own first, then those of fields and tags."""
        self.paragraphs += 1
        for found in paragraph.findall(f"{w('pPr')}/{w('sectPr')}"):
            found.getparent().remove(found)  # type: ignore[union-attr]
        where = place(self.rank, self.paragraphs, "".join(t.text or "" for t in paragraph.iter(w("t"))))
        self._fields(paragraph)
        self._images(paragraph, where)
        for text in paragraph.iter(w("t")):
            text.text = TAG.sub(self._tag, text.text or "")
        style = self.template.style_of(paragraph, "pStyle")
        _prepend(paragraph, self.tokens.word(ParagraphMark(style, where)))

    def _tag(self, found: re.Match[str]) -> str:
        tag = read_tag(found[0])
        return self.tokens.word(tag) if tag is not None else found[0]

    def _images(self, paragraph: etree._Element, where: str) -> None:
        for drawing in filter(is_picture, list(paragraph.iter(w("drawing")))):
            image = image_of(drawing, self.template.package, self.part, Mark(self.template.package.file, place=where))
            holder = etree.Element(w("t"))
            holder.text = self.tokens.word(image)
            drawing.getparent().replace(drawing, holder)  # type: ignore[union-attr]

    def _fields(self, paragraph: etree._Element) -> None:
        for simple in list(paragraph.iter(w("fldSimple"))):
            self._replace([simple], simple.get(w("instr"), ""))
        runs: list[etree._Element] = []
        instruction = ""
        for run in list(paragraph.iter(w("r"))):
            mark = run.find(w("fldChar"))
            kind = mark.get(w("fldCharType")) if mark is not None else ""
            if kind == "begin" or runs:
                runs.append(run)
                instruction += "".join(text.text or "" for text in run.iter(w("instrText")))
            if kind == "end":
                self._replace(runs, instruction)
                runs, instruction = [], ""

    def _replace(self, runs: list[etree._Element], instruction: str) -> None:
        names = instruction.split()
        if not names or names[0] not in PageField._value2member_map_:
            return
        token = _run(self.tokens.word(PageField(names[0])))
        runs[0].addprevious(token)
        for run in runs:
            run.getparent().remove(run)  # type: ignore[union-attr]

    def mark_table(self, table: etree._Element) -> None:
        """Put the token of its row at the head of each cell."""
        facts = TableFacts(
            self.template.style_of(table, "tblStyle"), tuple(_widths(table)), tuple(self._columns(table))
        )
        for row in table.findall(w("tr")):
            mark = RowMark(facts, row.find(f"{w('trPr')}/{w('tblHeader')}") is not None)
            for cell in row.findall(w("tc")):
                first = cell.find(w("p"))
                if first is not None:
                    _prepend(first, self.tokens.word(mark))

    def _columns(self, table: etree._Element) -> Iterator[tuple[int, Tag | None]]:
        """Yield each column of the grid with the tag that stands in it in the first row that loops over cells."""
        widths = _widths(table)
        for row in table.findall(w("tr")):
            controls = [self._control(cell) for cell in row.findall(w("tc"))]
            if any(controls):
                spans = [int(value_at(cell, "tcPr/gridSpan") or 1) for cell in row.findall(w("tc"))]
                for span, control in zip(spans, controls, strict=True):
                    taken, widths = widths[:span], widths[span:]
                    yield from ((width, control) for width in taken)
                return
        yield from ((width, None) for width in widths)

    def _control(self, cell: etree._Element) -> Tag | None:
        text = "".join(t.text or "" for t in cell.iter(w("t")))
        found = [token for token in self.tokens.read(text) if isinstance(token, Tag) and token.level == "tc"]
        return found[0] if found else None


def _widths(table: etree._Element) -> list[int]:
    return [int(column.get(w("w"), "0")) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]


def _run(text: str) -> etree._Element:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("t")).text = text
    return run


def _paragraph(text: str) -> etree._Element:
    paragraph = etree.Element(w("p"))
    paragraph.append(_run(text))
    return paragraph


def _prepend(paragraph: etree._Element, text: str) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is not None:
        properties.addnext(_run(text))
    else:
        paragraph.insert(0, _run(text))


def _minimal(template: WordTemplate, document: bytes) -> bytes:
    """Return a Word file of the annotated body with bare styles: pandoc then infers nothing from them."""
    styles = made("styles")
    for identifier, style in template.styles.items():
        if style.kind == "character":
            element = etree.SubElement(styles, w("style"), {w("type"): "character", w("styleId"): identifier})
            etree.SubElement(element, w("name"), {w("val"): f"style {style.name}"})
    office = f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" Type="{R}/%s" Target="%s"/></Relationships>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KINDS}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{KINDS}.styles+xml"/></Types>'
    )
    return pack(
        {
            CONTENT_TYPES: types.encode(),
            "_rels/.rels": (office % ("officeDocument", DOCUMENT)).encode(),
            DOCUMENT: document,
            "word/_rels/document.xml.rels": (office % ("styles", "styles.xml")).encode(),
            STYLES: etree.tostring(styles),
        }
    )


def _pandoc(data: bytes, file: str) -> list[dict[str, Any]]:
    if BUNDLED.is_file():  # the wheel's pandoc, whatever other the machine has: same template, same blocks
        os.environ.setdefault("PYPANDOC_PANDOC", str(BUNDLED))
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        path = Path(folder) / "gabarit.docx"
        path.write_bytes(data)
        try:
            text = pypandoc.convert_file(str(path), "json", format="docx+styles", extra_args=["--sandbox"])
        except RuntimeError:
            message = "pandoc ne sait pas lire ce gabarit."
            raise ProblemError(Problem("CPOM302", Mark(file), message, "lancez « cpomgen template check ».")) from None
    blocks: list[dict[str, Any]] = json.loads(text)["blocks"]
    return blocks
