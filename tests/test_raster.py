"""PNG and JPEG read for their size, whole or refused: cut, damaged, turned, beyond all measure, of another format."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture import chunk, jpeg, png
from PIL import Image, ImageCms

from cpomgen.raster import MAX_BYTES, MAX_PIXELS, DamagedError, Raster, UnsuitableError, read_raster

TURNED = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"


def saved(mode: str, **options: object) -> bytes:
    """Return a PNG written by Pillow."""
    buffer = BytesIO()
    Image.new(mode, (9, 5)).save(buffer, "PNG", **options)
    return buffer.getvalue()


def profile(name: str) -> bytes:
    """Return a colour profile."""
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes())  # type: ignore[arg-type]


def unsuitable(data: bytes) -> str:
    with pytest.raises(UnsuitableError) as refused:
        read_raster(data)
    return str(refused.value)


def damaged(data: bytes) -> str:
    with pytest.raises(DamagedError) as refused:
        read_raster(data)
    return str(refused.value)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def it_reads_png_of_all_colours(mode: str) -> None:
    assert read_raster(saved(mode)) == Raster("png", 9, 5)


def it_reads_an_interlaced_png() -> None:
    head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 1)
    lines = b"".join(
        b"\0" + bytes(3 * wide) for wide in (1, 1, 2, 3)
    )  # passes 1, 5, 6 and 7 of seven: the others are empty
    whole = zlib.compress(lines)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", whole) + chunk(b"IEND", b"")
    Image.open(BytesIO(data)).load()
    assert read_raster(data) == Raster("png", 3, 2)


@pytest.mark.parametrize(("mode", "options"), [("RGB", {}), ("L", {}), ("RGB", {"progressive": True})])
def it_reads_jpeg(mode: str, options: dict[str, bool]) -> None:
    assert read_raster(jpeg(mode, (31, 17), **options)) == Raster("jpg", 31, 17)


@pytest.mark.parametrize("data", [png(40, 30), jpeg()], ids=["png", "jpeg"])
def it_refuses_a_picture_cut_anywhere(data: bytes) -> None:
    kept = range(8, len(data) - 1)
    assert {damaged(data[:n]) for n in kept} <= {"elle est tronquée", "elle est abîmée"}


def it_refuses_a_png_that_lacks_lines() -> None:
    short = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0))
    short += chunk(b"IDAT", zlib.compress(bytes(28 * 8))) + chunk(b"IEND", b"")
    assert damaged(short) == "elle est tronquée"


@pytest.mark.parametrize("at", range(8, 60, 3))
def it_refuses_a_damaged_png(at: int) -> None:
    data = bytearray(png())
    data[at] ^= 0x10
    assert damaged(bytes(data)) in ("elle est tronquée", "elle est abîmée")


def it_refuses_a_palette_that_is_not_there() -> None:
    assert damaged(png().replace(chunk(b"IHDR", png()[16:29]), chunk(b"IHDR", png()[16:25] + b"\3\0\0\0"))) == (
        "elle est abîmée"
    )


def it_refuses_a_bomb_by_its_head() -> None:
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert damaged(bomb) == "elle a 100000 × 100000 points, 12 millions de points au plus"


def it_unpacks_no_more_than_the_picture_has() -> None:
    more = zlib.compress(bytes(50_000_000), 9)
    small = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    assert read_raster(small + chunk(b"IDAT", more) + chunk(b"IEND", b"")) == Raster("png", 2, 2)


def it_refuses_a_heavy_picture() -> None:
    assert damaged(png() + bytes(MAX_BYTES)) == "elle pèse 4,0 Mo, 4 au plus"


def it_takes_a_whole_page() -> None:
    assert read_raster(png(2480, 3508)) == Raster("png", 2480, 3508)
    assert MAX_PIXELS > 2480 * 3508


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"GIF89a....", "GIF"),
        (b"BM....", "BMP"),
        (b"II*\0....", "TIFF"),
        (b"MM\0*....", "TIFF"),
        (b"RIFF....WEBPVP8 ", "WebP"),
        (b"\1\0\0\0" + bytes(36) + b" EMF", "EMF"),
        (b"\xd7\xcd\xc6\x9a", "WMF"),
        (b"\1\0\x09\0", "WMF"),
        (b'<?xml version="1.0"?><svg/>', "SVG"),
        (b"\xef\xbb\xbf <svg/>", "SVG"),
    ],
)  # fmt: skip
def it_names_the_format_that_it_refuses(data: bytes, name: str) -> None:
    assert unsuitable(data) == f"elle est au format {name}"


def it_refuses_what_it_does_not_know() -> None:
    assert unsuitable(b"") == unsuitable(b"logo") == "son format n'est pas connu"


def it_refuses_the_colours_of_printers() -> None:
    assert unsuitable(jpeg("CMYK")) == "ses couleurs sont en CMJN, celles de l'imprimerie"


def it_refuses_an_uncommon_jpeg() -> None:
    assert "peu de lecteurs" in unsuitable(jpeg().replace(b"\xff\xc0", b"\xff\xc9"))


def it_refuses_a_picture_that_its_camera_wants_turned() -> None:
    told = "l'appareil photo demande qu'on la tourne"
    assert unsuitable(jpeg(exif=b"Exif\0\0" + TURNED)) == told
    assert unsuitable(png(more=chunk(b"eXIf", TURNED))) == told
    upright = TURNED.replace(b"\0\x06", b"\0\x01")
    assert read_raster(png(more=chunk(b"eXIf", upright))).suffix == "png"
    assert read_raster(png(more=chunk(b"eXIf", TURNED[:12]))).suffix == "png"


def it_refuses_a_colour_profile_that_archives_refuse() -> None:
    told = "son profil de couleurs n'est pas de ceux qui s'archivent"
    assert unsuitable(saved("RGB", icc_profile=profile("LAB"))) == told
    assert unsuitable(jpeg(icc_profile=profile("LAB"))) == told
    assert read_raster(saved("RGB", icc_profile=profile("sRGB"))).suffix == "png"
    assert read_raster(jpeg(icc_profile=profile("sRGB"))).suffix == "jpg"


@given(st.binary(max_size=200), st.sampled_from([png(), jpeg()]), st.integers(0, 400))
def it_reads_or_refuses_any_bytes(noise: bytes, data: bytes, at: int) -> None:
    for each in (noise, data[:at] + noise, data[:at] + noise + data[at:]):
        with suppress(DamagedError, UnsuitableError):
            assert read_raster(each).width > 0
