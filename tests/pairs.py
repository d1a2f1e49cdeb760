"""`python tests/pairs.py FOLDER COUNT`: generated pairs of Word files and their redlines, for judges not our own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from test_redline import drafted, made
from worded import as_bytes

from cpomgen.redline import redline
from cpomgen.revision import Reviser

FIRST = 1000  # seeds that no test draws


def write(folder: Path, count: int) -> None:
    """Write so many pairs in a new folder: 1000-old.docx, 1000-new.docx, 1000-redline.docx."""
    folder.mkdir(parents=True)
    for seed in range(FIRST, FIRST + count):
        old, new = map(made, drafted(seed))
        tracked = redline(old, new, Reviser("Essai", datetime(2012, 12, 12, tzinfo=UTC)))
        for name, content in (("old", as_bytes(old.package)), ("new", as_bytes(new.package)), ("redline", tracked)):
            (folder / f"{seed}-{name}.docx").write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
