"""What paragraphs of one Word file need to stand in another: styles, lists, pictures, under names of that other."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import count
from string import digits

from lxml import etree

from cpomgen.package import CONTENT_TYPES, RELATIONSHIPS, Package, R, parse, target_of, w
from cpomgen.word import DOCUMENT, NUMBERING, STYLES

Element = etree._Element  # noqa: SLF001 - the only name that lxml has for it
MARGINS = (w("headerReference"), w("footerReference"))
STYLED = ("pStyle", "rStyle", "tblStyle")
LINKED = ("basedOn", "next", "link")  # the styles that a style names
NAMED = f"{{{R}}}"  # what begins the attributes that name relationships
APART = "avant"  # what tells the names of what is lent


class Borrower:
    """The parts of a file, `new`, where elements of another, `old`, are going to stand."""

    def __init__(self, old: Package, new: Package) -> None:
        self.old, self.new = old, new
        self.links: dict[str, Element] = {}  # relationships that are lent, by the id they have in the new file
        self.lent: dict[str, bytes] = {}
        self.types = {part: kind for package in (old, new) for part, kind in _types(package)}
        self.sheets = [package.root(STYLES) for package in (old, new)]
        self.lists = _Lists(old, new)
        self.ids = self._ids()

    def _ids(self) -> dict[str, str]:
        """Return the id that each style of the old file has in the new one, those that it lacks added to it."""
        old, new = ({each.get(w("styleId"), ""): each for each in sheet.iter(w("style"))} for sheet in self.sheets)
        known = {_named(style): key for key, style in new.items()}
        found = {key: known[_named(style)] for key, style in old.items() if _named(style) in known}
        missing = [key for key in old if key not in found]
        for key in missing:
            found[key] = next(name for name in _names(key) if name not in new and name not in found.values())
        for key in missing:
            style = deepcopy(old[key])
            style.set(w("styleId"), found[key])
            style.attrib.pop(w("default"), "")
            for link in style.iterchildren(*map(w, LINKED)):
                link.set(w("val"), found.get(link.get(w("val"), ""), link.get(w("val"), "")))
            self.lists.renumber(style)
            self.sheets[1].append(style)
        return found

    def adopt(self, root: Element, part: str) -> None:
        """Give what a part of the old file holds the names it has in the new one."""
        for element in root.iter(*map(w, STYLED)):
            value = element.get(w("val"), "")
            element.set(w("val"), self.ids.get(value, value))
        self.lists.renumber(root)
        targets = relations_of(self.old, part)
        for element in root.iter(etree.Element):
            for key, target in element.items():
                if str(key).startswith(NAMED) and str(target) in targets and element.tag not in MARGINS:
                    element.set(key, self._linked(targets[str(target)], part))

    def _linked(self, relation: Element, part: str) -> str:
        """Return the id under which a relationship of a part of the old file is lent."""
        found = deepcopy(relation)
        if relation.get("TargetMode") != "External":
            found.set("Target", f"/{self._part(target_of(part.rpartition('/')[0], relation))}")
        return self._link(found)

    def link(self, part: str, kind: str) -> str:
        """Return the id under which the new file's text names one of its parts, of a kind: one id a part."""
        known = {**relations_of(self.new, DOCUMENT), **self.links}
        found = (key for key, each in known.items() if target_of("word", each) == part)
        return next(found, "") or self._link(
            etree.Element(f"{{{RELATIONSHIPS}}}Relationship", Type=f"{R}/{kind}", Target=f"/{part}")
        )

    def _link(self, relation: Element) -> str:
        identifier = f"{APART}{len(self.links)}"
        relation.set("Id", identifier)
        self.links[identifier] = relation
        return identifier

    def _part(self, name: str) -> str:
        """Return the name that a part of the old file has in the new one, where it is put unless it is there."""
        content = self.old.parts.get(name, b"")
        return name if self.new.parts.get(name) == content else self.put(name, content)

    def again(self, part: str) -> str:
        """Add a second copy of a part of the new file, with all that it names, and return the name of the copy."""
        name, rels = self.put(part, self.new.parts[part]), rels_of(part)
        if rels in self.new.parts:
            self.lent[rels_of(name)] = self.new.parts[rels]
        return name

    def put(self, name: str, content: bytes) -> str:
        """Add a part to the new file, and return the name that it has there."""
        stem, dot, suffix = name.rpartition(".")
        free = (f"{stem.rstrip(digits)}{number}{dot}{suffix}" for number in count(1))
        found = next(each for each in free if each not in self.new.parts and each not in self.lent)
        self.lent[found] = content
        self.types[found] = self.types.get(name, "")
        return found

    def parts(self, written: Mapping[str, Element]) -> dict[str, bytes]:
        """Return the parts of the new file, some of them written again, with all that these name."""
        found = {**self.new.parts, **self.lent, STYLES: as_bytes(self.sheets[1]), **self.lists.parts()}
        for name, root in written.items():
            found[name] = as_bytes(root)
            values = {str(value) for each in root.iter() for key, value in each.items() if str(key).startswith(NAMED)}
            if lent := [self.links[value] for value in sorted(values & self.links.keys())]:
                path = rels_of(name)
                relations = parse(found[path]) if path in found else etree.Element(f"{{{RELATIONSHIPS}}}Relationships")
                relations.extend(lent)
                found[path] = as_bytes(relations)
        types = parse(found[CONTENT_TYPES])
        for name in [each for each in self.lent if not each.endswith(".rels")]:
            etree.SubElement(
                types, f"{types.tag.removesuffix('Types')}Override", PartName=f"/{name}", ContentType=self.types[name]
            )
        found[CONTENT_TYPES] = as_bytes(types)
        return found


