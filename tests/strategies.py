"""A Schema → contracts that keep to it: random ones for Hypothesis, and full ones where every field is filled.

A contract is plain mappings, lists and texts, as its author would type it; `as_yaml` writes it in any layout.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple, Protocol

from hypothesis import strategies as st

from cpomgen.schema import Field, Schema

Document = dict[str, Any]
NAME = "essai"
ANNEXES = ("orientations_strategiques", "appui_coordination", "articulation_acteurs", "financement", "documentaire")
YEARS = 6  # the most exercises that five years touch
HOSTILE = (
    "{{ parties }}",
    "{% for a in b %}",
    "{%p endif %}",
    "{# rien #}",
    "{{'{'}}",
    "<w:t>&amp;</w:t>",
    "]]>",
    "<!-- x -->",
    "&#233; & <b>",
    '#eval("1") #',
    "$x^2$ *gras* _it_ `code`",
    "@ref <label> = titre",
    "// rien /* rien */",
    "\\",
    "\\u{41} \\n \\",
    "\"dit\" 'l'autre'",
    '"',
    "'",
    "« guillemets »",
    "l'été, l’hôpital, œuvre, Œuvre, ÉCOLE",
    "1\u00a0000\u202f000 € à 12,5 %",
    "# commentaire",
    "clé: valeur",
    "- tiret",
    "? ! : ;",
    "& * ! | > % @",
    "[liste, {a: b}]",
    "~",
    "null",
    "oui",
    "01000",
    "1.10",
    "…—–•€½²°",
    "Zq0qZ @@section@@ Zq1qZ",
    "<w:tblGrid/>",
    "anticonstitutionnellement" * 6,
    "https://exemple.fr/" + "a-b/" * 30 + "?x={{ y }}#z",
    "insécable\u00a0" * 9 + "fin",
    "deux  espaces",
    "{{",
    "}}",
    "%}",
)
CODES: Mapping[str, tuple[Callable[[int], str], ...]] = {
    "^CPOM[0-9]{3}$": (lambda n: f"CPOM{400 + n % 100}",),
    "^([0-9]{5}|2[AB][0-9]{3})$": (lambda n: f"{n % 10**5:05}", lambda n: f"2A{n % 1000:03}"),
    "^[0-9]{9}$": (lambda n: f"{n % 10**9:09}",),
    "^[0-9]{14}$": (lambda n: f"{n % 10**14:014}",),
    "^[0-9][0-9A-Z][0-9]{7}$": (lambda n: f"{n % 10**9:09}", lambda n: f"2A{n % 10**7:07}"),
}
SENTINEL = re.compile(r"Xq[0-9]+z")


@dataclass(frozen=True)
class Period:
    """The days between which a contract holds."""

    start: date
    end: date

    @property
    def years(self) -> list[str]:
        return [str(year) for year in range(self.start.year, self.end.year + 1)]


class Choices(Protocol):
    """All that is left open when a contract is written from its schema."""

    period: Period

    def keeps(self, field: Field) -> bool:
        """Tell whether an optional field is filled."""

    def size(self, field: Field) -> int:
        """Return how many items a list has."""

    def years(self, field: Field) -> list[str]:
        """Return the exercises that values are given for."""

    def pick(self, field: Field, options: Sequence[str]) -> str:
        """Return one of several."""

    def identifier(self, number: int) -> str:
        """Return the id of the item of that rank."""

    def scalar(self, field: Field, *, hidden: bool) -> str:
        """Return the text of a leaf; `hidden` when no document prints it."""


class Author:
    """Writes one contract from its schema, open choices made by `choices`."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.links: list[tuple[Any, Any, Field]] = []
        self.items = 0

    def contract(self, schema: Schema) -> Document:
        """Return the contract, its renvois leading to items that it has."""
        document = self.mapping(schema.root, hidden=False)
        for parent, key, link in self.links:
            if self.ids[link.meta.vers]:
                parent[key] = self.choices.pick(link, self.ids[link.meta.vers])
            else:
                del parent[key]
        return settled(document)

    def mapping(self, field: Field, *, hidden: bool) -> Document:
        made: Document = {}
        for name in self.names(field):
            child = field.fields[name]
            made[name] = self.value(child, hidden=hidden or not child.is_printed)
            if child.type == "renvoi":
                self.links.append((made, name, child))
        return made

    def names(self, field: Field) -> list[str]:
        """Return the fields to fill: those required, those kept, and one of those that exclude each other.

        There is no catalogue to refer to.
        """
        own = {name: each for name, each in field.fields.items() if not each.meta.catalogue}
        kept = [name for name, each in own.items() if each.rules.get("required") or self.choices.keeps(each)]
        for name in tuple(kept):
            excluded = [other for other in field.fields[name].rules.get("excludes", ()) if other in kept]
            if name in kept and excluded:
                left = self.choices.pick(field.fields[name], [name, *excluded])
                kept = [each for each in kept if each == left or each not in (name, *excluded)]
        while missing := [
            name for name in kept if not set(field.fields[name].rules.get("dependencies", ())) <= set(kept)
        ]:
            kept.remove(missing[0])
        return kept

    def value(self, field: Field, *, hidden: bool) -> Any:
        if field.type == "dict" and field.values is not None:
            values = field.values
            return {year: self.value(values, hidden=hidden) for year in self.choices.years(field)}
        if field.type == "dict":
            return self.mapping(field, hidden=hidden)
        if field.type == "list" and field.item is not None:
            item = field.item
            made = [self.value(item, hidden=hidden) for _ in range(self.choices.size(field))]
            self.ids[field.meta.role] += [each["id"] for each in made if isinstance(each, dict) and "id" in each]
            return made
        return self.leaf(field, hidden=hidden)

    def leaf(self, field: Field, *, hidden: bool) -> str:
        if field.meta.role in ("date_effet", "date_fin", "date_conclusion"):
            period = self.choices.period
            return str(period.end if field.meta.role == "date_fin" else period.start)
        if field.meta.role == "identifiant":
            return NAME
        if field.name == "id":
            self.items += 1
            return self.choices.identifier(self.items)
        if "allowed" in field.rules:
            return self.choices.pick(field, field.rules["allowed"])
        return self.choices.scalar(field, hidden=hidden)


