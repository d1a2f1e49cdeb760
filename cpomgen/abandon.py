"""What a contract says abandoned, what is signed, what is frozen → what is wrong in that, and the tags to withdraw."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cpomgen.acte import Acte
from cpomgen.problem import Mark, Problem, ProblemError, Severity


def check_abandons(acte: Acte, signed: Collection[int], frozen: Collection[int]) -> Iterator[Problem]:
    """Yield a problem for each avenant that is abandoned and `signed`, a warning for one that is still `frozen`."""
    for number, mark in sorted(acte.abandons.items()):
        if number in signed:
            message = f"l'avenant n° {number} ne peut être abandonné : le registre le dit signé."
            yield Problem("CPOM633", mark, message, "effacez « abandon » : ce qui est signé se défait par un avenant.")
        elif number in frozen:
            message = f"l'avenant n° {number} est abandonné, et sa version v{number} est encore arrêtée pour signature."
            remedy = f"retirez-la : cpomgen freeze {acte.identifiant} --abandonner"
            yield Problem("CPOM634", mark, message, remedy, severity=Severity.AVERTISSEMENT)


def check_kept(number: int, abandons: Mapping[int, Mark]) -> None:
    """Raise ProblemError for a version that is to be signed, and is that of an avenant now abandoned."""
    if number in abandons:
        message = f"le contrat dit abandonné l'avenant n° {number}, que l'on inscrirait comme signé."
        remedy = "s'il l'est vraiment, effacez d'abord « abandon »."
        raise ProblemError(Problem("CPOM633", abandons[number], message, remedy))


def withdrawn(acte: Acte, signed: Collection[int], frozen: Collection[int]) -> tuple[int, ...]:
    """Return the numbers of the versions to withdraw; raise ProblemError when there is none, or it is signed."""
    if wrong := [each for each in check_abandons(acte, signed, ()) if each.severity is Severity.ERREUR]:
        raise ProblemError(*wrong)
    found = tuple(sorted(set(acte.abandons) & set(frozen)))
    if found:
        return found
    file = f"contracts/{acte.identifiant}.yaml"
    message = "aucun avenant abandonné n'est arrêté ici : il n'y a rien à retirer."
    remedy = "sous l'avenant que l'on abandonne, écrivez d'abord abandon: suivi du motif."
    raise ProblemError(Problem("CPOM617", Mark(file), message, remedy))
