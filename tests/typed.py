"""Commands as an officer types them, in the folder where the test stands; files as an officer edits them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from essai import CONTRACT, SCHEMA, project
from history import record

from cpomgen.cli import cli
from cpomgen.problem import ProblemError

AVENANTS = """\
  avenants:
    type: list
    meta: {libelle: Avenants, role: avenants, imprime: false, modification: interne}
    schema:
      type: dict
      schema:
        numero: {type: entier, required: true, meta: {libelle: Numéro, role: numero_avenant}}
        date_effet: {type: date, meta: {libelle: Effet, role: effet_avenant}}
        abandon: {type: texte, meta: {libelle: Abandon, role: abandon}}
"""

SIGNATAIRES = """\
  signataires:
    type: list
    meta: {libelle: Signataires, role: signataires, imprime: false}
    schema:
      type: dict
      schema:
        qualite: {type: ligne, required: true, meta: {libelle: Qualité, role: qualite}}
"""
SIGNERS = "signataires: [{qualite: directrice}, {qualite: président}, {qualite: président}]\n"


def in_git(folder: Path, more: str = "", contract: str = "") -> Path:
    """Return a project in git, all of it committed: its contracts have avenants, and `more` fields."""
    root = project(folder)
    (root / "schemas/essai.yaml").write_text(SCHEMA + AVENANTS + more, encoding="utf-8")
    (root / "contracts/essai.yaml").write_text(CONTRACT + contract, encoding="utf-8")
    record(root)
    return root


class Done(NamedTuple):
    """What a command answered, and its exit status; the codes of problems that it raised."""

    return_value: int
    output: str


def typed(*words: str) -> Done:
    """Return what came of a command."""
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    if isinstance(done.exception, ProblemError):
        return Done(1, " ".join(problem.code for problem in done.exception.problems))
    assert done.exception is None, done.exception
    return Done(int(done.return_value or 0), done.output)


def signed_in_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in git, in which one then stands: its contract is signed on 18 June 2012."""
    root = in_git(folder)
    monkeypatch.chdir(root)
    assert typed("freeze", "essai", "--le", "2012-06-11").return_value == 0
    assert typed("sign", "essai", "--le", "2012-06-18").return_value == 0
    return root


def said(*words: str) -> str:
    return typed(*words).output


def add(root: Path, line: str) -> None:
    """Add a line to the contract, and commit all that the project holds."""
    with (root / "contracts/essai.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    record(root)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
