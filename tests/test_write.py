from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpomgen import write as writing
from cpomgen.problem import Problem, ProblemError
from cpomgen.write import Written, write

PATHS = ("arespa/socle.docx", "arespa/socle.pdf", "réseau du Haut Jura/annexe 1 – été.docx")


def documents(content: bytes) -> dict[str, bytes]:
    return {path: path.encode() + content for path in PATHS}


def found(root: Path) -> dict[str, bytes]:
    out = root / "out"
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def temporaries(root: Path) -> list[Path]:
    return [path for path in (root / ".cpomgen").rglob("*") if path.name != "lock"]


def problems(root: Path, content: bytes = b"2") -> tuple[Problem, ...]:
    with pytest.raises(ProblemError) as caught:
        write(root, documents(content))
    return caught.value.problems


def it_writes_every_document(tmp_path: Path) -> None:
    assert write(tmp_path, documents(b"1")) == Written(PATHS, ())
    assert found(tmp_path) == documents(b"1")
    assert temporaries(tmp_path) == []


def it_records_what_it_wrote(tmp_path: Path) -> None:
    write(tmp_path, documents(b"1"))
    write(tmp_path, documents(b"2"))
    manifest = json.loads((tmp_path / "out/manifest.json").read_bytes())
    expected = {
        path: {"empreintes": [hashlib.sha256(content).hexdigest()], "taille": len(content)}
        for path, content in documents(b"2").items()
    }
    assert manifest == {"fichiers": expected}


def it_replaces_what_it_wrote_and_leaves_alone_what_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, documents(b"1"))
    untouched = (tmp_path / "out" / PATHS[0]).stat().st_mtime_ns
    manifest = (tmp_path / "out/manifest.json").stat().st_mtime_ns
    assert write(tmp_path, documents(b"1")) == Written((), PATHS)
    assert (tmp_path / "out/manifest.json").stat().st_mtime_ns == manifest
    changed = documents(b"2") | {PATHS[0]: documents(b"1")[PATHS[0]]}
    assert write(tmp_path, changed) == Written(PATHS[1:], PATHS[:1])
    assert (tmp_path / "out" / PATHS[0]).stat().st_mtime_ns == untouched
    assert found(tmp_path) == changed


def it_keeps_the_record_of_other_contracts(tmp_path: Path) -> None:
    write(tmp_path, documents(b"1"))
    write(tmp_path, {"autre/socle.docx": b"1"})
    assert write(tmp_path, documents(b"2")).written == PATHS


def it_never_overwrites_an_edited_document(tmp_path: Path) -> None:
    write(tmp_path, documents(b"1"))
    (tmp_path / "out" / PATHS[1]).write_bytes(b"main")
    (problem,) = problems(tmp_path)
    assert (problem.code, problem.mark.file) == ("CPOM551", f"out/{PATHS[1]}")
    assert "--ecraser" in problem.remedy
    assert found(tmp_path) == documents(b"1") | {PATHS[1]: b"main"}
    assert temporaries(tmp_path) == []


def it_never_overwrites_a_document_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "out/arespa").mkdir(parents=True)
    (tmp_path / "out" / PATHS[0]).write_bytes(b"main")
    (tmp_path / "out" / PATHS[1]).write_bytes(b"main")
    assert [problem.code for problem in problems(tmp_path)] == ["CPOM551", "CPOM551"]


def it_overwrites_when_told_to_and_then_knows_the_document(tmp_path: Path) -> None:
    write(tmp_path, documents(b"1"))
    (tmp_path / "out" / PATHS[1]).write_bytes(b"main")
    assert write(tmp_path, documents(b"2"), overwrite=True).written == PATHS
    assert write(tmp_path, documents(b"3")).written == PATHS


DAMAGED = [b"", b"{", b"[]", b'{"fichiers": [1]}', b"\xff", b'{"fichiers": {"a": 1}}', b"[" * 100_000]