def settled(document: Document) -> Document:
    """Return a contract whose clauses complete only annexes it has: elsewhere they would not be printed."""
    annexes = document.get("annexes", {})
    for clause in document.get("clauses_particulieres", ()):
        article = str(clause.get("article", ""))
        if article.startswith("annexe_") and ANNEXES[int(article[-1]) - 1] not in annexes:
            clause["article"] = "autonome"
    return document


# Random contracts


class Drawn:
    """Choices drawn by chance: `density` of a hundred optional fields are filled, with `most` items to a list."""

    def __init__(self, random: Random, density: int, most: int) -> None:
        self.random = random
        self.density = density
        self.most = most
        start = date(2005, 1, 1) + timedelta(days=random.randrange(9000))
        self.period = Period(start, start + timedelta(days=random.randint(0, 5 * 365)))

    def keeps(self, field: Field) -> bool:  # noqa: ARG002 - every field alike
        return self.random.randrange(100) < self.density

    def size(self, field: Field) -> int:
        least = int(field.rules.get("minlength", 0))
        return self.random.randint(least, max(least, self.most))

    def years(self, field: Field) -> list[str]:  # noqa: ARG002 - every field alike
        years = self.period.years
        return self.random.sample(years, self.random.randint(0, len(years)))

    def pick(self, field: Field, options: Sequence[str]) -> str:  # noqa: ARG002 - every field alike
        return self.random.choice(options)

    def identifier(self, number: int) -> str:
        return f"{self.random.choice(('e', 'O.', 'NO-', '1_', 'null', '0x'))}{number}"

    def scalar(self, field: Field, *, hidden: bool) -> str:  # noqa: ARG002 - printed or not
        if field.type in ("ligne", "texte", "code"):
            return self.text(field)
        if field.type == "date":
            return str(date(1900, 1, 1) + timedelta(days=self.random.randrange(80000)))
        if field.type == "oui_non":
            return self.random.choice(("oui", "non"))
        return "" if field.type == "renvoi" else self.number(field)

    def number(self, field: Field) -> str:
        """Return a number as typed, between the bounds of its field."""
        bounds = {"annee": (1000, 2999), "exercice": (1000, 2999)}.get(field.type, (-(10**9), 10**9))
        low, high = (int(field.rules.get(rule, bound)) for rule, bound in zip(("min", "max"), bounds, strict=True))
        whole = self.random.choice((low, high, self.random.randint(low, high), max(low, 0), min(high, max(low, 1500))))
        places = self.random.randint(0, {"montant": 2, "nombre": 6}.get(field.type, 0)) if low < whole < high else 0
        return f"{whole}.{self.random.randrange(10**places):0{places}}" if places else str(whole)

    def text(self, field: Field) -> str:
        if "regex" in field.rules:
            return self.random.choice(CODES[field.rules["regex"]])(self.random.randrange(10**14))
        if field.type != "texte":
            return self.line()
        return "\n\n".join(self.block() for _ in range(self.random.randint(1, 3)))

    def block(self) -> str:
        """Return a paragraph, on one or two lines, or a list."""
        lines = [self.line() for _ in range(self.random.randint(1, 2))]
        return "\n".join(f"- {line}" for line in lines) if self.random.randrange(2) else "\n".join(lines)

    def line(self) -> str:
        return " ".join(self.random.choices(HOSTILE, k=self.random.randint(1, 3)))


