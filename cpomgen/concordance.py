"""Folded texts → which of them may hold some words: where each word stands, found once for many searches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from cpomgen.problem import ProblemError

FEW = 20  # searches in all texts, before it is worth knowing all words of these
WORD = re.compile(r"[^\W_]+")


class Concordance:
    """The words of some texts, each with the names of those that have it."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.places: dict[str, list[str]] = defaultdict(list)
        for name, text in texts:
            for word in set(WORD.findall(text)):
                self.places[word].append(name)
        self.words = "\n".join(["", *self.places, ""])

    def holding(self, sought: str) -> set[str]:
        """Return the names of all texts that hold what is sought, and of a few others."""
        longest = max(WORD.findall(sought), key=len, default="")
        return {name for word in self._around(longest) for name in self.places[word]}

    def _around(self, part: str) -> Iterator[str]:
        """Yield the words that a part of a word is in."""
        at = self.words.find(part)
        while 0 <= at < len(self.words) - 1:
            start, end = self.words.rfind("\n", 0, at + 1) + 1, self.words.find("\n", at + 1)
            if start < end:
                yield self.words[start:end]
            at = self.words.find(part, end)


class Search:
    """Searches in the same texts: in all of them as long as they are few, then in those alone that may hold a name."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self.text = text
        self.count = 0
        self.words: Concordance | None = None

    def among(self, names: Sequence[str], couples: Iterable[tuple[str, object]]) -> Sequence[str]:
        """Return the names of texts in which it is worth looking for the first word of any couple."""
        self.count += 1
        if self.count <= FEW:
            return names
        self.words = self.words or Concordance(self._texts(names))
        held = {name for who, _ in couples for name in self.words.holding(who)}
        return [name for name in names if name in held]

    def _texts(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            with suppress(ProblemError):
                yield name, self.text(name)
