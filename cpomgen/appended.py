"""A PDF and a longer one that begins with it → what was put after its end: signatures, and what else.

Who signs a PDF adds to its end and touches none of its bytes; but what is added may also take the place of a page, or
lie over its words. Each object of the first file is looked up again in the second: all but what signing needs is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpomgen.pdf import ODD, opened
from cpomgen.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pikepdf

    Number = tuple[int, int]  # by which a PDF knows an object

SIGNING = {"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version", "/Metadata"}  # what the catalogue gets
ANNOTATED = {"/Annots", "/Tabs"}  # what a page gets
CLOSED = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")  # how each update of a PDF ends
UNREAD = "ce qui suit sa fin ne se lit pas comme la suite d’un PDF"


@dataclass(frozen=True, slots=True)
class Appended:
    """What was put after the end of a PDF: how many bytes, how many signatures, and in words whatever else.

    `affichees` are the pages on which a signature shows: what it shows there is up to who signs.
    """

    octets: int
    signatures: int = 0
    affichees: tuple[int, ...] = ()
    autres: tuple[str, ...] = ()


def appended(first: bytes, content: bytes, file: str) -> Appended:
    """Return what a file adds to the one that it begins with."""
    added = len(content) - len(first)
    if not content[len(first) :].strip():
        return Appended(added)
    if not CLOSED.search(content, len(first)):
        return Appended(added, autres=(UNREAD,))
    try:
        with opened(first, file) as before, opened(content, file) as after:
            look = _Look(before, after)
            autres = tuple(dict.fromkeys(look.others()))
            return Appended(added, look.signatures, tuple(dict.fromkeys(look.shown)), autres)
    except ProblemError:
        return Appended(added, autres=(UNREAD,))


class _Look:
    """Two PDFs side by side, and the signatures that the second alone has."""

    def __init__(self, before: pikepdf.Pdf, after: pikepdf.Pdf) -> None:
        self.before, self.after = before, after
        self.pages = {page.obj.objgen: number for number, page in enumerate(before.pages, 1)}
        self.free = {each.objgen for each in (before.trailer.get("/Info"), before.Root.get("/Metadata")) if each}
        self.signatures = 0
        self.shown: list[int] = []  # pages

    def others(self) -> Iterator[str]:
        """Yield what is not as it was, nor what a signature needs."""
        if self.before.Root.objgen != self.after.Root.objgen:
            yield "tout le document est remplacé"
            return
        for known in self.before.objects:
            found = self.after.get_object(known.objgen)
            if known.objgen not in self.free and _told(known) != _told(found):
                yield from self.differing(known, found)

    def differing(self, known: pikepdf.Object, found: pikepdf.Object) -> Iterator[str]:
        """Yield what of an object that is not the same is not for a signature."""
        page = self.pages.get(known.objgen)
        allowed = ANNOTATED if page else SIGNING if known.objgen == self.before.Root.objgen else set()
        if allowed and _but(known, allowed) == _but(found, allowed):
            yield from self.annotations(known, found, page) if page else ()
        else:
            yield f"la page {page} est remplacée" if page else "une partie du document d’origine est remplacée"

    def annotations(self, known: pikepdf.Object, found: pikepdf.Object, page: int) -> Iterator[str]:
        """Yield what is laid over a page beside a signature, and count the signatures."""
        before = {_told(each) for each in known.get("/Annots", ())}
        for each in found.get("/Annots", ()):
            if _told(each) not in before:
                field = each if "/FT" in each else each.get("/Parent", each)
                if str(each.get("/Subtype")) == "/Widget" and str(field.get("/FT")) == "/Sig":
                    self.signatures += "/V" in field
                    self.shown += [page] if _shows(each) else []
                else:
                    yield f"une annotation est posée sur la page {page}"


def _shows(widget: pikepdf.Object) -> bool:
    """Tell whether an annotation has room on its page."""
    try:
        left, bottom, right, top = (float(each) for each in widget.Rect)
    except ODD:
        return True
    return left != right and bottom != top


def _told(found: pikepdf.Object) -> bytes:
    """Return all that an object is, what it refers to by name alone."""
    import pikepdf  # noqa: PLC0415 - already here

    if isinstance(found, pikepdf.Stream):
        return bytes(found.stream_dict.unparse()) + b"\n" + bytes(found.read_raw_bytes())
    return bytes(found.unparse(resolved=True))


def _but(found: pikepdf.Object, names: set[str]) -> Mapping[str, bytes] | None:
    """Return what a dictionary holds under other names than those; None when it is none."""
    try:
        return {name: _short(value) for name, value in found.items() if name not in names}
    except ODD:
        return None


def _short(value: object) -> bytes:
    """Return what a value of a dictionary is, by name when it is an object of its own."""
    import pikepdf  # noqa: PLC0415 - already here

    return bytes(value.unparse()) if isinstance(value, pikepdf.Object) else repr(value).encode()
