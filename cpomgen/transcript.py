"""A Word file → its text as lines that git compares: headings, paragraphs set in, rows; headers and footers after."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from cpomgen.package import DOCUMENT, STYLES, Package, unpack, value_at, w

INDENT = "    "
TITLES = ("heading", "title", "titre", "toc heading")
HELD = tuple(map(w, ("sdt", "sdtContent", "ins", "smartTag", "customXml")))  # what only holds other blocks
PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
SIGNS = {w("tab"): " ", w("br"): " / ", w("cr"): " / ", w("noBreakHyphen"): "-"}


def transcript(content: bytes, file: str) -> Iterator[str]:
    """Yield the lines of a Word file, tags and all; raise ProblemError when it is none, or cannot be read."""
    package = unpack(content, file)
    titles = frozenset(_titles(package))
    yield from (line for block in package.root(DOCUMENT).iter(w("body")) for line in _lines(block, titles))
    for name in sorted(package.parts):
        if name.startswith(("word/header", "word/footer", "word/footnotes")) and name.endswith(".xml"):
            yield {"h": "En-tête", "f": "Pied de page"}[name[5]] if "notes" not in name else "Notes"
            yield from (line for line, _ in groupby(_lines(package.root(name), frozenset())))


def _titles(package: Package) -> Iterator[str]:
    """Yield the ids of the styles of headings, whatever the language of the word processor."""
    if STYLES in package.parts:
        for style in package.root(STYLES).iter(w("style")):
            name = style.find(w("name"))
            if name is not None and (name.get(w("val")) or "").lower().startswith(TITLES):
                yield style.get(w("styleId")) or ""


def _lines(holder: etree._Element, titles: frozenset[str]) -> Iterator[str]:
    """Yield the lines of blocks: a heading as it is, a paragraph set in, a row with its cells side by side."""
    for block in holder:
        if block.tag == w("p") and (text := _text(block)):
            yield text if value_at(block, "pPr/pStyle") in titles else f"{INDENT}{text}"
        elif block.tag == w("tbl"):
            for row in block.iter(w("tr")):
                cells = (" / ".join(filter(None, map(_text, cell.iter(w("p"))))) for cell in row.iterfind(w("tc")))
                yield f"{INDENT}| {' | '.join(cells)} |"
        elif block.tag in HELD:
            yield from _lines(block, titles)


def _text(paragraph: etree._Element) -> str:
    """Return the words of a paragraph on one line; numbers of pages, which change by themselves, as their fields."""
    pieces, field, is_result = [], "", False
    for each in paragraph.iter():
        if each.tag == w("fldChar"):
            is_result = each.get(w("fldCharType")) == "separate" and field in PAGES
            pieces += [f"[{field}]"] if is_result else []
        elif each.tag == w("instrText"):
            field = " ".join((each.text or "").split()[:1])
        elif not is_result:
            pieces.append(each.text or "" if each.tag == w("t") else SIGNS.get(each.tag, ""))
    return " ".join("".join(pieces).split())
