"""Dossier → what signing needs of a contract: the number of its version, and the quality of those who sign it."""

from __future__ import annotations

from cpomgen.acte import Acte
from cpomgen.rules.dossier import Dossier


def acte_of(dossier: Dossier, pieces: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> Acte:
    """Return what is signed when a contract is, as it stands: its last avenant, or itself when it has none."""
    values = (avenant.one("numero_avenant").value for avenant in dossier.items("avenants"))
    numbers = tuple(int(value) for value in values if isinstance(value, int))
    qualites = (one.text("qualite") for one in dossier.items("signataires"))
    own = f"contracts/{dossier.contrat.identifiant}.yaml"
    made = (path for path in files if path == own or not path.startswith("contracts/"))
    named = tuple(filter(None, qualites))
    return Acte(dossier.contrat.identifiant, max(numbers, default=0), named, pieces, tuple(made), numbers)
