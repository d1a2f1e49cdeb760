"""load, validate, resolve; compile, prepare; print, typeset, fill; write: the order of the stages, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cpomgen import __version__
from cpomgen.canonical import canonical
from cpomgen.check import check_word
from cpomgen.compile import compile_template
from cpomgen.compose import Attachment
from cpomgen.contrat import Contrat, Fiche
from cpomgen.edition import Edition
from cpomgen.editor import json_schema
from cpomgen.fill import fill
from cpomgen.filters import Numbers
from cpomgen.imprime import Imprime
from cpomgen.load import load
from cpomgen.modele import Modele, read_modele
from cpomgen.package import unpack
from cpomgen.patron import Patron
from cpomgen.prepare import prepare
from cpomgen.print import print_contract
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.reach import check_reach
from cpomgen.reference import reference
from cpomgen.resolve import resolve
from cpomgen.schema import Schema, read_schema
from cpomgen.source import Scalar, Source
from cpomgen.trame import Trame
from cpomgen.tree import Tree
from cpomgen.typeset import typeset
from cpomgen.unprinted import check_unprinted
from cpomgen.validate import validate
from cpomgen.word import open_template
from cpomgen.write import write


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
    """What became of one contract: its documents in out/, written or found the same; or why there are none."""

    identifiant: str
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def build(
    tree: Tree, root: Path, identifiants: Iterable[str], options: Options, *, overwrite: bool = False
) -> Iterator[Outcome]:
    """Build the documents of contracts, write them below out/; a contract in error does not stop the others."""
    types: dict[str, Type] = {}
    for identifiant in identifiants:
        try:
            done = write(root, build_contract(tree, identifiant, options, types), overwrite=overwrite)
            yield Outcome(identifiant, done.written, done.unchanged)
        except ProblemError as error:
            yield Outcome(identifiant, problems=error.problems)


def build_contract(tree: Tree, identifiant: str, options: Options, types: dict[str, Type]) -> dict[str, bytes]:
    """Return the documents of one contract, by path below out/; `types` keeps what is compiled for the next one."""
    source = load(tree, _contract(tree, identifiant))
    kind = _kind(source, tree)
    if kind not in types:
        types[kind] = read_type(tree, kind)
    contrat = resolve(validate(source, types[kind].schema), types[kind].schema)
    return dict(documents(contrat, types[kind], options))


def check_template(tree: Tree, kind: str) -> tuple[Problem, ...]:
    """Return what is wrong in the template of a type of contract."""
    folder = f"templates/{kind}"
    try:
        modele = read_modele(load(tree, f"{folder}/modele.yaml"))
        schema = read_schema(load(tree, f"schemas/{kind}.yaml"))
        gabarit = f"{folder}/{modele.gabarit}"
        template = open_template(unpack(tree.read(gabarit), gabarit))
        style = tree.read(f"{folder}/{modele.style}").decode(errors="replace")
        found = check_word(template, style)
        return tuple(found or check_reach(compile_template(template), schema))
    except ProblemError as error:
        return error.problems


def describe(tree: Tree, kind: str, form: str) -> str:
    """Return the fields of a type of contract, as an editor (`json-schema`) or an officer (`markdown`) reads them."""
    known = tree.names("schemas", ".yaml")
    if kind not in known:
        message = f"il n'y a pas de type de contrat « {kind} »."
        raise ProblemError(Problem("CPOM220", Mark("schemas"), message, nearest(kind, known, _among(known))))
    schema = read_schema(load(tree, f"schemas/{kind}.yaml"))
    return reference(schema) if form == "markdown" else json_schema(schema)


def read_type(tree: Tree, kind: str) -> Type:
    """Return a type of contract: its schema, its manifest, its Word template compiled for both outputs."""
    folder = f"templates/{kind}"
    schema = read_schema(load(tree, f"schemas/{kind}.yaml"))
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
    data = canonical(contrat, type_.schema)
    scope = scope_of(contrat, options.edition, hashlib.sha256(type_.digest + data.encode()).hexdigest())
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


def dawn(contrat: Contrat) -> datetime:
    """Return the time that documents bear: no document depends on the day it is built."""
    return datetime.combine(contrat.debut, time(), UTC)


def scope_of(contrat: Contrat, edition: Edition, fingerprint: str) -> dict[str, Any]:
    """Return what templates see: the contract's fields, its exercises, the edition, the version and its fingerprint."""
    return {
        **contrat.fiche,
        "exercices": contrat.exercices,
        "edition": Fiche({"mention": edition.value}, "edition"),
        "version": f"v0 ({fingerprint[:8]})",
        "empreinte": fingerprint[:8],
        "numeros": Numbers(),
    }


def print_all(type_: Type, scope: Mapping[str, Any]) -> Imprime:
    """Return the whole contract as it reads: every section that its manifest gives it."""
    names = [section.nom if section.holds(scope) else "" for section in type_.modele.sections]
    return print_contract(type_.patron, names, scope)


def _contract(tree: Tree, identifiant: str) -> str:
    """Return the path of a contract's file; raise ProblemError, with the nearest known id, when there is none."""
    known = tree.names("contracts", ".yaml")
    if identifiant in known:
        return f"contracts/{identifiant}.yaml"
    message = f"il n'y a pas de contrat « {identifiant} »."
    raise ProblemError(Problem("CPOM004", Mark("contracts"), message, nearest(identifiant, known, _among(known))))


def _kind(source: Source, tree: Tree) -> str:
    """Return the type that a contract names; raise ProblemError when the project has no schema of that name."""
    found, known = source.root.get("type"), tree.names("schemas", ".yaml")
    if isinstance(found, Scalar) and found.text in known:
        return found.text
    if isinstance(found, Scalar) and found.text:
        message = f"il n'y a pas de type de contrat « {found.text} »."
        raise ProblemError(Problem("CPOM220", found.mark, message, nearest(found.text, known, _among(known))))
    mark = found.mark if found else source.root.mark
    remedy = f"écrivez type: {known[0]}" if len(known) == 1 else _among(known)
    raise ProblemError(Problem("CPOM220", mark, "le contrat doit commencer par son type.", remedy))


def _among(known: tuple[str, ...]) -> str:
    return f"connus : {', '.join(known) or 'aucun'}."
