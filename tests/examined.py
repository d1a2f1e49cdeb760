"""What rules find in a contract: ARESPA, which breaks none, with a few lines of it changed."""

from __future__ import annotations

from collections.abc import Mapping

from memory import ROOT, Files

from cpomgen.kept import Kept
from cpomgen.problem import Problem
from cpomgen.reading import Reading
from cpomgen.tree import WorkTree

EXAMPLE = "CPOM412"  # ARESPA says that it is an example: for that alone it may not be signed, and only one test asks
KEPT = Kept()  # read once for all tests: they change contracts alone
ARESPA = (ROOT / "contracts/arespa.yaml").read_text(encoding="utf-8")


class Project(Files):
    """The project on disk, with these contracts for all contracts."""

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the ids of the contracts kept in memory, and of anything else on disk."""
        return super().names(folder, suffix) if folder == "contracts" else WorkTree(ROOT).names(folder, suffix)


def changed(*changes: tuple[str, str], text: str = ARESPA) -> str:
    """Return a contract with some texts replaced by others; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def without(text: str, key: str) -> str:
    """Return a contract without the first field of that name, whatever is under it."""
    lines = text.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.lstrip().removeprefix("- ").startswith(f"{key}:"))
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    return "".join([*lines[:start], *lines[end:]])


def problems(text: str, *, settled: bool = False, others: Mapping[str, str] | None = None) -> list[Problem]:
    """Return all that is wrong in a contract of the project, in file order; that it is an example is not wrong here."""
    contracts = {"arespa": text, **(others or {})}
    tree = Project({f"contracts/{name}.yaml": each for name, each in contracts.items()}, WorkTree(ROOT))
    found = Reading(tree, KEPT).examined("arespa", settled=settled).problems
    return [each for each in found if each.code != EXAMPLE]


def told(*changes: tuple[str, str], settled: bool = False) -> list[str]:
    """Return what is said of ARESPA once it is changed: severity, code and sentence of each problem."""
    found = problems(changed(*changes), settled=settled)
    return [f"{each.severity.value} {each.code} : {each.message}" for each in found]
