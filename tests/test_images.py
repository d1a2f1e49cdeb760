"""The pictures of the README say what the program and the editor say now."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from language_server import missing
from memory import ROOT

FOLDER = ROOT / "docs/images"
REMAKE = "python docs/images/make.py, then look at the pictures"


@cache
def script() -> ModuleType:
    """Return docs/images/make.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("make_images", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["page", "error", "editor"])
def it_draws_what_is_said_now(name: str) -> None:
    if name == "editor" and (reason := missing()):
        pytest.skip(reason)
    text, _ = script().DRAWN[name]
    assert (FOLDER / f"{name}.txt").read_text(encoding="utf-8") == script().as_text(text()), REMAKE


def it_keeps_a_text_beside_each_picture() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == set(script().DRAWN)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(script().DRAWN)


def it_draws_the_same_bytes_for_the_same_text() -> None:
    lines = [("command", "cpomgen validate x"), ("problem", 'contracts/x.yaml:1:1: erreur CPOM210 : #a [b] $c$ "d".')]
    drawn = script().draw_screen(lines)
    assert drawn == script().draw_screen(lines)
    assert drawn != script().draw_screen(lines[:1])


@pytest.mark.parametrize("name", ["page", "error", "editor"])
def it_keeps_pictures_light(name: str) -> None:
    assert (FOLDER / f"{name}.png").stat().st_size < 150_000


def it_shows_each_picture_in_the_readme_with_words_for_those_who_do_not_see_it() -> None:
    readme = Path(ROOT / "README.md").read_text(encoding="utf-8")
    for path in FOLDER.glob("*.png"):
        words = readme.partition(f"](docs/images/{path.name})")[0].rpartition("![")[2]
        assert 30 < len(words) < 200, path.name
