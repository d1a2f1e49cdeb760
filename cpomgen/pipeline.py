"""load, validate, resolve, examine; compile, prepare; print, typeset, fill; write: the order of the stages, no more.

The stages that render are imported where they are called: a contract is checked without them, in a moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpomgen.contrat import Contrat
from cpomgen.outcome import Changes, Options, Outcome, Projet, State
from cpomgen.problem import Problem, ProblemError, in_file_order
from cpomgen.reading import Reading, read_acte, read_type, signatures
from cpomgen.settled import as_signed
from cpomgen.tree import Tree

if TYPE_CHECKING:
    from cpomgen.imprime import Imprime
    from cpomgen.kind import Press, Type, TypeActe
    from cpomgen.texts import Paired
    from cpomgen.version import Version


def check(
    tree: Tree, identifiants: Iterable[str], signed: Mapping[str, Version] | None = None, *, settled: bool = False
) -> Iterator[Outcome]:
    """Yield what is wrong in each contract, and in what it became since the version `signed`; nothing is rendered."""
    reading = Reading(tree)
    for identifiant in identifiants:
        try:
            found = reading.examined(identifiant, settled=settled)
            since = changed(reading, found, signed[identifiant]) if signed and identifiant in signed else ()
            yield Outcome(identifiant, problems=tuple(in_file_order([*found.problems, *since])))
        except ProblemError as error:
            yield Outcome(identifiant, problems=error.problems)


def changed(reading: Reading, contrat: Contrat, signed: Version) -> tuple[Problem, ...]:
    """Return what is wrong in how a contract has changed since a version of it was signed."""
    from cpomgen.abandon import check_abandons
    from cpomgen.changed import unannounced
    from cpomgen.difference import difference
    from cpomgen.examine import Dossier, acte_of

    before, now = reading.since(signed).resolved(contrat.identifiant, signed.file), reading.kind(contrat.type)[0]
    acte, facts = acte_of(Dossier(contrat, now)), signatures(reading.tree, contrat.identifiant)
    since = unannounced(contrat, difference(before, (contrat, now)), signed.number or 0, acte)
    return (*since, *check_abandons(acte, {each.version for each in facts}, signed.frozen))


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


def build_version(version: Version, root: Path, options: Options, *, overwrite: bool = False) -> Outcome:
    """Build a version with the schema and the template of its tree, whatever rules say today; raise ProblemError."""
    reading = Reading(version.tree)
    contrat = reading.resolved(version.identifiant, version.file)[0]
    return put(root, *remade(reading, contrat, options, settled=version.number is not None), overwrite=overwrite)


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
            yield put(root, contrat, dict(document), overwrite=overwrite)
    except ProblemError as error:
        yield Outcome(name, problems=error.problems)


def build_contract(
    reading: Reading, contrat: Contrat, options: Options, *, settled: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Return the files of the documents of one contract, or of a `settled` version, each with its path below out/."""
    contrat.check_sound()
    type_ = read_type(reading.tree, contrat.type, reading.kept, settled=settled)
    return documents(contrat, type_, options, settled=settled)


def put(root: Path, contrat: Contrat, files: Mapping[str, bytes], *, overwrite: bool) -> Outcome:
    """Write files of a contract, all of them or none, and return what became of them."""
    from cpomgen.write import write

    try:
        done = write(root, files, overwrite=overwrite)
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


def project(before: Version, reading: Reading, identifiant: str, number: int, after: Version | None = None) -> Projet:
    """Return the act that makes of a version of a contract what a tree holds, or a later one; raise ProblemError.

    What the later one changes by mere notification is held to be in the earlier one.
    """
    from cpomgen.amend import amend
    from cpomgen.enact import announced, modes
    from cpomgen.examine import Dossier, avenant_of
    from cpomgen.texts import paired

    settled, file = after is not None and after.number is not None, after.file if after else ""
    new = state_of(reading, identifiant, file, settled=settled)
    frozen, earlier = before.number is not None, Reading(before.tree, reading.kept)
    old = state_of(earlier, identifiant, before.file, settled=frozen, since=new)
    avenant = announced(avenant_of(Dossier(new.contrat, new.schema), number), new.contrat, number)
    type_ = read_type(reading.tree, new.contrat.type, reading.kept, settled=settled)
    both = paired(old.imprime, new.imprime)
    rule = type_.modele.avenant
    return Projet(
        avenant, old, new, differ(old, new, both),
        amend(both, (old.schema, new.schema), *modes(avenant, type_.modele)),
        signatures(reading.tree, identifiant), before.number or 0,
        old.numeros.get(rule.article_revision, "") if rule else "",
    )  # fmt: skip


