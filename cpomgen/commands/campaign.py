"""`cpomgen campaign`: from a spreadsheet of contracts to their files, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, contracts_of
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand, FrenchGroup
from cpomgen.problem import is_blocking
from cpomgen.project import find_root, known_type
from cpomgen.source import shown
from cpomgen.tree import WorkTree
from cpomgen.wording import combien

if TYPE_CHECKING:
    from cpomgen.commands.importing import Fate, Ligne

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)
TYPE = click.option("--type", "kind", metavar="TYPE", help="Le type des contrats, si le projet en a plusieurs.")
MAPPING = click.option(
    "--correspondance", "mapping", metavar="FICHIER.yaml", type=FILE, help="Les colonnes : titre, puis chemin du champ."
)


@click.group(cls=FrenchGroup)
def campaign() -> None:
    """Conduire une campagne : des contrats depuis un tableur, et un tableur depuis les contrats."""


@campaign.command("import", cls=FrenchCommand, short_help="Créer ou changer des contrats, une ligne du tableur chacun.")
@click.argument("fichier", metavar="FICHIER.xlsx|csv", type=FILE)
@click.option("--dry-run", "dry", is_flag=True, help="Dire ce qui serait fait, ligne par ligne, sans rien écrire.")
@MAPPING
@click.option("--depart", metavar="FICHIER.yaml", type=FILE, help="Le contrat d'où partent les nouveaux.")
@click.option("--feuille", "sheet", metavar="NOM", default="", help="La feuille du classeur à lire.")
@click.option("--erreurs", metavar="FICHIER.xlsx", type=NEW, help="Où écrire le classeur des lignes refusées.")
@TYPE
@FOLDER
def import_rows(  # noqa: PLR0913, PLR0917 - one for each option
    fichier: Path,
    folder: Path,
    mapping: Path | None,
    depart: Path | None,
    sheet: str,
    erreurs: Path | None,
    kind: str | None,
    *,
    dry: bool,
) -> int:
    """Créer ou changer un contrat par ligne de FICHIER ; une cellule vide ne change rien."""
    from cpomgen.commands.importing import Import
    from cpomgen.commands.tables import open_sheet, read_columns, returned, started_from, write_beside

    root = find_root(folder)
    tree = WorkTree(root)
    feuille = open_sheet(fichier, sheet)
    base, schema = started_from(tree, depart, kind, feuille, mapping)
    tell(feuille.problems, tree)
    headings, titles = read_columns(feuille, schema, mapping)
    tell(titles.problems, tree)
    run = Import(root, schema, feuille, titles, base, dry=dry)
    counts: Counter[Fate] = Counter()
    refused: list[Ligne] = []
    names = {rank: headings.title(column) for rank, column in titles.columns.items()}
    for ligne in run.rows():
        say(_told(ligne, names, dry=dry))
        tell([*ligne.told, *(fault.problem for fault in ligne.faults)], tree)
        counts[ligne.fate] += 1
        refused += [ligne] if ligne.faults else []
    say([_total(counts, dry=dry)])
    if refused and not dry:
        place = erreurs or fichier.with_name(f"{fichier.stem}-erreurs.xlsx")
        path = write_beside(place, returned(feuille, titles, refused), taken=erreurs is not None)
        say([f"Les lignes refusées sont marquées dans {path}."])
    return int(bool(refused))


@campaign.command(cls=FrenchCommand, short_help="Mettre des contrats dans un tableur, une ligne chacun.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Tous les contrats du projet.")
@click.option("-o", "out", metavar="FICHIER.xlsx|csv", type=NEW, default="campagne.xlsx", help="Le fichier à écrire.")
@MAPPING
@click.option("--colonnes", metavar="TITRES", default="", help="Les colonnes, par leurs titres que « ; » sépare.")
@click.option(
    "--encodage",
    type=click.Choice(["utf-8", "windows-1252"]),
    default="utf-8",
    help="Pour un CSV : utf-8, ou windows-1252 si un logiciel ne lit que lui.",
)
@click.option("--ecraser", is_flag=True, help="Remplacer le fichier s'il existe.")
@TYPE
@FOLDER
def export(  # noqa: PLR0913, PLR0917 - one for each option
    identifiants: tuple[str, ...],
    folder: Path,
    out: Path,
    mapping: Path | None,
    colonnes: str,
    encodage: str,
    kind: str | None,
    *,
    everything: bool,
    ecraser: bool,
) -> int:
    """Mettre les contrats ID dans un tableur : réimporté tel quel, il ne change rien."""
    from cpomgen.commands.exporting import Table, read_contracts
    from cpomgen.commands.tables import schema_named, write_sheet

    tree = WorkTree(find_root(folder))
    if mapping and colonnes:
        raise click.UsageError("--correspondance et --colonnes disent tous deux les colonnes : n'en donnez qu'un.")
    names = tree.names("contracts", ".yaml") if everything else contracts_of(tree, identifiants, everything=False)
    named = kind and known_type(tree, kind)
    chosen, found, problems = read_contracts(tree, named, names, everything=everything)
    table = Table(schema_named(tree, chosen), found, mapping, colonnes)
    problems += write_sheet(out, table.feuille(out.name), encodage, overwrite=ecraser)
    tell(problems, tree)
    size = f"{combien(len(found), 'contrat')}, {combien(len(table.columns), 'colonne')}"
    say([f"{out} : {size}."])
    return int(any(map(is_blocking, problems)))


def _told(ligne: Ligne, names: dict[int, str], *, dry: bool) -> Iterator[str]:
    """Yield what became of a row, or would."""
    from cpomgen.commands.importing import Fate

    name = shown(" ".join(ligne.identifiant.split())) or "sans identifiant"
    said = f"ligne {ligne.number}, {name} : {ligne.fate.value[int(dry)]}"
    if ligne.fate is Fate.CREE:
        yield f"{said}, {combien(len(ligne.changes), 'champ')} de la feuille, {ligne.blanks} à remplir."
    else:
        yield f"{said}."
    if ligne.fate is Fate.CHANGE:
        yield from (f"    {names[each.rank]} : {each.before} → {each.after}" for each in ligne.changes)


def _total(counts: Counter[Fate], *, dry: bool) -> str:
    from cpomgen.commands.importing import Fate

    found = [f"{counts[fate]} {fate.value[0 if counts[fate] == 1 else 2]}" for fate in Fate if counts[fate]]
    lead = "Essai, rien n'est écrit. " if dry else ""
    return f"{lead}{combien(sum(counts.values()), 'ligne')} : {', '.join(found)}." if found else f"{lead}Aucune ligne."