class Sown(NamedTuple):
    """A contract's thousand choices, as one seed: Hypothesis shrinks how much is filled, in the time of a test."""

    density: int
    most: int
    seed: int

    def document(self, schema: Schema) -> Document:
        """Return the contract, as its author would type it."""
        return Author(Drawn(Random(self.seed), self.density, self.most)).contract(schema)  # noqa: S311 - no secret


def contracts() -> st.SearchStrategy[Sown]:
    """Return contracts that keep to a schema, hostile texts in them."""
    return st.builds(Sown, st.integers(0, 100), st.integers(0, 3), st.integers(1, 10**6))


# Full contracts


@dataclass
class Full:
    """Choices that fill every field, each text leaf with a word of its own (`Xq12z`), each number another number.

    An item's unprinted choice says where or how it prints: there is an item for each. `roles` gives leaves their value
    by their role, `left_out` names fields to leave; `hostile` makes texts of all that could be read as code.
    """

    period: Period = field(default_factory=lambda: Period(date(2012, 1, 1), date(2016, 12, 31)))
    items: int = 1
    turn: int = 0
    roles: Mapping[str, str] = field(default_factory=dict)
    left_out: Collection[str] = ()
    hostile: bool = False
    printed: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    count: int = 0
    turns: Counter[Any] = field(default_factory=Counter)

    def keeps(self, field: Field) -> bool:
        return field.name not in self.left_out

    def size(self, field: Field) -> int:
        below = field.item.fields.values() if field.item else ()
        cases = [len(each.rules["allowed"]) for each in below if each.type == "choix" and not each.is_printed]
        return max([self.items, int(field.rules.get("minlength", 0)), *cases])

    def years(self, field: Field) -> list[str]:  # noqa: ARG002 - every field alike
        return self.period.years

    def pick(self, field: Field, options: Sequence[str]) -> str:
        if field.meta.role in self.roles:
            return self.roles[field.meta.role]
        turn = self.turns[field.mark]
        self.turns[field.mark] += 1
        return options[(turn + self.turn) % len(options)]

    def identifier(self, number: int) -> str:
        return f"e{number}"

    def scalar(self, field: Field, *, hidden: bool) -> str:
        self.count += 1
        kind = field.type
        if kind in ("ligne", "texte", "code"):
            return self.text(field, self.hidden if hidden else self.printed)
        if kind == "date":
            return str(self.period.start + timedelta(days=self.count))
        if kind == "oui_non":
            return "oui" if self.count % 2 else "non"
        numbers = {"montant": f"{100000 + self.count}.25", "nombre": f"{1000 + self.count}.5"}
        return numbers.get(kind, "" if kind == "renvoi" else str(1000 + self.count))

    def text(self, field: Field, written: list[str]) -> str:
        if "regex" in field.rules:
            return CODES[field.rules["regex"]][0](self.count)
        if field.type != "texte":
            return self.word(written)
        first, second, third, fourth = (self.word(written) for _ in range(4))
        return f"{first}\n\n{second}\n- {third}\n- {fourth}"

    def word(self, written: list[str]) -> str:
        self.count += 1
        word = f"Xq{self.count}z"
        written.append(word)
        return f"{word} {HOSTILE[self.count % len(HOSTILE)]}" if self.hostile else word


