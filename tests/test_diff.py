"""`cpomgen diff`, as an officer types it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from essai import CONTRACT, project

from cpomgen.cli import main

Run = Callable[..., tuple[object, str, str]]
NEW = CONTRACT.replace("d'essai", "d'appui").replace("DOS/1", "DOS/2")
SAID = """\
essai : ce qui change

« Contrat » :
    Réseau d’[-essai-]{+appui+}, du 1er\u00a0janvier 2012 au 31\u00a0décembre 2013.

Champs dont le changement ne se lit pas tel quel dans le texte :
    Dossier : DOS/[-1-]{+2+}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs `cpomgen diff` in a project whose contract is new, its old version beside."""
    root = project(tmp_path, {"essai": NEW})
    (root / "avant.yaml").write_text(CONTRACT, encoding="utf-8")
    (root / "faux.yaml").write_text("type: essai\nnom: [\n", encoding="utf-8")
    monkeypatch.chdir(root)

    def typed(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.argv", ["cpomgen", "diff", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code, *capsys.readouterr()

    return typed


def it_tells_what_changes_since_a_file(run: Run) -> None:
    assert run("essai", "--from", "avant.yaml") == (0, SAID, "")


def it_compares_two_files(run: Run) -> None:
    code, said, _ = run("essai", "--from", "contracts/essai.yaml", "--to", "avant.yaml")
    assert (code, "d’[-appui-]{+essai+}" in said) == (0, True)


def it_says_that_nothing_changes(run: Run) -> None:
    for form in ("text", "markdown"):
        assert run("essai", "--from", "contracts/essai.yaml", "--format", form) == (0, "essai : rien ne change.\n", "")


def it_colours_words_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    _, said, _ = run("essai", "--from", "avant.yaml")
    assert "d’\x1b[31m\x1b[9messai\x1b[0m\x1b[32m\x1b[4mappui\x1b[0m" in said


def it_writes_markdown(run: Run) -> None:
    _, said, _ = run("essai", "--from", "avant.yaml", "--format", "markdown")
    assert said.startswith("### essai : ce qui change\n\n- **« Contrat »** :\n  - Réseau d’<del>essai</del>")


def it_writes_json_even_of_nothing(run: Run) -> None:
    found = json.loads(run("essai", "--from", "avant.yaml", "--format", "json")[1])
    assert [each["apres"] for each in found["texte"]] == [
        ["Réseau d’appui, du 1er\u00a0janvier 2012 au 31\u00a0décembre 2013."]
    ]
    assert [each["champ"] for each in found["champs"]] == ["nom", "dossier"]
    nothing = json.loads(run("essai", "--from", "contracts/essai.yaml", "--format", "json")[1])
    assert nothing == {"identifiant": "essai", "texte": [], "champs": [], "finances": []}


def it_says_which_version_cannot_be_read(run: Run) -> None:
    code, said, told = run("essai", "--from", "faux.yaml")
    assert (code, said) == (1, "")
    assert told.startswith("La version « faux.yaml » ne se lit pas :\nfaux.yaml:3:1: erreur CPOM106")


def it_compares_with_the_last_frozen_version_by_default(run: Run) -> None:
    code, _, told = run("essai")
    assert (code, told.partition(" : ")[0]) == (1, "contracts/essai.yaml: erreur CPOM601")
