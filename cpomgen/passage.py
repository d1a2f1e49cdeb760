"""Two texts of one paragraph → the words that an act replaces, inserts and removes: rules of docs/redaction.md, 4.

Words stand whole and once in their unit; a space parts what is inserted from what it follows, unless a sign does; what
is removed goes with a space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cpomgen.designation import second_rank
from cpomgen.words import MONTHS, SPACE, WORD, compared

MOST = 4  # passages of one paragraph; beyond, it is written again
SHORT = 8  # words of a paragraph that is amended word by word, however much of it changes
HALF = 0.5
JOINED = (",", ".", ")", "’", "\u00a0", "\u202f")  # no space parts these from what they follow
PAIRS = {"»": "«", "”": "“"}
AMOUNT = re.compile(r"-?\d[\d\u00a0\u202f]*(?:,\d+)?\u00a0€")
DAY = re.compile(rf"\d{{1,2}}(?:er)?{SPACE}(?:{MONTHS}){SPACE}\d{{4}}")
FIGURE = re.compile(r"-?\d[\d\u00a0\u202f]*(?:,\d+)?(?:\u00a0%)?")


class Geste(Enum):
    """What is done to words."""

    REMPLACER = "remplacer"
    APRES = "insérer après"
    AVANT = "insérer avant"
    SUPPRIMER = "supprimer"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a paragraph, from `start` to `end`, and those that come; `old` stands there, and once in its unit."""

    geste: Geste
    start: int
    end: int
    old: str
    new: str = ""


def passages(old: str, new: str, unit: Sequence[str]) -> tuple[Passage, ...]:
    """Return what turns a paragraph into another, none when it is better written again.

    `unit` are the paragraphs, this one among them, in which the words are looked for.
    """
    runs = compared(old, new)
    spans, start, first = [], 0, 0
    for run in runs:
        if not run.is_kept:
            spans.append((start, start + len(run.old), first, first + len(run.new)))
        start, first = start + len(run.old), first + len(run.new)
    count = len(_words(old))
    touched = sum(max(len(_words(run.old)), len(_words(run.new))) for run in runs if not run.is_kept)
    if len(spans) > MOST or (count > SHORT and touched > HALF * count):
        return ()
    found = _settled([_Span(old, new, *span) for span in spans], unit)
    return found if applied(old, found) == new else ()


def applied(old: str, found: Sequence[Passage]) -> str:
    """Return what passages make of a paragraph, as docs/redaction.md reads them."""
    text = old
    for each in sorted(found, key=lambda passage: (passage.end, passage.start), reverse=True):
        if each.geste is Geste.REMPLACER:
            text = text[: each.start] + each.new + text[each.end :]
        elif each.geste is Geste.APRES:
            space = "" if each.new.startswith(JOINED) else " "
            text = text[: each.end] + space + each.new + text[each.end :]
        elif each.geste is Geste.AVANT:
            text = f"{text[: each.start]}{each.new} {text[each.start :]}"
        elif text[: each.start] and text[each.start - 1].isspace():
            text = text[: each.start - 1] + text[each.end :]
        else:
            text = text[: each.start] + text[each.end :].removeprefix(" ")
    return text


def kind_of(*texts: str) -> str:
    """Return what words are called: an amount, a date, a figure, a word, words."""
    for pattern, name in ((AMOUNT, "montant"), (DAY, "date"), (FIGURE, "valeur")):
        if all(pattern.fullmatch(text) for text in texts):
            return name
    return "mots" if any(" " in text or "\u00a0" in text for text in texts[:1]) else "mot"


def stands_once(words: str, unit: Sequence[str]) -> bool:
    """Tell whether words stand whole, and once, in the paragraphs of a unit."""
    alike = [second_rank(text) for text in unit]  # « x » and “x” are held for the same
    return bool(words) and sum(len(_places(second_rank(words), text)) for text in alike) == 1


def is_balanced(text: str) -> bool:
    """Tell whether the guillemets of a text answer each other."""
    opened: list[str] = []
    for sign in text:
        if sign in PAIRS.values():
            opened.append(sign)
        elif sign in PAIRS and (not opened or opened.pop() != PAIRS[sign]):
            return False
    return not opened


def _places(words: str, text: str) -> list[int]:
    """Return where words stand whole in a text, each place of those that overlap."""
    found, at = [], text.find(words)
    while at >= 0:
        end = at + len(words)
        before = at > 0 and words[0].isalnum() and text[at - 1].isalnum()
        after = end < len(text) and words[-1].isalnum() and text[end].isalnum()
        found += [] if before or after else [at]
        at = text.find(words, at + 1)
    return found


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if not word.isspace()]


