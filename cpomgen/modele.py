"""templates/<type>/modele.yaml, read → Modele: which documents a type of contract has, of which sections, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template

from cpomgen.contrat import Fiche
from cpomgen.expression import FAILURES, Expression, Gabarit, french
from cpomgen.filters import BUDGET, Budget, RefusedError
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import Entry, Node, Scalar, Sequence, Source, shown
from cpomgen.source import Mapping as MappingNode
from cpomgen.tree import is_portable

HEAD = (
    "type", "libelle", "gabarit", "style", "titre", "mots", "sections", "documents", "avenant", "motifs_avenant",
    "sans_motif", "stipule",
)  # fmt: skip
WRITINGS = ("detail", "remplacement")  # how an avenant amends a section: by what changes in it, or as a whole


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section of the Word template: its name, and the condition under which a contract has it.

    One is `replaced` when an avenant that changes a word of it writes it again whole.
    """

    nom: str
    condition: Expression | None
    mark: Mark
    replaced: bool = False

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Tell whether a contract has this section."""
        try:
            return self.condition is None or bool(self.condition.value(scope))
        except RefusedError as error:
            raise _fault(self.mark, f"{error}.") from None


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
            raise _fault(self.mark, f"{error}.") from None
        if value not in self.valeurs:
            raise _fault(self.mark, f"« {self.nom} » n'a pas de mots pour la valeur « {shown(value)} ».")
        return Fiche({"valeur": value, **self.valeurs[value]}, "")


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A document: its name in out/, what its title adds to the contract's, and the sections it is made of."""

    nom: str
    titre: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GabaritRule:
    """A Word template: its file, its sections in order, the title of what is printed with it."""

    gabarit: str
    titre: Template
    mark: Mark
    sections: tuple[SectionRule, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sections."""
        return tuple(section.nom for section in self.sections)

    def check_sections(self, count: int) -> None:
        """Raise ProblemError unless the Word template has as many sections as are named."""
        if count != len(self.sections):
            message = f"le gabarit a {count} sections Word, le manifeste en nomme {len(self.sections)}."
            raise _fault(self.mark, message, "nommez chaque section, dans l'ordre.")

    def entitled(self, scope: Mapping[str, Any]) -> str:
        """Return the title, with what templates see written in it."""
        try:
            return self.titre.render({**scope, BUDGET: Budget()})
        except (RefusedError, *FAILURES) as error:
            raise _fault(self.mark, f"le titre ne peut être écrit ({french(error)}).") from None


@dataclass(frozen=True, slots=True)
class AvenantRule(GabaritRule):
    """The Word template of avenants; `article_revision` names, among numbers, the article that lets parties amend."""

    article_revision: str = ""


@dataclass(frozen=True, slots=True)
class Modele(GabaritRule):
    """The manifest of a type of contract; `avenant` is None when its acts are not written."""

    type: str
    style: str
    documents: tuple[DocumentRule, ...]
    mots: tuple[WordsRule, ...] = ()
    avenant: AvenantRule | None = None

    def words(self, scope: Mapping[str, Any]) -> Fiche:
        """Return the words that follow the values of a contract, by name."""
        return Fiche({rule.nom: rule.of(scope) for rule in self.mots}, "")

    @property
    def word_names(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of those words, by the name of their rule."""
        return {rule.nom: rule.names for rule in self.mots}

    def title(self, document: DocumentRule, scope: Mapping[str, Any]) -> str:
        """Return the title of a document of a contract."""
        found = self.entitled(scope)
        return f"{found} – {document.titre}" if document.titre else found

    def chosen(self, names: tuple[str, ...]) -> tuple[DocumentRule, ...]:
        """Return the documents of these names, in that order, all of them for none; raise ProblemError for another."""
        known = {document.nom: document for document in self.documents}
        if unknown := [name for name in names if name not in known]:
            among = f"connus : {', '.join(known)}."
            raise ProblemError(*(_unknown(name, self.mark.file, nearest(name, known, among)) for name in unknown))
        return tuple(known[name] for name in names) or self.documents


def read_modele(source: Source) -> Modele:
    """Return the manifest that a file is; raise ProblemError, located, when it cannot be one."""
    root = source.root
    _check_keys(root, HEAD)
    gabarit = _gabarit(root)
    known = {section.nom for section in gabarit[-1]}
    documents = tuple(_document(_mapping(node), known) for node in _items(root, "documents"))
    _check_names(root, "sections", (section.nom for section in gabarit[-1]))
    _check_names(root, "documents", (document.nom.casefold() for document in documents))
    return Modele(
        *gabarit, _text(root, "type"), _text(root, "style"), documents,
        tuple(_words(each.key.text, _mapping(each.value)) for each in _entries(root, "mots")), _avenant(root),
    )  # fmt: skip


def _gabarit(node: MappingNode) -> tuple[str, Template, Mark, tuple[SectionRule, ...]]:
    """Return what makes a Word template known: its file, the title, where they are said, the sections."""
    try:
        titre = Gabarit(autoescape=False).template(_text(node, "titre"), "titre")
    except RefusedError as error:
        raise _fault(node.mark, f"{error}.") from None
    sections = tuple(_section(_mapping(item)) for item in _items(node, "sections"))
    return _text(node, "gabarit"), titre, node.mark, sections


def _avenant(root: MappingNode) -> AvenantRule | None:
    found = root.get("avenant")
    if found is None:
        return None
    node = _mapping(found)
    _check_keys(node, ("gabarit", "titre", "sections", "article_revision"))
    gabarit = _gabarit(node)
    _check_names(node, "sections", (section.nom for section in gabarit[-1]))
    return AvenantRule(*gabarit, _text(node, "article_revision") if node.get("article_revision") else "")


def _check_keys(node: MappingNode, known: tuple[str, ...]) -> None:
    for entry in node.entries:
        if entry.key.text not in known:
            name = shown(entry.key.text)
            remedy = nearest(name, known, f"connus ici : {', '.join(known)}.")
            raise _fault(entry.key.mark, f"le manifeste ne connaît pas « {name} » ici.", remedy)


def _check_names(root: MappingNode, key: str, names: Iterable[str]) -> None:
    """Raise ProblemError for a name given twice: one of the two would be lost."""
    seen: set[str] = set()
    for name, node in zip(names, _items(root, key), strict=True):
        if name in seen:
            raise _fault(node.mark, f"« {shown(name)} » est déjà nommé plus haut.", "donnez-lui un autre nom.")
        seen.add(name)


def _section(node: MappingNode) -> SectionRule:
    _check_keys(node, ("nom", "condition", "redaction"))
    condition = node.get("condition")
    if condition is not None and not isinstance(condition, Scalar):
        raise _fault(condition.mark, "une condition tient sur une ligne, entre guillemets.")
    try:
        expression = Gabarit().expression(condition.text) if condition is not None else None
    except RefusedError as error:
        raise _fault(node.mark, f"{error}.") from None
    return SectionRule(_text(node, "nom"), expression, node.mark, _writing(node) == "remplacement")


def _writing(node: MappingNode) -> str:
    """Return how an avenant amends a section."""
    found = node.get("redaction")
    if found is None:
        return WRITINGS[0]
    text = found.text if isinstance(found, Scalar) else ""
    if text not in WRITINGS:
        remedy = f"rédactions connues : {', '.join(WRITINGS)}."
        raise _fault(
            found.mark, f"« {shown(text)} » n'est pas une rédaction d'avenant.", nearest(text, WRITINGS, remedy)
        )
    return text


def _words(nom: str, node: MappingNode) -> WordsRule:
    _check_keys(node, ("selon", "valeurs"))
    try:
        selon = Gabarit().expression(_text(node, "selon"))
    except RefusedError as error:
        raise _fault(node.mark, f"{error}.") from None
    lines = [(each.key.text, _mapping(each.value)) for each in _entries(node, "valeurs")]
    valeurs = {value: {word.key.text: _text(line, word.key.text) for word in line.entries} for value, line in lines}
    if not valeurs or len({frozenset(words) for words in valeurs.values()}) > 1:
        raise _fault(node.mark, f"« {shown(nom)} » doit donner les mêmes mots pour chaque valeur.")
    return WordsRule(nom, selon, valeurs, node.mark)


def _document(node: MappingNode, known: set[str]) -> DocumentRule:
    _check_keys(node, ("nom", "titre", "sections"))
    names = tuple(item.text if isinstance(item, Scalar) else "" for item in _items(node, "sections"))
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise _fault(node.mark, f"ce document cite une section inconnue : « {shown(unknown)} ».")
    if len(set(names)) < len(names):
        raise _fault(node.mark, "ce document cite deux fois la même section.")
    nom, titre = _text(node, "nom"), node.get("titre")
    if not is_portable(nom):
        remedy = "des lettres minuscules sans accent, des chiffres et des tirets."
        raise _fault(node.mark, f"« {shown(nom)} » ne peut pas nommer un fichier sur tous les ordinateurs.", remedy)
    if titre is not None and not isinstance(titre, Scalar):
        raise _fault(titre.mark, "un titre tient sur une ligne, entre guillemets.")
    return DocumentRule(nom, titre.text if titre is not None else "", names)


def _mapping(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise _fault(node.mark, "une rubrique (nom: valeur) est attendue ici.")
    return node


def _entries(node: MappingNode, key: str) -> tuple[Entry, ...]:
    found = node.get(key)
    return tuple(_mapping(found).entries) if found is not None else ()


def _items(node: MappingNode, key: str) -> tuple[Node, ...]:
    found = node.get(key)
    if not isinstance(found, Sequence) or not found.items:
        raise _fault(node.mark, f"il manque la liste « {key} ».")
    return found.items


def _text(node: MappingNode, key: str) -> str:
    found = node.get(key)
    if not isinstance(found, Scalar) or not found.text:
        raise _fault(node.mark, f"il manque « {key} ».")
    return found.text


def _unknown(name: str, file: str, remedy: str) -> Problem:
    return Problem("CPOM009", Mark(file), f"ce modèle n'a pas de document « {shown(name)} ».", remedy)


def _fault(mark: Mark, message: str, remedy: str = "corrigez le manifeste du modèle.") -> ProblemError:
    return ProblemError(Problem("CPOM305", mark, message, remedy))
