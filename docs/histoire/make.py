# ruff: noqa: INP001 - a script alone in its folder
"""The dated files of this folder → a git repository that holds the life of contracts, as the commands make it.

    python docs/histoire/make.py DOSSIER            # a new folder, for all of them
    python docs/histoire/make.py DOSSIER douaisis   # for those that are named

A contract begins as contracts/<id>.yaml; <id>/<day>.yaml is that contract as the avenant signed that day makes it. Each
version is committed, frozen for signature, then signed, on days of its own; some pieces of a first version are frozen
and signed before the rest. The same files and the same programs give the same commits and the same tags.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

import pygit2

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from cpomgen.cli import cli  # noqa: E402 - this copy of cpomgen

WHO = ("Agence (exemple)", "agence@exemple.fr")
LIVES = {  # the days on which each version was frozen, then signed
    "arespa": (("2012-06-12", "2012-06-18"), ("2012-12-05", "2012-12-12"), ("2013-06-13", "2013-06-20")),
    "douaisis": (("2012-06-14", "2012-06-20"), ("2013-12-11", "2013-12-18")),
    "clinique-exemple-les-bains": (("2019-07-12", "2019-07-26"), ("2020-12-04", "2020-12-11")),
}
PIECES = {  # the days on which pieces of version 0 were, before the others
    "clinique-exemple-les-bains": {"socle": ("2018-12-10", "2018-12-14")},
}
WAIVER = """
derogations:
  - regle: CPOM412
    fondement: contrat d'exemple, que l'on arrête et signe pour montrer comment ; il n'engage personne
"""


class Step(NamedTuple):
    """Something that happens to a contract, and the day it does: a version, or a piece of it, is frozen, or signed."""

    day: date
    done: str
    identifiant: str
    number: int
    signed: str
    piece: str = ""


def main(folder: str, *names: str) -> None:
    """Make the repository, and say what the commands answer."""
    for _ in live(Path(folder), names or LIVES):
        pass


def live(folder: Path, names: Iterable[str] = LIVES) -> Iterator[Step]:
    """Make the repository, step by step: yield each once it is committed."""
    steps = sorted(step for name in names for step in life(name))
    typed("init", str(folder))
    git = begin(folder)
    (folder / "contracts/arespa.yaml").unlink()  # it comes with its version 0
    record(git, steps[0].day, "Projet")
    for step in steps:
        take(git, folder, step)
        yield step


def life(name: str) -> Iterator[Step]:
    """Yield what happens to a contract, in order."""
    for piece, days in PIECES.get(name, {}).items():
        yield from both(name, 0, days, piece)
    for number, days in enumerate(LIVES[name]):
        yield from both(name, number, days)


def both(name: str, number: int, days: tuple[str, str], piece: str = "") -> Iterator[Step]:
    """Yield the two steps of a version, or of a piece of it."""
    for done, day in zip(("freeze", "sign"), days, strict=True):
        yield Step(date.fromisoformat(day), done, name, number, days[1], piece)


def take(git: pygit2.Repository, folder: Path, step: Step) -> None:
    """Do what an officer does that day."""
    what = step.piece or (f"avenant n° {step.number}" if step.number else "contrat")
    if step.done == "freeze":
        (folder / f"contracts/{step.identifiant}.yaml").write_bytes(text(step).encode())
        record(git, step.day, f"{step.identifiant} : {what}")
    part = ("--piece", step.piece) if step.piece else ()
    typed(step.done, step.identifiant, *part, "--le", step.day.isoformat(), "-C", str(folder))
    if step.done == "sign":
        record(git, step.day, f"{step.identifiant} : {what}, signature")


def text(step: Step) -> str:
    """Return a version of a contract; one that says it is an example may be frozen all the same."""
    dated = FOLDER / step.identifiant / f"{step.signed}.yaml"
    if step.number:
        return dated.read_text(encoding="utf-8")
    return (ROOT / f"contracts/{step.identifiant}.yaml").read_text(encoding="utf-8") + WAIVER


def typed(*words: str) -> None:
    """Run a command of the program; raise ValueError when it ends badly."""
    if cli.main(list(words), "cpomgen", standalone_mode=False):
        raise ValueError(" ".join(words))


def begin(folder: Path) -> pygit2.Repository:
    """Return a new repository that depends on no setting of whoever makes it."""
    git = pygit2.init_repository(str(folder), initial_head="main")
    git.config["user.name"], git.config["user.email"] = WHO
    git.config["core.autocrlf"] = "false"
    return git


def record(git: pygit2.Repository, day: date, message: str) -> None:
    """Commit all files of the project, as of noon that day."""
    git.index.add_all()
    git.index.write()
    who = pygit2.Signature(*WHO, int(datetime.combine(day, time(12), UTC).timestamp()), 0)
    parents = [] if git.head_is_unborn else [git.head.target]
    git.create_commit("HEAD", who, who, f"{message}\n", git.index.write_tree(), parents)


if __name__ == "__main__":
    main(*sys.argv[1:])
