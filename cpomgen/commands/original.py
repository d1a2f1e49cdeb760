"""A Word file that comes back → what cpomgen made: which contract, which version, which document it was."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.commands.acts import AVENANT, CONSOLIDE, NOTE, SUIVI, Acts
from cpomgen.edition import Edition, edition_of
from cpomgen.imprime import Imprime, paragraphs
from cpomgen.outcome import Options
from cpomgen.package import unpack
from cpomgen.problem import Mark, Problem, ProblemError, Severity
from cpomgen.remarque import Relu
from cpomgen.reread import reread
from cpomgen.returned import restamped
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from cpomgen.kept import Kept
    from cpomgen.outcome import State
    from cpomgen.reading import Reading
    from cpomgen.version import Version

SAME_DATA, STAMPED, EXACT = 2, 4, 6  # how sure we are that a file was made from something: at most 7
STAMP = re.compile(r"(?:n°\s*(\d+)\s)?\(([0-9a-f]{8})\)")  # « avenant n° 2 (1a2b3c4d) », at the foot of each page
CALLED = {
    AVENANT: "acte de l’avenant", NOTE: "note sur l’avenant", CONSOLIDE: "version consolidée à jour de l’avenant",
    SUIVI: "suivi des modifications de l’avenant",
}  # fmt: skip
TITLED = {CONSOLIDE: "version consolidée", SUIVI: "suivi des modifications"}  # what the title of a file says that it is
NUMBER = re.compile(r"avenant n°\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Original:
    """What a file is compared with: what it is called, as it reads, the leaves of its text and where they are written.

    `problems` are warnings: it may not be what the file was made from.
    """

    name: str
    relu: Relu
    printed: Imprime | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Source(NamedTuple):
    """What a document may have been made from: a version that is frozen, the working files for None; an edition."""

    version: Version | None
    edition: Edition

    @property
    def name(self) -> str:
        """Return how an officer calls it."""
        return f"la version {self.version.name}" if self.version else "le projet tel qu’il est"


def identified(relu: Relu, file: str, asked: str) -> str:
    """Return the id of the contract that a file was made from; raise ProblemError when nothing says it."""
    if asked:
        return asked
    try:
        found = json.loads(relu.donnees.splitlines()[-1])["identifiant"]
    except (ValueError, KeyError, IndexError, TypeError):
        message = "ce fichier Word ne dit pas de quel contrat il vient : il ne porte pas les données que cpomgen y met."
        remedy = "donnez aussi l'identifiant du contrat, ou le fichier d'origine : cpomgen compare FICHIER.docx arespa"
        raise ProblemError(Problem("CPOM662", Mark(file), message, remedy)) from None
    return str(found)


def original(root: Path, relu: Relu, file: str, identifiant: str) -> Original:
    """Return what a file was made from, as it can be made again: the version that its pages name, else the nearest."""
    from cpomgen.kept import Kept

    kept = Kept()
    wrong: tuple[Problem, ...] = ()
    best: tuple[int, Original] | None = None
    for source in _sources(root, identifiant, relu):
        try:
            found = _made(root, source, relu, identifiant, kept)
        except ProblemError as error:
            wrong = wrong or error.problems
            continue
        rank = _rank(found.relu, relu)
        if best is None or rank > best[0]:
            best = rank, found
        if rank >= EXACT:
            break
    if best is None:
        raise ProblemError(*wrong)
    rank, found = best
    return found if rank >= STAMPED else _doubtful(found, relu, file, same_data=rank >= SAME_DATA)


def stamp_of(relu: Relu) -> str:
    """Return the fingerprint that the pages of a file bear, "" for none."""
    found = STAMP.search(_edges(relu.imprime))
    return found[2] if found else ""


def _edges(imprime: Imprime) -> str:
    """Return the words that stand on each page."""
    layouts = (section.layout for section in imprime.sections)
    return "\n".join(each.text for layout in layouts for each in paragraphs((*layout.header, *layout.footer)))


def _rank(made: Relu, relu: Relu) -> int:
    """Return how sure we are that a file was made from what another was made from."""
    same = _edges(made.imprime) == _edges(relu.imprime)
    return STAMPED * (stamp_of(made) == stamp_of(relu)) + SAME_DATA * (made.donnees == relu.donnees) + same


def _doubtful(found: Original, relu: Relu, file: str, *, same_data: bool) -> Original:
    """Return what a file is compared with for want of better, and the warning that says it."""
    stamp = stamp_of(relu)
    if same_data:
        why = "ses données sont les mêmes, mais le modèle ou les programmes ne sont plus ceux de ce jour-là"
    else:
        why = "des différences peuvent venir de ce que le contrat a changé depuis, et non du fichier"
    message = f"l'empreinte au bas de ses pages n'est celle d'aucune version connue : {why}."
    given = f"cpomgen compare {file} ORIGINAL.docx"
    remedy = f"il est comparé avec {found.name} ; si vous avez le fichier d'origine, donnez-le : {given}"
    problem = Problem("CPOM663", Mark(file), message, remedy, severity=Severity.AVERTISSEMENT)
    return replace(found, relu=restamped(found.relu, stamp_of(found.relu), stamp), problems=(problem,))


def _sources(root: Path, identifiant: str, relu: Relu) -> Iterator[Source]:
    """Yield what a file may have been made from, the likeliest first."""
    from cpomgen.repository import frozen, open_repository
    from cpomgen.version import frozen_version

    named = NUMBER.search(_edges(relu.imprime))
    number = int(named[1]) if named else 0
    try:
        repository = open_repository(root, Mark(f"contracts/{identifiant}.yaml"))
        numbers = frozen(repository, identifiant)
        versions = [frozen_version(repository, identifiant, each) for each in numbers]
    except ProblemError:  # files without git are worked on too
        versions = []
    versions.sort(key=lambda each: (each.number != number, -(each.number or 0)))
    is_project = Edition.PROJET.value in _edges(relu.imprime)
    working = Source(None, Edition.PROJET)
    yield from [working] if is_project else []
    for version in versions:
        yield Source(version, Edition.PROJET if is_project else edition_of(version.number))
    yield from [working] if not is_project else []


def _made(root: Path, source: Source, relu: Relu, identifiant: str, kept: Kept) -> Original:
    """Return the document that a file may be, made from a source; raise ProblemError when it cannot be made."""
    if names := _with_avenant(relu):
        return _beside(root, source, relu, identifiant, names)
    return _document(root, source, relu, identifiant, kept)


def _with_avenant(relu: Relu) -> tuple[str, ...]:
    """Return which documents of an avenant a file may be, as its data and its title say; none for a contract's own."""
    if len(relu.donnees.splitlines()) > 1:
        return AVENANT, NOTE
    return next(((name,) for name, words in TITLED.items() if words in relu.imprime.title), ())


