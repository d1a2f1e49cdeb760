"""Word templates opened: cleaned of what Word notes for itself, cut into sections, with their layouts and parts."""

from __future__ import annotations

import pytest
from lxml import etree
from memory import problems_of
from wordfile import FILE, Xml, end, opened, paragraph, parts_of, properties, word

from cpomgen.package import pack, unpack
from cpomgen.word import open_template, place


def it_cuts_the_body_into_sections_with_their_pages() -> None:
    template = opened("un", end(properties()), "deux", "trois", last=properties(landscape=True))
    assert [len(section.blocks) for section in template.sections] == [2, 2]
    assert [(s.layout.width, s.layout.height) for s in template.sections] == [(11906, 16838), (16838, 11906)]


def it_hands_header_and_footer_down_to_the_next_section_until_it_has_its_own() -> None:
    template = opened(
        "un",
        end(properties(header="header1", footer="footer1")),
        "deux",
        end(properties()),
        "trois",
        last=properties(header="header2"),
        parts={"header1": "A", "header2": "B", "footer1": "C"},
    )
    assert [(section.header, section.footer) for section in template.sections] == [
        ("word/header1.xml", "word/footer1.xml"),
        ("word/header1.xml", "word/footer1.xml"),
        ("word/header2.xml", "word/footer1.xml"),
    ]


def it_has_no_header_where_none_is() -> None:
    [section] = opened("un").sections
    assert (section.header, section.footer) == ("", "")


def it_cleans_what_word_notes_for_itself() -> None:
    noisy = Xml(
        '<w:p w:rsidR="00A1" w:rsidRDefault="00A2"><w:bookmarkStart w:id="0" w:name="_Go"/><w:proofErr w:type="x"/>'
        '<w:r w:rsidRPr="00A3"><w:lastRenderedPageBreak/><w:t>é</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>'
    )
    text = etree.tostring(opened(noisy).sections[0].blocks[0], encoding="unicode")
    assert text.partition(">")[2] == "<w:r><w:t>é</w:t></w:r></w:p>"
    assert "rsid" not in text


def it_names_styles_as_people_see_them() -> None:
    template = opened(paragraph("a", style="Corps puce"), Xml("<w:p/>"), paragraph("b", style="Inconnu"))
    blocks = template.sections[0].blocks
    assert [template.style_of(block, "pStyle") for block in blocks] == ["Corps puce", "Normal", "Inconnu"]


def it_refuses_a_document_without_a_body() -> None:
    parts = parts_of(word("a")) | {"word/document.xml": b"<w:document xmlns:w='urn:x'/>"}
    [problem] = problems_of(open_template, unpack(pack(parts), FILE))
    assert problem.message == "ce fichier Word n'a pas de corps de texte."


def it_names_a_place_by_section_paragraph_and_first_words() -> None:
    assert place(2, 3, "  Le   réseau ") == "section 2, paragraphe 3 : « Le réseau »"
    assert place(1, 1, "") == "section 1, paragraphe 1"
    assert place(1, 1, "a" * 61).endswith("a" * 60 + "… »")


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "docProps/core.xml"]
)
def it_says_which_part_is_missing(name: str) -> None:
    parts = parts_of(word("a"))
    del parts[name]
    [problem] = problems_of(open_template, unpack(pack(parts), FILE))
    assert problem.message == f"ce fichier Word est illisible : il manque la partie « {name} »."
