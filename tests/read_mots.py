"""Words in paragraphs of the old text → the edits that an act makes there, done together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from read_contrat import Alinea, Titre, UnreadableError, plain
from read_phrase import Amendment

CLOSE = (",", ".", ")", "’", "\u00a0", "\u202f")  # signs that no space parts from the words before them
END = re.compile(r"(?<=[^\W\d_]{3})[.!?](?= (?:[^\W\d_]|“))")


class Retouche(NamedTuple):
    """Text put in the place of another, from an offset to another of a paragraph."""

    alinea: Alinea | Titre
    start: int
    end: int
    text: str


def occurrences(text: str, words: str) -> list[int]:
    """Return where words stand whole: no letter nor digit just before or after theirs."""
    found = []
    for match in re.finditer(f"(?={re.escape(words)})", text):
        start, end = match.start(), match.start() + len(words)
        before = words[0].isalnum() and text[max(start - 1, 0) : start].isalnum()
        after = words[-1].isalnum() and text[end : end + 1].isalnum()
        if not before and not after:
            found.append(start)
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends."""
    ends = [m.end() for m in END.finditer(text) if text[m.end() + 1] == "“" or text[m.end() + 1].isupper()]
    return [*zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True)]


def retouche(alineas: Sequence[Alinea | Titre], amendment: Amendment) -> Retouche:
    """Return the edit that an operation on words makes."""
    if not amendment.old:
        raise UnreadableError("no words")
    found = [(each, start) for each in alineas for start in occurrences(each.text, amendment.old)]
    if len(found) != 1:
        raise UnreadableError(f"the words stand {len(found)} times: {amendment.old}")
    alinea, start = found[0]
    end = start + len(amendment.old)
    if amendment.deed == "remplacer mots":
        return Retouche(alinea, start, end, amendment.new)
    if amendment.deed == "supprimer mots":
        before, after = alinea.text[:start].endswith(" "), alinea.text[end:].startswith(" ")
        return Retouche(alinea, start - before, end + (after and not before), "")
    if amendment.before:
        return Retouche(alinea, start, start, f"{amendment.new} ")
    return Retouche(alinea, end, end, ("" if amendment.new.startswith(CLOSE) else " ") + amendment.new)


def sentence(alineas: Sequence[Alinea | Titre], rank: int, text: str) -> Retouche:
    """Return the edit that rewrites a sentence of a paragraph."""
    if len(alineas) != 1:
        raise UnreadableError("a sentence of several paragraphs")
    known = sentences(alineas[0].text)
    if rank > len(known):
        raise UnreadableError(f"there are {len(known)} sentences")
    return Retouche(alineas[0], *known[rank - 1], plain(text))


def done(edits: Iterable[Retouche]) -> None:
    """Do edits in their paragraphs; raise UnreadableError when two of them meet."""
    by_alinea: dict[int, list[Retouche]] = {}
    for edit in edits:
        by_alinea.setdefault(id(edit.alinea), []).append(edit)
    for found in by_alinea.values():
        found.sort(key=lambda edit: (edit.start, edit.end))
        for first, second in pairwise(found):
            if second.start < first.end or (first.start, first.end) == (second.start, second.end):
                raise UnreadableError(f"changed twice: {first.alinea.text}")
        for edit in reversed(found):
            text = edit.alinea.text
            edit.alinea.text = text[: edit.start] + edit.text + text[edit.end :]
