"""What a document is made for: a project to discuss, a version to sign, the text as it now stands."""

from __future__ import annotations

from enum import Enum


class Edition(Enum):
    """An edition; the value is what each page says of it, nothing on what is signed."""

    PROJET = "PROJET"
    A_SIGNER = ""
    CONSOLIDE = "Établi à titre d’information ; seuls font foi le contrat et ses avenants signés"
