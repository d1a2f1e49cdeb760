"""Two versions of a contract, read → what telling them apart and wording the act costs, by pages and changes."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import yaml
from pikepdf import Pdf

from benchmarks.clock import of_call
from benchmarks.sample import EXERCICES, contract, project
from benchmarks.stages import ready
from cpomgen import pipeline
from cpomgen.amend import amend
from cpomgen.changes import as_text
from cpomgen.kept import Kept
from cpomgen.outcome import Changes, State
from cpomgen.pen import PLAIN
from cpomgen.reading import Reading
from cpomgen.texts import paired
from cpomgen.tree import WorkTree

PROMISED = 28  # objectives of a contract of thirty pages
SIZES = (PROMISED // 4, PROMISED, 2 * PROMISED)
CHANGES = (1, 10, 50)
AIM = 50.0  # milliseconds of processor, both versions read, all told in words


class Telling(NamedTuple):
    """What two versions cost: pages, changes asked for and found, milliseconds to tell them apart, to word the act."""

    pages: int
    changes: int
    operations: int
    differ: float
    told: float
    act: float
    promised: bool

    @property
    def whole(self) -> float:
        """Return what the promise is about: both versions told apart, and the articles of the act worded."""
        return self.differ + self.act

    @property
    def held(self) -> bool:
        """Tell whether the contract that the promise is about is told apart and worded in time."""
        return not self.promised or self.whole < AIM


def measure(*, quick: bool) -> list[Telling]:
    """Return the figures of one run; `quick` measures fewer contracts, fewer times."""
    sizes, changes, turns = (SIZES[:2], CHANGES[:2], 5) if quick else (SIZES, CHANGES, 25)
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        return [each for size in sizes for each in _sized(Path(folder) / str(size), size, changes, turns)]


def table(found: list[Telling]) -> Iterator[str]:
    """Yield the lines of the table, in milliseconds of processor."""
    yield f"{'pages':>6}{'changes':>9}{'found':>7}{'differ':>9}{'act':>7}{'both':>7}{'(told)':>9}   ms of processor"
    for each in found:
        verdict = f"   < {AIM:g} {'held' if each.held else 'NOT HELD'}" if each.promised else ""
        yield (
            f"{each.pages:>6}{each.changes:>9}{each.operations:>7}{each.differ:>9.1f}{each.act:>7.1f}"
            f"{each.whole:>7.1f}{each.told:>9.1f}{verdict}"
        )


def line(found: list[Telling]) -> str:
    """Return the figures as one line of JSON."""
    return json.dumps([{**each._asdict(), "held": each.held} for each in found])


def changed(document: dict[str, Any], count: int) -> dict[str, Any]:
    """Return a copy of a contract after so many changes: deadlines of actions, targets, an amount in ten."""
    made = deepcopy(document)
    annexes = made["annexes"]
    steps = [
        step
        for name in ("orientations_strategiques", "appui_coordination", "articulation_acteurs")
        for objective in annexes[name]["objectifs"]
        for step in objective["operationnels"]
    ]
    for rank in range(count):
        step = steps[rank * len(steps) // count]
        if rank % 10 == 0:
            source = annexes["financement"]["sources"][rank // 10 % 4]
            source["montants"][EXERCICES[rank // 40]] = f"{300_000 + rank}.00"
        elif rank % 2:
            step["actions"][0]["echeance"] = "2014-06-30"
        else:
            step["indicateurs"][0]["valeurs_cibles"][2016] = 80
    return made


def _sized(folder: Path, size: int, changes: Sequence[int], turns: int) -> Iterator[Telling]:
    folder.mkdir()
    root = project(folder, size)
    _, whole, _ = next((made := ready(root, "mesure")).documents())
    with Pdf.open(io.BytesIO(made.typeset(whole))) as pdf:
        pages = len(pdf.pages)
    document, kept = contract(size), Kept()
    old = _state(root, document, kept)
    for count in changes:
        new = _state(root, changed(document, count), kept)
        found = pipeline.differ(old, new)
        differ = _milliseconds(partial(pipeline.differ, old, new), turns)
        told = _milliseconds(partial(_told, found), turns)
        both = paired(old.imprime, new.imprime)
        act = _milliseconds(partial(amend, both, (old.schema, new.schema)), turns)
        promised = size == PROMISED and count == CHANGES[1]
        yield Telling(pages, count, len(found.texte), differ, told, act, promised)


def _milliseconds(work: Callable[[], object], turns: int) -> float:
    return 1000 * median(of_call(work).cpu for _ in range(turns))


def _told(found: Changes) -> list[str]:
    return list(as_text(found, PLAIN))


def _state(root: Path, document: dict[str, Any], kept: Kept) -> State:
    (root / "autre.yaml").write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return pipeline.state_of(Reading(WorkTree(root), kept), "mesure", "autre.yaml")
