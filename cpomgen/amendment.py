"""One thing that an act does: where, in which words, with which citation; the sentences of docs/redaction.md, 4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cpomgen.citation import CITED, CITED_TITLE
from cpomgen.designation import NBSP, Nom, quoted, ranked
from cpomgen.grid import said
from cpomgen.imprime import Block, Paragraph, Span
from cpomgen.lieu import level_of
from cpomgen.passage import Geste, Passage, changed_sentence, kind_of, passages, word_or_words
from cpomgen.texts import BELOW, Item
from cpomgen.wording import accord, cardinal, enumere

LINK = re.compile("( (?:de|du|des|en|à|au|aux|ou|et) | d’)")  # between a noun and what it needs
GENRES = {"montant": "m", "date": "f", "valeur": "f", "mot": "m", "mots": "m"}
ALINEA, RUBRIQUE = "alinéa", "rubrique"


class IntricateError(Exception):
    """What cannot be said unit by unit: what holds it is written again as a whole."""


@dataclass(frozen=True, slots=True)
class Amendement:
    """A thing done: where, from the whole to the part; in which words; the blocks cited; the units it deals with.

    `rewritten` counts the signs of the old text that it takes away.
    """

    lieux: tuple[str, ...]
    geste: str
    cite: tuple[Block, ...] = ()
    units: frozenset[int] = frozenset()
    rewritten: int = 0

    def within(self, *lieux: str) -> Amendement:
        """Return the same, in a wider place."""
        return replace(self, lieux=(*lieux, *self.lieux))


def unit_ids(*items: Item) -> frozenset[int]:
    """Return what tells units and all that they hold apart from others, and the place of each from its words."""
    found = [id(each) for item in items for each in _all(item)]
    return frozenset((*found, *(-each for each in found)))


def gone_ids(*items: Item) -> frozenset[int]:
    """Return what tells apart units that leave a part: if they are elsewhere now, their place is said there."""
    return frozenset(id(each) for item in items for each in _all(item))


def place_id(item: Item) -> frozenset[int]:
    """Return what tells the place of a unit apart from its words: it may change alone."""
    return frozenset((-id(item),))


def _all(item: Item) -> Iterator[Item]:
    yield item
    for name in BELOW:
        for child in item.get(name, ()):
            yield from _all(child)


def is_most(found: Iterable[Amendement], texts: Iterable[str]) -> bool:
    """Tell whether what is taken away is more than half of texts, which are read no further than it takes."""
    taken, whole = sum(each.rewritten for each in found), 0
    for text in texts:
        whole += len(text)
        if whole >= 2 * taken:
            return False
    return taken > 0


def size(texts: Iterable[str]) -> int:
    """Return how long texts are, in signs: what tells whether most of a text changes."""
    return sum(map(len, texts))


class Endroit(NamedTuple):
    """Where a paragraph is, from the whole to the part: itself; all of the unit in which its words are looked for.

    `nom` is what it is called there, `lieux` the place that it is called so from; `unit` are the texts of the unit.
    """

    lieux: tuple[str, ...]
    nom: Nom
    own: tuple[str, ...]
    within: tuple[str, ...]
    unit: tuple[str, ...]


def reworded(old: Item, new: Item, at: Endroit) -> list[Amendement]:
    """Return what is done to a paragraph: to its words, to the only sentence of it that changes, or to all of it."""
    units = frozenset((id(old), id(new)))  # its words, not its place
    steps = passages(old["texte"], new["texte"], at.unit)
    if found := changed_sentence(old["texte"], new["texte"]):
        rank, before, after = found
        if not steps or 2 * size(step.old for step in steps) > size([before]):
            phrase, text = ranked(rank, "phrase", "f"), Paragraph(CITED, (Span(after),))
            return [Amendement(at.own, rewritten(phrase), cited([text]), units, size([before]))]
    if steps:
        return by_words(steps, at.within, units)
    return [Amendement(at.lieux, rewritten(at.nom), cited([new.unit]), units, size([old["texte"]]))]


def by_words(steps: Sequence[Passage], lieux: tuple[str, ...], units: frozenset[int]) -> list[Amendement]:
    """Return what is done to the words of a paragraph; the first sentence deals with it."""
    shared = [units, *[frozenset[int]()] * (len(steps) - 1)]
    taken = (0 if step.geste in (Geste.APRES, Geste.AVANT) else size([step.old]) for step in steps)
    return [
        Amendement(lieux, worded(step), (), each, words) for step, each, words in zip(steps, shared, taken, strict=True)
    ]


def worded(passage: Passage) -> str:
    """Return what is done to words."""
    old, new = kind_of(passage.old), kind_of(passage.new)
    if passage.geste is Geste.SUPPRIMER:
        return f"{_words(old, passage.old)} {_is(old)} {_done('supprimé', old)}"
    if passage.geste is Geste.REMPLACER:
        if old != new and not {"mot", "mots"} >= {old, new}:
            old, new = word_or_words(passage.old), word_or_words(passage.new)
        return f"{_words(old, passage.old)} {_is(old)} {_done('remplacé', old)} par {_words(new, passage.new)}"
    where = "après" if passage.geste is Geste.APRES else "avant"
    old, new = word_or_words(passage.old), word_or_words(passage.new)
    return f"{where} {_words(old, passage.old)}, {_is(new)} {_done('inséré', new)} {_words(new, passage.new)}"


def _words(kind: str, text: str) -> str:
    article = "les" if kind == "mots" else "la" if GENRES[kind] == "f" else "le"
    return f"{article} {kind}{NBSP}: {quoted(text)}"


def _is(kind: str) -> str:
    return "sont" if kind == "mots" else "est"


def _done(participle: str, kind: str) -> str:
    return accord(participle, GENRES[kind], 2 if kind == "mots" else 1)


def rewritten(unit: Nom) -> str:
    """Return that a unit is written again: l’article 7 est ainsi rédigé."""
    return f"{unit.done('ainsi rédigé')}{NBSP}:"


def placed(unit: Nom, where: str, anchor: Nom) -> str:
    """Return that a unit is placed elsewhere: la ligne « A » est placée après la ligne « B »."""
    return f"{unit.done('placé')} {where} {anchor.le}"


def inserted(where: str, unit: Nom, what: str, count: int = 1, genre: str = "m") -> str:
    """Return what is inserted, and where: après le deuxième alinéa, sont insérés trois alinéas ainsi rédigés."""
    return _inserted(f"{where} {unit.le}", counted(count, what, genre), count, genre)


def opened(where: str, noms: Sequence[Nom]) -> str:
    """Return what headings open, and where it is inserted: après le a), est inséré un b) ainsi rédigé.

    Those that have a number are said by it, those that have none by how many they are.
    """
    named = ["«" not in nom.mots for nom in noms]
    if any(named) and not all(named):
        raise IntricateError
    genre = "f" if all(nom.genre == "f" for nom in noms) else "m"
    told = (
        enumere([counted(1, nom.mots, nom.genre) for nom in noms]) if all(named) else counted(len(noms), RUBRIQUE, "f")
    )
    return _inserted(where, told, len(noms), genre)


def _inserted(where: str, told: str, count: int, genre: str) -> str:
    done, made = (accord(each, genre, count) for each in ("inséré", "rédigé"))
    return f"{where}, {'est' if count == 1 else 'sont'} {done} {told} ainsi {made}{NBSP}:"


def counted(count: int, noun: str, genre: str = "m") -> str:
    """Return units by their number: un alinéa, deux lignes."""
    if count == 1:
        return f"{'une' if genre == 'f' else 'un'} {noun}"
    number = cardinal(count)
    feminine = "e" if genre == "f" and number.endswith("un") else ""
    return f"{number}{feminine} {plural(noun)}"


def plural(noun: str) -> str:
    """Return several of what a noun says, its adjectives agreed: objectifs opérationnels, agences de santé."""
    head, *rest = LINK.split(noun, maxsplit=1)
    return "".join((" ".join(accord(word, "m", 2) for word in head.split(" ")), *rest))


def cited(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks as an act cites them: guillemets open each paragraph and close the last; tables are as they are."""
    last = max((n for n, block in enumerate(blocks) if isinstance(block, Paragraph)), default=-1)
    return tuple(
        _cited(block, f"{NBSP}»" if number == last else "") if isinstance(block, Paragraph) else block
        for number, block in enumerate(blocks)
    )


def _cited(paragraph: Paragraph, closed: str) -> Paragraph:
    style = CITED_TITLE if level_of(paragraph) else CITED
    text = quoted(said(paragraph))
    return Paragraph(style, (Span(text.removesuffix(f"{NBSP}»") + closed),))
