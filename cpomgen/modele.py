"""templates/<type>/modele.yaml, read → Modele: which documents a type of contract has, of which sections, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from cpomgen.contrat import Fiche
from cpomgen.expression import Expression, Gabarit
from cpomgen.filters import RefusedError
from cpomgen.gabarit import GabaritRule, SectionRule, read_gabarit
from cpomgen.methode import MethodeRule, methode_of
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.rubriques import check_keys, check_names, entries, fault, items, mapping, text
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Scalar, Source, shown
from cpomgen.tree import is_portable
from cpomgen.typologies import Appel, Typologies, read_typologies

OF_PROJECT = "une fiche méthodologique accompagne le projet, jamais une version."
HEAD = (
    "type", "libelle", "gabarit", "style", "titre", "mots", "sections", "documents", "consolidation", "avenant",
    "note", "fiches", "typologies", "motifs_avenant", "sans_motif", "stipule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordsRule:
    """Words that follow the value of a field: for each value, the same names; those of the first when it is empty."""

    nom: str
    selon: Expression
    valeurs: Mapping[str, Mapping[str, str]]
    mark: Mark

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the words; `valeur` is the value itself."""
        return ("valeur", *next(iter(self.valeurs.values())))

    def of(self, scope: Mapping[str, Any]) -> Fiche:
        """Return the words of a contract."""
        try:
            value = str(self.selon.value(scope) or next(iter(self.valeurs)))
        except RefusedError as error:
            raise fault(self.mark, f"{error}.") from None
        if value not in self.valeurs:
            raise fault(self.mark, f"« {self.nom} » n'a pas de mots pour la valeur « {shown(value)} ».")
        return Fiche({"valeur": value, **self.valeurs[value]}, "")


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A document: its name in out/, what its title adds to the contract's, and the sections it is made of."""

    nom: str
    titre: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AvenantRule(GabaritRule):
    """The Word template of avenants; `article_revision` names, among numbers, the article that lets parties amend."""

    article_revision: str = ""


