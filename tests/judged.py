"""A Word file → its lines as they read once every tracked change is accepted, or rejected: what redlines are judged by.

Written from ISO 29500 part 1, 17.13.5, and from nothing of the package: a deletion that is accepted, an insertion that
is rejected take with them words, rows, cells, and ends of paragraphs, whose words then go on in the next paragraph.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from enum import Enum

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MARKS = ("ins", "del", "cellIns", "cellDel", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "pPrChange")
CHANGED = {"pPr": "pPrChange", "rPr": "rPrChange", "tcPr": "tcPrChange", "sectPr": "sectPrChange"}
SIGNS = {"tab": "\t", "br": "\n", "noBreakHyphen": "\u2011", "drawing": "[image]"}


class Way(Enum):
    """How tracked changes are read; the value is the mark whose content is lost."""

    ACCEPTED = "del"
    REJECTED = "ins"


def lines(content: bytes, way: Way = Way.ACCEPTED) -> list[str]:
    """Return the lines of a file: paragraphs under their style, rows cell by cell, sections with header and footer."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        targets = {each.get("Id"): (each.get("Target") or "").removeprefix("/word/") for each in relations}
        reader = _Reader(way)
        body = document.find(f"{W}body")
        assert body is not None
        found = list(reader.blocks(body))
        for properties in [*reader.sections, body.find(f"{W}sectPr")]:
            for reference in properties if properties is not None else ():
                if reference.tag in (f"{W}headerReference", f"{W}footerReference"):
                    part = etree.fromstring(archive.read(f"word/{targets[reference.get(f'{R}id')]}"))
                    told = [line for line in reader.blocks(part) if line.partition(": ")[2]]
                    found += [f"{etree.QName(reference).localname} {told}"] if told else []
            found.append(f"section {reader.shape(properties)}")
    return found


def marks(content: bytes) -> Counter[str]:
    """Return how many marks of each kind a file has, once sure that each has its own id, an author and a date."""
    found, ids = Counter[str](), []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for mark in etree.fromstring(archive.read(name)).iter(
                    *(f"{W}{each}" for each in (*MARKS, "rPrChange"))
                ):
                    found[etree.QName(mark).localname] += 1
                    ids.append(mark.get(f"{W}id"))
                    assert mark.get(f"{W}author")
                    assert mark.get(f"{W}date")
    assert len(ids) == len(set(ids))
    return found


class _Reader:
    """Blocks being read one way; the sections that stay are kept."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.sections: list[etree._Element] = []

    def lost(self, properties: etree._Element | None, *names: str) -> bool:
        """Tell whether what has these properties is lost."""
        if properties is None:
            return False
        return any(properties.find(f"{W}{name}") is not None for name in names or (self.way.value,))

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        carried = ""
        tables = [each for each in parent if each.tag in (f"{W}p", f"{W}tbl")]
        for element in tables:
            if element.tag == f"{W}tbl":
                found = list(self.rows(element))
                if found and carried:
                    yield f"(carried): {carried}"
                    carried = ""
                yield from found
                continue
            carried += self.words(element)
            properties = element.find(f"{W}pPr")
            if self.lost(properties.find(f"{W}rPr") if properties is not None else None):
                continue
            style = self.told(properties, "pPr").get("pStyle", "") if properties is not None else ""
            yield f"{style}: {carried}"
            carried = ""
            if properties is not None and (section := properties.find(f"{W}sectPr")) is not None:
                self.sections.append(section)
                yield "(end of section)"
        if carried:
            yield f"(carried): {carried}"

    def rows(self, table: etree._Element) -> Iterator[str]:
        gone = {Way.ACCEPTED: "cellDel", Way.REJECTED: "cellIns"}[self.way]
        for row in table.iterchildren(f"{W}tr"):
            if self.lost(row.find(f"{W}trPr")):
                continue
            cells = []
            for cell in row.iterchildren(f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                if not self.lost(properties, gone):
                    told = self.told(properties, "tcPr") if properties is not None else {}
                    shape = f"<{told.get('gridSpan', '')}{told.get('vMerge', '')}>"
                    cells.append(shape + " ¶ ".join(self.blocks(cell)))
            yield "ROW " + " | ".join(cells)

    def told(self, properties: etree._Element, name: str) -> dict[str, str]:
        """Return what properties say, or said."""
        change = properties.find(f"{W}{CHANGED[name]}")
        if change is not None and self.way is Way.REJECTED:
            properties = change[0]
        return {etree.QName(each).localname: each.get(f"{W}val") or "" for each in properties}

    def shape(self, properties: etree._Element | None) -> list[str]:
        """Return the sizes that a section has, or had."""
        if properties is None:
            return []
        change = properties.find(f"{W}sectPrChange")
        holder = change[0] if change is not None and self.way is Way.REJECTED else properties
        kept = (each for each in holder if not etree.QName(each).localname.endswith(("Reference", "Change")))
        return [f"{etree.QName(each).localname} {sorted(each.attrib.values())}" for each in kept]

    def words(self, paragraph: etree._Element) -> str:
        found = []
        for element in paragraph.iter(etree.Element):
            name = etree.QName(element).localname
            if any(each.tag == f"{W}{self.way.value}" for each in element.iterancestors()):
                continue
            if name in ("t", "delText"):
                look = element.getparent()
                properties = look.find(f"{W}rPr") if look is not None else None
                style = self.told(properties, "rPr").get("rStyle", "") if properties is not None else ""
                found.append(f"[{style}]{element.text}" if style else element.text or "")
            elif name in ("instrText", "delInstrText"):
                found.append(f"{{{(element.text or '').strip()}}}")
            elif element.getparent() is not None and etree.QName(element.getparent()).localname == "r":
                found.append(SIGNS.get(name, ""))
        return _joined("".join(found))


def _joined(text: str) -> str:
    """Return a text whose styled runs are told once, however they are cut."""
    parts = text.split("[")
    found: list[str] = []
    for part in parts:
        style, bracket, words = part.partition("]")
        if bracket and found and found[-1].startswith(f"{style}]"):
            found[-1] += words
        else:
            found.append(part)
    return "[".join(found)
