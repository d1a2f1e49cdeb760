"""Sentences in parts, a draw → French text: one wording of each, and what is known of a network in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

EITHER = re.compile(r"\[([^\]|]*\|[^\]]*)\]")
PARAGRAPH = 3  # sentences


@cache
def france() -> Mapping[str, Any]:
    """Return what contracts are made of."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("france.yaml").read_text("utf-8"))
    return found


class Prose:
    """Who writes a contract: what is drawn for it, and the words that stand for its network."""

    def __init__(self, draw: Random, words: Mapping[str, str]) -> None:
        self.draw, self.words = draw, dict(words)

    def say(self, sentence: str, **more: str) -> str:
        """Return a sentence in one of its wordings."""
        worded = EITHER.sub(lambda found: self.draw.choice(found[1].split("|")), sentence)
        return worded.format_map({**self.words, **more}) if "{" in worded else worded

    def text(self, name: str, share: float = 1.0) -> str:
        """Return a text: the first sentence of its field and a share of the others, in paragraphs."""
        first, *others = france()["textes"][name]
        kept = sorted(self.draw.sample(range(len(others)), round(share * len(others))))
        said = [self.say(each) for each in (first, *(others[rank] for rank in kept))]
        paragraphs = (" ".join(said[start : start + PARAGRAPH]) for start in range(0, len(said), PARAGRAPH))
        return "\n\n".join(paragraphs) + "\n"

    def some(self, pool: Sequence[Any], count: int) -> list[Any]:
        """Return some of a list, in its order."""
        return [pool[rank] for rank in sorted(self.draw.sample(range(len(pool)), min(count, len(pool))))]
