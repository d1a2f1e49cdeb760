"""Package → WordTemplate: the Word template opened, its tags joined, its body cut into sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from cpomgen.bounds import check_bounds
from cpomgen.drawing import unwrap
from cpomgen.imprime import Layout
from cpomgen.package import CONTENT_TYPES, CORE, DOCUMENT, NUMBERING, STYLES, Package, R, unpack, w
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.restyle import Sheet, canonical_name, part_sections, restyle
from cpomgen.tags import join_tags

ENDING = "Fin de section"  # the style of the paragraph that ends a section
NEEDED = (DOCUMENT, STYLES, "word/_rels/document.xml.rels", CORE, CONTENT_TYPES, "_rels/.rels")
SHOWN = 60
NOISE = tuple(map(w, ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "permStart", "permEnd")))


class Style(NamedTuple):
    """A Word style: its name as people see it, and its kind (paragraph, character, table)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SectionXml:
    """A section of the body: its blocks, its sectPr, and the parts of its header and footer."""

    blocks: tuple[etree._Element, ...]
    properties: etree._Element
    layout: Layout
    parts: Mapping[str, str]

    @property
    def header(self) -> str:
        """Return the name of the part that prints on top of each page, "" when there is none."""
        return self.parts.get("header", "")

    @property
    def footer(self) -> str:
        """Return the name of the part that prints at the foot of each page, "" when there is none."""
        return self.parts.get("footer", "")


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word template, ready to be compiled; `roots` holds the body, headers and footers by name of part."""

    package: Package
    roots: Mapping[str, etree._Element]
    styles: Mapping[str, Style]
    sections: tuple[SectionXml, ...]

    def style_of(self, element: etree._Element, kind: str) -> str:
        """Return the name of the style of a paragraph (pStyle), run (rStyle) or table (tblStyle)."""
        found = element.find(f"{w(kind[:-5] + 'Pr') if kind != 'tblStyle' else w('tblPr')}/{w(kind)}")
        identifier = found.get(w("val"), "") if found is not None else self.default if kind == "pStyle" else ""
        return self.styles[identifier].name if identifier in self.styles else identifier

    @property
    def default(self) -> str:
        """Return the id of the style of paragraphs that name none."""
        return next((key for key, style in self.styles.items() if style.name == "Normal"), "Normal")


def read_template(content: bytes, path: str) -> WordTemplate:
    """Return the template that the bytes of a Word file are; raise ProblemError when they are none."""
    return open_template(unpack(content, path))


def open_template(package: Package) -> WordTemplate:
    """Return the template that a Word file is; raise ProblemError when its parts do not hold together."""
    document, *_ = (package.root(name) for name in NEEDED)
    targets = package.relationships(DOCUMENT)
    names = [
        DOCUMENT,
        *sorted(name for name in targets.values() if name.split("/")[-1].startswith(("header", "footer"))),
    ]
    roots = {name: document if name == DOCUMENT else package.root(name) for name in names}
    if problems := check_bounds(roots, package.file):
        raise ProblemError(*problems)
    sheet = Sheet(package.root(STYLES), package.root(NUMBERING) if NUMBERING in package.parts else None)
    for root in roots.values():
        _clean(root)
        restyle(root, sheet)
        part_sections(root, sheet.named(ENDING))
        for paragraph in root.iter(w("p")):
            join_tags(paragraph)
    body = document.find(w("body"))
    if body is None:
        raise ProblemError(Problem("CPOM301", Mark(package.file), "ce fichier Word n'a pas de corps de texte."))
    sections = tuple(_sections(body, targets))
    if not sections or sum(len(section.blocks) for section in sections) < sum(
        block.tag != w("sectPr") for block in body
    ):
        message = "la dernière section de ce fichier Word n'a pas de mise en page, et son texte serait perdu."
        remedy = "rouvrez-le dans Word et enregistrez-le au format .docx."
        raise ProblemError(Problem("CPOM301", Mark(package.file), message, remedy))
    return WordTemplate(package, roots, _styles(package), sections)


def _clean(root: etree._Element) -> None:
    """Take out what Word notes for itself: revision ids, paragraph ids, spelling marks, bookmarks."""
    for element in list(root.iter(*NOISE)):
        element.getparent().remove(element)  # type: ignore[union-attr]
    unwrap(root)
    for element in root.iter():
        for name in list(element.attrib):
            if etree.QName(name).localname.startswith(("rsid", "paraId", "textId")):
                del element.attrib[name]


def _styles(package: Package) -> dict[str, Style]:
    found = {}
    for style in package.root(STYLES).iter(w("style")):
        name = style.find(w("name"))
        if name is not None:
            found[style.get(w("styleId"), "")] = Style(canonical_name(name.get(w("val"), "")), style.get(w("type"), ""))
    return found


def _sections(body: etree._Element, targets: Mapping[str, str]) -> Iterator[SectionXml]:
    blocks: list[etree._Element] = []
    parts: dict[str, str] = {}
    for block in body:
        properties = block if block.tag == w("sectPr") else block.find(f"{w('pPr')}/{w('sectPr')}")
        if block.tag != w("sectPr"):
            blocks.append(block)
        if properties is not None:
            parts = {**parts, **_references(properties, targets)}
            yield SectionXml(tuple(blocks), properties, layout_of(properties), parts)
            blocks = []


def _references(properties: etree._Element, targets: Mapping[str, str]) -> dict[str, str]:
    return {
        kind: targets[reference.get(f"{{{R}}}id", "")]
        for kind in ("header", "footer")
        for reference in properties.findall(w(f"{kind}Reference"))
        if reference.get(w("type"), "default") == "default" and reference.get(f"{{{R}}}id") in targets
    }


def layout_of(properties: etree._Element) -> Layout:
    """Return the page that a sectPr describes, without its header and footer."""
    size, margins = properties.find(w("pgSz")), properties.find(w("pgMar"))

    def measure(element: etree._Element | None, name: str, default: int) -> int:
        return int(element.get(w(name), default)) if element is not None else default

    top, right, bottom, left = (measure(margins, side, 1134) for side in ("top", "right", "bottom", "left"))
    return Layout(measure(size, "w", 11906), measure(size, "h", 16838), top, right, bottom, left)


def place(section: int, rank: int, text: str) -> str:
    """Return how a place of the template is named to its author: section, paragraph, first words."""
    words = " ".join(text.split())
    shown = f"{words[:SHOWN]}…" if len(words) > SHOWN else words
    return f"section {section}, paragraphe {rank}" + (f" : « {shown} »" if shown else "")
