"""Pictures of the Word template: set in line they become Images; others are refused, with what to do about it."""

from __future__ import annotations

import hashlib

import pytest
from lxml import etree
from memory import both, compiled, problems_of
from picture import CM, MC, RECTANGLE, STRETCH, drawing, jpeg, png, wrapped
from wordfile import Xml, cell, opened, paragraph, parts_of, properties, row, run, table

from cpomgen.compile import compile_template
from cpomgen.drawing import Fault, faults, is_picture, rewrite
from cpomgen.imprime import Image, Imprime, Paragraph, images, paragraphs
from cpomgen.package import DOCUMENT, w
from cpomgen.word import WordTemplate

LOGO = png()
MEDIA = {"logo.png": LOGO}


def found(*blocks: str, media: dict[str, bytes] | None = None) -> tuple[WordTemplate, etree._Element]:
    """Return a template and its first drawing."""
    template = opened(*blocks, media=MEDIA if media is None else media)
    return template, next(template.roots[DOCUMENT].iter(w("drawing")))


def said(picture: Xml, media: dict[str, bytes] | None = None) -> list[Fault]:
    """Return what is wrong with a picture."""
    template, element = found(paragraph(picture), media=media)
    return list(faults(element, template.package, DOCUMENT))


def shown(imprime: Imprime) -> list[Image]:
    blocks = (block for section in imprime.sections for block in (*section.layout.header, *section.blocks))
    return [span.image for each in paragraphs(blocks) for span in each.spans if span.image]


def it_prints_a_picture_in_its_line_at_the_size_that_word_gives_it() -> None:
    line = paragraph("Avec ", drawing("logo.png", "Le  logo\nbleu", (2 * CM, CM + 1)), " et {{ nom }}")
    imprime, _ = both(opened(line, media=MEDIA), {"nom": "x"})
    name = f"{hashlib.sha256(LOGO).hexdigest()[:32]}.png"
    assert shown(imprime) == [Image(name, 720_000, 360_001, "Le logo bleu", LOGO)]
    [printed] = imprime.sections[0].blocks
    assert isinstance(printed, Paragraph)
    assert (printed.text, [span.text for span in printed.spans]) == ("Avec  et x", ["Avec ", "", " et ", "x"])
    assert images(imprime) == {name: LOGO}
    assert shown(imprime)[0].said == "[image : Le logo bleu]"


def it_prints_a_picture_wherever_text_may_stand() -> None:
    template = opened(
        paragraph(drawing("logo.png", "seule")),
        "{%p for a in tous %}",
        paragraph(drawing("logo.png", "répétée")),
        "{%p endfor %}",
        paragraph(
            "{% if oui %}", drawing("logo.png", "choisie"), "{% else %}", drawing("photo.jpg", "autre"), "{% endif %}"
        ),
        table(row(cell(paragraph(drawing("photo.jpg", "cellule"), style="Cellule"))), widths=(1000,)),
        last=properties(header="header1"),
        parts={"header1": paragraph(drawing("logo.png", "en-tête"), style="header")},
        media=MEDIA | {"photo.jpg": jpeg()},
    )
    imprime, _ = both(template, {"tous": ["a", "b"], "oui": True})
    assert [each.words for each in shown(imprime)] == ["en-tête", "seule", "répétée", "répétée", "choisie", "cellule"]
    assert sorted(name[-3:] for name in images(imprime)) == ["jpg", "png"]


def it_knows_a_picture_by_its_bytes_wherever_they_stand() -> None:
    twice = opened(paragraph(drawing("a.png"), drawing("b.png")), media={"a.png": LOGO, "b.png": LOGO})
    first, second = shown(both(twice, {})[0])
    assert first == second


def it_does_not_clone_a_value_that_has_a_picture_beside_it() -> None:
    template = opened(paragraph(drawing("logo.png"), "{{ nom }}"), media=MEDIA)
    [problem] = problems_of(both, template, {"nom": "un\n\ndeux"})
    assert (problem.code, "plusieurs paragraphes" in problem.message) == ("CPOM304", True)


@pytest.mark.parametrize("tag", ["{%p if a %}", "{%tr if a %}", "{%tc if a %}"])
def it_refuses_a_picture_beside_a_tag_that_must_be_alone(tag: str) -> None:
    alone = paragraph(tag, drawing("logo.png"))
    block = alone if tag[2] == "p" else table(row(cell(alone)), widths=(1000,))
    [problem] = problems_of(compiled, block, media=MEDIA)
    assert (problem.code, "doit être seule" in problem.message) == ("CPOM303", True)


