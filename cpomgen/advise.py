"""An act in the making → what officers should look at again before it is signed: warnings, none of which stops it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cpomgen.contrat import Jour, Montant, feuilles
from cpomgen.designation import NBSP
from cpomgen.ecart import ZERO
from cpomgen.imprime import paragraphs
from cpomgen.lieu import PREAMBULE, Outline, quoted, shortened
from cpomgen.outdated import AMOUNT, SPACES, amount_of, outdated, without_ids
from cpomgen.problem import Origin, Problem, Severity, in_file_order, nearest
from cpomgen.schema import walk
from cpomgen.wording import enumere, jour, montant, unaccented

if TYPE_CHECKING:
    from cpomgen.acte import Decision
    from cpomgen.article import ArticleModificatif
    from cpomgen.ecart import Ligne, Poste, Tableau
    from cpomgen.manifeste import Manifeste
    from cpomgen.outcome import Projet, State


def advise(projet: Projet, manifeste: Manifeste, perimees: Sequence[Decision] = ()) -> tuple[Problem, ...]:
    """Return what is to be looked at again in an act; `perimees` are the décisions attributives that it makes stale."""
    places = _Places(projet.new)
    found = (
        *_unamended(projet),
        *_unjustified(projet, manifeste),
        *_unsigned(projet, manifeste),
        *_past_reductions(projet),
        *_made_false(projet, places),
        *_late(projet, places),
        *(_stale(projet, each) for each in perimees),
        *_foreign_amounts(projet),
    )
    return tuple(in_file_order(found))


def _warning(projet: Projet, code: str, path: str, message: str, remedy: str) -> Problem:
    mark = projet.new.contrat.mark(path)
    message = message.replace("’", "'")  # as contracts are typed
    return Problem(code, mark, message, remedy, severity=Severity.AVERTISSEMENT, origin=Origin.USAGE)


def _unamended(projet: Projet) -> Iterator[Problem]:
    """Warn of each part that the avenant says how to word, and does not amend: it may go by another name."""
    parts = dict.fromkeys(each.partie.mots.replace(NBSP, " ") for each in projet.articles)
    known = {*map(str.lower, parts), *(each.section for each in projet.articles)}
    modes = projet.new.schema.at_role("mode_redaction")
    where = f"{projet.avenant.path}.{modes.name}" if modes else projet.avenant.path
    for name in (each for each in projet.avenant.modes if each not in known):
        message = f"l'avenant dit comment rédiger « {name} », et n'y change rien."
        remedy = nearest(name, tuple(parts), f"parties qu'il modifie : {', '.join(parts)}.")
        yield _warning(projet, "CPOM640", where, message, remedy)


def _unjustified(projet: Projet, manifeste: Manifeste) -> Iterator[Problem]:
    """Warn of each part amended that no reason covers, unless the exposé names a case that needs none."""
    avenant = projet.avenant
    expose = unaccented(SPACES.sub(" ", str(avenant.expose or "")).casefold())
    if not manifeste.motifs or any(re.search(rf"\b{re.escape(unaccented(c))}", expose) for c in manifeste.convenus):
        return
    cases = f", ou nommez dans l'exposé un cas qui en dispense : {', '.join(manifeste.convenus)}"
    cases = f"{cases if manifeste.convenus else ''}."
    if not avenant.motifs:
        message, remedy = f"l'avenant n° {avenant.numero} n'invoque aucun motif.", ", ".join(manifeste.motifs)
        motifs = projet.new.schema.at_role("motifs")
        where = f"{avenant.path}.{motifs.name}" if motifs else avenant.path
        yield _warning(projet, "CPOM643", where, message, f"invoquez-en un parmi {remedy}{cases}")
        return
    for article in projet.articles:
        covering = [motif for motif in manifeste.motifs if _covers(manifeste, motif, article)]
        if set(covering).isdisjoint(avenant.motifs):
            message = f"aucun motif invoqué ne couvre ce que l'avenant change {article.partie.au}."
            remedy = f"motifs qui le couvrent : {', '.join(covering) or 'aucun'}{cases}"
            yield _warning(projet, "CPOM643", _path(projet, [article]), message, remedy)


def _covers(manifeste: Manifeste, motif: str, article: ArticleModificatif) -> bool:
    name = PREAMBULE if article.partie.mots == PREAMBULE else article.section
    return motif not in manifeste.couvre or name in manifeste.couvre[motif]


def _unsigned(projet: Projet, manifeste: Manifeste) -> Iterator[Problem]:
    """Warn of sections amended that no signature covers, while other pieces are signed."""
    pieces = {each.piece for each in projet.signed if each.version < projet.avenant.numero}
    if not pieces or "" in pieces:
        return
    signed = {name for piece in pieces for name in manifeste.pieces.get(piece, ())}
    for section in (each.name for each in projet.old.imprime.sections if each.name not in signed):
        if articles := [each for each in projet.articles if each.section == section]:
            parts = enumere([each.partie.le for each in articles])
            told = f"pièces signées : {', '.join(sorted(pieces))}"
            message = f"l'avenant modifie {parts}, qu'aucune signature ne couvre ({told})."
            command = f"cpomgen sign {projet.new.contrat.identifiant} --version {projet.base or 0}"
            command += f" --piece {_piece(manifeste, section)} --le AAAA-MM-JJ"
            remedy = f"ce qui n'est pas signé se corrige sans avenant ; s'il l'est, inscrivez-le : {command}"
            yield _warning(projet, "CPOM644", _path(projet, articles), message, remedy)


def _piece(manifeste: Manifeste, section: str) -> str:
    """Return the smallest document that has a section."""
    having = [name for name, sections in manifeste.pieces.items() if section in sections]
    return min(having, key=lambda name: len(manifeste.pieces[name]), default=section)


def _past_reductions(projet: Projet) -> Iterator[Problem]:
    """Warn of amounts made less for exercises over when the avenant is signed, or when it has effect."""
    day, when = _earliest(projet)
    for ligne, poste in _postes(projet.changes.finances):
        if day and poste.exercice < day.year and poste.ecart < 0:
            change = f"est ramené à {montant(poste.apres)}" if poste.apres is not None else "est supprimé"
            what = f"« {ligne.libelle} » : le montant de {poste.exercice}, {montant(poste.avant or ZERO)}, {change}"
            message = f"{what}, et l'exercice sera passé quand l'avenant sera {when} {jour(day)}."
            remedy = "gardez le montant signé : ce qui a été versé se reprend par la procédure du contrat, non ainsi."
            yield _warning(projet, "CPOM645", _amount_path(projet, ligne.id, poste.exercice), message, remedy)


def _earliest(projet: Projet) -> tuple[date | None, str]:
    """Return from which day an avenant may count, and how that is told: it is signed after what it amends."""
    avenant = projet.avenant
    amended = max((each.le for each in projet.signed if each.version < avenant.numero), default=None)
    if avenant.signature:
        return avenant.signature, "signé, le"
    if avenant.effet and (amended is None or avenant.effet >= amended):
        return avenant.effet, "en vigueur, le"
    return amended, "signé, au plus tôt le"


def _postes(tableaux: Iterable[Tableau]) -> Iterator[tuple[Ligne, Poste]]:
    return ((ligne, poste) for each in tableaux for ligne in each.lignes for poste in ligne.postes)


def _amount_path(projet: Projet, item: str, exercice: int) -> str:
    """Return the path of the amount of a source in a year, that of what changes in the source when it is gone."""
    paths = [each.path for each in projet.changes.champs if f"[{item}]" in each.path]
    return next((path for path in paths if path.endswith(f".{exercice}")), next(iter(paths), ""))


def _made_false(projet: Projet, places: _Places) -> Iterator[Problem]:
    """Warn of texts that the change beside them makes false."""
    for each in outdated(projet.old, projet.new):
        becomes = enumere([f"« {said} »" for said in each.becomes])
        text = f"« {shortened(each.text)} » dit encore « {each.said} »"
        message = f"{places.of(each.path)} : {text}, et l'avenant met {becomes} à la place."
        remedy = "si ce texte n'est plus exact, récrivez-le dans le même avenant."
        yield _warning(projet, "CPOM646", each.path, message, remedy)


def _late(projet: Projet, places: _Places) -> Iterator[Problem]:
    """Warn of deadlines that the act sets and that fall before it has effect."""
    effet, old = projet.avenant.effet or projet.avenant.signature, _deadlines(projet.old)
    for path, day in _deadlines(projet.new).items():
        if effet and day < effet and old.get(path) != day:
            where = f"{places.of(path)} : {_item(projet.new, path)}"
            message = f"{where} a pour nouvelle échéance le {jour(day)}, avant l'effet de l'avenant, le {jour(effet)}."
            remedy = f"fixez-la au plus tôt au {effet.isoformat()}, ou gardez l'échéance signée."
            yield _warning(projet, "CPOM647", path, message, remedy)


def _deadlines(state: State) -> Mapping[str, date]:
    """Return the deadlines of a contract, by path."""
    named = {".".join(path) for path, field in walk(state.schema.root) if field.meta.role == "echeance"}
    days = (leaf for leaf in feuilles(state.contrat.fiche) if isinstance(leaf, Jour))
    return {day.path: day for day in days if without_ids(day.path) in named}


def _item(state: State, path: str) -> str:
    """Return what a reader calls the item that a leaf is in."""
    item = path[: path.rfind("]") + 1]
    lists = (each.item for way, each in walk(state.schema.root) if ".".join(way) == without_ids(item) and each.item)
    naming = next((each.meta.intitule_par for each in lists), "")
    title = next((leaf for leaf in feuilles(state.contrat.fiche) if leaf.path == f"{item}.{naming}"), "")
    return f"« {shortened(str(title))} »" if title else item


def _stale(projet: Projet, decision: Decision) -> Problem:
    """Warn of a décision attributive whose exercise has other amounts."""
    day = decision.jour
    named = f" (« {decision.intitule} »)" if decision.intitule else ""
    what = f"la décision attributive de financement du {jour(day)}{named}"
    message = f"{what} n'est plus conforme au contrat : l'avenant change des montants de {day.year}."
    remedy = "préparez une décision qui la modifie ; l'acte l'annonce."
    return _warning(projet, "CPOM648", decision.path or projet.avenant.path, message, remedy)


def _foreign_amounts(projet: Projet) -> Iterator[Problem]:
    """Warn of amounts of the exposé that neither version has, and that no two amounts differ by."""
    expose = projet.avenant.expose
    known = _amounts(projet)
    for said in dict.fromkeys(AMOUNT.findall(SPACES.sub(" ", str(expose or "")))):
        amount = amount_of(said)
        if amount not in known:
            what = "ni un montant d'avant l'avenant, ni un montant d'après, ni l'écart entre les deux"
            message = f"l'exposé parle de {montant(amount)} : ce n'est {what}."
            remedy = "reprenez-y les montants de l'écart financier, que « cpomgen diff » donne aussi."
            yield _warning(projet, "CPOM649", getattr(expose, "path", ""), message, remedy)


def _amounts(projet: Projet) -> set[Decimal]:
    """Return the amounts of both versions, the sums of those that change, and what they differ by, without a sign."""
    leaves = (leaf for each in (projet.old, projet.new) for leaf in feuilles(each.contrat.fiche))
    found = {Decimal(leaf) for leaf in leaves if isinstance(leaf, Montant)}
    for tableau in projet.changes.finances:
        for ligne in (*tableau.lignes, tableau.total):
            for poste in (*ligne.postes, ligne.total):
                found |= {poste.avant or ZERO, poste.apres or ZERO, abs(poste.ecart)}
    return found


def _path(projet: Projet, articles: Sequence[ArticleModificatif]) -> str:
    """Return the path of the first leaf that articles are about, that of the avenant when they are about none."""
    section, names = articles[0].section, {each.partie.mots.replace(NBSP, " ") for each in articles}
    within = [each for each in projet.changes.texte if section in each.edits[0].path[1:2] and each.paths]
    about = [each for each in within if names & {name.replace(NBSP, " ") for name in each.lieu.parties[:1]}]
    return next((path for each in (*about, *within) for path in each.paths), projet.avenant.path)


class _Places:
    """Where leaves are first read in a version."""

    def __init__(self, state: State) -> None:
        self.found: dict[str, str] = {}
        outline = Outline(state.imprime)
        for section in state.imprime.sections:
            for position, block in enumerate(section.blocks):
                paths = {span.path for each in paragraphs([block]) for span in each.spans if span.path}
                parties = outline.parties(section.name, position)[:1]
                self.found |= dict.fromkeys(paths - self.found.keys(), ", ".join(map(quoted, parties)))

    def of(self, path: str) -> str:
        """Return the part in which a leaf is read, the document when it is not."""
        return self.found.get(path, "contrat")
