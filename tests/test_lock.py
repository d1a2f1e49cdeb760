from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from cpomgen.lock import locked

if TYPE_CHECKING:
    from pathlib import Path


def it_lets_one_in_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []

    def enter(number: int) -> int:
        with locked(tmp_path / "état" / "lock"):
            inside.append(number)
            time.sleep(0.01)
            crowd = len(inside)
            inside.remove(number)
        return crowd

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(enter, range(12))) == {1}
