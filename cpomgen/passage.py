"""Two texts of one paragraph → the words that an act replaces, inserts and removes: rules of docs/redaction.md, 4.

Words stand whole and once in their unit; a space parts what is inserted from what it follows, unless a sign does; what
is removed goes with a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cpomgen.designation import second_rank
from cpomgen.window import Window
from cpomgen.words import MONTHS, SPACE, WORD, compared

MOST = 4  # passages of one paragraph; beyond, it is written again
SHORT = 8  # words of a paragraph that is amended word by word, however much of it changes
HALF = 0.5
WIDEST = 12  # words quoted around those that change; beyond, the paragraph is written again
JOINED = (",", ".", ")", "’", "\u00a0", "\u202f")  # no space parts these from what they follow
PAIRS = {"»": "«", "”": "“"}
AMOUNT = re.compile(r"-?\d[\d\u00a0\u202f]*(?:,\d+)?\u00a0€")
DAY = re.compile(rf"\d{{1,2}}(?:er)?{SPACE}(?:{MONTHS}){SPACE}\d{{4}}")
SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.!?](?= \S)")
PARTING = ":;,"  # signs that end no words, but the last
STOPS = ":;,.!?…)»”"  # signs that begin no words
CLOSE = 3  # signs between two replacements that are read as one: 2013 : 9 ; 2014 : 9
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
    found = _together(old, _settled([Window(old, new, *span) for span in spans], unit))
    return found if applied(old, found) == new else ()


def changed_sentence(old: str, new: str) -> tuple[int, str, str] | None:
    """Return the only sentence that differs, its rank, before and after; None when it is not one among others."""
    before, after = _sentences(old), _sentences(new)
    other = [n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]]
    alone = len(before) == len(after) > 1 and len(other) == 1 and is_balanced(after[other[0]])
    return (other[0] + 1, before[other[0]], after[other[0]]) if alone else None


def _sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph: each ends at a sign after three letters, before a space and a capital."""
    ends = [
        found.end()
        for found in SENTENCE.finditer(text)
        if text[found.end() + 1] in "«“" or text[found.end() + 1].isupper()
    ]
    starts = [0, *(end + 1 for end in ends)]
    return [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True)]


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
    return word_or_words(texts[0])


def word_or_words(text: str) -> str:
    """Return what words are called when nothing tells them more: d’un mois, les mots; rendez-vous, le mot."""
    words = re.split("[\\s’]", text.replace("aujourd’hui", "aujourdhui"))
    several = sum(any(sign.isalnum() or sign in "€%" for sign in word) for word in words) > 1
    return "mots" if several else "mot"


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


def _settled(spans: list[Window], unit: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages of spans; one that has no room is made one with its neighbour."""
    found: list[Passage] = []
    for number, span in enumerate(spans):
        limit = spans[number + 1].start if number + 1 < len(spans) else len(span.old)
        made = _passage(span, unit, found[-1].end if found else 0, limit)
        if made is None:
            first = min(number, len(spans) - 2)
            return _settled(_joined(spans, first), unit) if first >= 0 else ()
        found.append(made)
    return tuple(found)


def _together(old: str, found: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return passages, replacements that a sign or two alone part made one."""
    made: list[Passage] = []
    for each in found:
        last = made[-1] if made else each
        between = old[last.end : each.start]
        replaced = last is not each and last.geste is each.geste is Geste.REMPLACER
        if replaced and len(between) <= CLOSE and not any(map(str.isalnum, between)):
            words = f"{last.new}{between}{each.new}"
            made[-1] = Passage(Geste.REMPLACER, last.start, each.end, old[last.start : each.end], words)
        else:
            made.append(each)
    return tuple(made)


def _joined(spans: list[Window], first: int) -> list[Window]:
    """Return spans, one of them made one with the next."""
    last = spans[first + 1]
    return [*spans[:first], replace(spans[first], end=last.end, last=last.last), *spans[first + 2 :]]


def _passage(span: Window, unit: Sequence[str], lower: int, upper: int) -> Passage | None:
    """Return the shortest words that say a change, between two places that other changes hold."""
    span = span.rotated().numbered()
    simple = _inserted(span, unit, lower, upper) if not span.gone else _removed(span, unit) if not span.come else None
    return simple or _replaced(span, unit, lower, upper)


def _inserted(span: Window, unit: Sequence[str], lower: int, upper: int) -> Passage | None:
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


def _removed(span: Window, unit: Sequence[str]) -> Passage | None:
    gone = span.gone
    start = span.start + (1 if gone.startswith(" ") else 0)
    words = span.old[start : span.end]
    whole = gone.startswith(" ") or (not span.start and gone.endswith(" "))
    words = words if gone.startswith(" ") else words.removesuffix(" ")
    if whole and _is_quotable(words, unit):
        return Passage(Geste.SUPPRIMER, start, start + len(words), words)
    return None


def _replaced(span: Window, unit: Sequence[str], lower: int, upper: int) -> Passage | None:
    """Return words replaced by others, with as few of their neighbours as it takes."""
    for count in range(WIDEST + 1):
        for each in _widened(span, count):
            inside = lower <= each.start and each.end <= upper
            last = each.end == len(each.old)
            sound = inside and not each.is_terse and _is_plain(each.come, last=last)
            if sound and _is_quotable(each.gone, unit, last=last):
                return Passage(Geste.REMPLACER, each.start, each.end, each.gone, each.come)
    return None


def _widened(span: Window, count: int) -> Iterator[Window]:
    """Yield a span with so many more words, those that follow it first when the next one is a word."""
    rights = range(count, -1, -1) if _opens_word(span.old[span.end :]) else range(count + 1)
    for right in rights:
        wider = span
        for _ in range(right):
            wider = wider.right()
        for _ in range(count - right):
            wider = wider.left()
        yield wider


def _is_whole(words: str) -> bool:
    """Tell whether words can stand between guillemets: not signs alone, no space at the ends, guillemets in pairs."""
    return any(map(str.isalnum, words)) and words == words.strip() and is_balanced(words)


def _opens_word(text: str) -> bool:
    """Tell whether what follows a place is a word, which says more than a sign."""
    return text.lstrip()[:1].isalnum()


def _is_plain(words: str, *, last: bool = False) -> bool:
    """Tell whether words begin and end as words do, not with a sign that parts them; the `last` of all may."""
    return _is_whole(words) and words[0] not in STOPS and (last or words[-1] not in PARTING)


def _is_quotable(words: str, unit: Sequence[str], *, last: bool = False) -> bool:
    return _is_plain(words, last=last) and stands_once(words, unit)
