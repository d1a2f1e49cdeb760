"""Paragraph × paragraph → the runs of one that shows what became of the other, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from cpomgen.package import SPACE, made, w
from cpomgen.revision import DELETED, INSERTED, Reviser, Shape, shape
from cpomgen.unfold import CHARACTER, SIMPLE, unfolded
from cpomgen.words import compared

SIGNS = {w("tab"): "\t", w("br"): "\n", w("noBreakHyphen"): "\u2011"}
ASIDE = 0xF0000  # from there on Unicode names no sign: these stand for what is no text


class Sign(NamedTuple):
    """One sign of a paragraph, and the look of its run; `whole` is what stands there when it is no text.

    That is part of a run, or runs when it stands `apart`.
    """

    text: str
    properties: etree._Element | None
    look: Shape | None
    whole: tuple[etree._Element, ...] = ()
    apart: bool = False


class Signs:
    """The signs of paragraphs that are read side by side: what is no text has one sign each, the same for the same."""

    def __init__(self, *paragraphs: etree._Element) -> None:
        words = {sign for each in paragraphs for text in each.iter(w("t")) for sign in text.text or ""}
        self.free = (chr(code) for code in range(ASIDE, 0x10FFFE) if chr(code) not in words)
        self.names: dict[tuple[Shape, ...], str] = {}

    def of(self, paragraph: etree._Element) -> list[Sign]:
        """Return the signs of a paragraph; a field is one."""
        found: list[Sign] = []
        field: list[etree._Element] = []
        depth = 0
        for run in paragraph.iterchildren(w("r"), SIMPLE):
            kinds = [mark.get(w("fldCharType")) for mark in run.iterchildren(CHARACTER)]
            depth += kinds.count("begin") - kinds.count("end")
            if field or kinds or run.tag == SIMPLE:
                field.append(run)
                if depth <= 0:
                    found.append(self._whole(tuple(field)))
                    field, depth = [], 0
            else:
                found += self._signs(run)
        return [*found, self._whole(tuple(field))] if field else found

    def _signs(self, run: etree._Element) -> Iterator[Sign]:
        """Yield the signs of a run."""
        properties = run.find(w("rPr"))
        look = None if properties is None else shape(properties)
        for part in run:
            if part.tag == w("t"):
                yield from (Sign(sign, properties, look) for sign in part.text or "")
            elif part.tag != w("rPr"):
                plain = part.tag in SIGNS and not part.attrib
                yield Sign(SIGNS[part.tag] if plain else self._named((part,)), properties, look, (part,))

    def _whole(self, runs: tuple[etree._Element, ...]) -> Sign:
        return Sign(self._named(runs), None, None, runs, apart=True)

    def _named(self, elements: tuple[etree._Element, ...]) -> str:
        content = tuple(map(shape, elements))
        if content not in self.names:
            self.names[content] = next(self.free)
        return self.names[content]


def merged(old: etree._Element, new: etree._Element, by: Reviser) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph that becomes another."""
    signs = Signs(old, new)
    before, after = signs.of(old), signs.of(new)
    left = right = 0
    for run in compared(*("".join(sign.text for sign in side) for side in (before, after))):
        was, now = before[left : left + len(run.old)], after[right : right + len(run.new)]
        left, right = left + len(run.old), right + len(run.new)
        if run.is_kept:
            yield from _kept(was, now, by)
        else:
            yield from marked(was, DELETED, by)
            yield from marked(now, INSERTED, by)


def alone(paragraph: etree._Element, name: str, by: Reviser) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph that comes or goes."""
    yield from marked(Signs(paragraph).of(paragraph), name, by)


def marked(signs: Sequence[Sign], name: str, by: Reviser) -> Iterator[etree._Element]:
    """Yield signs as runs that are inserted or deleted."""
    if signs:
        runs = _as_runs(signs)
        yield by.runs(name, (part for run in runs for part in (unfolded(run) if run.tag == SIMPLE else (run,))))


def _kept(was: Sequence[Sign], now: Sequence[Sign], by: Reviser) -> Iterator[etree._Element]:
    """Yield signs that stay, with what their look was where it changes."""
    for _, group in groupby(zip(was, now, strict=True), key=lambda pair: (pair[0].look, pair[1].look)):
        pairs = list(group)
        for run in _as_runs([sign for _, sign in pairs]):
            if pairs[0][0].look != pairs[0][1].look:
                _restyled(run, pairs[0][0].properties, by)
            yield run


def _restyled(run: etree._Element, old: etree._Element | None, by: Reviser) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = made("rPr")
        run.insert(0, properties)
    by.changed(properties, made("rPr") if old is None else old, "rPrChange", ())


def _as_runs(signs: Sequence[Sign]) -> Iterator[etree._Element]:
    """Yield signs as Word holds them: runs of one look, fields."""
    for (look, apart), group in groupby(signs, key=lambda sign: (sign.look, sign.apart)):
        held = list(group)
        if apart:
            yield from (deepcopy(run) for sign in held for run in sign.whole)
            continue
        run = made("r")
        if look and held[0].properties is not None:
            run.append(deepcopy(held[0].properties))
        run.extend(_parts(held))
        yield run


def _parts(signs: Iterable[Sign]) -> Iterator[etree._Element]:
    """Yield what a run holds."""
    for is_text, group in groupby(signs, key=lambda sign: not sign.whole):
        if is_text:
            text = made("t")
            text.set(SPACE, "preserve")
            text.text = "".join(sign.text for sign in group)
            yield text
        else:
            yield from (deepcopy(each) for sign in group for each in sign.whole)
