"""A path, a number, a seed → the spreadsheet of a campaign, one row a network, and what importing it starts from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook

from benchmarks.drafted import amounts
from benchmarks.france import FRANCE, SEED, text_of
from benchmarks.reseau import Reseau, reseau

YEARS = range(2013, 2018)
PROMOTEUR = "parties.promoteurs[1]"
COLUMNS = {  # title → the field that it gives
    "Identifiant": "identifiant",
    "Promoteur": f"{PROMOTEUR}.personne_morale",
    "SIREN": f"{PROMOTEUR}.siren",
    "Commune": f"{PROMOTEUR}.siege.commune",
    "Code postal": f"{PROMOTEUR}.siege.code_postal",
    "Réseau": f"{PROMOTEUR}.reseaux[1].nom",
    "FINESS": f"{PROMOTEUR}.reseaux[1].finess",
    "Date de fin": "duree.date_fin",
    **{f"Montant {year}": f"annexes.financement.sources[source-1].montants.{year}" for year in YEARS},
}


def spreadsheet(path: Path, count: int = FRANCE, seed: int = SEED) -> tuple[Path, Path]:
    """Write a workbook of so many networks; return, beside it, the file of columns and the first contract."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Réseaux")
    sheet.append(list(COLUMNS))
    for rank in range(count):
        sheet.append(row(reseau(rank, seed)))
    book.save(path)
    columns, start = path.with_name("colonnes.yaml"), path.with_name("depart.yaml")
    columns.write_text(yaml.safe_dump(COLUMNS, allow_unicode=True, sort_keys=False), encoding="utf-8", newline="\n")
    smallest = min(range(FRANCE), key=lambda rank: reseau(rank, seed).size)
    start.write_text(text_of(smallest, seed), encoding="utf-8", newline="\n")
    return columns, start


def row(found: Reseau) -> list[Any]:
    """Return the cells of a network: numbers that begin with a zero are text, as they should be."""
    years = YEARS  # those of the campaign: all its contracts end with it
    given = dict(zip(years, amounts(found, years), strict=True))
    return [
        found.identifiant, f"Association du réseau {found.name} du {found.place}", found.siren, found.commune,
        found.code_postal, f"{found.name} du {found.place}", found.finess or None, f"31/12/{years[-1]}",
        *(given.get(year) for year in YEARS),
    ]  # fmt: skip