@dataclass(frozen=True, slots=True)
class _Span:
    """What stands from `start` to `end` of a text, and from `first` to `last` of the other one, in its place."""

    old: str
    new: str
    start: int
    end: int
    first: int
    last: int

    @property
    def gone(self) -> str:
        return self.old[self.start : self.end]

    @property
    def come(self) -> str:
        return self.new[self.first : self.last]

    def left(self) -> _Span:
        """Return the span with one more word before it."""
        size = _last_word(self.old[: self.start])
        return replace(self, start=self.start - size, first=self.first - size)

    def right(self) -> _Span:
        """Return the span with one more word after it."""
        size = _first_word(self.old[self.end :])
        return replace(self, end=self.end + size, last=self.last + size)

    def rotated(self) -> _Span:
        """Return the same change, its space before it rather than after it."""
        moved = replace(self, start=self.start - 1, end=self.end - 1, first=self.first - 1, last=self.last - 1)
        gone, come = self.gone, self.come
        if self.start and self.old[self.start - 1] == " " and (gone or come)[-1] == " " and not (gone and come):
            return moved
        return self


def _last_word(text: str) -> int:
    kept = WORD.findall(text)
    size = 0
    while kept:
        word = kept.pop()
        size += len(word)
        if not word.isspace():
            break
    return size


def _first_word(text: str) -> int:
    size = 0
    for word in WORD.findall(text):
        size += len(word)
        if not word.isspace():
            break
    return size


def _settled(spans: list[_Span], unit: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages of spans, those that had to be widened over others made one with them."""
    found: list[tuple[_Span, Passage]] = []
    for number, span in enumerate(spans):
        limit = spans[number + 1].start if number + 1 < len(spans) else len(span.old)
        lower = max((each.end for _, each in found), default=0)
        made = _passage(span, unit, lower, limit)
        if made is None:  # no room: the whole paragraph is
            return ()
        found.append((span, made))
    return tuple(each for _, each in found)


def _passage(span: _Span, unit: Sequence[str], lower: int, upper: int) -> Passage | None:
    """Return the shortest words that say a change, between two places that other changes hold."""
    span = span.rotated()
    simple = _inserted(span, unit, lower, upper) if not span.gone else _removed(span, unit) if not span.come else None
    return simple or _replaced(span, unit, lower, upper)


def _inserted(span: _Span, unit: Sequence[str], lower: int, upper: int) -> Passage | None:
    come, at = span.come, span.start
    words = come.removeprefix(" ")
    after = come.startswith(JOINED) if words == come else not words.startswith(JOINED)
    if at and after and _is_whole(words):
        anchor = span
        while anchor.start > lower:
            anchor = anchor.left()
            if _is_quotable(text := span.old[anchor.start : at], unit):
                return Passage(Geste.APRES, anchor.start, at, text, words)
    before = come[:-1]
    if not at and come.endswith(" ") and _is_whole(before):
        anchor = span
        while anchor.end < upper:
            anchor = anchor.right()
            if _is_quotable(text := span.old[at : anchor.end], unit):
                return Passage(Geste.AVANT, at, anchor.end, text, before)
    return None


def _removed(span: _Span, unit: Sequence[str]) -> Passage | None:
    gone = span.gone
    start = span.start + (1 if gone.startswith(" ") else 0)
    words = span.old[start : span.end]
    whole = gone.startswith(" ") or (not span.start and gone.endswith(" "))
    words = words if gone.startswith(" ") else words.removesuffix(" ")
    if whole and _is_quotable(words, unit):
        return Passage(Geste.SUPPRIMER, start, start + len(words), words)
    return None


def _replaced(span: _Span, unit: Sequence[str], lower: int, upper: int) -> Passage | None:
    """Return words replaced by others, with as many of their neighbours as it takes."""
    while not (_is_quotable(span.gone, unit) and _is_whole(span.come)):
        sides = [span.right(), span.left()]
        sides = sides if _opens_word(span.old[span.end :]) else sides[::-1]
        wider = next((each for each in sides if each != span and lower <= each.start and each.end <= upper), None)
        if wider is None:
            return None
        span = wider
    return Passage(Geste.REMPLACER, span.start, span.end, span.gone, span.come)


def _is_whole(words: str) -> bool:
    """Tell whether words can stand between guillemets: not signs alone, no space at the ends, guillemets in pairs."""
    return any(map(str.isalnum, words)) and words == words.strip() and is_balanced(words)


def _opens_word(text: str) -> bool:
    """Tell whether what follows a place is a word, which says more than a sign."""
    return text.lstrip()[:1].isalnum()


def _is_quotable(words: str, unit: Sequence[str]) -> bool:
    return _is_whole(words) and stands_once(words, unit)
