"""Two versions of a contract → the act that makes one of the other, and what comes with it: the order, no more.

As in pipeline.py, which this goes on from, stages that render are imported where they are called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cpomgen.contrat import Fiche
from cpomgen.gabarits import read_acte, read_note, read_type
from cpomgen.outcome import Options, Projet, State
from cpomgen.pipeline import differ, print_all, state_of
from cpomgen.problem import Problem, ProblemError
from cpomgen.reading import Reading, signatures

if TYPE_CHECKING:
    from cpomgen.redline import Made
    from cpomgen.retrace import Etape
    from cpomgen.version import Version


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
    avenant = announced(avenant_of(Dossier(new.contrat, new.schema), number), new, number)
    type_ = read_type(reading.tree, new.contrat.type, reading.kept, settled=settled)
    both = paired(old.imprime, new.imprime)
    rule = type_.modele.avenant
    return Projet(
        avenant, old, new, differ(old, new, both),
        amend(both, (old.schema, new.schema), *modes(avenant, type_.modele)),
        signatures(reading.tree, identifiant), before.number,
        old.numeros.get(rule.article_revision, "") if rule else "",
    )  # fmt: skip


def act(projet: Projet, reading: Reading, options: Options, *, settled: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an act, then those of the note to who signs it, each with its path below out/."""
    from cpomgen.enact import enact, unnoted, unwritten
    from cpomgen.press import press_beside

    contrat, manifeste = projet.new.contrat, reading.kind(projet.new.contrat.type)[1]
    type_ = read_type(reading.tree, contrat.type, reading.kept, settled=settled)
    beside = {"acte": enact(projet, manifeste.motifs), "exercices": projet.old.contrat.exercices}  # of what it amends
    for nom, read, missing in (("avenant", read_acte, unwritten), ("note", read_note, unnoted)):
        if options.names and nom not in options.names:
            continue
        gabarit = read(reading.tree, contrat.type, reading.kept, settled=settled)
        if gabarit is None and (nom == "avenant" or nom in options.names):
            raise ProblemError(missing(contrat))
        if gabarit is None:
            continue
        beside |= {"note": note(projet, reading)} if nom == "note" else {}
        press = press_beside(projet, (type_, gabarit), options, **beside)
        imprime = replace(print_all(gabarit, press.scope), title=gabarit.modele.entitled(press.scope))
        yield from press.files(f"{contrat.identifiant}/avenant-{projet.avenant.numero}/{nom}", imprime)


def note(projet: Projet, reading: Reading) -> Fiche:
    """Return what is told to who signs an act: what changes, what was advised, what rules were let off."""
    from cpomgen.brief import brief
    from cpomgen.examine import Dossier, duree_of, waivers_of

    old, new = (Dossier(each.contrat, each.schema) for each in (projet.old, projet.new))
    motifs = reading.kind(projet.new.contrat.type)[1].libelles
    terme = duree_of(old, projet.avenant.numero - 1).terme
    return brief(projet, motifs, terme, advice(projet, reading), waivers_of(new))


def advice(projet: Projet, reading: Reading) -> tuple[Problem, ...]:
    """Return what officers should look at again before an act is signed; none of it keeps it from being written."""
    from cpomgen.advise import advise
    from cpomgen.enact import stale

    return advise(projet, reading.kind(projet.new.contrat.type)[1], stale(projet))


def consolidated(
    projet: Projet, reading: Reading, earlier: Sequence[Version], options: Options, *, settled: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a contract as an avenant makes it, closed by what each avenant amended since `earlier`."""
    from cpomgen.consolidate import consolidate
    from cpomgen.edition import edition_after
    from cpomgen.examine import Dossier, avenants_of
    from cpomgen.press import press_of

    contrat, number = projet.new.contrat, projet.avenant.numero
    type_ = read_type(reading.tree, contrat.type, reading.kept, settled=settled)
    edition = edition_after(settled=settled)
    beside = {}
    if type_.modele.consolidation:
        steps, base = etapes(projet, reading, earlier)
        announced = avenants_of(Dossier(contrat, projet.new.schema))
        beside["consolidation"] = consolidate(projet, steps, announced, base, settled=settled)
    press = press_of(contrat, type_, replace(options, edition=edition, number=number), **beside)
    title = f"{type_.modele.entitled(press.scope)} – {edition.titre(number)}"
    stem = f"{contrat.identifiant}/avenant-{number}/consolide"
    yield from press.files(stem, replace(print_all(type_, press.scope), title=title))


def etapes(projet: Projet, reading: Reading, earlier: Sequence[Version]) -> tuple[tuple[Etape, ...], int | None]:
    """Return what each avenant changed, the last one that of `projet`, and the number of the version they start from.

    What is `earlier` than the version before it is read backwards, as far as it can be: each with what changed in it
    by mere notification, as `project` does.
    """
    from cpomgen.compare import compare
    from cpomgen.retrace import Etape
    from cpomgen.texts import paired

    texts = paired(projet.old.imprime, projet.new.imprime)
    found = [Etape(projet.avenant.numero, texts, projet.changes.texte)]
    state, base = projet.old, projet.base
    for version in reversed(earlier if base is not None else ()):
        past = Reading(version.tree, reading.kept)
        try:
            before = state_of(past, projet.new.contrat.identifiant, version.file, settled=True, since=state)
        except ProblemError:
            break
        both = paired(before.imprime, state.imprime)
        found.append(Etape(base or 0, both, compare(both)))
        state, base = before, version.number
    return tuple(reversed(found)), base


def tracked(
    projet: Projet, before: Version, reading: Reading, options: Options, *, settled: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Yield the Word file of the contract as an avenant makes it, where all that changes since then is tracked.

    That is done in the name of the avenant, and of notifications when what is merely notified changes too.
    """
    from cpomgen.edition import edition_after, edition_of
    from cpomgen.redline import redline
    from cpomgen.revision import Reviser
    from cpomgen.scope import dawn

    number, avenant = projet.avenant.numero, projet.avenant
    edition = edition_after(settled=settled)
    was = replace(options, edition=edition_of(before.number), number=before.number or 0)
    earlier = Reading(before.tree, reading.kept)
    frozen = before.number is not None
    state = state_of(earlier, projet.new.contrat.identifiant, before.file, settled=frozen)
    old = made(state, earlier, was, settled=frozen)
    new = made(projet.new, reading, replace(options, edition=edition, number=number), settled=settled)
    author = f"Avenant n°\u00a0{number}{' et notifications' if state.imprime != projet.old.imprime else ''}"
    by = Reviser(author, dawn(projet.new.contrat, avenant.signature or avenant.effet))
    yield f"{projet.new.contrat.identifiant}/avenant-{number}/suivi-des-modifications.docx", redline(old, new, by)


def made(state: State, reading: Reading, options: Options, *, settled: bool = False) -> Made:
    """Return a contract as it reads in an edition, all its sections, with the Word file that says the same."""
    from cpomgen.package import unpack
    from cpomgen.press import press_of
    from cpomgen.redline import Made

    type_ = read_type(reading.tree, state.contrat.type, reading.kept, settled=settled)
    press = press_of(state.contrat, type_, options)
    title = f"{type_.modele.entitled(press.scope)} – suivi des modifications"
    imprime = replace(print_all(type_, press.scope), title=title)
    return Made(imprime, unpack(press.word(imprime), f"{state.contrat.identifiant}.docx"))
