"""Rules on the campaign of a region: a contract that takes from its catalogue keeps to its days."""

from __future__ import annotations

from collections.abc import Iterator

from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import jour


@rule("CPOM726", "dates hors de la campagne", Origin.REGION, binds=Binds.JAMAIS, waivable=True)
def within_the_campaign(dossier: Dossier) -> Iterator[Found]:
    """Warn of a contract that takes from the catalogue of a campaign, and begins before it or ends after."""
    debut, fin = dossier.campagne
    effet, terme = dossier.effet, dossier.fin
    remedy = "vérifiez que le catalogue vaut pour ce contrat : il est celui de la période de campagne.yaml."
    if debut and effet and effet < debut:
        told = f"le contrat prend effet le {jour(effet)}, avant la campagne, qui commence le {jour(debut)}."
        yield Found(dossier.one("date_effet"), told, remedy)
    if fin and terme and terme > fin:
        told = f"le contrat finit le {jour(terme)}, après la campagne, qui s'achève le {jour(fin)}."
        yield Found(dossier.one("date_fin"), told, remedy)