def it_writes_of_a_picture_what_it_knows_and_nothing_else() -> None:
    more = '<a:extLst><a:ext uri="{28A0092B}"/></a:extLst>'
    _, element = found(paragraph(drawing("logo.png", "{ l'« é » & \" }", blip=more, named=' title="x" hidden="0"')))
    rewrite(element)
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    assert 'docPr id="0" name="Image" descr="{ l\'« é » &amp; &quot; }"/>' in text
    assert text.count('cx="720000" cy="360000"') == 2
    assert 'r:embed="id-logo.png"' in text
    assert not [
        each for each in ("extLst", "title", 'logo.png"/', "hidden") if each in text.replace('embed="id-logo.png"', "")
    ]


def it_takes_a_title_for_want_of_a_description() -> None:
    imprime, word = both(opened(paragraph(drawing("logo.png", "", named=' title="Le logo"')), media=MEDIA), {})
    assert [each.words for each in shown(imprime)] == ["Le logo"]
    assert 'descr="Le logo"' in parts_of(word)["word/document.xml"].decode()


def it_takes_a_picture_out_of_an_alternative() -> None:
    template = opened(paragraph("a ", wrapped(drawing("logo.png"))), media=MEDIA)
    imprime, word = both(template, {})
    assert [each.words for each in shown(imprime)] == ["Logo"]
    assert b"AlternateContent" not in parts_of(word)["word/document.xml"]


@pytest.mark.parametrize("spoilt", [{"holder": "anchor"}, {}])
def it_leaves_an_alternative_of_anything_else(spoilt: dict[str, str]) -> None:
    wrong = Xml(
        wrapped(drawing("logo.png", **spoilt)).replace("2006/picture", "2006/picture" if spoilt else "2006/chart")
    )
    assert (
        next(opened(paragraph(wrong), media=MEDIA).roots[DOCUMENT].iter(f"{{{MC}}}AlternateContent"), None) is not None
    )


def it_tells_a_picture_from_a_shape_and_a_group() -> None:
    _, picture = found(paragraph(drawing("logo.png")))
    assert is_picture(picture)
    for old, new in (("drawingml/2006/picture", "drawingml/2006/chart"), ("<pic:pic ", '<pic:pic xmlns:pic="x" ')):
        _, other = found(
            paragraph(
                Xml(drawing("logo.png").replace(f'uri="http://schemas.openxmlformats.org/{old}"', f'uri="{new}"'))
            )
        )
        assert is_picture(other) is (old != "drawingml/2006/picture")


def it_refuses_a_picture_that_floats() -> None:
    [fault] = said(drawing("logo.png", holder="anchor"))
    assert fault.code == "CPOM323"
    assert "Ancre > Comme caractère" in fault.remedy
    assert "Aligné sur le texte" in fault.remedy


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "n'a pas de texte de remplacement"),
        (" \n ", "n'a pas de texte de remplacement"),
        ("Logo de {{ nom }}", "a une balise dans son texte de remplacement : « Logo de {{ nom }} »"),
        ("image001.png", "mis par un logiciel : « image001.png »"),
        ("Une image contenant texte Description générée automatiquement", "mis par un logiciel"),
        ("A blue circle Description automatically generated", "mis par un logiciel"),
    ],
)
def it_refuses_a_picture_without_words_of_somebody(words: str, message: str) -> None:
    [fault] = said(drawing("logo.png", words))
    assert fault.code == "CPOM324"
    assert message in fault.message
    assert "Writer : clic droit > Texte alternatif… > Description" in fault.remedy
    assert "Word : clic droit > Texte de remplacement" in fault.remedy


SOLID = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'


