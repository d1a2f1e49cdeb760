"""A part of a schema → what the fiche méthodologique of a piece prints, under the name `fiche`: its rubriques."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cpomgen.contrat import Absent, Choix, Contrat, Entier, Fiche, Ligne, Liste, OuiNon
from cpomgen.hint import TYPES
from cpomgen.schema import Field
from cpomgen.typography import typography
from cpomgen.typologies import Appel, Typologies

PATH = "fiche"
AS_TYPED = ("piece", "code", "exemple")
RENVOI = "renvoi à un élément du contrat"
APPELS: Mapping[Appel, str] = {Appel.DUE: "due", Appel.POSSIBLE: "si applicable", Appel.EXCLUE: "exclue"}


class Rubrique(NamedTuple):
    """A part of a piece: its number, the field that it is; the fields that it holds, with the number of their own."""

    numero: str
    field: Field
    champs: tuple[tuple[Field, str], ...]


def instruct(piece: str, field: Field, typologies: Typologies | None, contrat: Contrat) -> Fiche:
    """Return what the fiche of a piece prints: what the schema says of it, what the typology makes of it."""
    typologie = typologies.of(contrat.fiche) if typologies else None
    said = {
        "piece": piece, "titre": field.meta.libelle, "aide": field.meta.aide, "source": field.meta.source,
        "typologie": typologie.libelle if typologie else "",
    }  # fmt: skip
    appel = typologies.appels(contrat.fiche).get(piece) if typologies else None
    parts = tuple(_parts(field, "1", "", {}))
    cited = field.meta.source.casefold()
    rubriques = (_rubrique(each, cited, f"{PATH}.rubriques[{rank}]") for rank, each in enumerate(parts))
    return Fiche(
        {
            **_lines(said, PATH),
            "appel": Choix(appel.value, f"{PATH}.appel", APPELS[appel]) if appel else Absent(f"{PATH}.appel"),
            "rubriques": Liste(rubriques, f"{PATH}.rubriques"),
        },
        PATH,
    )


def _parts(field: Field, numero: str, prefix: str, seen: dict[str, str]) -> Iterator[Rubrique]:
    """Yield a part of a piece, then those that it holds, numbered under `prefix`; one that comes back is told once."""
    champs: list[tuple[Field, str]] = []
    below: list[tuple[Field, str]] = []
    for child in (field.item or field).fields.values():
        under = child.item or child
        key = under.definition or str(id(under))
        if under.fields and key not in seen:
            seen[key] = f"{prefix}{len(below) + (1 if prefix else 2)}"  # the piece itself is the first
            below.append((child, seen[key]))
        champs.append((child, seen[key] if under.fields else ""))
    yield Rubrique(numero, field, tuple(champs))
    for child, own in below:
        yield from _parts(child, own, f"{own}.", seen)


def _rubrique(part: Rubrique, cited: str, path: str) -> Fiche:
    field, item = part.field, part.field.item
    named = item.meta.libelle if item and item.meta.libelle else field.meta.libelle
    said = {"numero": part.numero, "libelle": named, "aide": item.meta.aide if item else ""}
    champs = (_champ(each, own, cited, f"{path}.champs[{rank}]") for rank, (each, own) in enumerate(part.champs))
    return Fiche(
        {
            **_lines(said, path), **_marks(field, path), "champs": Liste(champs, f"{path}.champs"),
            "niveau": Entier(part.numero.count(".") + 1, f"{path}.niveau"),
        },
        path,
    )  # fmt: skip


def _champ(field: Field, own: str, cited: str, path: str) -> Fiche:
    """Return what is said of a field; texts that are `cited` for the piece are not cited again."""
    meta, under = field.meta, field.item or field
    own_texts = (each for each in meta.source.split(" ; ") if each.casefold() not in cited)
    said = {
        "libelle": meta.libelle, "nature": "" if own else _nature(field), "aide": meta.aide, "exemple": meta.exemple,
        "source": " ; ".join(own_texts), "rubrique": own,
    }  # fmt: skip
    allowed = under.rules.get("allowed", ()) if under.type == "choix" else ()
    valeurs = (
        _lines({"code": code, "libelle": under.meta.libelles.get(code, code)}, f"{path}.valeurs") for code in allowed
    )
    return Fiche(
        {
            **_lines(said, path), **_marks(field, path),
            "interne": OuiNon(not meta.imprime, f"{path}.interne"),
            "valeurs": Liste((Fiche(each, f"{path}.valeurs") for each in valeurs), f"{path}.valeurs"),
        },
        path,
    )  # fmt: skip


def _nature(field: Field) -> str:
    """Return the type of the values of a field in a few words."""
    under = field.values or field.item or field
    words = re.split(r"[,:]", TYPES.get(under.type, RENVOI))[0].strip()
    return f"{words}, par {re.split('[,:]', TYPES.get(field.keys, field.keys))[0]}" if field.values else words


def _marks(field: Field, path: str) -> dict[str, Any]:
    return {
        "obligatoire": OuiNon(bool(field.rules.get("required")), f"{path}.obligatoire"),
        "plusieurs": OuiNon(field.type == "list", f"{path}.plusieurs"),
    }


def _lines(said: Mapping[str, str], path: str) -> dict[str, Any]:
    """Return texts as values of a contract, Absent for those that are empty; what is to be typed stays as it is."""
    read = {name: text if name in AS_TYPED else typography(text) for name, text in said.items()}
    places = {name: f"{path}.{name}" for name in said}
    return {name: Ligne(text, places[name]) if text else Absent(places[name]) for name, text in read.items()}
