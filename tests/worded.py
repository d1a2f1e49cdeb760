"""Imprime → a Word file that reads as it does: the shape of the type's own template, without its tags."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from lxml import etree
from memory import ROOT

from cpomgen.imprime import Block, Imprime, tables
from cpomgen.package import CONTENT_TYPES, DOCUMENT, RELATIONSHIPS, Package, R, pack, parse, unpack, w
from cpomgen.quoted import Quotation
from cpomgen.trame import GRID

FILE = "templates/cpom_type/contrat.docx"
RELS = "word/_rels/document.xml.rels"
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OPEN = (
    '<w:{} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
GAP = '<w:p><w:pPr><w:pStyle w:val="Findesection"/></w:pPr></w:p>'


@cache
def template() -> Package:
    """Return the Word template of contracts, opened."""
    return unpack((ROOT / FILE).read_bytes(), FILE)


class Ids(dict[tuple[str, str], str]):
    """The ids of styles; that of another one for those that the template has not."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: tuple[str, str]) -> str:
        return next(style for (kind, _), style in self.items() if kind == key[0])


@cache
def writer() -> Quotation:
    """Return what writes blocks under the styles of that template."""
    ids = Ids()
    for style in parse(template().parts["word/styles.xml"]).iter(w("style")):
        name = style.find(w("name"))
        assert name is not None
        ids[style.get(w("type"), ""), name.get(w("val"), "")] = style.get(w("styleId"), "")
    return Quotation(ids)


def body(blocks: Iterable[Block]) -> str:
    """Return the XML of blocks."""
    text = writer().blocks(blocks).replace("</w:tbl><w:tbl>", f"</w:tbl>{GAP}<w:tbl>")
    for table in tables(blocks):
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
        text = text.replace(GRID, f"<w:tblGrid>{columns}</w:tblGrid>", 1)
    return text


def worded(imprime: Imprime) -> Package:
    """Return the Word file of a document; sections whose header says the same share it."""
    parts = dict(template().parts)
    relations, types = parse(parts[RELS]), parse(parts[CONTENT_TYPES])
    headers = list(dict.fromkeys(section.layout.header for section in imprime.sections if section.layout.header))
    for number, blocks in enumerate(headers, 50):
        name, kind = f"header{number}.xml", f"{KINDS}.header+xml"
        parts[f"word/{name}"] = f"{OPEN.format('hdr')}{body(blocks)}</w:hdr>".encode()
        etree.SubElement(
            relations, f"{{{RELATIONSHIPS}}}Relationship", Id=f"h{number}", Type=f"{R}/header", Target=name
        )
        etree.SubElement(
            types, f"{types.tag.removesuffix('Types')}Override", PartName=f"/word/{name}", ContentType=kind
        )
    text = ""
    for section in imprime.sections:
        header = section.layout.header
        named = f'<w:headerReference w:type="default" r:id="h{50 + headers.index(header)}"/>' if header else ""
        properties = f'<w:sectPr>{named}<w:type w:val="nextPage"/><w:pgSz w:w="{section.layout.width}"/></w:sectPr>'
        last = section is imprime.sections[-1]
        text += body(section.blocks) + (GAP + properties if last else GAP.replace("</w:pPr>", f"{properties}</w:pPr>"))
    document = f"{OPEN.format('document')}<w:body>{text}</w:body></w:document>".encode()
    changed = {DOCUMENT: document, RELS: etree.tostring(relations), CONTENT_TYPES: etree.tostring(types)}
    return Package(FILE, {**parts, **changed})


def as_bytes(package: Package) -> bytes:
    """Return a file."""
    return pack(package.parts)
