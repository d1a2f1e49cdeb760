"""What a document is made for: a project to discuss, a version to sign, the text as it now stands."""

from __future__ import annotations

from enum import Enum

NBSP = "\u00a0"
CONSOLIDEE = "consolidée{suite}, établie à titre d’information ; seuls font foi le contrat et ses avenants signés"


class Edition(Enum):
    """An edition; the value is what each page says of it, nothing on what is signed."""

    PROJET = "PROJET"
    A_SIGNER = ""
    CONSOLIDE = f"Version {CONSOLIDEE}"
    CONSOLIDE_PROJET = f"PROJET de version {CONSOLIDEE}"

    @property
    def is_consolidated(self) -> bool:
        """Tell whether the text is that of a contract and its avenants, which nobody signs."""
        return self in (Edition.CONSOLIDE, Edition.CONSOLIDE_PROJET)

    def titre(self, number: int) -> str:
        """Return what the title of a consolidated text adds to that of the contract."""
        return f"{'projet de ' if self is Edition.CONSOLIDE_PROJET else ''}version consolidée{_suite(number)}"

    def mention(self, number: int = 0) -> str:
        """Return what each page says of a version, by its number."""
        return self.value.format(suite=_suite(number))


def _suite(number: int) -> str:
    return f" à jour de l’avenant n°{NBSP}{number}" if number else ""


def edition_after(*, settled: bool) -> Edition:
    """Return the edition of the text that follows from an avenant, settled or still in preparation."""
    return Edition.CONSOLIDE if settled else Edition.CONSOLIDE_PROJET


def edition_of(number: int | None) -> Edition:
    """Return the edition of a version: one that is not frozen, the contract itself, its text after an avenant.

    Nobody signs the text that follows from an avenant: its parties sign the avenant.
    """
    if number is None:
        return Edition.PROJET
    return Edition.CONSOLIDE if number else Edition.A_SIGNER
