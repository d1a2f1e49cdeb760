"""A git history for tests, made without the git program: the same on every machine, whatever its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygit2
from pygit2.enums import FileMode, ObjectType

WHO = pygit2.Signature("Essai", "essai@exemple.fr", 1_340_000_000, 120)  # 18 June 2012


def repository(root: Path) -> pygit2.Repository:
    """Return the repository whose folder is `root`, made when there is none."""
    if (root / ".git").exists():
        return pygit2.Repository(str(root))
    git = pygit2.init_repository(str(root), initial_head="main")
    git.config["user.name"], git.config["user.email"] = WHO.name, WHO.email
    return git


def record(
    root: Path, parents: Sequence[pygit2.Oid] | None = None, links: Mapping[str, str] | None = None, message: str = "x"
) -> pygit2.Oid:
    """Commit all that `root` holds, and symbolic links; `parents` are those of the last commit when not given."""
    git = repository(root)
    git.index.clear()
    git.index.add_all([path.name for path in root.iterdir() if path.name not in (".git", "out", ".cpomgen")])
    for path, target in (links or {}).items():
        git.index.add(pygit2.IndexEntry(path, git.create_blob(target.encode()), FileMode.LINK))
    git.index.write()
    above = [] if git.head_is_unborn else [git.head.target]
    made = git.create_commit(None, WHO, WHO, message, git.index.write_tree(), above if parents is None else parents)
    git.create_reference(str(git.lookup_reference("HEAD").target), made, force=True)
    return made


def tags(root: Path) -> list[str]:
    """Return the versions and the pieces that are tagged, in order."""
    return sorted(name.rpartition("/")[2] for name in repository(root).references if name.startswith("refs/tags/"))


def tag(root: Path, name: str) -> None:
    """Put an annotated tag on the last commit."""
    git = repository(root)
    git.create_tag(name, git.head.target, ObjectType.COMMIT, WHO, "essai")
