"""A Word file that comes back → what cpomgen made: which contract, which version, which document it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cpomgen.claim import claimed
from cpomgen.commands.acts import AVENANT, NOTE
from cpomgen.commands.sources import CALLED, TITLED, Source, act_options, acts_of, documents, sources
from cpomgen.imprime import Imprime, paragraphs
from cpomgen.package import unpack
from cpomgen.problem import Mark, Problem, ProblemError, Severity
from cpomgen.remarque import Relu
from cpomgen.reread import reread
from cpomgen.returned import restamped

if TYPE_CHECKING:
    from cpomgen.kept import Kept
    from cpomgen.outcome import State
    from cpomgen.reading import Reading

SAME_DATA, STAMPED, EXACT = 2, 4, 6  # how sure we are that a file was made from something: at most 7


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


def identified(relu: Relu, file: str, asked: str) -> str:
    """Return the id of the contract that a file was made from; raise ProblemError when nothing says it."""
    if found := asked or claimed(relu.imprime, relu.donnees).identifiant:
        return found
    message = "ce fichier Word ne dit pas de quel contrat il vient : il ne porte pas les données que cpomgen y met."
    remedy = "donnez aussi l'identifiant du contrat, ou le fichier d'origine : cpomgen compare FICHIER.docx arespa"
    raise ProblemError(Problem("CPOM662", Mark(file), message, remedy))


def original(root: Path, relu: Relu, file: str, identifiant: str) -> Original:
    """Return what a file was made from, as it can be made again: the version that its pages name, else the nearest."""
    from cpomgen.kept import Kept

    kept = Kept()
    wrong: tuple[Problem, ...] = ()
    best: tuple[int, Original] | None = None
    for source in sources(root, identifiant, claimed(relu.imprime, relu.donnees)):
        try:
            found = made(root, source, relu, kept)
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


def _rank(made: Relu, relu: Relu) -> int:
    """Return how sure we are that a file was made from what another was made from."""
    own, other = (claimed(each.imprime, each.donnees) for each in (made, relu))
    return (
        STAMPED * (own.stamp == other.stamp) + SAME_DATA * (own.donnees == other.donnees) + (own.edges == other.edges)
    )


def _doubtful(found: Original, relu: Relu, file: str, *, same_data: bool) -> Original:
    """Return what a file is compared with for want of better, and the warning that says it."""
    if same_data:
        why = "ses données sont les mêmes, mais le modèle ou les programmes ne sont plus ceux de ce jour-là"
    else:
        why = "des différences peuvent venir de ce que le contrat a changé depuis, et non du fichier"
    message = f"l'empreinte au bas de ses pages n'est celle d'aucune version connue : {why}."
    given = f"cpomgen compare {file} ORIGINAL.docx"
    remedy = f"il est comparé avec {found.name} ; si vous avez le fichier d'origine, donnez-le : {given}"
    problem = Problem("CPOM663", Mark(file), message, remedy, severity=Severity.AVERTISSEMENT)
    return replace(stamped_as(found, relu), problems=(problem,))


def stamped_as(found: Original, relu: Relu) -> Original:
    """Return what a file is compared with, under the fingerprint of that file."""
    own, other = (claimed(each.imprime, each.donnees).stamp for each in (found.relu, relu))
    return replace(found, relu=restamped(found.relu, own, other))


def made(root: Path, source: Source, relu: Relu, kept: Kept) -> Original:
    """Return the document that a file may be, made from a source; raise ProblemError when it cannot be made."""
    if names := _with_avenant(relu):
        return _beside(root, source, relu, names)
    return _document(root, source, relu, kept)


def _with_avenant(relu: Relu) -> tuple[str, ...]:
    """Return which documents of an avenant a file may be, as its data and its title say; none for a contract's own."""
    if claimed(relu.imprime, relu.donnees).is_act:
        return AVENANT, NOTE
    return next(((name,) for name, words in TITLED.items() if words in relu.imprime.title), ())


def _document(root: Path, source: Source, relu: Relu, kept: Kept) -> Original:
    """Return the document of a contract that a file is most like."""
    from cpomgen import pipeline
    from cpomgen.reading import Reading

    reading = Reading(source.tree(root), kept)
    state = pipeline.state_of(reading, source.identifiant, source.file, settled=source.settled)
    name, printed = _nearest(reading, state, relu)
    path, word = next(documents(root, source, (name,), kept))
    marks = {} if source.version else state.contrat.marks
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


def _beside(root: Path, source: Source, relu: Relu, names: tuple[str, ...]) -> Original:
    """Return the document of an avenant that a file is most like, from its version or from what is being prepared."""
    acts, number = acts_of(root, source)

    def written(name: str) -> Original:
        path, word = next(acts.files(root, act_options(source, name)))
        return Original(f"{source.name}, {CALLED[name]} n° {number}", reread(unpack(word, path)))

    found = [written(names[0])]
    for name in names[1:]:
        with suppress(ProblemError):  # a type may have no note
            found.append(written(name))
    return max(found, key=lambda each: (_rank(each.relu, relu), _likeness(each.relu.imprime, relu.imprime)))