def full(schema: Schema, choices: Choices) -> Document:
    """Return the contract where every field is filled, save those that others exclude."""
    return Author(choices).contract(schema)


def every_field(name: str) -> Full:
    """Return the choices of a full contract, by the name of its variant."""
    return VARIANTS[name]()


VARIANTS: Mapping[str, Callable[[], Full]] = {
    "complet": Full,
    "evenement": lambda: Full(turn=1),
    "transitoire": lambda: Full(roles={"nature": "transitoire"}, left_out=("annexes",)),
    "six exercices": lambda: Full(Period(date(2012, 7, 1), date(2017, 6, 30))),
    "un exercice": lambda: Full(Period(date(2012, 3, 1), date(2012, 12, 31))),
    "plusieurs": lambda: Full(items=2),
    "hostile": lambda: Full(hostile=True),
}


# YAML


SAFE = re.compile(r"[A-Za-zÀ-ÿ][A-Za-z0-9À-ÿ ]*[A-Za-zÀ-ÿ0-9]|[0-9][0-9.-]*")


def as_yaml(document: Document, seed: int = 0) -> str:
    """Return a contract as a file: 0 writes it plainly, any other number shuffles keys, signs, blanks and comments."""
    layout = _Layout(Random(seed) if seed else None)  # noqa: S311 - nobody's secret
    return "\n".join(layout.lines(document, 0)) + "\n"


class _Layout:
    """One way to lay a contract out."""

    def __init__(self, random: Random | None) -> None:
        self.random = random

    def chance(self, of: int) -> bool:
        return self.random is not None and not self.random.randrange(of)

    def lines(self, node: Any, indent: int) -> Iterator[str]:
        """Yield the lines of a mapping or a list that stands at an indent."""
        entries: list[tuple[str, Any]]
        if isinstance(node, dict):
            entries = [(f"{self.scalar(key)}:", value) for key, value in node.items()]
            if self.random:
                self.random.shuffle(entries)
        else:
            entries = [("-", value) for value in node]
        for head, value in entries:
            if self.chance(6):
                yield " " * indent + "# une remarque : {{ x }} — à relire"
            if self.chance(8):
                yield ""
            yield from self.entry(" " * indent + head, value, indent)

    def entry(self, head: str, value: Any, indent: int) -> Iterator[str]:
        step = self.random.choice((2, 3, 4)) if self.random else 2
        if not value:
            nothing = "{}" if isinstance(value, dict) else "[]" if isinstance(value, list) else '""'
            yield f"{head} {nothing}"
        elif isinstance(value, dict | list):
            yield head
            yield from self.lines(value, indent + step)
        elif "\n" in value and (not self.random or self.chance(2)):
            yield f"{head} |{'' if self.chance(2) else '-'}"
            yield from (" " * (indent + step) + line if line else "" for line in value.split("\n"))
        else:
            tail = "   # fin" if self.chance(9) else ""
            yield f"{head} {self.scalar(value)}{tail}"

    def scalar(self, text: str) -> str:
        """Return a text between quotes, or without when it is safe."""
        if SAFE.fullmatch(text) and text != "null" and not self.chance(2):
            return text
        if "\n" not in text and self.chance(2):
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
