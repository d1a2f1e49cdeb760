"""The changes of the examples' avenants, and of generated contracts, tracked in the Word files that are really made."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest
from judged import Way, lines, marks
from memory import ROOT

from cpomgen.amending import made
from cpomgen.edition import Edition
from cpomgen.outcome import Options
from cpomgen.package import pack
from cpomgen.pipeline import state_of
from cpomgen.reading import Reading
from cpomgen.redline import Made, redline
from cpomgen.revision import Reviser
from cpomgen.tree import WorkTree

READING = Reading(WorkTree(ROOT))
CLINIQUE = "clinique-exemple-les-bains"
LIVES = {
    "arespa": ("contracts/arespa.yaml", *(f"docs/histoire/arespa/{day}.yaml" for day in ("2012-12-12", "2013-06-20"))),
    "douaisis": ("contracts/douaisis.yaml", "docs/histoire/douaisis/2013-12-18.yaml"),
    CLINIQUE: (f"contracts/{CLINIQUE}.yaml", f"docs/histoire/{CLINIQUE}/2020-12-11.yaml"),
    "grand-nancy": ("contracts/grand-nancy.yaml",),
    "socle-transitoire": ("contracts/socle-transitoire.yaml",),
}
STEPS = [
    ("arespa", 0, "arespa", 1),
    ("arespa", 1, "arespa", 2),
    ("arespa", 2, "arespa", 0),
    ("douaisis", 0, "douaisis", 1),
    (CLINIQUE, 0, CLINIQUE, 1),
    ("socle-transitoire", 0, "grand-nancy", 0),
    ("grand-nancy", 0, "socle-transitoire", 0),
]


@cache
def version(name: str, number: int) -> Made:
    edition = Edition.CONSOLIDE if number else Edition.A_SIGNER
    state = state_of(READING, name, LIVES[name][number])
    return made(state, READING, Options(edition=edition, number=number), settled=True)


@pytest.mark.parametrize(("name", "number", "other", "then"), STEPS)
def it_reads_as_each_of_two_contracts(name: str, number: int, other: str, then: int) -> None:
    old, new = version(name, number), version(other, then)
    found = redline(old, new, Reviser("Avenant n°\u00a01", datetime(2012, 12, 12, tzinfo=UTC)))
    assert lines(found, Way.ACCEPTED) == lines(pack(new.package.parts))
    assert lines(found, Way.REJECTED) == lines(pack(old.package.parts), Way.REJECTED)
    assert marks(found)


def it_marks_what_an_avenant_changes_and_no_more() -> None:
    found = redline(version("arespa", 1), version("arespa", 2), Reviser("ARS", datetime(2013, 6, 20, tzinfo=UTC)))
    assert set(marks(found)) == {"ins", "del"}
    kept = set(lines(found, Way.ACCEPTED)) & set(lines(found, Way.REJECTED))
    assert len(kept) > 0.9 * len(set(lines(found, Way.REJECTED)))
