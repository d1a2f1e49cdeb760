"""`cpomgen verify`, as an officer types it: what a file says of itself is not believed, what it is made of is found."""

from __future__ import annotations

import io
import json
import re
import zlib
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from essai import CONTRACT, gabarit, project
from history import record, tag
from memory import ROOT
from signed import INK, WIDGET, repainted, signed, updated
from specimens import compiled_once
from typed import Done, edit, typed

from cpomgen import amending, pipeline
from cpomgen.commands.acts import Acts
from cpomgen.commands.sources import CALLED
from cpomgen.edition import Edition
from cpomgen.gabarits import read_acte
from cpomgen.outcome import Options
from cpomgen.package import pack, unpack
from cpomgen.reading import Reading
from cpomgen.version import open_version

LONG = CONTRACT + "annexe: |\n  Premier alinéa.\n\n  Second alinéa.\n"
FINE, UNREAD, OTHER, EQUAL, ALTERED, NONE = 0, 1, 4, 5, 6, 7


@pytest.fixture(autouse=True)
def _compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile types of contract once."""
    monkeypatch.setattr(pipeline, "read_type", compiled_once)
    monkeypatch.setattr(amending, "read_type", compiled_once)
    monkeypatch.setattr(amending, "read_acte", partial(compiled_once, read=read_acte))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small project in git, in which one stands, with its documents built."""
    monkeypatch.chdir(project(tmp_path, {"essai": LONG}))
    record(tmp_path, message="essai: le contrat")
    assert typed("build", "essai", "--document", "annexe").return_value == 0
    return tmp_path


def answered(content: bytes, name: str = "recu.pdf") -> Done:
    """Return what is answered of a file of these bytes."""
    Path(name).write_bytes(content)
    return typed("verify", name)


PDF = Path("out/essai/annexe.pdf")
WORD = Path("out/essai/annexe.docx")


@pytest.mark.parametrize("path", [PDF, WORD], ids=["pdf", "docx"])
def it_traces_a_file_to_the_commit_of_its_contract(here: Path, path: Path) -> None:
    later = str(record(here))[:7]
    told = (
        f"recu{path.suffix} : identique\n"
        "    contrat essai, document « annexe », le projet tel qu’il est (projet)\n"
        "    contracts/essai.yaml, tel que l’a enregistré "
    )
    found = answered(path.read_bytes(), f"recu{path.suffix}")
    assert found.return_value == FINE
    assert found.output.startswith(told)
    assert found.output.endswith(", le 18 juin 2012 (« essai: le contrat »)\n")
    assert later not in found.output


def it_says_that_git_does_not_have_it_yet(here: Path) -> None:
    edit(here / "contracts/essai.yaml", "Second", "Autre")
    typed("build", "essai", "--document", "annexe")
    assert answered(PDF.read_bytes()).output.endswith(
        "contracts/essai.yaml, tel qu’il est ici : git ne l’a pas encore\n"
    )


def it_finds_the_version_that_was_signed(here: Path) -> None:
    tag(here, "cpom/essai/v0")
    typed("build", "essai", "--version", "0", "--document", "annexe")
    content = (here / "out/essai/v0/annexe.pdf").read_bytes()
    edit(here / "contracts/essai.yaml", "Second", "Nouveau")
    record(here)
    assert (
        "la version v0 (à signer)\n    étiquette git cpom/essai/v0, posée le 18 juin 2012\n" in answered(content).output
    )
    found = answered(signed(content))
    assert found.return_value == FINE
    assert found.output.startswith("recu.pdf : identique, puis signé\n")
    added = len(signed(content)) - len(content)
    assert f"les octets de cpomgen y sont tous, suivis de {added} octets\n" in found.output
    assert "1 signature électronique : " in found.output
    shown = signed(content, widget=WIDGET.replace(b"[0 0 0 0]", b"[9 9 99 99]"))
    assert "1 signature électronique, qui s’affiche page 1 : " in answered(shown).output


