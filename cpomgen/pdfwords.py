"""A page of a PDF → its words, those of its header and footer apart: as the fonts say them, not as they look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pikepdf

    Inflate = Callable[[pikepdf.Object], bytes]

SHOWN = {"Tj", "TJ", "'", '"'}
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
CODE = re.compile(rb"<([0-9A-Fa-f]{2,64})>")
EDGES = {"/Header", "/Footer"}
MOST = 65_536  # signs that a font has


def words(page: pikepdf.Page, inflate: Inflate) -> str:
    """Return the words of a page, each text that is set on a line of its own."""
    return "".join(text for text, _ in _texts(page, inflate))


def edges(page: pikepdf.Page, inflate: Inflate) -> str:
    """Return the words that stand in the header and in the footer of a page."""
    return "".join(text for text, at_edge in _texts(page, inflate) if at_edge)


def _texts(page: pikepdf.Page, inflate: Inflate) -> Iterator[tuple[str, bool]]:
    """Yield the texts of a page in the order they are drawn, each with whether it stands at its edge."""
    import pikepdf  # noqa: PLC0415 - with its libraries, for those who ask

    bench = pikepdf.new()  # which must last as long as what is put in it
    content = pikepdf.Stream(bench, _content(page, inflate))
    fonts: dict[str, Mapping[bytes, str]] = {}
    signs: Mapping[bytes, str] = {}
    held = [False]
    for found in pikepdf.parse_content_stream(content):
        name, operands = str(found.operator), found.operands
        if name in ("BDC", "BMC"):
            held.append(held[-1] or _is_edge(operands))
        elif name == "EMC":
            held.pop()
        elif name == "BT":
            yield "\n", held[-1]
        elif name == "Tf":
            font = str(operands[0])
            if font not in fonts:
                fonts[font] = _signs(page.obj.Resources.Font[font], inflate)
            signs = fonts[font]
        elif name in SHOWN:
            yield "".join(_said(operands, signs)), held[-1]


def _content(page: pikepdf.Page, inflate: Inflate) -> bytes:
    import pikepdf  # noqa: PLC0415 - already here

    found = page.obj.Contents
    return b"\n".join(map(inflate, found if isinstance(found, pikepdf.Array) else [found]))


def _is_edge(operands: Any) -> bool:  # noqa: ANN401 - what pikepdf gives
    """Tell whether what is marked so is a header or a footer."""
    return len(operands) > 1 and str(operands[0]) == "/Artifact" and str(operands[1].get("/Subtype")) in EDGES


def _said(operands: Any, signs: Mapping[bytes, str]) -> Iterator[str]:  # noqa: ANN401 - what pikepdf gives
    import pikepdf  # noqa: PLC0415 - already here

    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _said(list(operand), signs)
        elif isinstance(operand, pikepdf.String):
            codes = bytes(operand)
            yield from (signs.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))


def _signs(font: pikepdf.Object, inflate: Inflate) -> Mapping[bytes, str]:
    """Return the sign that each code of a font stands for, by its own table."""
    found: dict[bytes, str] = {}
    for kind, lines in SECTION.findall(inflate(font.ToUnicode)):
        codes = [bytes.fromhex(code.decode()) for code in CODE.findall(lines)]
        if kind == b"bfchar":
            found |= {code: sign.decode("utf-16-be") for code, sign in zip(codes[::2], codes[1::2], strict=False)}
        else:
            for first, last, sign in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
                found |= _range(first, last, sign)
    return found


def _range(first: bytes, last: bytes, sign: bytes) -> dict[bytes, str]:
    start, count = int.from_bytes(first), min(int.from_bytes(last) - int.from_bytes(first) + 1, MOST)
    begin = int.from_bytes(sign)
    signs = ((start + step, begin + step) for step in range(count))
    return {code.to_bytes(len(first)): each.to_bytes(len(sign)).decode("utf-16-be") for code, each in signs}
