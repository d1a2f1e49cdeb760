"""A tagged PDF → its paragraphs as a screen reader says them; headers, footers and bullets are not said.

A picture is said by the words that stand for it.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from cpomgen.imprime import Imprime, Paragraph, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

INLINE = {"/Span", "/Strong", "/Em", "/Link", "/Sub", "/NonStruct"}
UNSAID = {"/Lbl"}


def read_paragraphs(pdf: bytes) -> list[str]:
    """Return the paragraphs in the order of the structure tree, hyphens of line ends taken away."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        said = list(_said(opened.Root.StructTreeRoot, None, numbers, _marked(pdf)))
    return [text.replace("\u00ad", "") for text in said]


def as_read(imprime: Imprime) -> list[str]:
    """Return the paragraphs of a document as its PDF says them: a line break is a space, an empty paragraph nothing."""
    texts = (_with_pictures(each) for section in imprime.sections for each in paragraphs(section.blocks))
    return [text.replace("\n", " ").replace("\u00ad", "") for text in texts if text]


def _with_pictures(paragraph: Paragraph) -> str:
    return "".join(span.image.said if span.image else span.text for span in paragraph.spans)


def tags(pdf: bytes) -> list[str]:
    """Return the types of the structure elements, in order: H1, P, L, TH…"""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return list(_tags(opened.Root.StructTreeRoot))


class _Marked(PDFTextDevice):
    """Keeps the text of each page by marked content: (page, id) → text."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.texts: dict[tuple[int, int], str] = {}
        self.page = -1
        self.stack: list[tuple[int | None, bool]] = []  # the id of what is open, and whether its text is already known

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.page += 1

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ARG002 - the device's own signature
        known = props if isinstance(props, dict) else {}
        above, silent = self.stack[-1] if self.stack else (None, False)
        mark = known.get("MCID", above)
        words = known.get("ActualText")
        if words is not None and not silent:
            self._add(
                mark, words.decode("utf-16") if words[:2] in (b"\xfe\xff", b"\xff\xfe") else words.decode("latin-1")
            )
        self.stack.append((mark, silent or words is not None))

    def end_tag(self) -> None:
        self.stack.pop()

    def render_string(self, textstate: Any, seq: Any, *_: Any) -> None:
        mark, silent = self.stack[-1] if self.stack else (None, False)
        if not silent:
            for codes in seq:
                if isinstance(codes, bytes):
                    self._add(mark, "".join(_sign(textstate.font, cid) for cid in textstate.font.decode(codes)))

    def _add(self, mark: int | None, text: str) -> None:
        if mark is not None:
            key = (self.page, mark)
            self.texts[key] = self.texts.get(key, "") + text


def _sign(font: Any, cid: int) -> str:
    try:
        return str(font.to_unichr(cid))
    except PDFUnicodeNotDefined:
        return "\ufffd"


def _marked(pdf: bytes) -> dict[tuple[int, int], str]:
    manager = PDFResourceManager()
    device = _Marked(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.get_pages(BytesIO(pdf)):
        interpreter.process_page(page)
    return device.texts


def _said(element: Any, page: Any, numbers: dict[Any, int], texts: dict[tuple[int, int], str]) -> Iterator[str]:
    """Yield the text of an element: runs of its own words, each paragraph below it apart."""
    page = element.get("/Pg", page)
    words = ""
    for kid in _kids(element):
        if isinstance(kid, int):
            words += texts.get((numbers[page.objgen], kid), "")
        elif kid.get("/Type") == "/MCR":
            words += texts.get((numbers[kid.get("/Pg", page).objgen], int(kid.MCID)), "")
        elif kid.get("/S") in INLINE:
            words += "".join(_said(kid, page, numbers, texts))
        elif kid.get("/S") == "/Figure":
            words += f"[image : {kid.Alt}]"
        elif kid.get("/S") not in UNSAID:
            yield from filter(None, [words])
            words = ""
            yield from _said(kid, page, numbers, texts)
    yield from filter(None, [words])


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids] if kids != [] else []


def _tags(element: Any) -> Iterator[str]:
    for kid in _kids(element):
        if not isinstance(kid, int) and "/S" in kid:
            yield str(kid.S).removeprefix("/")
            yield from _tags(kid)
