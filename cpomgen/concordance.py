"""Folded texts → which of them may hold some words: where each word stands, found once for many searches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

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