@pytest.mark.parametrize(
    ("spoilt", "change"),
    [
        ({"fill": f'<a:srcRect l="1000" b="0"/>{STRETCH}'}, "rognage"),
        ({"fill": '<a:stretch><a:fillRect t="-5000"/></a:stretch>'}, "rognage"),
        ({"frame": ' rot="5400000"'}, "rotation"),
        ({"frame": ' flipH="1"'}, "rotation"),
        ({"shape": '<a:prstGeom prst="ellipse"/>'}, "forme"),
        ({"shape": "<a:custGeom/>"}, "forme"),
        ({"shape": f'{RECTANGLE}<a:ln w="9525">{SOLID}</a:ln>'}, "bordure"),
        ({"shape": f"{RECTANGLE}{SOLID}"}, "couleur de fond"),
        ({"shape": f"{RECTANGLE}<a:effectLst><a:glow/></a:effectLst>"}, "effet"),
        ({"blip": "<a:grayscl/>"}, "effet"),
        ({"blip": '<a:alphaModFix amt="50000"/>'}, "effet"),
        ({"blip": '<a:extLst><a:ext uri="x"><a:imgProps/></a:ext></a:extLst>'}, "effet"),
        ({"link": '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'}, "lien"),
        ({"blip": "<a:lum/>", "frame": ' rot="1"'}, "effet, rotation"),
    ],
)  # fmt: skip
def it_refuses_a_picture_changed_in_word(spoilt: dict[str, str], change: str) -> None:
    [fault] = said(drawing("logo.png", **spoilt))
    assert fault.code == "CPOM327"
    assert f"({change})" in fault.message


@pytest.mark.parametrize(
    "spoilt",
    [
        {"fill": f'<a:srcRect l="0" t="0"/>{STRETCH}'},
        {"frame": ' rot="0" flipH="0"'},
        {"shape": f'{RECTANGLE}<a:noFill/><a:ln w="0"><a:noFill/></a:ln><a:effectLst/>'},
        {"blip": '<a:extLst><a:ext uri="x"><a:useLocalDpi val="0"/></a:ext></a:extLst>'},
    ],
)
def it_takes_what_word_and_writer_note_without_changing_the_picture(spoilt: dict[str, str]) -> None:
    assert said(drawing("logo.png", **spoilt)) == []


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"GIF89a", "CPOM325", "elle est au format GIF"),
        (jpeg("CMYK"), "CPOM325", "CMJN"),
        (LOGO[:-8], "CPOM326", "elle est tronquée"),
        (LOGO + bytes(4_000_000), "CPOM326", "elle pèse 4,0 Mo"),
    ],
)
def it_refuses_bytes_that_do_not_print(content: bytes, code: str, message: str) -> None:
    [fault] = said(drawing("logo.png"), {"logo.png": content})
    assert (fault.code, message in fault.message) == (code, True)


def it_refuses_a_vector_behind_its_png() -> None:
    vector = '<a:extLst><a:ext uri="x"><s:svgBlip xmlns:s="urn:svg" r:embed="id-logo.png"/></a:ext></a:extLst>'
    [fault] = said(drawing("logo.png", blip=vector))
    assert (fault.code, "format SVG" in fault.message) == ("CPOM325", True)


@pytest.mark.parametrize("spoilt", [{"linked": "link"}, {}])
def it_refuses_a_picture_that_is_not_in_the_file(spoilt: dict[str, str]) -> None:
    [fault] = said(drawing("logo.png" if spoilt else "autre.png", **spoilt))
    assert (fault.code, "n'est pas dans le fichier Word" in fault.message) == ("CPOM325", True)


@pytest.mark.parametrize(("width", "height"), [(0, CM), (CM, 0), (-CM, CM), (10**9, CM)])
def it_refuses_a_size_that_is_none(width: int, height: int) -> None:
    [fault] = said(drawing("logo.png", "Logo", (width, height)))
    assert (fault.code, "n'a pas de taille" in fault.message) == ("CPOM326", True)


def it_says_all_that_is_wrong_with_a_picture() -> None:
    found = said(drawing("logo.png", "", holder="anchor", frame=' rot="1"'), {"logo.png": b""})
    assert [fault.code for fault in found] == ["CPOM323", "CPOM324", "CPOM327", "CPOM325"]


def it_stops_a_contract_at_a_picture_that_does_not_print() -> None:
    template = opened("un", paragraph(run("deux"), drawing("logo.png", "")), media=MEDIA)
    [problem] = problems_of(compile_template, template)
    assert (problem.code, problem.mark.place) == ("CPOM324", "section 1, paragraphe 2 : « deux »")


def it_refuses_pictures_too_large_together() -> None:
    media = {f"{n}.png": png(4000, 3000 - n) for n in range(3)}
    template = opened(paragraph(*(drawing(name) for name in media)), media=media)
    [problem] = problems_of(compile_template, template)
    assert (problem.code, "ensemble 36 millions de points" in problem.message) == ("CPOM326", True)
    assert compiled(paragraph(*[drawing("0.png")] * 9), media=media)
