"""Pictures for tests: PNG and JPEG made of a few bytes, and the XML by which Word and Writer set them in a text."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from PIL import Image
from wordfile import OFFICE, Xml, parts_of

from cpomgen.package import RELATIONSHIPS, R, W, pack

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
CM = 360_000
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
STRETCH = "<a:stretch><a:fillRect/></a:stretch>"
PIECES = {
    "holder": "inline",
    "named": "",  # attributes of docPr
    "link": "",  # what docPr holds
    "linked": "embed",
    "blip": "",  # what the blip holds
    "fill": STRETCH,
    "frame": "",  # attributes of xfrm
    "shape": RECTANGLE,
}


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int = 4, height: int = 2, *, colour: tuple[int, ...] = (180, 20, 40), more: bytes = b"", lead: bytes = b"\0"
) -> bytes:
    """Return a PNG of one colour (three channels, or four with its opacity).

    `more` is put after its head; `lead` begins each line.
    """
    head = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[len(colour)], 0, 0, 0)
    lines = (lead + bytes(colour) * width) * height
    chunks = chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def jpeg(mode: str = "RGB", size: tuple[int, int] = (16, 8), **options: Any) -> bytes:
    """Return a JPEG of one colour."""
    buffer = BytesIO()
    Image.new(mode, size, 90).save(buffer, "JPEG", **options)
    return buffer.getvalue()


def drawing(name: str, words: str = "Logo", size: tuple[int, int] = (2 * CM, CM), /, **spoilt: str) -> Xml:
    """Return a run that sets the picture `media/name` in its line; `spoilt` replaces pieces of its XML, see PIECES."""
    pieces = PIECES | spoilt
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    blip = f'<a:blip r:{pieces["linked"]}="id-{name}">{pieces["blip"]}</a:blip>'
    pic = (
        f'<pic:pic xmlns:pic="{PIC}"><pic:nvPicPr><pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{blip}{pieces['fill']}</pic:blipFill>"
        f'<pic:spPr><a:xfrm{pieces["frame"]}><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>{pieces["shape"]}</pic:spPr>'
        "</pic:pic>"
    )
    named = f'<wp:docPr id="7" name="Image 7" descr={quoteattr(words)}{pieces["named"]}>{pieces["link"]}</wp:docPr>'
    framed = f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}">{pic}</a:graphicData></a:graphic>'
    holder = f'wp:{pieces["holder"]} xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"'
    inner = f"<{holder}><wp:extent {extent}/>{named}{framed}</wp:{pieces['holder']}>"
    return Xml(f"<w:r><w:rPr><w:noProof/></w:rPr><w:drawing>{inner}</w:drawing></w:r>")


def wrapped(run: Xml, fallback: str = "<w:pict/>") -> Xml:
    """Return a run whose drawing is the first choice of an alternative."""
    inner = run[run.index("<w:drawing>") : run.index("</w:r>")]
    choice = f'<mc:Choice Requires="wps">{inner}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return Xml(f'<w:r><mc:AlternateContent xmlns:mc="{MC}" xmlns:wps="{SHAPE}">{choice}</mc:AlternateContent></w:r>')


def with_logo(word: bytes) -> bytes:
    """Return a Word file with a logo at its head, in the first cell of each table, in each header and footer."""
    parts = parts_of(word) | {"word/media/logo.png": png(40, 20, colour=(200, 0, 0, 128))}
    kind = b'<Default Extension="png" ContentType="image/png"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)
    link = f'<Relationship Id="id-logo.png" Type="{OFFICE}/image" Target="media/logo.png"/></Relationships>'
    for name in [name for name in parts if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name)]:
        rels = f"word/_rels/{name.removeprefix('word/')}.rels"
        known = parts.get(rels, f'<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'.encode())
        parts[rels] = known.replace(b"</Relationships>", link.encode())
        root = etree.fromstring(parts[name])
        for paragraph in _illustrated(root):
            words = "Logo de l'agence <« & »>"
            paragraph.append(etree.fromstring(f'<a xmlns:w="{W}" xmlns:r="{R}">{drawing("logo.png", words)}</a>')[0])
        parts[name] = etree.tostring(root)
    return pack(parts)


def _illustrated(root: etree._Element) -> list[etree._Element]:
    """Return the first paragraph of a part and of each of its tables that prints words."""
    holders = [root, *root.iter(f"{{{W}}}tbl")]
    printing = ([each for each in holder.iter(f"{{{W}}}p") if _prints(each)] for holder in holders)
    return list(dict.fromkeys(found[0] for found in printing if found))


def _prints(paragraph: etree._Element) -> bool:
    text = "".join(each.text or "" for each in paragraph.iter(f"{{{W}}}t"))
    in_body = paragraph.getroottree().getroot().tag == f"{{{W}}}document"
    return bool(text.strip()) and ("{" if in_body else "{%p") not in text
