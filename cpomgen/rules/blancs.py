"""Rule on what is left blank in a contract about to be signed: a name that is written, and nothing after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cpomgen.problem import Problem, Severity
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.rule import Binds, Found, rule

CODE = "CPOM492"


@rule(CODE, "champ laissé vide", None, binds=Binds.ARRETE, waivable=True)
def nothing_is_left_blank(dossier: Dossier) -> Iterator[Found]:
    """Refuse, once the contract is settled, each field that is written without its value."""
    for place in dossier.blanks() if dossier.settled else ():
        above, _, name = place.path.rpartition(".")
        label = place.label if place.field.meta.libelle else f"{dossier.at(above).label} ({name})"
        yield Found(place, f"{label} est laissé vide.", "remplissez-le, ou retirez la ligne.")


def told_once(problems: Sequence[Problem], before: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems without the blanks that an error, among them or `before`, speaks of by the same line."""
    errors = {each.mark.line for each in (*before, *problems) if each.code != CODE and each.severity is Severity.ERREUR}
    blanks = {each.mark.line for each in problems if each.code == CODE} - errors
    for each in problems:
        is_told = each.mark.line in (errors if each.code == CODE else blanks)
        if not is_told or (each.code != CODE and each.severity is Severity.ERREUR):
            yield each
