"""Pictures in filled Word files: ids of their own, those shown and no other, the same bytes each time."""

from __future__ import annotations

import re

from lxml import etree
from memory import both
from picture import drawing, jpeg, png
from wordfile import cell, end, opened, paragraph, parts_of, properties, row, run, table

from cpomgen.compile import compile_template
from cpomgen.fill import fill
from cpomgen.filters import Numbers
from cpomgen.imprime import Paragraph, Span
from cpomgen.package import CONTENT_TYPES, RELATIONSHIPS, Package
from cpomgen.prepare import prepare
from cpomgen.print import print_contract
from cpomgen.word import WordTemplate, open_template

NAMES = ("socle", "annexe")


def template() -> WordTemplate:
    return opened(
        paragraph(drawing("logo.png", "Logo")),
        "{%p for a in tous %}",
        paragraph(drawing("logo.png", "Puce"), " {{ a }}"),
        "{%p endfor %}",
        table(row(cell(paragraph(drawing("photo.jpg", "Photo"), style="Cellule"))), widths=(1000,)),
        end(properties(header="header1", footer="footer1")),
        paragraph("annexe", drawing("autre.png", "Autre")),
        last=properties(header="header2"),
        parts={
            "header1": paragraph(drawing("logo.png", "Logo"), style="header"),
            "header2": "haut",
            "footer1": paragraph(run("pied "), drawing("pied.png", "Pied"), style="footer"),
        },
        media={"logo.png": png(), "autre.png": png(3), "pied.png": png(5), "photo.jpg": jpeg(), "perdue.png": png(6)},
    )


def filled(*names: str) -> dict[str, bytes]:
    """Return the parts of the document made of the sections so named."""
    return parts_of(whole(*names))


def whole(*names: str) -> bytes:
    found = {_filled(names) for _ in range(2)}
    assert len(found) == 1, "the same bytes twice"
    return found.pop()


def _filled(names: tuple[str, ...], word: WordTemplate | None = None) -> bytes:
    opened = word or template()
    scope = {"numeros": Numbers(), "tous": ["x", "y"]}
    imprime = print_contract(compile_template(opened), NAMES, scope).slice("Titre", names)
    return fill(prepare(opened), NAMES, imprime, scope, "")


def targets(parts: dict[str, bytes], name: str) -> dict[str, str]:
    """Return the targets of a part's pictures, by id."""
    folder, _, base = name.rpartition("/")
    root = etree.fromstring(parts[f"{folder}/_rels/{base}.rels"])
    return {each.get("Id", ""): each.get("Target", "") for each in root if each.get("Type", "").endswith("/image")}


def it_keeps_the_pictures_that_a_document_shows_and_no_other() -> None:
    def media(*names: str) -> set[str]:
        return {name.rpartition("/")[2] for name in filled(*names) if name.startswith("word/media/")}

    assert media("socle", "annexe") == {"logo.png", "photo.jpg", "pied.png", "autre.png"}
    assert media("socle") == {"logo.png", "photo.jpg", "pied.png"}
    assert media("annexe") == {"autre.png", "pied.png"}


def it_points_to_each_picture_from_the_part_that_shows_it() -> None:
    parts = filled("socle")
    for name, wanted in (
        ("word/document.xml", {"logo.png", "photo.jpg"}),
        ("word/header1.xml", {"logo.png"}),
        ("word/footer1.xml", {"pied.png"}),
    ):
        known = targets(parts, name)
        assert set(re.findall(r'r:embed="([^"]+)"', parts[name].decode())) == set(known)
        assert {each.rpartition("/")[2] for each in known.values()} == wanted
        assert {f"word/{each}" for each in known.values()} <= set(parts)


def it_leaves_no_relationship_of_a_part_that_is_left_out() -> None:
    parts = filled("annexe")
    owners = {name.replace("/_rels/", "/").removesuffix(".rels") for name in parts if "/_rels/" in name}
    assert owners - set(parts) == set()
    assert "word/_rels/header1.xml.rels" not in parts
    assert "word/_rels/header1.xml.rels" in filled("socle")


def it_takes_the_type_of_relationships_that_go_out_with_them() -> None:
    typed = template()
    override = '<Override PartName="/word/_rels/header1.xml.rels" ContentType="x"/></Types>'  # as Writer says it
    content = typed.package.parts[CONTENT_TYPES].replace(b"</Types>", override.encode())
    parts = dict(typed.package.parts) | {CONTENT_TYPES: content}
    word = open_template(Package(typed.package.file, parts))
    assert b"_rels/header1.xml.rels" in parts_of(_filled(("socle",), word))[CONTENT_TYPES]
    assert b"_rels/header1.xml.rels" not in parts_of(_filled(("annexe",), word))[CONTENT_TYPES]


def it_gives_each_picture_an_id_of_its_own_in_reading_order() -> None:
    parts = filled("socle", "annexe")
    shown = b"".join(parts[name] for name in ("word/document.xml", "word/footer1.xml", "word/header1.xml")).decode()
    assert re.findall(r'docPr id="(\d+)" name="Image (\d+)" descr="([^"]+)"', shown) == [
        (str(n), str(n), words) for n, words in enumerate(["Logo", "Puce", "Puce", "Photo", "Autre", "Pied", "Logo"], 1)
    ]


def it_leaves_words_that_look_like_the_mark_of_a_picture() -> None:
    _, word = both(
        opened('docPr id="0" name="Image"', "{{ nom }}", paragraph(drawing("a.png")), media={"a.png": png()}),
        {"nom": '<wp:docPr id="0" name="Image"'},
    )
    texts = [each.text for each in etree.fromstring(parts_of(word)["word/document.xml"]).iter("{*}t")]
    assert texts == ['docPr id="0" name="Image"', '<wp:docPr id="0" name="Image"']


def it_takes_the_type_of_a_picture_that_goes_out_with_it() -> None:
    typed = template()
    override = '<Override PartName="/word/media/perdue.png" ContentType="image/png"/></Types>'
    content = typed.package.parts[CONTENT_TYPES].replace(b"</Types>", override.encode())
    again = opened(paragraph("a"), extra={CONTENT_TYPES: content}, media={"perdue.png": png()})
    parts = parts_of(both(again, {})[1])
    assert b"perdue" not in parts[CONTENT_TYPES]
    assert "word/media/perdue.png" not in parts


def it_leaves_alone_a_picture_that_something_else_shows() -> None:
    relation = '<Relationship Id="a" Type="x/image" Target="media/a.png"/>'
    rels = f'<Relationships xmlns="{RELATIONSHIPS}">{relation}</Relationships>'.encode()
    parts = parts_of(both(opened("a", extra={"word/_rels/numbering.xml.rels": rels}, media={"a.png": png()}), {})[1])
    assert "word/media/a.png" in parts
    assert targets(parts, "word/document.xml") == {}


def it_prints_no_picture_of_a_branch_that_is_not_taken() -> None:
    choice = paragraph("a {% if oui %}", drawing("a.png"), "{% endif %}")
    imprime, word = both(opened(choice, media={"a.png": png()}), {"oui": False})
    assert imprime.sections[0].blocks == (Paragraph("Corps", (Span("a "),)),)
    assert "word/media/a.png" not in parts_of(word)
