"""Two documents, each as Imprime and as Word file → the Word file of the new one, with what changed tracked in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from cpomgen.borrowed import Borrower
from cpomgen.drawing import WP
from cpomgen.held import Held, held
from cpomgen.imprime import Block, Imprime
from cpomgen.instep import OutOfStepError, bodies, steps
from cpomgen.package import DOCUMENT, Package, R, W, pack, w
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.revision import Reviser
from cpomgen.texts import Item, side_by_side, trees
from cpomgen.tracked import Tracker

Element = etree._Element  # noqa: SLF001 - the only name that lxml has for it


class Made(NamedTuple):
    """A document as it reads, and the Word file that was made of it."""

    imprime: Imprime
    package: Package


def redline(old: Made, new: Made, by: Reviser) -> bytes:
    """Return the Word file of `new` where what tells it from `old` is tracked; raise ProblemError for other files."""
    try:
        return pack(_Redline(old, new, by).parts())
    except OutOfStepError:
        raise ProblemError(untrue(f"{old.package.file} ou {new.package.file}")) from None


def untrue(file: str) -> Problem:
    """Return what is said of a Word file that does not walk in step with its text."""
    message = "ce fichier Word n'est pas tel que cpomgen l'a écrit, ou ne l'est plus."
    return Problem("CPOM680", Mark(file), message, "cpomgen compare dit ce qui y a été changé à la main.")


class _Margin(NamedTuple):
    """What a section prints on top or at the foot of its pages: where the section says so, the part, its blocks."""

    reference: Element
    part: str
    blocks: tuple[Block, ...]


class _Side:
    """A document being read: its body, section by section."""

    def __init__(self, made: Made) -> None:
        self.made, self.root = made, made.package.root(DOCUMENT)
        body = self.root.find(w("body"))
        if body is None:
            raise OutOfStepError("no body")
        self.body = body
        self.parts = bodies(made.imprime, body)
        self.names = [section.name for section in made.imprime.sections]
        ends = list(body.iter(w("sectPr")))
        if len(ends) != len(self.names):
            raise OutOfStepError("sections")
        self.sections = dict(zip(self.names, ends, strict=True))
        self.targets = made.package.relationships(DOCUMENT)

    def held(self, text: Item) -> list[Held]:
        """Return the units of the body."""
        sections = zip(self.made.imprime.sections, text["parties"], self.parts, strict=True)
        return [
            unit
            for section, item, part in sections
            for unit in held(part, section.blocks, item.get("blocs"), section.name)
        ]

    def margin(self, name: str, kind: str) -> _Margin | None:
        """Return what a section prints on top (`header`) or at the foot (`footer`) of its pages."""
        if not name:
            return None
        reference = self.sections[name].find(w(f"{kind}Reference"))
        if reference is None:
            return None
        layout = self.made.imprime.sections[self.names.index(name)].layout
        blocks = layout.header if kind == "header" else layout.footer
        return _Margin(reference, self.targets.get(reference.get(f"{{{R}}}id", ""), ""), blocks)

    def placed(self, name: str, kind: str) -> Element:
        """Return where a section names a header or footer that it had not."""
        reference = etree.Element(w(f"{kind}Reference"), {w("type"): "default"}, nsmap={"w": W, "r": R})
        self.sections[name].insert(0, reference)
        return reference


class _Redline:
    """A file being written."""

    def __init__(self, old: Made, new: Made, by: Reviser) -> None:
        self.old, self.new = _Side(old), _Side(new)
        self.texts = trees(old.imprime, new.imprime)
        self.tracker = Tracker(by)
        self.borrower = Borrower(old.package, new.package)
        self.written: dict[str, Element] = {DOCUMENT: self.new.root}
        self.margins: dict[tuple[str, str], str] = {}  # of the old part and the new one → the part that tells both

    def parts(self) -> Mapping[str, bytes]:
        """Return the parts of the file."""
        for old, new in self._ends():
            for kind in ("header", "footer"):
                self._margin(kind, old, new)
        self.borrower.adopt(self.old.root, DOCUMENT)
        ends = [side.body.find(w("sectPr")) for side in (self.old, self.new)]
        laid = self.tracker.over(self.old.held(self.texts[0]), self.new.held(self.texts[1]))
        self.new.body[:] = [*laid, *(end for end in ends[1:] if end is not None)]
        if ends[0] is not None and ends[1] is not None:
            self.tracker.section(ends[1], ends[0])
        return self.borrower.parts(_numbered(self.written))

    def _ends(self) -> list[tuple[str, str]]:
        """Return which section ends where another did, none for one that comes or goes: these last.

        The last one of either document ends with it, whatever they are called.
        """
        (*old, last), (*new, final) = self.old.names, self.new.names
        both = [(name, name) for name in new if name in old]
        gone = [(name, "") for name in old if name not in new]
        return [*both, (last, final), *gone, *(("", name) for name in new if name not in old)]

    def _margin(self, kind: str, before: str, after: str) -> None:
        """Write the header or footer of a section as it was and is, once for all sections that share both."""
        old, new = self.old.margin(before, kind), self.new.margin(after, kind)
        if (some := new or old) is None:
            return
        key = old.part if old else "", new.part if new else ""
        if not before or not after:  # it shares what others have
            key = next((each for each in self.margins if (each[1] if new else each[0]) == some.part), key)
        if key not in self.margins:
            self.margins[key] = self._laid(old, new)
        if not new or self.margins[key] != new.part:
            reference = self.new.placed(after, kind) if after and not new else some.reference
            reference.set(f"{{{R}}}id", self.borrower.link(self.margins[key], kind))

    def _laid(self, old: _Margin | None, new: _Margin | None) -> str:
        """Write a header or footer as it was and is, and return the name of its part."""
        both = [(side, each) for side, each in ((self.old, old), (self.new, new))]
        items = side_by_side(*(each.blocks if each else () for _, each in both))
        sides: list[list[Held]] = [[], []]
        for rank, (side, each) in enumerate(both):
            if each is not None:
                root, name = side.made.package.root(each.part), each.part
                if side is self.old:
                    self.borrower.adopt(root, name)
                sides[rank] = held(steps(each.blocks, root), each.blocks, items[rank])
        if new is None:
            name = self.borrower.put(name, b"")
        elif name in self.written:
            name = self.borrower.again(name)
        root[:] = self.tracker.over(*sides)
        self.written[name] = root
        return name


def _numbered(roots: Mapping[str, Element]) -> Mapping[str, Element]:
    """Return parts whose pictures have each a number of their own."""
    for number, each in enumerate((each for root in roots.values() for each in root.iter(f"{{{WP}}}docPr")), 1):
        each.set("id", str(number))
    return roots
