"""Bytes of a Word file ↔ Package: its parts by name, read within bounds, written the same way every time."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from cpomgen.problem import Mark, Problem, ProblemError

EPOCH = (1980, 1, 1, 0, 0, 0)
MAX_BYTES = 64 * 1024 * 1024
MAX_XML = 16 * 1024 * 1024
MAX_PARTS = 500
PART = re.compile(r"[A-Za-z0-9_\[][A-Za-z0-9_ .\[\]/-]{0,199}")
MACRO = re.compile(r"macroEnabled|vbaProject|vbaData|activeX", re.IGNORECASE)
AGAIN = "rouvrez-le dans Word et enregistrez-le au format .docx."
UNLINK = "supprimez cette image, puis insérez-la sans la lier (dans Writer, sans cocher « Lier »)."
CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
CORE = "docProps/core.xml"  # its title, its date
TITLE = "{http://purl.org/dc/elements/1.1/}title"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"  # on a text: "preserve", or Word trims it


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file, in the file's order."""

    file: str
    parts: Mapping[str, bytes]

    def root(self, name: str) -> etree._Element:
        """Return the root element of an XML part; raise ProblemError when it has none."""
        if name not in self.parts:
            raise _damaged(self.file, f"il manque la partie « {name} »")
        try:
            root = parse(self.parts[name])
        except etree.XMLSyntaxError:
            raise _damaged(self.file, f"la partie « {name} » est abîmée") from None
        if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
            raise _damaged(self.file, f"la partie « {name} » déclare des entités, ce que Word ne fait jamais")
        return root

    def relationships(self, name: str) -> dict[str, str]:
        """Return the targets of a part's relationships, as names of parts, by id."""
        folder = name.rpartition("/")[0]
        return {
            relation.get("Id", ""): target_of(folder, relation)
            for relation in self.relations(name)
            if relation.get("TargetMode") != "External"
        }

    def relations(self, name: str) -> list[etree._Element]:
        """Return the relationships of a part, of the file itself for ""."""
        rels = rels_of(name)
        return list(self.root(rels)) if rels in self.parts else []


def parse(data: bytes) -> etree._Element:
    """Return the root element of some XML, its entities left alone, its comments and instructions left out."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def as_bytes(root: etree._Element) -> bytes:
    """Return an XML part as Word writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def rels_of(part: str) -> str:
    """Return the name of the part that holds the relationships of another, those of the file itself for ""."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def target_of(folder: str, relation: etree._Element) -> str:
    """Return the name of the part that a relationship of a part of `folder` points to."""
    return posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", ""))).lstrip("/")


def w(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def made(name: str) -> etree._Element:
    """Return an element of WordprocessingML, under the prefix that Word gives them."""
    return etree.Element(w(name), nsmap={"w": W})


def value_at(element: etree._Element, path: str) -> str:
    """Return the value of the first element at a path of local names, "pPr/pStyle"; "" when there is none."""
    found = element.find("/".join(map(w, path.split("/"))))
    return found.get(w("val"), "") if found is not None else ""


def _damaged(file: str, reason: str, remedy: str = AGAIN) -> ProblemError:
    message = f"ce fichier Word est illisible : {reason}."
    return ProblemError(Problem("CPOM301", Mark(file), message, remedy))


def unpack(data: bytes, file: str, *, linked: bool = False) -> Package:
    """Return the parts of a Word file; raise ProblemError when it is none, is too large, or has a damaged part.

    One that points to other files is refused unless it may be `linked`: it is then read without them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, file)
            parts = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, MemoryError):
        if data.startswith(b"%PDF"):
            raise _damaged(file, "c'est un PDF", "donnez le fichier Word (.docx) dont il vient.") from None
        raise _damaged(file, "ce n'est pas un .docx, ou il est abîmé ou chiffré") from None
    if any("vbaproject" in name.lower() for name in parts):
        raise _damaged(file, "il contient des macros")
    package = Package(file, parts)
    for name in parts:
        if name.endswith((".xml", ".rels")):
            _check_part(package, name, linked=linked)
    return package


def _check_entries(entries: list[zipfile.ZipInfo], file: str) -> None:
    """Raise ProblemError for what no .docx is made of, before a byte of it is unpacked."""
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES or xml > MAX_XML:
        raise _damaged(file, "il est démesuré")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) < len(names):
        raise _damaged(file, "une de ses parties s'y trouve deux fois")
    if odd := next((name for name in names if not PART.fullmatch(name) or ".." in name), None):
        raise _damaged(file, f"une de ses parties a un nom interdit (« {ascii(odd[:40])[1:-1]} »)")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise _damaged(file, "il est compressé comme Word ne le fait jamais")


def _check_part(package: Package, name: str, *, linked: bool) -> None:
    """Raise ProblemError for an XML part that cannot be read, or that brings programs or goes and gets something."""
    root = package.root(name)
    if not name.endswith((CONTENT_TYPES, ".rels")):
        return
    if any(MACRO.search(str(value)) for element in root for value in element.values()):
        raise _damaged(package.file, "il contient des macros")
    for relation in root:
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind != "hyperlink" and not linked:
            message = f"il va chercher un autre fichier ({kind} : « {relation.get('Target', '')[:60]} »)"
            raise _damaged(package.file, message, UNLINK if kind == "image" else AGAIN)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a Word file made of these parts: same parts, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