def _document(root: Path, source: Source, relu: Relu, identifiant: str, kept: Kept) -> Original:
    """Return the document of a contract that a file is most like."""
    from cpomgen import pipeline
    from cpomgen.reading import Reading
    from cpomgen.settled import as_signed

    version = source.version
    reading = Reading(version.tree if version else WorkTree(root), kept)
    settled, file = version is not None, version.file if version else ""
    state = pipeline.state_of(reading, identifiant, file, settled=settled)
    name, printed = _nearest(reading, state, relu)
    options = Options(source.edition, names=(name,), number=(version.number or 0) if version else 0)
    with as_signed(state.contrat, settled=settled) as contrat:
        path, word = next(pipeline.build_contract(reading, contrat, options, settled=settled))
    marks = {} if version else state.contrat.marks
    return Original(f"{source.name}, document « {name} »", reread(unpack(word, path)), printed, marks)


def _nearest(reading: Reading, state: State, relu: Relu) -> tuple[str, Imprime]:
    """Return which document of a contract shares most of its paragraphs with a file, and its text."""
    parts = {name: state.imprime.slice("", sections) for name, sections in reading.sections(state.contrat).items()}
    name = max(parts, key=lambda each: _likeness(parts[each], relu.imprime), default="")
    return name, parts.get(name, state.imprime)


def _likeness(one: Imprime, other: Imprime) -> float:
    """Return the part of their paragraphs that two texts share."""
    words, others = _words(one), _words(other)
    return 2 * (words & others).total() / max(1, words.total() + others.total())


def _words(imprime: Imprime) -> Counter[str]:
    return Counter(each.text for section in imprime.sections for each in paragraphs(section.blocks))


def _beside(root: Path, source: Source, relu: Relu, identifiant: str, names: tuple[str, ...]) -> Original:
    """Return the document of an avenant that a file is most like, from its version or from what is being prepared."""
    from cpomgen import amending
    from cpomgen.reading import Reading, abandons
    from cpomgen.version import amended_version

    tree, version = WorkTree(root), source.version
    reading = Reading(version.tree if version else tree)
    number = (version.number if version else 0) or reading.acte(identifiant).number
    before = amended_version(root, identifiant, number, abandons(tree, identifiant))
    projet = amending.project(before, reading, identifiant, number, version)
    settled = version is not None
    options = Options(Edition.A_SIGNER if settled and source.edition is not Edition.PROJET else Edition.PROJET)
    acts = Acts(projet, before, reading, settled)

    def made(name: str) -> Original:
        path, word = next(acts.files(root, replace(options, names=(name,))))
        return Original(f"{source.name}, {CALLED[name]} n° {number}", reread(unpack(word, path)))

    found = [made(names[0])]
    for name in names[1:]:
        with suppress(ProblemError):  # a type may have no note
            found.append(made(name))
    return max(found, key=lambda each: (_rank(each.relu, relu), _likeness(each.relu.imprime, relu.imprime)))
