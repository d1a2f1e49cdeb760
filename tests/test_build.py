"""`cpomgen build` of many contracts: only what changed, as many at once as asked, whatever stops it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from essai import CONTRACT, gabarit, project, put
from history import record, tag
from regional import SPELLS, files

from cpomgen import pipeline
from cpomgen.lock import locked

ROOT = Path(__file__).parents[1]
Run = Callable[..., tuple[object, str, str]]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture
def run(run: Run) -> Run:
    """Return what runs `cpomgen build` in a folder: its exit status, what it says, what it complains of."""

    def build(folder: Path, *arguments: str) -> tuple[object, str, str]:
        alone = () if "--jobs" in arguments else ("--jobs", "1")  # to start processes takes time
        return run(folder, "build", *arguments, *alone)

    return build


def named(name: str, text: str = CONTRACT) -> str:
    return text.replace("identifiant: essai", f"identifiant: {name}").replace("Réseau d'essai", f"Réseau {name}")


def many(root: Path, count: int) -> Path:
    names = [f"c{number:02}" for number in range(count)]
    return project(root, {name: named(name) for name in names})


def found(root: Path) -> dict[str, bytes]:
    out = root / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def ended(said: str) -> dict[str, int]:
    """Return the closing table of a build, by what became of contracts."""
    lines = (
        re.fullmatch(r" +(\d+) (construit|inchangé|conservé|en erreur)s?(?: :.*)?", line) for line in said.splitlines()
    )
    return {line[2]: int(line[1]) for line in lines if line}


ALL = {"construit": 0, "inchangé": 0, "en erreur": 0}


def it_gives_the_same_bytes_with_any_number_of_jobs(tmp_path: Path, run: Run) -> None:
    roots = [many(tmp_path / str(jobs), 5) for jobs in (1, 3)]
    for root, jobs in zip(roots, ("1", "3"), strict=True):
        status, said, _ = run(root, "--all", "--jobs", jobs)
        assert (status, ended(said)) == (0, ALL | {"construit": 5})
        assert [line.split(" :")[0] for line in said.splitlines()[:5]] == ["c00", "c01", "c02", "c03", "c04"]
    assert found(roots[0]) == found(roots[1])
    assert len(found(roots[0])) == 5 * 4 + 1


def it_neither_prints_nor_reads_what_has_not_changed(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = many(tmp_path, 3)
    run(root, "--all")
    before = found(root)
    monkeypatch.setattr(pipeline, "build", None)
    status, said, _ = run(root, "--all")
    assert (status, ended(said)) == (0, ALL | {"inchangé": 3})
    assert found(root) == before


def it_is_not_fooled_by_dates(tmp_path: Path, run: Run) -> None:
    root = many(tmp_path, 2)
    run(root, "--all")
    for path in (*root.rglob("*.yaml"), *root.rglob("*.docx")):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert ended(run(root, "--all")[1])["inchangé"] == 2
    path = root / "contracts/c01.yaml"
    was = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("Réseau c01", "Réseau c91"), encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert ended(run(root, "--all")[1]) == {"construit": 1, "inchangé": 1, "en erreur": 0}


REASONS: list[tuple[str, Callable[[Path], object], tuple[str, ...], str]] = [
    ("contract", lambda root: _more(root / "contracts/c01.yaml", "# note\n"), (), "contracts/c01.yaml a changé"),
    (
        "template",
        lambda root: (root / "templates/essai/gabarit.docx").write_bytes(
            gabarit("{{ nom }} : {{ duree.date_fin }} {{ duree.date_effet }}")
        ),
        (),
        "templates/essai/gabarit.docx a changé",
    ),
    (
        "style",
        lambda root: _more(root / "templates/essai/style.typ", "// note\n"),
        (),
        "templates/essai/style.typ a changé",
    ),
    ("schema", lambda root: _more(root / "schemas/essai.yaml", "# note\n"), (), "schemas/essai.yaml a changé"),
    (
        "manifest",
        lambda root: _more(root / "templates/essai/modele.yaml", "# n\n"),
        (),
        "templates/essai/modele.yaml a changé",
    ),
    ("options", lambda _: None, ("--sans-donnees",), "les options ne sont plus les mêmes"),
    ("asked for", lambda _: None, ("--rebuild",), "--rebuild le demande"),
    ("missing", lambda root: (root / "out/c01/socle.pdf").unlink(), (), "out/c01/socle.pdf n’est plus là"),
    ("no trace", lambda root: shutil.rmtree(root / ".cpomgen"), (), "il n’a pas encore été construit ici"),
]


def _more(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize(
    ("change", "options", "reason"), [each[1:] for each in REASONS], ids=[each[0] for each in REASONS]
)
def it_explains_why_it_builds_again(
    tmp_path: Path, run: Run, change: Callable[[Path], object], options: tuple[str, ...], reason: str
) -> None:
    root = many(tmp_path, 2)
    run(root, "--all")
    change(root)
    _, said, _ = run(root, "--all", "--explain", *options)
    assert f"    c01 : {reason}." in said
    own = reason.startswith(("contracts/c01", "out/c01"))
    assert ended(said) == ALL | {"construit": 1 if own else 2, "inchangé": 1 if own else 0}


def it_builds_again_the_contracts_that_refer_to_a_catalogue_that_changes(tmp_path: Path, run: Run) -> None:
    put(tmp_path, files(SPELLS, name="seul") | files(name="cite"))
    shutil.copy(ROOT / "templates/cpom_type/style.typ", tmp_path / "templates/essai/style.typ")
    assert ended(run(tmp_path, "--all")[1])["construit"] == 2
    catalogue = tmp_path / "campagne.yaml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("Délai de réponse", "Délai"), encoding="utf-8")
    _, said, _ = run(tmp_path, "--all", "--explain", "--jobs", "2")
    assert ended(said) == {"construit": 1, "inchangé": 1, "en erreur": 0}
    assert "    cite : campagne.yaml a changé." in said


def it_says_that_another_program_made_the_documents(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = many(tmp_path, 1)
    run(root, "--all")
    monkeypatch.setattr("cpomgen.commands.due.programs", lambda: b"another")
    assert "c00 : cpomgen, ou un programme dont il se sert, n’est plus le même." in run(root, "--all", "--explain")[1]


def it_never_replaces_an_edited_document_of_a_contract_that_has_not_changed(tmp_path: Path, run: Run) -> None:
    root = many(tmp_path, 2)
    run(root, "--all")
    (root / "out/c01/socle.docx").write_bytes(b"relu")
    status, said, told = run(root, "--all")
    assert (status, ended(said)) == (1, {"construit": 0, "inchangé": 1, "en erreur": 1})
    assert "           c01 : out/c01/socle.docx CPOM551" in said
    assert "out/c01/socle.docx: erreur CPOM551" in told
    assert (root / "out/c01/socle.docx").read_bytes() == b"relu"
    assert ended(run(root, "--all", "--ecraser")[1])["construit"] == 1


def it_tells_again_what_is_wrong_in_a_contract_that_has_not_changed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(tmp_path, {"bon": named("bon"), "faux": named("faux").replace("nom:", "nmo:")})
    first = run(root, "--all")
    monkeypatch.setattr(pipeline, "build", None)
    again = run(root, "--all")
    assert (first[0], again[0]) == (1, 1)
    assert again[2] == first[2]
    assert "contracts/faux.yaml:3:1: erreur CPOM211" in again[2]


def it_leaves_alone_what_is_frozen_as_it_is(tmp_path: Path, run: Run) -> None:
    root = many(tmp_path, 3)
    record(root)
    tag(root, "cpom/c01/v0")
    _, said, _ = run(root, "--all", "--explain")
    assert ended(said) == ALL | {"construit": 2, "conservé": 1}
    assert "    c01 : laissé tel quel, c’est la version v0." in said
    assert not (root / "out/c01").exists()
    _more(root / "contracts/c01.yaml", "# l'avenant se prépare\n")
    assert ended(run(root, "--all")[1]) == ALL | {"construit": 1, "inchangé": 2}


def it_knows_of_each_document_what_it_was_made_from(tmp_path: Path, run: Run) -> None:
    root = many(tmp_path, 1)
    head = str(record(root))
    run(root, "--all")
    entry = json.loads((root / "out/manifest.json").read_bytes())["fichiers"]["c00/contrat.pdf"]
    content = (root / "out/c00/contrat.pdf").read_bytes()
    source = hashlib.sha256((root / "contracts/c00.yaml").read_bytes()).hexdigest()
    assert entry.pop("modele")
    assert entry == {
        "empreintes": [hashlib.sha256(content).hexdigest()],
        "contrat": "c00",
        "edition": "projet",
        "source": source,
        "revision": head,
        "pages": 1,
        "taille": len(content),
    }
    _more(root / "contracts/c00.yaml", "# depuis\n")
    run(root, "--all")
    assert json.loads((root / "out/manifest.json").read_bytes())["fichiers"]["c00/contrat.pdf"]["modifie"] is True


def it_reports_the_documents_of_contracts_that_are_gone_and_removes_them_when_told_to(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path, {name: named(name, CONTRACT + "annexe: A.\n") for name in ("un", "deux", "trois")})
    run(root, "--all")
    (root / "out/deux/v0").mkdir()
    (root / "out/deux/v0/contrat.pdf").write_bytes(b"signed")
    (root / "contracts/deux.yaml").unlink()
    (root / "contracts/trois.yaml").write_text(named("trois"), encoding="utf-8")
    (root / "out/deux/socle.pdf").write_bytes(b"relu")
    _, said, _ = run(root, "--all")
    assert (
        "8 documents de out/ ne sont plus ceux d’aucun contrat (--prune les retire) :\n    out/deux/annexe.docx" in said
    )
    assert len(found(root)) == 6 + 6 + 6 + 2
    status, said, told = run(root, "--all", "--prune")
    assert "7 documents qu’aucun contrat n’a plus sont retirés de out/." in said
    assert (status, "out/deux/socle.pdf: erreur CPOM551" in told) == (1, True)
    left = {path for path in found(root) if path.startswith(("deux/", "trois/"))}
    assert left == {"deux/socle.pdf", "deux/v0/contrat.pdf"} | {
        f"trois/{n}.{k}" for n in ("contrat", "socle") for k in ("docx", "pdf")
    }
    assert "aucun contrat" not in run(root, "--all", "--ecraser", "--prune")[1].replace("qu’aucun contrat", "")
    assert "deux/socle.pdf" not in found(root)


def it_says_errors_alone_when_it_is_to_be_quiet(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path, {"bon": named("bon"), "faux": named("faux").replace("nom:", "nmo:")})
    status, said, told = run(root, "--all", "--quiet")
    assert (status, said, "CPOM211" in told) == (1, "", True)


def it_says_what_became_of_contracts_for_a_program(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path, {"bon": named("bon"), "faux": named("faux").replace("nom:", "nmo:")})
    status, said, told = run(root, "--all", "--format", "json")
    record_ = json.loads(said)
    assert (status, told) == (1, "")
    assert record_["bilan"] == {"construit": 1, "inchangé": 0, "conservé": 0, "en erreur": 1}
    good, wrong = record_["contrats"]
    assert (good["identifiant"], good["etat"], len(good["ecrits"])) == ("bon", "construit", 4)
    assert (wrong["identifiant"], wrong["problemes"][0]["code"], wrong["problemes"][0]["line"]) == (
        "faux",
        "CPOM211",
        3,
    )


def it_waits_for_another_build_and_says_so(tmp_path: Path) -> None:
    root = many(tmp_path, 1)
    with ExitStack() as held:
        held.enter_context(locked(root / ".cpomgen/lock"))
        with started(root, "--jobs", "1") as process:
            assert process.stderr
            assert process.stderr.readline().startswith("une autre construction est en cours dans ce projet")
            assert not (root / "out/c00").exists()
            held.close()
            assert process.wait(60) == 0
    assert (root / "out/c00/contrat.pdf").exists()


def it_builds_the_others_when_a_document_cannot_be_written(tmp_path: Path, run: Run) -> None:
    root = many(tmp_path, 3)
    (root / "out/c01/socle.pdf").mkdir(parents=True)
    status, said, told = run(root, "--all")
    assert (status, ended(said)) == (1, ALL | {"construit": 2, "en erreur": 1})
    assert "out/c01/socle.pdf: erreur CPOM55" in told


def it_goes_on_after_a_fault_of_ours(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pipeline.build

    def break_down(reading: object, identifiant: str, options: object) -> object:
        if identifiant == "c01":
            raise ZeroDivisionError
        return whole(reading, identifiant, options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "build", break_down)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    status, said, told = run(many(tmp_path / "p", 3), "--all", "--jobs", "1")
    assert (status, ended(said)) == (3, ALL | {"construit": 2, "en erreur": 1})
    assert "Envoyez-nous ce fichier" in told


# Real processes


EAGER = "from cpomgen.commands import building; building.SHARE = 0; from cpomgen.cli import main; main()"
"""Each contract is put in its place as it comes, for kills to fall in between."""


def started(root: Path, *options: str) -> subprocess.Popen[str]:
    """Return a build of all contracts, in a process and a group of its own."""
    command = [sys.executable, "-c", EAGER, "build", "--all", *options, "-C", str(root)]
    return subprocess.Popen(  # noqa: S603 - our own
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def have_left(groups: list[int]) -> bool:
    """Tell whether no process of groups is left, before long."""
    end = time.monotonic() + 20
    while any(map(is_alive, groups)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(is_alive, groups))


def check_truth(root: Path, whole: dict[str, bytes]) -> None:
    """Check that out/ holds whole files alone, and that its manifest says so."""
    documents = found(root)
    known = json.loads(documents.pop("manifest.json", b'{"fichiers": {}}'))["fichiers"]
    for path, content in documents.items():
        assert content == whole[path], path
        assert hashlib.sha256(content).hexdigest() in known[path]["empreintes"], path


def until(root: Path, process: subprocess.Popen[str], count: int) -> None:
    """Wait until there are so many files in out/, or the process has ended."""
    while process.poll() is None and len(list((root / "out").rglob("*.*"))) < count:
        time.sleep(0.01)


@POSIX
def it_gives_the_same_bytes_when_it_is_killed_ten_times_and_resumed(tmp_path: Path) -> None:
    root, undisturbed = (many(tmp_path / name, 40) for name in ("tué", "tranquille"))
    with started(undisturbed, "--jobs", "2") as process:
        assert process.wait(120) == 0
    whole = found(undisturbed)
    chance, groups, seen = random.Random(7), [], set()  # noqa: S311 - no secret here
    for _ in range(10):
        with started(root, "--jobs", "2") as process:
            until(root, process, len(found(root)) + chance.randrange(1, 12))
            time.sleep(chance.random() * 0.05)
            process.kill()
        groups.append(process.pid)
        check_truth(root, whole)
        seen.add(len(found(root)))
    assert have_left(groups), "its processes leave by themselves"
    assert len(seen) > 5, "killed at several points"
    with started(root, "--jobs", "2") as process:
        assert process.wait(120) == 0
    assert found(root) == whole
    assert not (root / ".cpomgen/tmp").exists()


@POSIX
def it_leaves_nothing_behind_when_it_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, folder = many(tmp_path / "projet", 40), tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with started(root, "--jobs", "2") as process:
        until(root, process, 4)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr
        assert process.stderr.read().strip() == "Interrompu ; aucun document n'est resté à moitié écrit."
    assert have_left([process.pid])
    assert [path for path in folder.iterdir() if path.name.startswith("cpomgen-")] == []
    assert not (root / ".cpomgen/tmp").exists()
