"""Rules on what the contract holds: the six contents of the code, orientations declined, annexes, pieces, clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cpomgen.faits import ACCORD_ARS, ACCORD_FINANCIER, ARTICLE_PROPRE, COMPLET, PROJET_SANTE, SOCLE_SEUL
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.rules.signature import last_day, told
from cpomgen.wording import enumere, jour

CONTENTS: Mapping[str, str] = MappingProxyType(
    {
        "1°": "les orientations du projet de santé",
        "2°": "l'organisation, le fonctionnement et la coordination avec les autres acteurs",
        "3°": "l'accès aux soins, leur continuité et le service rendu au patient",
        "4°": "la qualité et la sécurité des soins",
        "5°": "l'efficience et l'évaluation",
        "6°": "les systèmes d'information et, le cas échéant, la télémédecine",
    }
)
PIECES: Mapping[str, str] = MappingProxyType(
    {
        PROJET_SANTE: "le projet de santé",
        ACCORD_ARS: "les accords et contrats en cours avec l'agence",
        ACCORD_FINANCIER: "les accords financiers avec d'autres organismes",
    }
)
BINDING = ("annexe_1", "annexe_2", "annexe_3", "annexe_4")  # the fifth may be enforced by nobody
CONTENTS_LAW = "D. 6114-11 CSP"
PIECES_LAW = "D. 6114-14 CSP (numéro à vérifier)"


@rule("CPOM451", "contenu réglementaire sans réponse", Origin.REGLEMENT, CONTENTS_LAW, binds=Binds.ARRETE)
def six_contents(dossier: Dossier) -> Iterator[Found]:
    """Ask that each of the six contents be answered, or said to have no object."""
    if (
        not dossier.is_complete
        or not dossier.root.is_read("contenus")
        or not dossier.root.is_read("contenu_sans_objet")
    ):
        return
    known = _answered(dossier) | {str(place.value) for place in dossier.every("contenu_sans_objet")}
    for content, subject in CONTENTS.items():
        if content not in known:
            message = f"le contrat ne répond pas au {content} de l'article D. 6114-11 : {subject}."
            remedy = f"ajoutez \"{content}\" au contenu d'un objectif ou d'une clause, ou à contenus_sans_objet."
            gap = dossier.root.gap("contenus", otherwise=dossier.one("annexes"))
            yield Found(gap, message, remedy)


@rule("CPOM452", "contenu traité et dit sans objet", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def nothing_said_void_is_answered(dossier: Dossier) -> Iterator[Found]:
    """Warn of a content that is said to have no object, and is answered."""
    for place in dossier.every("contenu_sans_objet"):
        if place.value in _answered(dossier):
            message = f"le {place.value} est dit sans objet, et le contrat y répond."
            yield Found(place, message, "retirez-le de l'un ou de l'autre.")


def _answered(dossier: Dossier) -> frozenset[str]:
    """Return the contents that an objective, a clause or a text of an annex answers."""
    return dossier.root.answers() | {str(place.value) for place in dossier.items("contenus")}


@rule("CPOM453", "orientation sans objectif", Origin.REGLEMENT, CONTENTS_LAW, binds=Binds.ARRETE, waivable=True)
def orientations_declined(dossier: Dossier) -> Iterator[Found]:
    """Ask that an objective of an annex decline each orientation."""
    if not dossier.is_complete or dossier.pieces or not dossier.root.is_read("orientation_declinee"):
        return  # of some pieces alone nothing tells what the others will decline
    declined = {str(place.value) for place in dossier.every("orientation_declinee")}
    for place in dossier.items("orientations"):
        name = place.value.get("id")
        if isinstance(name, str) and name not in declined:
            message = f"aucun objectif des annexes ne décline l'orientation {place.label}."
            yield Found(place, message, f"écrivez orientation: {name} dans un objectif qui la met en œuvre.")


@rule("CPOM454", "pièce exigée absente", Origin.REGLEMENT, PIECES_LAW, binds=Binds.ARRETE)
def required_pieces(dossier: Dossier) -> Iterator[Found]:
    """Ask for the three pieces that the code annexes, each with its title or the reason why there is none."""
    if not dossier.is_complete or not dossier.root.is_read("nature_piece"):
        return
    for nature, subject in PIECES.items():
        given = [piece for piece in dossier.items("pieces") if piece.one("nature_piece").means(nature)]
        if not any(_is_told(piece) for piece in given):
            message = f"une pièce exigée n'est ni jointe ni dite « néant » : {subject}."
            written = dossier.written("nature_piece", nature)
            remedy = f"ajoutez aux pièces {written}, avec intitule et date, ou neant et la raison."
            yield Found(given[0].gap("intitule_piece", "neant") if given else dossier.one("pieces"), message, remedy)


@rule("CPOM455", "pièce sans titre, ou jointe et néant", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def pieces_are_or_are_not(dossier: Dossier) -> Iterator[Found]:
    """Warn of a piece that has no title, and of one that has a title and is said not to be."""
    for piece in dossier.items("pieces"):
        if piece.one("intitule_piece") and piece.one("neant"):
            message = f"la pièce {piece.label} a un intitulé, et elle est dite « néant »."
            yield Found(piece.one("neant"), message, "gardez l'un des deux.")
        elif not _is_told(piece) and not piece.one("nature_piece").means(*PIECES):
            yield Found(piece, f"la pièce {piece.label} n'a pas d'intitulé : le document imprime un tiret.")


def _is_told(piece: Place) -> bool:
    return bool(piece.one("intitule_piece") or piece.one("neant"))


@rule("CPOM456", "pièce postérieure à la signature", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def pieces_precede_signature(dossier: Dossier) -> Iterator[Found]:
    """Warn of a piece dated after the contract is signed."""
    signature = last_day(dossier)
    for piece in dossier.items("pieces"):
        day = piece.day("date_piece")
        if signature and day and day > signature:
            message = f"la pièce {piece.label}, du {jour(day)}, est postérieure à {told(dossier)}."
            yield Found(piece.one("date_piece"), message, "vérifiez les deux dates.")


@rule("CPOM457", "annexes et nature du contrat", None, binds=Binds.ARRETE, waivable=True)
def annexes_as_announced(dossier: Dossier) -> Iterator[Found]:
    """Ask that the contract have the annexes that its second article announces: 1 to 4, or none of a socle."""
    annexes, nature = dossier.one("annexes"), dossier.one("nature")
    missing = [role[-1] for role in BINDING if dossier.knows(role) and not dossier.one(role)]
    if nature.means(SOCLE_SEUL) and annexes:
        message = "le contrat est un socle transitoire, et se dit sans aucune annexe : il en a."
        yield Found(annexes, message, f"écrivez {dossier.written('nature', COMPLET)}, ou retirez les annexes.")
    elif dossier.is_complete and missing:
        those = f"les annexes {enumere(missing)} manquent" if missing[1:] else f"l'annexe {missing[0]} manque"
        message = f"un contrat complet dit ses annexes 1 à 4 opposables : {those}."
        alone = dossier.written("nature", SOCLE_SEUL)
        yield Found(annexes, message, f"ajoutez-les, ou écrivez {alone} si le socle est signé seul.")


@rule(
    "CPOM458", "orientation sans projet régional de santé", Origin.REGLEMENT, "D. 6114-11, 1° CSP",
    binds=Binds.JAMAIS, waivable=True,
)  # fmt: skip
def orientations_follow_the_region(dossier: Dossier) -> Iterator[Found]:
    """Warn of an orientation that cites nothing of the projet régional de santé."""
    for place in dossier.items("orientations"):
        if not place.one("references_prs"):
            message = f"l'orientation {place.label} ne cite aucune partie du projet régional de santé."
            where = place.one("references_prs").field.name
            remedy = f"ajoutez sous {where} le schéma, le programme ou le volet qu'elle décline."
            yield Found(place.gap("references_prs"), message, remedy)


@rule("CPOM459", "clause ajoutée à une annexe absente", None)
def clauses_have_a_place(dossier: Dossier) -> Iterator[Found]:
    """Refuse a clause that completes an annex which the contract does not have: nobody would read it."""
    for clause in dossier.items("clauses_particulieres"):
        place = clause.one("article_complete")
        role = clause.text("article_complete")
        if role.startswith("annexe_") and dossier.knows(role) and not dossier.one(role):
            shown = role.replace("_", " ")
            message = (
                f"la clause {clause.label} complète l'{shown}, que le contrat n'a pas : elle ne s'imprimerait pas."
            )
            yield Found(place, message, f"remplissez l'{shown}, ou rattachez la clause à un article.")


@rule("CPOM460", "clause autonome sans titre", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def clauses_have_a_title(dossier: Dossier) -> Iterator[Found]:
    """Warn of a clause that is an article of its own and has no title."""
    for clause in dossier.items("clauses_particulieres"):
        if clause.one("article_complete").means(ARTICLE_PROPRE) and not clause.one("intitule_clause"):
            message = (
                "cette clause fait un article à elle seule : sans intitulé, il s'appellera « Clause particulière »."
            )
            yield Found(clause, message, f"ajoutez un {dossier.name('intitule_clause')}.")


COMMON = (pieces_are_or_are_not, pieces_precede_signature, clauses_have_a_place, clauses_have_a_title)
SERVICES = (
    annexes_as_announced,
    six_contents,
    nothing_said_void_is_answered,
    orientations_declined,
    required_pieces,
    orientations_follow_the_region,
)