class _Lists:
    """The lists of a file that are lent to another, each under a number of its own."""

    def __init__(self, old: Package, new: Package) -> None:
        self.roots = [package.root(NUMBERING) if NUMBERING in package.parts else None for package in (old, new)]
        self.same = old.parts.get(NUMBERING) == new.parts.get(NUMBERING)
        self.numbers: dict[str, str] = {}

    def renumber(self, root: Element) -> None:
        """Give the lists that a part of the old file names the number they have in the new one."""
        if self.same:
            return
        for each in root.iter(w("numId")):
            value = each.get(w("val"), "0")
            if value != "0":
                each.set(w("val"), self._lent(value))

    def _lent(self, value: str) -> str:
        """Return the number under which a list is lent; none, where the new file has no lists at all."""
        old, new = self.roots
        if old is None or new is None:
            return "0"
        number = next((each for each in old.iter(w("num")) if each.get(w("numId")) == value), None)
        if value not in self.numbers and number is not None:
            self.numbers[value] = self._copied(old, new, number)
        return self.numbers.get(value, "0")

    def _copied(self, old: Element, new: Element, number: Element) -> str:
        base = number.find(w("abstractNumId"))
        shape = base.get(w("val")) if base is not None else None
        found = next((each for each in old.iter(w("abstractNum")) if each.get(w("abstractNumId")) == shape), None)
        if found is None:
            return "0"
        copied, number = deepcopy(found), deepcopy(number)
        free = str(1 + max((int(each.get(w("abstractNumId"), "0")) for each in new.iter(w("abstractNum"))), default=0))
        copied.set(w("abstractNumId"), free)
        for each in [*copied.iter(w("pStyle")), *copied.iter(w("nsid"))]:
            each.getparent().remove(each)  # type: ignore[union-attr]
        new.insert(len(list(new.iterchildren(w("numPicBullet"), w("abstractNum")))), copied)
        value = str(1 + max((int(each.get(w("numId"), "0")) for each in new.iter(w("num"))), default=0))
        number.set(w("numId"), value)
        next(number.iter(w("abstractNumId"))).set(w("val"), free)
        new.insert(len(list(new.iterchildren(w("numPicBullet"), w("abstractNum"), w("num")))), number)
        return value

    def parts(self) -> dict[str, bytes]:
        """Return the part that holds the lists, when some are lent."""
        root = self.roots[1]
        return {NUMBERING: as_bytes(root)} if self.numbers and root is not None else {}


def relations_of(package: Package, part: str) -> dict[str, Element]:
    """Return the relationships of a part, by id."""
    name = rels_of(part)
    return {each.get("Id", ""): each for each in package.root(name)} if name in package.parts else {}


def rels_of(part: str) -> str:
    """Return the name of the part that holds the relationships of another."""
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels"


def as_bytes(root: Element) -> bytes:
    """Return a part as Word writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _types(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the parts of a file with their types of content."""
    types = package.root(CONTENT_TYPES)
    default = {
        each.get("Extension", "").lower(): each.get("ContentType", "") for each in types if each.get("Extension")
    }
    for part in package.parts:
        yield part, default.get(part.rpartition(".")[2].lower(), "")
    for each in types:
        if each.get("PartName"):
            yield each.get("PartName", "").lstrip("/"), each.get("ContentType", "")


def _named(style: Element) -> tuple[str, str]:
    """Return what tells a style from others: its kind, and its name, whatever its capitals."""
    name = style.find(w("name"))
    return style.get(w("type"), ""), "" if name is None else name.get(w("val"), "").casefold()


def _names(name: str) -> Iterator[str]:
    """Yield a name, then others after it."""
    yield name
    yield from (f"{name}-{APART}{n}" for n in count(1))
