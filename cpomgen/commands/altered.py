"""A file that has the bytes of no document → what is known of it: what differs from the one it comes nearest to."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

from cpomgen.commands.verifying import STAMPED, Made, Near, Search, origine
from cpomgen.problem import ProblemError
from cpomgen.verdict import Answer, Verdict
from cpomgen.wording import combien, enumere, nombre

if TYPE_CHECKING:
    from cpomgen.commands.original import Original

UNKNOWN = (
    "ce n’est aucun des documents que cpomgen fait des textes qui sont ici, dans les dossiers ou dans l’histoire de git"
)
FORGED = "les données que le fichier porte ne sont pas celles de ce contrat"
STRANGE = "son empreinte, {}, n’est celle d’aucun document fait de ces données avec les modèles et les programmes d’ici"
PROOF = "le texte d’un PDF ne se prouve que par ses octets"
MANY = 12  # pages that are named
TRIED = 6  # texts that a file is compared with


def altered(search: Search) -> Verdict:
    """Return what is known of a file that has the bytes of no document."""
    file, nears = search.received.file, search.nears[:TRIED]
    if not search.claim.donnees and not search.claim.stamp:
        return Verdict(file, Answer.SANS_EMPREINTE)
    if not nears:
        return Verdict(file, Answer.ALTERE, faits=tuple(_unknown(search)))
    if search.received.relu is None:
        explained = (each for each in nears if any(_explained(search, each)))
        return _pdf(search, next(explained, nears[0]))
    found = [_word(search, nears[0])]
    found += (_word(search, each) for each in nears[1:] if found[0].answer is Answer.ALTERE)
    return min(found, key=_count)


def _count(verdict: Verdict) -> float:
    """Return how many changes make a file of the one it is compared with; what cannot be compared comes last."""
    if verdict.answer is Answer.TEXTE_EGAL:
        return 0
    return len(verdict.retouches.texte) if verdict.retouches else inf


def _unknown(search: Search) -> Iterator[str]:
    yield UNKNOWN
    if search.claim.stamp:
        yield f"empreinte au bas de ses pages : {search.claim.stamp}"
    if search.claim.identifiant:
        yield f"il se dit du contrat « {search.claim.identifiant} »"


def _faits(search: Search, near: Near) -> Iterator[str]:
    """Yield what is told of a file beside its text: whose data it carries, whose fingerprint it bears."""
    if search.claim.donnees and not near.texte.has_data(search.claim):
        yield FORGED
    if search.claim.stamp and near.rank < STAMPED:
        yield STRANGE.format(search.claim.stamp)
        yield from _explained(search, near)


def _explained(search: Search, near: Near) -> Iterator[str]:
    """Yield with which programs a frozen version has the fingerprint of a file, when its tag tells them."""
    version = near.candidate.source.version
    if version and version.made_with and search.reader.would_bear(near.candidate, search.claim, version.made_with):
        programs = (f"{name} {version.made_with[name]}" for name in ("cpomgen", "typst", "pypandoc_binary"))
        yield f"c’est celle que donnent les programmes notés dans l’étiquette de la version : {enumere(list(programs))}"


def _word(search: Search, near: Near) -> Verdict:
    """Return what is known of a Word file: what differs from the document that it is nearest to, to the word."""
    from cpomgen.commands.original import made, stamped_as
    from cpomgen.returned import returned

    relu, source = search.received.relu, near.candidate.source
    assert relu is not None  # noqa: S101 - a Word file
    try:
        found: Original = made(search.root, source, relu, search.kept)
    except ProblemError:
        return Verdict(search.received.file, Answer.ALTERE, faits=tuple(_unknown(search)))
    retouches = returned(stamped_as(found, relu).relu, relu, found.printed)
    called = found.name.removeprefix(f"{source.name}, ")
    faits = tuple(_faits(search, near))
    answer = Answer.ALTERE if retouches or FORGED in faits else Answer.TEXTE_EGAL
    if answer is Answer.TEXTE_EGAL and near.rank > STAMPED:
        faits = (
            "ses octets ne sont plus ceux de cpomgen : un autre programme l’a enregistré, sans en changer le texte",
        )
    return Verdict(
        search.received.file, answer, origine(search, near.candidate, called), faits=faits, retouches=retouches or None
    )


def _pdf(search: Search, near: Near) -> Verdict:
    """Return what is known of a PDF: its data, its pages, the words that it says; nothing of what it shows."""
    made = next(search.printed(near.candidate, near.texte.kinds(search.claim) or tuple(near.texte.stamps)), None)
    if made is None:
        return Verdict(search.received.file, Answer.ALTERE, faits=tuple(_unknown(search)))
    faits = (*_faits(search, near), *_differing(search, near, made), PROOF)
    return Verdict(search.received.file, Answer.ALTERE, origine(search, near.candidate, made.called), faits=faits)


def _differing(search: Search, near: Near, made: Made) -> Iterator[str]:
    """Yield where a PDF differs from the one that cpomgen makes: its first byte, its pages, the words of them."""
    from cpomgen.claim import STAMP
    from cpomgen.pdf import pages_of

    content, file = search.received.content, search.received.file
    if search.claim.donnees and near.texte.has_data(search.claim):
        yield "les données qu’il porte sont celles de ce contrat"
    at = next((at for at, (one, other) in enumerate(zip(content, made.content, strict=False)) if one != other), 0)
    yield f"ses octets diffèrent à partir du {nombre(at + 1)}e, sur {nombre(len(made.content))}"
    own, other = pages_of(content, file), pages_of(made.content, file)
    if len(own) != len(other):
        yield f"il a {combien(len(own), 'page')}, au lieu de {len(other)}"
        return
    pairs = enumerate(zip(own, other, strict=True), 1)
    pages = [str(page) for page, (one, two) in pairs if STAMP.sub("", one) != STAMP.sub("", two)]
    if pages:
        yield f"les mots ne sont pas les mêmes page{'s' if pages[1:] else ''} {enumere(pages[:MANY])}" + (
            f" et {len(pages) - MANY} autres" if pages[MANY:] else ""
        )
    else:
        yield "les mots que l’on en tire sont les mêmes, ce qui ne prouve rien de ce que ses pages montrent"
