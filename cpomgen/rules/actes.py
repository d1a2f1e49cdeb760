"""Dossier → what is signed: the number of a version, who signs it, when it has effect; an avenant that it announces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cpomgen.acte import Acte, Avenant, Avis, Decision, Duree
from cpomgen.contrat import Texte
from cpomgen.faits import DECISION
from cpomgen.rules.avenants import number_of, numbered
from cpomgen.rules.dossier import Dossier, Place


def acte_of(dossier: Dossier, pieces: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> Acte:
    """Return what is signed when a contract is, as it stands: its last avenant, or itself when it has none."""
    numbers = tuple(map(number_of, numbered(dossier)))
    given_up = {number_of(each): each.one("abandon").mark for each in numbered(dossier, abandoned=True)}
    qualites = (one.text("qualite") for one in dossier.items("signataires"))
    own = f"contracts/{dossier.contrat.identifiant}.yaml"
    made = (path for path in files if path == own or not path.startswith("contracts/"))
    return Acte(
        dossier.contrat.identifiant,
        max(numbers, default=0),
        tuple(filter(None, qualites)),
        pieces,
        tuple(made),
        numbers,
        {number: mark for number, mark in given_up.items() if number not in numbers},
    )


def duree_of(dossier: Dossier, number: int) -> Duree:
    """Return when a version has effect, as its own text says, and when the contract then ends."""
    avenants = [each for each in numbered(dossier) if number_of(each) <= number]
    own = next((each for each in avenants if number_of(each) == number), None)
    ends = [end for each in avenants if (end := each.day("nouvelle_fin"))]
    terme = ends[-1] if ends and dossier.fin not in ends else dossier.fin
    if own is not None:
        return Duree(own.day("effet_avenant"), "", terme)
    return Duree(dossier.effet, dossier.root.text("evenement_effet"), terme)


def avenant_of(dossier: Dossier, number: int) -> Avenant | None:
    """Return the avenant of that number as the contract announces it; None when it does not."""
    avenants = {number_of(each): each for each in numbered(dossier)}
    found = avenants.get(number)
    if found is None:
        return None
    objet, expose = found.one("objet_avenant").value, found.one("expose_avenant").value
    return Avenant(
        number,
        objet if isinstance(objet, Texte) else Texte("", found.path),
        expose if isinstance(expose, Texte) else None,
        tuple(str(motif.value) for motif in found.items("motifs")),
        found.day("effet_avenant"),
        found.day("date_avenant"),
        _modes(found),
        {n: day for n, each in avenants.items() if (day := each.day("date_avenant"))},
        tuple(_decisions(dossier)),
        dossier.conclusion,
        dossier.effet,
        dossier.fin,
        found.path,
        tuple(map(_avis, found.items("avis"))),
    )


def avenants_of(dossier: Dossier) -> tuple[Avenant, ...]:
    """Return all the avenants that the contract announces, by number."""
    found = (avenant_of(dossier, number_of(each)) for each in numbered(dossier))
    return tuple(each for each in found if each)


def _modes(avenant: Place) -> Mapping[str, str]:
    """Return how the officer wants parts to be amended, by what an act calls them."""
    return {
        each.text("partie_redaction").lower(): each.text("choix_redaction") for each in avenant.items("mode_redaction")
    }


def _avis(place: Place) -> Avis:
    """Return an opinion as the contract records it."""
    sens = place.one("sens_avis").value
    return Avis(place.text("instance_avis"), getattr(sens, "libelle", ""), place.day("date_avis"))


def _decisions(dossier: Dossier) -> Iterator[Decision]:
    """Yield the décisions attributives that the contract cites, with their day."""
    for piece in dossier.items("pieces"):
        day = piece.day("date_piece")
        if piece.one("nature_piece").means(DECISION) and day:
            yield Decision(piece.text("intitule_piece"), day, piece.path)
