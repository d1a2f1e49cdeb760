"""The PDF says the document, all of it and nothing else, to the eye and to a screen reader."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pdfplumber
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_text import as_read, read_paragraphs, tags
from picture import CM, jpeg, png
from sample import LANDSCAPE, LOREM, PORTRAIT, amounts, cell, contract, group, head, objectives, paragraph, signatures

from cpomgen.compose import Attachment
from cpomgen.glyphs import unprintable
from cpomgen.imprime import Block, Cell, Image, Imprime, Paragraph, Row, Section, Span, Table
from cpomgen.problem import Mark, ProblemError
from cpomgen.typeset import MAX_STYLE, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
STYLE = (ROOT / "templates/cpom_type/style.typ").read_bytes()
WHEN = datetime(2012, 6, 1, tzinfo=UTC)
DATA = Attachment("contrat.json", '{"type": "cpom_type"}', "application/json", "Données du contrat")
HOSTILE = (
    '#"\\$*_<>@//',
    '#import "@preview/x:1.0.0"',
    "`a` [b] {c} $x$ = t",
    "\\u{41} \\",
    "a\u200bb\u2060c  d ",
    "-- ... 'x' \"y\"",
)
STYLES = ("heading 1", "Corps", "Corps puce", "Cellule", "Visa", "Signature", "Avertissement", "Détail puce")


def document(*blocks: Block, title: str = "Essai") -> Imprime:
    return Imprime(title, (Section("annexe", LANDSCAPE, (paragraph("heading 1", "Annexe"), *blocks)),))


def printed(imprime: Imprime, style: bytes = STYLE) -> bytes:
    return typeset(imprime, style, timestamp=WHEN)


def codes(imprime: Imprime, style: bytes = STYLE) -> list[str]:
    with pytest.raises(ProblemError) as refused:
        typeset(imprime, style, timestamp=WHEN, mark=Mark("templates/x/style.typ"))
    return [problem.code for problem in refused.value.problems]


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page as the eye reads it, headers and repeated labels included."""
    opened = pypdfium2.PdfDocument(pdf)
    texts = [str(page.get_textpage().get_text_bounded()) for page in opened]
    opened.close()
    return texts


def lines(pdf: bytes) -> list[str]:
    """Return the lines of all pages, across columns."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [line for page in opened.pages for line in page.extract_text().splitlines()]


def overprinted(pdf: bytes) -> list[str]:
    """Return the characters that stand on another one, or outside the page."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [sign for page in opened.pages for sign in _overprinted(page.chars, page.width, page.height)]


