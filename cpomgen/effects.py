"""What a request changes in a type of contract → its part of the report: files, contracts, a same change once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cpomgen.chapter import folded, problem_entry, told
from cpomgen.markup import Entries, Entry, Folded, Part, Sentence, Title
from cpomgen.operation import Action, Unite
from cpomgen.schemas import FOLDER as SHARED
from cpomgen.wording import accord, combien

if TYPE_CHECKING:
    from cpomgen.affected import Affected, Forme, Groupe
    from cpomgen.pen import Pen

FORMS = 4  # wordings of a change that are shown
NAMES = 8  # contracts that are named at once
FEMININE = ("annexe", "partie", "section", "orientation")
GLOSSES = (
    ("avenant.docx", "le modèle Word des avenants ; un acte déjà arrêté ne change pas"),
    ("note.docx", "le modèle Word de la note à qui signe"),
    ("fiche.docx", "le modèle Word des fiches méthodologiques, qui ne sont pas du contrat"),
    (".docx", "le modèle Word du contrat"),
    (".typ", "la présentation des PDF, sans effet sur les mots"),
    ("modele.yaml", "la composition des documents"),
    (".schema.json", "l'aide des éditeurs"),
    (".yaml", "les champs du contrat"),
    ("", "fichier du modèle"),
)


def type_parts(one: Affected, pen: Pen) -> Iterator[Part]:
    """Yield the part of the report that is about one type of contract."""
    yield Title(3, f"Type de contrat {pen.kept(one.type)}")
    yield Entries(tuple(Entry(f"{pen.kept(path)} : {_gloss(path)}.") for path in one.fichiers))
    yield Sentence(_scope(one))
    for groupe in one.groupes:
        yield from _group(groupe, pen, everywhere=groupe.contrats == one.touches)
    yield from listed(one.touches if one.groupes else (), "dont le texte change", pen)
    yield from _kept(one, pen)
    if one.muets:
        yield Sentence(f"Ne peuvent être imprimés, donc non comparés : {named(one.muets, pen)}.")
    entries = [
        Entry(f"{pen.kept(each.mark.file)} : {entry.text}", entry.below)
        for each in one.problems
        for entry in [problem_entry(each, pen)]
    ]
    yield from folded(entries, combien(len(entries), "problème"), "Ce qui ne va plus")


def _gloss(path: str) -> str:
    if path.startswith(f"{SHARED}/"):
        return "des champs que plusieurs types peuvent avoir en commun"
    return next(gloss for end, gloss in GLOSSES if path.endswith(end))


def _scope(one: Affected) -> str:
    """Return how many contracts a change of their type touches."""
    told = f"{combien(one.contrats, 'contrat')} de ce type"
    if not one.comparable:
        return f"{told} ; rien n'y est comparé : ce type n'était pas là, n'y est plus, ou ne se lit pas des deux côtés."
    if not one.imprimes:
        return f"{told} ; le texte d'aucun ne change." if not one.problems else f"{told}."
    both = f"{accord('imprimé', 'm', one.imprimes)} avec l'ancien modèle et avec le nouveau"
    touched = f"le texte change dans {len(one.touches)}" if one.touches else "aucun texte ne change"
    return f"{told}, dont {one.imprimes} {both} : {touched}."


def _group(groupe: Groupe, pen: Pen, *, everywhere: bool) -> Iterator[Part]:
    """Yield a part of the document that changes: in how many contracts, each of its wordings once."""
    yield Sentence(f"{pen.place(groupe.lieu)} {_done(groupe)} dans {combien(len(groupe.contrats), 'contrat')} :")
    entries = list(_wordings(groupe, groupe.formes[:FORMS], pen))
    yield Entries(tuple(entries))
    if rest := groupe.formes[FORMS:]:
        label = f"{combien(len(rest), 'autre changement')} de cette partie"
        yield Folded(label, (Entries(tuple(_wordings(groupe, rest[:60], pen))),))
    if not everywhere:
        yield from listed(groupe.contrats, "où cette partie change", pen)


def listed(names: Sequence[str], which: str, pen: Pen) -> Iterator[Part]:
    """Yield the names of contracts, folded when there are many."""
    if len(names) > NAMES:
        yield Folded(f"Les {len(names)} contrats {which}", (Sentence(named(names, pen)),))
    elif names:
        yield Sentence(f"{accord('Contrat', 'm', len(names))} {which} : {named(names, pen)}.")


def _wordings(groupe: Groupe, formes: Iterable[Forme], pen: Pen) -> Iterator[Entry]:
    for forme in formes:
        few = f" (dans {combien(len(forme.contrats), 'contrat')})" if len(forme.contrats) < len(groupe.contrats) else ""
        for entry in told([forme.operation], pen):
            yield Entry(f"{entry.text}{few}", entry.below)


def _done(groupe: Groupe) -> str:
    """Return what becomes of a part: « modifié », « supprimée »."""
    gone = [each.operation for each in groupe.formes]
    whole = all(each.action is Action.SUPPRIMER and each.unite is Unite.PARTIE for each in gone)
    ending = "e" if groupe.lieu.lstrip("« ").startswith(FEMININE) else ""
    return f"{'supprimé' if whole else 'modifié'}{ending}"


def _kept(one: Affected, pen: Pen) -> Iterator[Part]:
    """Yield the contracts that keep their clauses, and those whose avenant will change them."""
    for signed, word in ((True, "signé"), (False, "arrêté")):
        here = [each for each in one.gardent if each.signee is signed]
        names = [f"{each.identifiant} (v{each.version})" for each in here if not each.piece]
        if names:
            head = f"{combien(len(names), 'contrat')} {accord(word, 'm', len(names))}"
            verb = "gardent leurs clauses" if names[1:] else "garde ses clauses"
            told = f"{head} {verb}, celles du modèle d'alors"
            text = Sentence(f"{told} : {named(names, pen)}.")
            yield text if len(names) <= NAMES else Folded(told, (Sentence(named(names, pen)),))
        if pieces := [f"{each.identifiant} ({each.piece})" for each in here if each.piece]:
            head = f"{combien(len(pieces), 'pièce')} {accord(word, 'f', len(pieces))} à part"
            verb = "gardent leur texte" if pieces[1:] else "garde son texte"
            yield Sentence(f"{head} {verb}, quoi que devienne le contrat entier : {named(pieces, pen)}.")
    if one.adoptent:
        names = [f"{name} (avenant n° {number})" for name, number in sorted(one.adoptent.items())]
        yield Sentence(f"Signés, recevront ces clauses par l'avenant qui se prépare : {named(names, pen)}.")


def named(names: Sequence[str], pen: Pen) -> str:
    """Return names one after the other."""
    return ", ".join(map(pen.kept, names))
