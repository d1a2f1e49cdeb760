"""Bytes of a Word file ↔ Package: its parts by name, read within bounds, written the same way every time."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from cpomgen.problem import Mark, Problem, ProblemError

EPOCH = (1980, 1, 1, 0, 0, 0)
MAX_BYTES = 64 * 1024 * 1024
MAX_PARTS = 500
CONTENT_TYPES = "[Content_Types].xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file, in the file's order."""

    file: str
    parts: Mapping[str, bytes]

    def root(self, name: str) -> etree._Element:
        """Return the root element of an XML part; raise ProblemError when it has none."""
        if name not in self.parts:
            raise _damaged(self.file, f"il manque la partie « {name} »")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(self.parts[name], parser)
        except etree.XMLSyntaxError:
            raise _damaged(self.file, f"la partie « {name} » est abîmée") from None
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            raise _damaged(self.file, f"la partie « {name} » déclare des entités, ce que Word ne fait jamais")
        return root

    def relationships(self, name: str) -> dict[str, str]:
        """Return the targets of a part's relationships, as names of parts, by id."""
        folder, _, base = name.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels"
        if rels not in self.parts:
            return {}
        return {
            relation.get("Id", ""): target_of(folder, relation)
            for relation in self.root(rels)
            if relation.get("TargetMode") != "External"
        }


def target_of(folder: str, relation: etree._Element) -> str:
    """Return the name of the part that a relationship of a part of `folder` points to."""
    return posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", ""))).lstrip("/")


def w(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def _damaged(file: str, reason: str) -> ProblemError:
    message = f"ce fichier Word est illisible : {reason}."
    return ProblemError(
        Problem("CPOM301", Mark(file), message, "rouvrez-le dans Word et enregistrez-le au format .docx.")
    )


def unpack(data: bytes, file: str) -> Package:
    """Return the parts of a Word file; raise ProblemError when it is none, is too large, or has a damaged part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
                raise _damaged(file, "il est démesuré")
            parts = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, MemoryError):
        raise _damaged(file, "ce n'est pas un .docx, ou il est abîmé ou chiffré") from None
    if any("vbaProject" in name for name in parts):
        raise _damaged(file, "il contient des macros")
    package = Package(file, parts)
    for name in parts:
        if name.endswith((".xml", ".rels")):
            package.root(name)
    return package


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a Word file made of these parts: same parts, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
