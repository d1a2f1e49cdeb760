"""How seldom a process of ours looks for objects that hold each other: what a contract leaves is gone with it."""

from __future__ import annotations

import gc

OBJECTS = (
    20_000  # made and not gone, before they are looked for; a contract has some more, and Python looks at each 700
)


def look_seldom() -> None:
    """Have this process look for objects that hold each other about once a contract: looking takes long."""
    gc.set_threshold(OBJECTS)