def _overprinted(signs: list[dict[str, Any]], width: float, height: float) -> Iterator[str]:
    drawn = [sign for sign in signs if sign["text"].strip("\u00ad\u200b \u00a0")]
    near: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for sign in drawn:
        near.setdefault((int(sign["x0"] // 10), int(sign["top"] // 10)), []).append(sign)
    for sign in drawn:
        x, y = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
        cells = ((int(x // 10) - dx, int(y // 10) - dy) for dx in range(3) for dy in range(3))
        under = (each for cell in cells for each in near.get(cell, ()) if each is not sign)
        hidden = any(each["x0"] < x < each["x1"] and each["top"] < y < each["bottom"] for each in under)
        if hidden or sign["x1"] > width or sign["bottom"] > height:
            yield sign["text"]


def it_says_the_document_paragraph_by_paragraph() -> None:
    assert read_paragraphs(printed(contract())) == as_read(contract())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("style", ["", "Fort"])
def it_evaluates_nothing_of_a_text(text: str, style: str) -> None:
    imprime = document(Paragraph("Corps", (Span(text, style),)), title=text)
    pdf = printed(imprime)
    assert read_paragraphs(pdf) == as_read(imprime)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STYLES),
            st.text(
                st.characters(codec="utf-8").filter(lambda sign: not unprintable(sign)) | st.sampled_from('#"\\\n '),
                min_size=1,
            ),
        ),
        max_size=8,
    )
)
def it_says_any_printable_text(texts: list[tuple[str, str]]) -> None:
    imprime = document(*(paragraph(style, text) for style, text in texts))
    assert read_paragraphs(printed(imprime)) == as_read(imprime)


LONG_TABLES = {
    "one row": (group("Objectif", (LOREM,)),),
    "thirty rows": (
        group("Objectif", tuple(f"{LOREM * (each % 3)} {each}." for each in range(30))),
        group("Autre", ("a", "b")),
    ),
    "a row taller than a page": (group("Objectif", ("court", LOREM * 14, "court")), group("Autre", ("a",))),
    "one row taller than a page": (group("Objectif", (LOREM * 20,)), group("Autre", ("a", "b"))),
    "a label taller than its rows": (group(LOREM, ("court",) * 2), group("Autre", ("a", "b"))),
    "a label taller than a page": (group(LOREM * 8, ("court",) * 2), group("Autre", ("a", "b"))),
    "groups over pages": tuple(group(f"Objectif {each}. {LOREM}", ("court", LOREM, "a")) for each in range(9)),
}


@pytest.mark.parametrize("name", LONG_TABLES)
def it_loses_nothing_of_a_long_table_and_prints_nothing_over_it(name: str) -> None:
    imprime = document(objectives(*LONG_TABLES[name]))
    pdf = printed(imprime)
    assert read_paragraphs(pdf) == as_read(imprime)
    assert overprinted(pdf) == []


@pytest.mark.parametrize("count", range(14, 21))
def it_keeps_room_for_a_label_repeated_beside_a_short_last_row(count: int) -> None:
    table = objectives(group(f"Objectif {LOREM}", (LOREM, "court")), group(f"Autre {LOREM}", ("a", "b")))
    assert overprinted(printed(document(*[paragraph("Corps", "ligne")] * count, table))) == []


@pytest.mark.parametrize("name", ["thirty rows", "a row taller than a page", "one row taller than a page"])
def it_repeats_the_label_of_a_merged_cell_and_the_header_on_each_page(name: str) -> None:
    read = pages(printed(document(objectives(*LONG_TABLES[name]))))
    assert len(read) > 2
    assert all("Objectifs stratégiques" in page for page in read)
    assert all("Objectif (suite)" in page for page in read[1:])
    assert "(suite)" not in read[0]


def it_keeps_a_row_on_one_page_when_it_fits() -> None:
    rows = tuple(f"DEBUT{each} {LOREM * 4} FIN{each}" for each in range(6))
    read = pages(printed(document(objectives(group("Objectif", rows)))))
    assert all(any(f"DEBUT{each}" in page and f"FIN{each}" in page for page in read) for each in range(6))


def it_repeats_the_first_words_of_a_label_above_the_rest_of_it() -> None:
    label = f"Objectif 1\n{LOREM * 4}"
    imprime = document(
        *[paragraph("Corps", "ligne")] * 12, objectives(group(label, ("DEBUT0 " + LOREM, "DEBUT1 " + LOREM * 2)))
    )
    pdf = printed(imprime)
    assert read_paragraphs(pdf) == as_read(imprime)
    assert overprinted(pdf) == []
    assert "Objectif 1 (suite)" in pages(pdf)[1]


def it_keeps_rows_whole_beside_a_label_longer_than_they_are() -> None:
    rows = tuple(f"DEBUT{each} {LOREM * 2} FIN{each}" for each in range(3))
    for count in range(0, 16, 3):
        imprime = document(*[paragraph("Corps", "ligne")] * count, objectives(group(f"Objectif\n{LOREM * 12}", rows)))
        pdf = printed(imprime)
        assert all(any(f"DEBUT{each}" in page and f"FIN{each}" in page for page in pages(pdf)) for each in range(3))
        assert read_paragraphs(pdf) == as_read(imprime)
        assert overprinted(pdf) == []


def it_merges_cells_in_any_column() -> None:
    rows = (
        head("a", "b", "c"),
        Row((cell("A", rowspan=4), cell("B1", rowspan=2), cell(LOREM * 9))),
        Row((cell(LOREM * 9),)),
        Row((cell("B2", colspan=2),)),
        Row((cell("B3"), cell("C3"))),
    )
    imprime = document(Table("Tableau objectifs", (1, 1, 2), rows))
    pdf = printed(imprime)
    assert read_paragraphs(pdf) == as_read(imprime)
    assert all(label in pages(pdf)[1] for label in ("A (suite)", "B1 (suite)"))


@pytest.mark.parametrize("style", ["Tableau", "Tableau montants"])
@pytest.mark.parametrize("count", range(16, 28))
def it_keeps_the_note_under_a_table_with_its_last_row(style: str, count: int) -> None:
    rows = [Row((cell(f"Ligne {n}."), cell("1,00\u00a0€", "Cellule montant"))) for n in range(count)]
    table = Table(style, (3000, 1350), (head("Source", "Montant"), *rows))
    imprime = document(table, paragraph("Légende", "Montants en euros."))
    pdf = printed(imprime)
    assert [f"Ligne {count - 1}." in page for page in pages(pdf) if "en euros" in page][-1]
    assert read_paragraphs(pdf) == as_read(imprime)


def it_keeps_amounts_on_one_line() -> None:
    total = next(line for line in lines(printed(document(amounts()))) if line.startswith("Total"))
    assert total.count("€") == 5


def it_says_which_cells_are_headers() -> None:
    said = tags(printed(document(amounts())))
    assert said.count("TH") == 6
    assert said.count("TD") == 24


def it_says_lists_and_headings_and_a_layout_as_plain_paragraphs() -> None:
    said = tags(printed(document(paragraph("Corps puce", "a"), paragraph("Corps puce", "b"), signatures())))
    assert said.count("L") == 1
    assert said.count("LI") == 2
    assert said.count("H1") == 1
    assert "Table" not in said


@pytest.mark.parametrize("count", range(20, 34))
def it_keeps_the_signatures_whole_with_the_place_and_date(count: int) -> None:
    before = [paragraph("Corps", "ligne")] * count
    blocks: tuple[Block, ...] = (*before, paragraph("Signature", "Fait à Besançon, le"), signatures())
    read = pages(printed(Imprime("Essai", (Section("socle", PORTRAIT, (paragraph("heading 1", "Titre"), *blocks)),))))
    signed = [page for page in read if "Fait à" in page or "Date et signature" in page or "Pour l’agence" in page]
    assert len(signed) == 1


@pytest.mark.parametrize(
    "last", [[paragraph("Corps", "Fin.")], [paragraph("Corps puce", f"Fin {n}.") for n in range(3)]]
)
@pytest.mark.parametrize("count", range(10, 26, 3))
def it_keeps_the_end_of_the_last_article_with_the_signatures(count: int, last: list[Paragraph]) -> None:
    before = [paragraph("Corps", "ligne")] * count
    blocks: tuple[Block, ...] = (*before, *last, paragraph("Lieu et date", "Fait à …, le …"), signatures())
    read = pages(printed(Imprime("Essai", (Section("socle", PORTRAIT, (paragraph("heading 1", "Titre"), *blocks)),))))
    assert [("Fin" in page, "Fait à" in page) for page in read if "Pour l’agence" in page] == [(True, True)]


def it_keeps_long_words_in_the_columns_of_seven_signatories() -> None:
    words = (paragraph("Signature", "Pour l’intercommunalité,"), paragraph("Signature qualité", "L’administratrice"))
    table = Table("Tableau signatures", (1286,) * 7, (Row((Cell(words),) * 7),))
    narrow = Section("socle", PORTRAIT, (paragraph("heading 1", "Titre"), table))
    assert overprinted(printed(Imprime("Essai", (narrow,)))) == []


@pytest.mark.parametrize("count", range(14, 26))
def it_keeps_a_heading_with_what_follows(count: int) -> None:
    before = [paragraph("Corps", "ligne")] * count
    blocks: tuple[Block, ...] = (*before, paragraph("heading 2", "Article 2"), objectives(group("Objectif", ("a",))))
    read = pages(printed(document(*blocks)))
    assert any("Article 2" in page and "Objectif opérationnel 1" in page for page in read)


@pytest.mark.parametrize("count", range(24, 40, 2))
def it_keeps_a_heading_with_a_table_that_nearly_fills_a_page(count: int) -> None:
    rows = [Row((cell(f"Source {n}"), cell("1,00\u00a0€", "Cellule montant"))) for n in range(count)]
    table = Table("Tableau montants", (3000, 1350), (head("Source", "Montant"), *rows))
    before = [paragraph("Corps", LOREM) for _ in range(12)]
    found = pages(
        printed(document(paragraph("heading 1", "Annexe"), *before, paragraph("heading 2", "Montants"), table))
    )
    assert [page for page in found if "Montants" in page and "Source 0" not in page] == []


def it_turns_the_page_between_sections_and_leaves_none_blank() -> None:
    with pikepdf.open(BytesIO(printed(contract()))) as opened:
        boxes = [(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in opened.pages]
    assert boxes == sorted(boxes)
    assert set(boxes) == {(595, 842), (842, 595)}
    assert all(page.count("\n") > 3 for page in pages(printed(contract().slice("Annexe 1", ("annexe-1",)))))


def it_numbers_the_pages_of_the_document_at_hand() -> None:
    read = pages(printed(contract().slice("Annexe 1", ("annexe-1",))))
    assert [f"page {number}/{len(read)}" in page for number, page in enumerate(read, 1)] == [True] * len(read)
    assert all("PROJET" in page for page in read)


def it_is_in_french_with_a_title_bookmarks_and_the_data_attached() -> None:
    with pikepdf.open(BytesIO(typeset(contract(), STYLE, timestamp=WHEN, attachment=DATA))) as opened:
        assert str(opened.Root.Lang) == "fr-FR"
        assert str(opened.docinfo["/Title"]) == contract().title
        assert opened.attachments["contrat.json"].get_file().read_bytes() == DATA.text.encode()
        with opened.open_outline() as outline:
            assert "Annexe 1 – Orientations" in [item.title for item in outline.root]


def it_gives_the_same_bytes_in_another_folder_and_time_zone(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
        "from test_typeset import *\n"
        "sys.stdout.buffer.write(typeset(contract(), STYLE, timestamp=WHEN, attachment=DATA))"
    )
    environment = {
        **os.environ,
        "TZ": "Pacific/Noumea",
        "LC_ALL": "",
        "LANG": "C",
        "PYTHONHASHSEED": "7",
        "RAYON_NUM_THREADS": "1",
    }
    ran = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert ran.stdout == typeset(contract(), STYLE, timestamp=WHEN, attachment=DATA)
    assert not list(tmp_path.iterdir())


def it_names_a_style_that_the_page_does_not_know() -> None:
    with pytest.raises(ProblemError, match="« Inconnu »"):
        printed(document(paragraph("Inconnu", "a")))
    assert codes(document(paragraph("Inconnu", "a"))) == ["CPOM503"]
    assert codes(document(Table("Corps", (1,), (Row((cell("a"),)),)))) == ["CPOM503"]


@pytest.mark.parametrize(
    "line", ['#import "@preview/cetz:0.3.0"', '#include "x.typ"', '#read("/etc/passwd")', '#eval("1")']
)
def it_refuses_a_style_that_looks_outside(line: str) -> None:
    assert codes(document(), STYLE + f"\n{line}\n".encode()) == ["CPOM502"]


def it_refuses_a_style_that_typst_does_not_understand_or_warns_about() -> None:
    assert codes(document(), STYLE + b"\n#let x = (\n") == ["CPOM504"]
    assert codes(document(paragraph("Corps", "a")), STYLE.replace(b"Source Sans Pro", b"Arial")) == ["CPOM505"]


def it_refuses_a_skipped_level_of_heading() -> None:
    assert codes(document(paragraph("heading 3", "a"))) == ["CPOM501"]
    assert codes(Imprime("Essai", (Section("a", PORTRAIT, (paragraph("heading 2", "a"),)),))) == ["CPOM501"]


def it_refuses_a_sign_that_no_font_has() -> None:
    assert codes(document(paragraph("Corps", "中"))) == ["CPOM504"]


@pytest.mark.parametrize(
    "line",
    [
        '#let a = "//"; #import "@preview/x:0.1.0"',
        '#[ " ] #import "@preview/x:0.1.0"',
        '/*\n// */ #import "@preview/x:0.1.0"',
        '#let e = dictionary(std).at("ev" + "al")',
        "#let e = sys.inputs",
    ],
)
def it_refuses_a_style_that_hides_that_it_looks_outside(line: str) -> None:
    assert codes(document(), STYLE + f"\n{line}\n".encode()) == ["CPOM502"]


def it_lets_a_comment_say_any_word() -> None:
    assert printed(document(), STYLE + b"\n  // import, read, include\n")


@pytest.mark.parametrize("style", [b"\xff", STYLE + b"\n\xe9", b"\xff\xfe#\x00", b"//" + b"a" * MAX_STYLE])
def it_refuses_a_style_that_cannot_be_read(style: bytes) -> None:
    assert codes(document(), style) == ["CPOM506"]


@pytest.mark.parametrize("line", [b"#while true {}", b"#panic()", b"#let f(x) = f(x)\n#f(1)", b"#(", b"#let look = 1"])
def it_refuses_a_style_that_breaks(line: bytes) -> None:
    assert codes(document(), STYLE + b"\n" + line) == ["CPOM504"]
    assert codes(document(), b"") == ["CPOM504"]


def it_stops_waiting_for_a_style_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpomgen.typeset.PATIENCE", 0.001)
    slow = b"\n#let n = 0\n#for i in range(500) { for j in range(1000) { n += 1 } }\n"
    assert codes(document(), STYLE + slow) == ["CPOM507"]
    monkeypatch.undo()
    printed(document())  # by another compiler than that which is at it still


def it_sets_a_document_the_same_whatever_it_has_set_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before, now = (document(*(paragraph("Corps", each) for each in words)) for words in ("abc", "aëëc"))
    printed(before)
    after = printed(now)
    monkeypatch.setattr("cpomgen.typeset.IDLE", deque())
    assert printed(now) == after


def it_tells_that_typst_has_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    class Compiler:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def compile_with_warnings(self, **_: object) -> None:
            raise PanicException

    printed(document())
    monkeypatch.setattr("cpomgen.typeset.IDLE", deque())
    monkeypatch.setattr("cpomgen.typeset.typst.Compiler", Compiler)
    assert codes(document()) == ["CPOM504"]


# Pictures


LOGO = Image("0f.png", 2 * CM, CM, "Logo de l’agence « x »", png(40, 20, colour=(200, 0, 0, 128)))
PHOTO = Image("1e.jpg", 3 * CM, CM, "Photo", jpeg(size=(30, 10)))


def pictures(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of each picture on the pages, in EMU, to a thousandth of a millimetre."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        found = [each for page in opened.pages for each in page.images]
    return [(round(each["width"] * 12_700 / 36) * 36, round(each["height"] * 12_700 / 36) * 36) for each in found]


def figures(pdf: bytes) -> list[str]:
    """Return what stands for each figure of the structure tree."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        found = [
            each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        return sorted(str(each.Alt) for each in found)


def it_sets_a_picture_in_its_line_with_its_words_at_its_size() -> None:
    line = Paragraph("Corps", (Span("avant "), Span("", image=LOGO), Span(" après")))
    whole = document(line, Paragraph("Corps", (Span("", image=PHOTO),)))
    pdf = printed(whole)
    assert pictures(pdf) == [(2 * CM, CM), (3 * CM, CM)]
    assert figures(pdf) == sorted([LOGO.words, PHOTO.words])
    assert read_paragraphs(pdf) == as_read(whole)
    assert "avant [image : Logo de l’agence « x »] après" in read_paragraphs(pdf)
    assert printed(whole) == pdf


def it_sets_a_picture_in_a_cell_an_item_and_a_title() -> None:
    held = Cell((Paragraph("Cellule", (Span("", image=LOGO),)),))
    whole = document(
        Paragraph("heading 2", (Span("Titre "), Span("", image=LOGO))),
        Paragraph("Corps puce", (Span("", image=LOGO), Span(" un"))),
        Table("Tableau", (100, 100), (head("a", "b"), Row((held, cell("c"))))),
    )
    pdf = printed(whole)
    assert pictures(pdf) == [(2 * CM, CM)] * 3
    assert read_paragraphs(pdf) == as_read(whole)


def it_tells_of_a_picture_that_typst_cannot_read() -> None:
    odd = png(lead=b"\x09")
    with pytest.raises(ProblemError) as refused:
        printed(document(Paragraph("Corps", (Span("", image=replace(LOGO, content=odd)),))))
    assert [(each.code, each.message) for each in refused.value.problems] == [
        ("CPOM504", "Typst ne sait pas lire une image du modèle.")
    ]


def it_says_nothing_of_a_picture_in_header_or_footer() -> None:
    header = (Paragraph("header", (Span("", image=LOGO), Span(" PROJET"))),)
    footer = (Paragraph("footer", (Span("", image=PHOTO),)),)
    layout = replace(PORTRAIT, header=header, footer=footer)
    pdf = printed(Imprime("Essai", (Section("a", layout, (paragraph("heading 1", "Titre"),)),)))
    assert pictures(pdf) == [(2 * CM, CM), (3 * CM, CM)]
    assert figures(pdf) == []


def it_repeats_a_picture_at_the_head_of_each_page_of_a_merged_cell() -> None:
    first = Cell((Paragraph("Cellule titre", (Span("", image=LOGO), Span(" Objectif"))),), rowspan=20)
    rows = (Row((first, cell(LOREM))), *(Row((cell(LOREM * 2),)) for _ in range(19)))
    whole = document(Table("Tableau", (300, 300), (head("a", "b"), *rows)))
    pdf = printed(whole)
    assert len(pictures(pdf)) == len(pages(pdf)) > 1
    assert figures(pdf) == [LOGO.words]
    assert read_paragraphs(pdf) == as_read(whole)
