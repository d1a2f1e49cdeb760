"""Rules on the law of the day: a contract cites no text, notion or fund that did not exist when it was concluded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cpomgen import faits
from cpomgen.contrat import Texte
from cpomgen.problem import Origin
from cpomgen.rules.avenants import standing
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.parties import is_reseau
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.rules.signature import last_day, told
from cpomgen.wording import MONTHS, jour

DATED = {
    "2010-1170": date(2010, 10, 4),
    "2012-271": date(2012, 2, 27),
    "2013-126": date(2013, 2, 11),
    "2016-41": date(2016, 1, 26),
    "2019-774": date(2019, 7, 24),
    "2020-1407": date(2020, 11, 18),
    "2021-295": date(2021, 3, 18),
    "2021-1947": date(2021, 12, 31),
    "2025-180": date(2025, 2, 25),
}  # texts of this field that are often cited by their number alone
FIR = DATED["2012-271"]
RESEAUX = re.compile(r"\b[LDR]\.\s?6321-\d\b")
KINDS = ("loi", "décret", "ordonnance", "arrêté", "circulaire", "instruction")
CITED = re.compile(
    rf"\b(?i:{'|'.join(KINDS)})\b(?:\s(?:organique|(?:inter)?ministérielle?|[A-Z][\w/-]*)){{0,3}}"
    r"(?:\sn°\s?(?P<number>[\w/-]+))?"
    rf"(?:\s(?:en date )?du\s(?P<day>1er|[0-9]{{1,2}})\s(?P<month>{'|'.join(MONTHS)})\s(?P<year>[0-9]{{4}}))?"
)
NUMBERED = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-[0-9]+")
SILENT = ("avenants", "derogations", "exemple", "fondement_prorogation")  # these may well cite what came later


class Novelty(NamedTuple):
    """Something that a contract may speak of, and the day from which the law knows it."""

    name: str
    pattern: re.Pattern[str]
    first: date


COMMUNAUTES = Novelty(
    "de communautés professionnelles territoriales de santé",
    re.compile(r"ommunautés? professionnelles? territoriales? de santé\b|\bCPTS\b"),
    DATED["2016-41"],
)
NOVELTIES = (
    Novelty("du fonds d'intervention régional", re.compile(r"onds d['’]intervention régional\b|\bFIR\b"), FIR),
    Novelty(
        "des articles L. 6327-2 ou L. 6327-6 du code de la santé publique (dispositifs d'appui à la coordination)",
        re.compile(r"L\.\s?6327-[26]\b"),
        DATED["2019-774"],
    ),
    Novelty(
        "du contrat d'engagement républicain",
        re.compile(r"engagement républicain\b"),
        date(2022, 1, 1),
    ),
    COMMUNAUTES,
)


PLATEFORMES = Novelty(
    "de plateformes territoriales d'appui", re.compile(r"\bplateforme territoriale d['’]appui\b"), DATED["2016-41"]
)
DISPOSITIFS = Novelty(
    "de dispositifs d'appui à la coordination ou de dispositifs spécifiques régionaux",
    re.compile(r"\b(?:appui à la coordination|spécifique régional)\b"),
    date(2019, 7, 26),
)
CHOSEN = (COMMUNAUTES, PLATEFORMES, DISPOSITIFS)  # as a kind that is chosen: elsewhere, the words of two are anybody's


@rule("CPOM433", "texte postérieur à la signature", None, waivable=True)
def texts_exist(dossier: Dossier) -> Iterator[Found]:
    """Refuse a law, decree or the like that is dated after the day on which the contract was last agreed."""
    until = last_agreed(dossier)
    for text in own_texts(dossier) if until else ():
        for name, day in cited(text):
            if until and day > until:
                message = f"le contrat cite « {name} », postérieur à {_agreed(dossier, until)}."
                yield Found(dossier.at(text.path), message, "citez un texte en vigueur à cette date, ou corrigez-la.")


@rule("CPOM434", "notion postérieure à la signature", Origin.USAGE, binds=Binds.JAMAIS, waivable=True, uncertain=True)
def notions_exist(dossier: Dossier) -> Iterator[Found]:
    """Warn of a notion that the law did not know yet on the day on which the contract was last agreed."""
    until = last_agreed(dossier)
    later = [each for each in NOVELTIES if until and until < each.first and each.pattern.search(dossier.whole)]
    for text in own_texts(dossier) if later else ():
        for name, _, first in (each for each in later if each.pattern.search(text)):
            since = f"que le droit ne connaît que depuis le {jour(first)}"
            message = f"il est question {name}, {since}, après {_agreed(dossier, until)}."
            yield Found(dossier.at(text.path), message, "retirez cette mention, ou corrigez la date.")
    yield from _kinds_exist(dossier, until)


def _kinds_exist(dossier: Dossier, until: date | None) -> Iterator[Found]:
    later = [each for each in CHOSEN if until and until < each.first]
    for place in (*dossier.every("structure"), *dossier.every("nature_dispositif")) if later else ():
        label = getattr(place.value, "libelle", "")
        for name, _, first in (each for each in later if each.pattern.search(label)):
            since = f"que le droit ne connaît que depuis le {jour(first)}"
            message = f"il est question {name}, {since}, après {_agreed(dossier, until)}."
            yield Found(place, message, "corrigez ce choix, ou la date.")


@rule(
    "CPOM435",
    "source qui n'existe pas à cette date",
    Origin.LOI,
    "article 65 de la loi n° 2011-1906 du 21 décembre 2011 et décret n° 2012-271 du 27 février 2012",
    binds=Binds.JAMAIS,
    waivable=True,
    uncertain=True,
)
def funds_exist(dossier: Dossier) -> Iterator[Found]:
    """Warn of the FIR before it was set up, of the FIQCS once the FIR has replaced it."""
    until, since = last_agreed(dossier), dossier.conclusion
    for place in dossier.every("nature_source"):
        if place.means(faits.FIR) and until and until < FIR:
            message = f"le fonds d'intervention régional ne date que du {jour(FIR)}, après {_agreed(dossier, until)}."
            yield Found(place, message, _instead(dossier, "avant", faits.FIQCS))
        elif place.means(faits.FIQCS) and since and since >= FIR:
            message = f"le FIQCS a été remplacé par le fonds d'intervention régional, qui date du {jour(FIR)}."
            yield Found(place, message, _instead(dossier, "depuis", faits.FIR))


def _instead(dossier: Dossier, when: str, fund: str) -> str:
    """Return how to say which fund there was, in contracts that can say it."""
    written = dossier.written("nature_source", fund)
    return f"{when} ce jour, écrivez {written}" if written else "corrigez ce choix, ou la date."


@rule("CPOM438", "textes des réseaux pour une autre structure", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def texts_are_of_the_kind(dossier: Dossier) -> Iterator[Found]:
    """Warn of an article on réseaux de santé in a contract for a structure of another kind."""
    for text in own_texts(dossier) if dossier.knows("structure") and not is_reseau(dossier) else ():
        if found := RESEAUX.search(text):
            message = f"« {found[0]} » régit les réseaux de santé, et le contrat concerne une autre structure."
            yield Found(dossier.at(text.path), message, "citez les textes de cette structure, ou retirez la mention.")


def last_agreed(dossier: Dossier) -> date | None:
    """Return the last day on which the parties agreed on the contract's words; None when nothing tells it."""
    days = [last_day(dossier), *(avenant.day("date_avenant") for avenant in standing(dossier))]
    known = [day for day in days if day]
    return max(known) if len(known) == len(days) else None


