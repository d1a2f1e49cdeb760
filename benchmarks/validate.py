"""A contract → what checking it costs, stage by stage and by kilobyte, and what Cerberus costs of it."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple
from unittest import mock

import yaml

from benchmarks.clock import Cost, of_call, of_command
from benchmarks.sample import project
from cpomgen import reading as stages
from cpomgen import validate
from cpomgen.reading import Reading
from cpomgen.tree import WorkTree

CONTRACTS = ("arespa", "mesure")
STAGES = (
    ("load", stages, "load"),
    ("validate", stages, "validate"),
    ("of which Cerberus", validate, "_breaches"),
    ("resolve", stages, "resolve"),
    ("examine", stages, "examined"),
)
INSTANT = 1.0  # second, of processor and elapsed, for the whole command


class Checking(NamedTuple):
    """What checking one contract costs: kilobytes, the command, milliseconds by stage once all is imported."""

    contract: str
    size: float
    command: Cost
    stages: dict[str, float]
    parsing: float

    @property
    def held(self) -> bool:
        """Tell whether the command is over in less than what is felt."""
        return max(self.command.cpu, self.command.wall) < INSTANT


def measure(*, quick: bool) -> list[Checking]:
    """Return the figures of one run; `quick` measures fewer times."""
    turns = 3 if quick else 9
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        root = project(Path(folder))
        return [_checking(root, name, turns) for name in CONTRACTS]


def table(found: list[Checking]) -> Iterator[str]:
    """Yield the lines of the table."""
    for each in found:
        verdict = "held" if each.held else "NOT HELD"
        yield f"cpomgen validate {each.contract}, {each.size:.1f} kB, from nothing"
        yield f"{'':4}{each.command.cpu:.2f} s of processor, {each.command.wall:.2f} s, {each.command.peak:.0f} MB"
        yield f"{'':4}under {INSTANT:g} s: {verdict}"
        whole = each.stages["whole"]
        for name, cost in each.stages.items():
            yield f"{'':4}{name:<20}{cost:>8.1f} ms{cost / each.size:>8.2f} ms/kB{100 * cost / whole:>6.0f} %"
        ratio = whole / each.parsing
        yield f"{'':4}{'yaml.safe_load':<20}{each.parsing:>8.1f} ms   ours is {ratio:.1f} times that"


def line(found: list[Checking]) -> str:
    """Return the figures as one line of JSON."""
    return json.dumps([{**each._asdict(), "command": each.command._asdict(), "held": each.held} for each in found])


def _checking(root: Path, name: str, turns: int) -> Checking:
    text = (root / "contracts" / f"{name}.yaml").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "cpomgen", "validate", name]
    costs = [of_command(command, root) for _ in range(turns)]
    spent = [_stages(root, name) for _ in range(turns)]
    parsing = median(of_call(lambda: yaml.safe_load(text)).cpu for _ in range(turns))
    return Checking(
        name,
        len(text.encode()) / 1000,
        Cost(*(median(values) for values in zip(*costs, strict=True))),
        {stage: 1000 * median(each[stage] for each in spent) for stage in spent[0]},
        1000 * parsing,
    )


def _stages(root: Path, name: str) -> dict[str, float]:
    """Return the seconds that each stage takes for one contract, its type read already."""
    reading = Reading(WorkTree(root))
    reading.kind("cpom_type")
    reading.examined(name)
    spent = dict.fromkeys((stage for stage, *_ in STAGES), 0.0)
    with _timed(spent):
        whole = of_call(lambda: reading.examined(name)).cpu
    return {**spent, "whole": whole}


def _timed(spent: dict[str, float]) -> ExitStack:
    """Return a context in which each stage adds to `spent` the seconds that it takes."""
    stack = ExitStack()
    for stage, module, name in STAGES:
        stack.enter_context(mock.patch.object(module, name, _clocked(getattr(module, name), stage, spent)))
    return stack


def _clocked(call: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def clocked(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the stage takes
        before = process_time()
        found = call(*arguments)
        found = tuple(found) if stage == "of which Cerberus" else found  # a generator works when it is read
        spent[stage] += process_time() - before
        return found

    return clocked
