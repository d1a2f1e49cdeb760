"""Waivers: a contract may be let off a rule, with a reason that is shown everywhere the rule would have spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cpomgen.problem import Problem, Severity
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.rule import Binds, Rule


def waived(problems: Sequence[Problem], dossier: Dossier, rules: Sequence[Rule]) -> Iterator[Problem]:
    """Yield the problems, those of a rule that the contract is let off with the reason for it; and idle waivers."""
    codes = {each.code: each.waivable for each in rules}
    later = set() if dossier.settled else {each.code for each in rules if each.binds is Binds.ARRETE}
    reasons: dict[str, str] = {}
    for one in dossier.items("derogations"):
        code, place = one.text("regle_ecartee"), one.one("regle_ecartee")
        if codes.get(code):
            reasons[code] = one.text("fondement_derogation")
            if code not in later and not any(problem.code == code for problem in problems):
                yield _idle(code, place)
        elif code:
            yield _refused(code, place, codes)
    for problem in problems:
        yield problem._replace(waiver=reasons.get(problem.code, ""))


def waivers_of(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield the rules that a contract is let off, each with the reason given."""
    for one in dossier.items("derogations"):
        yield one.text("regle_ecartee"), one.text("fondement_derogation")


def _refused(code: str, place: Place, codes: dict[str, bool]) -> Problem:
    if code in codes:
        return Problem("CPOM401", place.mark, f"la règle {code} ne s'écarte pas.", "retirez cette dérogation.")
    remedy = "« cpomgen explain » en donne la liste."
    return Problem("CPOM401", place.mark, f"il n'y a pas de règle {code} pour ce contrat.", remedy)


def _idle(code: str, place: Place) -> Problem:
    message = f"la règle {code} est respectée : cette dérogation n'a pas d'objet."
    return Problem("CPOM402", place.mark, message, "retirez-la.", severity=Severity.AVERTISSEMENT)
