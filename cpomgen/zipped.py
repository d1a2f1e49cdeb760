"""Parts by name → a zip file, the same bytes for the same parts; what many files share is compressed once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

# The three records of the format, as PKWARE describes them (APPNOTE, 4.3.7, 4.3.12 and 4.3.16).
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
VERSION, FLAGS, DEFLATED = 20, 0, 8
TIME, DATE = 0, 33  # 1 January 1980, the first day that the format knows
OWNER = 0o600 << 16  # may read and write it, whatever the system


def zipped(parts: Mapping[str, bytes], order: Iterable[str], own: str) -> bytes:
    """Return a zip file of parts in that order, their names in ASCII; `own` is the one that no other file shares."""
    body, index, offset = list[bytes](), list[bytes](), 0
    for name in order:
        called = name.encode("ascii")
        crc, packed = (_deflated if name == own else _known)(parts[name])
        said = (VERSION, FLAGS, DEFLATED, TIME, DATE, crc, len(packed), len(parts[name]), len(called), 0)
        index.append(CENTRAL.pack(b"PK\1\2", VERSION, *said, 0, 0, 0, OWNER, offset) + called)
        body += (LOCAL.pack(b"PK\3\4", *said), called, packed)
        offset += LOCAL.size + len(called) + len(packed)
    listed = b"".join(index)
    return b"".join((*body, listed, END.pack(b"PK\5\6", 0, 0, len(index), len(index), len(listed), offset, 0)))


def _deflated(part: bytes) -> tuple[int, bytes]:
    """Return the checksum of a part, and the part compressed, without what zlib adds around it."""
    return zlib.crc32(part), zlib.compress(part, wbits=-zlib.MAX_WBITS)


_known = lru_cache(maxsize=64)(_deflated)  # a template has some fifteen parts, a contract ten that its documents share
