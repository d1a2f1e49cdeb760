"""A contract frozen and signed piece by piece: the socle first, its annex later, without an avenant."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from essai import gabarit
from history import WHO, record, repository, tags
from pygit2.enums import ObjectType
from typed import SIGNATAIRES, SIGNERS, add, edit, in_git, said, typed

SOCLE = "Réseau d’essai, du 1er janvier 2012 au 31 décembre 2013."
CAMPAGNE = """\
region: Bretagne
periode: {debut: 2012-01-01, fin: 2016-12-31}
calendrier:
  - {id: e1, libelle: Socles signés, le: 2012-01-31, etape: signature, documents: [socle], types: [essai]}
  - {id: e2, libelle: Annexes signées, le: 2012-06-30, etape: signature, documents: [annexe]}
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose socle is frozen on 10 January 2012; its annex is not written yet."""
    root = in_git(tmp_path_factory.mktemp("pieces") / "projet", SIGNATAIRES, SIGNERS)
    with pytest.MonkeyPatch.context() as during:
        during.chdir(root)
        done = typed("freeze", "essai", "--piece", "socle", "--le", "2012-01-10")
    assert done.return_value == 0, done.output
    return root


@pytest.fixture
def root(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that project, in which one stands."""
    root = Path(shutil.copytree(first, tmp_path / "projet"))
    monkeypatch.chdir(root)
    return root


def write_annex(root: Path, text: str = "Les secteurs.") -> None:
    """Write the annex, and commit all that the project holds."""
    add(root, f"annexe: {text}")


def sign_socle() -> None:
    assert typed("sign", "essai", "--piece", "socle", "--le", "2012-01-20").return_value == 0


def freeze(*words: str) -> str:
    return said("freeze", "essai", *words).replace("\u00a0", " ")


def built(root: Path, *words: str) -> Mapping[str, bytes]:
    """Return the documents of a version, built anew."""
    shutil.rmtree(root / "out", ignore_errors=True)
    done = typed("build", "essai", *words)
    assert done.return_value == 0, done.output
    return {path.name: path.read_bytes() for path in (root / "out/essai").rglob("*.*")}


def it_freezes_a_piece_under_a_tag_of_its_own(root: Path) -> None:
    assert tags(root) == ["v0-socle"]
    tag = repository(root).revparse_single("cpom/essai/v0-socle")
    assert "typst " in getattr(tag, "message", "")
    assert sorted(built(root, "--version", "v0-socle")) == ["socle.docx", "socle.pdf"]


def it_keeps_the_bytes_of_a_piece_whatever_the_contract_becomes(root: Path) -> None:
    before = built(root, "--version", "v0-socle")
    write_annex(root)
    edit(root / "templates/essai/modele.yaml", "titre: Annexe", "titre: Annexe unique")
    (root / "templates/essai/gabarit.docx").write_bytes(
        gabarit("Autre texte : {{ nom }}, {{ duree.date_effet }}, {{ duree.date_fin }}.")
    )
    record(root)
    assert "avertissement CPOM637" in said("freeze", "essai", "--le", "2012-06-01")
    whole = built(root, "--version", "0")
    assert sorted(whole) == [f"{name}.{kind}" for name in ("annexe", "contrat", "socle") for kind in ("docx", "pdf")]
    assert {name: whole[name] for name in before} == before
    assert built(root, "--version", "v0-socle") == before


def it_freezes_several_pieces_at_once(root: Path) -> None:
    write_annex(root)
    told = freeze("--piece", "socle", "--piece", "annexe", "--piece", "annexe", "--reprendre")
    assert (told.count("arrêtée le"), "build essai --version 0" in told, "Pas encore" in told) == (2, True, False)
    assert tags(root) == ["v0-annexe", "v0-socle"]


def it_builds_another_revision_whole(root: Path) -> None:
    assert sorted(built(root, "--version", "HEAD")) == ["contrat.docx", "contrat.pdf", "socle.docx", "socle.pdf"]
    assert sorted(built(root, "--version", "contracts/essai.yaml", "--document", "socle")) == [
        "socle.docx",
        "socle.pdf",
    ]
    assert sorted(built(root, "--version", "derniere")) == ["socle.docx", "socle.pdf"]


def it_brings_in_no_contract_of_which_pieces_are_frozen_here(root: Path) -> None:
    assert "erreur CPOM616" in said("import-signed", "essai", "--le", "2012-02-01")
    assert tags(root) == ["v0-socle"]


def it_tells_of_a_piece_that_a_server_has_otherwise(root: Path) -> None:
    git = repository(root)
    record(root, message="autre")
    git.create_tag("autre", git.head.target, ObjectType.COMMIT, WHO, "autre")
    git.create_reference("refs/cpomgen/origin/essai/v0-socle", git.lookup_reference("refs/tags/autre").target)
    assert "avertissement CPOM657" in said("validate")
    sign_socle()
    assert "erreur CPOM657" in said("validate")


