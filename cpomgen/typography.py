"""Text as typed → text as a French printer sets it: spaces, quotes, apostrophes; no letter, no digit is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

NBSP = "\u00a0"
NARROW = "\u202f"
NESTED = 10  # levels of quotes within quotes

_S = "[ \u00a0\u2009\u202f]"  # the spaces of a line that a rule may replace
_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNIT = (
    "ETPT?|km²?|m[²³]?|cm|mm|ha|h|min|kg|g|mg|ml|cl|L|kWh|°C?|[kM]?€|Md€|[%‰]|"
    "euros?|centimes?|millions?|milliards?|points?|ans?|mois|jours?|heures?|minutes?"
)
# What is never touched: addresses, times, ratios, entities, and the marker of a list item.
_KEPT = (
    r"(?P<kept>(?:https?://|ftp://|\bwww\.)[^\s\"«»<>…]*[^\s\"«»<>….,;:!?)\]']|"
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"
    r"(?<![\w:])\d+(?::\d+)+(?![\w:])|&#?\w+;|^ *[-–—•*] +)|"
)
_END = r"(?=\s|$|[»)\]\"”,.…])"  # what may follow a sign that closes a sentence or a clause

_QUOTED = re.compile(r'(?<![\w"])"(?=[^\s"])((?:[^"\n]|\n(?!\n))*)(?<=[^\s"])"(?![\w"])')


DIGITS = "0123456789"


class _Rule(NamedTuple):
    """A pattern and what replaces it; a text without any of `signs` is not searched."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    replacement: str


def _rule(signs: Iterable[str], pattern: str, replacement: str) -> _Rule:
    return _Rule(tuple(signs), re.compile(_KEPT + pattern, re.MULTILINE), replacement)


_RULES = (
    _rule(["..."], r"(?<!\.)\.{3}(?!\.)", "…"),
    _rule("'", r"(?<=[^\W\d_])'(?=[\w«“\"])", "’"),
    _rule("«", rf"«{_S}*(?=\S)", f"«{NBSP}"),
    _rule("»", rf"(?<=[^\s«]){_S}*»", f"{NBSP}»"),
    _rule(":", rf"(?<=[^\s:«(\[]){_S}+:|(?<=[^\s:«(\[]):(?=\s|$)", f"{NBSP}:"),
    _rule(";!?", rf"(?<=[^\s:;!?«(\[])(?:{_S}+(?=[;!?])|(?=[;!?]+{_END}))", NARROW),
    _rule("°º", rf"\b(?P<n>[nN]){_S}?[°º](?:{_S}*(?=\d)|{_S}+(?=\w))", rf"\g<n>°{NBSP}"),
    _rule(".", rf"\b(?P<short>[Aa]rt|[Aa]l|[Cc]hap|[Ff]ig|pp?)\.{_S}+(?=[\dLRDIVX])", rf"\g<short>.{NBSP}"),
    _rule(
        ["L.", "R.", "D.", "A."], rf"\b(?P<code>[LRDA])\.(?:{_S}+(?=\*?\d)|(?=\*?\d{{3,4}}-\d))", rf"\g<code>.{NBSP}"
    ),
    _rule("§", rf"§{_S}*(?=\d)", f"§{NBSP}"),
    _rule(DIGITS, rf"\b(?P<day>\d\d?|1er){_S}+(?=(?:{_MONTH})\b)", rf"\g<day>{NBSP}"),
    _rule(DIGITS, rf"\b(?P<hours>\d\d?){_S}+h{_S}+(?=\d\d\b)", rf"\g<hours>{NBSP}h{NBSP}"),
    _rule(DIGITS, rf"(?<=\d)(?:{_S}+(?=(?:{_UNIT})(?!\w))|(?=[%‰€](?!\w)))", NBSP),
)
_THOUSANDS = re.compile(
    rf"(?<![\w,.-])(?<!\d{_S})[1-9]\d{{0,2}}(?:{_S}\d{{3}})+(?!\d|{_S}\d|[\w-])",
)
_SPACE = re.compile(_S)


@lru_cache(maxsize=2048)  # a contract built again at each save has most of its texts unchanged
def typography(text: str) -> str:
    """Return `text` with French spaces, quotes and apostrophes; doing it twice changes nothing more."""
    text = _quotes(text)
    for signs, pattern, replacement in _RULES:
        if any(sign in text for sign in signs):
            text = _replace(pattern, replacement, text)
    return _THOUSANDS.sub(lambda match: _SPACE.sub(NARROW, match[0]), text)


def _replace(pattern: re.Pattern[str], replacement: str, text: str) -> str:
    return pattern.sub(lambda match: match[0] if match["kept"] else match.expand(replacement), text)


def _quotes(text: str) -> str:
    """Return `text` with each pair of straight quotes turned into « », the inner pairs first.

    Quotes within quotes without end are no text: they stay as typed, for each level costs a reading.
    """
    if '"' not in text:
        return text
    quoted = text
    for _ in range(NESTED):
        quoted, found = _QUOTED.subn(rf"«{NBSP}\1{NBSP}»", quoted)
        if not found:
            return quoted
    return text