def it_does_not_call_signed_what_hides_its_text(here: Path) -> None:
    assert here
    content = PDF.read_bytes()
    for changed, told in (
        (signed(content, INK), "une annotation est posée sur la page 1"),
        (repainted(content), "une partie du document d’origine est remplacée"),
        (content + b"\n1 0 obj\n(", "ce qui suit sa fin ne se lit pas"),
        (updated(content, {9_999: b"(seul)"}), "aucune signature électronique n’est reconnue"),
    ):
        found = answered(changed)
        assert told in found.output
        assert found.return_value == (FINE if "aucune" in told else ALTERED)
        assert "les octets de cpomgen y sont tous" in found.output


def it_finds_another_revision_in_the_history_of_git(here: Path) -> None:
    pdf, word = PDF.read_bytes(), WORD.read_bytes()
    edit(here / "contracts/essai.yaml", "Second", "Nouveau")
    record(here, message="essai: autre texte")
    for content, name in ((pdf, "recu.pdf"), (word, "recu.docx"), (signed(pdf), "signe.pdf")):
        found = answered(content, name)
        assert found.return_value == OTHER
        assert found.output.startswith(f"{name} : fait d’une autre révision\n")
        assert "essai: le contrat" in found.output
        assert "essai: autre texte" not in found.output


def it_finds_another_revision_of_the_template(here: Path) -> None:
    pdf = PDF.read_bytes()
    edit(here / "templates/essai/style.typ", "//", "// autre\n//")
    record(here, message="essai: autre style")
    found = answered(pdf)
    assert found.return_value == OTHER
    assert "textes réunis dans git depuis" in found.output


def it_finds_a_file_that_carries_no_data(here: Path) -> None:
    typed("build", "essai", "--document", "annexe", "--sans-donnees", "--ecraser")
    pdf, word = PDF.read_bytes(), WORD.read_bytes()
    assert answered(pdf).return_value == FINE
    assert answered(word, "recu.docx").return_value == FINE
    edit(here / "contracts/essai.yaml", "Second", "Nouveau")
    assert answered(pdf).return_value == OTHER
    assert typed("verify", "--contrat", "contracts/essai.yaml", "recu.docx").return_value == OTHER
    assert typed("verify", "--contrat", "essay", "recu.docx").return_value == UNREAD


def it_tells_what_differs_in_a_word_file(here: Path) -> None:
    assert here
    parts = dict(unpack(WORD.read_bytes(), "x").parts)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Second", b"Dernier")
    found = answered(pack(parts), "recu.docx")
    assert found.return_value == ALTERED
    assert found.output.startswith("recu.docx : altéré, ou inconnu ici\n    contrat essai, document « annexe »")
    assert "[-Second-]{+Dernier+} alinéa." in found.output
    told = json.loads(typed("verify", "recu.docx", "--format", "json").output)[0]
    assert (told["reponse"], told["code"], told["origine"]["contrat"]) == ("altere", ALTERED, "essai")
    assert told["retouches"]["texte"]


def it_tells_a_text_that_another_program_saved_from_one_that_was_changed(here: Path) -> None:
    assert here
    parts = dict(unpack(WORD.read_bytes(), "x").parts)
    saved = pack(parts | {"docProps/app.xml": b"<Properties/>"})
    found = answered(saved, "recu.docx")
    assert found.return_value == EQUAL
    assert "un autre programme l’a enregistré" in found.output
    forged = {
        name: part.replace(b"Second", b"Dernier") if "customXml" in name else part for name, part in parts.items()
    }
    found = answered(pack(forged), "recu.docx")
    assert found.return_value == ALTERED
    assert "les données que le fichier porte ne sont pas celles de ce contrat" in found.output


def it_tells_a_text_made_by_other_programs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpomgen.engines.__version__", "9.9")
    with monkeypatch.context() as patched:
        patched.setattr("specimens._TYPES", {})
        typed("build", "essai", "--document", "annexe", "--ecraser")
    monkeypatch.undo()
    monkeypatch.chdir(here)
    found = answered(WORD.read_bytes(), "recu.docx")
    assert found.return_value == EQUAL
    assert "n’est celle d’aucun document fait de ces données" in found.output
    found = answered(PDF.read_bytes())
    assert found.return_value == ALTERED
    assert "le texte d’un PDF ne se prouve que par ses octets" in found.output


