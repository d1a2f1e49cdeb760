"""Two Word files laid over each other, whatever they are of: by their words alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from judged import Way, lines, marks
from sample import paragraph
from test_redline import PAGE, document, drafted, row, table
from worded import as_bytes, worded

from cpomgen.cli import cli
from cpomgen.imprime import Imprime, Section
from cpomgen.overlay import dated, overlay
from cpomgen.package import Package, unpack
from cpomgen.problem import ProblemError
from cpomgen.revision import Reviser

WHEN = datetime(2012, 12, 12, tzinfo=UTC)


def laid(old: Package, new: Package) -> bytes:
    """Return the redline of two files, once sure that it says the truth."""
    found = overlay(old, new, Reviser("ARS", WHEN))
    assert lines(found, Way.ACCEPTED) == lines(as_bytes(new))
    assert lines(found, Way.REJECTED) == lines(as_bytes(old), Way.REJECTED)
    return found


@pytest.mark.parametrize("seed", range(0, 60, 3))
def it_tells_the_truth_of_files_that_it_knows_nothing_of(seed: int) -> None:
    old, new = drafted(seed)
    laid(worded(old), worded(new))


def it_finds_rows_by_their_words() -> None:
    old = document(paragraph("Corps", "Titre"), table(row("a", "10 €"), row("b", "5 €")))
    new = document(paragraph("Corps", "Titre"), table(row("a", "10 €"), row("neuf", "7 €"), row("b", "6 €")))
    assert dict(marks(laid(worded(old), worded(new)))) == {"ins": 1 + 2 + 1, "del": 1}


def it_finds_a_section_whose_title_changes() -> None:
    def parts(*titles: str) -> Imprime:
        blocks = ((paragraph("heading 1", title), paragraph("Corps", f"Texte {n}")) for n, title in enumerate(titles))
        return Imprime("", tuple(Section(f"s{n}", PAGE, each) for n, each in enumerate(blocks)))

    found = laid(worded(parts("Socle", "Annexe 1 – Ceci")), worded(parts("Socle", "Annexe 1 – Tout autre chose ici")))
    assert "Texte 1" in "".join(lines(found, Way.REJECTED))
    assert sum(marks(found).values()) == 2


def it_says_which_file_a_hand_has_changed() -> None:
    old = worded(document(paragraph("Corps", "un")))
    text = old.parts["word/document.xml"].replace(b"<w:r>", b'<w:ins w:id="1" w:author="x"><w:r>', 1)
    text = text.replace(b"</w:r>", b"</w:r></w:ins>", 1)
    touched = replace(old, file="recu.docx", parts={**old.parts, "word/document.xml": text})
    with pytest.raises(ProblemError) as caught:
        overlay(old, touched, Reviser("ARS", WHEN))
    assert [(each.code, each.mark.file) for each in caught.value.problems] == [("CPOM680", "recu.docx")]


def it_bears_the_day_of_the_file_when_none_is_given() -> None:
    package = worded(document(paragraph("Corps", "un")))
    assert dated(package) == datetime(2012, 1, 1, tzinfo=UTC)
    assert dated(replace(package, parts={})).year == 1980


def it_writes_beside_the_new_file_and_over_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "à signer"
    folder.mkdir()
    for name, text in (("avant.docx", "un mot"), ("après.docx", "un autre mot")):
        (folder / name).write_bytes(as_bytes(worded(document(paragraph("Corps", text)))))
    files = ["redline", "avant.docx", "après.docx", "-C", str(folder)]
    first = CliRunner().invoke(cli, [*files, "--auteur", "Avenant n° 1", "--le", "2012-12-12"])
    assert (first.exit_code, "1 marque" in first.output) == (0, True)
    written = (folder / "après-suivi.docx").read_bytes()
    assert b"2012-12-12T00:00:00Z" in package_text(written)
    assert CliRunner().invoke(cli, files).exit_code == 1
    assert CliRunner().invoke(cli, [*files, "--ecraser"]).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["après-suivi.docx", "après.docx", "avant.docx"]


def it_refuses_a_file_that_another_program_saved() -> None:
    old = worded(document(paragraph("Corps", "un")))
    saved = replace(old, file="writer.docx", parts={**old.parts, "docProps/app.xml": b"<Properties/>"})
    with pytest.raises(ProblemError) as caught:
        overlay(old, saved, Reviser("ARS", WHEN))
    assert [(each.code, each.mark.file) for each in caught.value.problems] == [("CPOM680", "writer.docx")]


def it_names_what_it_writes_as_word_can_open_it(tmp_path: Path) -> None:
    for name, text in (("avant.docx", "un mot"), ("APRÈS.DOCX", "un autre mot")):
        (tmp_path / name).write_bytes(as_bytes(worded(document(paragraph("Corps", text)))))
    (tmp_path / "envoi").mkdir()
    files = ["redline", "avant.docx", "APRÈS.DOCX", "-C", str(tmp_path)]
    for asked, name in (([], "APRÈS-suivi.docx"), (["-o", "envoi"], "envoi/APRÈS-suivi.docx")):
        assert CliRunner().invoke(cli, [*files, *asked]).exit_code == 0
        assert (tmp_path / name).exists()
    onto = CliRunner().invoke(cli, [*files, "-o", "avant.docx", "--ecraser"])
    assert isinstance(onto.exception, ProblemError)
    for asked, told in (
        (["-o", "suivi"], "un nom qui finit par .docx"),
        (["--auteur", "\x01"], "sans signe invisible"),
        (["--auteur", " "], "écrivez un nom"),
    ):
        found = CliRunner().invoke(cli, [*files, *asked])
        assert (found.exit_code, told in found.output) == (2, True)
    assert len(list(tmp_path.iterdir())) == 4


def it_writes_nothing_when_nothing_changes(tmp_path: Path) -> None:
    content = as_bytes(worded(document(paragraph("Corps", "un mot"))))
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).write_bytes(content)
    found = CliRunner().invoke(cli, ["redline", "a.docx", "b.docx", "-C", str(tmp_path)])
    assert (found.exit_code, "rien n’a changé" in found.output) == (0, True)
    assert len(list(tmp_path.iterdir())) == 2


def package_text(content: bytes) -> bytes:
    return unpack(content, "x.docx").parts["word/document.xml"]


def it_refuses_what_word_can_hold_and_we_never_write() -> None:
    package = worded(document(paragraph("Corps", "un"), table(row("a", "10 €"))))
    text = package.parts["word/document.xml"]
    last = text.rindex(b"<w:sectPr>")
    without_end = text[:last] + text[text.index(b"</w:body>", last) :]
    held = text.replace(b"<w:tr>", b"<w:sdt><w:sdtContent><w:tr>", 1).replace(
        b"</w:tr>", b"</w:tr></w:sdtContent></w:sdt>", 1
    )
    for odd in (without_end, held):
        other = replace(package, parts={**package.parts, "word/document.xml": odd.replace(b">10", b">12", 1)})
        with pytest.raises(ProblemError, match="CPOM680"):
            overlay(package, other, Reviser("ARS", WHEN))
