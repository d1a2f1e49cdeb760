"""What the documents of a contract were made from, and what came of it ⇄ .cpomgen/traces/<id>.json.

It tells, without reading the contract again, whether its documents are still what they would be: by content, never by
date. It keeps what rules across contracts need of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cpomgen.disk import swap
from cpomgen.problem import Mark, Origin, Problem, Severity
from cpomgen.voisin import Voisin

ABSENT = ""  # the fingerprint of a file that is not there
UNKNOWN = "?"  # what stands for neighbours that have not been looked for


@dataclass(frozen=True, slots=True)
class Made:
    """What documents are made from: files, by path in the project, with their fingerprints; the program; options."""

    fichiers: Mapping[str, str]
    programme: str
    options: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a contract the last time: what it was made from, its documents, what was wrong.

    `documents` are fingerprints by path in out/; `autour` stands for the contracts that bind the same parties.
    """

    made: Made
    documents: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    voisin: Voisin | None = None
    autour: str = UNKNOWN


def changes(was: Made, now: Made) -> Iterator[str]:
    """Yield why documents are no longer what they would be, in words."""
    if was.programme != now.programme:
        yield "cpomgen, ou un programme dont il se sert, n’est plus le même"
    if was.options != now.options:
        yield "les options ne sont plus les mêmes"
    for path in sorted({*was.fichiers, *now.fichiers}):
        before, after = was.fichiers.get(path, ABSENT), now.fichiers.get(path, ABSENT)
        if before != after:
            yield f"{path} {'n’est plus là' if after == ABSENT else 'est nouveau' if before == ABSENT else 'a changé'}"


def trace_file(root: Path, identifiant: str) -> Path:
    """Return the file of the trace of a contract."""
    return root / ".cpomgen" / "traces" / f"{identifiant}.json"


def keep(root: Path, identifiant: str, trace: Trace) -> None:
    """Write the trace of a contract; raise OSError when the disk refuses."""
    record = {
        "fichiers": dict(trace.made.fichiers),
        "programme": trace.made.programme,
        "options": trace.made.options,
        "documents": dict(trace.documents),
        "problemes": [_said(each) for each in trace.problems],
        "voisin": _neighbour(trace.voisin),
        "autour": trace.autour,
    }
    swap(trace_file(root, identifiant), (json.dumps(record, ensure_ascii=False) + "\n").encode())


def drop(root: Path, identifiant: str) -> None:
    """Take away the trace of a contract that is gone."""
    with suppress(OSError):
        trace_file(root, identifiant).unlink(missing_ok=True)


def trace_of(root: Path, identifiant: str) -> Trace | None:
    """Return the trace of a contract, None when it has none, or one that is damaged."""
    try:
        record = json.loads(trace_file(root, identifiant).read_bytes())
        fichiers, documents = ({str(k): str(v) for k, v in record[name].items()} for name in ("fichiers", "documents"))
        made = Made(fichiers, str(record["programme"]), str(record["options"]))
        problems = tuple(map(_problem, record["problemes"]))
        return Trace(made, documents, problems, _voisin(record["voisin"]), str(record["autour"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _said(problem: Problem) -> dict[str, Any]:
    return {
        **problem._asdict(),
        "mark": list(problem.mark),
        "severity": problem.severity.value,
        "origin": problem.origin.value if problem.origin else None,
    }


def _problem(record: Mapping[str, Any]) -> Problem:
    file, line, column, place = record["mark"]
    return Problem(**{
        **record,
        "mark": Mark(str(file), int(line), int(column), str(place)),
        "severity": Severity(record["severity"]),
        "origin": Origin(record["origin"]) if record["origin"] else None,
    })  # fmt: skip


def _neighbour(voisin: Voisin | None) -> dict[str, Any] | None:
    if voisin is None:
        return None
    couples = sorted(map(list, voisin.couples))
    return {"id": voisin.identifiant, "du": str(voisin.debut), "au": str(voisin.fin), "couples": couples}


def _voisin(record: Mapping[str, Any] | None) -> Voisin | None:
    if record is None:
        return None
    couples = frozenset((str(who), str(name)) for who, name in record["couples"])
    return Voisin(str(record["id"]), date.fromisoformat(record["du"]), date.fromisoformat(record["au"]), couples)
