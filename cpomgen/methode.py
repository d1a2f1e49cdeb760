"""`fiches` in a manifest → the fiches méthodologiques of a type: their Word template, the pieces that they explain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cpomgen.gabarit import GabaritRule, read_gabarit
from cpomgen.problem import Mark, nearest
from cpomgen.rubriques import check_keys, check_names, entries, fault, mapping, text
from cpomgen.schema import Field, Schema, field_at
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import shown

PREFIX = "fiche-"  # of the names of fiches, before that of the piece


@dataclass(frozen=True, slots=True)
class MethodeRule(GabaritRule):
    """The Word template of fiches méthodologiques, and the field of the schema that each explains, by its piece."""

    pieces: Mapping[str, str]
    marks: Mapping[str, Mark]

    def named(self, piece: str) -> str:
        """Return the name of the fiche of a piece, in out/ and for `--document`."""
        return PREFIX + piece

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the names of all fiches."""
        return tuple(map(self.named, self.pieces))

    def asked(self, names: Collection[str], without: Collection[str]) -> tuple[str, ...]:
        """Return the pieces whose fiche is asked for, all for no name, those left out that no fiche comes `without`."""
        order = [name.removeprefix(PREFIX) for name in names if name in self.documents] if names else self.pieces
        return tuple(piece for piece in order if piece not in without)

    def field(self, piece: str, schema: Schema) -> Field:
        """Return the field that the fiche of a piece explains; raise ProblemError when it has nothing to explain."""
        found = field_at(schema.root, tuple(self.pieces[piece].split(".")))
        if found is None or not (found.item or found).fields:
            message = f"« {shown(self.pieces[piece])} » n'est pas une rubrique du schéma : il n'y a rien à expliquer."
            raise fault(self.marks[piece], message)
        return found


def methode_of(root: MappingNode, documents: Iterable[str]) -> MethodeRule | None:
    """Return what a manifest says of fiches, None without any; raise ProblemError when it cannot be followed."""
    found = root.get("fiches")
    if found is None:
        return None
    node, known = mapping(found), tuple(documents)
    check_keys(node, ("gabarit", "titre", "sections", "pieces"))
    gabarit = read_gabarit(node)
    check_names(node, "sections", (section.nom for section in gabarit[-1]))
    lines = entries(node, "pieces")
    if not lines:
        raise fault(node.mark, "il manque les « pieces » que les fiches expliquent.")
    marks = {entry.key.text: entry.key.mark for entry in lines}
    for piece, mark in marks.items():
        if piece not in known:
            remedy = nearest(piece, known, f"documents : {', '.join(known)}.")
            raise fault(mark, f"ce manifeste n'a pas de document « {shown(piece)} ».", remedy)
        if PREFIX + piece in known:
            raise fault(mark, f"« {PREFIX}{piece} » est déjà le nom d'un document.", "donnez-lui un autre nom.")
    below = mapping(node.get("pieces") or node)
    return MethodeRule(*gabarit, {piece: text(below, piece) for piece in marks}, marks)
