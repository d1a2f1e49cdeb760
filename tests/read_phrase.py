"""A sentence of an act → the places it names and what it does there, as docs/redaction.md words them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from num2words import num2words
from read_contrat import NUMBER, UnreadableError, spaced

from cpomgen.imprime import Block

QUOTED = re.compile("«\u00a0([^«»]*)\u00a0»|«\u00a0»")
Q = r"⟦\d+⟧"  # stands for what is between guillemets, where every sign counts
ORDINALS = (
    "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième",
    "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième",
)  # fmt: skip
RANKS = {word: n for n, word in enumerate(ORDINALS, 1)} | {"première": 1}
COUNTS = {str(n): n for n in range(1, 200)}
COUNTS |= {num2words(n, lang="fr"): n for n in range(1, 200)}
COUNTS |= {f"{word}e": n for word, n in COUNTS.items() if word.endswith("un")}
RANK = rf"(?:{'|'.join(RANKS)}|\d+e)"
NOUN = r"[^\W\d_]+(?:[ ’-][^\W\d_]+)*"
LETTER = r"[a-z]\)|\d+°|[IVXLC]+\.?"
NUMEROTE = rf"\w+(?: n°)? {NUMBER}"
MOTS = r"(?:le mot|les mots|le montant|la date|la valeur)"


class Unite(NamedTuple):
    """A unit as an act calls it: its kind, with its number or its names, its rank, or its first and last ranks."""

    kind: str
    key: str = ""
    names: tuple[str, ...] = ()
    rank: int = 0
    last: int = 0


class Ajout(NamedTuple):
    """What is inserted: how many of which; the names of rubriques that have one."""

    noun: str
    number: int
    keys: tuple[str, ...] = ()


class Amendment(NamedTuple):
    """What a sentence does: the deed, its places from the whole to the part, and what it is done to and with."""

    deed: str
    places: tuple[Unite, ...] = ()
    unit: Unite | None = None
    to: Unite | None = None  # what it is placed before or after
    before: bool = False
    old: str = ""  # words between guillemets
    new: str = ""
    what: Ajout = Ajout("", 0)
    cited: tuple[Block, ...] = ()
    sentence: str = ""


class Phrase(NamedTuple):
    """A sentence without what is between guillemets, its first letter small, its spaces plain."""

    text: str
    quotes: tuple[str, ...]

    def quoted(self, text: str) -> tuple[str, ...]:
        """Return what is between the guillemets of a part of the sentence."""
        return tuple(self.quotes[int(n)] for n in re.findall(r"⟦(\d+)⟧", text))


def phrase_of(sentence: str) -> Phrase:
    """Return a sentence with marks for its citations; raise UnreadableError when a guillemet is alone."""
    quotes: list[str] = []

    def mark(match: re.Match[str]) -> str:
        quotes.append(match[1] or "")
        return f"⟦{len(quotes) - 1}⟧"

    text = spaced(QUOTED.sub(mark, sentence))
    if re.search("[«»\n]", text) or "⟦" in sentence:
        raise UnreadableError("guillemets that do not answer each other")
    return Phrase(text[:1].lower() + text[1:], tuple(quotes))


def rank_of(text: str) -> int:
    """Return a rank, in words or in figures."""
    return RANKS.get(text) or int(text[:-1])


UNITS: tuple[tuple[str, str], ...] = (
    ("alinéa", rf"le (?P<rank>{RANK}) alinéa"),
    ("alinéa", rf"les (?P<rank>{RANK}) (?P<to>et|à) (?P<last>{RANK}) alinéas"),
    ("intitulé", r"l’intitulé"),
    ("cellule", r"la cellule"),
    ("préambule", r"le préambule"),
    ("tableau", rf"le (?:(?P<rank>{RANK}) )?tableau"),
    ("ligne", rf"la (?P<rank>{RANK}) ligne"),
    ("en-tête", rf"l’en-tête|le (?P<rank>{RANK}) rang de l’en-tête"),
    ("colonne", rf"la (?:(?P<rank>{RANK}) colonne|colonne (?P<names>{Q}))"),
    ("rubrique", rf"la (?:(?P<rank>{RANK}) rubrique|rubrique (?P<names>{Q}))"),
    ("phrase", rf"la (?P<rank>{RANK}) phrase"),
    ("numéro", rf"(?:l’|la |le )(?P<key>{NUMEROTE})"),
    ("lettre", rf"le (?P<key>{LETTER})"),
    ("nommé", rf"(?:l’|la |le )(?P<key>{NOUN}) (?P<names>{Q}(?: (?:de l’|de la |du |de )(?:{NOUN}) {Q})*)"),
)


UNNAMED = ("tableau", "alinéa", "phrase", "cellule", "intitulé", "colonne", "rubrique")  # they go by rank


def unit_of(text: str, phrase: Phrase) -> Unite:
    """Return the unit that words call; raise UnreadableError when they call none."""
    for kind, pattern in UNITS:
        match = re.fullmatch(pattern, text)
        if match and match.groupdict().get("key") not in UNNAMED:
            found = {"rank": "", "last": "", "to": "", "key": "", "names": "", **_groups(match)}
            rank, last = (rank_of(found[name]) if found[name] else 0 for name in ("rank", "last"))
            if last and (last <= rank or (found["to"] == "et" and last != rank + 1)):
                raise UnreadableError(f"ranks that do not follow each other: {text}")
            return Unite(kind, found["key"].rstrip("."), phrase.quoted(found["names"]), rank, last or rank)
    raise UnreadableError(f"no unit is called so: {text}")


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {name: value or "" for name, value in match.groupdict().items()}


PLACE = re.compile(r"(?P<how>à l’|à la |au |dans la )")
ARTICLES = {"à l’": "l’", "à la ": "la ", "au ": "le ", "dans la ": "la "}


def places_of(text: str, phrase: Phrase) -> tuple[tuple[Unite, ...], str]:
    """Return the places that a sentence begins with, and the rest of it."""
    found = []
    while match := PLACE.match(text):
        head, _, text = text.partition(", ")
        unit = unit_of(ARTICLES[match["how"]] + head[match.end() :], phrase)
        if (match["how"] == "dans la ") != (unit.kind == "colonne") or unit.kind in ("phrase", "cellule"):
            raise UnreadableError(f"no place is called so: {head}")
        found.append(unit)
    return tuple(found), text


def done(verb: str) -> str:
    """Return the pattern of a passive: est or sont, and the participle."""
    return rf"(?:est {verb}e?|sont {verb}e?s)"


REDIGE = r"ainsi rédigée?s?"
SIDE = r"(?P<side>après|avant)"
DEEDS: tuple[tuple[str, str], ...] = (
    ("remplacer mots", rf"{MOTS} : (?P<old>{Q}) {done('remplacé')} par {MOTS} : (?P<new>{Q})"),
    ("insérer mots", rf"{SIDE} {MOTS} : (?P<old>{Q}), {done('inséré')} {MOTS} : (?P<new>{Q})"),
    ("supprimer mots", rf"{MOTS} : (?P<old>{Q}) {done('supprimé')}"),
    ("remplacer annexe", rf"l’(?P<key>annexe {NUMBER}) est remplacée par l’(?P=key) annexée au présent avenant"),
    ("ajouter annexe", rf"il est ajouté au contrat une (?P<key>annexe {NUMBER}), annexée au présent avenant"),
    ("remplacer tableau", r"(?P<unit>le (?:.+ )?tableau) est remplacé par le tableau suivant"),
    ("remplacer", rf"(?P<unit>.+ alinéas?) {done('remplacé')} par (?P<what>.+ alinéas?) {REDIGE}"),
    ("insérer tableau", rf"{SIDE} (?P<unit>.+), est inséré le tableau suivant"),
    ("insérer", rf"{SIDE} (?P<unit>.+), {done('inséré')} (?P<what>.+) {REDIGE}"),
    ("insérer", rf"{done('inséré')} (?P<what>.+ lignes?) {REDIGE}"),
    ("rédiger", r"(?P<unit>.+) est ainsi rédigée?"),
    ("supprimer", rf"(?P<unit>.+) {done('supprimé')}"),
    ("placer", rf"(?P<unit>.+) {done('placé')} {SIDE} (?P<to>.+)"),
)


def deeds(text: str, phrase: Phrase) -> Iterator[Amendment | UnreadableError]:
    """Yield each way to read an operation, or what is wrong in it; there should be one."""
    for deed, pattern in DEEDS:
        match = re.fullmatch(pattern, text)
        if match:
            try:
                yield _deed(deed, {**dict.fromkeys(GROUPS, ""), **_groups(match)}, phrase)
            except UnreadableError as error:
                yield error


GROUPS = ("old", "new", "key", "unit", "what", "to", "side")


def _deed(deed: str, found: dict[str, str], phrase: Phrase) -> Amendment:
    unit, to = (unit_of(found[name], phrase) if found[name] else None for name in ("unit", "to"))
    if found["key"]:
        unit = Unite("numéro", found["key"])
    old, new = ("".join(phrase.quoted(found[name])) for name in ("old", "new"))
    what = what_of(found["what"]) if found["what"] else Ajout("", 0)
    return Amendment(deed, (), unit, to, found["side"] == "avant", old, new, what)


def what_of(text: str) -> Ajout:
    """Return what is inserted: « un b) », « un b) et un c) », « deux alinéas »."""
    one = rf"une? (?P<key>{LETTER}|{NUMEROTE})"
    named = [re.fullmatch(one, each) for each in re.split(", | et ", text)]
    if all(named):
        return Ajout("rubrique", len(named), tuple(match["key"].rstrip(".") for match in named if match))
    match = re.fullmatch(rf"(?P<count>[\w-]+(?: et une?)?) (?P<noun>{NOUN})", text)
    if not match or match["count"] not in COUNTS:
        raise UnreadableError(f"nothing that can be inserted: {text}")
    noun = next(
        (each for each in ("alinéa", "ligne", "colonne", "rubrique") if match["noun"] in (each, f"{each}s")), ""
    )
    return Ajout(noun or "élément", COUNTS[match["count"]])


def one_deed(text: str, places: tuple[Unite, ...], phrase: Phrase) -> Amendment:
    """Return the operation that words say, at those places and the ones that it begins with."""
    own, rest = places_of(text, phrase)
    read = list(deeds(rest, phrase))
    found = [each for each in read if isinstance(each, Amendment)]
    if len(found) != 1:
        wrong = "; ".join(str(each) for each in read if isinstance(each, UnreadableError))
        raise UnreadableError(f"{'several operations are' if found else 'no operation is'} worded so: {rest} {wrong}")
    return found[0]._replace(places=places + own)


def modified(text: str, phrase: Phrase) -> tuple[Unite, ...]:
    """Return the places that a chapeau gives to what follows: its own, and the unit that « est ainsi modifié »."""
    own, rest = places_of(text, phrase)
    if not rest:
        return own
    match = re.fullmatch(r"(?P<unit>.+) est ainsi modifiée?", rest)
    if not match:
        raise UnreadableError(f"no place: {rest}")
    return (*own, unit_of(match["unit"], phrase))
