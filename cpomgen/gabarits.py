"""Files of a type of contract → what they say of it: its schema, its manifest, its Word templates, compiled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from cpomgen.kept import Kept
from cpomgen.load import load
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.schemas import beside_schema, schema_bytes, schema_of_type
from cpomgen.source import Source
from cpomgen.tree import Tree

if TYPE_CHECKING:
    from cpomgen.gabarit import GabaritRule
    from cpomgen.kind import Type, TypeActe
    from cpomgen.patron import Patron
    from cpomgen.trame import Trame

Made = TypeVar("Made")


def read_once(tree: Tree, path: str, read: Callable[[Source], Made], kept: Kept) -> Made:
    """Return what a YAML file of a tree is read as, once as long as it does not change."""
    return kept.of(f"{read.__name__} {path}", tree.read(path), lambda: read(load(tree, path)), lasting=True)


def read_type(tree: Tree, kind: str, kept: Kept | None = None, *, settled: bool = False) -> Type:
    """Return a type of contract: its schema, its manifest, its Word template for both outputs.

    What is wrong in them is raised; that of a settled version was sound, and is not judged by checks of another day.
    """
    from cpomgen.engines import digest
    from cpomgen.kind import Type

    files = _TypeFiles(tree, kind, kept or Kept(), settled=settled)
    patron, trame = files.compiled(files.modele)
    return Type(files.schema, files.modele, patron, trame, files.style, digest(files.content(files.modele)), files.mark)


def read_text(tree: Tree, kind: str, kept: Kept) -> Type:
    """Return a type of contract as far as the text of its contracts needs it; what fills Word files is left blank."""
    from cpomgen.compile import compile_template
    from cpomgen.kind import Type
    from cpomgen.trame import Trame
    from cpomgen.word import read_template

    files = _TypeFiles(tree, kind, kept, settled=True)
    path = f"{files.folder}/{files.modele.gabarit}"
    content = tree.read(path)
    patron = kept.of(f"text of {path}", content, lambda: compile_template(read_template(content, path)), lasting=True)
    files.modele.check_sections(len(patron.sections))
    return Type(files.schema, files.modele, patron, Trame(path, "", (), {}, {}, {}), files.style, b"", files.mark)


def read_acte(tree: Tree, kind: str, kept: Kept | None = None, *, settled: bool = False) -> TypeActe | None:
    """Return the type of its avenants, read as `read_type` does, None when the manifest of the contract has none."""
    return (files := _TypeFiles(tree, kind, kept or Kept(), settled=settled)).beside(files.modele.avenant)


def read_note(tree: Tree, kind: str, kept: Kept | None = None, *, settled: bool = False) -> TypeActe | None:
    """Return the type of the notes to who signs its avenants, None when the manifest of the contract has none."""
    return (files := _TypeFiles(tree, kind, kept or Kept(), settled=settled)).beside(files.modele.note)


def read_methode(tree: Tree, kind: str, kept: Kept | None = None, *, settled: bool = False) -> TypeActe | None:
    """Return the type of the fiches that explain its pieces, None when the manifest of the contract has none."""
    files = _TypeFiles(tree, kind, kept or Kept(), settled=settled)
    if (rule := files.modele.methode) is None:
        return None
    for piece in rule.pieces:
        rule.field(piece, files.schema)
    return files.beside(rule)


def check_template(tree: Tree, kind: str) -> tuple[Problem, ...]:
    """Return what is wrong in the templates of a type of contract: its own, those of its avenants, notes and fiches."""
    found: list[Problem] = []
    for read in (read_type, read_acte, read_note, read_methode):
        try:
            read(tree, kind)
        except ProblemError as error:
            found += error.problems
    return tuple(dict.fromkeys(found))


def type_contents(tree: Tree, kind: str, kept: Kept) -> dict[str, bytes]:
    """Return the bytes of all that is printed with each Word template of a type, by what it prints; none is read."""
    files = _TypeFiles(tree, kind, kept, settled=True)
    rules = {"contrat": files.modele, "avenant": files.modele.avenant, "note": files.modele.note}
    return {name: files.content(rule) for name, rule in rules.items() if rule is not None}


def type_digest(tree: Tree, kind: str, kept: Kept) -> bytes:
    """Return the digest of all that contracts of a type are printed with; no Word template is read for it."""
    from cpomgen.engines import digest

    files = _TypeFiles(tree, kind, kept, settled=True)
    return digest(files.content(files.modele))


class _TypeFiles:
    """The files of a type of contract, and its Word templates compiled; raises what is wrong in them unless settled."""

    def __init__(self, tree: Tree, kind: str, kept: Kept, *, settled: bool) -> None:
        from cpomgen.modele import read_modele
        from cpomgen.typeset import read_look

        self.tree, self.kind, self.kept, self.folder = tree, kind, kept, f"templates/{kind}"
        self.schema = schema_of_type(tree, kind, kept)
        self.modele = read_once(tree, f"{self.folder}/modele.yaml", read_modele, kept)
        if self.modele.typologies and not settled:
            self.modele.typologies.check(self.schema)
        self.style = tree.read(path := f"{self.folder}/{self.modele.style}")
        self.mark = Mark(path)
        self.look = None if settled else read_look(self.style, self.mark)

    def beside(self, rule: GabaritRule | None) -> TypeActe | None:
        """Return what is printed with a Word template beside that of the contract, None without any."""
        from cpomgen.engines import digest
        from cpomgen.kind import TypeActe

        if rule is None:
            return None
        patron, trame = self.compiled(rule)
        return TypeActe(rule, patron, trame, self.style, digest(self.content(rule)), self.mark)

    def content(self, rule: GabaritRule) -> bytes:
        """Return the bytes of all that what is printed with a Word template is made of."""
        gabarit, schema = self.tree.read(f"{self.folder}/{rule.gabarit}"), schema_bytes(self.tree, self.kind, self.kept)
        return gabarit + self.style + schema + self.tree.read(f"{self.folder}/modele.yaml")

    def compiled(self, rule: GabaritRule) -> tuple[Patron, Trame]:
        """Return a Word template compiled for the PDF, and prepared for Word."""
        path = f"{self.folder}/{rule.gabarit}"
        seen = self.content(rule) + self.tree.read(f"{self.folder}/{self.modele.gabarit}")
        name = f"compiled {path}{'' if self.look is None else ', checked'}"
        patron, trame = self.kept.of(name, seen, lambda: self.read_word(rule, path), lasting=True)
        rule.check_sections(len(patron.sections))
        return patron, trame

    def read_word(self, rule: GabaritRule, path: str) -> tuple[Patron, Trame]:
        """Return a Word template compiled for both outputs; raise what is wrong in it under the look of its type."""
        from cpomgen.check import check_lent, check_word
        from cpomgen.compile import compile_template
        from cpomgen.prepare import prepare
        from cpomgen.reach import check_reach
        from cpomgen.word import read_template

        template = read_template(self.tree.read(path), path)
        if self.look is None:
            return compile_template(template), prepare(template)
        lender, names = f"{self.folder}/{self.modele.gabarit}", self.names(rule)
        quotes = rule is self.modele.avenant
        lent = check_lent(template, read_template(self.tree.read(lender), lender), self.look) if quotes else []
        if faults := [*check_word(template, self.look), *lent]:
            raise ProblemError(*faults)
        patron = compile_template(template)
        due = ("", *names) if rule is self.modele else names[-1:]
        beside = {name: beside_schema(name) for name in names}
        if faults := check_reach(patron, self.schema, self.modele.word_names, beside, due):
            raise ProblemError(*faults)
        return patron, prepare(template)

    def names(self, rule: GabaritRule) -> tuple[str, ...]:
        """Return the names under which a Word template sees more than the contract, that which it must print last."""
        if rule is self.modele:
            return ("consolidation",) if self.modele.consolidation else ()
        if rule is self.modele.methode:
            return ("fiche",)
        return ("acte",) if rule is self.modele.avenant else ("acte", "note")
