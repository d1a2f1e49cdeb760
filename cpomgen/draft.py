"""Schema × id → the text of a new contract: what must be filled left blank, what may be as comments, all explained.

A line that begins with `##` explains; one that begins with `# ` is an optional field, which the author uncomments.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from cpomgen.hint import admitted, as_typed, example_of, hint, is_inline
from cpomgen.schema import Field, Schema

WIDTH = 100  # signs of a line
NBSP = "\u00a0"
SHORT = 6  # values among which one chooses that a line can show
STEP = "  "
BLANK, LEFT_OUT = ("true",), ("false",)  # what `amorce` says of a field that it gives no value
WRITTEN, OPTIONAL, INSTEAD, NEVER = "écrit", "de côté", "à la place d'un autre", "jamais"  # states of a field
IN = (WRITTEN, OPTIONAL)
SPACED = 4  # signs of indentation up to which a blank line parts rubriques
NUMBER = re.compile(r"[0-9]+")
TEXT = {"texte": " |"}
TO_FILL = "[à compléter]"
HEAD = """\
{editor}## {libelle}
##
## Comment remplir ce fichier :
##  - écrivez après les deux-points de chaque ligne qui attend une valeur, sans changer le retrait ;
##  - un texte long va après « | », aux lignes suivantes, en retrait de deux espaces : une ligne
##    vide y sépare deux paragraphes, un tiret y ouvre un élément de liste ;
##  - un tiret en début de ligne ouvre un élément ; pour un élément de plus, recopiez ses lignes,
##    tiret compris, et changez son « id », une étiquette qui ne s'imprime pas ;
##  - « ## » explique ; « # » devant un champ le met de côté : pour l'employer, ôtez ce signe et
##    l'espace qui le suit, sur chacune de ses lignes.
##
## Ce qui reste à remplir : cpomgen validate {identifiant}
## Les documents :          cpomgen build {identifiant}
"""


def draft(schema: Schema, identifiant: str, *, helped: bool) -> str:
    """Return a contract to fill, YAML; its first line tells editors where their schema is, when they are `helped`."""
    editor = f"# yaml-language-server: $schema=../schemas/{schema.type}.schema.json\n" if helped else ""
    head = HEAD.format(editor=editor, libelle=schema.libelle, identifiant=identifiant)
    return head + "\n".join(_Draft(schema, identifiant).rubriques()) + "\n"


class _Draft:
    """One new contract: the ids it has taken, the definitions it has explained already."""

    def __init__(self, schema: Schema, identifiant: str) -> None:
        self.schema = schema
        self.identifiant = identifiant
        self.ids: set[str] = set()
        self.first: dict[str, str] = {}  # the first id of a list, by the role of the list
        self.told: set[str] = set()
        self.sampled: set[str] = set()

    def rubriques(self) -> Iterator[str]:
        """Yield the lines of each field of the contract, its rubriques below their titles."""
        for field, state in _states(self.schema.root):
            if lines := self.field(field, state, ""):
                title = f"## {f' {field.meta.libelle or field.name} ':-^{WIDTH - 3}}"
                yield from ("", title, *lines) if field.fields or field.item else ("", *lines)

    def field(self, field: Field, state: str, pad: str, rank: int = 0, *, known: bool = False) -> list[str]:
        """Return the lines of a field: to fill, set aside as comments, or told alone; `known` once explained."""
        if state == NEVER or (known and state != WRITTEN):
            return []
        if state == INSTEAD:
            return _comment(f"Ou bien, à la place : {field.name}. {hint(field)}", pad)
        if state == WRITTEN:
            lines = self.written(field, pad, rank, known=known)
            is_blank = lines[0].endswith((":", "|"))
        else:
            lines = [f"{pad}# {line.removeprefix(pad)}" for line in self.sample(field, pad, told=True)]
            is_blank = False
        space = [""] if pad and len(pad) <= SPACED and (field.fields or field.item) and not known else []
        about = [] if known or field.name == "id" else _comment(_about(field, pad, shown=is_blank), pad)
        return [*space, *about, *lines]

    def written(self, field: Field, pad: str, rank: int, *, known: bool) -> list[str]:
        """Return a field to fill, with all that must be filled below it."""
        if field.item is not None and not is_inline(field):
            return [f"{pad}{field.name}:", *self.items(field, field.item, pad, known=known)]
        if field.fields:
            return [f"{pad}{field.name}:", *self.mapping(field, pad + STEP, known=known)]
        value = self.value(field, pad, rank)
        return [f"{pad}{field.name}: {as_typed(value)}" if value else f"{pad}{field.name}:{TEXT.get(field.type, '')}"]

    def items(self, field: Field, item: Field, pad: str, *, known: bool) -> Iterator[str]:
        """Yield the items with which a list begins: one for each value that a field of theirs begins with."""
        seeds = (len(child.meta.amorce) for child in item.fields.values())
        for rank in range(max(1, int(field.rules.get("minlength", 1)), *seeds, 1)):
            under = pad + 2 * STEP
            body = self.mapping(item, under, rank, known=known or rank > 0, first=True) if item.fields else [under]
            name = next((line.removeprefix(f"{under}id: ") for line in body if line.startswith(f"{under}id: ")), "")
            self.first.setdefault(field.meta.role, name)
            yield from _dashed(body, under)

    def mapping(self, field: Field, pad: str, rank: int = 0, *, known: bool, first: bool = False) -> list[str]:
        """Return the fields of a mapping, the `rank`-th of its list; a definition is explained once.

        `first` puts one that is written before those set aside: the dash of an item stands before it.
        """
        known = known or field.definition in self.told
        self.told |= {field.definition} - {""}
        states = _states(field)
        lead = [next(each for each in states if each[1] == WRITTEN)] if first else []
        ordered = [*lead, *(each for each in states if each not in lead)]
        return [line for child, state in ordered for line in self.field(child, state, pad, rank, known=known)]

    def value(self, field: Field, pad: str, rank: int) -> str:
        """Return what is known of a leaf before anyone fills it; empty when nothing is."""
        seeds = () if field.meta.amorce == BLANK else field.meta.amorce
        allowed = field.rules.get("allowed", ())
        if field.name == "id":
            return self.free(_named(field, seeds, rank))
        if not pad and field.name == "type":
            return self.schema.type
        if field.meta.role == "identifiant":
            return self.identifiant
        if field.type == "renvoi":
            return self.first.get(field.meta.vers, "")
        if seeds:
            return seeds[min(rank, len(seeds) - 1)]
        return str(allowed[0]) if len(allowed) == 1 else ""

    def free(self, name: str) -> str:
        """Return a label that no item of the contract has: A1.1, then A2.1; ars, then ars-2."""
        while name in self.ids:
            found = NUMBER.search(name)
            name = f"{name[: found.start()]}{int(found[0]) + 1}{name[found.end() :]}" if found else f"{name}-2"
        self.ids |= {name} - {""}
        return name

    def sample(self, field: Field, pad: str, *, told: bool = False) -> list[str]:
        """Return a field as it could be filled, with its example; `told` when its help stands above."""
        name = f"{pad}{field.name}:"
        if field.item is not None and field.item.fields:
            under = pad + 2 * STEP
            count = max(1, int(field.rules.get("minlength", 1)))
            return [name, *(line for _ in range(count) for line in _dashed(self.samples(field.item, under), under))]
        if field.fields:
            return [name, *self.samples(field, pad + STEP)]
        value = self.shown(field)
        if field.type == "texte":
            about = f"[à compléter : {field.meta.aide}]" if field.meta.aide and not told else TO_FILL
            under = pad + STEP
            return [f"{name} |", *textwrap.wrap(value or about, WIDTH, initial_indent=under, subsequent_indent=under)]
        if field.item is not None and not value.startswith("["):
            return [name, f"{pad}{STEP}- {as_typed(value or TO_FILL)}"]
        if field.item is not None or field.values is not None:
            return [f"{name} {value}".rstrip()]
        return [f"{name} {as_typed(value)}{_others(field, value)}" if value else name]

    def samples(self, field: Field, pad: str) -> list[str]:
        """Return the fields of a mapping as they could be filled; those required alone once it has been shown."""
        known = field.definition in self.sampled
        self.sampled |= {field.definition} - {""}
        kept = (WRITTEN,) if known else IN
        return [line for child, state in _states(field) if state in kept for line in self.sample(child, pad)]

    def shown(self, field: Field) -> str:
        """Return the example of a leaf or of a list, else the first value that it admits; empty when none is known."""
        allowed = (field.item or field).rules.get("allowed", ())
        if field.name == "id":
            return self.free(field.meta.exemple)
        if field.type == "renvoi":
            return self.first.get(field.meta.vers, "")
        unsaid = {"ligne": TO_FILL, "code": TO_FILL, "oui_non": "non"} if "regex" not in field.rules else {}
        first = str(allowed[0]) if allowed else unsaid.get(field.type, "")
        return field.meta.exemple or first


def _states(parent: Field) -> list[tuple[Field, str]]:
    """Return what becomes of each field of a mapping in a new contract; of those that exclude each other, one stays."""
    children = list(parent.fields.values())
    found: dict[str, str] = {}
    for needed in (True, False):
        for child in children:
            amorce = child.meta.amorce
            written = bool(child.rules.get("required") or (amorce and amorce != LEFT_OUT))
            if written is not needed:
                continue
            rival = any(_exclude(child, parent.fields[name]) for name, state in found.items() if state in IN)
            found[child.name] = INSTEAD if rival else WRITTEN if written else NEVER if amorce else OPTIONAL
    if children and not any(state == WRITTEN for state in found.values()):
        found[children[0].name] = WRITTEN
    return [(child, found[child.name]) for child in children]


def _exclude(one: Field, other: Field) -> bool:
    return other.name in one.rules.get("excludes", ()) or one.name in other.rules.get("excludes", ())


def _named(field: Field, seeds: tuple[str, ...], rank: int) -> str:
    return seeds[min(rank, len(seeds) - 1)] if seeds else field.meta.exemple


def _about(field: Field, pad: str, *, shown: bool) -> str:
    """Return what is said above a field: its name, unless its title does, its help, its example if it is `shown`."""
    titled = not pad and (field.fields or field.item)
    label = "" if titled else f"{field.meta.libelle or field.name}."
    example = f"Exemple : {example_of(field)}" if shown and field.meta.exemple else ""
    return " ".join(filter(None, (label, field.meta.aide, admitted(field), example)))


def _others(field: Field, value: str) -> str:
    """Return the other values of a short choice, as a comment beside the one that is shown."""
    allowed = field.rules.get("allowed", ())
    return f" # ou {', '.join(each for each in allowed if each != value)}" if 1 < len(allowed) <= SHORT else ""


def _comment(text: str, pad: str) -> list[str]:
    """Return a text as lines that explain, French signs kept with their words."""
    joined = re.sub("(?<=«) | (?=[»:;?!])", NBSP, text)
    lead = f"{pad}## "
    lines = textwrap.wrap(joined, WIDTH, initial_indent=lead, subsequent_indent=lead, break_long_words=False)
    return [line.replace(NBSP, " ") for line in lines]


def _dashed(lines: Iterable[str], pad: str) -> Iterator[str]:
    """Yield the lines of an item, a dash before its first field."""
    fresh = True
    for line in lines:
        opens = fresh and not line.lstrip().startswith("##") and line.startswith(pad)
        fresh = fresh and not opens
        yield f"{pad[:-2]}- {line.removeprefix(pad)}".rstrip() if opens else line
