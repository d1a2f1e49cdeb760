"""A Word file or a PDF → what it is: made by cpomgen, of which reviewed text; signed over; altered. Nothing is written.

What the file says of itself only tells where to look. The answer comes of bytes: what it may have been made from is
printed again, and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.appended import Appended, appended
from cpomgen.commands.acts import CONSOLIDE, SUIVI
from cpomgen.commands.candidates import CONTRAT, Candidate, History, Reader, Texte, candidates, likely_ids
from cpomgen.commands.sources import CALLED, TITLED, Source, act_options, amended, documents, versions_of
from cpomgen.edition import Edition, edition_after
from cpomgen.problem import ProblemError
from cpomgen.tree import Tree
from cpomgen.verdict import Answer, Origine, Verdict

if TYPE_CHECKING:
    from cpomgen.claim import Claim
    from cpomgen.remarque import Relu
    from cpomgen.version import Version

EDITIONS = {
    Edition.PROJET: "projet", Edition.A_SIGNER: "à signer", Edition.CONSOLIDE: "texte consolidé",
    Edition.CONSOLIDE_PROJET: "projet de texte consolidé",
}  # fmt: skip
STAMPED, SAME_DATA = 2, 1  # how near a candidate is to a file


class Received(NamedTuple):
    """A file to be verified: what it is called, its bytes, what it says of itself, how it reads when it is of Word."""

    file: str
    content: bytes
    claim: Claim
    relu: Relu | None

    @property
    def suffix(self) -> str:
        """Return how the names of such files end."""
        return ".docx" if self.relu else ".pdf"


class Made(NamedTuple):
    """A document made again: what it was made from, what it is called, its bytes, and what a file adds to them."""

    candidate: Candidate
    called: str
    edition: str
    content: bytes
    added: Appended | None = None


class Near(NamedTuple):
    """What a file was not made from to the byte, but may come from: how near it is."""

    rank: int
    candidate: Candidate
    texte: Texte

    @property
    def text(self) -> tuple[object, ...]:
        """Return what its documents are made from."""
        source = self.candidate.source
        return source.edition, source.printed, self.texte.donnees, self.texte.stamps[CONTRAT]


class Search:
    """The search of what a file was made from, in a project."""

    def __init__(self, reader: Reader, received: Received) -> None:
        self.received, self.claim = received, received.claim
        self.reader, self.root, self.kept = reader, reader.root, reader.kept
        self.nears: list[Near] = []  # all as near, each of another text
        self.done: set[tuple[object, ...]] = set()  # what was printed, and is not the file
        self.history = History(self.root, "")

    def made(self, asked: str) -> Made | None:
        """Return the document whose bytes a file has, or begins with; None when there is none: see `nears`."""
        if not self.claim.donnees and not self.claim.stamp:
            return None
        for identifiant in likely_ids(self.root, self.received.file, self.claim, asked):
            self.history = history = History(self.root, identifiant)
            for candidate in candidates(self.root, history, self.claim):
                try:
                    if found := self.tried(candidate):
                        return found
                except ProblemError:  # a state of the history that cannot be printed: the others may be
                    continue
        return None

    def history_of(self, identifiant: str) -> History:
        """Return the history of a contract, walked once for the one that is being looked into."""
        return self.history if self.history.identifiant == identifiant else History(self.root, identifiant)

    def tried(self, candidate: Candidate) -> Made | None:
        """Return a document of a candidate that has the bytes of the file; keep the candidates nearest to it."""
        texte = self.reader.texte(candidate, self.claim)
        kinds, same_data = texte.kinds(self.claim), texte.has_data(self.claim)
        rank = STAMPED * bool(kinds and self.claim.stamp) + SAME_DATA * (same_data and bool(self.claim.donnees))
        if rank:
            self.note(Near(rank, candidate, texte))
        text = (*Near(rank, candidate, texte).text, kinds)
        if not (kinds and same_data and rank) or text in self.done:
            return None
        self.done.add(text)
        return next((made for each in self.printed(candidate, kinds) if (made := self.compared(each))), None)

    def note(self, found: Near) -> None:
        """Keep a candidate that is as near to the file as any other, unless its text is that of one already there."""
        if not self.nears or found.rank > self.nears[0].rank:
            self.nears = [found]
        elif found.rank == self.nears[0].rank and found.text not in [each.text for each in self.nears]:
            self.nears.append(found)

    def compared(self, made: Made) -> Made | None:
        """Return a document when a file has its bytes, with what a PDF adds to them; None otherwise."""
        content = self.received.content
        if content == made.content:
            return made
        if not content.startswith(made.content):
            return None
        return made._replace(added=appended(made.content, content, self.received.file))

    def printed(self, candidate: Candidate, kinds: tuple[str, ...]) -> Iterator[Made]:
        """Yield the documents that a file may be, made again from a candidate, the likeliest first."""
        if set(kinds) - {CONTRAT}:
            yield from chain.from_iterable(self.act(candidate, name) for name in kinds if name != CONTRAT)
        if CONTRAT in kinds:
            named = [name for name, words in TITLED.items() if words in self.claim.title]
            yield from chain.from_iterable(self.act(candidate, name) for name in named)
            yield from self.documents(candidate) if not named else ()

    def documents(self, candidate: Candidate) -> Iterator[Made]:
        """Yield the documents of the contract itself, those of the file's title first."""
        source, data = candidate.source, bool(self.claim.donnees)
        for name in self.names(candidate):
            for path, content in documents(self.root, source, (name,), self.kept, data=data):
                if path.endswith(self.received.suffix):
                    yield Made(candidate, f"document « {name} »", EDITIONS[source.edition], content)
                    break

    def names(self, candidate: Candidate) -> list[str]:
        """Return the documents that have the title of the file, or may have it."""
        from cpomgen.gabarits import read_once
        from cpomgen.modele import read_modele

        path = f"templates/{self.reader.read(candidate)[1]}/modele.yaml"
        modele = read_once(candidate.source.tree(self.root), path, read_modele, self.kept)
        found = {each.nom: each.titre for each in modele.documents}
        named = [name for name, titre in found.items() if titre and self.claim.title.endswith(titre)]
        return [*named, *(name for name, titre in found.items() if not titre)] or list(found)

    def act(self, candidate: Candidate, name: str) -> Iterator[Made]:
        """Yield a document of an avenant, as it amends the version before it, then another."""
        if name == SUIVI and not self.received.relu:
            return
        source, options = candidate.source, act_options(candidate.source, name, data=bool(self.claim.donnees))
        for since in self.bases(source, name):
            acts, number = self.reader.acts(source, since)
            for register in self.registers(candidate, name):
                for path, content in acts.files(self.root, options, register):
                    if path.endswith(self.received.suffix):
                        edition = edition_after(settled=source.settled) if name in TITLED else options.edition
                        yield Made(candidate, f"{CALLED[name]} n° {number}", EDITIONS[edition], content)
                        break

    def bases(self, source: Source, name: str) -> Iterator[Version | None]:
        """Yield the versions that an avenant may amend: the one before it (None), then others, as its data tell."""
        yield None
        usual = amended(self.root, source, self.kept)[2].number
        for version in versions_of(self.root, source.identifiant, 0):
            told = self.reader.read(Candidate(Source(source.identifiant, version, Edition.A_SIGNER)))[0]
            if version.number != usual and (name in TITLED or self.claim.lines[0] == told):
                yield version

    def registers(self, candidate: Candidate, name: str) -> Iterator[Tree | None]:
        """Yield where facts of signature are read, which a consolidated text tells: as they are, then as they were."""
        yield None
        if name == CONSOLIDE:
            yield candidate.source.tree(self.root)
            yield from (each.tree for each in self.history.registers())


def proved(search: Search, made: Made) -> Verdict:
    """Return what a file is that has all the bytes of a document."""
    revision, added = made.candidate.revision, made.added
    answer = Answer.IDENTIQUE if added is None else Answer.ALTERE if added.autres else Answer.SIGNE
    if revision is not None and not (added and added.autres):
        answer = Answer.AUTRE_REVISION
    return Verdict(search.received.file, answer, origine(search, made.candidate, made.called, made.edition), added)


def origine(search: Search, candidate: Candidate, called: str, edition: str = "") -> Origine:
    """Return what a document was made from, as an officer calls it, and what git has of it."""
    from cpomgen.problem import Mark
    from cpomgen.repository import open_repository, tag_day

    source = candidate.source
    history = search.history_of(source.identifiant)
    state = candidate.revision or history.state_of(source)
    tag = source.version.tag if source.version else ""
    day = tag_day(open_repository(search.root, Mark(history.file)), tag) if tag else None
    return Origine(
        source.identifiant, called, source.name, edition or EDITIONS[source.edition], history.file, tag, day,
        candidate.revision.commit if candidate.revision else None, state.since[history.file] if state else None,
    )  # fmt: skip
