from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cpomgen.problem import Mark, Origin, Problem, Severity
from cpomgen.trace import Made, Trace, changes, drop, keep, trace_file, trace_of
from cpomgen.voisin import Voisin

MADE = Made({"contracts/a.yaml": "1", "templates/t/contrat.docx": "2", "campagne.yaml": ""}, "p", "o")
PROBLEMS = (
    Problem("CPOM001", Mark("contracts/a.yaml", 1, 2, "ici"), "Écrit à l’envers.", "→", "D. 6114-11 CSP"),
    Problem("CPOM002", Mark("b"), "", severity=Severity.AVERTISSEMENT, origin=Origin.LOI, waiver="motif"),
)
VOISIN = Voisin("a", date(2012, 1, 1), date(2016, 12, 31), frozenset({("123", "réseau"), ("456", "autre")}))


@pytest.mark.parametrize("trace", [Trace(MADE), Trace(MADE, {"a/contrat.pdf": "3"}, PROBLEMS, VOISIN, "4")])
def it_reads_what_it_keeps(tmp_path: Path, trace: Trace) -> None:
    keep(tmp_path, "a", trace)
    assert trace_of(tmp_path, "a") == trace
    assert trace_of(tmp_path, "b") is None
    drop(tmp_path, "a")
    drop(tmp_path, "a")
    assert trace_of(tmp_path, "a") is None


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\xff", b'{"fichiers": 1}', b"[" * 100_000])
def it_takes_a_damaged_one_for_none(tmp_path: Path, damage: bytes) -> None:
    keep(tmp_path, "a", Trace(MADE))
    trace_file(tmp_path, "a").write_bytes(damage)
    assert trace_of(tmp_path, "a") is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (MADE, []),
        (Made(MADE.fichiers, "q", "o"), ["cpomgen, ou un programme dont il se sert, n’est plus le même"]),
        (Made(MADE.fichiers, "p", "x"), ["les options ne sont plus les mêmes"]),
        (Made({**MADE.fichiers, "contracts/a.yaml": "9"}, "p", "o"), ["contracts/a.yaml a changé"]),
        (Made({**MADE.fichiers, "campagne.yaml": "9"}, "p", "o"), ["campagne.yaml est nouveau"]),
        (Made({"contracts/a.yaml": "1"}, "p", "o"), ["templates/t/contrat.docx n’est plus là"]),
    ],
)
def it_says_why_documents_are_no_longer_what_they_would_be(now: Made, expected: list[str]) -> None:
    assert list(changes(MADE, now)) == expected
