"""What a deleted paragraph needs of its own file comes with it: style, list, picture, under names that were free."""

from __future__ import annotations

import re
from dataclasses import replace

from judged import Way, lines
from picture import png
from sample import paragraph
from test_redline import WHEN, document
from worded import worded

from cpomgen.package import CONTENT_TYPES, Package, R, unpack
from cpomgen.redline import Made, redline
from cpomgen.revision import Reviser

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
RELS = "word/_rels/document.xml.rels"
TWO = document(paragraph("Corps", "un"), paragraph("Corps", "deux"))
ONE = document(paragraph("Corps", "un"))
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    f'<wp:docPr id="1" name="Image 1"/><a:blip xmlns:a="urn:a" xmlns:r="{R}" r:embed="image"/>'
    "</wp:inline></w:drawing></w:r>"
)


def changed(package: Package, part: str, *pairs: tuple[str, str]) -> Package:
    """Return a file where texts of a part are replaced, each once."""
    text = package.parts[part].decode()
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return replace(package, parts={**package.parts, part: text.encode()})


def tracked(old: Package, new: Package) -> Package:
    return unpack(redline(Made(TWO, old), Made(ONE, new), Reviser("ARS", WHEN)), "suivi.docx")


def it_brings_a_style_that_the_new_file_lacks() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Vieux"><w:name w:val="Vieux"/></w:style></w:styles>'
    old = changed(worded(TWO), STYLES, ("</w:styles>", style))
    old = changed(
        old,
        "word/document.xml",
        ('"Corps"/></w:pPr><w:r><w:t xml:space="preserve">deux', '"Vieux"/></w:pPr><w:r><w:t>deux'),
    )
    found = tracked(old, worded(ONE))
    assert b'w:styleId="Vieux"' in found.parts[STYLES]
    assert b'"Vieux"' in found.parts["word/document.xml"]


def it_knows_a_style_that_goes_by_another_id() -> None:
    old = worded(TWO)
    ids = {
        part: re.sub(rb'(pStyle w:val|w:styleId|basedOn w:val|next w:val)="Corps"', rb'\1="style16"', old.parts[part])
        for part in (STYLES, "word/document.xml")
    }
    found = tracked(replace(old, parts={**old.parts, **ids}), worded(ONE))
    assert b"style16" not in found.parts["word/document.xml"] + found.parts[STYLES]
    assert b"pPrChange" not in found.parts["word/document.xml"]


def it_brings_a_list_that_the_new_file_lacks_under_a_free_number() -> None:
    numbers = '<w:abstractNum w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/></w:lvl></w:abstractNum>'
    old = changed(
        worded(TWO),
        NUMBERING,
        ("<w:abstractNum ", f"{numbers}<w:abstractNum "),
        ("</w:numbering>", '<w:num w:numId="78"><w:abstractNumId w:val="77"/></w:num></w:numbering>'),
    )
    listed = '"Corps"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="78"/></w:numPr></w:pPr><w:r><w:t>deux'
    old = changed(old, "word/document.xml", ('"Corps"/></w:pPr><w:r><w:t xml:space="preserve">deux', listed))
    found = tracked(old, worded(ONE))
    number = re.search(rb'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="(\d+)"/>', found.parts["word/document.xml"])
    assert number is not None
    assert b'<w:num w:numId="%b"' % number[1] in found.parts[NUMBERING]
    assert number[1] != b"78"


def it_brings_a_picture_with_its_bytes_and_its_type() -> None:
    image = png(2, 2)
    old = changed(worded(TWO), "word/document.xml", ("deux</w:t></w:r>", f"deux</w:t></w:r>{PICTURE}"))
    old = changed(
        old,
        RELS,
        ("</Relationships>", f'<Relationship Id="image" Type="{R}/image" Target="media/image1.png"/></Relationships>'),
    )
    old = changed(old, CONTENT_TYPES, ("</Types>", '<Default Extension="png" ContentType="image/png"/></Types>'))
    old = replace(old, parts={**old.parts, "word/media/image1.png": image})
    found = tracked(old, worded(ONE))
    named = re.search(rb'r:embed="(\w+)"', found.parts["word/document.xml"])
    assert named is not None
    assert found.relationships("word/document.xml")[named[1].decode()] == "word/media/image1.png"
    assert found.parts["word/media/image1.png"] == image
    assert b'PartName="/word/media/image1.png" ContentType="image/png"' in found.parts[CONTENT_TYPES]


def it_loses_all_that_is_lent_once_accepted() -> None:
    found = redline(Made(TWO, worded(TWO)), Made(ONE, worded(ONE)), Reviser("ARS", WHEN))
    assert "deux" not in "".join(lines(found, Way.ACCEPTED))
    assert "deux" in "".join(lines(found, Way.REJECTED))
