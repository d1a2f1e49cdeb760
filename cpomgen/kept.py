"""What is made of files, by name → kept as long as their bytes are the same: made once a run, or once a save."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """What was made of files, the last of each name."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[bytes, Any]] = {}

    def of(self, name: str, content: bytes, make: Callable[[], Made], *, lasting: bool = False) -> Made:
        """Return what `make` makes of `content`, the same as the last time when the content is.

        What is `lasting` is the same in the next run of the program: it is kept on the disk too.
        """
        digest = hashlib.sha256(content).digest()
        if name not in self.made or self.made[name][0] != digest:
            self.made[name] = digest, _recalled(name, content, make) if lasting else make()
        found: Made = self.made[name][1]
        return found


def _recalled(name: str, content: bytes, make: Callable[[], Made]) -> Made:
    from cpomgen.cache import recalled  # noqa: PLC0415 - what is not kept on the disk need not know where it would be

    return recalled(name, content, make)
