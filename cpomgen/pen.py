"""How words of a change are written: as they stay, taken away, brought in; in Markdown, or without any mark-up."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Pen(NamedTuple):
    """How words are written: as they stay, taken away, brought in; and how a place is."""

    kept: Callable[[str], str]
    removed: Callable[[str], str]
    added: Callable[[str], str]
    place: Callable[[str], str]


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_\[\]#|~$@]|^[-+])", r"\\\1", text)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", text)  # a list begins so


PLAIN = Pen(str, lambda text: f"[-{text}-]", lambda text: f"{{+{text}+}}", str)
MARKDOWN = Pen(
    escaped,
    lambda text: f"<del>{escaped(text)}</del>",
    lambda text: f"<ins>{escaped(text)}</ins>",
    lambda text: f"**{escaped(text)}**",
)
