"""Files of a project at one moment → its contracts, read as far as they can be; its types, read and compiled once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cpomgen.campagne import Campagne, campagne_of, described
from cpomgen.catalogue import Catalogue, catalogue_of
from cpomgen.concordance import Search
from cpomgen.contrat import Contrat
from cpomgen.examine import Dossier, acte_of, as_typed, duree_of, examined, fiche_of, likely_voisin, voisin_of
from cpomgen.join import join
from cpomgen.kept import Kept
from cpomgen.load import load
from cpomgen.manifeste import Manifeste, read_manifeste
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.project import CAMPAGNE, contract_file, has_campagne, kind_of
from cpomgen.registre import Signature, read_registre, register_file
from cpomgen.resolve import resolve
from cpomgen.schema import Schema
from cpomgen.schemas import all_schemas, beside_schema, schema_bytes, schema_of_type
from cpomgen.source import Source
from cpomgen.tree import Moment, Tree
from cpomgen.validate import validate
from cpomgen.voisin import Voisin

if TYPE_CHECKING:
    from cpomgen.acte import Acte
    from cpomgen.fiche import FicheContrat
    from cpomgen.gabarit import GabaritRule
    from cpomgen.kind import Type, TypeActe
    from cpomgen.patron import Patron
    from cpomgen.situation import EnCours, Signe
    from cpomgen.trame import Trame
    from cpomgen.version import Version

Made = TypeVar("Made")


class Reading:
    """The contracts of a tree at one moment, read as far as they can be; `kept` is what they share with later ones."""

    def __init__(self, tree: Tree, kept: Kept | None = None) -> None:
        self.tree = Moment(tree)
        self.kept, self.past, self.search = kept or Kept(), Kept(), Search(self.text)

    def examined(self, identifiant: str, *, settled: bool = False) -> Contrat:
        """Return a contract with all that is wrong in it, in file order; `settled` for one about to be signed."""
        return examined(self.dossier(identifiant, settled=settled))

    def dossier(self, identifiant: str, *, settled: bool = False) -> Dossier:
        """Return a contract as rules look at it, `settled` when about to be signed; raise ProblemError if unread."""
        contrat, schema = self.resolved(identifiant)
        manifeste = self.kind(contrat.type)[1]
        campagne = self.catalogue() if contrat.draws else None
        days = (campagne.debut, campagne.fin) if campagne else (None, None)
        return Dossier(contrat, schema, settled, manifeste.motifs, manifeste.stipule, self.around, days)

    def resolved(self, identifiant: str, file: str = "") -> tuple[Contrat, Schema]:
        """Return a contract, from its file or another, and its schema; raise ProblemError when it cannot be read."""
        found = load(self.tree, file or contract_file(self.tree, identifiant))
        source = replace(found, file=f"contracts/{identifiant}.yaml")  # whatever a version of it is called
        schema = self.kind(kind_of(source, self.tree))[0]
        return resolve(validate(join(source, schema, self.catalogue), schema), schema), schema

    def kind(self, name: str) -> tuple[Schema, Manifeste]:
        """Return the schema of a type of contract, and what rules need of its manifest."""
        schema = schema_of_type(self.tree, name, self.kept)
        return schema, read_once(self.tree, f"templates/{name}/modele.yaml", read_manifeste, self.kept)

    def catalogue(self) -> Catalogue | None:
        """Return what contracts may refer to, None without any; raise ProblemError when it cannot be read."""
        return read_once(self.tree, CAMPAGNE, catalogue_of, self.kept) if has_campagne(self.tree) else None

    def campagne(self) -> Campagne | None:
        """Return the campaign of the project, with all that is wrong in it, None when it has none.

        Raise ProblemError when its file cannot be read, or the schema of a type of contract, which it hangs on.
        """
        if not has_campagne(self.tree):
            return None
        content = self.tree.read(CAMPAGNE) + all_schemas(self.tree, self.kept)
        return self.kept.of("campagne", content, self.read_campagne)

    def read_campagne(self) -> Campagne:
        """Return the campaign of the project, whose lists are described by its types of contract."""
        kinds = self.tree.names("schemas", ".yaml")
        schemas = [schema_of_type(self.tree, name, self.kept) for name in kinds]
        documents: list[str] = []
        for name in kinds:
            with suppress(ProblemError):  # of a manifest, which its contracts tell
                documents += self.kind(name)[1].documents
        schema = described(beside_schema("campagne"), schemas)
        source = load(self.tree, CAMPAGNE)
        return campagne_of(source, resolve(validate(source, schema), schema), schema, documents)

    def acte(self, identifiant: str) -> Acte:
        """Return what signing needs of a contract; its files are those that were read until now."""
        contrat, schema = self.resolved(identifiant)
        return acte_of(Dossier(contrat, schema), self.kind(contrat.type)[1].documents, tuple(self.tree.contents))

    def fiche(self, identifiant: str, file: str = "", number: int | None = None) -> FicheContrat:
        """Return what a portfolio needs of a contract, or of its version of that number; its pieces if it is sound."""
        contrat, schema = self.resolved(identifiant, file)
        return fiche_of(Dossier(contrat, schema), lambda: self.sections(contrat), number)

    def signe(self, identifiant: str, number: int, facts: Collection[Signature]) -> Signe | EnCours:
        """Return what facts of signature make of a version: an act that is signed, or one that some have signed."""
        from cpomgen.situation import signe

        contrat, schema = self.resolved(identifiant)
        sections = self.sections(contrat) if any(each.piece for each in facts) else {}
        dossier = Dossier(contrat, schema)
        return signe(number, facts, acte_of(dossier).qualites, sections, duree_of(dossier, number))

    def sections(self, contrat: Contrat) -> dict[str, tuple[str, ...]]:
        """Return the documents that a contract has, by name, each with its sections."""
        from cpomgen.edition import Edition
        from cpomgen.modele import read_modele
        from cpomgen.scope import scope_of

        modele = read_once(self.tree, f"templates/{contrat.type}/modele.yaml", read_modele, self.kept)
        scope = scope_of(contrat, modele, Edition.PROJET, "")
        present = {section.nom for section in modele.sections if section.holds(scope)}
        found = {each.nom: tuple(part for part in each.sections if part in present) for each in modele.documents}
        return {name: parts for name, parts in found.items() if parts}

    def since(self, signed: Version) -> Reading:
        """Return what reads a version that was signed; versions of one type share it."""
        return Reading(signed.tree, self.past)

    def around(self, dossier: Dossier) -> Iterator[Voisin]:
        """Yield the other contracts that seem to bind the same parties; one that cannot be read has its own errors."""
        sought = likely_voisin(dossier)
        for other in self.search.among(self.tree.names("contracts", ".yaml"), sought.couples):
            with suppress(ProblemError):
                if other != dossier.contrat.identifiant and sought.is_in(self.text(other)):
                    yield from filter(None, [self.voisin(other)])

    def text(self, identifiant: str) -> str:
        """Return the text of a contract, folded to be searched for names; raise ProblemError when it has none."""
        content = self.tree.read(f"contracts/{identifiant}.yaml")
        return self.kept.of(f"text of {identifiant}", content, lambda: as_typed(content.decode(errors="replace")))

    def voisin(self, identifiant: str) -> Voisin | None:
        """Return what other contracts need of one, None without its parties; raise ProblemError when it is unread."""
        content = self.tree.read(f"contracts/{identifiant}.yaml") + all_schemas(self.tree, self.kept)
        return self.kept.of(f"voisin {identifiant}", content, lambda: voisin_of(Dossier(*self.resolved(identifiant))))


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


def check_template(tree: Tree, kind: str) -> tuple[Problem, ...]:
    """Return what is wrong in the templates of a type of contract: its own, those of its avenants and notes."""
    found: list[Problem] = []
    for read in (read_type, read_acte, read_note):
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


class _TypeFiles:
    """The files of a type of contract, and its Word templates compiled; raises what is wrong in them unless settled."""

    def __init__(self, tree: Tree, kind: str, kept: Kept, *, settled: bool) -> None:
        from cpomgen.modele import read_modele
        from cpomgen.typeset import read_look

        self.tree, self.kind, self.kept, self.folder = tree, kind, kept, f"templates/{kind}"
        self.schema = schema_of_type(tree, kind, kept)
        self.modele = read_once(tree, f"{self.folder}/modele.yaml", read_modele, kept)
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
        return ("acte",) if rule is self.modele.avenant else ("acte", "note")


def abandons(tree: Tree, identifiant: str) -> Mapping[int, Mark]:
    """Return the numbers of the avenants that a contract says abandoned; none when it cannot be read."""
    with suppress(ProblemError):
        return Reading(tree).acte(identifiant).abandons
    return {}


def signatures(tree: Tree, identifiant: str) -> tuple[Signature, ...]:
    """Return what the register of a contract holds, nothing when it has none; raise ProblemError when it is unsound."""
    if identifiant not in tree.names("signatures", ".yaml"):
        return ()
    return read_registre(load(tree, register_file(identifiant)))
