"""What a file says of itself → what it may have been made from: files, versions, the whole history of its contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.commands.sources import Source, acts_of, amended, versions_of
from cpomgen.edition import Edition, edition_of
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import CAMPAGNE, contract_file
from cpomgen.tree import WorkTree, as_git_keeps

if TYPE_CHECKING:
    from cpomgen.claim import Claim
    from cpomgen.commands.acts import Acts
    from cpomgen.gittree import Revision
    from cpomgen.kept import Kept
    from cpomgen.version import Version

BESIDE = ("schemas", "templates", CAMPAGNE)  # what a document is made of, beside its contract
REGISTER = "signatures"
CONTRAT, AVENANT, NOTE = "contrat", "avenant", "note"  # the Word templates of a type


class Candidate(NamedTuple):
    """What a file may have been made from; the state of git's history that it is, None for files and versions."""

    source: Source
    revision: Revision | None = None


class Texte(NamedTuple):
    """What a candidate would print: the data of its contract, the fingerprint of each template with them."""

    donnees: str
    stamps: dict[str, str]

    def kinds(self, claim: Claim) -> tuple[str, ...]:
        """Return the templates that a file may be printed with, by its fingerprint; all of them when it has none."""
        return tuple(kind for kind, stamp in self.stamps.items() if claim.stamp in ("", stamp))

    def has_data(self, claim: Claim) -> bool:
        """Tell whether a file carries these data, or none."""
        return not claim.donnees or claim.lines[-1] == self.donnees


class History:
    """The states of a contract and of what it is printed with, in git's whole history; walked once, when asked."""

    def __init__(self, root: Path, identifiant: str) -> None:
        self.root, self.identifiant = root, identifiant
        self.file = f"contracts/{identifiant}.yaml"
        self.found: list[Revision] | None = None

    def states(self) -> list[Revision]:
        """Return the states, the last first; none without git."""
        if self.found is None:
            self.found = self.walked((self.file, *BESIDE))
        return self.found

    def registers(self) -> list[Revision]:
        """Return the states of the register of signatures, the last first."""
        return self.walked((f"{REGISTER}/{self.identifiant}.yaml",))

    def walked(self, paths: tuple[str, ...]) -> list[Revision]:
        """Return the states of files and folders in the history; none without git."""
        from cpomgen.gittree import revisions
        from cpomgen.repository import open_repository

        try:
            return revisions(open_repository(self.root, Mark(self.file)), paths)
        except ProblemError:
            return []

    def state_of(self, source: Source) -> Revision | None:
        """Return a state whose contract is that of a source; None when git has none."""
        try:
            content = as_git_keeps(source.tree(self.root).read(source.file or self.file))
            return next((each for each in self.states() if as_git_keeps(each.tree.read(self.file)) == content), None)
        except ProblemError:
            return None


def candidates(root: Path, history: History, claim: Claim) -> Iterator[Candidate]:
    """Yield what a file may have been made from: the version that its pages name, files, versions, then history."""
    from cpomgen.version import Version

    identifiant = history.identifiant
    working = Candidate(Source(identifiant, None, Edition.PROJET))
    yield from [working] if claim.is_project else []
    for version in versions_of(root, identifiant, claim.number):
        yield Candidate(Source(identifiant, version, edition_of(version.number)))
    yield from [working] if not claim.is_project else []
    for each in history.states():
        version = Version(identifiant, each.commit.name, each.tree, history.file)
        yield Candidate(Source(identifiant, version, Edition.PROJET), each)


def likely_ids(root: Path, file: str, claim: Claim, asked: str) -> Iterator[str]:
    """Yield the contracts that a file may be of: the one asked, the one it says, else all, its path's own first."""
    if asked and asked not in WorkTree(root).names("contracts", ".yaml") and not History(root, asked).states():
        contract_file(WorkTree(root), asked)  # says that there is none of that name
    if found := asked or claim.identifiant:
        yield found
    elif not claim.donnees:
        known = WorkTree(root).names("contracts", ".yaml")
        near = [each for each in known if each in PurePath(file).parts or each in PurePath(file).stem]
        yield from dict.fromkeys((*near, *known))


class Reader:
    """What reads candidates, each text once, however many states of the history have it."""

    def __init__(self, root: Path, kept: Kept) -> None:
        self.root, self.kept = root, kept
        self.known: dict[tuple[str, ...], tuple[str, str]] = {}
        self.avenants: dict[tuple[str, ...], tuple[Acts, int]] = {}

    def texte(self, candidate: Candidate, claim: Claim) -> Texte:
        """Return what a candidate would print; raise ProblemError when it cannot be read."""
        from cpomgen.engines import digest, fingerprint
        from cpomgen.gabarits import type_contents
        from cpomgen.press import beside_data

        donnees, kind = self.read(candidate)
        contents = type_contents(candidate.source.tree(self.root), kind, self.kept)
        stamps = {CONTRAT: fingerprint(digest(contents[CONTRAT]), donnees)}
        if claim.is_act or (not claim.donnees and claim.is_beside):
            pair = beside_data(self.before(candidate, claim), donnees)
            stamps |= {name: fingerprint(digest(contents[name]), pair) for name in (AVENANT, NOTE) if name in contents}
        return Texte(donnees, {name: stamp[:8] for name, stamp in stamps.items()})

    def acts(self, source: Source, since: Version | None) -> tuple[Acts, int]:
        """Return the avenant that a source makes, and its number; it amends the version before it, or `since`."""
        key = (source.identifiant, source.name, since.name if since else "")
        if key not in self.avenants:
            self.avenants[key] = acts_of(self.root, source, self.kept, since)
        return self.avenants[key]

    def before(self, candidate: Candidate, claim: Claim) -> str:
        """Return the data of what an act amends: those that a file says, else those of the version before it."""
        if claim.is_act:
            return claim.lines[0]
        version = amended(self.root, candidate.source, self.kept)[2]
        return self.read(Candidate(Source(version.identifiant, version, Edition.A_SIGNER)))[0]

    def read(self, candidate: Candidate) -> tuple[str, str]:
        """Return the data of a candidate, and its type; those of states that differ by their template are the same."""
        source, state = candidate
        own = state.key[:2] + state.key[3:] if state else (source.name,)
        key = (source.identifiant, *own)
        if key not in self.known:
            self.known[key] = self.read_anew(source)
        return self.known[key]

    def read_anew(self, source: Source) -> tuple[str, str]:
        """Return the data of a contract, and its type; raise ProblemError when it cannot be read."""
        from cpomgen.press import data_of
        from cpomgen.reading import Reading

        contrat, schema = Reading(source.tree(self.root), self.kept).resolved(source.identifiant, source.file)
        return data_of(contrat, schema), contrat.type

    def would_bear(self, candidate: Candidate, claim: Claim, made_with: Mapping[str, str]) -> bool:
        """Tell whether a candidate, printed by other programs, would bear the fingerprint of a file."""
        from cpomgen.engines import digest, fingerprint
        from cpomgen.gabarits import type_contents
        from cpomgen.press import beside_data

        donnees, kind = self.read(candidate)
        printed = beside_data(self.before(candidate, claim), donnees) if claim.is_act else donnees
        contents = type_contents(candidate.source.tree(self.root), kind, self.kept)
        return claim.stamp in {fingerprint(digest(each, made_with), printed)[:8] for each in contents.values()}
