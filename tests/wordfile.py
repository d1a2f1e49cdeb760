"""Word files for tests, made from a few calls, and read back as text: paragraphs, tables, headers, sections."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from cpomgen.imprime import Block, Paragraph
from cpomgen.package import RELATIONSHIPS, R, W, pack, unpack, w
from cpomgen.word import WordTemplate, open_template

FILE = "templates/essai/gabarit.docx"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARAGRAPHS = ("Normal", "Corps", "Corps puce", "Cellule", "heading 1", "heading 2", "header", "footer", "Mention")
CHARACTERS = ("Fort", "Terme")
TABLES = ("Tableau",)
PAGE = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'  # noqa: E501
PAGES = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>'


class Xml(str):
    """XML already written."""

    __slots__ = ()


def identifier(name: str) -> str:
    """Return the styleId of a style."""
    return name.replace(" ", "")


def run(text: str, style: str = "", form: str = "") -> Xml:
    """Return a run, under a character style or with a direct form such as <w:b/>."""
    named = f'<w:rStyle w:val="{identifier(style)}"/>' if style else ""
    properties = f"<w:rPr>{named}{form}</w:rPr>" if named or form else ""
    return Xml(f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


def paragraph(*runs: str, style: str = "Corps", form: str = "") -> Xml:
    """Return a paragraph of runs; a plain text is a run of its own."""
    inner = "".join(each if isinstance(each, Xml) else run(each) for each in runs)
    return Xml(f'<w:p><w:pPr><w:pStyle w:val="{identifier(style)}"/>{form}</w:pPr>{inner}</w:p>')


def cell(*blocks: str, span: int = 1, width: int = 1000) -> Xml:
    """Return a cell of paragraphs; a plain text is a paragraph of its own."""
    inner = "".join(each if isinstance(each, Xml) else paragraph(each, style="Cellule") for each in blocks or ("",))
    return Xml(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr>{inner}</w:tc>')


def row(*cells: str, header: bool = False) -> Xml:
    """Return a row of cells; a plain text is a cell of its own."""
    inner = "".join(each if isinstance(each, Xml) else cell(each) for each in cells)
    return Xml(f"<w:tr><w:trPr>{'<w:tblHeader/>' if header else ''}</w:trPr>{inner}</w:tr>")


def table(*rows: str, widths: Iterable[int], style: str = "Tableau") -> Xml:
    """Return a table on a grid of widths, in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    style = f'<w:tblPr><w:tblStyle w:val="{identifier(style)}"/></w:tblPr>'
    return Xml(f"<w:tbl>{style}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")


