"""Bytes of a PDF → Pdf: what it says of itself, as it was first written; read within bounds, whoever made it."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpomgen.pdfwords import edges, words
from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

MAX_BYTES = 64 * 1024 * 1024
MAX_STREAM = 32 * 1024 * 1024  # of one stream, once inflated
MAX_INFLATED = 512 * 1024 * 1024  # of all of them
MAX_PAGES = 2_000
STAMPED = 3  # pages, among which one bears the fingerprint
TRIED = 4  # ends of file that may be the first one
ATTACHED = ("contrat.json", "avenant.jsonl")
END = re.compile(rb"%%EOF[\r\n]*")
STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")  # what zlib has made begins so
ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError, RuntimeError, OverflowError, zlib.error)


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF says of itself: the contract's data that it carries, its title, the words at the edge of its pages."""

    donnees: str
    title: str
    edges: str


def read_pdf(content: bytes, file: str) -> Pdf:
    """Return what a PDF says of itself; raise ProblemError when it is none, is locked, or is out of all measure."""
    _check(content, file)
    for end in [found.end() for found in END.finditer(content)][:TRIED]:
        with suppress(ProblemError), opened(content[:end], file) as first:
            return _read(first)
    with opened(content, file, mends=True) as whole:
        return _read(whole)


def pages_of(content: bytes, file: str) -> tuple[str, ...]:
    """Return the words of each page, as the fonts say them, which proves nothing of what the page shows."""
    with opened(content, file, mends=True) as pdf:
        return tuple(_safely(words, page) for page in pdf.pages)


@contextmanager
def opened(content: bytes, file: str, *, mends: bool = False) -> Iterator[pikepdf.Pdf]:
    """Give a PDF to be read, `mends` when it may be damaged; raise ProblemError when it cannot be."""
    import pikepdf  # noqa: PLC0415 - with its libraries, for those who ask
    from pikepdf import open as open_pdf  # noqa: PLC0415 - same

    try:
        with open_pdf(io.BytesIO(content), attempt_recovery=mends, inherit_page_attributes=mends) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise _unreadable(file, f"il a plus de {MAX_PAGES} pages")
            yield pdf
    except pikepdf.PasswordError:
        raise _unreadable(file, "il est protégé par un mot de passe", "demandez-en un sans protection.") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, MemoryError, RecursionError, *ODD):
        raise _unreadable(file, "il est abîmé, ou ce n'est pas un PDF") from None


def inflated(stream: pikepdf.Object) -> bytes:
    """Return the bytes of a stream, compressed as Typst does or not at all; raise ValueError for another."""
    raw, filters = stream.read_raw_bytes(), stream.get("/Filter")
    if filters is None:
        return bytes(raw)
    if str(filters) != "/FlateDecode":
        raise ValueError(str(filters))
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(raw, MAX_STREAM)
    if unpacker.unconsumed_tail:
        raise ValueError(len(found))
    return found


def _read(pdf: pikepdf.Pdf) -> Pdf:
    title = pdf.docinfo.get("/Title", "") if "/Info" in pdf.trailer else ""
    pages = list(pdf.pages)[:STAMPED]
    return Pdf(_attached(pdf), str(title), "\n".join(_safely(edges, page) for page in pages))


def _attached(pdf: pikepdf.Pdf) -> str:
    """Return the contract's data that a PDF carries, "" for none."""
    for name in ATTACHED:
        with suppress(*ODD):
            if name in pdf.attachments:
                return inflated(pdf.attachments[name].obj.EF.F).decode()
    return ""


def _safely(read: Any, page: pikepdf.Page) -> str:  # noqa: ANN401 - what reads a page
    """Return what is read of a page, nothing of one that is not written as ours are."""
    import pikepdf  # noqa: PLC0415 - already here

    try:
        return str(read(page, inflated))
    except (pikepdf.PdfError, pikepdf.models.PdfParsingError, *ODD):
        return ""


def _check(content: bytes, file: str) -> None:
    """Raise ProblemError for what is no PDF, or would fill the memory once it is inflated."""
    if len(content) > MAX_BYTES:
        raise _unreadable(file, f"il a plus de {MAX_BYTES} octets")
    if b"%PDF-" not in content[:1024]:
        raise _unreadable(file, "ce n'est pas un PDF")
    left = MAX_INFLATED
    for found in STREAM.finditer(content):
        unpacker = zlib.decompressobj()
        with suppress(zlib.error):
            left -= len(unpacker.decompress(memoryview(content)[found.end() :], min(left, MAX_STREAM) + 1))
        if left <= 0 or (unpacker.unconsumed_tail and not unpacker.eof):
            raise _unreadable(file, "il est démesuré une fois décompressé")


def _unreadable(file: str, reason: str, remedy: str = "demandez-en une autre copie.") -> ProblemError:
    return ProblemError(Problem("CPOM690", Mark(file), f"ce fichier PDF ne se lit pas : {reason}.", remedy))
