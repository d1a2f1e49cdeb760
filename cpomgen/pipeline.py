"""load, validate, resolve, examine; compile, prepare; print, typeset, fill; write: the order of the stages, no more.

The stages that render are imported where they are called: a contract is checked without them, in a moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpomgen import __version__
from cpomgen.contrat import Contrat
from cpomgen.edition import Edition
from cpomgen.examine import Dossier, Voisin, as_typed, examine, is_likely_voisin, voisin_of
from cpomgen.load import load
from cpomgen.manifeste import Manifeste, read_manifeste
from cpomgen.problem import Mark, Problem, ProblemError, in_file_order, is_blocking
from cpomgen.project import contract_file, kind_of, known_type, new_file
from cpomgen.resolve import resolve
from cpomgen.schema import Schema, read_schema
from cpomgen.tree import Tree
from cpomgen.validate import validate

if TYPE_CHECKING:
    from cpomgen.blanks import Blank
    from cpomgen.imprime import Imprime
    from cpomgen.modele import Modele
    from cpomgen.patron import Patron
    from cpomgen.term import Renewed
    from cpomgen.trame import Trame


@dataclass(frozen=True, slots=True)
class Type:
    """All that contracts of one type share: read and compiled once."""

    schema: Schema
    modele: Modele
    patron: Patron
    trame: Trame
    style: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Options:
    """What documents are asked for: their edition, and whether they carry the contract's data."""

    edition: Edition = Edition.PROJET
    data: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one contract: its documents in out/, written or found the same; what is wrong or to be watched."""

    identifiant: str
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """A contract that is begun: its file, the blanks to fill in it, what became of the one that it follows."""

    file: str
    blanks: tuple[Blank, ...]
    renewed: Renewed | None = None


class Reading:
    """The contracts of a tree, read as far as they can be; what they share is read once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.kinds: dict[str, tuple[Schema, Manifeste]] = {}
        self.contents: dict[str, str] = {}
        self.voisins: dict[str, Voisin | None] = {}

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
        if name not in self.kinds:
            schema = read_schema(load(self.tree, f"schemas/{name}.yaml"))
            self.kinds[name] = schema, read_manifeste(load(self.tree, f"templates/{name}/modele.yaml"))
        return self.kinds[name]

    def around(self, dossier: Dossier) -> Iterator[Voisin]:
        """Yield the other contracts that seem to bind the same parties; one that cannot be read has its own errors."""
        for other in self.tree.names("contracts", ".yaml"):
            if other != dossier.contrat.identifiant and is_likely_voisin(dossier, self.content(other)):
                found = self.voisin(other)
                if found is not None:
                    yield found

    def content(self, identifiant: str) -> str:
        """Return the text of a contract, folded to be searched for names."""
        if identifiant not in self.contents:
            try:
                content = self.tree.read(f"contracts/{identifiant}.yaml").decode(errors="replace")
            except ProblemError:
                content = ""
            self.contents[identifiant] = as_typed(content)
        return self.contents[identifiant]

    def voisin(self, identifiant: str) -> Voisin | None:
        """Return what other contracts need of one, None when it cannot be read."""
        if identifiant not in self.voisins:
            try:
                self.voisins[identifiant] = voisin_of(Dossier(*self.resolved(identifiant)))
            except ProblemError:
                self.voisins[identifiant] = None
        return self.voisins[identifiant]


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
    from cpomgen.write import write

    reading, types = Reading(tree), dict[str, Type]()
    for identifiant in identifiants:
        try:
            contrat = reading.examined(identifiant)
            done = write(root, build_contract(reading, contrat, options, types), overwrite=overwrite)
            yield Outcome(identifiant, done.written, done.unchanged, contrat.problems)
        except ProblemError as error:
            yield Outcome(identifiant, problems=error.problems)


def build_contract(reading: Reading, contrat: Contrat, options: Options, types: dict[str, Type]) -> dict[str, bytes]:
    """Return the documents of one contract, by path below out/; `types` keeps what is compiled for the next one."""
    if any(map(is_blocking, contrat.problems)):
        raise ProblemError(*contrat.problems)
    if contrat.type not in types:
        types[contrat.type] = read_type(reading.tree, contrat.type, reading.kind(contrat.type)[0])
    return dict(documents(contrat, types[contrat.type], options))


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


def check_template(tree: Tree, kind: str) -> tuple[Problem, ...]:
    """Return what is wrong in the template of a type of contract."""
    from cpomgen.check import check_word
    from cpomgen.compile import compile_template
    from cpomgen.modele import read_modele
    from cpomgen.package import unpack
    from cpomgen.reach import check_reach
    from cpomgen.word import open_template

    folder = f"templates/{kind}"
    try:
        modele = read_modele(load(tree, f"{folder}/modele.yaml"))
        schema = read_schema(load(tree, f"schemas/{kind}.yaml"))
        gabarit = f"{folder}/{modele.gabarit}"
        template = open_template(unpack(tree.read(gabarit), gabarit))
        style = tree.read(f"{folder}/{modele.style}").decode(errors="replace")
        found = check_word(template, style)
        return tuple(found or check_reach(compile_template(template), schema, modele.word_names))
    except ProblemError as error:
        return error.problems


def describe(tree: Tree, kind: str, form: str) -> str:
    """Return the fields of a type of contract, as an editor (`json-schema`) or an officer (`markdown`) reads them."""
    from cpomgen.editor import json_schema
    from cpomgen.reference import reference

    schema = read_schema(load(tree, f"schemas/{known_type(tree, kind)}.yaml"))
    return reference(schema) if form == "markdown" else json_schema(schema)


def read_type(tree: Tree, kind: str, schema: Schema | None = None) -> Type:
    """Return a type of contract: its schema, if not read yet, its manifest, its Word template for both outputs."""
    from importlib.metadata import version

    from cpomgen.compile import compile_template
    from cpomgen.modele import read_modele
    from cpomgen.package import unpack
    from cpomgen.prepare import prepare
    from cpomgen.word import open_template

    folder = f"templates/{kind}"
    schema = schema or read_schema(load(tree, f"schemas/{kind}.yaml"))
    modele = read_modele(load(tree, f"{folder}/modele.yaml"))
    gabarit, style = tree.read(f"{folder}/{modele.gabarit}"), tree.read(f"{folder}/{modele.style}")
    template = open_template(unpack(gabarit, f"{folder}/{modele.gabarit}"))
    if len(template.sections) != len(modele.sections):
        message = f"le gabarit a {len(template.sections)} sections Word, le manifeste en nomme {len(modele.sections)}."
        raise ProblemError(Problem("CPOM305", modele.mark, message, "nommez chaque section, dans l'ordre."))
    engines = " ".join((__version__, version("typst"), version("pypandoc_binary")))
    described = tree.read(f"schemas/{kind}.yaml") + tree.read(f"{folder}/modele.yaml")
    digest = hashlib.sha256(gabarit + style + described + engines.encode()).digest()
    return Type(schema, modele, compile_template(template), prepare(template), style, digest)


def documents(contrat: Contrat, type_: Type, options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield the Word and PDF files of a contract, by their path below out/."""
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
    for document in type_.modele.documents:
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