@pytest.mark.parametrize("damage", DAMAGED)
def it_takes_all_for_foreign_when_its_record_is_damaged(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path, documents(b"1"))
    (tmp_path / "out/manifest.json").write_bytes(damage)
    assert [problem.code for problem in problems(tmp_path)] == ["CPOM551"] * 3
    assert write(tmp_path, documents(b"1")) == Written((), PATHS)
    assert write(tmp_path, documents(b"2")).written == PATHS


def it_refuses_a_path_outside_of_out(tmp_path: Path) -> None:
    for path in ("../x.docx", "/x.docx"):
        with pytest.raises(ValueError, match="outside"):
            write(tmp_path, {path: b""})


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "pas le droit d’écrire"),
        (errno.EXDEV, "même disque"),
        (errno.ELOOP, f"erreur {errno.ELOOP}"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def it_tells_why_it_could_not_write_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str, step: str
) -> None:
    write(tmp_path, documents(b"1"))

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse) if step == "fsync" else patch.setattr(Path, "replace", refuse)
        (problem,) = problems(tmp_path)
    assert problem.code == "CPOM553"
    assert sentence in problem.message
    assert os.strerror(number) not in problem.message
    assert found(tmp_path) == documents(b"1")
    assert temporaries(tmp_path) == []
    assert write(tmp_path, documents(b"2")).written == PATHS


def it_asks_to_close_a_document_open_in_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, documents(b"1"))
    monkeypatch.setattr(writing, "_WINDOWS", True)

    def refuse(target: Path) -> None:
        if target.name == "socle.docx":
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(writing, "_reach", refuse)
    (problem,) = problems(tmp_path)
    assert (problem.code, problem.mark.file) == ("CPOM552", f"out/{PATHS[0]}")
    assert "fermez-le" in problem.remedy
    assert found(tmp_path) == documents(b"1")


def it_says_when_a_folder_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out" / PATHS[0]).mkdir(parents=True)
    (tmp_path / "out/réseau du Haut Jura").write_bytes(b"")
    assert {problem.code for problem in problems(tmp_path)} <= {"CPOM552", "CPOM553"}


def it_leaves_no_temporary_file_when_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, documents(b"1"))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, documents(b"2"))
    assert found(tmp_path) == documents(b"1")
    assert temporaries(tmp_path) == []


def it_sweeps_what_a_killed_run_left(tmp_path: Path) -> None:
    (tmp_path / ".cpomgen/tmp").mkdir(parents=True)
    (tmp_path / ".cpomgen/tmp/0").write_bytes(b"half")
    write(tmp_path, documents(b"1"))
    assert temporaries(tmp_path) == []


def it_lets_several_contracts_be_written_at_once(tmp_path: Path) -> None:
    def build(number: int) -> None:
        for version in range(5):
            write(tmp_path, {f"c{number}/socle.docx": str(version).encode()})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(build, range(8)))
    manifest = json.loads((tmp_path / "out/manifest.json").read_bytes())["fichiers"]
    expected = {"empreintes": [hashlib.sha256(b"4").hexdigest()], "taille": 1}
    assert manifest == {f"c{number}/socle.docx": expected for number in range(8)}


WRITER = """
import sys
from pathlib import Path
from cpomgen.write import write
paths = sys.argv[2:]
print("ready", flush=True)
version = 0
while True:
    version += 1
    write(Path(sys.argv[1]), {path: path.encode() + b"%d" % version * 2000 for path in paths})
"""


def it_leaves_whole_files_of_its_own_when_killed(tmp_path: Path) -> None:
    """Kill a process that writes without end, many times: each file stays whole, and stays ours."""
    chance, end = random.Random(7), time.monotonic() + 5  # noqa: S311 - no secret here
    while time.monotonic() < end:
        command = [sys.executable, "-c", WRITER, str(tmp_path), *PATHS]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own text
            assert process.stdout
            assert process.stdout.readline().startswith(b"ready")
            time.sleep(chance.random() * 0.05)
            process.kill()
        for path, content in found(tmp_path).items():
            body = content.removeprefix(path.encode())
            assert body == b"0" or (body and body == body[: len(body) // 2000] * 2000)
        write(tmp_path, documents(b"0"))
        assert found(tmp_path) == documents(b"0")
        assert temporaries(tmp_path) == []
