from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpomgen import create as creating
from cpomgen.create import Created, create
from cpomgen.disk import put
from cpomgen.problem import Problem, ProblemError

FILES = {"LISEZMOI.md": b"un", "contracts/arespa.yaml": b"deux", ".vscode/plus bas/été.json": b"", "out/x": b"\r\n"}
PATHS = tuple(FILES)


def found(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def everything(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def problems(root: Path, shown: str = "") -> tuple[Problem, ...]:
    with pytest.raises(ProblemError) as caught:
        create(root, FILES, shown=shown)
    return caught.value.problems


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("there", ["", "là/plus loin"])
def it_makes_a_folder_and_those_above_it(tmp_path: Path, there: str) -> None:
    root = tmp_path / there / "Contrats d'été"
    assert create(root, FILES) == Created(PATHS, ())
    assert found(root) == FILES
    assert [path.name for path in root.parent.iterdir()] == [root.name]


def it_fills_a_folder_and_leaves_alone_what_it_holds(tmp_path: Path) -> None:
    for path, content in {"notes.txt": b"", "contracts/autre.yaml": b"0", PATHS[0]: b"un"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    before = (tmp_path / PATHS[0]).stat().st_mtime_ns
    assert create(tmp_path, FILES) == Created(PATHS[1:], PATHS[:1])
    assert found(tmp_path) == {**FILES, "notes.txt": b"", "contracts/autre.yaml": b"0"}
    assert (tmp_path / PATHS[0]).stat().st_mtime_ns == before
    assert create(tmp_path, FILES) == Created((), PATHS)


def it_makes_nothing_when_one_file_is_another_and_tells_of_each(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    for path in PATHS[:2]:
        (tmp_path / path).write_bytes(b"autre")
    found_problems = problems(tmp_path, "projet")
    assert [(each.code, str(each.mark)) for each in found_problems] == [
        ("CPOM554", f"projet/{path}") for path in PATHS[:2]
    ]
    assert everything(tmp_path) == {"contracts", *PATHS[:2]}
    assert [each.mark.file for each in problems(tmp_path)] == list(PATHS[:2])


def it_says_when_a_folder_stands_where_a_file_goes_and_a_file_where_a_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "LISEZMOI.md").mkdir()
    (tmp_path / ".vscode").write_bytes(b"")
    assert [(str(each.mark), each.message.partition(" :")[0]) for each in problems(tmp_path)] == [
        ("LISEZMOI.md", "un dossier porte le nom de ce fichier"),
        (".vscode", "un fichier porte le nom de ce dossier"),
    ]


def it_refuses_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "projet").write_bytes(b"")
    assert [(each.code, str(each.mark)) for each in problems(tmp_path / "projet", "projet")] == [("CPOM554", "projet")]
    (problem,) = problems(tmp_path / "projet/plus bas", "projet/plus bas")
    assert (problem.code, str(problem.mark)) == ("CPOM553", "projet/plus bas")
    assert everything(tmp_path) == {"projet"}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes want rights there")
def it_takes_a_link_that_leads_nowhere_or_a_pipe_for_something_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "LISEZMOI.md").symlink_to("nulle part")
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out/x")
    assert [each.code for each in problems(tmp_path)] == ["CPOM554", "CPOM554"]


@pytest.mark.parametrize("linked", [True, False])
def it_never_writes_over_a_file_that_comes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    def late(draft: Path, target: Path) -> None:
        if target.name == "x":
            target.write_bytes(b"autre")
        if not linked:
            raise OSError(errno.EPERM, "no second name here")
        link(draft, target)

    link = os.link
    monkeypatch.setattr(os, "link", late)
    assert [(each.code, str(each.mark)) for each in problems(tmp_path)] == [("CPOM554", "out/x")]
    assert found(tmp_path) == {"out/x": b"autre"}


def it_makes_files_where_a_file_has_one_name_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    assert create(tmp_path, FILES).made == PATHS
    assert found(tmp_path) == FILES


def it_lets_one_of_several_at_once_make_a_file(tmp_path: Path) -> None:
    def made(content: str) -> str:
        try:
            create(tmp_path, {"a.yaml": content.encode()})
        except ProblemError as error:
            return error.problems[0].code
        return content

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(made, "abcdefgh"))
    assert outcomes.count("CPOM554") == 7
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") in outcomes
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def it_leaves_nothing_when_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, exists: bool
) -> None:
    root = tmp_path / "là/projet"
    if exists:
        root.mkdir(parents=True)
    before = everything(tmp_path)
    monkeypatch.setattr(os, "fsync", refusing(number))
    (problem,) = problems(root, "projet")
    assert (problem.code, str(problem.mark)) == ("CPOM553", f"projet/{PATHS[0]}")
    assert os.strerror(number) not in problem.message
    assert everything(tmp_path) == before


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("last", range(len(FILES)))
def it_leaves_nothing_when_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int, *, exists: bool
) -> None:
    root = tmp_path / "projet"
    if exists:
        root.mkdir()
    before = everything(tmp_path)

    done: list[Path] = []

    def interrupt(path: Path, content: bytes, mode: str) -> None:
        assert mode == "xb"
        put(path, content[:1], "xb")
        done.append(path)
        if len(done) > last:
            raise KeyboardInterrupt

    monkeypatch.setattr(creating, "put", interrupt)
    with pytest.raises(KeyboardInterrupt):
        create(root, FILES)
    assert everything(tmp_path) == before


def it_tells_when_the_whole_cannot_be_put_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "rename", refusing(errno.EACCES))
    (problem,) = problems(tmp_path / "projet", "projet")
    assert (problem.code, str(problem.mark)) == ("CPOM553", "projet")
    assert everything(tmp_path) == set()


def it_refuses_a_path_outside_of_the_folder(tmp_path: Path) -> None:
    for path in ("../x", "/x"):
        with pytest.raises(ValueError, match="outside"):
            create(tmp_path, {path: b""})


CREATOR = """
import sys
from pathlib import Path
from cpomgen.create import create
print("ready", flush=True)
create(Path(sys.argv[1]), {f"{number}/{number}": b"0" * 1000 for number in range(500)})
"""


def it_leaves_no_half_of_a_new_folder_when_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CREATOR, str(tmp_path / "projet")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own text
        assert process.stdout
        assert process.stdout.readline().startswith(b"ready")
        while process.poll() is None and not any(tmp_path.rglob("3")):
            time.sleep(0.001)
        process.kill()
    assert len(found(tmp_path / "projet")) in {0, 500}
