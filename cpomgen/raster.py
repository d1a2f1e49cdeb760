"""Bytes of a picture → its format and its size in pixels: a PNG or a JPEG that is whole, or why it is none."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MAX_BYTES = 4_000_000  # a logo has a hundred thousand
MAX_PIXELS = 12_000_000  # 4000 × 3000: an A4 page at 300 dots per inch has nine
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
KNOWN = (  # how pictures of other formats begin
    ("GIF", re.compile(rb"GIF8")),
    ("BMP", re.compile(rb"BM")),
    ("TIFF", re.compile(rb"II\*\0|MM\0\*")),
    ("WebP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("EMF", re.compile(rb"\x01\0\0\0.{36} EMF", re.DOTALL)),
    ("WMF", re.compile(rb"\xd7\xcd\xc6\x9a|[\x01\x02]\0\x09\0")),
    ("SVG", re.compile(rb"[^<]{0,9}<(\?xml|svg|!--|!DOCTYPE)")),
)
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by type of colour of a PNG
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
PASSES = ((8, 8, 0, 0), (8, 8, 4, 0), (4, 8, 0, 4), (4, 4, 2, 0), (2, 4, 0, 2), (2, 2, 1, 0), (1, 2, 0, 1))
INFLATED = 1 << 20  # bytes unpacked at a time
FRAMES = range(0xC0, 0xD0)  # markers that say the size of a JPEG, but those of NO_FRAME
NO_FRAME = (0xC4, 0xC8, 0xCC)
COMMON = (0xC0, 0xC1, 0xC2)  # frames that every reader knows
SCAN, END, EXIF, PROFILE = 0xDA, 0xD9, 0xE1, 0xE2
NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what ends the data of a scan
ORIENTATION = 0x0112
COLOURS, CLASSES = (b"RGB ", b"GRAY", b"CMYK"), (b"mntr", b"scnr", b"prtr", b"spac")  # what PDF/A takes
CUT = "elle est tronquée"


class Raster(NamedTuple):
    """A picture that can be printed: `suffix` is that of its file, its size is in pixels."""

    suffix: str
    width: int
    height: int


class UnsuitableError(Exception):
    """Raised for a picture of a format that does not print; the text says which, in French."""


class DamagedError(Exception):
    """Raised for a picture that is not whole, or beyond all measure; the text says how, in French."""


@lru_cache(maxsize=32)  # a logo stands in many places
def read_raster(data: bytes) -> Raster:
    """Return what a picture is; raise UnsuitableError or DamagedError when it cannot be printed."""
    if len(data) > MAX_BYTES:
        raise DamagedError(f"elle pèse {len(data) / 1e6:.1f} Mo, {MAX_BYTES / 1e6:g} au plus".replace(".", ","))
    if data.startswith(PNG):
        return _png(data)
    if data.startswith(JPEG):
        return _jpeg(data)
    name = next((name for name, start in KNOWN if start.match(data)), "")
    raise UnsuitableError(f"elle est au format {name}" if name else "son format n'est pas connu")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise DamagedError("elle n'a pas de taille")
    if width * height > MAX_PIXELS:
        limit = f"{MAX_PIXELS / 1e6:g} millions de points au plus"
        raise DamagedError(f"elle a {width} × {height} points, {limit}")


# PNG


def _png(data: bytes) -> Raster:
    chunks = list(_chunks(data))
    kind, head = chunks[0]
    if kind != b"IHDR" or len(head) != struct.calcsize(">IIBBBBB"):
        raise DamagedError("elle est abîmée")
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", head)
    _check_size(width, height)
    if depth not in DEPTHS.get(colour, ()) or (colour == 3 and b"PLTE" not in dict(chunks)):  # noqa: PLR2004 - palette
        raise DamagedError("elle est abîmée")
    _check_orientation(dict(chunks).get(b"eXIf", b""))
    _check_profile(_unpacked(dict(chunks).get(b"iCCP", b"")))
    bits = depth * CHANNELS[colour]
    shapes = list(_passes(width, height)) if interlaced else [(width, height)]
    wanted = sum(tall * (1 + -(-wide * bits // 8)) for wide, tall in shapes if wide and tall)
    _check_inflated(b"".join(body for kind, body in chunks if kind == b"IDAT"), wanted)
    return Raster("png", width, height)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the body of each chunk, up to the last."""
    at = len(PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if len(body) < length or at + length + 12 > len(data):
            break
        if zlib.crc32(kind + body) != int.from_bytes(data[at + 8 + length : at + 12 + length], "big"):
            raise DamagedError("elle est abîmée")
        yield kind, body
        if kind == b"IEND":
            return
        at += length + 12
    raise DamagedError(CUT)


def _passes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """Yield the size of each of the pictures that an interlaced one is made of."""
    for across, down, left, top in PASSES:
        yield -(-(width - left) // across), -(-(height - top) // down)


def _check_inflated(packed: bytes, wanted: int) -> None:
    """Raise DamagedError unless as many bytes come out as the picture has; no more than that are unpacked."""
    unpacking, found = zlib.decompressobj(), 0
    try:
        while found < wanted and not unpacking.eof:
            piece = unpacking.decompress(packed, INFLATED)
            packed = unpacking.unconsumed_tail
            if not piece and not packed:
                break
            found += len(piece)
    except zlib.error:
        raise DamagedError("elle est abîmée") from None
    if found < wanted:
        raise DamagedError(CUT)


# JPEG


def _jpeg(data: bytes) -> Raster:
    segments = list(_segments(data))
    frames = [(marker, body) for marker, body in segments if marker in FRAMES and marker not in NO_FRAME]
    if not frames or len(frames[0][1]) < struct.calcsize(">BHHB") or SCAN not in dict(segments):
        raise DamagedError("elle est abîmée")
    marker, body = frames[0]
    depth, height, width, channels = struct.unpack_from(">BHHB", body)
    _check_size(width, height)
    if channels not in (1, 3):
        raise UnsuitableError("ses couleurs sont en CMJN, celles de l'imprimerie")
    if marker not in COMMON or depth != 8:  # noqa: PLR2004 - bits
        raise UnsuitableError("elle est d'une sorte de JPEG que peu de lecteurs connaissent")
    for marker, body in segments:
        if marker == EXIF:
            _check_orientation(body.removeprefix(b"Exif\0\0"))
        if marker == PROFILE and body.startswith(b"ICC_PROFILE\0\1"):
            _check_profile(body[14:])
    return Raster("jpg", width, height)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and the body of each segment, up to the end; the data of scans are passed over."""
    at = len(JPEG)
    while at + 2 <= len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise DamagedError("elle est abîmée")
        marker = data[at + 1]
        if marker == END:
            return
        if marker == 0xFF:  # noqa: PLR2004 - filling
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            break
        yield marker, data[at + 4 : end]
        found = NEXT.search(data, end) if marker == SCAN else None
        if marker == SCAN and found is None:
            break
        at = found.start() if found else end
    raise DamagedError(CUT)


def _check_orientation(exif: bytes) -> None:
    """Raise UnsuitableError when a camera asks that the picture be turned: not every reader does it."""
    order = "<" if exif.startswith(b"II") else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        entries = (struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * n) for n in range(count))
        turned = any(tag == ORIENTATION and value > 1 for tag, _, _, value in entries)
    except struct.error:
        return
    if turned:
        raise UnsuitableError("l'appareil photo demande qu'on la tourne")


def _unpacked(chunk: bytes) -> bytes:
    """Return the head of the colour profile that a chunk of a PNG holds after its name."""
    try:
        return zlib.decompressobj().decompress(chunk.partition(b"\0")[2][1:], 128)
    except zlib.error:
        return b""


def _check_profile(head: bytes) -> None:
    """Raise UnsuitableError for a colour profile that would go into the PDF and that archives refuse."""
    if head[36:40] == b"acsp" and (head[16:20] not in COLOURS or head[12:16] not in CLASSES or head[8] > 4):  # noqa: PLR2004 - the last version
        raise UnsuitableError("son profil de couleurs n'est pas de ceux qui s'archivent")
