"""Fiches méthodologiques: which ones a manifest has, which ones a build writes; they are no part of the contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from expliquee import FICHES, MODELE_FICHES, fiche, files, written
from history import record
from memory import ROOT, Files, built, problems_of, source, told
from specimens import compiled_once
from test_laws import as_word
from test_laws import read_word as as_read
from test_laws import said as said_by
from typologique import contract
from wordfile import read_word, word

from cpomgen.edition import Edition
from cpomgen.gabarits import check_template, read_methode, read_once
from cpomgen.instruct import instruct
from cpomgen.kept import Kept
from cpomgen.modele import read_modele
from cpomgen.outcome import Options
from cpomgen.pipeline import print_all
from cpomgen.press import press_methode
from cpomgen.reading import Reading
from cpomgen.tree import WorkTree

FILE = "templates/essai/modele.yaml"
NAMES = ["contrat", "socle", "fiche-annexe"]
KEPT = Kept()
Run = Callable[..., tuple[object, str, str]]


def names(options: Options, sorte: str = "libre") -> list[str]:
    """Return the Word files that are made of a contract of a typology, by name."""
    found = built(Files(files(sorte=sorte)), "essai", options, KEPT)
    return [Path(path).stem for path in found if path.endswith(".docx")]


def it_comes_after_the_documents_of_a_project() -> None:
    assert names(Options()) == NAMES
    assert names(Options(names=("fiche-annexe",))) == ["fiche-annexe"]
    assert names(Options(names=("fiche-annexe", "socle"))) == ["socle", "fiche-annexe"]


def it_comes_with_no_piece_that_the_typology_excludes() -> None:
    assert names(Options(), "plusieurs") == ["contrat", "socle"]


@pytest.mark.parametrize("options", [Options(Edition.A_SIGNER), Options(below="v0"), Options(Edition.CONSOLIDE)])
def it_comes_with_no_version(options: Options) -> None:
    assert names(options) == ["contrat", "socle"]


def it_says_the_same_in_word_and_pdf_and_nothing_of_a_project() -> None:
    found = built(Files(files()), "essai", Options(names=("fiche-annexe",)), KEPT)
    lines = [line for line in read_word(found["essai/fiche-annexe.docx"]) if isinstance(line, str)]
    assert lines[:4] == [
        "heading1: Annexe", "Corps: Ce que l’on fait.", "Corps: L.\u00a01 CSP", "Corps: libre : si applicable",
    ]  # fmt: skip
    assert "Corps: Objectifs | – | Un par ligne. | – | – | 2" in lines
    assert found["essai/fiche-annexe.pdf"].startswith(b"%PDF")
    assert b"contrat.json" not in found["essai/fiche-annexe.pdf"]
    assert found == built(Files(files()), "essai", Options(names=("fiche-annexe",)), KEPT)


def it_asks_of_the_template_all_that_the_schema_tells() -> None:
    assert check_template(Files(files()), "essai") == ()
    found = check_template(Files(files(template=word("{{ nom }}"))), "essai")
    assert {(each.code, each.mark.file) for each in found} == {("CPOM320", "templates/essai/fiche.docx")}
    assert "fiche.titre" in found[0].message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    annexe: annexe", "    anexe: annexe", "ce manifeste n'a pas de document « anexe »."),
        ("    annexe: annexe", "    annexe:", "il manque « annexe »."),
        ("  pieces:\n    annexe: annexe\n", "", "il manque les « pieces » que les fiches expliquent."),
        ("  pieces:\n    annexe: annexe\n", "  pieces: annexe\n", "une rubrique (nom: valeur) est attendue ici."),
        ("  gabarit: fiche.docx\n", "", "il manque « gabarit »."),
        ("  pieces:", "  piece:", "le manifeste ne connaît pas « piece » ici."),
        ("{nom: socle, titre", "{nom: fiche-annexe, titre", "« fiche-annexe » est déjà le nom d'un document."),
    ],
)
def it_says_what_is_wrong_in_a_manifest(old: str, new: str, message: str) -> None:
    assert old in MODELE_FICHES
    head, _, tail = MODELE_FICHES.partition("fiches:\n")
    text = MODELE_FICHES.replace(old, new) if "socle" in old else f"{head}fiches:\n{tail.replace(old, new)}"
    (found,) = problems_of(read_modele, source(text, FILE))
    assert told(found)[1:3] == ("CPOM305", message)


@pytest.mark.parametrize("path", ["annexes", "nom", "annexe.texte"])
def it_explains_rubriques_of_the_schema(path: str) -> None:
    text = MODELE_FICHES.replace(FICHES, FICHES.replace("annexe: annexe", f"annexe: {path}"))
    (found,) = problems_of(read_methode, Files(files(text)), "essai")
    assert (found.code, found.message) == (
        "CPOM305", f"« {path} » n'est pas une rubrique du schéma : il n'y a rien à expliquer."
    )  # fmt: skip


def it_is_known_by_name_with_the_documents() -> None:
    (found,) = problems_of(read_modele(source(MODELE_FICHES, FILE)).chosen, ("fiche-anexe",))
    assert (found.code, found.remedy) == ("CPOM009", "vouliez-vous écrire « fiche-annexe » ?")


def it_is_built_again_when_its_template_changes_and_goes_with_its_piece(tmp_path: Path, run: Run) -> None:
    root, out = written(tmp_path), tmp_path / "out/essai"
    assert run(root, "build", "--all")[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert "1 inchangé" in run(root, "build", "--all")[1]
    (root / "templates/essai/fiche.docx").write_bytes(fiche("Une ligne de plus."))
    assert "template" in run(root, "build", "--all", "--explain")[1]
    after = {path.name: path.read_bytes() for path in out.iterdir()}
    assert {name for name, content in after.items() if content != before[name]} == {
        "fiche-annexe.docx", "fiche-annexe.pdf",
    }  # fmt: skip
    (root / "contracts/essai.yaml").write_text(contract("plusieurs", ""), encoding="utf-8")
    run(root, "build", "--all", "--prune")
    assert {path.stem for path in out.iterdir()} == {"contrat", "socle"}


def it_is_not_in_a_version_asked_by_name(tmp_path: Path, run: Run) -> None:
    root = written(tmp_path)
    record(root)
    status, _, told = run(root, "build", "essai", "--version", "HEAD", "--document", "fiche-annexe")
    assert (status, "CPOM009" in told, "jamais une version" in told) == (1, True, True)
    assert run(root, "build", "essai", "--version", "HEAD")[0] == 0
    assert {path.stem for path in root.glob("out/essai/*/*")} == {"contrat", "socle"}


@pytest.mark.parametrize(
    ("identifiant", "pieces"),
    [("ch-bourg-specimen", "12345"), ("clinique-exemple-les-bains", "12345"), ("imagerie-calque", "125")],
)
def it_explains_the_annexes_of_the_examples_that_their_typology_does_not_exclude(identifiant: str, pieces: str) -> None:
    reading = Reading(WorkTree(ROOT), KEPT)
    contrat, schema = reading.resolved(identifiant)
    modele = read_once(reading.tree, f"templates/{contrat.type}/modele.yaml", read_modele, KEPT)
    explained = modele.explained((), contrat.fiche)
    assert explained == tuple(f"annexe-{number}" for number in pieces)
    assert modele.methode is not None
    for piece in explained:
        said = instruct(piece, modele.methode.field(piece, schema), modele.typologies, contrat)
        assert said["titre"].startswith(f"Annexe {piece[-1]} – ")
        assert all(champ["aide"] for rubrique in said["rubriques"] for champ in rubrique["champs"])


def it_says_the_same_in_both_forms_of_a_real_fiche() -> None:
    reading = Reading(WorkTree(ROOT), KEPT)
    contrat, schema = reading.resolved("imagerie-calque")
    modele = read_once(reading.tree, f"templates/{contrat.type}/modele.yaml", read_modele, KEPT)
    gabarit = compiled_once(reading.tree, contrat.type, read=read_methode)
    assert modele.methode is not None
    said = instruct("annexe-2", modele.methode.field("annexe-2", schema), modele.typologies, contrat)
    press = press_methode(contrat, modele, gabarit, said)
    imprime = print_all(gabarit, press.scope)
    assert as_word(imprime) == as_read(press.word(imprime))
    assert "PROJET" not in said_by(imprime)
