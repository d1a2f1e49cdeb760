"""What fields of a schema may take by name: the definitions of its own file, and of the files that it shares.

A definition is a set of fields, that « schema » names, or one field whole, that « comme » names. What is like another
says what it has of its own, at any depth, and takes the rest. A schema may so adapt a definition that it shares, under
its own name: it is then the adapted one wherever that name stands, in the files that it shares too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cpomgen.facets import fault, type_of, unknown
from cpomgen.problem import nearest
from cpomgen.source import Entry, Node, Scalar, Sequence, Source, shown
from cpomgen.source import Mapping as MappingNode

COMMUNS = "communs"  # the rubrique of a schema that names the files it shares, and the folder where they are
DEFINITIONS = "definitions"
LIKE = "comme"
WHOLE = (("meta", "libelles"), ("meta", "faits"))  # of choices, which are other ones
NAME = re.compile(r"(?=.{1,60}$)[a-z0-9]+([-_][a-z0-9]+)*")
MOST = 20  # files; also fields that are like another, one after the other


def shared_names(source: Source) -> tuple[Scalar, ...]:
    """Return the names of the files that a schema shares, none without any; raise ProblemError for what is no name."""
    node = source.root.get(COMMUNS)
    if node is None:
        return ()
    if not isinstance(node, Sequence) or len(node.items) > MOST:
        message = f"« {COMMUNS} » est une liste de fichiers de schemas/{COMMUNS}, {MOST} au plus."
        raise fault(node.mark, message, f"par exemple : {COMMUNS}: [parties, indicateurs]")
    names: dict[str, Scalar] = {}
    for each in node.items:
        if not isinstance(each, Scalar) or not NAME.fullmatch(each.text):
            message = f"« {COMMUNS} » nomme des fichiers de schemas/{COMMUNS}, sans dossier ni extension."
            raise fault(each.mark, message, "des minuscules sans accent, des chiffres et des tirets.")
        if each.text in names:
            raise fault(each.mark, f"« {each.text} » est nommé deux fois.", "ôtez l'un des deux.")
        names[each.text] = each
    return tuple(names.values())


class Definitions:
    """The definitions of a schema, by name; raises ProblemError for two of one name."""

    def __init__(self, source: Source, communs: Iterable[Source]) -> None:
        self.known: dict[str, Entry] = {}
        for each in communs:
            if stray := next((entry.key for entry in each.root.entries if entry.key.text != DEFINITIONS), None):
                raise unknown(stray, "un fichier commun n'a que des définitions", (DEFINITIONS,))
            for entry in _entries(each):
                self.add(entry)
        for entry in _entries(source):
            self.add(entry, adapts=True)

    def add(self, entry: Entry, *, adapts: bool = False) -> None:
        """Add a definition, laid over the one of its name if it is that of a schema which adapts it."""
        name, own, other = entry.key, entry.value, self.known.get(entry.key.text)
        if other is None:
            self.known[name.text] = entry
            return
        like = own.get(LIKE) if isinstance(own, MappingNode) else None
        if not (adapts and isinstance(own, MappingNode) and isinstance(like, Scalar) and like.text == name.text):
            message = f"« {shown(name.text)} » est déjà défini par {other.key.mark.file}."
            raise fault(name.mark, message, f"donnez-lui un autre nom, ou adaptez cette définition : {LIKE}: <son nom>")
        self.known[name.text] = _laid(Entry(name, _without_like(own)), other)

    def fields(self, node: Node) -> MappingNode:
        """Return the fields themselves, or those that a name stands for."""
        if isinstance(node, MappingNode):
            return node
        found = self.named(node)
        if found is None:
            message = "« schema » doit être une liste de champs ou le nom d'une définition."
            raise fault(node.mark, message, self.nearest(node))
        return found

    def complete(self, node: MappingNode) -> MappingNode:
        """Return what describes a field, with what it takes from the field that it is like."""
        for _ in range(MOST):
            like = node.get(LIKE)
            if like is None:
                return node
            model = self.named(like)
            if model is None:
                message = f"« {LIKE} » doit être le nom d'une définition."
                raise fault(like.mark, message, self.nearest(like))
            if not type_of(model) and not isinstance(model.get(LIKE), Scalar):
                message = "cette définition réunit plusieurs champs : elle n'en décrit pas un seul."
                raise fault(like.mark, message, "prenez-la par « schema », dans un champ de type « dict ».")
            node = _over(_without_like(node), model)
        raise fault(node.mark, "ce champ est comme un autre sans fin (une définition se prend elle-même pour modèle).")

    def named(self, node: Node) -> MappingNode | None:
        """Return the definition that a node names, None for no name, or that of none."""
        found = self.known.get(node.text) if isinstance(node, Scalar) else None
        return found.value if found and isinstance(found.value, MappingNode) else None

    def nearest(self, node: Node) -> str:
        """Return what may be done about a name that no definition has."""
        otherwise = f"nommez sous « {COMMUNS} » le fichier qui la donne, ou écrivez-la sous « definitions »."
        return nearest(shown(node.text), self.known, otherwise) if isinstance(node, Scalar) else otherwise


def _entries(source: Source) -> tuple[Entry, ...]:
    """Return the definitions of a file, none without any."""
    found = source.root.get(DEFINITIONS)
    if found is not None and not isinstance(found, MappingNode):
        raise fault(found.mark, f"« {DEFINITIONS} » doit donner des champs à chaque nom.")
    return found.entries if found else ()


def _without_like(node: MappingNode) -> MappingNode:
    return MappingNode(tuple(entry for entry in node.entries if entry.key.text != LIKE), node.mark)


def _over(own: MappingNode, model: MappingNode, within: str = "") -> MappingNode:
    """Return a mapping laid over another: in the order of that one, what it does not have at the end."""
    mine = {entry.key.text: entry for entry in own.entries}
    laid = [_laid(mine.pop(each.key.text), each, within) if each.key.text in mine else each for each in model.entries]
    return MappingNode((*laid, *mine.values()), own.mark)


def _laid(own: Entry, model: Entry, within: str = "") -> Entry:
    """Return an entry laid over another of its name; one that is no rubrique, or is like a third, stands alone."""
    below, under, name = own.value, model.value, own.key.text
    if not (isinstance(below, MappingNode) and isinstance(under, MappingNode)) or below.get(LIKE) is not None:
        return own
    return own if (within, name) in WHOLE else Entry(own.key, _over(below, under, name))
