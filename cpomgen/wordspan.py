"""A paragraph of a Word file → spans: its words whoever typed them, and how; fields, notes and boxes where they stand.

Tracked changes are read as accepted. What the words alone do not say is told as a Remarque.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from lxml import etree

from cpomgen.bare import joined
from cpomgen.drawing import COMPATIBILITY, A
from cpomgen.drawing import WP as DRAWING
from cpomgen.imprime import Image, Span
from cpomgen.opened import Opened
from cpomgen.package import SPACE, R, value_at, w
from cpomgen.remarque import Nature, Remarque
from cpomgen.wordfield import WordField
from cpomgen.wordlook import looks

BREAK = "\f"  # a page or a column that ends: nothing at the ends of a paragraph, a line within
SIGNS = {w("cr"): "\n", w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
INSIDE = tuple(w(name) for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr"))  # never words
TRACKED = {
    w("ins"): Nature.INSERTION,
    w("moveTo"): Nature.DEPLACEMENT_VERS,
    w("del"): Nature.SUPPRESSION,
    w("moveFrom"): Nature.DEPLACEMENT_DE,
}
GONE = (Nature.SUPPRESSION, Nature.DEPLACEMENT_DE)
PRIVATE = 0xE000  # signs of fonts of symbols, which no other font has
SAID = {"footnote": "note de bas de page", "endnote": "note de fin"}


class Runs:
    """The runs of one part of a file being read, one paragraph after the other: a field may go from one to the next."""

    def __init__(
        self, opened: Opened, part: str, tell: Callable[[Remarque], None], boxed: Callable[[etree._Element, str], str]
    ) -> None:
        self.opened = opened
        self.part = part
        self.tell = tell
        self.boxed = boxed  # what reads the text of a note or a box, of a part
        self.targets = opened.package.relationships(part)
        self.nested = any(part == name for name, _ in opened.notes.values())
        self.fields: list[WordField] = []
        self.commented: dict[str, list[str]] = {}  # the words that comments are on, while they last
        self.told: set[str] = set()  # ids of comments
        self.paragraph = ""  # the id of the style of the one being read
        self.quiet = 0  # how many insertions that are told as a whole hold what is being read

    def spans(self, paragraph: etree._Element) -> Iterator[Span]:
        """Yield the spans of a paragraph, those of one style run together."""
        self.paragraph = value_at(paragraph, "pPr/pStyle")
        yield from self.within(paragraph, "")

    def within(self, parent: etree._Element, style: str) -> Iterator[Span]:
        """Yield the spans of all that an element holds, whatever it is."""
        for element in parent:
            yield from self.element(element, style)

    def element(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield the spans of an element of a paragraph."""
        tag = str(element.tag)
        if tag in INSIDE:
            for change in (each for each in element.iter() if str(each.tag).endswith("PrChange")):
                self.tracked(Nature.MISE_EN_FORME, change, words_of(element.getparent()))
        elif tag in TRACKED:
            yield from self.revision(element, style, TRACKED[tag])
        elif tag == w("r"):
            yield from self.run(element)
        elif tag == f"{{{COMPATIBILITY}}}AlternateContent":
            yield from self.within(element[0], style) if len(element) else ()
        elif tag in PLAIN:
            yield from PLAIN[tag](self, element, style)
        elif tag in SIGNS:
            yield from self.text(SIGNS[tag], style)
        elif etree.QName(element).localname == "t":
            yield from self.text(_text(element), style)
        else:
            yield from self.within(element, style)

    def revision(self, element: etree._Element, style: str, nature: Nature) -> Iterator[Span]:
        """Yield what tracked changes put in, and nothing of what they take out; tell of both."""
        if len(element):
            self.tracked(nature, element, words_of(element))
        if nature not in GONE:
            yield from self.within(element, style)

    def tracked(self, nature: Nature, element: etree._Element, text: str) -> None:
        """Tell of a tracked change, whose author and day an element bears."""
        if not self.quiet:
            self.tell(Remarque(nature, text, element.get(w("author"), ""), element.get(w("date"), "")[:10]))

    def run(self, run: etree._Element) -> Iterator[Span]:
        """Yield the spans of a run; tell of a look that changes what they mean."""
        identifier = value_at(run, "rPr/rStyle")
        style = self.opened.named(identifier) if identifier else ""
        found = list(self.within(run, style))
        text = "".join(span.text for span in found)
        if text.strip():
            for nature in looks(run.find(w("rPr")), self.opened.sheet.of_run(self.paragraph, identifier)):
                self.tell(Remarque(nature, text))
        yield from found

    def text(self, text: str, style: str) -> Iterator[Span]:
        """Yield words where they stand; the number of a page is a field, whatever it was when the file was saved."""
        text = unicodedata.normalize("NFC", text)
        for words in self.commented.values():
            words.append(text)
        if self.fields and self.fields[-1].is_page:
            self.fields[-1].result += text
        elif text:
            yield Span(text, style)

    # Elements of a run

    def line(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield the end of a line, or of a page."""
        yield from self.text("\n" if element.get(w("type"), "textWrapping") == "textWrapping" else BREAK, style)

    def symbol(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield a sign of a font of symbols, by its number when no other font has it."""
        code = element.get(w("char"), "")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
        plain = 0x20 <= number < PRIVATE and not 0xD800 <= number < PRIVATE  # noqa: PLR2004 - spaces, surrogates
        yield from self.text(chr(number) if plain else f"[symbole {code} de {element.get(w('font'), '?')}]", style)

    def mark(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Begin, part or end a field."""
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self.fields.append(WordField(style))
        elif kind == "separate" and self.fields:
            self.fields[-1].begun = True
        elif kind == "end" and self.fields:
            yield from self.ended(self.fields.pop())

    def instruction(self, element: etree._Element, _style: str) -> Iterator[Span]:
        """Read what a field is asked to show."""
        if self.fields:
            self.fields[-1].instruction += element.text or ""
        yield from ()

    def simple(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield what a field written as one element reads as."""
        first = value_at(element, "r/rPr/rStyle")
        field = WordField(self.opened.named(first) if first else style)
        field.instruction, field.begun = element.get(w("instr"), ""), True
        self.fields.append(field)
        yield from self.within(element, style)
        self.fields = [each for each in self.fields if each is not field]
        yield from self.ended(field)

    def ended(self, field: WordField) -> Iterator[Span]:
        """Yield what a field leaves to read; tell of one that Word may write again."""
        yield from field.spans()
        if field.is_computed:
            self.tell(Remarque(Nature.CHAMP, field.instruction.strip()))

    def note(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield a note where it is called."""
        kind = etree.QName(element).localname.removesuffix("Reference")
        if found := self.opened.notes.get((kind, element.get(w("id"), ""))):
            words = self.noted(found)
            self.tell(Remarque(Nature.NOTE, words))
            yield from self.text(f"[{SAID[kind]} : {words}]", style)

    def opens_comment(self, element: etree._Element, _style: str) -> Iterator[Span]:
        """Begin to keep the words that a comment is on."""
        self.commented[element.get(w("id"), "")] = []
        yield from ()

    def closes_comment(self, element: etree._Element, _style: str) -> Iterator[Span]:
        """Tell of a comment where its words end."""
        identifier = element.get(w("id"), "")
        self.tell_comment(identifier, "".join(self.commented.pop(identifier, [])))
        yield from ()

    def comment(self, element: etree._Element, _style: str) -> Iterator[Span]:
        """Tell of a comment on no words; others are told where their words end."""
        self.tell_comment(element.get(w("id"), ""), "")
        yield from ()

    def tell_comment(self, identifier: str, on: str) -> None:
        """Tell of a comment, once."""
        found = self.opened.notes.get(("comment", identifier))
        if found is not None and identifier not in self.told:
            self.told.add(identifier)
            author, day = found[1].get(w("author"), ""), found[1].get(w("date"), "")[:10]
            self.tell(Remarque(Nature.COMMENTAIRE, self.noted(found), author, day, on))

    def noted(self, found: tuple[str, etree._Element]) -> str:
        """Return the words of a note or a comment; those of one called by another are read as they come."""
        part, note = found
        return words_of(note) if self.nested else self.boxed(note, part)

    def box(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield the text of a box where the box is tied to the text."""
        words = self.boxed(element, self.part)
        if words:
            self.tell(Remarque(Nature.ZONE, words))
            yield from self.text(f"[zone de texte : {words}]", style)

    def art(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield the words drawn along a line, as those across a page."""
        if words := element.get("string", ""):
            self.tell(Remarque(Nature.ZONE, words))
            yield from self.text(f"[texte décoratif : {words}]", style)

    def picture(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield the pictures of a drawing, and the words that it holds."""
        described = next(element.iter(f"{{{DRAWING}}}docPr"), None)
        given = (described.get("descr") or described.get("title") or "") if described is not None else ""
        extent = next(element.iter(f"{{{DRAWING}}}extent"), None)
        size = [whole(extent.get(name)) if extent is not None else 0 for name in ("cx", "cy")]
        for blip in element.iter(f"{{{A}}}blip", "{urn:schemas-microsoft-com:vml}imagedata"):
            target = self.targets.get(blip.get(f"{{{R}}}embed") or blip.get(f"{{{R}}}id") or "", "")
            data = self.opened.package.parts.get(target, b"")
            name = f"{hashlib.sha256(data).hexdigest()[:32]}.{target.rpartition('.')[2].replace('jpeg', 'jpg')}"
            yield Span("", image=Image(name, size[0], size[1], " ".join(given.split()) or "sans description", data))
        yield from self.within(element, style)

    def object(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield that something made with another program stands there, and its picture."""
        names = (each.get("ProgID", "") for each in element.iter("{urn:schemas-microsoft-com:office:office}OLEObject"))
        kind = next(filter(None, names), "autre programme")
        self.tell(Remarque(Nature.OBJET, kind))
        yield from self.text(f"[objet incorporé : {kind}]", style)
        yield from self.picture(element, style)

    def related(self, element: etree._Element, style: str) -> Iterator[Span]:
        """Yield the words of a chart or a diagram, which stand in parts of their own."""
        parts = [self.targets[each] for each in map(str, element.attrib.values()) if each in self.targets]
        read = (name for name in parts if re.search(r"/(data|chart)\w*\.xml$", name))
        words = " ".join(_shown(self.opened.package.root(name)) for name in read)
        self.tell(Remarque(Nature.OBJET, words or "dessin"))
        yield from self.text(f"[dessin : {words}]", style)


PLAIN: dict[str, Callable[..., Iterator[Span]]] = {
    w("br"): Runs.line, w("sym"): Runs.symbol, w("fldChar"): Runs.mark, w("instrText"): Runs.instruction,
    w("fldSimple"): Runs.simple, w("footnoteReference"): Runs.note, w("endnoteReference"): Runs.note,
    w("commentRangeStart"): Runs.opens_comment, w("commentRangeEnd"): Runs.closes_comment,
    w("commentReference"): Runs.comment, w("drawing"): Runs.picture, w("pict"): Runs.picture,
    w("object"): Runs.object, w("txbxContent"): Runs.box, "{urn:schemas-microsoft-com:vml}textpath": Runs.art,
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": Runs.related,
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": Runs.related,
}  # fmt: skip


def unbroken(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans of a paragraph, joined, without the breaks of pages at its ends; those within are of lines."""
    found = list(joined(spans))
    kept = []
    for rank, span in enumerate(found):
        text = span.text.lstrip(BREAK) if rank == 0 else span.text
        text = (text.rstrip(BREAK) if rank == len(found) - 1 else text).replace(BREAK, "\n")
        if text or span.field or span.image:
            kept.append(replace(span, text=text))
    return tuple(kept)


def words_of(element: etree._Element | None) -> str:
    """Return all the words below an element, those that are taken out included."""
    found: list[str] = []
    for each in element.iter() if element is not None else ():
        if each.tag == w("p"):
            found.append("")
        elif etree.QName(each).localname in ("t", "delText"):
            found = [*found[:-1], "".join(found[-1:]) + (each.text or "")]
    return unicodedata.normalize("NFC", " / ".join(filter(None, found)))


def _shown(root: etree._Element) -> str:
    """Return the words of a chart or a diagram."""
    return " ".join(each.text for each in root.iter() if each.text and etree.QName(each).localname in ("t", "v"))


def _text(element: etree._Element) -> str:
    """Return a text; Word trims one that does not ask to be preserved."""
    text = element.text or ""
    return text if element.get(SPACE) == "preserve" or element.tag != w("t") else text.strip(" \t\n\r")


def whole(text: str | None) -> int:
    """Return the number that an attribute is, 0 when it is none."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0
