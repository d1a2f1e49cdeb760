"""What a request does to one contract → its part of the report: changes, amounts, avenant, problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from cpomgen.affected import part_of
from cpomgen.changes import HIDDEN, champ, champs, lignes, tabulated, texte
from cpomgen.markup import Entries, Entry, Folded, Part, Sentence, Title
from cpomgen.problem import Problem, is_blocking
from cpomgen.review import Reviewed, Sort
from cpomgen.standing import Etat
from cpomgen.wording import combien, enumere, jour

if TYPE_CHECKING:
    from cpomgen.ecart import Tableau
    from cpomgen.operation import Operation
    from cpomgen.pen import Pen
    from cpomgen.registre import Signature

FEW = 8  # entries of a list that are shown at once
MANY = 60  # changes of one contract that are told: `cpomgen diff` tells them all
ROWS = 12  # of a table of amounts that are shown at once
LONG = 12  # lines of one change that are shown
PLACES = 3  # parts of a contract that are named in a few words


def in_brief(one: Reviewed) -> str:
    """Return what a request does to a contract, in a few words."""
    if one.sort in (Sort.AJOUTE, Sort.SUPPRIME):
        return ", ".join(("nouveau contrat" if one.sort is Sort.AJOUTE else "contrat supprimé", *deeds(one)))
    told = [f"renommé (auparavant {one.auparavant})"] if one.auparavant else []
    if one.changes is not None:
        told += [_places(one)] if one.sort is not Sort.INCHANGE or one.changes else []
    elif one.sort is not Sort.INCHANGE:
        told.append("illisible : changements non dits")
    return ", ".join((*told, *deeds(one))) or "–"


def _places(one: Reviewed) -> str:
    """Return the parts of a contract that change, the first ones named."""
    if one.changes is None or not (one.changes or one.shared):
        return "rien de ce qui se lit"
    places = list(dict.fromkeys(map(part_of, one.changes.texte)))
    if not places:
        return "champs non imprimés" if one.changes.champs else "modèle seulement"
    left = len(places) - PLACES
    if left > 1:
        return f"{', '.join(places[:PLACES])} et {left} autres parties"
    return enumere(places)


def deeds(one: Reviewed) -> Iterator[str]:
    """Yield what a request records of a contract, in a few words: versions frozen, signatures."""
    yield from (f"{_what(each.number, each.piece)} arrêtée" for each in one.arretees)
    yield from dict.fromkeys(f"{_what(each.version, each.piece)} signée" for each in one.signatures)


def _what(number: int, piece: str) -> str:
    """Return a version in a few words, or a piece of the contract that is frozen or signed apart."""
    return f"v{number}" if number or not piece else f"pièce {piece}"


def to_know(one: Reviewed) -> str:
    """Return what else a reader should know of a contract: its avenant, its errors, its waivers."""
    etat, numero, _ = one.avenant
    done = {Etat.PREPARE: "arrêté", Etat.DEPASSE: "arrêté, puis modifié"}.get(etat, "annoncé")
    told = [f"avenant n° {numero} {done}"] if numero is not None else []
    told += [etat.value] if etat in (Etat.A_ANNONCER, Etat.PLUSIEURS, Etat.INCONNU) else []
    told += [combien(len(one.problems.erreurs), "erreur")] if one.problems.erreurs else []
    told += [combien(len(one.problems.derogations), "dérogation")] if one.problems.derogations else []
    return ", ".join(told) or "–"


def chapter(one: Reviewed, pen: Pen) -> Iterator[Part]:
    """Yield the part of the report that is about one contract."""
    yield Title(3, f"{pen.kept(one.identifiant)} : {one.sort.value}")
    if one.titre:
        yield Sentence(f"{pen.kept(one.titre)}.")
    if one.auparavant:
        yield Sentence(f"Ce contrat s'appelait {pen.kept(one.auparavant)}.")
    if told := [Entry(each) for each in (*_avenant(one), *_recorded(one))]:
        yield Entries(tuple(told))
    yield from _changes(one, pen)
    yield from _problems(one, pen)


def _avenant(one: Reviewed) -> Iterator[str]:
    etat, numero, signee = one.avenant
    if etat is Etat.NON_SIGNE:
        return
    told = {
        Etat.SANS_OBJET: "depuis, rien n'a changé qui demande un avenant",
        Etat.A_ANNONCER: "ce changement demande un avenant, et le contrat n'en annonce aucun",
        Etat.PLUSIEURS: "le contrat annonce plusieurs avenants à la fois",
        Etat.ANNONCE: f"l'avenant n° {numero} est annoncé ; ces changements en sont le projet",
        Etat.PREPARE: f"l'avenant n° {numero} est arrêté pour signature",
        Etat.DEPASSE: f"l'avenant n° {numero} était arrêté pour signature, et le fichier a changé depuis",
        Etat.INCONNU: "le texte signé ne se lit pas ici : on ne sait pas si un avenant est nécessaire",
    }
    yield f"Contrat signé (v{signee}) : {told[etat]}."


def _recorded(one: Reviewed) -> Iterator[str]:
    for _, number, piece in one.arretees:
        yield f"La demande arrête la {f'pièce {piece}' if piece else f'version v{number}'} pour signature."
    for each in one.signatures:
        yield f"La demande enregistre une signature : {_signature(each)}."


def _signature(each: Signature) -> str:
    piece = f", {each.piece}" if each.piece else ""
    return f"v{each.version}{piece}, le {jour(each.le)}, {f'par {each.par}' if each.par else 'par tous'}"


def _changes(one: Reviewed, pen: Pen) -> Iterator[Part]:
    """Yield what changes in the text, in the fields, in the amounts."""
    if one.changes is None:
        if not one.lisible:
            yield Sentence("Ce contrat ne peut être imprimé d'un côté au moins : ce qui change ne peut être dit.")
        return
    if operations := one.changes.texte:
        yield from folded(told(operations, pen), combien(len(operations), "changement"), "Ce qui change")
    if one.shared:
        yield Sentence(f"S'y ajoute, dit plus bas avec les modèles : {combien(one.shared, 'changement')}.")
    if hidden := champs(one.changes):
        entries = [Entry(champ(ecart, pen)) for ecart in hidden]
        yield from folded(entries, combien(len(entries), "champ"), HIDDEN)
    for tableau in one.changes.finances:
        yield from _amounts(tableau, pen)
    if one.sort is Sort.MODIFIE and not (one.changes or one.shared):
        yield Sentence("Le fichier change, mais rien de ce qu'il dit : ordre, commentaires, mise en page.")


def _amounts(tableau: Tableau, pen: Pen) -> Iterator[Part]:
    """Yield a table of amounts; of a long one, its sums, and the rest folded."""
    rows = list(lignes(tableau))
    if len(rows) <= ROWS:
        yield tabulated(tableau, rows, pen)
        return
    yield tabulated(tableau, (row for row in rows if row[0] == tableau.total.libelle), pen)
    detail = tabulated(tableau, (row for row in rows if row[0] != tableau.total.libelle), pen)
    yield Folded(f"{pen.kept(tableau.libelle)} : détail", (detail,))


def told(operations: Iterable[Operation], pen: Pen) -> list[Entry]:
    """Return the changes of a text as entries, those of one place together; the last ones are counted."""
    found = list(operations)
    entries = []
    for head, group in groupby(texte(found[:MANY], pen), key=lambda pair: pair[0]):
        lines = [line for _, each in group for line in each]
        more = [f"[…] et {combien(len(lines) - LONG, 'autre ligne')}"] if len(lines) > LONG else []
        entries.append(Entry(head, (*lines[:LONG], *more)))
    if len(found) > MANY:
        entries.append(Entry(f"et {combien(len(found) - MANY, 'autre changement')}, que « cpomgen diff » donne tous."))
    return entries


def folded(entries: Iterable[Entry], count: str, head: str) -> Iterator[Part]:
    """Yield a list under its head, folded when it is long."""
    found = tuple(entries)
    if len(found) > FEW:
        yield Folded(f"{head} : {count}", (Entries(found),))
    elif found:
        yield Sentence(f"{head} :")
        yield Entries(found)


def _problems(one: Reviewed, pen: Pen) -> Iterator[Part]:
    """Yield the problems that come, those that go, the waivers."""
    problems = one.problems
    old = [each for each in problems.erreurs if each not in problems.nouveaux]
    for found, head, word in (
        ([each for each in problems.nouveaux if is_blocking(each)], "Erreurs nouvelles", "erreur"),
        (old, "Erreurs qui demeurent", "erreur"),
        (problems.derogations, "Dérogations ajoutées", "dérogation"),
        (problems.retirees, "Dérogations retirées", "dérogation"),
        ([each for each in problems.nouveaux if not is_blocking(each)], "Avertissements nouveaux", "avertissement"),
        (problems.disparus, "Problèmes résolus", "problème"),
    ):
        brief = found is problems.disparus
        yield from folded([problem_entry(each, pen, brief=brief) for each in found], combien(len(found), word), head)


def problem_entry(problem: Problem, pen: Pen, *, brief: bool = False) -> Entry:
    """Return a problem as an entry: what is wrong, where, how to mend it, what asks for it."""
    line = f", ligne {problem.mark.line}" if problem.mark.line else ""
    head = f"{pen.kept(problem.message)} ({problem.code}{line})"
    if brief:
        return Entry(f"{pen.kept(problem.message)} ({problem.code})")
    below = [f"→ {pen.kept(problem.remedy)}"] if problem.remedy and not problem.waiver else []
    below += [f"Source : {pen.kept(problem.source)}"] if problem.source else []
    below += [f"Fondement de la dérogation : {pen.kept(problem.waiver)}"] if problem.waiver else []
    return Entry(head, tuple(below))
