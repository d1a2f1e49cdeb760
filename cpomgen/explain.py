"""Code of a problem → its page: what docs/erreurs.md says of it, as plain text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cpomgen.shipped import read_shipped

FILE = "docs/erreurs.md"
HEADING = re.compile(r"^### (CPOM\d{3}) – (.+)\n", re.MULTILINE)
END = re.compile(r"^## ", re.MULTILINE)  # of a family of codes
LABEL = re.compile(r"`([^`]+)`")
NEAR = 3  # codes named when one is not known


class Page(NamedTuple):
    """What is said of a code: its title, and the text below it, in Markdown."""

    code: str
    title: str
    text: str


def read_pages() -> Mapping[str, Page]:
    """Return the pages by code."""
    return {page.code: page for page in cut(read_shipped(FILE).decode())}


def cut(text: str) -> Iterator[Page]:
    """Yield the pages that a text is made of."""
    found = list(HEADING.finditer(text))
    for heading, following in zip(found, [*found[1:], None], strict=True):
        body = text[heading.end() : following.start() if following else None]
        yield Page(heading[1], heading[2], END.split(body)[0].strip())


def code_of(text: str) -> str:
    """Return the code that a person types in capitals or not, whole or by its number alone."""
    bare = text.strip().upper()
    return f"CPOM{bare}" if bare.isdecimal() else bare


def nearest_codes(code: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known codes whose numbers are nearest, in order; none when `code` has no number."""
    number = re.search(r"\d{1,9}", code)
    if number is None:
        return ()
    return tuple(sorted(sorted(known, key=lambda each: abs(int(each[4:]) - int(number[0])))[:NEAR]))


def plain(page: Page) -> str:
    """Return a page for a terminal: its blocks set in, its commands after a dollar sign."""
    lines, language = [f"{page.code} – {page.title}", ""], ""
    for line in page.text.splitlines():
        if line.startswith("```"):
            language = "" if language else line[3:]
        elif language:
            typed = language == "sh" and not line.startswith("#")
            lines.append(f"    {'$ ' if typed else ''}{line}".rstrip())
        else:
            label = LABEL.fullmatch(line)
            lines.append(f"{label[1]} :" if label else line)
    return "\n".join(lines)
