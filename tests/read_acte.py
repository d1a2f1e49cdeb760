"""An act, read alone, and an old text → the new text: written from docs/redaction.md alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from read_contrat import SIGNATURES, Noeud, Texte, Titre, UnreadableError, about, level_of, nodes_of, nom, read, spaced
from read_deeds import Deeds
from read_phrase import Amendment, Unite, modified, one_deed, phrase_of

from cpomgen.imprime import Block, Imprime, Paragraph, Span, Table

ARTICLE = re.compile(r"Article (?:1er|\d+) – (.*)", re.DOTALL)
AMENDING = re.compile(r"(?:Modification|Remplacement|Ajout|Suppression) d[eu] ")
LEVELS = (re.compile(r"\d+° "), re.compile(r"[a-z]{1,2}\) "), re.compile("– "))


class Raw(NamedTuple):
    """A sentence of an act at its level, and what it cites."""

    level: int
    text: str
    cited: tuple[Block, ...]


def read_act(act: Imprime) -> list[Amendment]:
    """Return the operations of an act, in its order."""
    found = []
    for blocks in _articles(act):
        found += list(_amendments(list(_sentences(blocks))))
    return found


def applied(old: Texte, act: Imprime) -> Texte:
    """Return what a text becomes by an act; raise UnreadableError when it does not say it, or not plainly."""
    return amended(deepcopy(old), act)


def amended(texte: Texte, act: Imprime) -> Texte:
    """Return a text that an act has changed, itself."""
    deeds = Deeds(texte, annexes(act))
    for amendment in read_act(act):
        with about(amendment.sentence):
            deeds.plan(amendment)
    deeds.do()
    return texte


# The act


def _articles(act: Imprime) -> Iterator[list[Block]]:
    """Yield the body of each article that amends the contract."""
    held: list[Block] | None = None
    for block in _body(act):
        if isinstance(block, Paragraph) and level_of(block):
            if held is not None:
                yield held
            title = ARTICLE.fullmatch(spaced(block.text))
            held = [] if title and AMENDING.match(title[1]) else None
        elif held is not None:
            held.append(block)
    if held is not None:
        yield held


def _body(act: Imprime) -> Iterator[Block]:
    """Yield the blocks before the signatures."""
    for section in act.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.style == SIGNATURES:
                return
            yield block


def annexes(act: Imprime) -> dict[str, list[Noeud]]:
    """Return the annexes annexed to an act, by name: they follow the signatures, each under a heading 1."""
    found: dict[str, list[Noeud]] = {}
    held: list[Noeud] = []
    for section in _after(act):
        for node in nodes_of(section):
            if isinstance(node, Titre) and node.level == 1:
                held = found.setdefault(nom(node).key, [])
            held.append(node)
    return {name: nodes for name, nodes in found.items() if re.fullmatch(r"annexe \d+", name)}


def _after(act: Imprime) -> Iterator[tuple[Block, ...]]:
    """Yield the sections that follow the one of the signatures."""
    signed = False
    for section in act.sections:
        if signed:
            yield section.blocks
        signed = signed or any(isinstance(each, Paragraph) and each.style == SIGNATURES for each in section.blocks)


def _sentences(blocks: Iterable[Block]) -> Iterator[Raw]:
    """Yield sentences, each with the paragraphs and tables that it cites."""
    text, cited = "", list[Block]()
    for block in blocks:
        if isinstance(block, Table) or _quoted(read(block)):
            cited.append(block)
            continue
        if text or cited:
            yield _raw(text, cited)
        text, cited = read(block), []
    if text or cited:
        yield _raw(text, cited)


def _quoted(text: str) -> bool:
    return text.removeprefix("– ").startswith("«\u00a0")


def _raw(text: str, cited: Sequence[Block]) -> Raw:
    for level, pattern in enumerate(LEVELS, 1):
        if match := pattern.match(spaced(text)):
            return Raw(level, text[match.end() :], tuple(_unquoted(cited, text)))
    return Raw(0, text, tuple(_unquoted(cited, text)))


def _unquoted(cited: Sequence[Block], text: str) -> Iterator[Block]:
    """Yield a citation without its guillemets: one opens each paragraph, one closes the last."""
    last = max((n for n, block in enumerate(cited) if isinstance(block, Paragraph)), default=-1)
    for n, block in enumerate(cited):
        if isinstance(block, Table):
            yield block
            continue
        dash, words = re.fullmatch("(– )?«\u00a0(.*)", read(block), re.DOTALL).groups(default="")  # type: ignore[union-attr]
        closed = re.fullmatch("(?:(.*)\u00a0)?»(?:[ \u00a0\u202f];|\\.)?", words, re.DOTALL)
        words = (closed[1] or "") if closed else words
        if (closed is not None) != (n == last) or re.search("[«»]", words):
            raise UnreadableError(f"guillemets that do not answer each other, after: {text}")
        style = block.style.removesuffix(" puce")
        yield Paragraph(style, (Span(dash + words),))


def _amendments(raws: Sequence[Raw]) -> Iterator[Amendment]:
    """Yield the operations of an article, each with the places that the sentences over it give."""
    held: list[tuple[int, tuple[Unite, ...]]] = []
    for n, raw in enumerate(raws):
        held = [each for each in held if each[0] < raw.level]
        places = tuple(unit for _, units in held for unit in units)
        with about(raw.text):
            if n + 1 < len(raws) and raws[n + 1].level > raw.level:
                held.append((raw.level, _chapeau(raw)))
            elif raw.level and not held:
                raise UnreadableError("nothing stands over this level")
            else:
                yield from _operations(raw, places)


def _chapeau(raw: Raw) -> tuple[Unite, ...]:
    phrase = phrase_of(raw.text)
    if raw.cited or not phrase.text.endswith(" :"):
        raise UnreadableError("neither places nor an operation")
    return modified(phrase.text.removesuffix(" :"), phrase)


def _operations(raw: Raw, places: tuple[Unite, ...]) -> Iterator[Amendment]:
    """Yield the operations of a sentence; several are joined at the third level alone, the last one cites."""
    phrase = phrase_of(raw.text)
    end = re.search(r" :$" if raw.cited else r"(?: ;|\.)$", phrase.text)
    if not end:
        raise UnreadableError("a sentence that does not end as it should")
    texts = phrase.text[: end.start()].split(" ; ") if raw.level == 3 else [phrase.text[: end.start()]]
    for n, text in enumerate(texts):
        cited = raw.cited if n == len(texts) - 1 else ()
        yield one_deed(text, places, phrase)._replace(cited=cited, sentence=raw.text)
