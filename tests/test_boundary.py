"""Where what went wrong becomes an exit status, in French, without a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
import pytest

from cpomgen.boundary import bounded
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, Problem, ProblemError


def status_of(monkeypatch: pytest.MonkeyPatch, raised: BaseException | None, returned: int | None = None) -> object:
    """Return the exit status of a command that raises, or returns."""

    def run() -> int | None:
        if raised is not None:
            raise raised
        return returned

    monkeypatch.setattr("sys.argv", ["cpomgen"])
    with pytest.raises(SystemExit) as caught:
        bounded(FrenchCommand("essai", callback=run))
    return caught.value.code


@pytest.mark.parametrize(("returned", "status"), [(None, 0), (0, 0), (1, 1)])
def it_leaves_with_what_the_command_returns(monkeypatch: pytest.MonkeyPatch, returned: int | None, status: int) -> None:
    assert status_of(monkeypatch, None, returned) == status


def it_tells_problems_on_stderr_and_leaves_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raised = ProblemError(Problem("CPOM001", Mark("a.yaml"), "un."), Problem("CPOM002", Mark("b.yaml"), "deux."))
    assert status_of(monkeypatch, raised) == 1
    assert capsys.readouterr() == ("", "a.yaml: erreur CPOM001 : un.\nb.yaml: erreur CPOM002 : deux.\n")


def it_leaves_with_2_for_a_wrong_use(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(monkeypatch, click.UsageError("indiquez un contrat.")) == 2
    assert "Erreur : indiquez un contrat." in capsys.readouterr().err


def it_leaves_with_3_for_a_bug_and_writes_it_to_a_file_to_send(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert status_of(monkeypatch, ZeroDivisionError("au fond")) == 3
    out, err = capsys.readouterr()
    [log] = tmp_path.glob("cpomgen-*.log")
    assert (out, err) == ("", f"Erreur interne de cpomgen. Envoyez-nous ce fichier : {log}\n")
    text = log.read_text(encoding="utf-8")
    assert text.startswith("cpomgen ")
    assert "Traceback" in text
    assert "ZeroDivisionError: au fond" in text


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), click.Abort()])
def it_leaves_with_130_when_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raised: BaseException
) -> None:
    assert status_of(monkeypatch, raised) == 130
    assert capsys.readouterr().err.strip() == "Interrompu ; aucun document n'est resté à moitié écrit."
