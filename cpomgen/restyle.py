"""Parts of a Word file → the same, without what a word processor repeats there of the styles.

LibreOffice Writer writes again beside each paragraph of a table, each cell and each item of a list what their styles
already say, and gives Word's own styles a capital letter. Nothing of it changes a page: what a style says twice is
taken out, what it does not say stays, for `template check` to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from cpomgen.package import w

Properties = dict[tuple[str, str], str]  # element and attribute, by their local names → value
BUILT_IN = re.compile(
    r"(heading [1-9]|toc [1-9]|header|footer|title|caption|footnote text|annotation text)", re.IGNORECASE
)
OFF = {"false": "0", "off": "0", "true": "1", "on": "1", "start": "left", "end": "right"}
DEFAULTS: Properties = {  # ISO 29500-1, 17.3: what is so when nothing says otherwise
    ("jc", "val"): "left", ("widowControl", "val"): "1", ("textAlignment", "val"): "auto",
    ("spacing", "before"): "0", ("spacing", "after"): "0", ("spacing", "line"): "240", ("spacing", "lineRule"): "auto",
    ("spacing", "val"): "0", ("color", "val"): "auto", ("kern", "val"): "0", ("u", "val"): "none",
    ("vertAlign", "val"): "baseline", ("ind", "left"): "0", ("ind", "right"): "0", ("ind", "hanging"): "0",
    ("ind", "firstLine"): "0", ("position", "val"): "0", ("w", "val"): "100",
}  # fmt: skip
TOGGLES = (
    "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "vanish", "keepNext", "keepLines", "bidi",
    "pageBreakBefore", "contextualSpacing", "suppressAutoHyphens", "suppressLineNumbers", "snapToGrid",
)  # fmt: skip
DEFAULTS |= {(name, "val"): "0" for name in TOGGLES}
SILENT = frozenset(  # what changes no line of what is read, and Writer changes from one save to the next
    (
        "widowControl", "suppressAutoHyphens", "suppressLineNumbers", "snapToGrid", "overflowPunct", "autoSpaceDE",
        "autoSpaceDN", "adjustRightInd", "textAlignment", "kern",
    )
)  # fmt: skip
SIDES = {"insideH": ("top", "bottom"), "insideV": ("left", "right"), "start": ("left",), "end": ("right",)}
BARE = ("cantSplit", "tblHeader")  # written bare by Word, which validators want
CELL = ("tcBorders", "shd", "vAlign")


def canonical_name(name: str) -> str:
    """Return the name of a style as Word writes it: its own have small letters, whoever saved the file."""
    return name.lower() if BUILT_IN.fullmatch(name) else name


class Sheet:
    """The styles and the lists of a Word file, each with all that it inherits."""

    def __init__(self, styles: etree._Element, numbering: etree._Element | None) -> None:
        self.styles = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
        self.levels = dict(_levels(numbering)) if numbering is not None else {}
        defaults = styles.find(w("docDefaults"))
        self.paragraph = DEFAULTS | _properties(_below(defaults, "pPrDefault", "pPr"))
        self.run = DEFAULTS | _properties(_below(defaults, "rPrDefault", "rPr"))
        self.found: dict[tuple[str, str], Properties] = {}  # what was worked out, by style of paragraph and of text
        self.normal = next((name for name, style in self.styles.items() if _is_default_paragraph(style)), "")

    def named(self, name: str) -> str:
        """Return the id of the style of that name, "" when there is none."""
        names = ((identifier, style.find(w("name"))) for identifier, style in self.styles.items())
        return next((each for each, found in names if found is not None and found.get(w("val")) == name), "")

    def of_paragraph(self, name: str) -> Properties:
        """Return what paragraphs of a style are, its list included."""
        if (name, "") not in self.found:
            self.found[name, ""] = self._of_paragraph(name)
        return self.found[name, ""]

    def _of_paragraph(self, name: str) -> Properties:
        found, number = dict(self.paragraph), None
        for style in self.chain(name or self.normal):
            given = style.find(w("pPr"))
            own = _properties(given)
            if ("numPr", "numId") in own:
                number = own["numPr", "numId"], own.get(("numPr", "ilvl"), "0")
                found |= self.levels.get(number, {})
            found |= own
        return found if number is None else found | {("numPr", "ilvl"): number[1]}

    def of_run(self, paragraph: str, name: str) -> Properties:
        """Return what text of a character style is, in paragraphs of a style."""
        key = paragraph, f"text {name}"
        if key not in self.found:
            self.found[key] = self._of_run(paragraph, name)
        return self.found[key]

    def _of_run(self, paragraph: str, name: str) -> Properties:
        found = dict(self.run)
        for style in (*self.chain(paragraph or self.normal), *self.chain(name)):
            found |= _properties(style.find(w("rPr")))
        return found

    def of_table(self, name: str) -> set[_Look]:
        """Return the borders, fills and alignments that a style gives to cells of its tables, whatever their place."""
        return {look for style in self.chain(name) for look in _looks(style)}

    def chain(self, name: str) -> list[etree._Element]:
        """Return a style and those it is based on, the first of them first."""
        found: list[etree._Element] = []
        while name in self.styles and self.styles[name] not in found:
            found.append(self.styles[name])
            based = found[-1].find(w("basedOn"))
            name = based.get(w("val"), "") if based is not None else ""
        return found[::-1]


class _Look(NamedTuple):
    """A border, a fill or an alignment: its kind, the side it is on, its attributes."""

    kind: str
    side: str
    attributes: frozenset[tuple[str, str]]


def restyle(root: etree._Element, sheet: Sheet) -> None:
    """Take out of a part what its paragraphs, its text and its cells repeat of their styles."""
    for paragraph in root.iter(w("p")):
        own = paragraph.find(w("pPr"))
        name = _style(own, "pStyle")
        if own is not None and len(own) > bool(name):
            _strip(own, sheet.of_paragraph(name))
            for mark in own.findall(w("rPr")):  # the end of the paragraph, which nobody reads
                own.remove(mark)
        for properties in paragraph.iterfind(f"{w('r')}/{w('rPr')}"):
            _strip(properties, sheet.of_run(name, _style(properties, "rStyle")))
    for table in root.iter(w("tbl")):
        known = sheet.of_table(_style(table.find(w("tblPr")), "tblStyle"))
        for cell in table.iter(w("tcPr")):
            _strip_cell(cell, known)
    for switch in list(root.iter(*map(w, BARE))):
        if OFF.get(value := switch.get(w("val"), "1"), value) == "0":
            switch.getparent().remove(switch)  # type: ignore[union-attr]
        else:
            switch.attrib.clear()


def part_sections(root: etree._Element, ending: str) -> None:
    """Put the end of a section that Writer has moved into a paragraph of tags back into one of its own.

    A paragraph of tags does not print: its section would go with it. `ending` is the id of the style of the new one.
    """
    for properties in list(root.iter(w("sectPr"))):
        paragraph = next(properties.iterancestors(w("p")), None)
        if paragraph is not None and any(text.text for text in paragraph.iter(w("t"))):
            own = etree.SubElement(etree.Element(w("p")), w("pPr"))
            if ending:
                etree.SubElement(own, w("pStyle"), {w("val"): ending})
            own.append(properties)
            paragraph.addnext(own.getparent())  # type: ignore[arg-type]


def _strip(properties: etree._Element | None, known: Properties) -> None:
    if properties is None:
        return
    for element in list(properties):
        given = _properties_of(element)
        is_silent = etree.QName(element).localname in SILENT
        if is_silent or (given and all(known.get(key) == value for key, value in given.items())):
            properties.remove(element)
    if len(properties) == 0:
        properties.getparent().remove(properties)  # type: ignore[union-attr]


def _strip_cell(cell: etree._Element, known: set[_Look]) -> None:
    for name in CELL:
        element = cell.find(w(name))
        if element is not None and all(look in known or _says_nothing(look) for look in _cell_looks(element)):
            cell.remove(element)


def _properties(element: etree._Element | None) -> Properties:
    found: Properties = {}
    for child in element if element is not None else ():
        found |= _properties_of(child)
    return found


def _properties_of(element: etree._Element) -> Properties:
    """Return what an element says, by its name and the names of its attributes; lists have two elements inside."""
    name = etree.QName(element).localname
    if name == "numPr":
        return {(name, etree.QName(child).localname): child.get(w("val"), "") for child in element}
    if len(element) or name in ("pStyle", "rStyle", "sectPr", "lang"):
        return {}
    if not element.attrib:
        return {(name, "val"): "1"}
    return {(name, str(etree.QName(key).localname)): OFF.get(str(v), str(v)) for key, v in element.attrib.items()}


def _levels(numbering: etree._Element) -> Iterator[tuple[tuple[str, str], Properties]]:
    """Yield what each level of each list gives its paragraphs."""
    abstracts = {each.get(w("abstractNumId")): each for each in numbering.findall(w("abstractNum"))}
    for number in numbering.findall(w("num")):
        abstract = number.find(w("abstractNumId"))
        source = abstracts.get(abstract.get(w("val"))) if abstract is not None else None
        for level in source.findall(w("lvl")) if source is not None else ():
            yield (number.get(w("numId"), ""), level.get(w("ilvl"), "0")), _properties(level.find(w("pPr")))


def _looks(style: etree._Element) -> Iterator[_Look]:
    for element in style.iter(w("tblBorders"), *map(w, CELL)):
        yield from _cell_looks(element)


def _cell_looks(element: etree._Element) -> Iterator[_Look]:
    name = etree.QName(element).localname
    if name not in ("tcBorders", "tblBorders"):
        yield _Look(name, "", _attributes(element))
        return
    for border in element:
        side = etree.QName(border).localname
        for each in SIDES.get(side, (side,)):
            yield _Look("border", each, _attributes(border))


def _attributes(element: etree._Element) -> frozenset[tuple[str, str]]:
    return frozenset((str(etree.QName(key).localname), str(value)) for key, value in element.attrib.items())


def _says_nothing(look: _Look) -> bool:
    """Tell whether a cell says of itself what it is anyway: Writer takes borders away where a column was put in."""
    value = dict(look.attributes).get("val")
    return (look.kind, value) == ("vAlign", "top") or (look.kind == "border" and value in ("nil", "none"))


def _below(element: etree._Element | None, *names: str) -> etree._Element | None:
    return element.find("/".join(map(w, names))) if element is not None else None


def _is_default_paragraph(style: etree._Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")


def _style(properties: etree._Element | None, kind: str) -> str:
    found = properties.find(w(kind)) if properties is not None else None
    return found.get(w("val"), "") if found is not None else ""