@dataclass(frozen=True, slots=True)
class Modele(GabaritRule):
    """The manifest of a type of contract; `avenant` and `note` are None when its acts, its notes are not written.

    `consolidation` names the section that only a consolidated text has: which avenant amended which passage.
    """

    type: str
    style: str
    documents: tuple[DocumentRule, ...]
    mots: tuple[WordsRule, ...] = ()
    avenant: AvenantRule | None = None
    note: GabaritRule | None = None
    consolidation: str = ""
    typologies: Typologies | None = None
    methode: MethodeRule | None = None

    def printed(self, scope: Mapping[str, Any]) -> list[str]:
        """Return the names of the sections, none that the contract's typology excludes.

        That of the consolidation is among them when there is one to print.
        """
        without = self.typologies.excluded(scope) if self.typologies else ()
        found = ["" if nom in without else nom for nom in GabaritRule.printed(self, scope)]
        return found if scope.get("consolidation") else ["" if nom == self.consolidation else nom for nom in found]

    def words(self, scope: Mapping[str, Any]) -> Fiche:
        """Return the words that follow the values of a contract, by name."""
        return Fiche({rule.nom: rule.of(scope) for rule in self.mots}, "")

    def appels(self, fields: Mapping[str, Any]) -> Fiche:
        """Return what the typology of a contract makes of each piece, by name, in the words of the manifest."""
        found = self.typologies.appels(fields) if self.typologies else {}
        return Fiche({piece: appel.value for piece, appel in found.items()}, "")

    @property
    def word_names(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of those words, by the name of their rule."""
        return {rule.nom: rule.names for rule in self.mots}

    def title(self, document: DocumentRule, scope: Mapping[str, Any]) -> str:
        """Return the title of a document of a contract."""
        found = self.entitled(scope)
        return f"{found} – {document.titre}" if document.titre else found

    def chosen(self, names: tuple[str, ...], *, project: bool = True) -> tuple[DocumentRule, ...]:
        """Return the documents of these names, in that order, all of them for none; raise ProblemError for another.

        The names of fiches are known too, for a `project` alone, and are no documents of a contract.
        """
        documents = {document.nom: document for document in self.documents}
        fiches = self.methode.documents if self.methode else ()
        known = (*documents, *(fiches if project else ()))
        among = f"connus : {', '.join(known)}."
        if unknown := [name for name in names if name not in known]:
            remedies = (OF_PROJECT if name in fiches else nearest(name, known, among) for name in unknown)
            raise ProblemError(*map(_unknown, unknown, repeat(self.mark.file), remedies))
        return tuple(documents[name] for name in names if name in documents) if names else self.documents

    def explained(self, names: tuple[str, ...], fields: Mapping[Any, Any]) -> tuple[str, ...]:
        """Return the pieces whose fiches are asked for, all for no name; none that the contract's typology excludes."""
        excluded = self.typologies.called(fields, Appel.EXCLUE) if self.typologies else ()
        return self.methode.asked(names, {each.piece for each in excluded}) if self.methode else ()


def read_modele(source: Source) -> Modele:
    """Return the manifest that a file is; raise ProblemError, located, when it cannot be one."""
    root = source.root
    check_keys(root, HEAD)
    gabarit = read_gabarit(root)
    known = {section.nom for section in gabarit[-1]}
    documents = tuple(_document(mapping(node), known) for node in items(root, "documents"))
    check_names(root, "sections", (section.nom for section in gabarit[-1]))
    check_names(root, "documents", (document.nom.casefold() for document in documents))
    return Modele(
        *gabarit, text(root, "type"), text(root, "style"), documents,
        tuple(_words(each.key.text, mapping(each.value)) for each in entries(root, "mots")), _avenant(root),
        _note(root), _consolidation(root, gabarit[-1], documents), read_typologies(root),
        methode_of(root, (document.nom for document in documents)),
    )  # fmt: skip


def _avenant(root: MappingNode) -> AvenantRule | None:
    found = root.get("avenant")
    if found is None:
        return None
    node = mapping(found)
    check_keys(node, ("gabarit", "titre", "sections", "article_revision"))
    gabarit = read_gabarit(node)
    check_names(node, "sections", (section.nom for section in gabarit[-1]))
    return AvenantRule(*gabarit, text(node, "article_revision") if node.get("article_revision") else "")


def _note(root: MappingNode) -> GabaritRule | None:
    found = root.get("note")
    if found is None:
        return None
    node = mapping(found)
    check_keys(node, ("gabarit", "titre", "sections"))
    return GabaritRule(*read_gabarit(node))


def _consolidation(root: MappingNode, sections: Iterable[SectionRule], documents: Iterable[DocumentRule]) -> str:
    """Return the section that closes a consolidated text; raise ProblemError unless it is the last, in no document."""
    if (found := root.get("consolidation")) is None:
        return ""
    nom, last = text(root, "consolidation"), [section.nom for section in sections][-1]
    if nom != last:
        message = f"« consolidation » nomme « {shown(nom)} » : ce doit être la dernière section du fichier Word."
        raise fault(found.mark, message, f"écrivez consolidation: {last}")
    if guilty := next((each.nom for each in documents if nom in each.sections), ""):
        message = f"« {shown(nom)} » ne suit qu'un texte consolidé, et le document « {guilty} » la comprend."
        raise fault(found.mark, message, "retirez-la de ses sections.")
    return nom


def _words(nom: str, node: MappingNode) -> WordsRule:
    check_keys(node, ("selon", "valeurs"))
    try:
        selon = Gabarit().expression(text(node, "selon"))
    except RefusedError as error:
        raise fault(node.mark, f"{error}.") from None
    lines = [(each.key.text, mapping(each.value)) for each in entries(node, "valeurs")]
    valeurs = {value: {word.key.text: text(line, word.key.text) for word in line.entries} for value, line in lines}
    if not valeurs or len({frozenset(words) for words in valeurs.values()}) > 1:
        raise fault(node.mark, f"« {shown(nom)} » doit donner les mêmes mots pour chaque valeur.")
    return WordsRule(nom, selon, valeurs, node.mark)


def _document(node: MappingNode, known: set[str]) -> DocumentRule:
    check_keys(node, ("nom", "titre", "sections"))
    names = tuple(item.text if isinstance(item, Scalar) else "" for item in items(node, "sections"))
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise fault(node.mark, f"ce document cite une section inconnue : « {shown(unknown)} ».")
    if len(set(names)) < len(names):
        raise fault(node.mark, "ce document cite deux fois la même section.")
    nom, titre = text(node, "nom"), node.get("titre")
    if not is_portable(nom):
        remedy = "des lettres minuscules sans accent, des chiffres et des tirets."
        raise fault(node.mark, f"« {shown(nom)} » ne peut pas nommer un fichier sur tous les ordinateurs.", remedy)
    if titre is not None and not isinstance(titre, Scalar):
        raise fault(titre.mark, "un titre tient sur une ligne, entre guillemets.")
    return DocumentRule(nom, titre.text if titre is not None else "", names)


def _unknown(name: str, file: str, remedy: str) -> Problem:
    return Problem("CPOM009", Mark(file), f"ce modèle n'a pas de document « {shown(name)} ».", remedy)
