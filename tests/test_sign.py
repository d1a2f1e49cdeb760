"""Facts of signature: who may have signed what, and when; a contract signed elsewhere comes in as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from essai import project
from history import record, repository
from specimens import real
from typed import SIGNATAIRES, SIGNERS, edit, in_git, said, typed

from cpomgen.load import load
from cpomgen.registre import Signature, read_registre
from cpomgen.tree import WorkTree


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose contract, signed by three people, is frozen on 11 June 2012."""
    root = in_git(tmp_path / "projet", SIGNATAIRES, SIGNERS)
    monkeypatch.chdir(root)
    assert typed("freeze", "essai", "--le", "2012-06-11").return_value == 0
    return root


def facts(root: Path) -> tuple[Signature, ...]:
    return read_registre(load(WorkTree(root), "signatures/essai.yaml"))


def sign(*words: str) -> str:
    return said("sign", "essai", *words)


def it_records_a_fact_and_changes_nothing_else(root: Path) -> None:
    typed("build", "essai", "--version", "0")
    before = {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file() and ".git" not in path.parts}
    tag = repository(root).revparse_single("cpom/essai/v0").id
    assert "essai : version v0 signée le 18" in sign("--le", "2012-06-18")
    assert [(each.version, each.le, each.par, each.piece) for each in facts(root)] == [(0, date(2012, 6, 18), "", "")]
    assert {path: path.read_bytes() for path in before} == before
    assert repository(root).revparse_single("cpom/essai/v0").id == tag


def it_tells_who_has_yet_to_sign(root: Path) -> None:
    assert "Reste à signer : président, président." in sign("--le", "2012-06-18", "--par", "directrice")
    assert "Reste à signer : président." in sign("--le", "2012-06-19", "--par", "président")
    assert "Reste à signer" not in sign("--le", "2012-06-20", "--par", "président")
    assert "erreur CPOM626" in sign("--le", "2012-06-21", "--par", "président")
    assert [each.par for each in facts(root)] == ["directrice", "président", "président"]


def it_lets_a_piece_be_signed_after_another(root: Path) -> None:
    sign("--le", "2012-06-18", "--piece", "socle")
    assert "pièce annexe" in sign("--le", "2012-09-03", "--piece", "annexe", "--par", "directrice")
    assert "erreur CPOM626" in sign("--le", "2012-06-19", "--piece", "socle", "--par", "directrice")
    assert [(each.piece, each.par) for each in facts(root)] == [("socle", ""), ("annexe", "directrice")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--par", "directeur"), "CPOM623"),
        (("--piece", "annexe-9"), "CPOM624"),
        (("--le", "2012-06-10"), "CPOM625"),
        (("--le", (datetime.now(UTC) + timedelta(days=2)).date().isoformat()), "CPOM625"),
        (("--version", "1"), "CPOM603"),
    ],
)
def it_refuses_what_cannot_be_and_writes_nothing(root: Path, words: tuple[str, ...], code: str) -> None:
    assert f"erreur {code}" in sign("--le", "2012-06-18", *words)
    assert not (root / "signatures").exists()


def it_reads_who_signs_in_what_was_frozen(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "directrice", "directeur")
    assert "erreur CPOM623" in sign("--le", "2012-06-18", "--par", "directeur")
    assert "directrice" in sign("--le", "2012-06-18", "--par", "directrice")


def it_refuses_to_add_to_a_register_that_is_unsound(root: Path) -> None:
    (root / "signatures").mkdir()
    (root / "signatures/essai.yaml").write_text("signatures: [{version: 0}]", encoding="utf-8")
    assert "erreur CPOM621" in sign("--le", "2012-06-18")


def it_says_that_a_register_speaks_of_a_version_without_a_tag(root: Path) -> None:
    sign("--le", "2012-06-18")
    repository(root).references.delete("refs/tags/cpom/essai/v0")
    assert "erreur CPOM622" in said("import-signed", "essai", "--le", "2012-06-18")
    assert "erreur CPOM603" in sign("--version", "0", "--le", "2012-06-18")
    assert "erreur CPOM622" in said("freeze", "essai")


def it_dates_an_avenant_after_what_it_amends(root: Path) -> None:
    sign("--le", "2012-06-18")
    edit(root / "contracts/essai.yaml", "signataires:", "avenants: [{numero: 1}]\nsignataires:")
    record(root)
    typed("freeze", "essai", "--le", "2012-06-12")
    assert "erreur CPOM625" in sign("--le", "2012-06-17")
    assert "version v1 signée" in sign("--le", "2012-12-03")
    assert [each.version for each in facts(root)] == [0, 1]


def it_brings_in_a_contract_as_it_is_and_notes_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path)
    edit(root / "contracts/essai.yaml", "date_fin: 2013-12-31", "date_fin: 2011-12-31")
    record(root)
    monkeypatch.chdir(root)
    assert typed("freeze", "essai").return_value == 1
    assert "reprise telle quelle" in said("import-signed", "essai", "--le", "2012-06-18")
    [fact] = facts(root)
    assert (fact.version, fact.le, fact.importe) == (0, date(2012, 6, 18), True)
    assert any("(erreur)" in problem and "ligne 5" in problem for problem in fact.problemes)
    assert "erreur CPOM616" in said("import-signed", "essai", "--le", "2012-06-18")
    assert "erreur CPOM613" in said("freeze", "essai", "--reprendre")
    assert len(facts(root)) == 1


def it_brings_in_nothing_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path, {"essai": "type: [\n"})
    record(root)
    monkeypatch.chdir(root)
    assert typed("import-signed", "essai", "--le", "2012-06-18").return_value == 1
    assert not (root / "signatures").exists()
    assert list(repository(root).references) == ["refs/heads/main"]


def it_signs_a_contract_of_the_real_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = real(tmp_path)
    record(base)
    monkeypatch.chdir(base)
    assert "v0 arrêtée" in said("freeze", "reseau", "--le", "2012-06-11")
    assert "vouliez-vous écrire « présidente »" in said("sign", "reseau", "--le", "2012-06-18", "--par", "président")
    answer = said("sign", "reseau", "--le", "2012-06-18", "--piece", "annexe-2", "--par", "présidente")
    assert "Reste à signer : directrice générale." in answer
