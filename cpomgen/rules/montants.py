"""Rules on amounts, in euros: totals, statuses, ceilings, what a source covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from cpomgen.contrat import Fiche
from cpomgen.faits import CHIFFRE, NON_DETERMINE
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import jour, montant

ZERO = Decimal(0)
LISTS = ("sources", "prestations")  # whose items have amounts by exercise


@rule("CPOM414", "total différent de la somme", None)
def totals_add_up(dossier: Dossier) -> Iterator[Found]:
    """Refuse a total that is not the sum of the amounts beside it."""
    for item in (item for role in LISTS for item in dossier.items(role)):
        given, amounts = item.one("total"), amounts_of(item)
        if amounts is None or not isinstance(given.value, Decimal):
            continue
        total = sum(amounts.values(), ZERO)
        if given.value == total and amounts:
            continue
        if not amounts:
            message = f"{item.label} a un total de {montant(given.value)}, sans aucun montant par exercice."
            yield Found(given, message, "écrivez les montants, ou retirez le total.")
        else:
            message = (
                f"le total de {item.label} est de {montant(given.value)}, la somme de ses montants de "
                f"{montant(total)} : {montant(abs(given.value - total))} de différence."
            )
            yield Found(given, message, f"corrigez les montants, ou écrivez {given.field.name}: {total:.2f}")


@rule("CPOM415", "montants d'un financement non déterminé", None)
def nothing_is_known_of_the_unknown(dossier: Dossier) -> Iterator[Found]:
    """Refuse amounts of a source whose funding is said not to be determined."""
    for source in dossier.items("sources"):
        amounts = source.one("montants")
        if amounts and source.one("statut_source").means(NON_DETERMINE):
            message = f"{source.label} est un financement non déterminé, et a pourtant des montants."
            known = dossier.written("statut_source", CHIFFRE)
            yield Found(amounts, message, f"écrivez {known}, ou retirez les montants.")


@rule("CPOM416", "financement sans montant", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def promised_amounts_are_given(dossier: Dossier) -> Iterator[Found]:
    """Warn of a source that is notified, or planned, without any amount."""
    for source in dossier.items("sources"):
        statut = source.one("statut_source")
        if statut.means(CHIFFRE) and not source.one("montants"):
            message = f"{source.label} est un financement {statut.value.libelle} sans aucun montant."
            unknown = dossier.written("statut_source", NON_DETERMINE)
            remedy = f"écrivez ses montants par exercice ; s'ils ne sont pas connus, {unknown}"
            yield Found(statut, message, remedy)


@rule("CPOM417", "prestation au-delà de son plafond", None, waivable=True)
def amounts_below_the_ceiling(dossier: Dossier) -> Iterator[Found]:
    """Refuse an amount of a prestation over the yearly ceiling that the contract itself gives it."""
    for item in dossier.items("prestations"):
        ceiling = item.one("plafond").value
        for year, amount in (amounts_of(item) or {}).items():
            if isinstance(ceiling, Decimal) and amount > ceiling:
                message = (
                    f"{item.label} : le montant de {year} ({montant(amount)}) dépasse le plafond annuel "
                    f"({montant(ceiling)}) de {montant(amount - ceiling)}."
                )
                yield Found(at(dossier, item, year), message, "abaissez le montant, ou relevez le plafond.")


@rule("CPOM418", "prestation payée après sa fin", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def no_amount_after_the_end(dossier: Dossier) -> Iterator[Found]:
    """Warn of an amount of a prestation in an exercise that begins after its last day."""
    for item in dossier.items("prestations"):
        end = item.day("fin_prestation")
        for year, amount in (amounts_of(item) or {}).items():
            if end and year > end.year and amount:
                message = f"{item.label} finit le {jour(end)}, et a pourtant {montant(amount)} en {year}."
                remedy = "retirez ce montant, ou corrigez la fin de la dérogation."
                yield Found(at(dossier, item, year), message, remedy)


@rule("CPOM419", "prestations au-delà des financements", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def prestations_are_funded(dossier: Dossier) -> Iterator[Found]:
    """Warn of an exercise whose prestations cost more than all sources give; without any amount, it is not known."""
    costs, means = by_year(dossier.items("prestations")), by_year(dossier.items("sources"))
    for year, cost in sorted(costs.items()):
        if year in means and cost > means[year]:
            message = (
                f"les prestations dérogatoires de {year} ({montant(cost)}) dépassent l'ensemble des sources de "
                f"financement de l'exercice ({montant(means[year])}), qui doit les comprendre."
            )
            yield Found(dossier.one("prestations"), message, "corrigez les montants des unes ou des autres.")


@rule("CPOM420", "prestation plus longue que le contrat", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def prestations_end_with_the_contract(dossier: Dossier) -> Iterator[Found]:
    """Warn of a prestation whose last day falls outside the contract."""
    effet, fin = dossier.effet, dossier.fin
    for item in dossier.items("prestations"):
        end = item.day("fin_prestation")
        if end and fin and end > fin:
            message = f"{item.label} finit le {jour(end)}, après le contrat, qui finit le {jour(fin)}."
            place = item.one("fin_prestation")
            yield Found(place, message, f"au plus tard : {place.field.name}: {fin}")
        elif end and effet and end < effet:
            message = f"{item.label} finit le {jour(end)}, avant le contrat, qui prend effet le {jour(effet)}."
            yield Found(item.one("fin_prestation"), message, "corrigez la fin de la dérogation.")


def amounts_of(item: Place) -> Mapping[int, Decimal] | None:
    """Return the amounts of a source or prestation by exercise, {} when it gives none; None when one is unreadable."""
    found = item.one("montants")
    if not found:
        return {}
    if not isinstance(found.value, Fiche) or not all(isinstance(each, Decimal) for each in found.value.values()):
        return None
    return found.value


def at(dossier: Dossier, item: Place, year: int) -> Place:
    """Return the place of the amount of an exercise."""
    return dossier.at(f"{item.one('montants').path}.{year}")


def by_year(items: Iterable[Place]) -> Mapping[int, Decimal]:
    """Return the sum of the amounts of several items, by exercise; one of them that cannot be read counts for none."""
    found: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for item in items:
        for year, amount in (amounts_of(item) or {}).items():
            found[year] += amount
    return found


COMMON = (
    totals_add_up,
    nothing_is_known_of_the_unknown,
    promised_amounts_are_given,
    amounts_below_the_ceiling,
    no_amount_after_the_end,
    prestations_are_funded,
    prestations_end_with_the_contract,
)
