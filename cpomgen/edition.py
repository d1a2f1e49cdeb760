"""What a document is made for: a project to discuss, a version to sign, the text as it now stands."""

from __future__ import annotations

from enum import Enum


class Edition(Enum):
    """An edition; the value is what each page says of it, nothing on what is signed."""

    PROJET = "PROJET"
    A_SIGNER = ""
    CONSOLIDE = "Établi à titre d’information ; seuls font foi le contrat et ses avenants signés"


def edition_of(number: int | None) -> Edition:
    """Return the edition of a version: one that is not frozen, the contract itself, its text after an avenant.

    Nobody signs the text that follows from an avenant: its parties sign the avenant.
    """
    if number is None:
        return Edition.PROJET
    return Edition.CONSOLIDE if number else Edition.A_SIGNER
