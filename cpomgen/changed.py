"""What changes in a contract since it was signed, what it announces → what an avenant should announce and none does.

So of a piece that is frozen before the others: what it owns may not change at all, and no avenant announces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cpomgen.problem import Mark, Problem

if TYPE_CHECKING:
    from cpomgen.acte import Acte
    from cpomgen.contrat import Contrat
    from cpomgen.ecart import Ecart

BINDING = "avenant"  # how a field that binds the parties changes
DUE, SEVERAL = "CPOM631", "CPOM632"  # none announces the changes, or more than one does
DISTURBED = "CPOM635"  # a piece that is frozen changes


def unannounced(contrat: Contrat, ecarts: Iterable[Ecart], signed: int, acte: Acte) -> tuple[Problem, ...]:
    """Return a problem when a contract has changed since `signed`, unless exactly one avenant to come announces it."""
    changes = [ecart for ecart in ecarts if ecart.modification == BINDING]
    coming = sorted(each for each in acte.avenants if each > signed)
    if not changes or len(coming) == 1:
        return ()
    mark, told = _told(contrat, changes, f"depuis la version v{signed}, qui est signée")
    if coming:
        several = ", ".join(f"n° {each}" for each in coming)
        message = f"{told} ; plusieurs avenants à venir l'annoncent : {several}."
        remedy = "n'en laissez qu'un : arrêtez et signez le premier, ou dites sous « abandon » pourquoi l'autre ne se "
        remedy += "fera pas."
        return (Problem(SEVERAL, mark, message, remedy),)
    number = max((signed, *acte.avenants, *acte.abandons)) + 1
    remedy = f"annoncez-le sous « avenants », par exemple avec numero: {number}, ou revenez au texte signé."
    return (Problem(DUE, mark, f"{told}, et aucun avenant ne l'annonce.", remedy),)


def disturbed(contrat: Contrat, ecarts: Iterable[Ecart], piece: str, *, signed: bool) -> tuple[Problem, ...]:
    """Return a problem when a frozen piece has changed in these fields, its own; one that is signed stays as it is."""
    changes = [ecart for ecart in ecarts if ecart.modification == BINDING]
    if not changes:
        return ()
    mark, told = _told(contrat, changes, f"depuis que la pièce « {piece} » est {'signée' if signed else 'arrêtée'}")
    if signed:
        remedy = (
            f"revenez au texte signé ; une fois toutes les pièces arrêtées (cpomgen freeze {contrat.identifiant}), "
        )
        remedy += "un avenant pourra le changer."
    else:
        remedy = "revenez au texte arrêté, ou, tant que personne ne l'a signée, arrêtez-la de nouveau : "
        remedy += f"cpomgen freeze {contrat.identifiant} --piece {piece} --reprendre"
    return (Problem(DISTURBED, mark, f"{told}.", remedy),)


def _told(contrat: Contrat, changes: Sequence[Ecart], since: str) -> tuple[Mark, str]:
    """Return where a contract has changed since it was settled, and how a message tells it."""
    more = f" (et {len(changes) - 1} autres changements)" if len(changes) > 2 else ""  # noqa: PLR2004 - a plural
    more = " (et un autre changement)" if len(changes) == 2 else more  # noqa: PLR2004 - « autre »
    lieu = changes[0].lieu.replace("« ", "“").replace(" »", "”")
    mark, where = contrat.own_mark(changes[0].path), contrat.mark(changes[0].path)
    by = f" par le catalogue régional ({where.file}, ligne {where.line})" if where.file != mark.file else ""
    return mark, f"« {lieu} » a changé{by} {since}{more}"
