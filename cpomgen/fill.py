"""Trame × Imprime × scope → Word file: sections rendered, grids shared as printed, title and data of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

from jinja2 import Template
from lxml import etree

from cpomgen.expression import FAILURES, french
from cpomgen.filters import BUDGET, Budget, RefusedError
from cpomgen.imprime import Imprime, tables
from cpomgen.media import settle
from cpomgen.package import CONTENT_TYPES, CORE, DOCUMENT, RELATIONSHIPS, TITLE, as_bytes, pack, parse, target_of
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.tied import tied
from cpomgen.trame import BREAK, GRID, SectionTrame, Trame, used_parts
from cpomgen.word import ENDING

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DOCUMENT_RELS = "word/_rels/document.xml.rels"
DATA_ITEM = "customXml/item1.xml"
DATA_PROPERTIES = "customXml/itemProps1.xml"
DATA_RELS = "customXml/_rels/item1.xml.rels"
DATA_NAMESPACE = "urn:cpomgen:contrat"
FILLED = "parties remplies"  # where a context keeps what its documents share: no template can say this name
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def fill(trame: Trame, names: tuple[str, ...], imprime: Imprime, scope: Mapping[str, Any], data: str) -> bytes:
    """Return the Word file of the document that `imprime` is.

    `names` are those of the template's sections in order, `data` the contract's printed data, as JSON, "" for none.
    """
    printed = {section.name for section in imprime.sections}
    sections = [section for name, section in zip(names, trame.sections, strict=True) if name in printed]
    used = used_parts(sections)
    parts = {name: data for name, data in trame.fixed.items() if name != CORE}
    scope = {**scope, BUDGET: Budget()}
    parts |= {name: _xml(_render(template, trame, scope)) for name, template in trame.parts.items() if name in used}
    parts[DOCUMENT] = _xml(_document(trame, sections, imprime, scope))
    parts[CORE] = _titled(trame.fixed[CORE], imprime.title)
    unused = frozenset(trame.parts) - used
    parts[CONTENT_TYPES], parts[DOCUMENT_RELS] = _listed(
        parts[CONTENT_TYPES], parts[DOCUMENT_RELS], unused, with_data=bool(data)
    )
    if data:
        parts |= _data_parts(data)
    return pack(settle(parts, (DOCUMENT, *sorted(used)), unused))


def _render(template: Template, trame: Trame, scope: Mapping[str, Any], ended: Callable[[str], str] = str) -> str:
    """Return the XML of a part, with what is done to it in the end; the documents of a contract share it.

    Raise ProblemError for what its Jinja alone has met, as the text was printed before.
    """
    filled: dict[Template, str] = scope.get(FILLED, {})
    if template not in filled:
        try:
            text = template.render(scope)
        except (RefusedError, *FAILURES) as error:
            message = f"le fichier Word ne peut être écrit ({french(error)})."
            remedy = "lancez « cpomgen template check »."
            raise ProblemError(Problem("CPOM306", Mark(trame.file), message, remedy)) from None
        filled[template] = ended(text)
    return filled[template]


def _xml(text: str) -> bytes:
    return (DECLARATION + text).encode()


def _document(trame: Trame, sections: list[SectionTrame], imprime: Imprime, scope: Mapping[str, Any]) -> str:
    """Return the document part: all sections but the last keep their sectPr in their last paragraph."""
    grids = _grids(imprime)
    body = []
    for section in sections:
        last = section is sections[-1]
        blocks = _render(section.blocks, trame, scope, partial(_parted, trame))
        body.append(blocks.replace(BREAK, "" if last else section.properties))
    text = re.sub(re.escape(GRID), lambda _: next(grids, GRID), "".join(body))
    if next(grids, None) is not None:
        message = "le fichier Word n'a pas autant de tableaux que le document imprimé."
        raise ProblemError(Problem("CPOM306", Mark(trame.file), message, "lancez « cpomgen template check »."))
    return f"{trame.head}<w:body>{text}{sections[-1].properties}</w:body></w:document>"


def _parted(trame: Trame, text: str) -> str:
    """Return the XML of a section with its lines kept together, and its tables apart."""
    style = f'<w:pPr><w:pStyle w:val="{trame.styles[ENDING]}"/></w:pPr>' if ENDING in trame.styles else ""
    gap = f"<w:p>{style}</w:p>"  # without words nor height; or Word makes one of two tables
    return tied(text, trame.styles).replace("</w:tbl><w:tbl>", f"</w:tbl>{gap}<w:tbl>")


def _grids(imprime: Imprime) -> Iterator[str]:
    """Yield the grid of each table printed, in reading order."""
    for section in imprime.sections:
        for table in tables(section.blocks):
            columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
            yield f"<w:tblGrid>{columns}</w:tblGrid>"


def _titled(core: bytes, title: str) -> bytes:
    root = parse(core)
    found = root.find(TITLE)
    (etree.SubElement(root, TITLE) if found is None else found).text = title
    return as_bytes(root)


@lru_cache(maxsize=64)  # the documents of a template have the same parts
def _listed(types_: bytes, relations_: bytes, unused: frozenset[str], *, with_data: bool) -> tuple[bytes, bytes]:
    """Return the content types and relationships of the document: parts that it does not use left out, data added."""
    types, relations = parse(types_), parse(relations_)
    for override in list(types):
        if override.get("PartName", "").lstrip("/") in unused:
            types.remove(override)
    for relation in list(relations):
        if target_of("word", relation) in unused:
            relations.remove(relation)
    if with_data:
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        name = f"{types.tag.removesuffix('Types')}Override"
        etree.SubElement(types, name, PartName=f"/{DATA_PROPERTIES}", ContentType=kind)
        target = {"Id": "donnees", "Type": f"{OFFICE}/relationships/customXml", "Target": f"../{DATA_ITEM}"}
        etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", target)
    return as_bytes(types), as_bytes(relations)


@lru_cache(maxsize=4)  # the documents of a contract carry the same
def _data_parts(data: str) -> dict[str, bytes]:
    """Return the parts that carry the contract's data in the file."""
    item = etree.Element(f"{{{DATA_NAMESPACE}}}contrat", nsmap={None: DATA_NAMESPACE})  # type: ignore[dict-item]
    item.text = data
    store = "{8F1C1F0E-5C0B-4B8E-9D55-6370F06D6765}"
    properties = (
        f'<ds:datastoreItem xmlns:ds="{OFFICE}/customXml" ds:itemID="{store}"><ds:schemaRefs/></ds:datastoreItem>'
    )
    link = f'<Relationship Id="r1" Type="{OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/>'
    return {
        DATA_ITEM: as_bytes(item),
        DATA_PROPERTIES: _xml(properties),
        DATA_RELS: _xml(f'<Relationships xmlns="{RELATIONSHIPS}">{link}</Relationships>'),
    }
