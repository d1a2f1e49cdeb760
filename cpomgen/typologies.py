"""`typologies` in a manifest → which pieces each typology of contracts calls for, and which fields these hang on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cpomgen.contrat import Choix, Illisible
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.rubriques import champ_of, check_keys, entries, fault, items, mapping, text, words
from cpomgen.schema import Field, Schema, field_at, walk
from cpomgen.source import Entry, Node, Scalar, shown
from cpomgen.source import Mapping as MappingNode


class Appel(Enum):
    """What a typology makes of a piece; the value is the word of manifests."""

    DUE = "due"
    POSSIBLE = "si_applicable"
    EXCLUE = "exclue"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A piece that typologies call for: its sections, the fields that they hang on, the documents that have them all.

    `appels` has what each typology makes of it, `marks` where that is said.
    """

    piece: str
    sections: frozenset[str]
    champs: tuple[str, ...]
    documents: frozenset[str]
    appels: Mapping[str, Appel]
    marks: Mapping[str, Mark]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Typologies:
    """The pieces that contracts have by their typology, which is the value of the field `selon`."""

    selon: str
    pieces: tuple[Attribution, ...]
    mark: Mark

    def of(self, fields: Mapping[Any, Any]) -> Choix | None:
        """Return the typology of a contract, None when it tells none that can be read."""
        found = valued(fields, self.selon)
        return found if isinstance(found, Choix) else None

    def appels(self, fields: Mapping[Any, Any]) -> dict[str, Appel]:
        """Return what the typology of a contract makes of each piece; nothing without a typology."""
        typologie = str(self.of(fields) or "")
        return {each.piece: each.appels[typologie] for each in self.pieces if typologie in each.appels}

    def called(self, fields: Mapping[Any, Any], appel: Appel) -> tuple[Attribution, ...]:
        """Return the pieces of which the typology of a contract makes this; none without a typology."""
        found = self.appels(fields)
        return tuple(each for each in self.pieces if found.get(each.piece) is appel)

    def excluded(self, fields: Mapping[Any, Any]) -> frozenset[str]:
        """Return the sections that no contract of that typology has."""
        return frozenset(name for each in self.called(fields, Appel.EXCLUE) for name in each.sections)

    def check(self, schema: Schema) -> None:
        """Raise ProblemError for all that the schema does not know of, and for what is said of no value."""
        field = field_at(schema.root, tuple(self.selon.split(".")))
        if field is None or field.type != "choix":
            choices = [".".join(path) for path, each in walk(schema.root) if each.type == "choix"]
            message = f"« {shown(self.selon)} » n'est pas un champ au choix du schéma : il ne peut dire la typologie."
            raise fault(self.mark, message, nearest(self.selon, choices, f"champs au choix : {', '.join(choices)}."))
        if faults := [problem for each in self.pieces for problem in self.faults(each, field, schema)]:
            raise ProblemError(*faults)

    def faults(self, piece: Attribution, field: Field, schema: Schema) -> Iterator[Problem]:
        """Yield what is wrong in what is said of a piece: fields, values, values that are left out."""
        allowed = field.rules.get("allowed", ())
        for path in piece.champs:
            if field_at(schema.root, tuple(path.split("."))) is None:
                message = f"« {piece.piece} » tient au champ « {shown(path)} », que le schéma n'a pas."
                yield from fault(piece.mark, message).problems
        for value, mark in piece.marks.items():
            if value not in allowed:
                message = f"« {shown(value)} » n'est pas une valeur de {self.selon}."
                yield from fault(mark, message, nearest(value, allowed, f"valeurs : {', '.join(allowed)}.")).problems
        if missing := [value for value in allowed if value not in piece.appels]:
            message = f"la table ne dit pas ce qu'est « {piece.piece} » pour : {', '.join(missing)}."
            yield from fault(piece.mark, message, f"écrivez {missing[0]}: {_words()}.").problems


def valued(fields: Mapping[Any, Any], path: str) -> Any:  # noqa: ANN401 - a leaf, a Fiche, a Liste, or what is unread
    """Return what a contract has at a path of names, None when it has nothing there."""
    found: Any = fields
    for step in path.split("."):
        if isinstance(found, Illisible):
            return found
        found = found.get(step) if isinstance(found, Mapping) else None
    return found or None


def read_typologies(root: MappingNode) -> Typologies | None:
    """Return the table of typologies of a manifest, None without any; raise ProblemError when it cannot be one."""
    found = root.get("typologies")
    if found is None:
        return None
    node = mapping(found)
    check_keys(node, ("selon", "lecture", "pieces"))
    selon = text(node, "selon")
    if not entries(node, "pieces"):
        raise fault(node.mark, "il manque les « pieces » de la table des typologies.")
    known, conditions = _documents(root), _conditions(root)
    pieces: list[Attribution] = []
    for entry in entries(node, "pieces"):
        piece = _attribution(entry, known, conditions)
        shared = next((each.piece for each in pieces if each.sections & piece.sections), "")
        if shared:
            raise fault(piece.mark, f"« {piece.piece} » et « {shared} » ont une section en commun.")
        pieces.append(piece)
    at = node.get("selon")
    return Typologies(selon, tuple(pieces), at.mark if at else node.mark)


def _attribution(entry: Entry, known: Mapping[str, frozenset[str]], conditions: Mapping[str, str]) -> Attribution:
    """Return what is said of a piece; raise ProblemError for what no contract could have, or be without."""
    nom, mark = entry.key.text, entry.key.mark
    if nom not in known:
        remedy = nearest(nom, known, f"documents : {', '.join(known)}.")
        raise fault(mark, f"ce manifeste n'a pas de document « {shown(nom)} ».", remedy)
    champs = tuple(dict.fromkeys(conditions.get(section, "") for section in sorted(known[nom])))
    if not champs or not all(champs):
        message = f"« {nom} » ne tient à aucun champ : une de ses sections n'a pas pour condition le nom d'un champ."
        raise fault(mark, message, "donnez à chacune « condition: » puis le champ, ou retirez la pièce de la table.")
    appels = mapping(entry.value).entries
    holding = frozenset(name for name, sections in known.items() if known[nom] <= sections)
    return Attribution(
        nom, known[nom], champs, holding, {each.key.text: _appel(each.value) for each in appels},
        {each.key.text: each.key.mark for each in appels}, mark,
    )  # fmt: skip


def _appel(node: Node) -> Appel:
    word = node.text if isinstance(node, Scalar) else ""
    if word not in (words := [each.value for each in Appel]):
        message = f"« {shown(word)} » ne dit pas ce qu'une typologie fait d'une pièce."
        raise fault(node.mark, message, nearest(word, words, f"écrivez {_words()}."))
    return Appel(word)


def _words() -> str:
    first, *others, last = (each.value for each in Appel)
    return f"{', '.join([first, *others])} ou {last}"


def _documents(root: MappingNode) -> dict[str, frozenset[str]]:
    """Return the documents of a manifest, by name, each with its sections."""
    return {text(node, "nom"): words(node, "sections") for node in map(mapping, items(root, "documents"))}


def _conditions(root: MappingNode) -> dict[str, str]:
    """Return the field that each section of a manifest hangs on, "" for none."""
    return {text(node, "nom"): champ_of(node) for node in map(mapping, items(root, "sections"))}
