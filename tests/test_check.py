"""`template check`: the real template, one thing spoilt at a time; each kind of problem, at its place."""

from __future__ import annotations

import re

import pytest
from memory import ROOT, Files, real_word
from wordfile import PAGE, PAGES, Xml, cell, opened, paragraph, parts_of, properties, row, run, table

from cpomgen.check import check_lent, check_word
from cpomgen.gabarits import check_template
from cpomgen.package import pack, unpack
from cpomgen.problem import Problem
from cpomgen.tree import WorkTree
from cpomgen.word import WordTemplate, open_template

FILE = "templates/cpom_type/contrat.docx"
STYLE = (ROOT / "templates/cpom_type/style.typ").read_text(encoding="utf-8")
ANCHOR = "Contrat n°\u00a0{{ reference.numero }}"


def spoilt(*changes: str) -> bytes:
    """Return the real template, each first text of a pair of `changes` replaced once in its XML by the second."""
    parts = parts_of(real_word())
    text = parts["word/document.xml"].decode()
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    return pack(parts | {"word/document.xml": text.encode()})


def line_of(text: str) -> int:
    """Return the number of the line of the real schema that begins so."""
    lines = (ROOT / "schemas/cpom_type.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


def checked(data: bytes) -> list[Problem]:
    return check_word(open_template(unpack(data, FILE)), STYLE)


def of(template: WordTemplate) -> list[tuple[str, str]]:
    return [(problem.code, problem.mark.place) for problem in check_word(template, STYLE)]


def reported(data: bytes) -> tuple[Problem, ...]:
    return check_template(Files({FILE: data}, WorkTree(ROOT)), "cpom_type")


def it_finds_nothing_wrong_in_the_real_template() -> None:
    assert reported(real_word()) == ()


RUN = '<w:r><w:t xml:space="preserve">Contrat n°\u00a0{{ reference.numero }}</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (ANCHOR, "Contrat n°\u00a0{{ reference.numero", "CPOM311", "n'est pas fermée"),
        (ANCHOR, "Contrat n° {% set a = 1 %}", "CPOM311", "n'est pas connue"),
        (ANCHOR, "Contrat n° {%r if nature %}", "CPOM311", "n'est pas connue"),
        (ANCHOR, "{{r reference.numero }}", "CPOM312", "texte enrichi ou un sous-document"),
        (ANCHOR, "Contrat n° {{p reference.numero }}", "CPOM313", "« {{p … }} » a du texte à côté d'elle"),
        (ANCHOR, "{{ nature } {{ nature }}", "CPOM311", "ouverte et n'est pas fermée"),
        (ANCHOR, "Contrat n° {%p if nature %}", "CPOM313", "a du texte à côté d'elle"),
        (RUN, RUN.replace("<w:t ", "<w:rPr><w:b/><w:color w:val='FF'/></w:rPr><w:t "), "CPOM314", "(couleur, gras)"),
        (RUN, RUN.replace("</w:p>", "<w:r><w:rPr><w:sz/></w:rPr><w:t>x</w:t></w:r></w:p>"), "CPOM314", "(taille)"),
        (RUN, RUN.replace("</w:p>", "<w:r><w:tab/></w:r></w:p>"), "CPOM316", "une tabulation"),
        (RUN, RUN.replace("</w:p>", "<w:r><w:drawing/></w:r></w:p>"), "CPOM316", "un dessin"),
        (RUN, RUN.replace("</w:p>", "<w:r><w:pict/></w:r></w:p>"), "CPOM316", "une image"),
        (RUN, RUN.replace("</w:p>", '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'), "CPOM316", "une note de bas"),
        (RUN, RUN.replace("</w:p>", '<w:r><w:commentReference w:id="1"/></w:r></w:p>'), "CPOM316", "un commentaire"),
        (RUN, f'<w:ins w:id="1" w:author="x">{RUN[:-6]}</w:ins></w:p>', "CPOM316", "une insertion suivie"),
        (RUN, f"<w:sdt><w:sdtContent>{RUN[:-6]}</w:sdtContent></w:sdt></w:p>", "CPOM316", "un contrôle de contenu"),
        (
            RUN,
            '<w:fldSimple w:instr=" DATE "><w:r><w:t>hier</w:t></w:r></w:fldSimple></w:p>',
            "CPOM316",
            "un champ Word (DATE)",
        ),
        (
            RUN,
            RUN.replace("</w:p>", "<w:r><w:instrText> REF _Ref1 </w:instrText></w:r></w:p>"),
            "CPOM316",
            "un champ Word (REF)",
        ),
        (ANCHOR, "Contrat 漢 {{ reference.numero }}", "CPOM317", "U+6F22"),
        (ANCHOR, "Contrat  numéroté", "CPOM318", "deux espaces"),
        (ANCHOR, f"{ANCHOR} ", "CPOM318", "une espace commence ou finit"),
    ],
)  # fmt: skip
def it_reports_what_is_wrong_in_a_paragraph(old: str, new: str, code: str, words: str) -> None:
    [problem] = checked(spoilt(old, new))
    assert (problem.code, problem.mark.file) == (code, FILE)
    assert words in problem.message
    assert re.match(r"section 1, paragraphe 14( : « |$)", problem.mark.place), problem.mark.place
    assert problem.remedy


