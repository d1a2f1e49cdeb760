"""Dossier → problems: the rules of the regime that binds a contract, each asked in turn, and what it is let off."""

from __future__ import annotations

from dataclasses import replace

from cpomgen.contrat import Contrat
from cpomgen.problem import Problem, Severity, in_file_order
from cpomgen.rules.actes import acte_of, avenant_of, avenants_of, duree_of
from cpomgen.rules.blancs import told_once
from cpomgen.rules.derogations import waived, waivers_of
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.fiches import fiche_of
from cpomgen.rules.regimes import COMMON, NONE, known_since, regime_of
from cpomgen.rules.voisins import as_typed, likely_voisin, voisin_of
from cpomgen.wording import jour

__all__ = [
    "Dossier", "acte_of", "as_typed", "avenant_of", "avenants_of", "duree_of", "examine", "examined", "fiche_of",
    "likely_voisin", "voisin_of", "waivers_of",
]  # fmt: skip


def examine(dossier: Dossier) -> tuple[Problem, ...]:
    """Return what the rules find in a contract, each problem with the reason for which it is waived, if any."""
    kind, day = dossier.schema.regime, dossier.conclusion
    regime = regime_of(kind, day)
    rules = (*COMMON, *(regime.rules if regime else ()))
    problems = [problem for each in rules for problem in each.problems(dossier)]
    if regime is None and kind != NONE:
        problems.append(_unknown(dossier))
    return tuple(waived(list(told_once(problems, dossier.contrat.problems)), dossier, rules))


def examined(dossier: Dossier) -> Contrat:
    """Return a contract with all that is wrong in it, in file order."""
    contrat = dossier.contrat
    return replace(contrat, problems=tuple(in_file_order([*contrat.problems, *examine(dossier)])))


def _unknown(dossier: Dossier) -> Problem:
    message = f"aucune règle de droit n'est connue ici pour ce contrat (régime « {dossier.schema.regime} »)"
    when = f", conclu le {jour(dossier.conclusion)}" if dossier.conclusion else ""
    since = known_since(dossier.schema.regime)
    asked = (
        f"vérifiez la date de conclusion (règles connues depuis le {jour(since)})" if since else "vérifiez le schéma"
    )
    remedy = f"{asked} ; les règles communes à tous les contrats ont été vérifiées."
    place = dossier.one("date_conclusion") or dossier.one("date_effet")
    return Problem("CPOM403", place.mark, f"{message}{when}.", remedy, severity=Severity.AVERTISSEMENT)
