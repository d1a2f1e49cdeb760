"""What the system tells of real saves in a real folder; no test waits for what may not come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles
from essai import CONTRACT, project

from cpomgen.saves import Saves


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path.resolve() / "été")


def told(saves: Saves, path: str) -> set[str]:
    """Return all that is told until a file is."""
    found: set[str] = set()
    while path not in found:
        found |= saves.wait()
    return found


def it_tells_of_a_file_that_is_written(root: Path) -> None:
    with Saves(root) as saves:
        (root / "contracts/essai.yaml").write_text(CONTRACT, encoding="utf-8")
        assert told(saves, "contracts/essai.yaml") == {"contracts/essai.yaml"}


def it_tells_of_a_file_that_another_replaces(root: Path) -> None:
    with Saves(root) as saves:
        (root / "contracts/.essai.yaml.tmp").write_text(CONTRACT, encoding="utf-8")
        (root / "contracts/.essai.yaml.tmp").replace(root / "contracts/essai.yaml")
        assert told(saves, "contracts/essai.yaml") == {"contracts/essai.yaml"}


def it_tells_of_the_campaign_and_of_nothing_else_beside_it(root: Path) -> None:
    with Saves(root) as saves:
        for name in ("notes.yaml", ".campagne.yaml.tmp", "out.docx"):
            (root / name).write_text("region: Bretagne", encoding="utf-8")
        (root / ".campagne.yaml.tmp").replace(root / "campagne.yaml")
        assert told(saves, "campagne.yaml") == {"campagne.yaml"}


def it_tells_of_a_file_that_goes_and_comes_back(root: Path) -> None:
    with Saves(root) as saves:
        (root / "contracts/essai.yaml").unlink()
        told(saves, "contracts/essai.yaml")
        (root / "contracts/essai.yaml").write_text(CONTRACT, encoding="utf-8")
        told(saves, "contracts/essai.yaml")


def it_tells_nothing_of_what_editors_keep_aside(root: Path) -> None:
    with Saves(root) as saves:
        for name in (
            "~$gabarit.docx",
            ".~lock.gabarit.docx#",
            "gabarit.docx~",
            "4913",
            ".style.typ.swp",
            "~WRD0001.tmp",
        ):
            (root / "templates/essai" / name).write_bytes(b"x")
        (root / "templates/essai/style.typ").write_bytes(b"x")
        assert told(saves, "templates/essai/style.typ") == {"templates/essai/style.typ"}


def it_knows_that_a_save_is_waiting(root: Path) -> None:
    with Saves(root) as saves:
        assert not saves.is_waiting()
        (root / "schemas/essai.yaml").write_bytes(b"x")
        told(saves, "schemas/essai.yaml")
        (root / "schemas/essai.yaml").write_bytes(b"y")
        while not saves.is_waiting():
            time.sleep(0.01)
        assert saves.wait() == {"schemas/essai.yaml"}


def it_looks_at_files_when_the_system_may_follow_no_more(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = watchfiles.watch, []

    def full(*paths: Path, force_polling: bool | None, **named: object) -> Iterator[set[watchfiles.main.FileChange]]:
        asked.append(force_polling)
        if not force_polling:
            raise OSError(28, "no room for more watches")
        return real(*paths, force_polling=True, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles, "watch", full)
    with Saves(root) as saves:
        (root / "contracts/neuf.yaml").write_text(CONTRACT, encoding="utf-8")
        assert told(saves, "contracts/neuf.yaml") == {"contracts/neuf.yaml"}
    assert (asked.count(None), asked.count(True)) == (2, 2)  # below its folders, and beside them


def it_raises_what_keeps_it_from_listening(tmp_path: Path) -> None:
    with Saves(tmp_path / "absent") as saves, pytest.raises(FileNotFoundError):
        saves.wait()
