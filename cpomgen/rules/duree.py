"""Rules on time: effect, term, five years, deadlines, effect before signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cpomgen.faits import COMPLET, SOCLE_SEUL
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import jour

FIVE = 5  # years
DEADLINES = ("echeance", "echeance_objectif", "evaluation_mi_parcours")
DEADLINE = "corrigez l'échéance ; si c'est la durée du contrat qui est fausse, corrigez ses dates."


@rule("CPOM404", "échéance hors du contrat", None, waivable=True)
def deadlines_within_the_contract(dossier: Dossier) -> Iterator[Found]:
    """Refuse a deadline that falls before the first day or after the last."""
    effet, fin = dossier.effet, dossier.fin
    for place in (place for role in DEADLINES for place in dossier.every(role)):
        day = place.value
        if effet and day < effet:
            yield Found(
                place, f"l'échéance du {jour(day)} précède le contrat, qui prend effet le {jour(effet)}.", DEADLINE
            )
        elif fin and day > fin:
            yield Found(place, f"l'échéance du {jour(day)} tombe après la fin du contrat, le {jour(fin)}.", DEADLINE)


@rule("CPOM405", "durée de plus de cinq ans", Origin.REGLEMENT, "D. 6114-13 CSP (numéro à vérifier)")
def five_years_at_most(dossier: Dossier) -> Iterator[Found]:
    """Refuse a term more than five years after effect, unless a text is given that allows it."""
    effet, fin = dossier.effet, dossier.fin
    if not effet or not fin or dossier.one("fondement_prorogation"):
        return
    if fin > (last := term(effet)):
        message = f"le contrat dure plus de cinq ans : il prend effet le {jour(effet)} et finit le {jour(fin)}."
        ground = dossier.name("fondement_prorogation")
        remedy = f"écrivez {dossier.name('date_fin')}: {last}, ou citez en {ground} le texte qui permet davantage."
        yield Found(dossier.one("date_fin"), message, remedy)


@rule("CPOM406", "effet antérieur à la signature, sans clause", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def effect_before_signature(dossier: Dossier) -> Iterator[Found]:
    """Warn of an effect before the day of signature that no clause stipulates."""
    effet, signed = dossier.effet, dossier.signature
    if effet and signed and effet < signed and not dossier.one("effet_retroactif"):
        message = (
            f"le contrat prend effet le {jour(effet)}, avant sa conclusion prévue le {jour(signed)}, "
            "sans qu'une clause le dise."
        )
        clause = f"une clause {dossier.name('effet_retroactif')}"
        remedy = f"ajoutez aux dates {clause}, ou écrivez {dossier.name('date_effet')}: {signed}"
        yield Found(dossier.one("date_effet"), message, remedy)


@rule("CPOM407", "clause d'effet antérieur sans objet", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def idle_retroactive_clause(dossier: Dossier) -> Iterator[Found]:
    """Warn of a clause on effect before signature in a contract that is signed first."""
    effet, signed = dossier.effet, dossier.signature
    if effet and signed and effet >= signed and (clause := dossier.one("effet_retroactif")):
        message = (
            f"la clause d'effet antérieur est sans objet : le contrat, conclu le {jour(signed)}, "
            f"prend effet le {jour(effet)}."
        )
        yield Found(clause, message, f"retirez {clause.field.name}, ou corrigez l'une des deux dates.")


@rule("CPOM408", "fondement de prorogation sans objet", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def idle_ground_for_more_years(dossier: Dossier) -> Iterator[Found]:
    """Warn of a ground for lasting more than five years in a contract that does not, nor by any avenant."""
    ground, effet, fin = dossier.one("fondement_prorogation"), dossier.effet, dossier.fin
    if not ground or not effet or not fin:
        return
    ends = [fin, *(place.value for place in dossier.every("nouvelle_fin"))]
    if max(ends) <= term(effet):
        message = f"le contrat ne dépasse pas cinq ans (du {jour(effet)} au {jour(fin)}) : ce fondement est sans objet."
        yield Found(ground, message, f"retirez {ground.field.name}, ou corrigez la durée.")


@rule("CPOM409", "contrat complet de moins d'un an", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def a_year_at_least(dossier: Dossier) -> Iterator[Found]:
    """Warn of a complete contract that lasts less than a year."""
    effet, fin = dossier.effet, dossier.fin
    if not effet or not fin or fin < effet or not dossier.one("nature").means(COMPLET):
        return
    if fin < term(effet, 1):
        message = f"ce contrat pluriannuel dure moins d'un an : du {jour(effet)} au {jour(fin)}."
        alone = dossier.written("nature", SOCLE_SEUL)
        remedy = f"vérifiez {dossier.name('date_fin')} ; un socle signé dans l'attente s'écrit {alone}"
        yield Found(dossier.one("date_fin"), message, remedy)


@rule("CPOM410", "conclusion après la fin du contrat", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def signed_before_its_end(dossier: Dossier) -> Iterator[Found]:
    """Warn of a contract signed after its last day: what is over is not brought back to life."""
    fin, signed = dossier.fin, dossier.signature
    if fin and signed and signed > fin:
        message = f"le contrat serait conclu le {jour(signed)}, après sa fin, le {jour(fin)} : il n'oblige plus à rien."
        yield Found(dossier.one("date_conclusion"), message, "vérifiez les deux dates.")


@rule("CPOM411", "date de conclusion inconnue", Origin.USAGE, binds=Binds.ARRETE, waivable=True)
def day_of_signature(dossier: Dossier) -> Iterator[Found]:
    """Warn, once settled, that no day of signature is expected: what depends on it could not be verified."""
    if dossier.settled and not (place := dossier.one("date_conclusion")):
        message = (
            "la date de conclusion prévue manque : les textes cités, les délégations et l'effet antérieur "
            "à la signature ne sont pas vérifiés à ce jour-là."
        )
        yield Found(place, message, f"ajoutez, avec le jour prévu : {dossier.name('date_conclusion')}: AAAA-MM-JJ")


@rule("CPOM412", "avertissement d'exemple dans un contrat à signer", None, binds=Binds.ARRETE, waivable=True)
def no_example_is_signed(dossier: Dossier) -> Iterator[Found]:
    """Refuse, once settled, a contract whose documents say that it is an example; a project may say so."""
    if dossier.settled and (place := dossier.one("exemple")):
        message = "les documents diraient que ce contrat est un exemple : il ne peut être signé."
        yield Found(place, message, f"retirez la rubrique {place.field.name}, si le contrat n'en est pas un.")


def term(first: date, years: int = FIVE) -> date:
    """Return the last of so many years that begin on a day."""
    return anniversary(first, years) - timedelta(days=1)


def anniversary(day: date, years: int) -> date:
    """Return the same day so many years later; the 29 of February becomes the first of March, time ends in 9999."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


COMMON = (
    deadlines_within_the_contract,
    effect_before_signature,
    idle_retroactive_clause,
    a_year_at_least,
    signed_before_its_end,
    day_of_signature,
    no_example_is_signed,
)
SERVICES = (five_years_at_most, idle_ground_for_more_years)
