"""Package → Opened: the parts of a Word file that are read, its styles, its notes; whoever saved it last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from cpomgen.package import DOCUMENT, Package, target_of, w
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.restyle import Sheet, canonical_name

STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
DATA = "{urn:cpomgen:contrat}contrat"
DEEPEST = 100  # elements within each other; Word's own files have some forty
NOTES = ("footnote", "endnote", "comment")
ELSEWHERE = {  # what brings a whole file into the text when Word opens it
    w("altChunk"): "un autre document y est joint, que Word n'a pas encore mis dans le texte",
    w("subDoc"): "c'est un document maître, dont une partie est dans un autre fichier",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A Word file to be read: names of styles by id, notes and comments by kind and id, relations by part."""

    package: Package
    document: str
    styles: Mapping[str, str]
    sheet: Sheet
    notes: Mapping[tuple[str, str], tuple[str, etree._Element]]

    def root(self, part: str) -> etree._Element:
        """Return the root element of a part whose text is read; raise ProblemError when it cannot be."""
        root = self.package.root(part)
        _check(root, self.package.file)
        return root

    def named(self, identifier: str) -> str:
        """Return the name of a style, that of ordinary paragraphs for none."""
        return self.styles.get(identifier or self.sheet.normal, identifier)


def open_word(package: Package) -> Opened:
    """Return a Word file ready to be read; raise ProblemError when its text cannot be found, whole."""
    document = next((name for kind, name in relations(package, "") if kind == "officeDocument"), DOCUMENT)
    root = package.root(document)
    if root.tag == STRICT:
        remedy = "enregistrez-le au format « Document Word (.docx) », non « Document Open XML strict »."
        raise _unreadable(package.file, "il est au format Open XML strict", remedy)
    if root.find(w("body")) is None:
        raise _unreadable(package.file, "il n'a pas de corps de texte")
    known = dict(relations(package, document))
    sheet = Sheet(
        package.root(known["styles"]) if "styles" in known else etree.Element(w("styles")),
        package.root(known["numbering"]) if "numbering" in known else None,
    )
    styles = {identifier: _name(style, identifier) for identifier, style in sheet.styles.items()}
    return Opened(package, document, styles, sheet, dict(_notes(package, known)))


def relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Yield what a part is related to, in the file: the kind of each relation, the name of its target."""
    for relation in package.relations(part):
        if relation.get("TargetMode") != "External":
            yield relation.get("Type", "").rpartition("/")[2], target_of(part.rpartition("/")[0], relation)


def data_of(package: Package) -> str:
    """Return the contract's data that a file carries, under whatever name its last editor gave them; "" for none."""
    for name in package.parts:
        if name.startswith("customXml/") and name.endswith(".xml"):
            root = package.root(name)
            if root.tag == DATA:
                return root.text or ""
    return ""


def _notes(package: Package, known: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], tuple[str, etree._Element]]]:
    for kind in NOTES:
        if (part := known.get(f"{kind}s", "")) in package.parts:
            root = package.root(part)
            _check(root, package.file)
            yield from (((kind, note.get(w("id"), "")), (part, note)) for note in root.findall(w(kind)))


def _name(style: etree._Element, identifier: str) -> str:
    name = style.find(w("name"))
    return canonical_name(name.get(w("val"), "")) if name is not None else identifier


def _check(root: etree._Element, file: str) -> None:
    """Raise ProblemError for a part with something that is not in the file, or without bottom."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise _unreadable(file, "ses éléments sont imbriqués sans fin")
        if element.tag in ELSEWHERE:
            remedy = "ouvrez-le dans Word, enregistrez-le sous un autre nom, puis recommencez."
            message = f"ce fichier Word ne se lit pas en entier : {ELSEWHERE[element.tag]}."
            raise ProblemError(Problem("CPOM661", Mark(file), message, remedy))


def _unreadable(
    file: str, reason: str, remedy: str = "rouvrez-le dans Word et enregistrez-le au format .docx."
) -> ProblemError:
    return ProblemError(Problem("CPOM660", Mark(file), f"ce fichier Word ne se lit pas : {reason}.", remedy))
