"""An act in the making → the values that its template prints, under the name `acte`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from cpomgen.acte import Avenant, Decision
from cpomgen.citation import Citation
from cpomgen.contrat import Absent, Entier, Fiche, Jour, Ligne, Liste, Montant, OuiNon, Texte
from cpomgen.designation import NBSP, Nom, ordinal
from cpomgen.ecart import Ligne as Source
from cpomgen.ecart import Poste, Tableau, of_sources
from cpomgen.operation import Action
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.registre import begun, concluded
from cpomgen.wording import accord, enumere, jour, montant, variation

if TYPE_CHECKING:
    from cpomgen.article import ArticleModificatif
    from cpomgen.contrat import Contrat
    from cpomgen.modele import Modele
    from cpomgen.operation import Operation
    from cpomgen.outcome import Projet, State

WHOLE, DETAILED = "remplacement", "detail"  # how a part may be amended, as officers say it
PATH = "acte"
NOTHING = "–"


def announced(avenant: Avenant | None, state: State, number: int) -> Avenant:
    """Return the avenant of a number; raise ProblemError when the contract announces none of that number."""
    if avenant is not None:
        return avenant
    message = f"ce contrat n'annonce pas l'avenant n° {number}." if number else "ce contrat n'annonce aucun avenant."
    remedy = f"annoncez-le sous « avenants » : numero: {number or 1}, un objet, et les motifs qui le justifient."
    path = ".".join(state.schema.path_of("avenants") or ())
    raise ProblemError(Problem("CPOM641", state.contrat.mark(path), message, remedy))


def unwritten(contrat: Contrat) -> Problem:
    """Return what is wrong when a type of contract has no template for its avenants."""
    mark = Mark(f"templates/{contrat.type}/modele.yaml")
    message = "ce type de contrat n'a pas de modèle d'avenant."
    return Problem("CPOM642", mark, message, "ajoutez la rubrique « avenant » au manifeste, avec son fichier Word.")


def unnoted(contrat: Contrat) -> Problem:
    """Return what is wrong when a type of contract has no template for notes, and one is asked for."""
    mark = Mark(f"templates/{contrat.type}/modele.yaml")
    message = "ce type de contrat n'a pas de modèle de note au signataire."
    return Problem("CPOM670", mark, message, "ajoutez la rubrique « note » au manifeste, avec son fichier Word.")


def modes(avenant: Avenant, modele: Modele) -> tuple[frozenset[str], frozenset[str]]:
    """Return the parts to replace whole, then those to amend in detail: the officer's choice, else the manifest's."""
    asked = avenant.modes.items()
    whole = {name for name, mode in asked if mode == WHOLE}
    whole |= {section.nom for section in modele.sections if section.replaced}
    return frozenset(whole), frozenset(name for name, mode in asked if mode == DETAILED)


def enact(projet: Projet, motifs: Sequence[str]) -> Fiche:
    """Return what the template of an act prints; `motifs` are the reasons for amending, as the contract orders them."""
    avenant, signed = projet.avenant, projet.signed
    conclu, complete = begun(signed, 0) or avenant.conclusion, concluded(signed, 0)
    le = avenant.signature
    ranks = sorted(motifs.index(each) for each in avenant.motifs if each in motifs)
    money = projet.changes.finances
    return Fiche(
        {
            "numero": Entier(avenant.numero, f"{PATH}.numero"),
            "objet": Ligne(avenant.objet, f"{PATH}.objet"),
            "expose": Texte(avenant.expose, f"{PATH}.expose") if avenant.expose else Absent(f"{PATH}.expose"),
            "motifs": Liste([_line(ordinal(rank + 1), "motifs") for rank in ranks], f"{PATH}.motifs"),
            "article_revision": _line(projet.cited, "article_revision"),
            "contrat_conclu": _day(conclu, "contrat_conclu"),
            "contrat_complete": _day(complete if complete != conclu else None, "contrat_complete"),
            "contrat_effet": _day(avenant.debut, "contrat_effet"),
            "anterieurs": Liste(_earlier(projet), f"{PATH}.anterieurs"),
            "decisions": Liste(_decisions(avenant.decisions if money else ()), f"{PATH}.decisions"),
            "perimees": Liste(_decisions(stale(projet)), f"{PATH}.perimees"),
            "objets": _line(_amended(projet.articles), "objets"),
            "deja": OuiNon(bool(avenant.effet and (le is None or avenant.effet < le)), f"{PATH}.deja"),
            "date_effet": _day(avenant.effet, "date_effet"),
            "jusqu_au_terme": _day(avenant.fin, "jusqu_au_terme"),
            "articles": Liste(map(_article, projet.articles), f"{PATH}.articles"),
            "finances": _finances(money),
            "comparatif": Liste(map(_compared, projet.changes.texte), f"{PATH}.comparatif"),
            "tableaux": Liste(map(_tableau, money), f"{PATH}.tableaux"),
            "annexes": Liste(_annexes(projet.articles), f"{PATH}.annexes"),
        },
        PATH,
    )


def stale(projet: Projet) -> tuple[Decision, ...]:
    """Return the décisions attributives of the exercises whose amounts change."""
    changed = {poste.exercice for each in projet.changes.finances for poste in each.total.postes if poste.ecart}
    return tuple(each for each in projet.avenant.decisions if each.jour.year in changed)


def _line(text: str, name: str) -> Ligne | Absent:
    return Ligne(text, f"{PATH}.{name}") if text else Absent(f"{PATH}.{name}")


def _day(day: date | None, name: str) -> Jour | Absent:
    return Jour(day, f"{PATH}.{name}") if day else Absent(f"{PATH}.{name}")


def _fiche(fields: Mapping[str, Any]) -> Fiche:
    return Fiche(fields, PATH)


def _earlier(projet: Projet) -> Iterator[Fiche]:
    """Yield the avenants signed before this one, with their day."""
    numbers = {each.version for each in projet.signed} | set(projet.avenant.dates)
    for number in sorted(each for each in numbers if 0 < each < projet.avenant.numero):
        day = concluded(projet.signed, number) or projet.avenant.dates.get(number)
        yield _fiche({"numero": Entier(number, PATH), "date": _day(day, "anterieurs")})


def _decisions(found: Iterable[Decision]) -> Iterator[Ligne]:
    for each in found:
        told = f"la décision attributive de financement du {jour(each.jour)}"
        yield Ligne(f"{told} ({each.intitule})" if each.intitule else told, PATH)


def _amended(articles: Sequence[ArticleModificatif]) -> str:
    """Return the parts that an act amends, as a list read aloud: l’article 3 et les annexes 1 et 4."""
    kinds: dict[str, dict[str, Nom]] = {}
    for each in articles:
        kind, _, number = each.partie.mots.replace(NBSP, " ").partition(" ")
        kinds.setdefault(each.partie.mots if number.startswith("«") else kind, {})[number] = each.partie
    told = []
    for kind, noms in kinds.items():
        many = len(noms) > 1
        told += (
            [f"les {accord(kind, 'm', 2)}{NBSP}{enumere(list(noms))}"] if many else [nom.le for nom in noms.values()]
        )
    return enumere(told)


def _article(article: ArticleModificatif) -> Fiche:
    rows = [
        _fiche(
            {
                "niveau": Entier(each.niveau, PATH),
                "texte": _line(each.texte, "texte"),
                "citation": Citation(each.cite) if each.cite else Absent(PATH),
            }
        )
        for each in article.alineas
    ]
    return _fiche({"titre": Ligne(article.titre, PATH), "alineas": Liste(rows, PATH)})


def _annexes(articles: Sequence[ArticleModificatif]) -> Iterator[Fiche]:
    for each in articles:
        if each.annexe:
            yield _fiche({"citation": Citation(each.annexe)})


def _finances(tableaux: Sequence[Tableau]) -> Fiche | Absent:
    """Return what becomes of the sum of the contract, absent when no amount changes."""
    found = of_sources(tableaux)
    if found is None:
        return Absent(f"{PATH}.finances")
    postes = (poste for ligne in (found.total, *found.lignes) for poste in ligne.postes)
    years = [str(year) for year in sorted({poste.exercice for poste in postes if poste.ecart})]
    if not years:  # a source without any amount, come or gone
        return Absent(f"{PATH}.finances")
    return _fiche(
        {
            **_somme(found.total.total),
            "exercices": _line(enumere(years), "exercices"), "plusieurs": OuiNon(len(years) > 1, PATH),
        }
    )  # fmt: skip


def _somme(total: Poste) -> dict[str, Any]:
    """Return a total before and after, and what they differ by."""
    return {
        "avant": _sum(total.avant), "apres": _sum(total.apres), "ecart": _sum(total.ecart),
        "ecart_absolu": _sum(abs(total.ecart)),
        "hausse": OuiNon(total.ecart > 0, PATH), "nul": OuiNon(not total.ecart, PATH),
    }  # fmt: skip


def _sum(amount: Decimal | None) -> Montant:
    return Montant(amount or Decimal(0), PATH)


def _compared(operation: Operation) -> Fiche:
    """Return a row of the comparative table: the place, what stood there, what stands there now."""
    before, after = ("\n".join(texts) or NOTHING for texts in (operation.old, operation.new))
    if operation.action is Action.DEPLACER and operation.vers:
        after = f"(placé {'en tête' if operation.premier else 'après'} : {operation.vers})"
    return _fiche(
        {
            "lieu": Ligne(_one(_where(operation)), PATH),
            "avant": Ligne(_one(before), PATH),
            "apres": Ligne(_one(after), PATH),
        }
    )


def _where(operation: Operation) -> str:
    """Return the place of a change, that of the unit beside it for what is inserted."""
    lieu = str(operation.lieu)
    if operation.action is not Action.INSERER or not lieu:
        return lieu
    return f"{lieu} (en tête)" if operation.premier else f"à la suite de : {lieu}"


def _one(text: str) -> str:
    return " / ".join(line for line in text.split("\n") if line)


def _tableau(tableau: Tableau) -> Fiche:
    rows = [row for ligne in tableau.lignes for row in _source(ligne)]
    rows += _source(tableau.total, total=True)
    lignes = {"libelle": Ligne(tableau.libelle, PATH), "lignes": Liste(rows, PATH)}
    return _fiche({**lignes, **_somme(tableau.total.total)})


def _source(ligne: Source, *, total: bool = False) -> list[Fiche]:
    """Return the rows of a source: its exercises that change, what they come to since the first one, then all of them.

    The `total` of all sources has all its exercises.
    """
    if all(poste.avant == poste.apres for poste in ligne.postes):
        return []
    sums = accumulate(poste.ecart for poste in ligne.postes)
    rows = [
        _poste(ligne.libelle, str(poste.exercice), poste, montant(cumul), total=total)
        for poste, cumul in zip(ligne.postes, sums, strict=True)
        if total or poste.avant != poste.apres
    ]
    return [*rows, _poste(ligne.libelle, "tous exercices", ligne.total, NOTHING, total=True)]


def _poste(libelle: str, exercice: str, poste: Poste, cumul: str, *, total: bool) -> Fiche:
    before, after = (NOTHING if each is None else montant(each) for each in (poste.avant, poste.apres))
    texts = {
        "source": libelle, "exercice": exercice, "avant": before, "apres": after,
        "ecart": variation(poste.ecart), "cumul": cumul,
    }  # fmt: skip
    return _fiche({**{name: Ligne(text, PATH) for name, text in texts.items()}, "total": OuiNon(total, PATH)})
