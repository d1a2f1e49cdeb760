from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cpomgen import cache
from cpomgen.cache import recalled
from cpomgen.kept import Kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "place", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def it_makes_once_what_the_same_content_makes() -> None:
    assert recalled("a", b"1", lambda: ["first"]) == ["first"]
    assert recalled("a", b"1", lambda: ["again"]) == ["first"]


@pytest.mark.parametrize(("name", "content"), [("a", b"2"), ("b", b"1")])
def it_makes_again_what_another_content_or_name_makes(name: str, content: bytes) -> None:
    recalled("a", b"1", lambda: ["first"])
    assert recalled(name, content, lambda: ["again"]) == ["again"]


def it_makes_again_what_another_program_made(monkeypatch: pytest.MonkeyPatch) -> None:
    recalled("a", b"1", lambda: ["first"])
    monkeypatch.setattr(cache, "programs", lambda: b"another")
    assert recalled("a", b"1", lambda: ["again"]) == ["again"]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 100])
def it_makes_again_what_is_damaged(folder: Path, damage: bytes) -> None:
    recalled("a", b"1", lambda: ["first"])
    [path] = folder.iterdir()
    path.write_bytes(damage)
    assert recalled("a", b"1", lambda: ["again"]) == ["again"]
    assert recalled("a", b"1", lambda: ["third"]) == ["again"]


def it_keeps_nothing_of_what_cannot_be_made(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        recalled("a", b"1", lambda: 1 // 0)
    assert list(folder.iterdir()) == []


def it_keeps_so_many_files_and_no_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 3)
    for number in range(9):
        recalled("a", b"%d" % number, lambda: ["made"])
    assert len(list(folder.iterdir())) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def it_reads_nothing_that_others_may_have_written(folder: Path) -> None:
    recalled("a", b"1", lambda: ["first"])
    folder.chmod(0o777)
    assert recalled("a", b"1", lambda: ["again"]) == ["again"]


def it_does_without_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(cache, "place", lambda: tmp_path / "file" / "cache")
    assert recalled("a", b"1", lambda: ["first"]) == ["first"]
    assert recalled("a", b"1", lambda: ["again"]) == ["again"]


def it_keeps_from_one_run_to_the_next_what_is_said_to_last() -> None:
    assert Kept().of("a", b"1", lambda: ["first"], lasting=True) == ["first"]
    assert Kept().of("a", b"1", lambda: ["again"], lasting=True) == ["first"]
    assert Kept().of("a", b"1", lambda: ["again"]) == ["again"]
