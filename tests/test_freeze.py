"""A version frozen for signature: what it is refused for, its tag, and documents that stay the same to the byte."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pygit2
import pytest
from essai import CONTRACT, gabarit, project, put
from history import record, repository
from regional import CAMPAGNE, files
from typed import add, edit, in_git, said, typed

from cpomgen.problem import Mark, Problem


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in git, all of it committed."""
    root = in_git(tmp_path / "projet")
    monkeypatch.chdir(root)
    return root


def tags(root: Path) -> dict[str, pygit2.Tag]:
    git = repository(root)
    found = {name: git.revparse_single(name) for name in git.references if name.startswith("refs/tags/")}
    return {name: each for name, each in found.items() if isinstance(each, pygit2.Tag)}


def built(root: Path) -> dict[str, bytes]:
    """Return the documents of version 0, built anew."""
    for path in (root / "out").rglob("*.*"):
        path.unlink()
    done = typed("build", "essai", "--version", "0", "--ecraser")
    assert done.return_value == 0, done.output
    return {path.name: path.read_bytes() for path in (root / "out/essai/v0").iterdir()}


def it_puts_an_annotated_tag_on_the_last_commit(root: Path) -> None:
    assert "version v0 arrêtée le 18 juin 2012" in said("freeze", "essai", "--le", "2012-06-18").replace("\u00a0", " ")
    [(name, tag)] = tags(root).items()
    assert name == "refs/tags/cpom/essai/v0"
    assert tag.target == repository(root).head.target
    assert tag.tagger is not None
    assert (tag.tagger.name, tag.tagger.email) == ("Essai", "essai@exemple.fr")
    assert "typst " in (tag.message or "")


def it_keeps_the_bytes_of_what_is_frozen_whatever_changes_since(root: Path) -> None:
    typed("freeze", "essai")
    before = built(root)
    assert sorted(before) == ["contrat.docx", "contrat.pdf", "socle.docx", "socle.pdf"]
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau nouveau")
    edit(root / "schemas/essai.yaml", "nom: {type: ligne, required: true", "nom: {type: ligne, maxlength: 3")
    edit(root / "templates/essai/modele.yaml", "  - {nom: socle, titre: Socle, sections: [socle]}\n", "")
    (root / "templates/essai/style.typ").write_bytes(b"")
    (root / "templates/essai/gabarit.docx").write_bytes(gabarit("Autre texte."))
    assert built(root) == before
    record(root)
    assert built(root) == before
    (root / "contracts/essai.yaml").unlink()
    (root / "schemas/essai.yaml").unlink()
    assert built(root) == before


def it_keeps_the_catalogue_of_the_day_it_was_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = put(project(tmp_path / "région"), files())
    record(root)
    monkeypatch.chdir(root)
    (root / "campagne.yaml").write_text(CAMPAGNE.replace("de réponse", "d'accueil"), encoding="utf-8")
    assert "campagne.yaml: erreur CPOM611" in said("freeze", "essai")
    (root / "campagne.yaml").write_text(CAMPAGNE, encoding="utf-8")
    assert typed("freeze", "essai").return_value == 0
    before = built(root)
    assert "Délai de réponse" in text_of(before["contrat.docx"])
    (root / "campagne.yaml").write_text(CAMPAGNE.replace("de réponse", "d'accueil"), encoding="utf-8")
    assert "Délai [-de réponse-]{+d’accueil+}" in said("diff", "essai")
    assert built(root) == before


def it_builds_a_project_of_a_file_that_has_another_name(root: Path) -> None:
    (root.parent / "ancien.yaml").write_text(CONTRACT, encoding="utf-8")
    done = typed("build", "essai", "--version", "../ancien.yaml")
    assert (done.return_value, "dans out/essai/version-ancien-yaml (" in done.output) == (0, True)
    assert "PROJET" in text_of((root / "out/essai/version-ancien-yaml/contrat.docx").read_bytes())
    edit(root.parent / "ancien.yaml", "nom:", "nmo:")
    assert "../ancien.yaml:3:1: erreur CPOM211" in said("build", "essai", "--version", "../ancien.yaml")


def it_refuses_to_watch_what_no_longer_changes(root: Path) -> None:
    assert root.is_dir()
    with pytest.raises(AssertionError, match="--version et --watch"):
        typed("build", "essai", "--version", "0", "--watch")


def it_goes_on_with_other_contracts_when_one_has_no_such_version(root: Path) -> None:
    (root / "contracts/autre.yaml").write_text(CONTRACT.replace("identifiant: essai", "identifiant: autre"))
    typed("freeze", "essai")
    done = typed("build", "--all", "--version", "0")
    assert (done.return_value, "erreur CPOM603" in done.output) == (1, True)
    assert "essai : 4 documents" in done.output


