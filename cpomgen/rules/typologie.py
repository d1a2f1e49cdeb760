"""Rules on what the typology of a contract calls for, by the table of its type: pieces due, pieces excluded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.typologies import Appel, Attribution, valued
from cpomgen.wording import enumere

TABLE = "table des typologies du type de contrat"


@rule("CPOM467", "pièce exclue par la typologie", Origin.REGION, TABLE)
def no_piece_is_excluded(dossier: Dossier) -> Iterator[Found]:
    """Refuse a piece that contracts of this typology do not have: it would not be printed."""
    for piece in _called(dossier, Appel.EXCLUE):
        for path in (path for path in piece.champs if valued(dossier.contrat.fiche, path)):
            place = dossier.at(path)
            message = f"la pièce « {piece.piece} » est exclue {_typologie(dossier)}, et le contrat l'a : {place.label}."
            yield Found(place, message, f"retirez {path}, ou corrigez {_selon(dossier)}.")


@rule("CPOM468", "pièce due par la typologie", Origin.REGION, TABLE, binds=Binds.ARRETE, waivable=True)
def due_pieces_are_there(dossier: Dossier) -> Iterator[Found]:
    """Ask for the pieces that contracts of this typology must have, those alone that are being settled."""
    for piece in _called(dossier, Appel.DUE):
        missing = [path for path in piece.champs if not valued(dossier.contrat.fiche, path)]
        if missing and (not dossier.settled or not dossier.pieces or dossier.pieces & piece.documents):
            label = enumere([dossier.at(path).label for path in missing])
            message = f"la pièce « {piece.piece} » est due {_typologie(dossier)}, et le contrat ne l'a pas : {label}."
            remedy = f"remplissez {enumere(missing)}, ou corrigez {_selon(dossier)}."
            yield Found(_gap(dossier, missing), message, remedy)


def _called(dossier: Dossier, appel: Appel) -> tuple[Attribution, ...]:
    """Return the pieces of which the typology of a contract makes this."""
    return dossier.typologies.called(dossier.contrat.fiche, appel) if dossier.typologies else ()


def _gap(dossier: Dossier, paths: list[str]) -> Place:
    """Return the first of these fields that is written and left blank, else that of the typology."""
    blank = next((path for path in paths if path in dossier.contrat.marks), None)
    return dossier.at(_selon(dossier)) if blank is None else replace(dossier.at(blank), is_blank=True)


def _selon(dossier: Dossier) -> str:
    return dossier.typologies.selon if dossier.typologies else ""


def _typologie(dossier: Dossier) -> str:
    found = dossier.typologies.of(dossier.contrat.fiche) if dossier.typologies else None
    return f"pour la typologie « {found.libelle} »" if found else ""


RULES = (no_piece_is_excluded, due_pieces_are_there)
