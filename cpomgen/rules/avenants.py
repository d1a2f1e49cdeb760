"""Rules on avenants, from what the contract itself says of them: numbers, dates, reasons; not of what they change.

The term that an avenant has changed is no longer in the contract: to compare it with the new one takes two versions.
An avenant that is abandoned changes nothing: its number may be skipped, or taken by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from cpomgen.acte import TWICE
from cpomgen.problem import Origin, nearest
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.duree import term
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import enumere, jour


@rule("CPOM471", "avenant antérieur à ce qu'il modifie", None, waivable=True)
def after_what_it_amends(dossier: Dossier) -> Iterator[Found]:
    """Refuse an avenant dated before one of a lower number, or before the contract is concluded."""
    before, what = dossier.signature, "la conclusion du contrat"
    for avenant in numbered(dossier):
        day = avenant.day("date_avenant")
        if day and before and day < before:
            message = f"{told(avenant)} est du {jour(day)}, avant {what}, du {jour(before)}."
            yield Found(avenant.one("date_avenant"), message, "vérifiez les deux dates, et les numéros.")
        elif day:
            before, what = day, told(avenant)


@rule(TWICE, "numéro d'avenant donné deux fois", None)
def one_number_each(dossier: Dossier) -> Iterator[Found]:
    """Refuse a number that another avenant has."""
    for first, second in pairwise(numbered(dossier)):
        if number_of(first) == number_of(second):
            place = second.one("numero_avenant")
            message = f"le numéro {place.value} est déjà celui de l'avenant de la ligne {first.mark.line}."
            free = f"{place.field.name}: {_next(dossier)}"
            remedy = f"celui des deux qui n'est ni arrêté ni signé prend un numéro libre : {free}"
            yield Found(place, message, remedy)


@rule("CPOM473", "avenants en désordre", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def in_their_order(dossier: Dossier) -> Iterator[Found]:
    """Warn of an avenant written after one of a higher number."""
    places = [avenant.one("numero_avenant") for avenant in dossier.items("avenants")]
    for first, second in pairwise(place for place in places if isinstance(place.value, int)):
        if second.value < first.value:
            message = f"l'avenant n° {second.value} est écrit après l'avenant n° {first.value}."
            yield Found(second, message, "écrivez les avenants dans l'ordre de leurs numéros.")


@rule("CPOM480", "numéro d'avenant sauté", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def no_number_skipped(dossier: Dossier) -> Iterator[Found]:
    """Warn of a number that no avenant has, abandoned ones included, between two that some have."""
    for first, second in pairwise(sorted(_all(dossier), key=number_of)):
        missing = [str(each) for each in range(number_of(first) + 1, number_of(second))]
        if missing:
            what = f"les numéros {enumere(missing)} sont sautés" if missing[1:] else f"le numéro {missing[0]} est sauté"
            message = f"{told(second)} suit {told(first)}, et rien ne dit pourquoi {what}."
            remedy = f"écrivez ce qui manque ; pour un avenant abandonné, son motif sous « {dossier.name('abandon')} »."
            yield Found(second.one("numero_avenant"), message, remedy)


@rule("CPOM474", "avenant postérieur à la fin du contrat", None, waivable=True)
def before_the_end(dossier: Dossier) -> Iterator[Found]:
    """Refuse an avenant dated after the contract has ended: it revives nothing."""
    for avenant, end in terms(dossier):
        day = avenant.day("date_avenant")
        if day and end and day > end:
            message = f"{told(avenant)} est du {jour(day)}, après la fin du contrat, le {jour(end)}."
            remedy = "un avenant ne fait pas revivre un contrat qui a pris fin : faites un nouveau contrat."
            yield Found(avenant.one("date_avenant"), message, remedy)


@rule("CPOM475", "effet d'un avenant hors du contrat", None, waivable=True)
def effect_within_the_contract(dossier: Dossier) -> Iterator[Found]:
    """Refuse an effect before the contract's own, or after any end that the contract or the avenant gives."""
    effet, fin = dossier.effet, dossier.fin
    for avenant, end in terms(dossier):
        day, place = avenant.day("effet_avenant"), avenant.one("effet_avenant")
        ends = [each for each in (fin, end, avenant.day("nouvelle_fin")) if each]
        if day and effet and day < effet:
            message = f"{told(avenant)} prendrait effet le {jour(day)}, avant le contrat, le {jour(effet)}."
            yield Found(place, message, f"au plus tôt : {place.field.name}: {effet}")
        elif day and ends and day > max(ends):
            message = f"{told(avenant)} prendrait effet le {jour(day)}, après la fin du contrat, le {jour(max(ends))}."
            yield Found(place, message, f"au plus tard : {place.field.name}: {max(ends)}")