def properties(*, header: str = "", footer: str = "", landscape: bool = False) -> Xml:
    """Return the sectPr of a section; `header` and `footer` are names of parts such as header1."""
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="id-{name}"/>'
        for kind, name in (("header", header), ("footer", footer))
        if name
    )
    width, height = (16838, 11906) if landscape else (11906, 16838)
    return Xml(f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/></w:sectPr>')


def end(properties: Xml) -> Xml:
    """Return the empty paragraph that ends a section other than the last."""
    return Xml(f"<w:p><w:pPr>{properties}</w:pPr></w:p>")


def word(
    *blocks: str,
    last: Xml | None = None,
    parts: Mapping[str, str] | None = None,
    styles: Iterable[str] = PARAGRAPHS,
    extra: Mapping[str, bytes] | None = None,
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a Word file: a plain text is a paragraph, `parts` are header1, footer1…, `last` is the last sectPr.

    `media` are pictures by name, that any part may show.
    """
    names = parts or {}
    pictures = {f"id-{name}": ("image", f"media/{name}") for name in media or {}}
    body = "".join(each if isinstance(each, Xml) else paragraph(each) for each in blocks)
    found = {
        "[Content_Types].xml": _types(names),
        "_rels/.rels": _relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(
            {"styles": ("styles", "styles.xml")}
            | {f"id-{name}": (name.rstrip("0123456789"), f"{name}.xml") for name in names}
            | pictures
        ),
        "word/document.xml": _root("document", f"<w:body>{body}{last or properties()}</w:body>"),
        "word/styles.xml": _styles(styles),
        "docProps/core.xml": CORE.encode(),
    }
    for name, content in names.items():
        tag = "hdr" if name.startswith("header") else "ftr"
        inner = content if isinstance(content, Xml) else paragraph(content, style=name.rstrip("0123456789"))
        found[f"word/{name}.xml"] = _root(tag, inner)
        found |= {f"word/_rels/{name}.xml.rels": _relations(pictures)} if pictures else {}
    found |= {f"word/media/{name}": content for name, content in (media or {}).items()}
    return pack(found | dict(extra or {}))


def opened(*blocks: str, **made: Any) -> WordTemplate:
    """Return the template that a Word file is."""
    return open_template(unpack(word(*blocks, **made), FILE))


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Gabarit</dc:title></cp:coreProperties>'
)


def _root(tag: str, inner: str) -> bytes:
    return f'<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{tag}>'.encode()


def _styles(paragraphs: Iterable[str]) -> bytes:
    kinds = [("paragraph", paragraphs), ("character", CHARACTERS), ("table", TABLES)]
    each = (
        f'<w:style w:type="{kind}" w:styleId="{identifier(name)}"><w:name w:val="{name}"/></w:style>'
        for kind, names in kinds
        for name in names
    )
    return _root("styles", "".join(each))


def _types(names: Iterable[str]) -> bytes:
    kinds = {"document": "document.main", "styles": "styles"} | {name: name.rstrip("0123456789") for name in names}
    each = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{KINDS}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{each}</Types>'
    ).encode()


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{each}</Relationships>'.encode()


# Read back: a paragraph is "style: text", a table a list of rows, a row a list of (text of cell, colspan, rowspan).


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_imprime(blocks: Iterable[Block]) -> list[Any]:
    """Return blocks of an Imprime in a form to compare with read_word."""
    found: list[Any] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(f"{identifier(block.style)}: {block.text}")
        else:
            rows = [[(read_imprime(c.blocks), c.colspan, c.rowspan) for c in r.cells] for r in block.rows]
            found.append({"widths": list(block.widths), "rows": rows})
    return found


def read_word(data: bytes) -> list[Any]:
    """Return the body of a Word file in a form to compare with read_imprime."""
    body = etree.fromstring(parts_of(data)["word/document.xml"])[0]
    return _blocks(body)


def _blocks(parent: etree._Element) -> list[Any]:
    found: list[Any] = []
    for block in parent:
        if block.tag == w("p") and block.find(w("r")) is not None:  # what ends a section has no run
            style = block.find(f"{w('pPr')}/{w('pStyle')}")
            text = "".join(each.text or "" for each in block.iter(w("t")))
            found.append(f"{style.get(w('val')) if style is not None else ''}: {text}")
        elif block.tag == w("tbl"):
            widths = [int(column.get(w("w"), "")) for column in block.iter(w("gridCol"))]
            found.append({"widths": widths, "rows": _rows(block)})
    return found


def _rows(table: etree._Element) -> list[list[Any]]:
    grid = [[(_blocks(c), int(_val(c, "gridSpan", "1")), _val(c, "vMerge", "")) for c in r] for r in _cells(table)]
    rows: list[list[Any]] = []
    for y, cells in enumerate(grid):
        kept = []
        for x, (blocks, span, merge) in enumerate(cells):
            below = 1
            while merge == "restart" and y + below < len(grid) and grid[y + below][x][2] == "continue":
                below += 1
            if merge != "continue":
                kept.append((blocks, span, below))
        rows.append(kept)
    return rows


def _cells(table: etree._Element) -> list[list[etree._Element]]:
    return [row.findall(w("tc")) for row in table.findall(w("tr"))]


def _val(cell: etree._Element, name: str, default: str) -> str:
    found = cell.find(f"{w('tcPr')}/{w(name)}")
    return found.get(w("val"), "continue") if found is not None else default
