"""load, join, validate, resolve, examine; compile, prepare; print, typeset, fill; write: the order of the stages.

The stages that render are imported where they are called: a contract is checked without them, in a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpomgen.contrat import Contrat
from cpomgen.disk import fingerprint
from cpomgen.gabarits import read_type, type_digest
from cpomgen.inventory import PROJET
from cpomgen.outcome import Built, Changes, Options, Outcome, State
from cpomgen.problem import Problem, ProblemError, in_file_order
from cpomgen.reading import Reading, signatures
from cpomgen.settled import as_signed
from cpomgen.tree import Tree

if TYPE_CHECKING:
    from cpomgen.imprime import Imprime
    from cpomgen.inventory import Fact
    from cpomgen.kind import Type, TypeActe
    from cpomgen.operation import Operation
    from cpomgen.texts import Paired
    from cpomgen.version import Version


def check(
    tree: Tree,
    identifiants: Iterable[str],
    bound: Mapping[str, Sequence[Version]] | None = None,
    *,
    settled: bool = False,
) -> Iterator[Outcome]:
    """Yield what is wrong in each contract, and in what it became since what it is `bound` by; nothing is rendered."""
    reading = Reading(tree)
    for identifiant in identifiants:
        try:
            found = reading.examined(identifiant, settled=settled)
            since = changed(reading, found, bound.get(identifiant, ())) if bound else ()
            yield Outcome(identifiant, problems=tuple(in_file_order([*found.problems, *since])))
        except ProblemError as error:
            yield Outcome(identifiant, problems=error.problems)


def changed(reading: Reading, contrat: Contrat, bound: Sequence[Version]) -> tuple[Problem, ...]:
    """Return what is wrong in how a contract has changed since a version of it was signed, or pieces frozen."""
    from cpomgen.abandon import check_abandons
    from cpomgen.changed import disturbed, unannounced
    from cpomgen.difference import difference
    from cpomgen.examine import Dossier, acte_of
    from cpomgen.owned import owned

    now, facts = reading.kind(contrat.type)[0], signatures(reading.tree, contrat.identifiant)
    found: list[Problem] = []
    for version in bound:
        earlier = reading.since(version)
        before = earlier.resolved(contrat.identifiant, version.file)
        ecarts = difference(before, (contrat, now))
        if piece := version.piece:
            its = owned(earlier.kind(before[0].type)[1], (piece,))
            sides = tuple(Dossier(*each).attached for each in (before, (contrat, now)))
            own = [each for each in ecarts if its.is_touched(each.path, sides)]
            found += disturbed(contrat, own, piece, signed=any(each.piece == piece for each in facts))
        else:
            acte = acte_of(Dossier(contrat, now))
            found += unannounced(contrat, ecarts, version.number or 0, acte)
            found += check_abandons(acte, {each.version for each in facts}, version.frozen)
    return tuple(found)


def build(reading: Reading, identifiant: str, options: Options) -> Built:
    """Return the documents of a contract, or what is wrong in it, and what others need to know of it."""
    from cpomgen.examine import examined, voisin_of

    files: dict[str, bytes] = {}
    facts: Mapping[str, Mapping[str, Fact]] = {}
    problems: tuple[Problem, ...] = ()
    voisin = None
    try:
        dossier = reading.dossier(identifiant)
        contrat = examined(dossier)
        voisin, problems = voisin_of(dossier), contrat.problems
        files = dict(build_contract(reading, contrat, options))
        facts = facts_of(files, origin(reading, contrat, PROJET))
    except ProblemError as error:
        problems = error.problems
    return Built(identifiant, files, facts, problems, frozenset(reading.tree.sought), voisin)


def known(reading: Reading, identifiant: str) -> Built:
    """Return what others need to know of a contract, which is not printed."""
    try:
        voisin = reading.voisin(identifiant)
    except ProblemError:  # told when it is asked for
        voisin = None
    return Built(identifiant, sought=frozenset(reading.tree.sought), voisin=voisin)


def build_version(version: Version, root: Path, options: Options, *, overwrite: bool = False) -> Outcome:
    """Build a version with the schema and the template of its tree, whatever rules say today; raise ProblemError."""
    reading = Reading(version.tree)
    contrat = reading.resolved(version.identifiant, version.file)[0]
    made = remade(reading, contrat, options, settled=version.number is not None)
    facts = origin(reading, contrat, version.name, *version.of)
    return put(root, *made, facts, overwrite=overwrite)


def remade(
    reading: Reading, contrat: Contrat, options: Options, *, settled: bool = True
) -> tuple[Contrat, dict[str, bytes]]:
    """Return a version, as it is when `settled`, and the files of its documents; raise ProblemError without any."""
    with as_signed(contrat, settled=settled) as found:
        return found, dict(build_contract(reading, found, options, settled=True))


def rebuild(reading: Reading, root: Path, name: str, options: Options, *, overwrite: bool) -> Iterator[Outcome]:
    """Yield what becomes of a contract document by document, each one whole, written when it is asked for."""
    try:
        contrat = reading.examined(name)
        for _, document in groupby(build_contract(reading, contrat, options), lambda file: file[0].rpartition(".")[0]):
            yield put(root, contrat, dict(document), origin(reading, contrat, PROJET), overwrite=overwrite)
    except ProblemError as error:
        yield Outcome(name, problems=error.problems)


def build_contract(
    reading: Reading, contrat: Contrat, options: Options, *, settled: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Return the files of the documents of one contract, or of a `settled` version, each with its path below out/."""
    contrat.check_sound()
    type_ = read_type(reading.tree, contrat.type, reading.kept, settled=settled)
    return chain(documents(contrat, type_, options, settled=settled), methodes(reading, contrat, type_, options))