def it_reports_an_unknown_style() -> None:
    [problem] = checked(spoilt('<w:pStyle w:val="Formule"/>', '<w:pStyle w:val="Maison"/>'))
    assert (problem.code, problem.message) == ("CPOM319", "le style « Maison » n'a pas de fonction dans style.typ.")


def it_reports_an_unknown_table_style() -> None:
    found = checked(spoilt('<w:tblStyle w:val="', '<w:tblStyle w:val="Maison'))
    assert [problem.code for problem in found] == ["CPOM319"]
    assert "Maison" in found[0].message


def it_tells_the_styles_of_words_from_those_of_paragraphs() -> None:
    [problem] = checked(spoilt('<w:pStyle w:val="Formule"/>', '<w:pStyle w:val="Fort"/>'))
    assert (problem.code, problem.message) == ("CPOM319", "le style « Fort » n'a pas de fonction dans style.typ.")


def it_reports_a_blank_paragraph_and_the_colours_of_a_table() -> None:
    blank = '<w:p><w:pPr><w:pStyle w:val="Formule"/></w:pPr></w:p>'
    assert [p.code for p in checked(spoilt("<w:body>", f"<w:body>{blank}"))] == ["CPOM318"]
    shaded = '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="FF0000"/>'
    [problem] = checked(spoilt("<w:tcPr>", shaded))
    assert (problem.code, "(couleur de fond)" in problem.message) == ("CPOM314", True)


def it_reports_direct_alignment_and_numbers_of_a_paragraph() -> None:
    style = '<w:pStyle w:val="Formule"/>'
    assert [p.code for p in checked(spoilt(style, f'{style}<w:jc w:val="center"/>'))] == ["CPOM314"]
    numbered = f'{style}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert [p.code for p in checked(spoilt(style, numbered))] == ["CPOM315"]


NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="FORMAT"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
NUMBERED = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'


def styled(form: str, more: str = "") -> WordTemplate:
    """Return a template whose style Corps is numbered by Word, in that format."""
    parts = parts_of(pack(dict(opened("un", paragraph("deux", style="Cellule")).package.parts)))
    styles = parts["word/styles.xml"].decode()
    styles = styles.replace('<w:name w:val="Corps"/>', f'<w:name w:val="Corps"/>{NUMBERED}')
    styles = styles.replace('<w:name w:val="Cellule"/>', f'<w:name w:val="Cellule"/>{more}')
    numbering = NUMBERING.replace("FORMAT", form).encode()
    return open_template(
        unpack(pack(parts | {"word/styles.xml": styles.encode(), "word/numbering.xml": numbering}), FILE)
    )


@pytest.mark.parametrize(("form", "codes"), [("decimal", ["CPOM315"]), ("lowerLetter", ["CPOM315"]), ("bullet", [])])
def it_reports_numbers_that_a_style_gives_bullets_excepted(form: str, codes: list[str]) -> None:
    assert [code for code, _ in of(styled(form))] == codes


