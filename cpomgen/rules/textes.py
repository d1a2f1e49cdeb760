"""Rules on words: what was left to be filled in, twice the same label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cpomgen.contrat import Texte
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.rule import Binds, Found, rule

SHOWN = 60  # signs of a passage that a message quotes
WORDS = 5  # from so many on, words between square brackets read as an instruction, not as a reference
_S = "[ \u00a0]?"
_FILL = r"(?:compl[ée]ter|remplir|renseigner)"
_SETTLE = r"(?:d[ée]finir|pr[ée]ciser|d[ée]terminer)"
_ASKED = (
    r"nom|pr[ée]nom|date|lieu|adresse|t[ée]l[ée]phone|montant|il revient|[àa] (?:remplir|d[ée]finir|choisir|[a-zé]+er)|"
    r"(?:pr[ée]cis|compl[ée]t|indiqu|ins[ée]r|ajout|renseign|cit|mentionn|list)er|ins[ée]rer|choisir|rayer|d[ée]crire|reprendre"
)
# A text is searched for signs of a placeholder that cost little to find; few have any.
HINTS = (
    "xx", "00x", "01x", "02x", "03x", "___", "...", "…", "???", "todo", "fixme", "tbd", "lorem", "[", "<",
    "compl", "défini", "defini", "préciser", "preciser", "rempli", "renseign", "déterminer", "determiner", "à fixer",
)  # fmt: skip
LEFT = re.compile(
    r"(?<![^\W_])(?:X{4,}|[Xx]x{2,})(?![^\W_])|\b(?:(?:19|20)XX|20\dX)\b|_{3,}|\.{5,}|(?<![\w.])\.{4}|…\s?…|\?{3,}|"
    r"\b(?:TODO|FIXME|TBD)\b|\b[Ll]orem ipsum\b|"
    r"\b[ÀA] (?:COMPL[ÉE]TER|REMPLIR|RENSEIGNER|D[ÉE]FINIR|PR[ÉE]CISER|D[ÉE]TERMINER)\b|"
    rf"\[{_S}(?i:{_ASKED})\b[^\[\]]{{0,200}}\]|(?<!\w)<[^\W\d_]{{3,40}}(?:[ '’-][^\W\d_]{{1,40}}){{0,9}}>|"
    rf"[(\[<]{_S}(?i:[àa] {_FILL})\b[^()\[\]<>]{{0,200}}[)\]>]|[(\[<]{_S}(?i:[àa] {_SETTLE}){_S}[)\]>]|"
    rf":{_S}(?i:[àa] (?:{_FILL}|{_SETTLE})){_S}[.;]?$|"
    rf"^ *(?:- +)?(?:(?i:[àa] (?:{_FILL}|{_SETTLE})){_S}[.…]?|…|\.{{3}}|\[{_S}\]|XXX) *$",
    re.MULTILINE,
)
DOUBTFUL = re.compile(
    r"\b[Rr]est\w{1,4} à (?:compléter|définir|préciser|déterminer|fixer)\b|"
    rf"\bà (?:définir|préciser|déterminer)(?={_S}(?:[.;]|$))|\bXXX\b(?! d[eu'’])",
    re.MULTILINE,
)
CUT = re.compile(rf"\[{_S}(?:…|\.{{3}}){_S}\]")
BRACKETED = re.compile(r"\[[^\[\]\d]{15,400}\](?!\()")
QUOTED = re.compile(r"«[^«»]*»")
ROLES = {
    "libelle_action": "une autre action",
    "libelle_indicateur": "un autre indicateur",
    "libelle_operationnel": "un autre objectif opérationnel",
}


@rule("CPOM431", "passage laissé à remplir", None, waivable=True)
def nothing_left_to_fill(dossier: Dossier) -> Iterator[Found]:
    """Refuse what surely stands for words that were to be written."""
    for text in _suspect(dossier):
        if found := placeholder(text):
            place = dossier.at(text.path)
            message = f"{place.label} contient encore « {found} »."
            yield Found(place, message, "écrivez le texte définitif ; un champ facultatif se laisse de côté.")


@rule("CPOM432", "passage qui semble à écrire", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def nothing_left_open(dossier: Dossier) -> Iterator[Found]:
    """Warn of what seems to stand for words that were to be written."""
    for text in _suspect(dossier):
        if found := doubtful(text):
            place = dossier.at(text.path)
            message = f"{place.label} contient « {found} », qui semble rester à écrire."
            yield Found(place, message, "écrivez-le, ou dites quand et par quel acte il le sera.")


@rule("CPOM436", "libellé donné deux fois", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def labels_differ(dossier: Dossier) -> Iterator[Found]:
    """Warn of two actions, indicators or declensions of one objective, or two sources, that read the same."""
    for objectif in dossier.items("objectifs"):
        for role, other in ROLES.items():
            yield from _alike(objectif.every(role), f"{other} du même objectif")
    yield from _alike(dossier.every("libelle_source"), "une autre source")


def placeholder(text: str) -> str:
    """Return the first passage of a text that surely was to be filled in, empty when there is none."""
    found = LEFT.search(text)
    return _shown(found[0]) if found else ""


def doubtful(text: str) -> str:
    """Return the first passage that seems to be left open, empty when there is none; a quotation may be cut."""
    if LEFT.search(text):
        return ""
    bare = QUOTED.sub("", text)
    long = (each for each in BRACKETED.finditer(bare) if len(each[0].split()) >= WORDS)
    found = DOUBTFUL.search(bare) or CUT.search(bare) or next(long, None)
    return _shown(found[0]) if found else ""


def _suspect(dossier: Dossier) -> Iterator[Texte]:
    """Yield the texts that are worth reading closely."""
    whole = dossier.whole.lower()
    hints = [hint for hint in HINTS if hint in whole]
    return (text for text in dossier.texts() if hints and any(map(text.lower().__contains__, hints)))


def _shown(passage: str) -> str:
    """Return a passage on one line, cut when it is long."""
    line = " ".join(passage.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"


def _alike(places: Iterable[Place], what: str) -> Iterator[Found]:
    seen: dict[str, Place] = {}
    for place in places:
        label = " ".join(str(place.value).casefold().split())
        if label in seen:
            message = f"« {_shown(place.value)} » est déjà le libellé d'{what}, ligne {seen[label].mark.line}."
            yield Found(place, message, "écrivez ce qui les distingue, ou retirez l'un des deux.")
        seen.setdefault(label, place)


COMMON = (nothing_left_to_fill, nothing_left_open, labels_differ)