def origin(reading: Reading, contrat: Contrat, edition: str, file: str = "", revision: str = "") -> dict[str, Fact]:
    """Return what the manifest says that documents of a contract were made from, its file or another."""
    content = reading.tree.read(file or f"contracts/{contrat.identifiant}.yaml")
    modele = type_digest(reading.tree, contrat.type, reading.kept).hex()
    said = {"contrat": contrat.identifiant, "edition": edition, "source": fingerprint(content), "modele": modele}
    return {**said, **({"revision": revision} if revision else {})}


def facts_of(files: Mapping[str, bytes], origin: Mapping[str, Fact]) -> dict[str, dict[str, Fact]]:
    """Return what the manifest says of documents: what they were made from, and how many pages a PDF has."""
    from cpomgen.typeset import pages_of

    pages = {path: {"pages": pages_of(content)} for path, content in files.items() if path.endswith(".pdf")}
    return {path: {**origin, **pages.get(path, {})} for path in files}


def put(
    root: Path, contrat: Contrat, files: Mapping[str, bytes], origin: Mapping[str, Fact], *, overwrite: bool
) -> Outcome:
    """Write files of a contract, all of them or none, and return what became of them."""
    from cpomgen.write import write

    try:
        done = write(root, files, facts_of(files, origin), overwrite=overwrite)
    except ProblemError as error:
        return Outcome(contrat.identifiant, problems=error.problems)
    return Outcome(contrat.identifiant, done.written, done.unchanged, contrat.problems, tuple(files))


def state_of(
    reading: Reading, identifiant: str, file: str = "", *, settled: bool = False, since: State | None = None
) -> State:
    """Return a contract and its text, from its file or another; raise ProblemError when it cannot be printed.

    What may change without an avenant is as in the contract `since`.
    """
    from cpomgen.edition import Edition
    from cpomgen.notified import notified
    from cpomgen.scope import scope_of

    found, schema = reading.resolved(identifiant, file)
    with as_signed(found, settled=settled) as written:
        written.check_sound()
        contrat = notified(written, since.contrat, since.schema) if since else written
        type_ = read_type(reading.tree, contrat.type, reading.kept, settled=settled)
        scope = scope_of(contrat, type_.modele, Edition.PROJET, "")
        return State(contrat, schema, print_all(type_, scope), dict(scope["numeros"]))


def differ(old: State, new: State, both: Paired | None = None) -> Changes:
    """Return what changes from a contract to another: in the text, in the fields, in the amounts."""
    from cpomgen.compare import compare
    from cpomgen.difference import difference
    from cpomgen.finances import finances
    from cpomgen.texts import paired

    before, after = ((each.contrat, each.schema) for each in (old, new))
    texte = compare(both or paired(old.imprime, new.imprime))
    return Changes(texte, difference(before, after), finances(before, after))


def reworded(reading: Reading, contrat: Contrat, piece: Version) -> tuple[Operation, ...]:
    """Return what changes in the text of a piece, from when it was frozen to the contract as it stands."""
    from cpomgen.compare import compare
    from cpomgen.texts import paired

    earlier = reading.since(piece)
    then = state_of(earlier, contrat.identifiant, piece.file, settled=True)
    now = state_of(reading, contrat.identifiant)
    sections = earlier.sections(then.contrat).get(piece.piece, ())
    old, new = (each.imprime.slice("", sections) for each in (then, now))
    return compare(paired(old, new))


def documents(contrat: Contrat, type_: Type, options: Options, *, settled: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a contract's documents, Word then PDF, each with its path below out/."""
    from cpomgen.press import press_of
    from cpomgen.unprinted import check_unprinted

    if not (chosen := type_.modele.chosen(options.names, project=options.is_project)):
        return
    press = press_of(contrat, type_, options)
    imprime = print_all(type_, press.scope)
    if not settled and (problems := check_unprinted(imprime, contrat, type_.schema)):
        raise ProblemError(*problems)
    present = {section.name for section in imprime.sections}
    for document in chosen:
        if present.isdisjoint(document.sections) or (document.nom in options.but and not options.names):
            continue
        part = imprime.slice(type_.modele.title(document, press.scope), document.sections)
        stem = "/".join(filter(None, (contrat.identifiant, options.below, document.nom)))
        yield from press.files(stem, part)


def methodes(reading: Reading, contrat: Contrat, type_: Type, options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the fiches that explain the pieces of a project, Word then PDF; a version has none."""
    from cpomgen.gabarits import read_methode
    from cpomgen.instruct import instruct
    from cpomgen.press import press_methode

    rule = type_.modele.methode
    pieces = type_.modele.explained(options.names, contrat.fiche) if options.is_project else ()
    if rule is None or not pieces or (gabarit := read_methode(reading.tree, contrat.type, reading.kept)) is None:
        return
    for piece in pieces:
        said = instruct(piece, rule.field(piece, type_.schema), type_.modele.typologies, contrat)
        press = press_methode(contrat, type_.modele, gabarit, said)
        imprime = replace(print_all(gabarit, press.scope), title=rule.entitled(press.scope))
        yield from press.files(f"{contrat.identifiant}/{rule.named(piece)}", imprime)


def print_all(type_: Type | TypeActe, scope: Mapping[str, Any]) -> Imprime:
    """Return the whole contract as it reads, or its avenant: every section that the manifest gives it."""
    from cpomgen.print import print_contract

    return print_contract(type_.patron, type_.modele.printed(scope), scope)
