"""Word's tracked changes: what marks XML as inserted, deleted or changed, each mark under an id of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from cpomgen.package import made, w

INSERTED, DELETED = "ins", "del"
MARKED = {"t": "delText", "instrText": "delInstrText"}  # what a deleted run calls its words
PAGINATION = frozenset({"keepNext", "keepLines", "pageBreakBefore", "cantSplit"})  # follows from what stands around
FIRST_IN_MARK = frozenset(map(w, (INSERTED, DELETED)))


Shape = tuple[str, str, tuple[object, ...], tuple["Shape", ...]]


@dataclass(slots=True)
class Reviser:
    """Who changes a text, and when (in UTC); the marks made in its name are numbered, and counted, as they come."""

    author: str
    when: datetime
    count: int = 0

    def mark(self, name: str) -> etree._Element:
        """Return a mark of revision, with its number, its author, its date."""
        element = made(name)
        self.count += 1
        element.set(w("id"), str(self.count))
        element.set(w("author"), self.author)
        element.set(w("date"), self.when.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return element

    def runs(self, name: str, runs: Iterable[etree._Element]) -> etree._Element:
        """Return runs, inserted or deleted."""
        holder = self.mark(name)
        holder.extend(runs)
        if name == DELETED:
            for each in holder.iter(*map(w, MARKED)):
                each.tag = w(MARKED[etree.QName(each).localname])
        return holder

    def end_of(self, paragraph: etree._Element, name: str) -> None:
        """Mark the end of a paragraph, which holds its properties, as inserted or deleted."""
        properties = first(paragraph, "pPr")
        found = properties.find(w("rPr"))
        if found is None:
            found = made("rPr")
            after = next((n for n, each in enumerate(properties) if each.tag in AFTER_MARK), len(properties))
            properties.insert(after, found)
        found.insert(sum(each.tag in FIRST_IN_MARK for each in found), self.mark(name))

    def row(self, row: etree._Element, name: str) -> None:
        """Mark a row as inserted or deleted; not what its cells say."""
        properties = row.find(w("trPr"))
        if properties is None:
            properties = made("trPr")
            row.insert(sum(each.tag == w("tblPrEx") for each in row), properties)
        properties.append(self.mark(name))

    def cell(self, cell: etree._Element, name: str) -> None:
        """Mark a cell as inserted or deleted in a row that stays; not what it says."""
        first(cell, "tcPr").append(self.mark({INSERTED: "cellIns", DELETED: "cellDel"}[name]))

    def changed(self, new: etree._Element, old: etree._Element, name: str, apart: Collection[str]) -> None:
        """Say in the properties `new` what they were, when they differ by more than pagination and what is `apart`.

        `name` is that of the mark.
        """
        ignored = {*map(w, (*apart, *PAGINATION))}
        sides = [{each.tag: shape(each) for each in side if each.tag not in ignored} for side in (new, old)]
        if sides[0] != sides[1]:
            mark = self.mark(name)
            was = etree.SubElement(mark, new.tag)
            was.extend(deepcopy(each) for each in old if each.tag not in {*map(w, apart)})
            new.append(mark)


AFTER_MARK = frozenset(map(w, ("sectPr", "pPrChange")))


def shape(element: etree._Element) -> Shape:
    """Return what makes an element the same as another, whatever the file that holds it."""
    attributes = tuple(sorted(element.items())) if element.attrib else ()
    return str(element.tag), element.text or "", attributes, tuple(map(shape, element))


def first(element: etree._Element, name: str) -> etree._Element:
    """Return the child that begins an element, made when it lacks."""
    found = element.find(w(name))
    if found is None:
        found = made(name)
        element.insert(0, found)
    return found