@rule("CPOM476", "effet d'un avenant avant sa date", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def effect_after_its_date(dossier: Dossier) -> Iterator[Found]:
    """Warn of an avenant that takes effect before the day it is signed."""
    for avenant in standing(dossier):
        day, effet = avenant.day("date_avenant"), avenant.day("effet_avenant")
        if day and effet and effet < day:
            message = f"{told(avenant)} prend effet le {jour(effet)}, avant sa signature, le {jour(day)}."
            remedy = "dites-le expressément dans l'avenant, ou corrigez la date."
            yield Found(avenant.one("effet_avenant"), message, remedy)


@rule("CPOM477", "nouveau terme avant l'effet de l'avenant", None, waivable=True)
def new_end_after_effect(dossier: Dossier) -> Iterator[Found]:
    """Refuse a new end of the contract that comes before the avenant that sets it has effect."""
    for avenant in standing(dossier):
        effet, end = avenant.day("effet_avenant"), avenant.day("nouvelle_fin")
        if effet and end and end < effet:
            message = f"{told(avenant)} finirait le contrat le {jour(end)}, avant de prendre effet, le {jour(effet)}."
            yield Found(avenant.one("nouvelle_fin"), message, "vérifiez les deux dates.")


@rule("CPOM478", "prorogation au-delà de cinq ans", Origin.REGLEMENT, "D. 6114-13 CSP (numéro à vérifier)")
def prolonged_to_five_years_at_most(dossier: Dossier) -> Iterator[Found]:
    """Refuse a new end more than five years after the contract's effect, unless a text is given that allows it."""
    effet, fin = dossier.effet, dossier.fin
    if not effet or dossier.one("fondement_prorogation") or (fin and fin > term(effet)):
        return
    for avenant in standing(dossier):
        end = avenant.day("nouvelle_fin")
        if end and end > (last := term(effet)):
            message = (
                f"{told(avenant)} porterait le contrat au-delà de cinq ans : "
                f"il a pris effet le {jour(effet)} et finirait le {jour(end)}."
            )
            place, ground = avenant.one("nouvelle_fin"), dossier.name("fondement_prorogation")
            remedy = f"au plus tard : {place.field.name}: {last}, ou citez en {ground} le texte qui permet davantage."
            yield Found(place, message, remedy)


@rule("CPOM479", "motif d'avenant inconnu", None)
def known_reasons(dossier: Dossier) -> Iterator[Found]:
    """Refuse a reason for amending that the manifest of the type does not know."""
    for motif in dossier.items("motifs") if dossier.motifs else ():
        if isinstance(motif.value, str) and motif.value not in dossier.motifs:
            known = f"motifs du modèle : {', '.join(dossier.motifs)}"
            message = f"« {motif.value} » n'est pas un motif d'avenant que le modèle connaît."
            yield Found(motif, message, nearest(motif.value, dossier.motifs, known))


def standing(dossier: Dossier, *, abandoned: bool = False) -> Iterator[Place]:
    """Yield the avenants that are signed or to be, or those that are `abandoned`."""
    return (each for each in dossier.items("avenants") if bool(each.one("abandon")) is abandoned)


def numbered(dossier: Dossier, *, abandoned: bool = False) -> list[Place]:
    """Return the avenants that have a number, in the order of their numbers."""
    found = standing(dossier, abandoned=abandoned)
    return sorted((each for each in found if isinstance(each.one("numero_avenant").value, int)), key=number_of)


def number_of(avenant: Place) -> int:
    """Return the number of an avenant that has one."""
    return int(avenant.one("numero_avenant").value)


def _next(dossier: Dossier) -> int:
    """Return a number that no avenant has, abandoned ones included."""
    return 1 + max(map(number_of, _all(dossier)))


def _all(dossier: Dossier) -> tuple[Place, ...]:
    """Return the avenants that have a number, then those that are abandoned."""
    return (*numbered(dossier), *numbered(dossier, abandoned=True))


def told(avenant: Place) -> str:
    """Return what a message calls an avenant."""
    number = avenant.one("numero_avenant").value
    return f"l'avenant n° {number}" if isinstance(number, int) else "l'avenant"


def terms(dossier: Dossier) -> Iterator[tuple[Place, date | None]]:
    """Yield each avenant with the end that the contract has when it comes, None when a later one has replaced it."""
    avenants = numbered(dossier)
    replaced = any(avenant.day("nouvelle_fin") == dossier.fin for avenant in avenants)
    end = None if replaced else dossier.fin
    for avenant in avenants:
        yield avenant, end
        end = avenant.day("nouvelle_fin") or end


COMMON = (
    after_what_it_amends,
    one_number_each,
    in_their_order,
    no_number_skipped,
    before_the_end,
    effect_within_the_contract,
    effect_after_its_date,
    new_end_after_effect,
    known_reasons,
)
SERVICES = (prolonged_to_five_years_at_most,)