def it_marks_the_project_and_not_what_is_frozen(root: Path) -> None:
    typed("freeze", "essai")
    frozen = text_of(built(root)["contrat.docx"])
    typed("build", "essai")
    draft = text_of((root / "out/essai/contrat.docx").read_bytes())
    assert ("PROJET" in draft, "PROJET" in frozen) == (True, False)
    assert ("v0 (" in draft, "v0 (" in frozen) == (True, True)


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(
    "path", ["contracts/essai.yaml", "schemas/essai.yaml", "templates/essai/modele.yaml", "templates/essai/style.typ"]
)
def it_refuses_what_is_not_committed(root: Path, path: str) -> None:
    (root / path).write_bytes((root / path).read_bytes() + b"\n")
    done = typed("freeze", "essai")
    assert (done.return_value, f"{path}: erreur CPOM611" in done.output) == (1, True)
    assert not tags(root)


def it_minds_no_file_that_the_version_does_not_depend_on(root: Path) -> None:
    (root / "contracts/autre.yaml").write_text(CONTRACT.replace("essai", "autre"), encoding="utf-8")
    (root / "templates/essai/~$gabarit.docx").touch()
    assert typed("freeze", "essai").return_value == 0


def it_minds_a_file_of_the_template_that_was_removed(root: Path) -> None:
    (root / "templates/essai/lisezmoi.txt").touch()
    record(root)
    (root / "templates/essai/lisezmoi.txt").unlink()
    assert "lisezmoi.txt: erreur CPOM611" in said("freeze", "essai")


def it_minds_no_line_ends_that_git_changes_for_a_disk(root: Path) -> None:
    for path in ("contracts/essai.yaml", "schemas/essai.yaml"):
        content = (root / path).read_bytes()
        (root / path).write_bytes(content.replace(b"\n", b"\r\n"))
    assert typed("freeze", "essai").return_value == 0


def it_refuses_a_project_whose_git_has_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path)
    repository(root)
    monkeypatch.chdir(root)
    assert "CPOM611" in said("freeze", "essai")


def it_refuses_a_contract_in_error(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "nom:", "nmo:")
    record(root)
    assert "CPOM211" in said("freeze", "essai")
    assert not tags(root)


def it_freezes_again_when_asked_to_alone(root: Path) -> None:
    typed("freeze", "essai")
    first = tags(root)["refs/tags/cpom/essai/v0"].target
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    record(root)
    assert "erreur CPOM612" in said("freeze", "essai")
    assert tags(root)["refs/tags/cpom/essai/v0"].target == first
    assert typed("freeze", "essai", "--reprendre").return_value == 0
    assert tags(root)["refs/tags/cpom/essai/v0"].target == repository(root).head.target


def it_moves_nothing_once_somebody_has_signed(root: Path) -> None:
    typed("freeze", "essai")
    (root / "signatures").mkdir()
    (root / "signatures/essai.yaml").write_text("signatures:\n  - {version: 0, le: 2012-06-18}\n", encoding="utf-8")
    assert "erreur CPOM613" in said("freeze", "essai", "--reprendre")


def it_numbers_a_version_after_its_last_avenant(root: Path) -> None:
    typed("freeze", "essai")
    add(root, "avenants: [{numero: 1}, {numero: 3}]")
    assert "erreur CPOM615" in said("freeze", "essai")
    (root / "signatures").mkdir()
    (root / "signatures/essai.yaml").write_text("signatures:\n  - {version: 0, le: 2012-06-18}\n", encoding="utf-8")
    assert typed("freeze", "essai").return_value == 0
    assert sorted(tags(root)) == ["refs/tags/cpom/essai/v0", "refs/tags/cpom/essai/v3"]
    typed("build", "essai", "--version", "3")
    text = text_of((root / "out/essai/v3/contrat.docx").read_bytes())
    assert "avenant n°\u00a03 (" in text
    assert "titre d’information" in text


def it_asks_git_who_freezes(root: Path) -> None:
    del repository(root).config["user.name"]
    assert said("freeze", "essai") == "CPOM614"


def it_says_which_programs_are_no_longer_those_of_the_day(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpomgen.engines.zlib.ZLIB_RUNTIME_VERSION", "0.9")
    typed("freeze", "essai")
    assert "CPOM607" not in said("build", "essai", "--version", "0")
    monkeypatch.undo()
    monkeypatch.chdir(root)
    done = typed("build", "essai", "--version", "0")
    assert (done.return_value, "avertissement CPOM607" in done.output, "zlib 0.9 (ici" in done.output) == (
        0,
        True,
        True,
    )


def it_judges_no_frozen_template_by_the_checks_of_another_day(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed("freeze", "essai").return_value == 0
    monkeypatch.setattr("cpomgen.cache.place", lambda: root / "autre cache")
    monkeypatch.setattr("cpomgen.check.check_word", lambda *_: [Problem("CPOM319", Mark("x"), "autre jour.")])
    assert typed("build", "essai").return_value == 1
    assert built(root)
