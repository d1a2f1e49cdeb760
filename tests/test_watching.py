"""`build --watch` on a real project: files are really saved, and what the terminal says is waited for, never timed."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest
from essai import CONTRACT, MODELE, SCHEMA, gabarit, project, put
from regional import SPELLS, files
from wordfile import read_word

from cpomgen import pipeline
from cpomgen.commands import watching
from cpomgen.commands.watching import Watch
from cpomgen.outcome import Options
from cpomgen.problem import ProblemError
from cpomgen.saves import Saves

PATIENCE = 120  # seconds: a loaded machine is slow; what never comes is a failure, not a hang
WAITS = "j’attends vos enregistrements (essai) ; Ctrl-C pour finir.\n"
WRITTEN = "essai : contrat.docx et contrat.pdf écrits.\n"
ANNEX = "annexe: Un.\n"
OTHER = gabarit("Neuf : {{ nom }}, {{ duree.date_effet }}, {{ duree.date_fin }}")


class Session:
    """A watch in a thread, ended as Ctrl-C does; what it says is read as it comes."""

    def __init__(
        self,
        root: Path,
        screen: io.StringIO,
        *,
        overwrite: bool = False,
        opens: bool = False,
        names: tuple[str, ...] = (),
    ) -> None:
        self.root, self.screen, self.seen = root, screen, 0
        options = Options(names=names)
        self.watch = Watch(root, options, everything=False, overwrite=overwrite, opens=opens)
        self.status: list[int] = []
        self.thread = threading.Thread(target=lambda: self.status.append(self.watch.run(("essai",))), daemon=True)
        self.thread.start()

    def until(self, words: str) -> str:
        """Return what has been said up to these words, and forget it."""
        limit = time.monotonic() + PATIENCE
        while words not in (said := self.screen.getvalue()[self.seen :]):
            assert time.monotonic() < limit, f"{words!r} never came: {said}"
            time.sleep(0.01)
        found = said.partition(words)[0] + words
        self.seen += len(found)
        return found

    def save(self, path: str, text: str | bytes) -> None:
        """Save a file of the project as most editors do: a new one takes its place."""
        target = self.root / path
        aside = target.with_name(f"~{target.name}")
        aside.write_bytes(text.encode() if isinstance(text, str) else text)
        aside.replace(target)

    def contract(self, old: str = "", new: str = "") -> None:
        """Save the contract with a text of it changed."""
        assert old in CONTRACT
        self.save("contracts/essai.yaml", CONTRACT.replace(old, new))

    def word(self, name: str = "contrat") -> str:
        """Return the text of a Word file in out/."""
        return "\n".join(read_word((self.root / f"out/essai/{name}.docx").read_bytes()))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Session]]:
    """Return what starts a session on the small project; it is ended with the test."""
    screen = io.StringIO()
    sessions: list[Session] = []
    opened: list[Saves] = []

    class Known(Saves):
        def __enter__(self) -> Self:
            opened.append(self)
            super().__enter__()
            return self

    def started(text: str = CONTRACT, **options: object) -> Session:
        monkeypatch.setattr(sys, "stdout", screen)  # a terminal shows both
        monkeypatch.setattr(sys, "stderr", screen)
        root = project(tmp_path.resolve() / "projet", {"essai": text})
        sessions.append(Session(root, screen, **options))  # type: ignore[arg-type]
        return sessions[-1]

    monkeypatch.setattr(watching, "Saves", Known)
    yield started
    for each in opened:
        each.told.put(KeyboardInterrupt())
    for session in sessions:
        session.thread.join(PATIENCE)
        assert session.status == [0]


def it_builds_then_builds_again_at_each_save(start: Callable[..., Session]) -> None:
    session = start()
    first = session.until(WAITS)
    assert WRITTEN in first
    assert "essai : 2 autres documents (2 écrits).\n" in first
    session.contract("Réseau d'essai", "Réseau du Lot")
    session.until(WRITTEN)
    assert "Réseau du Lot" in session.word()
    session.until("essai : 2 autres documents (2 écrits).\n")
    assert "Réseau du Lot" in session.word("socle")


def it_says_that_a_save_changes_nothing(start: Callable[..., Session]) -> None:
    session = start()
    session.until(WAITS)
    session.contract("DOS/1", "DOS/2")
    session.until("essai : contrat.docx et contrat.pdf inchangés.\n")
    session.until("essai : 2 autres documents (0 écrit).\n")


def it_ends_with_the_last_of_two_saves(start: Callable[..., Session]) -> None:
    session = start()
    session.until(WAITS)
    for name in ("Lot", "Gers", "Tarn"):
        session.contract("d'essai", name)
    limit = time.monotonic() + PATIENCE
    while "Tarn" not in session.word("socle"):
        assert time.monotonic() < limit
        time.sleep(0.01)
    assert "Tarn" in session.word()


def it_tells_an_error_keeps_the_documents_and_goes_on_once_it_is_mended(start: Callable[..., Session]) -> None:
    session = start()
    session.until(WAITS)
    before = (session.root / "out/essai/contrat.pdf").read_bytes()
    session.contract("2013-12-31", "2013-13-31")
    told = session.until("essai : 1 erreur ; ce que l’erreur empêche d’écrire reste tel qu’il était.\n")
    assert "contracts/essai.yaml:5:43: erreur CPOM210 : « 2013-13-31 » n'existe pas au calendrier." in told
    assert "    5 | duree:" in told
    assert (session.root / "out/essai/contrat.pdf").read_bytes() == before
    session.contract("2013-12-31", "2013-12-30")
    session.until(WRITTEN)
    assert "30\u00a0décembre" in session.word()


def it_waits_for_a_contract_that_has_gone(start: Callable[..., Session]) -> None:
    session = start()
    session.until(WAITS)
    (session.root / "contracts/essai.yaml").unlink()
    session.until("erreur CPOM004")
    session.contract("d'essai", "revenu")
    session.until(WRITTEN)
    assert "revenu" in session.word()


@pytest.mark.parametrize(
    ("path", "broken", "code", "mended"),
    [
        ("schemas/essai.yaml", "type: [", "CPOM", SCHEMA.replace("libelle: Nom,", "libelle: Le nom,")),
        ("templates/essai/modele.yaml", "type: essai\n", "CPOM305", MODELE.replace("Contrat {{", "Convention {{")),
        ("templates/essai/gabarit.docx", b"PK", "CPOM301", OTHER),
        ("templates/essai/style.typ", "#let (", "CPOM319", None),
    ],
)  # fmt: skip
def it_goes_on_once_a_schema_or_a_template_is_mended(
    start: Callable[..., Session], path: str, broken: str | bytes, code: str, mended: str | bytes | None
) -> None:
    session = start()
    session.until(WAITS)
    sound = (session.root / path).read_bytes()
    session.save(path, broken)
    session.until(f"erreur {code}")
    session.until("reste tel qu’il était.\n")
    session.save(path, mended or sound + b"\n#let more = 1\n")
    session.until("essai : contrat.docx et contrat.pdf écrits.\n" if path.endswith(".docx") else "autres documents")


def it_keeps_a_document_that_someone_has_edited_and_writes_the_others(start: Callable[..., Session]) -> None:
    session = start()
    session.until(WAITS)
    (session.root / "out/essai/contrat.docx").write_bytes(b"relu")
    session.contract("d'essai", "suivi")
    told = session.until("essai : 2 autres documents (2 écrits).\n")
    assert "out/essai/contrat.docx: erreur CPOM551" in told
    assert "essai : 1 erreur ; ce que l’erreur empêche d’écrire reste tel qu’il était.\n" in told
    assert (session.root / "out/essai/contrat.docx").read_bytes() == b"relu"
    assert "suivi" in session.word("socle")
    (session.root / "out/essai/contrat.docx").unlink()
    session.contract("d'essai", "repris")
    session.until(WRITTEN)
    assert "repris" in session.word()


def it_replaces_an_edited_document_when_told_to(start: Callable[..., Session]) -> None:
    session = start(overwrite=True)
    session.until(WAITS)
    (session.root / "out/essai/contrat.docx").write_bytes(b"relu")
    session.contract("d'essai", "suivi")
    session.until(WRITTEN)
    assert "suivi" in session.word()


def it_builds_the_documents_asked_for_in_their_order(start: Callable[..., Session]) -> None:
    session = start(CONTRACT + ANNEX, names=("annexe", "socle"))
    told = session.until(WAITS)
    assert "essai : annexe.docx et annexe.pdf écrits.\n" in told
    assert {path.stem for path in (session.root / "out/essai").iterdir()} == {"annexe", "socle"}


def it_opens_the_first_document_once(start: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", lambda path, wait: opened.append(path))  # noqa: ARG005 - as click has it
    session = start(opens=True, names=("socle",))
    session.until(WAITS)
    session.contract("d'essai", "suivi")
    session.until("essai : socle.docx et socle.pdf écrits.\n")
    assert opened == [str(session.root / "out/essai/socle.pdf")]


def it_waits_for_the_manifest_to_have_the_document(start: Callable[..., Session]) -> None:
    session = start(names=("plan",))
    session.until("erreur CPOM009 : ce modèle n'a pas de document « plan ».")
    session.until(WAITS)
    session.save("templates/essai/modele.yaml", MODELE + "  - {nom: plan, sections: [socle]}\n")
    session.until("essai : plan.docx et plan.pdf écrits.\n")


def it_waits_for_no_contract_that_does_not_exist(tmp_path: Path) -> None:
    watch = Watch(project(tmp_path), Options(), everything=False, overwrite=False, opens=False)
    with pytest.raises(ProblemError) as caught:
        watch.run(("essai", "esai"))
    assert [problem.code for problem in caught.value.problems] == ["CPOM004"]


def it_builds_again_what_depends_on_what_is_saved(tmp_path: Path) -> None:
    watch = Watch(tmp_path, Options(), everything=False, overwrite=False, opens=False)
    chosen = ("a", "b")
    assert watch.concerned(frozenset({"contracts/b.yaml", "contracts/c.yaml"}), chosen) == ("b",)
    assert watch.concerned(frozenset({"templates/x/style.typ"}), chosen) == chosen
    watch.everything = True
    assert watch.concerned(frozenset({"contracts/c.yaml"}), chosen) == ("c",)
    assert watch.concerned(frozenset({"contracts/c.yaml", "schemas/x.yaml"}), chosen) == ("a", "b", "c")


def it_builds_again_what_takes_from_the_catalogue_that_is_saved(tmp_path: Path) -> None:
    put(tmp_path, files(name="a") | files(SPELLS, name="b") | files("mesures: [", name="c"))
    watch = Watch(tmp_path, Options(), everything=False, overwrite=False, opens=False)
    chosen = ("a", "b", "c")
    assert watch.concerned(frozenset({"campagne.yaml"}), chosen) == ("a", "c")
    assert watch.concerned(frozenset({"campagne.yaml", "contracts/b.yaml"}), chosen) == ("b", "a", "c")
    assert watch.concerned(frozenset({"campagne.yaml", "schemas/essai.yaml"}), chosen) == chosen


def it_puts_the_last_save_first_and_forgets_no_contract(tmp_path: Path) -> None:
    watch = Watch(tmp_path, Options(), everything=False, overwrite=False, opens=False)
    watch.begin(("a", "b", "c"))
    begun = watch.jobs[1]
    watch.begin(("b",))
    assert [job.identifiant for job in watch.jobs] == ["b", "a", "c"]
    assert watch.jobs[0] is not begun


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to the whole console")
def it_ends_at_ctrl_c_and_leaves_nothing_behind(tmp_path: Path) -> None:
    root = project(tmp_path / "projet")
    environment = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1]), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-u", "-m", "cpomgen", "build", "essai", "--watch"]
    with subprocess.Popen(  # noqa: S603 - ourselves
        command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if line.endswith(WAITS):
                break
        run.send_signal(signal.SIGINT)
        said = run.stdout.read()
    assert (run.returncode, said) == (0, "Fini ; aucun document n’est resté à moitié écrit.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["projet"]
    assert [path.name for path in (root / ".cpomgen").iterdir()] == ["lock"]
