"""Bytes → the kind of file that they are, told in French, when they are no text: a Word file under another name."""

from __future__ import annotations

KINDS = ((b"PK\x03\x04", "Word, Excel ou zip"), (b"%PDF", "PDF"), (b"\xd0\xcf\x11\xe0", "Word ou Excel ancien"))


def foreign_kind(content: bytes) -> str:
    """Return the kind of a file by its first bytes, empty for one that may be a text."""
    kind = next((kind for start, kind in KINDS if content.startswith(start)), "")
    return "Word" if kind and b"word/" in content else kind