def it_compares_a_file_with_each_template_that_its_data_were_printed_with(here: Path) -> None:
    typed("build", "essai", "--document", "socle")
    word = (here / "out/essai/socle.docx").read_bytes()
    (here / "templates/essai/gabarit.docx").write_bytes(gabarit("{{ nom }}, autrement dit."))
    record(here, message="essai: autre modèle")
    parts = dict(unpack(word, "x").parts)
    stamp = re.compile(rb"\([0-9a-f]{8}\)")
    restamped = {name: stamp.sub(b"(00000000)", part) for name, part in parts.items() if "footer" in name}
    found = answered(pack(parts | restamped), "recu.docx")
    assert found.return_value == EQUAL, found.output
    assert "essai: le contrat" in found.output


def it_says_what_is_known_of_an_altered_pdf(here: Path) -> None:
    assert here
    with pikepdf.open(PDF) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"BT ET")
        kept = io.BytesIO()
        pdf.save(kept)
    found = answered(kept.getvalue())
    assert found.return_value == ALTERED
    assert "les données qu’il porte sont celles de ce contrat" in found.output


def it_never_believes_what_one_byte_changes(here: Path) -> None:
    assert here
    content = PDF.read_bytes()
    for at in range(40, len(content) - 60, len(content) // 5):
        assert answered(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]).return_value in (UNREAD, ALTERED)


def it_says_when_nothing_tells_where_a_file_comes_from(here: Path) -> None:
    assert here
    blank = io.BytesIO()
    pikepdf.new().save(blank)
    Path("vide.pdf").write_bytes(blank.getvalue())
    assert typed("verify", "vide.pdf").output == "vide.pdf : sans empreinte\n"
    Path("modele.docx").write_bytes((ROOT / "templates/cpom_type/note.docx").read_bytes())
    assert typed("verify", "modele.docx", str(PDF), "vide.pdf").return_value == NONE


def it_says_when_a_contract_is_not_here(here: Path) -> None:
    content = WORD.read_bytes()
    (here / "contracts/essai.yaml").rename(here / "contracts/autre.yaml")
    edit(here / "contracts/autre.yaml", "identifiant: essai", "identifiant: autre")
    assert answered(content, "recu.docx").return_value == OTHER  # git has it
    (here / ".git").rename(here / "git")
    found = answered(content, "recu.docx")
    assert found.return_value == ALTERED
    assert "il se dit du contrat « essai »" in found.output


def it_reads_no_hostile_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here
    content = PDF.read_bytes()
    locked = io.BytesIO()
    with pikepdf.open(PDF) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    bomb = zlib.compress(bytes(40 * 1024 * 1024))
    bomb = b"%%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\n%%%%EOF" % (len(bomb), bomb)
    loop = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\n"
    loop += b"endobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF"
    for at, hostile in enumerate(
        (locked.getvalue(), content[:300], bomb, b"%PDF-1.7", loop, b"PK\x03\x04", b"", b"\0" * 99)
    ):
        Path(f"{at}.pdf").write_bytes(hostile)
        assert typed("verify", f"{at}.pdf").return_value in (UNREAD, NONE), at
    assert typed("verify", "absent.pdf").return_value == UNREAD
    assert capsys.readouterr().out == ""


def it_believes_no_identifier(here: Path) -> None:
    assert here
    parts = dict(unpack(WORD.read_bytes(), "x").parts)
    item = parts["customXml/item1.xml"].replace(b'"identifiant":"essai"', b'"identifiant":"../../essai"')
    assert answered(pack(parts | {"customXml/item1.xml": item}), "recu.docx").return_value == ALTERED


def it_verifies_what_comes_with_an_avenant(history_repository: Path, tmp_path: Path) -> None:
    after, before = (open_version(history_repository, "arespa", name) for name in ("1", "0"))
    reading = Reading(after.tree)
    acts = Acts(amending.project(before, reading, "arespa", 1, after), before, reading, settled=True)
    paths = []
    for name, rank in zip(CALLED, (1, 0, 1, 0), strict=True):
        path, content = list(acts.files(history_repository, Options(Edition.A_SIGNER, names=(name,))))[rank]
        paths.append(tmp_path / Path(path).name)
        paths[-1].write_bytes(content)
    found = typed("verify", *map(str, paths), "-C", str(history_repository))
    assert found.return_value == FINE, found.output
    assert all(f"{told} n° 1, la version v1" in found.output for told in CALLED.values())
    assert found.output.count("(à signer)") == found.output.count("(texte consolidé)") == 2
