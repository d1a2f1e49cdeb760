from __future__ import annotations

import errno
from pathlib import Path

import pytest

from cpomgen.disk import put, unwritable
from cpomgen.problem import Mark


def it_writes_over_a_file_only_when_told_to(tmp_path: Path) -> None:
    path = tmp_path / "x"
    put(path, b"1", "xb")
    with pytest.raises(FileExistsError):
        put(path, b"2", "xb")
    assert path.read_bytes() == b"1"
    put(path, b"2", "wb")
    assert path.read_bytes() == b"2"


def it_says_in_french_why_a_file_could_not_be_written() -> None:
    told = unwritable(OSError(errno.EINVAL, "Invalid argument"), Mark("a:b"))
    assert (told.code, told.mark.file) == ("CPOM553", "a:b")
    assert "ce système n’accepte pas ce nom" in told.message
    assert "erreur 9999" in unwritable(OSError(9999, ""), Mark("x")).message
