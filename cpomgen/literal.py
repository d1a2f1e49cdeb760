"""Spans → the arguments of a call that Typst reads: string literals, where no word is ever read as markup."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpomgen.imprime import Image, Paragraph, Span

EMU = 12_700  # to a point
SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f]')
LONGEST = 30  # signs of a word that any column has room for
LONG = re.compile(r"(\S{30,}|[^ ]{60,})")
WORD = re.compile(r"\S+")
SIGN = 5.4  # points, what a letter takes in a column
JOINTS = re.compile(r".{1,11}[/.,;:_@?&=-]|.{1,12}")  # after a sign if there is one


def literal(text: str) -> str:
    """Return a text as a string literal of Typst."""
    return f'"{SPECIAL.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[0] in '\\"' else f"\\u{{{ord(found[0]):x}}}"


@lru_cache(maxsize=1024)  # contracts say many of the same lines
def _words(line: str, width: float) -> str:
    """Return a line as string literals, with joints in words that their column, or any, is not wide enough for."""
    long = len(line) >= LONGEST and max(map(len, line.split(" "))) >= LONGEST
    if not long and (len(line) < width / SIGN or width > LONGEST * SIGN or "’" not in line):
        return literal(line)
    parts = enumerate(LONG.split(line))  # one in two is a long word
    cut = (JOINTS.findall(part) if odd % 2 else _elided(part, width) for odd, part in parts)
    return ", ".join(", JOINT, ".join(map(literal, part)) for part in cut)


def _elided(line: str, width: float) -> list[str]:
    """Return a line cut after the apostrophes of words that are too long: Typst hyphenates no word that has one."""
    if "’" not in line or width > LONGEST * SIGN:
        return [line]
    cut = WORD.sub(lambda word: word[0].replace("’", "’\0") if len(word[0]) * SIGN > width else word[0], line)
    return cut.split("\0")


def _span(span: Span, width: float) -> str:
    """Return what a span in a style of its own calls, or a picture, or a number of the page."""
    if span.image:
        return _image(span.image)
    words = span.field.name if span.field else _text(span.text, width)
    return f"C({literal(span.style)}, {words})" if span.style else words


def _text(text: str, width: float) -> str:
    return ", BREAK, ".join([_words(line, width) for line in text.split("\n")])


def _image(image: Image) -> str:
    sizes = ", ".join(f"{size / EMU:.6f}pt" for size in (image.width, image.height))
    return f"IMAGE({literal(image.name)}, {sizes}, {literal(image.words)})"


def spans(paragraph: Paragraph, width: float) -> str:
    """Return the arguments that spans make; neighbours in no style of their own are one text."""
    calls: list[str] = []
    plain = ""
    for span in paragraph.spans:
        if not (span.style or span.field or span.image):
            plain += span.text
        elif span.text or span.field or span.image:
            calls += [_text(plain, width)] if plain else []
            calls.append(_span(span, width))
            plain = ""
    calls += [_text(plain, width)] if plain else []
    return ", ".join(calls)
