"""`cpomgen compare`, as an officer types it: what a file was made from is found, whatever the file is called."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from essai import CONTRACT, project
from handedits import Hand, types
from history import record, tag
from specimens import compiled_once

from cpomgen import amending, pipeline
from cpomgen.cli import main
from cpomgen.commands.acts import Acts
from cpomgen.commands.sources import CALLED
from cpomgen.edition import Edition
from cpomgen.gabarits import read_acte
from cpomgen.outcome import Options
from cpomgen.package import pack, unpack
from cpomgen.reading import Reading
from cpomgen.tree import WorkTree
from cpomgen.version import open_version

LONG = CONTRACT + "annexe: |\n  Premier alinéa.\n\n  Second alinéa.\n"
Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs `cpomgen` in the project at `tmp_path`, its type of contract compiled once."""
    monkeypatch.chdir(project(tmp_path, {"essai": LONG}))
    monkeypatch.setattr(pipeline, "read_type", compiled_once)
    monkeypatch.setattr(amending, "read_type", compiled_once)
    monkeypatch.setattr(amending, "read_acte", partial(compiled_once, read=read_acte))

    def typed(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.argv", ["cpomgen", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code, *capsys.readouterr()

    return typed


def made(name: str = "contrat", *, data: bool = True) -> bytes:
    """Return a Word file of the project."""
    reading = Reading(WorkTree(Path()))
    options = Options(Edition.PROJET, data, (name,))
    return next(pipeline.build_contract(reading, reading.examined("essai"), options))[1]


def replaced(word: bytes, old: str, new: str) -> bytes:
    """Return a Word file with words of its body changed."""
    parts = dict(unpack(word, "recu.docx").parts)
    assert old in parts["word/document.xml"].decode()
    parts["word/document.xml"] = parts["word/document.xml"].decode().replace(old, new).encode()
    return pack(parts)


def it_finds_the_project_that_a_file_was_made_from(run: Run) -> None:
    Path("recu.docx").write_bytes(made())
    told = "recu.docx : rien n’a changé, comparé avec le projet tel qu’il est, document « contrat ».\n"
    assert run("compare", "recu.docx") == (0, told, "")


def it_tells_what_changed_and_in_which_field(run: Run) -> None:
    Path("recu.docx").write_bytes(replaced(made(), "Second", "Dernier"))
    assert run("compare", "recu.docx") == (
        0,
        (
            "recu.docx : ce qui a changé, comparé avec le projet tel qu’il est, document « contrat »\n\n"
            "« Annexe », deuxième alinéa :\n"
            "    [-Second-]{+Dernier+} alinéa.\n"
            "    → champ annexe (contracts/essai.yaml, ligne 6)\n"
        ),
        "",
    )


def it_tells_one_document_of_a_contract_from_another(run: Run) -> None:
    Path("recu.docx").write_bytes(replaced(made("annexe"), "Second", "Dernier"))
    assert "document « annexe »" in run("compare", "recu.docx")[1]


def it_takes_the_contract_that_is_named_when_the_file_does_not_say_it(run: Run) -> None:
    Path("recu.docx").write_bytes(made(data=False))
    assert "CPOM662" in run("compare", "recu.docx")[2]
    assert "rien n’a changé" in run("compare", "recu.docx", "contracts/essai.yaml")[1]
    assert "CPOM004" in run("compare", "recu.docx", "essay")[2]


def it_takes_the_file_that_is_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs/envoye.docx").write_bytes(made())
    (tmp_path / "ailleurs/recu.docx").write_bytes(replaced(made(), "Second", "Dernier"))
    code, said, wrong = run("compare", "recu.docx", "envoye.docx", "-C", "ailleurs")
    assert (code, wrong) == (0, "")
    assert said.startswith("recu.docx : ce qui a changé, comparé avec le fichier envoye.docx\n")
    assert "[-Second-]{+Dernier+}" in said


def it_finds_the_version_that_a_file_was_made_from(run: Run, tmp_path: Path) -> None:
    record(tmp_path)
    tag(tmp_path, "cpom/essai/v0")
    Path("projet.docx").write_bytes(made())
    run("build", "essai", "--version", "0", "--document", "contrat")
    Path("contracts/essai.yaml").write_text(LONG.replace("Second", "Nouveau"), encoding="utf-8")
    record(tmp_path)
    tag(tmp_path, "cpom/essai/v1")
    for name in ("out/essai/v0/contrat.docx", "projet.docx"):
        code, said, wrong = run("compare", name)
        assert (code, wrong) == (0, "")
        assert said.endswith("rien n’a changé, comparé avec la version v0, document « contrat ».\n")


def it_warns_of_a_version_that_is_not_here(run: Run) -> None:
    Path("recu.docx").write_bytes(made())
    Path("contracts/essai.yaml").write_text(LONG.replace("Second", "Nouveau"), encoding="utf-8")
    code, said, wrong = run("compare", "recu.docx")
    assert (code, wrong.count("CPOM663"), said.count("{+")) == (0, 1, 1)
    assert "[-Nouveau-]{+Second+}" in said


def it_writes_for_a_review_or_a_program(run: Run) -> None:
    Path("recu.docx").write_bytes(replaced(made(), "Second", "Dernier"))
    assert "<del>Second</del><ins>Dernier</ins>" in run("compare", "recu.docx", "--format", "markdown")[1]
    found = json.loads(run("compare", "recu.docx", "--format", "json")[1])
    assert (found["fichier"], found["texte"][0]["champs"]) == ("recu.docx", ["annexe"])
    assert [found[name] for name in ("signes", "suivi", "commentaires", "remarques")] == [[], [], [], []]


def it_finds_what_comes_with_an_avenant(run: Run, history_repository: Path) -> None:
    after = open_version(history_repository, "arespa", "1")
    before = open_version(history_repository, "arespa", "0")
    reading = Reading(after.tree)
    acts = Acts(amending.project(before, reading, "arespa", 1, after), before, reading, settled=True)
    for name, told in CALLED.items():
        _, word = next(acts.files(history_repository, Options(Edition.A_SIGNER, names=(name,))))
        hand = Hand(word, 1)
        words = types(hand)
        Path("recu.docx").write_bytes(hand.word())
        code, said, wrong = run("compare", str(Path("recu.docx").resolve()), "-C", str(history_repository))
        assert (code, wrong) == (0, "")
        assert f"recu.docx : ce qui a changé, comparé avec la version v1, {told} n° 1\n" in said
        assert all(each in said for each in words)
        assert said.count("[-") + said.count("{+") <= len(words) + 1
