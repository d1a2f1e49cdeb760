"""What git leaves in a file that two branches changed: each conflict is told once, both texts placed."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import project
from memory import problems_of, source
from repository import commit, run
from typed import edit, said

from cpomgen.conflict import conflicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n", []),
        ("<<<<<<< HEAD\n=======\n>>>>>>> b\n", [[1, 2, 3]]),
        ("a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\nd\n>>>>>>> b\na\n", [[2, 4, 6, 8]]),
        ("<<<<<<<\n=======\n>>>>>>>\n<<<<<<<\n=======\n>>>>>>>\n", [[1, 2, 3], [4, 5, 6]]),
        ("=======\n", [[1]]),
        ("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n", [[1], [2, 3, 4]]),
        ("<<<<<<< a\n=======\n=======\n", [[1], [2], [3]]),
        ("<<<<<<<a\n========\n>>>>>>> a\n", [[3]]),
    ],
)
def it_takes_markers_together(text: str, expected: list[list[int]]) -> None:
    assert [[line for line, *_ in each.markers] for each in conflicts(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\nb: 3\n>>>>>>> x\n", "« HEAD » (la branche où vous êtes), ligne 2, et celui de « x », lignes 4 à 5."),  # noqa: E501
        ("<<<<<<< a\n=======\na: 2\n>>>>>>>\n", "« a », vide, et celui de l'autre branche, ligne 3."),
        ("<<<<<<< a\n1\n||||||| 2\n3\n4\n=======\n>>>>>>> b", "« a », ligne 2, et celui de « b », vide."),
    ],
)  # fmt: skip
def it_says_whose_lines_are_whose(text: str, expected: str) -> None:
    (problem,) = problems_of(source, text)
    assert problem.message == f"conflit laissé par git entre deux textes : celui de {expected}"


def it_places_what_git_itself_has_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path / "projet")
    run(root, "git", "init", "-q", "-b", "main")
    commit(root)
    for branch, name in (("nouveau-nom", "Réseau de proximité"), ("main", "Réseau revu")):
        run(root, "git", "checkout", "-q", *(["-b"] if branch != "main" else []), branch)
        edit(root / "contracts/essai.yaml", "Réseau d'essai", name)
        commit(root)
    assert run(root, "git", "merge", "nouveau-nom").returncode == 1
    monkeypatch.chdir(root)
    answer = said("validate")
    assert "« HEAD » (la branche où vous êtes), ligne 4, et celui de « nouveau-nom », ligne 6." in answer
    assert "retirez les lignes 3, 5 et 7 ; enregistrez alors : git add contracts/essai.yaml" in answer
    assert "essai : 1 erreur." in answer
