"""Changes → what a colleague reads of them: lines, each change told by a pen, and the amounts in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cpomgen.edits import Added, Changed, Moved, Removed, Spliced
from cpomgen.lieu import shortened
from cpomgen.markup import Columns, aligned
from cpomgen.markup import as_markdown as marked_up
from cpomgen.operation import Action, Unite
from cpomgen.owned import is_below
from cpomgen.pen import MARKDOWN, Pen
from cpomgen.wording import accord, jour, montant, nombre, variation
from cpomgen.words import compared

if TYPE_CHECKING:
    from cpomgen.ecart import Ecart, Poste, Tableau
    from cpomgen.operation import Operation
    from cpomgen.outcome import Changes

AROUND = 45  # signs kept on each side of a change
HEADS = ("Exercice", "Avant", "Après", "Écart")
AMOUNTS = 2  # the rank of the first column that holds any, under the name of the table and these heads
HIDDEN = "Champs dont le changement ne se lit pas tel quel dans le texte"
DONE = {Action.INSERER: "inséré", Action.SUPPRIMER: "supprimé", Action.DEPLACER: "déplacé"}
FEMININE = (Unite.LIGNE, Unite.COLONNE, Unite.PARTIE)


def texte(operations: Iterable[Operation], pen: Pen) -> Iterator[tuple[str, list[str]]]:
    """Yield each change of the text: what is done and where, then the words."""
    for operation in operations:
        if operation.action is Action.REMPLACER:
            old, new = operation.old[0], operation.new[0]
            yield f"{pen.place(str(operation.lieu))} :", [worded(old, new, pen)]
            continue
        pens = {Action.INSERER: pen.added, Action.SUPPRIMER: pen.removed, Action.DEPLACER: pen.kept}
        words = operation.new if operation.action is Action.INSERER else operation.old
        if operation.unite in (Unite.LIGNE, Unite.COLONNE):
            words = (" | ".join(words),)
        yield _done(operation, pen), [pens[operation.action](_one_line(text)) for text in words]


def _done(operation: Operation, pen: Pen) -> str:
    """Return what is done to a unit, and where: « article 3, a) Le suivi annuel : 2 alinéas insérés en tête »."""
    count = max(len(operation.old), len(operation.new)) if operation.unite is Unite.ALINEA else 1
    genre = "f" if operation.unite in FEMININE else "m"
    unit, done = accord(operation.unite.value, "m", count), accord(DONE[operation.action], genre, count)
    told = f"{count} {unit} {done}" if count > 1 else f"{unit} {done}"
    if operation.action is not Action.SUPPRIMER:
        told += " en tête" if operation.premier else " à la suite"
    lieu = pen.place(str(operation.lieu) or "document")
    return f"{lieu} : {told} de : {pen.place(str(operation.vers))}" if operation.vers else f"{lieu} : {told}"


def worded(old: str, new: str, pen: Pen) -> str:
    """Return what changes between two texts, word by word, with the words around."""
    runs = compared(old, new)
    told = []
    for number, run in enumerate(runs):
        if run.is_kept:
            told.append(pen.kept(_around(_one_line(run.old), first=number == 0, last=number == len(runs) - 1)))
        else:
            told += [pen.removed(_one_line(run.old))] if run.old else []
            told += [pen.added(_one_line(run.new))] if run.new else []
    return "".join(told)


def _around(text: str, *, first: bool, last: bool) -> str:
    """Return what is near the changes beside a text, all of it when it is short."""
    if len(text) <= (1 if first or last else 2) * AROUND:
        return text
    head = "" if first else f"{text[:AROUND].rpartition(' ')[0]} "
    tail = "" if last else f" {text[-AROUND:].partition(' ')[2]}"
    return f"{head}[…]{tail}"


def _one_line(text: str) -> str:
    return text.replace("\n", " / ")


def champs(changes: Changes) -> tuple[Ecart, ...]:
    """Return the fields whose change no change of the text comes from: not printed, or printed in another way."""
    read = {path for operation in changes.texte for path in operation.paths}
    return tuple(ecart for ecart in changes.champs if not any(is_below(path, ecart.path) for path in read))


def champ(ecart: Ecart, pen: Pen) -> str:
    """Return a field that changes, in words: where it is, its value before and after."""
    edit, lieu = ecart.edit, pen.place(ecart.lieu)
    match edit:
        case Changed(old=None):
            return f"{lieu} : {pen.added(valeur(edit.new))}"
        case Changed(new=None):
            return f"{lieu} : {pen.removed(valeur(edit.old))}"
        case Changed():
            old, new = (str(each) if isinstance(each, str) else valeur(each) for each in (edit.old, edit.new))
            return f"{lieu} : {worded(old, new, pen)}"  # which shortens what is the same, not what changes
        case Spliced():
            gone, come = (", ".join(map(valeur, values)) for values in (edit.old, edit.new))
            return f"{lieu} : {pen.removed(gone) if gone else ''}{pen.added(come) if come else ''}"
        case _:
            done = {Added: "ajouté", Removed: "retiré", Moved: "déplacé"}[type(edit)]
            return f"{lieu} : {done}"


def valeur(value: Any) -> str:  # noqa: ANN401 - a leaf, or an item without id
    """Return a value as a reader writes it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return jour(value)
    if isinstance(value, Decimal):
        return nombre(value)
    if isinstance(value, dict):
        return ", ".join(map(valeur, value.values()))
    return shortened(str(value))


def lignes(tableau: Tableau) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the rows of a table of amounts: source, exercise, before, after, difference; sums last."""
    for ligne in (*tableau.lignes, tableau.total):
        changed = [poste for poste in ligne.postes if poste.avant != poste.apres]
        for poste in changed:
            yield (ligne.libelle, str(poste.exercice), *amounts(poste))
        if changed:
            yield (ligne.libelle, "tous exercices", *amounts(ligne.total))


def amounts(poste: Poste) -> tuple[str, str, str]:
    """Return an amount before and after, and their difference, as they are written."""
    before, after = ("–" if amount is None else montant(amount) for amount in (poste.avant, poste.apres))
    return before, after, variation(poste.ecart)


def tabulated(tableau: Tableau, rows: Iterable[Sequence[str]], pen: Pen) -> Columns:
    """Return rows of a table of amounts, as `lignes` gives them, under its heads."""
    heads = (pen.kept(tableau.libelle), *HEADS)
    return Columns(heads, tuple(tuple(map(pen.kept, row)) for row in rows), AMOUNTS)


def as_text(changes: Changes, pen: Pen) -> Iterator[str]:
    """Yield the lines of a terminal."""
    for part, group in groupby(texte(changes.texte, pen), key=lambda told: told[0]):
        yield from ("", part)
        yield from (f"    {line}" for _, found in group for line in found)
    if hidden := champs(changes):
        yield from ("", f"{HIDDEN} :")
        yield from (f"    {champ(ecart, pen)}" for ecart in hidden)
    for tableau in changes.finances:
        yield ""
        yield from aligned(tabulated(tableau, lignes(tableau), pen))


def as_markdown(changes: Changes, pen: Pen = MARKDOWN) -> Iterator[str]:
    """Yield the lines of a comment on a review, in Markdown."""
    for head, group in groupby(texte(changes.texte, pen), key=lambda told: told[0]):
        yield f"- {head}"
        yield from (f"  - {line}" for _, found in group for line in found)
    if hidden := champs(changes):
        yield from ("", f"**{HIDDEN}**", "")
        yield from (f"- {champ(ecart, pen)}" for ecart in hidden)
    for tableau in changes.finances:
        yield ""
        yield from marked_up([tabulated(tableau, lignes(tableau), pen)])