def it_tells_of_a_quality_that_signs_a_piece_twice(root: Path) -> None:
    (root / "signatures").mkdir()
    fact = "  - {version: 0, piece: socle, le: 2012-01-20, par: directrice}\n"
    (root / "signatures/essai.yaml").write_text(f"signatures:\n{fact * 2}", encoding="utf-8")
    assert "erreur CPOM658" in said("validate")


def it_refuses_what_is_no_piece_yet(root: Path) -> None:
    assert freeze("--piece", "socle").count("erreur CPOM612") == 1
    for name in ("annexe", "contrat", "socles"):
        assert "erreur CPOM627" in freeze("--piece", name)
    with pytest.raises(AssertionError, match="--abandonner"):
        freeze("--abandonner", "--piece", "socle")
    assert tags(root) == ["v0-socle"]


def it_holds_a_frozen_piece_to_the_fields_that_it_owns(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "dossier: DOS/1", "dossier: DOS/2")
    write_annex(root)
    assert "essai : aucun problème." in said("validate")
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    edit(root / "contracts/essai.yaml", "2013-12-31", "2014-12-31")
    record(root)
    answer = said("validate", "essai")
    assert "3:1: erreur CPOM635 : « Nom » a changé" in answer
    assert "(et un autre changement)" in answer
    assert "--piece socle --reprendre" in answer
    for words in ((), ("--piece", "annexe")):
        assert "erreur CPOM635" in freeze(*words)
    assert tags(root) == ["v0-socle"]