def act(projet: Projet, reading: Reading, options: Options, *, settled: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an act, Word then PDF, each with its path below out/."""
    from cpomgen.canonical import canonical
    from cpomgen.compose import Attachment
    from cpomgen.enact import enact, unwritten
    from cpomgen.kind import Press
    from cpomgen.scope import dawn, scope_of

    contrat, avenant = projet.new.contrat, projet.avenant
    type_ = read_type(reading.tree, contrat.type, reading.kept, settled=settled)
    acte = read_acte(reading.tree, contrat.type, reading.kept, settled=settled)
    if acte is None:
        raise ProblemError(unwritten(contrat))
    data = "".join(canonical(each.contrat, each.schema) + "\n" for each in (projet.old, projet.new))
    fingerprint = hashlib.sha256(acte.digest + data.encode()).hexdigest()
    scope = scope_of(contrat, type_.modele, options.edition, fingerprint, avenant.numero)
    scope |= {"acte": enact(projet, reading.kind(contrat.type)[1].motifs)}
    imprime = replace(print_all(acte, scope), title=acte.modele.entitled(scope))
    joined = Attachment("avenant.jsonl", data, "application/jsonl", "Données du contrat, avant et après")
    when = dawn(contrat, avenant.signature or avenant.effet)
    press = Press(acte, scope, joined if options.data else None, when)
    yield from files_of(press, f"{contrat.identifiant}/avenant-{avenant.numero}/avenant", imprime)


def advice(projet: Projet, reading: Reading) -> tuple[Problem, ...]:
    """Return what officers should look at again before an act is signed; none of it keeps it from being written."""
    from cpomgen.advise import advise
    from cpomgen.enact import stale

    return advise(projet, reading.kind(projet.new.contrat.type)[1], stale(projet))


def documents(contrat: Contrat, type_: Type, options: Options, *, settled: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a contract's documents, Word then PDF, each with its path below out/."""
    from cpomgen.canonical import canonical
    from cpomgen.compose import Attachment
    from cpomgen.kind import Press
    from cpomgen.scope import dawn
    from cpomgen.unprinted import check_unprinted

    data = canonical(contrat, type_.schema)
    scope = scoped(contrat, type_, options, data)
    imprime = print_all(type_, scope)
    if not settled and (problems := check_unprinted(imprime, contrat, type_.schema)):
        raise ProblemError(*problems)
    joined = Attachment("contrat.json", data, "application/json", "Données du contrat") if options.data else None
    press = Press(type_, scope, joined, dawn(contrat))
    present = {section.name for section in imprime.sections}
    for document in type_.modele.chosen(options.names):
        if present.isdisjoint(document.sections):
            continue
        part = imprime.slice(type_.modele.title(document, scope), document.sections)
        stem = "/".join(filter(None, (contrat.identifiant, options.below, document.nom)))
        yield from files_of(press, stem, part)


def scoped(contrat: Contrat, type_: Type, options: Options, data: str) -> dict[str, Any]:
    """Return what the template of a contract sees, under the fingerprint of its printed `data` and of its type."""
    from cpomgen.scope import scope_of

    fingerprint = hashlib.sha256(type_.digest + data.encode()).hexdigest()
    return scope_of(contrat, type_.modele, options.edition, fingerprint, options.number)


def files_of(press: Press, stem: str, imprime: Imprime) -> Iterator[tuple[str, bytes]]:
    """Yield the Word file of a document, then its PDF, each with its path below out/."""
    from cpomgen.typeset import typeset

    type_, _, joined, when = press
    yield f"{stem}.docx", word_of(press, imprime)
    yield f"{stem}.pdf", typeset(imprime, type_.style, timestamp=when, attachment=joined, mark=type_.look)


def word_of(press: Press, imprime: Imprime) -> bytes:
    """Return the Word file of a document."""
    from cpomgen.fill import fill

    type_, scope, joined, _ = press
    return fill(type_.trame, type_.modele.names, imprime, scope, joined.text if joined else "")


def print_all(type_: Type | TypeActe, scope: Mapping[str, Any]) -> Imprime:
    """Return the whole contract as it reads, or its avenant: every section that the manifest gives it."""
    from cpomgen.print import print_contract

    names = [section.nom if section.holds(scope) else "" for section in type_.modele.sections]
    return print_contract(type_.patron, names, scope)
