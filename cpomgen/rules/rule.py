"""What a rule is: a function from a Dossier to what it finds, its code, when it binds, what asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.hint import hint
from cpomgen.problem import Origin, Problem, Severity

if TYPE_CHECKING:
    from cpomgen.rules.dossier import Dossier, Place


class Binds(Enum):
    """When a rule is an error: always; once the contract is settled for signature; never."""

    TOUJOURS = "toujours"
    ARRETE = "une fois arrêté pour signature"
    JAMAIS = "jamais : c'est un avertissement"


class Found(NamedTuple):
    """Something that a rule finds: where, what (a French sentence), how to mend it."""

    place: Place
    message: str
    remedy: str = ""


Check = Callable[["Dossier"], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; `waivable` when a contract may be let off, `uncertain` when its text remains to be verified.

    It has no `origin` when no text asks for it: what a contract says then contradicts itself, or plain arithmetic.
    """

    code: str
    title: str
    origin: Origin | None
    article: str
    binds: Binds
    waivable: bool
    uncertain: bool
    check: Check

    def under(self, origin: Origin | None, article: str) -> Rule:
        """Return the same rule as another text asks it, in another regime."""
        return replace(self, origin=origin, article=article)

    @property
    def unverified(self) -> Rule:
        """Return the same rule in a regime whose text of it remains to be verified."""
        return replace(self, uncertain=True)

    def severity(self, *, settled: bool) -> Severity:
        """Return what breaking it weighs; what only the model or usage asks never stops a contract."""
        errs = self.binds is Binds.TOUJOURS or (self.binds is Binds.ARRETE and settled)
        soft = self.uncertain or self.origin in (Origin.MODELE, Origin.USAGE)
        return Severity.ERREUR if errs and not soft else Severity.AVERTISSEMENT

    def problems(self, dossier: Dossier) -> Iterator[Problem]:
        """Yield a problem for each thing that the rule finds."""
        doubt = "règle à vérifier" if self.uncertain else ""
        article = f"{self.article} ({doubt})" if self.article and doubt else self.article or doubt
        for place, message, remedy in self.check(dossier):
            severity = self.severity(settled=dossier.settles(place.path))
            mended = " ".join(filter(None, (remedy, hint(place.field) if place.is_blank else "")))
            yield Problem(self.code, place.mark, message, mended, article, severity, self.origin)


def rule(  # noqa: PLR0913 - each says something of its own, by name
    code: str,
    title: str,
    origin: Origin | None,
    article: str = "",
    *,
    binds: Binds = Binds.TOUJOURS,
    waivable: bool = False,
    uncertain: bool = False,
) -> Callable[[Check], Rule]:
    """Return what makes a rule of a function."""

    def made(check: Check) -> Rule:
        return Rule(code, title, origin, article, binds, waivable, uncertain, check)

    return made
