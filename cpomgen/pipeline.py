"""load, validate, resolve, examine; compile, prepare; print, typeset, fill; write: the order of the stages, no more.

The stages that render are imported where they are called: a contract is checked without them, in a moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cpomgen import __version__
from cpomgen.contrat import Contrat
from cpomgen.examine import Dossier, Voisin, as_typed, examine, is_likely_voisin, voisin_of
from cpomgen.kept import Kept
from cpomgen.kind import Type
from cpomgen.load import load
from cpomgen.manifeste import Manifeste, read_manifeste
from cpomgen.outcome import Changes, Options, Outcome, Started, State
from cpomgen.problem import Mark, Problem, ProblemError, in_file_order, is_blocking
from cpomgen.project import contract_file, kind_of, known_type, new_file
from cpomgen.resolve import resolve
from cpomgen.schema import Schema, read_schema
from cpomgen.source import Source
from cpomgen.tree import Moment, Tree
from cpomgen.validate import validate

if TYPE_CHECKING:
    from cpomgen.imprime import Imprime
    from cpomgen.modele import Modele
    from cpomgen.patron import Patron
    from cpomgen.trame import Trame

Made = TypeVar("Made")


class Reading:
    """The contracts of a tree at one moment, read as far as they can be; `kept` is what they share with later ones."""

    def __init__(self, tree: Tree, kept: Kept | None = None) -> None:
        self.tree = Moment(tree)
        self.kept = kept or Kept()

    def examined(self, identifiant: str, *, settled: bool = False) -> Contrat:
        """Return a contract with all that is wrong in it, in file order; `settled` for one about to be signed."""
        contrat, schema = self.resolved(identifiant)
        manifeste = self.kind(contrat.type)[1]
        found = examine(Dossier(contrat, schema, settled, manifeste.motifs, manifeste.stipule, self.around))
        return replace(contrat, problems=tuple(in_file_order([*contrat.problems, *found])))

    def resolved(self, identifiant: str) -> tuple[Contrat, Schema]:
        """Return a contract and its schema; raise ProblemError when it cannot be read at all."""
        source = load(self.tree, contract_file(self.tree, identifiant))
        schema = self.kind(kind_of(source, self.tree))[0]
        return resolve(validate(source, schema), schema), schema

    def kind(self, name: str) -> tuple[Schema, Manifeste]:
        """Return the schema of a type of contract, and what rules need of its manifest."""
        schema = read_once(self.tree, f"schemas/{name}.yaml", read_schema, self.kept)
        return schema, read_once(self.tree, f"templates/{name}/modele.yaml", read_manifeste, self.kept)

    def around(self, dossier: Dossier) -> Iterator[Voisin]:
        """Yield the other contracts that seem to bind the same parties; one that cannot be read has its own errors."""
        for other in self.tree.names("contracts", ".yaml"):
            if other != dossier.contrat.identifiant and is_likely_voisin(dossier, self.content(other)):
                found = self.voisin(other)
                if found is not None:
                    yield found

    def content(self, identifiant: str) -> str:
        """Return the text of a contract, folded to be searched for names."""
        try:
            content = self.tree.read(f"contracts/{identifiant}.yaml")
        except ProblemError:
            return ""
        return self.kept.of(f"text of {identifiant}", content, lambda: as_typed(content.decode(errors="replace")))

    def voisin(self, identifiant: str) -> Voisin | None:
        """Return what other contracts need of one, None when it cannot be read."""
        schemas = (f"schemas/{name}.yaml" for name in self.tree.names("schemas", ".yaml"))
        try:
            content = b"".join(map(self.tree.read, (f"contracts/{identifiant}.yaml", *schemas)))
            return self.kept.of(
                f"voisin {identifiant}", content, lambda: voisin_of(Dossier(*self.resolved(identifiant)))
            )
        except ProblemError:
            return None


def read_once(tree: Tree, path: str, read: Callable[[Source], Made], kept: Kept) -> Made:
    """Return what a YAML file of a tree is read as, once as long as it does not change."""
    return kept.of(f"{read.__name__} {path}", tree.read(path), lambda: read(load(tree, path)))


def check(tree: Tree, identifiants: Iterable[str], *, settled: bool = False) -> Iterator[Outcome]:
    """Yield what is wrong in each contract; nothing is rendered."""
    reading = Reading(tree)
    for identifiant in identifiants:
        try:
            yield Outcome(identifiant, problems=reading.examined(identifiant, settled=settled).problems)
        except ProblemError as error:
            yield Outcome(identifiant, problems=error.problems)


def build(
    tree: Tree, root: Path, identifiants: Iterable[str], options: Options, *, overwrite: bool = False
) -> Iterator[Outcome]:
    """Build the documents of contracts, write them below out/; a contract in error does not stop the others."""
    reading = Reading(tree)
    for identifiant in identifiants:
        try:
            contrat = reading.examined(identifiant)
            yield put(root, contrat, dict(build_contract(reading, contrat, options)), overwrite=overwrite)
        except ProblemError as error:
            yield Outcome(identifiant, problems=error.problems)


def rebuild(reading: Reading, root: Path, name: str, options: Options, *, overwrite: bool) -> Iterator[Outcome]:
    """Yield what becomes of a contract document by document, each one whole, written when it is asked for."""
    try:
        contrat = reading.examined(name)
        files = build_contract(reading, contrat, options)
        for _, document in groupby(files, key=lambda file: file[0].rpartition(".")[0]):
            yield put(root, contrat, dict(document), overwrite=overwrite)
    except ProblemError as error:
        yield Outcome(name, problems=error.problems)


def build_contract(reading: Reading, contrat: Contrat, options: Options) -> Iterator[tuple[str, bytes]]:
    """Return the files of the documents of one contract, each with its path below out/."""
    if any(map(is_blocking, contrat.problems)):
        raise ProblemError(*contrat.problems)
    return documents(contrat, read_type(reading.tree, contrat.type, reading.kept), options)


def put(root: Path, contrat: Contrat, files: Mapping[str, bytes], *, overwrite: bool) -> Outcome:
    """Write files of a contract, all of them or none, and return what became of them."""
    from cpomgen.write import write

    try:
        done = write(root, files, overwrite=overwrite)
    except ProblemError as error:
        return Outcome(contrat.identifiant, problems=error.problems)
    return Outcome(contrat.identifiant, done.written, done.unchanged, contrat.problems, tuple(files))


def begin(tree: Tree, root: Path, identifiant: str, kind: str) -> Started:
    """Write a new contract of a type, to be filled; raise ProblemError when its id will not do, or is taken."""
    from cpomgen.blanks import blanks
    from cpomgen.create import create
    from cpomgen.draft import draft

    schema = read_schema(load(tree, f"schemas/{known_type(tree, kind)}.yaml"))
    file = new_file(identifiant, schema.at_role("identifiant"))
    text = draft(schema, identifiant, helped=kind in tree.names("schemas", ".schema.json"))
    create(root, {file: text.encode()})
    return Started(file, blanks(load(tree, file), schema))


def follow(tree: Tree, root: Path, identifiant: str, name: str = "") -> Started:
    """Write the contract that follows another, under its own name or that of its first year, to be filled."""
    from cpomgen.blanks import blanks
    from cpomgen.create import create
    from cpomgen.renew import renew
    from cpomgen.splice import laid_as, text_of
    from cpomgen.term import renewed_id, term_after

    content = tree.read(path := contract_file(tree, identifiant))
    source = load(tree, path)
    schema = read_schema(load(tree, f"schemas/{kind_of(source, tree)}.yaml"))
    name = name or renewed_id(identifiant, term_after(source, schema))
    file = new_file(name, schema.at_role("identifiant"))
    renewed = renew(source, text_of(content), schema, name)
    create(root, {file: laid_as(content, renewed.text)})
    return Started(file, blanks(load(tree, file), schema), renewed)


def state_of(reading: Reading, identifiant: str) -> State:
    """Return a contract and its text, whatever rules say of it; raise ProblemError when it cannot be printed."""
    from cpomgen.edition import Edition
    from cpomgen.scope import scope_of

    contrat, schema = reading.resolved(identifiant)
    if any(map(is_blocking, contrat.problems)):
        raise ProblemError(*contrat.problems)
    type_ = read_type(reading.tree, contrat.type, reading.kept)
    return State(contrat, schema, print_all(type_, scope_of(contrat, type_.modele, Edition.PROJET, "")))


def differ(old: State, new: State) -> Changes:
    """Return what changes from a contract to another: in the text, in the fields, in the amounts."""
    from cpomgen.compare import compare
    from cpomgen.difference import difference
    from cpomgen.finances import finances

    before, after = ((each.contrat, each.schema) for each in (old, new))
    return Changes(compare(old.imprime, new.imprime), difference(before, after), finances(before, after))


def check_template(tree: Tree, kind: str) -> tuple[Problem, ...]:
    """Return what is wrong in the template of a type of contract."""
    try:
        read_type(tree, kind)
    except ProblemError as error:
        return error.problems
    return ()


def describe(tree: Tree, kind: str, form: str) -> str:
    """Return the fields of a type of contract, as an editor (`json-schema`) or an officer (`markdown`) reads them."""
    from cpomgen.editor import json_schema
    from cpomgen.reference import reference

    schema = read_schema(load(tree, f"schemas/{known_type(tree, kind)}.yaml"))
    return reference(schema) if form == "markdown" else json_schema(schema)


def read_type(tree: Tree, kind: str, kept: Kept | None = None) -> Type:
    """Return a type of contract: its schema, its manifest, its Word template for both outputs, none of them wrong."""
    from importlib.metadata import version

    from cpomgen.modele import read_modele

    folder, kept = f"templates/{kind}", kept or Kept()
    schema = read_once(tree, f"schemas/{kind}.yaml", read_schema, kept)
    modele = read_once(tree, f"{folder}/modele.yaml", read_modele, kept)
    path = f"{folder}/{modele.gabarit}"
    gabarit, style = tree.read(path), tree.read(f"{folder}/{modele.style}")
    described = tree.read(f"schemas/{kind}.yaml") + tree.read(f"{folder}/modele.yaml")
    patron, trame = kept.of(
        f"compiled {path}", gabarit + style + described, lambda: read_word(gabarit, folder, style, schema, modele)
    )
    if len(patron.sections) != len(modele.sections):
        message = f"le gabarit a {len(patron.sections)} sections Word, le manifeste en nomme {len(modele.sections)}."
        raise ProblemError(Problem("CPOM305", modele.mark, message, "nommez chaque section, dans l'ordre."))
    engines = " ".join((__version__, version("typst"), version("pypandoc_binary")))
    digest = hashlib.sha256(gabarit + style + described + engines.encode()).digest()
    return Type(schema, modele, patron, trame, style, digest)


def read_word(gabarit: bytes, folder: str, style: bytes, schema: Schema, modele: Modele) -> tuple[Patron, Trame]:
    """Return a Word template compiled for the PDF, and prepared for Word; raise ProblemError for all that is wrong."""
    from cpomgen.check import check_word
    from cpomgen.compile import compile_template
    from cpomgen.package import unpack
    from cpomgen.prepare import prepare
    from cpomgen.reach import check_reach
    from cpomgen.typeset import read_look
    from cpomgen.word import open_template

    look = read_look(style, Mark(f"{folder}/{modele.style}"))
    template = open_template(unpack(gabarit, f"{folder}/{modele.gabarit}"))
    if faults := check_word(template, look):
        raise ProblemError(*faults)
    patron = compile_template(template)
    if faults := check_reach(patron, schema, modele.word_names):
        raise ProblemError(*faults)
    return patron, prepare(template)


def documents(contrat: Contrat, type_: Type, options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a contract's documents, Word then PDF, each with its path below out/."""
    from cpomgen.canonical import canonical
    from cpomgen.compose import Attachment
    from cpomgen.fill import fill
    from cpomgen.scope import dawn, scope_of
    from cpomgen.typeset import typeset
    from cpomgen.unprinted import check_unprinted

    data = canonical(contrat, type_.schema)
    scope = scope_of(contrat, type_.modele, options.edition, hashlib.sha256(type_.digest + data.encode()).hexdigest())
    imprime = print_all(type_, scope)
    if problems := check_unprinted(imprime, contrat, type_.schema):
        raise ProblemError(*problems)
    look = Mark(f"templates/{contrat.type}/{type_.modele.style}")
    joined = Attachment("contrat.json", data, "application/json", "Données du contrat") if options.data else None
    present = {section.name for section in imprime.sections}
    names = tuple(section.nom for section in type_.modele.sections)
    for document in type_.modele.chosen(options.names):
        if present.isdisjoint(document.sections):
            continue
        part = imprime.slice(type_.modele.title(document, scope), document.sections)
        stem = f"{contrat.identifiant}/{document.nom}"
        yield f"{stem}.docx", fill(type_.trame, names, part, scope, data if options.data else "")
        yield f"{stem}.pdf", typeset(part, type_.style, timestamp=dawn(contrat), attachment=joined, mark=look)


def print_all(type_: Type, scope: Mapping[str, Any]) -> Imprime:
    """Return the whole contract as it reads: every section that its manifest gives it."""
    from cpomgen.print import print_contract

    names = [section.nom if section.holds(scope) else "" for section in type_.modele.sections]
    return print_contract(type_.patron, names, scope)
