"""A place of a document, named as its reader would: by headings, names of tables, of rows and of columns alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cpomgen.imprime import CLOSING, Block, Imprime, Paragraph, Table

LONGEST = 70  # signs of a name, where places are told; the place itself keeps it whole
TITLE = "Cellule titre"  # the style of what, in a cell, names what follows
ORDINALS = (
    "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième",
    "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième",
)  # fmt: skip
NUMBER = re.compile(r"(?P<kind>\w+)(?:\sn°)?\s(?:\d+|1er|[IVX]+)")  # « article 3 », « orientation n° 1 »
NUMBERED = re.compile(rf"{NUMBER.pattern}(?=\s– )")
LETTERED = re.compile(r"([a-z]\)|\d+°|[IVX]+\.)\s")
PREAMBULE, SIGNATURES = "préambule", "signatures"  # what precedes the first number, and what closes a section


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where something stands, from the whole to the part; what does not apply is empty."""

    parties: tuple[str, ...]
    tableau: str = ""
    ligne: tuple[str, ...] = ()
    colonne: str = ""
    titre: str = ""  # in a cell, what names the paragraphs that follow it
    alinea: int = 0  # from 1, under the heading or in the cell; 0 for the only one
    intitule: bool = False

    def __str__(self) -> str:
        named = (
            *map(quoted, self.parties),
            self.tableau,
            f"ligne {', '.join(f'« {shortened(name)} »' for name in self.ligne)}" if self.ligne else "",
            f"colonne « {shortened(self.colonne)} »" if self.colonne else "",
            f"« {shortened(self.titre)} »" if self.titre else "",
            f"{rank(self.alinea)} alinéa" if self.alinea else "",
            "intitulé" if self.intitule else "",
        )
        return ", ".join(filter(None, named))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level and its text."""

    level: int
    text: str

    @property
    def number(self) -> str:
        """Return the name that it has by its number, « article 3 »; empty without any."""
        return _numbered(self.text)[0]

    @property
    def kind(self) -> str:
        """Return what it numbers, « article »; empty without any number."""
        return _numbered(self.text)[1]

    @property
    def cited(self) -> str:
        """Return how a reader calls it."""
        return self.number or self.text.replace("\n", " ")


@lru_cache(maxsize=1024)  # each heading is read for each block below it
def _numbered(text: str) -> tuple[str, str]:
    """Return what a heading is called by its number, and what it numbers; nothing without any."""
    match = NUMBERED.match(text)
    return (f"{match[0][0].lower()}{match[0][1:]}", match["kind"].lower()) if match else ("", "")


def rank(number: int) -> str:
    """Return an ordinal, in words when it is short."""
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}e"


def shortened(text: str) -> str:
    """Return a name on one line, its end left out when it is long."""
    text = " ".join(text.split("\n"))
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0].rstrip(' ,;:')}…"


def quoted(name: str) -> str:
    """Return a part as it is cited: its number, its letter, or its title between guillemets."""
    lettered = (
        LETTERED.match(name) or NUMBERED.fullmatch(name) or re.fullmatch(r"\w+(?: n°)?\s(?:\d+|1er|[IVX]+)", name)
    )
    return shortened(name) if lettered or name in ("préambule", "signatures") else f"« {shortened(name)} »"


class Outline:
    """The headings over each block of a document, and its rank among the paragraphs that follow them."""

    def __init__(self, imprime: Imprime) -> None:
        self.chains = {section.name: list(_chains(section.blocks)) for section in imprime.sections}
        self.through = _through(self.chains.values())
        self.first = {name: _first(chains) for name, chains in self.chains.items()}

    def parties(self, section: str, position: int) -> tuple[str, ...]:
        """Return how a reader calls the part that a block is in, or that it names."""
        chain, closing = self.chains[section][position]
        if closing:
            return (SIGNATURES,)
        start = next((n for n, heading in enumerate(chain) if heading.kind in self.through), 0)
        kept = chain[start:] if start else chain[1:] if len(chain) > 1 and not chain[0].kind else chain
        if not kept or (not any(heading.kind for heading in kept) and position < self.first[section]):
            return (PREAMBULE,)
        return tuple(heading.cited for heading in kept)

    def alinea(self, section: str, position: int, blocks: Sequence[Block]) -> int:
        """Return the rank of a paragraph under its heading, 0 for the only one; in a preamble, headings count too."""
        if self.parties(section, position) == (PREAMBULE,):
            before = [n for n in range(position + 1) if isinstance(blocks[n], Paragraph)]
            return sum(self.parties(section, n) == (PREAMBULE,) for n in before) if position in before else 0
        here = self.chains[section][position]
        under = [n for n, chain in enumerate(self.chains[section]) if chain == here and is_alinea(blocks[n])]
        return under.index(position) + 1 if len(under) > 1 and position in under else 0

    def tableau(self, section: str, position: int, blocks: Sequence[Block]) -> tuple[tuple[str, ...], str]:
        """Return the parts that a table is in, and its name: the heading that it stands under, if it has no number."""
        parties = self.parties(section, position)
        here = self.chains[section][position]
        beside = [n for n, chain in enumerate(self.chains[section]) if chain == here and isinstance(blocks[n], Table)]
        order = f"{rank(beside.index(position) + 1)} tableau" if len(beside) > 1 else "tableau"
        if len(parties) > 1 and not LETTERED.match(parties[-1]) and not here[0][-1].kind:
            return parties[:-1], f"{order} « {shortened(parties[-1])} »"
        return parties, order


def is_alinea(block: Block) -> bool:
    """Tell whether a block is a paragraph that is no heading."""
    return isinstance(block, Paragraph) and level_of(block) == 0


def level_of(block: Block) -> int:
    """Return the level of a heading, 0 for another block."""
    style = block.style if isinstance(block, Paragraph) else ""
    return int(style[8:]) if style.startswith("heading ") and style[8:].isdigit() else 0


Chain = tuple[tuple[Heading, ...], bool]  # the headings over a block, whether signatures have begun


def _chains(blocks: Sequence[Block]) -> Iterator[Chain]:
    """Yield the headings over each block of a section, its own included when it is one."""
    held: tuple[Heading, ...] = ()
    closing = False
    for block in blocks:
        level = level_of(block)
        if level and isinstance(block, Paragraph):
            held = (*(each for each in held if each.level < level), Heading(level, block.text))
            closing = False
        closing = closing or (isinstance(block, Paragraph) and block.style == CLOSING)
        yield held, closing


def _through(sections: Iterable[list[Chain]]) -> frozenset[str]:
    """Return what is numbered through the parts that hold it: its number is enough to find it."""
    over: defaultdict[str, dict[str, set[tuple[Heading, ...]]]] = defaultdict(dict)
    for chains in sections:
        for chain in dict.fromkeys(chain for chain, _ in chains):
            for depth, heading in enumerate(chain):
                if heading.kind:
                    over[heading.kind].setdefault(heading.number, set()).add(chain[:depth])
    return frozenset(
        kind
        for kind, numbers in over.items()
        if all(len(parents) == 1 for parents in numbers.values()) and len(set.union(*numbers.values())) > 1
    )


def _first(chains: list[Chain]) -> int:
    """Return the position of the first heading that has a number, 0 when none has."""
    return next((n for n, (chain, _) in enumerate(chains) if any(heading.kind for heading in chain)), 0)
