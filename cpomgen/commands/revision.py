"""A project in git → the commit that holds a contract's file, as the manifest says it; the contracts left as frozen."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cpomgen.problem import Mark, ProblemError
from cpomgen.tree import WorkTree, as_git_keeps

if TYPE_CHECKING:
    from cpomgen.inventory import Fact
    from cpomgen.repository import Repository


class Revisions:
    """What git says of the files of a project; nothing where it is not kept by git."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def repository(self) -> Repository | None:
        """Return the repository of the project, opened when it is first asked for."""
        from cpomgen.repository import open_repository

        try:
            return open_repository(self.root, Mark(""))
        except ProblemError:
            return None

    @cached_property
    def head(self) -> str:
        """Return the name of the last commit, "" before the first one."""
        found = self.repository.head() if self.repository else None
        return str(found.id) if found else ""

    def of(self, path: str, content: bytes) -> dict[str, Fact]:
        """Return the last commit, and whether the file has changed since."""
        if not self.head or not self.repository:
            return {}
        changed = as_git_keeps(content) != as_git_keeps(self.repository.committed(path))
        return {"revision": self.head, **({"modifie": True} if changed else {})}

    def left_alone(self, identifiants: tuple[str, ...]) -> dict[str, int]:
        """Return the contracts that say what their last frozen version does: nothing of them is being prepared."""
        from cpomgen.repository import all_frozen

        found: dict[str, int] = {}
        if not self.repository or not (numbers := all_frozen(self.repository)):
            return found
        from cpomgen.commands.unaltered import is_unaltered
        from cpomgen.reading import Reading

        reading = Reading(WorkTree(self.root))
        for identifiant in filter(numbers.__contains__, identifiants):
            with suppress(ProblemError):  # a version that is not here: told by whoever asks for it
                if is_unaltered(self.repository, reading, identifiant, numbers[identifiant][-1]):
                    found[identifiant] = numbers[identifiant][-1]
        return found

    def frozen_apart(self) -> dict[str, tuple[str, ...]]:
        """Return the pieces of contracts that are frozen while the whole is not, by contract; none without git."""
        from cpomgen.etiquette import all_pieces
        from cpomgen.repository import all_frozen

        if not self.repository or not (found := all_pieces(self.repository)):
            return {}
        whole = all_frozen(self.repository)
        return {name: pieces for name, pieces in found.items() if name not in whole}
