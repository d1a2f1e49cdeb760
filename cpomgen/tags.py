"""Jinja tags in Word text: found, joined when Word has split them over runs, read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from cpomgen.package import SPACE, w

TAG = re.compile(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}", re.DOTALL)  # no expression is as long
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
CONTROL = re.compile(r"\{%(p|tr|tc)?\s+(for|if|elif|else|endfor|endif|vm)\b\s*(.*?)\s*%\}", re.DOTALL)
QUOTING = "{{p "  # opens the tag of a citation
FOR = re.compile(r"([a-z_][a-z_0-9]*)\s+in\s+(.+)", re.DOTALL)
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})

GUILLEMETS = re.compile("« *| *»")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, read: `level` is p, tr or tc where it stands for its whole paragraph, row or cell.

    `keyword` is "" for a value, at level p for a citation; `text` is the expression, or what follows the keyword;
    `place` is where it stands.
    """

    keyword: str
    level: str
    text: str
    place: str = field(default="", compare=False)

    @property
    def shown(self) -> str:
        """Return how a message calls a tag that stands for more than a text."""
        return f"{{%{self.level} {self.keyword} … %}}" if self.keyword else f"{{{{{self.level} … }}}}"


def read_tag(text: str) -> Tag | None:
    """Return the tag that `text` is, None when it is none we know."""
    straight = _straight(text)
    if straight.startswith("{{"):
        level = "p" if straight.startswith(QUOTING) else ""
        return Tag("", level, straight[2 + len(level) : -2].strip())
    found = CONTROL.fullmatch(straight)
    return Tag(found[2], found[1] or "", found[3]) if found else None


def _straight(text: str) -> str:
    """Return a tag with the quotes that were typed, before a word processor made them those of its language."""
    straight = text.translate(QUOTES)
    return straight if '"' in straight else GUILLEMETS.sub('"', straight)


def split(text: str) -> Iterator[str | Tag]:
    """Yield the pieces of a text: words as they are, tags read; an unreadable tag stays words."""
    end = 0
    for found in TAG.finditer(text):
        tag = read_tag(found[0])
        if tag is not None:
            if found.start() > end:
                yield text[end : found.start()]
            yield tag
            end = found.end()
    if end < len(text):
        yield text[end:]


def join_tags(paragraph: etree._Element) -> None:
    """Put each tag of a paragraph whole into the run where it begins, with the quotes that were typed."""
    holders = [text for text in paragraph.iter(w("t")) if _paragraph_of(text) is paragraph]
    texts = [holder.text or "" for holder in holders]
    owners = [n for n, text in enumerate(texts) for _ in text]
    whole = "".join(texts)
    for found in TAG.finditer(whole):
        owners[found.start() : found.end()] = [owners[found.start()]] * len(found[0])
    pieces = [""] * len(holders)
    for owner, run in itertools.groupby(range(len(whole)), owners.__getitem__):
        pieces[owner] += "".join(whole[n] for n in run)
    for holder, piece in zip(holders, pieces, strict=True):
        holder.text = TAG.sub(lambda tag: _straight(tag[0]), piece)
        if piece != piece.strip():
            holder.set(SPACE, "preserve")


def _paragraph_of(text: etree._Element) -> etree._Element | None:
    return next(text.iterancestors(w("p")), None)