def it_freezes_a_piece_again_until_somebody_has_signed_it(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    record(root)
    assert "pièce socle de la version v0 arrêtée" in freeze("--piece", "socle", "--reprendre", "--le", "2012-01-12")
    assert "CPOM635" not in said("validate")
    sign_socle()
    assert "erreur CPOM613" in freeze("--piece", "socle", "--reprendre")
    edit(root / "contracts/essai.yaml", "Réseau revu", "Réseau encore")
    assert "est signée." in said("validate")


def it_lets_what_is_wrong_in_other_pieces_wait(root: Path) -> None:
    write_annex(root, "")
    assert "pièce socle" in freeze("--piece", "socle", "--reprendre")
    assert "erreur CPOM492" in freeze()
    edit(root / "contracts/essai.yaml", "nom: Réseau d'essai", "nom: Réseau d'essai\necheance:")
    record(root)
    told = freeze("--piece", "socle", "--reprendre")
    assert "4:1: erreur CPOM492" in told
    assert "8:1: avertissement CPOM492" in told


def it_signs_a_piece_that_is_frozen_and_no_other(root: Path) -> None:
    write_annex(root)
    assert "erreur CPOM609" in said("sign", "essai", "--piece", "annexe", "--le", "2012-01-20")
    assert "erreur CPOM609" in said("sign", "essai", "--le", "2012-01-20")
    assert "erreur CPOM625" in said("sign", "essai", "--piece", "socle", "--le", "2012-01-09")
    sign_socle()
    assert "erreur CPOM626" in said("sign", "essai", "--piece", "socle", "--le", "2012-01-20")
    repository(root).references.delete("refs/tags/cpom/essai/v0-socle")
    assert "erreur CPOM622" in said("validate")


def it_makes_the_contract_whole(root: Path) -> None:
    sign_socle()
    write_annex(root)
    told = freeze("--piece", "annexe", "--le", "2012-03-10")
    assert "Quand le contrat sera complet, arrêtez-le en entier : cpomgen freeze essai" in told
    assert "version v0 arrêtée le 12 mars 2012" in freeze("--le", "2012-03-12")
    assert tags(root) == ["v0", "v0-annexe", "v0-socle"]
    assert "erreur CPOM636" in freeze("--piece", "annexe", "--reprendre")
    assert "pièce annexe, signée" in said("sign", "essai", "--piece", "annexe", "--le", "2012-03-11")
    edit(root / "contracts/essai.yaml", "Les secteurs.", "Un secteur.")
    assert "erreur CPOM631" in said("validate")
    add(root, "avenants: [{numero: 1, date_effet: 2013-01-01}]")
    assert "CPOM63" not in said("validate")
    assert "Un secteur" in said("diff", "essai")
    assert "erreur CPOM628" in freeze("--piece", "annexe")
    assert "version v1 arrêtée" in freeze("--le", "2012-11-05")
    assert "version v1 signée" in said("sign", "essai", "--le", "2012-12-03")


def it_freezes_unsigned_pieces_again_with_the_whole(root: Path) -> None:
    sign_socle()
    write_annex(root)
    freeze("--piece", "annexe")
    freeze()
    edit(root / "contracts/essai.yaml", "Les secteurs.", "Un secteur.")
    record(root)
    assert "erreur CPOM612" in freeze()
    told = freeze("--reprendre")
    assert "version v0 arrêtée" in told
    assert "pièce annexe de la version v0 arrêtée" in told
    head = repository(root).head.target
    found = {name: repository(root).revparse_single(f"cpom/essai/{name}^{{commit}}").id == head for name in tags(root)}
    assert found == {"v0": True, "v0-annexe": True, "v0-socle": False}
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    record(root)
    assert "erreur CPOM635" in freeze("--reprendre")


def it_amends_nothing_before_the_contract_is_whole(root: Path) -> None:
    sign_socle()
    add(root, "avenants: [{numero: 1}]")
    assert "erreur CPOM629" in freeze()
    assert freeze("--piece", "annexe").count("erreur CPOM629") == 1
    for command in ("avenant", "diff"):
        assert "CPOM609" in said(command, "essai")


def it_shows_each_piece_as_it_was_signed(root: Path) -> None:
    assert "aucune version n'est signée" in said("show", "essai", "--au", "2012-02-01")
    sign_socle()
    write_annex(root)
    found = typed("show", "essai", "--au", "2012-02-01", "--texte").output
    assert "en vigueur dans sa version v0" in found
    assert (SOCLE in found.replace("\u00a0", " "), "Les secteurs" in found) == (True, False)
    (root / "templates/essai/gabarit.docx").write_bytes(
        gabarit("Tout autre : {{ nom }}, {{ duree.date_effet }}, {{ duree.date_fin }}.")
    )
    record(root)
    freeze("--le", "2012-03-12")
    assert "pas encore signé : annexe" in said("show", "essai", "--au", "2012-04-01")
    typed("sign", "essai", "--piece", "annexe", "--le", "2012-03-20")
    found = said("show", "essai", "--au", "2012-04-01", "--texte").replace("\u00a0", " ")
    assert (SOCLE in found, "Les secteurs" in found, "Tout autre" in found) == (True, True, False)


def it_leaves_frozen_pieces_out_of_the_project(root: Path) -> None:
    write_annex(root)
    typed("freeze", "essai", "--piece", "annexe")
    (root / "out").mkdir()
    done = typed("build", "--all", "--jobs", "1").output
    assert "Déjà arrêté, laissé tel quel : annexe et socle" in done
    assert "2 pièces déjà arrêtées" in done
    assert sorted(path.name for path in (root / "out/essai").iterdir()) == ["contrat.docx", "contrat.pdf"]
    assert "2 pièces déjà arrêtées" in said("build", "--all", "--jobs", "1")
    assert "essai : 2 documents dans out/essai (2 écrits)." in said("build", "essai", "--document", "socle")
    assert (root / "out/essai/socle.pdf").is_file()
    assert sorted(built(root, "--version", "0")) == ["annexe.docx", "annexe.pdf", "socle.docx", "socle.pdf"]
    assert sorted(built(root, "--version", "0", "--document", "annexe")) == ["annexe.docx", "annexe.pdf"]
    assert said("build", "essai", "--version", "v0-socle", "--document", "annexe").startswith("contracts/essai.yaml")


def it_knows_the_file_of_a_piece_again(root: Path) -> None:
    built(root, "--version", "v0-socle")
    write_annex(root)
    for kind in ("docx", "pdf"):
        done = typed("verify", f"out/essai/v0/socle.{kind}")
        assert (done.return_value, "étiquette git cpom/essai/v0-socle" in done.output) == (0, True)


def it_tells_at_a_date_which_piece_is_late(root: Path) -> None:
    (root / "campagne.yaml").write_text(CAMPAGNE, encoding="utf-8")
    before = said("status", "--au", "2012-02-02").replace("\u00a0", " ")
    assert "arrêté en partie  v0 en partie" in before
    assert "Socles signés (socle), en retard de 2 jours" in before
    sign_socle()
    assert "aucun en retard" in said("status", "--au", "2012-02-02")
    assert "aucun en retard" in said("status", "--au", "2012-07-02")  # there is no annex, and none is due
    write_annex(root)
    late = said("status", "--au", "2012-07-02").replace("\u00a0", " ")
    assert "Annexes signées (annexe en rédaction), en retard de 2 jours" in late
    assert "  essai    annexe   en rédaction" in late
    freeze("--piece", "annexe", "--le", "2012-06-20")
    assert "  essai    annexe   arrêté" in said("status", "--au", "2012-07-02")
    typed("sign", "essai", "--piece", "annexe", "--le", "2012-06-25")
    done = said("status", "--au", "2012-07-02")
    assert ("aucun en retard" in done, "  essai    contrat  signé en partie" in done) == (True, True)
    assert "Signés pièce par pièce" in done
    record(root)
    freeze("--le", "2012-06-30")
    assert "Signés pièce par pièce" not in said("status", "--au", "2012-07-02")


def it_reviews_and_imports_contracts_of_which_pieces_are_frozen(root: Path) -> None:
    sign_socle()
    record(root)
    git = repository(root)
    git.create_reference("refs/heads/demande", git.head.target)
    git.set_head("refs/heads/demande")
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    write_annex(root)
    assert "(CPOM635)" in said("review", "--base", "main")
    edit(root / "contracts/essai.yaml", "Réseau revu", "Réseau d'essai")
    (root / "lignes.csv").write_text("identifiant;nom;annexe\nessai;Réseau neuf;Des mots.\n", encoding="utf-8")
    assert "CPOM635" in said("campaign", "import", "lignes.csv")
    (root / "lignes.csv").write_text("identifiant;annexe\nessai;Des mots.\n", encoding="utf-8")
    assert "essai : changé" in said("campaign", "import", "lignes.csv")
