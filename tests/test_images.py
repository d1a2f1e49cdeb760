"""The pictures of the README say what the program and the editor say now."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from types import ModuleType

import pytest
from language_server import missing
from memory import ROOT

FOLDER = ROOT / "docs/images"
PICTURES = ROOT / "docs/guide/images"
NAMES = ["page", "cover", "amounts", "signatures", "error", "editor"]
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


@pytest.mark.parametrize("name", NAMES)
def it_draws_what_is_said_now(name: str) -> None:
    if name == "editor" and (reason := missing()):
        pytest.skip(reason)
    text, _ = script().DRAWN[name]
    assert (FOLDER / f"{name}.txt").read_text(encoding="utf-8") == script().as_text(text()), REMAKE


def it_keeps_a_text_beside_each_picture() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == set(script().DRAWN)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(script().DRAWN)


def it_draws_the_same_bytes_for_the_same_text() -> None:
    lines = [("command", "cpomgen validate x"), ("problem", 'contracts/x.yaml:1:1: erreur CPOM210 : #a [b] $c$ "d".')]
    drawn = script().draw_screen(lines)
    assert drawn == script().draw_screen(lines)
    assert drawn != script().draw_screen(lines[:1])


@pytest.mark.parametrize("name", NAMES)
def it_keeps_pictures_light(name: str) -> None:
    assert (PICTURES / f"{name}.png").stat().st_size < 150_000


@pytest.mark.parametrize("page", ["README.md", "docs/guide/chaine-complete.md"])
def it_gives_words_to_those_who_do_not_see_the_picture(page: str) -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert len(shown) > 2
    for words, path in shown:
        assert ((ROOT / page).parent / path).resolve().parent == PICTURES
        assert 30 < len(words) < 200, path


def it_shows_each_picture_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs/guide").glob("*.md")]
    texts = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [path.name for path in PICTURES.glob("*.png") if f"images/{path.name})" not in texts] == []
