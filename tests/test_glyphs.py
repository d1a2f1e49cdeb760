"""What the fonts of the PDF can say, and what is refused before any page is made."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cpomgen.glyphs import unprintable


def it_finds_nothing_to_refuse_in_french() -> None:
    assert unprintable("« Œuvre » à 1 234 567,89 € – l’été, où ? Noël… naïf ; ÿ 1° n° ½ “oui”\n") == ()


@pytest.mark.parametrize("character", ["ł", "ș", "Ω", "ж", "ẞ", "→", "≥", "∑", "−", "‰", "™"])
def it_knows_the_signs_of_other_languages_that_the_fonts_have(character: str) -> None:
    assert unprintable(character) == ()


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u2060", "\u2009", "\u2007", "\u3000"])
def it_lets_pass_the_spaces_and_the_marks_without_ink(character: str) -> None:
    assert unprintable(f"a{character}b") == ()


@pytest.mark.parametrize("character", ["😀", "中", "ا", "\ue000", "\u2011", "\ufeff", "\ufe0f", "\u0338"])
def it_refuses_what_no_font_of_the_pdf_has(character: str) -> None:
    assert unprintable(f"santé {character}") == (character,)


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\x00", "\x07", "\t", "\x85", "\u2028"])
def it_refuses_what_reorders_or_breaks_the_words_in_silence(character: str) -> None:
    assert unprintable(f"1{character}000 €") == (character,)


def it_names_each_character_once_in_the_order_met() -> None:
    assert unprintable("中a😀b中") == ("中", "😀")


def it_opens_no_font_for_a_french_text() -> None:
    script = (
        "import sys; from cpomgen.glyphs import unprintable; unprintable('été €'); sys.exit('fontTools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # noqa: S603 - our own script
