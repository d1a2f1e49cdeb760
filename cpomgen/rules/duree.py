"""Rules on time: effect, term, five years, deadlines, effect before signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.rule import Found, rule
from cpomgen.wording import jour

FIVE = 5  # years


@rule("CPOM404", "échéance hors du contrat", Origin.USAGE, waivable=True)
def deadlines_within_the_contract(dossier: Dossier) -> Iterator[Found]:
    """Warn of a deadline that falls before the first day or after the last."""
    effet, fin = dossier.effet, dossier.fin
    for place in dossier.every("echeance"):
        day = place.value
        if effet and day < effet:
            yield Found(place, f"l'échéance du {jour(day)} précède le contrat, qui prend effet le {jour(effet)}.")
        elif fin and day > fin:
            yield Found(place, f"l'échéance du {jour(day)} tombe après la fin du contrat, le {jour(fin)}.")


@rule("CPOM405", "durée de plus de cinq ans", Origin.REGLEMENT, "D. 6114-13 CSP (numéro à vérifier)")
def five_years_at_most(dossier: Dossier) -> Iterator[Found]:
    """Refuse a term more than five years after effect, unless a text is given that allows it."""
    effet, fin = dossier.effet, dossier.fin
    if not effet or not fin or dossier.one("fondement_prorogation"):
        return
    last = anniversary(effet, FIVE) - timedelta(days=1)
    if fin > last:
        message = f"le contrat dure plus de cinq ans : il prend effet le {jour(effet)} et finit le {jour(fin)}."
        remedy = f"écrivez date_fin: {last}, ou citez en fondement_prorogation le texte qui permet davantage."
        yield Found(dossier.one("date_fin"), message, remedy)


def anniversary(day: date, years: int) -> date:
    """Return the same day so many years later; the 29 of February becomes the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


COMMON = (deadlines_within_the_contract,)
SERVICES = (five_years_at_most,)