def it_reports_numbers_that_a_style_inherits() -> None:
    found = of(styled("decimal", '<w:basedOn w:val="Corps"/>'))
    assert [place for code, place in found if code == "CPOM315"] == [
        "section 1, paragraphe 1 : « un »",
        "section 1, paragraphe 2 : « deux »",
    ]


def it_sees_a_content_control_around_paragraphs() -> None:
    wrapped = Xml(f"<w:sdt><w:sdtContent>{paragraph('un')}</w:sdtContent></w:sdt>")
    assert of(opened(wrapped)) == [("CPOM316", "section 1, paragraphe 1 : « un »")]


def it_looks_into_cells_headers_and_footers_and_says_where() -> None:
    bad = run("gras", form="<w:b/>")
    template = opened(
        table(row(cell(paragraph(bad))), widths=(1,)),
        last=properties(header="header1", footer="footer1"),
        parts={"header1": paragraph(bad, style="header"), "footer1": paragraph(bad, style="footer")},
    )
    assert of(template) == [
        ("CPOM314", "section 1, paragraphe 1 : « gras »"),
        ("CPOM314", "en-tête, section 1, paragraphe 1 : « gras »"),
        ("CPOM314", "pied de page, section 1, paragraphe 1 : « gras »"),
    ]


def it_accepts_fields_of_the_page_and_styles_of_words() -> None:
    assert of(opened(paragraph(run("page", "Fort"), Xml(PAGE), Xml(PAGES)))) == []


def it_tells_all_that_is_wrong_in_the_order_of_the_file() -> None:
    assert [place[:23] for _, place in of(opened("a  b", "ok", "{{ nom", "c 漢"))] == [
        "section 1, paragraphe 1",
        "section 1, paragraphe 3",
        "section 1, paragraphe 4",
    ]


def it_reports_the_names_that_the_schema_does_not_know_and_the_fields_that_are_not_printed() -> None:
    data = spoilt(
        ANCHOR, "{{ reference.numro }} {{ refrence.numero }} {{ reference.numero }}", "{{ exemple }}", "Exemple"
    )
    assert [
        (problem.code, problem.message, str(problem.mark).partition(" ")[0][:26]) for problem in reported(data)
    ] == [
        ("CPOM321", "le schéma ne connaît pas « numro » ici.", "templates/cpom_type/contra"),
        ("CPOM321", "le schéma ne connaît pas « refrence » ici.", "templates/cpom_type/contra"),
        (
            "CPOM320",
            "« Avertissement d'exemple » (exemple) est un champ imprimé, et le modèle ne l'imprime nulle part.",
            "schemas/cpom_type.yaml:" + str(line_of("  exemple:")),
        ),
    ]


def it_reports_a_loop_that_nothing_closes_where_it_is_opened() -> None:
    [problem] = reported(spoilt("{%p for a in parties.ars %}", "{%p if parties.ars %}"))
    assert (problem.code, problem.mark.place) == (
        "CPOM303",
        "section 1, paragraphe 1 : « {%p if parties.ars %} »",
    )


def it_reports_a_damaged_template() -> None:
    [problem] = reported(b"PK")
    assert (problem.code, problem.mark.file) == ("CPOM301", FILE)


def it_reads_a_style_that_opens_without_end() -> None:
    assert check_word(opened(paragraph("a")), "#let paragraphs = (\n" * 50_000)


def it_reports_the_styles_that_quoting_would_lack() -> None:
    lender = opened(paragraph("a", run("b", "Fort"), style="Détail"), styles=("Normal", "Corps", "Détail", "Autre"))
    template = opened("a", styles=("Normal", "Corps", "Réduit", "Terme réduit", "Citation"))
    found = check_lent(template, lender, STYLE.replace('"Citation titre"', '"Citation"').replace('"Réduit"', '"x"'))
    assert [(each.code, each.message.split(" »")[0].split("« ")[1]) for each in found] == [
        ("CPOM330", "Citation titre"),
        ("CPOM330", "Détail"),
        ("CPOM330", "Fort réduit"),
        ("CPOM319", "Citation titre"),
        ("CPOM319", "Réduit"),
    ]
    assert {str(problem.mark) for problem in found} == {"templates/essai/gabarit.docx"}
