"""Hundreds of contracts in git, one changed, or their template → what `cpomgen review` costs, from nothing."""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pygit2

from benchmarks.clock import Cost, of_command
from benchmarks.sample import project

CONTRACTS = 716  # réseaux of France in 2011
FEW = 40  # of them, for a template that changes, when time is short
PROMISE = 3.0  # seconds elapsed, for one contract changed among all
WHO = pygit2.Signature("Mesure", "mesure@exemple.fr", 1_340_000_000, 120)
TEMPLATE = "templates/cpom_type/contrat.docx"
WORDS = ("qui subordonne le versement", "qui conditionne le versement")


class Reviewing(NamedTuple):
    """What a review costs: contracts of the project, what the request changes, the command."""

    contracts: int
    change: str
    command: Cost
    promised: bool = False

    @property
    def held(self) -> bool:
        """Tell whether the request that the promise is about is read in time."""
        return not self.promised or self.command.wall < PROMISE


def measure(*, quick: bool) -> list[Reviewing]:
    """Return the figures of one run; `quick` measures fewer times, and prints fewer contracts."""
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        root = many(Path(folder) / "tous", CONTRACTS)
        raise_amount(root, "reseau-001")
        found = [_reviewing(root, CONTRACTS, "one contract", turns=1 if quick else 5, promised=True)]
        count = FEW if quick else CONTRACTS
        other = many(Path(folder) / "modele", count)
        reword(other / TEMPLATE)
        return [*found, _reviewing(other, count, "the template", turns=1)]


def table(found: list[Reviewing]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'contracts':>10}  {'changed':<14}{'cpu s':>8}{'wall s':>8}{'ms each':>9}{'MB':>6}"
    for each in found:
        cost, verdict = each.command, f"   < {PROMISE:g} s {'held' if each.held else 'NOT HELD'}"
        yield (
            f"{each.contracts:>10}  {each.change:<14}{cost.cpu:>8.2f}{cost.wall:>8.2f}"
            f"{1000 * cost.wall / each.contracts:>9.1f}{cost.peak:>6.0f}{verdict if each.promised else ''}"
        )


def line(found: list[Reviewing]) -> str:
    """Return the figures as one line of JSON."""
    return json.dumps([{**each._asdict(), "command": each.command._asdict(), "held": each.held} for each in found])


def many(root: Path, count: int) -> Path:
    """Return a project of so many contracts, each of its own promoteur, all of it committed."""
    root.mkdir()
    contracts = project(root) / "contracts"
    text = (contracts / "mesure.yaml").read_text(encoding="utf-8")
    for path in contracts.iterdir():
        path.unlink()
    for number in range(count):
        made = text.replace("identifiant: mesure", f"identifiant: reseau-{number:03}")
        made = made.replace("de la mesure", f"de la mesure {number:03}")
        (contracts / f"reseau-{number:03}.yaml").write_text(made, encoding="utf-8", newline="\n")
    git = pygit2.init_repository(str(root), initial_head="main")
    git.index.add_all()
    git.index.write()
    git.create_commit("refs/heads/main", WHO, WHO, "contrats", git.index.write_tree(), [])
    return root


def raise_amount(root: Path, name: str) -> None:
    """Change an amount of a contract."""
    path = root / f"contracts/{name}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("'102012.50'", "'112012.50'").replace("102012.50", "112012.50"), encoding="utf-8")


def reword(path: Path) -> None:
    """Change a word of an article of a Word template."""
    with zipfile.ZipFile(path) as word:
        parts = [(each, word.read(each)) for each in word.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as word:
        for each, content in parts:
            word.writestr(each, content.replace(WORDS[0].encode(), WORDS[1].encode()))


def _reviewing(root: Path, contracts: int, change: str, *, turns: int, promised: bool = False) -> Reviewing:
    command = [sys.executable, "-m", "cpomgen", "review"]
    costs = [of_command(command, root) for _ in range(turns)]
    return Reviewing(contracts, change, Cost(*(median(values) for values in zip(*costs, strict=True))), promised)
