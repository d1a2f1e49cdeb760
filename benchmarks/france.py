"""A folder, a number, a seed → a project of so many contracts, as France had in 2011: one for each of 716 networks."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks.drafted import drafted
from benchmarks.plain import plain
from benchmarks.reseau import reseau

ROOT = Path(__file__).resolve().parent.parent
FRANCE = 716  # networks funded in 2011
SEED = 2011


def generate(root: Path, count: int = FRANCE, seed: int = SEED) -> list[str]:
    """Make a project of so many contracts in `root`, which is new; return their names, by rank."""
    return chosen(root, range(count), seed)


def chosen(root: Path, ranks: Iterable[int], seed: int = SEED) -> list[str]:
    """Make a project of the contracts of some ranks; return their names."""
    (root / "contracts").mkdir(parents=True)
    for name in ("schemas", "templates"):
        shutil.copytree(ROOT / name, root / name)
    return [_written(root, rank, seed) for rank in ranks]


def text_of(rank: int, seed: int = SEED) -> str:
    """Return the file of the contract of a rank, the same however many there are."""
    head = "# yaml-language-server: $schema=../schemas/cpom_type.schema.json\n\n"
    return head + plain(drafted(reseau(rank, seed), seed))


def _written(root: Path, rank: int, seed: int) -> str:
    name = reseau(rank, seed).identifiant
    (root / f"contracts/{name}.yaml").write_text(text_of(rank, seed), encoding="utf-8", newline="\n")
    return name