def own_texts(dossier: Dossier) -> Iterator[Texte]:
    """Yield the texts that the parties agreed on when they concluded."""
    silent = tuple(f"{place.path}{sign}" for role in SILENT for place in dossier.every(role) for sign in ("[", "."))
    alone = {place.path for role in SILENT for place in dossier.every(role)}
    return (text for text in dossier.texts() if text.path not in alone and not text.path.startswith(silent or ("\0",)))


def cited(text: str) -> Iterator[tuple[str, date]]:
    """Yield each law, decree or the like that a text cites, with its date; of its year, the first day at least."""
    folded = text.lower()
    for found in CITED.finditer(text) if any(map(folded.__contains__, KINDS)) else ():
        day = _day(found)
        if day:
            yield found[0], day


def _day(found: re.Match[str]) -> date | None:
    number = NUMBERED.fullmatch(found["number"] or "")
    if not found["day"]:
        return DATED.get(found["number"]) or (date(int(number["year"]), 1, 1) if number else None)
    try:
        return date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"].removesuffix("er")))
    except ValueError:
        return None


def _agreed(dossier: Dossier, until: date | None) -> str:
    """Return how a message tells the day on which the contract was last agreed."""
    later = until and until != last_day(dossier)
    return f"la signature de son dernier avenant, le {jour(until)}" if later and until else told(dossier)


COMMON = (texts_exist, notions_exist, funds_exist)
SERVICES = (texts_are_of_the_kind,)
