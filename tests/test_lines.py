"""What is said of the lines of a text before any page is set holds once it is."""

from __future__ import annotations

from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st

from cpomgen.glyphs import WEIGHTS, font
from cpomgen.lines import SIZE, WIDEST, WIDTH, lines, width_of


def advances(weight: str) -> dict[str, int]:
    """Return what each sign of a font takes, in thousandths of its size."""
    with TTFont(font(weight), lazy=True) as opened:
        assert opened["head"].unitsPerEm == 1000
        return {chr(code): opened["hmtx"][name][0] for code, name in opened.getBestCmap().items()}


def it_gives_each_sign_no_less_than_the_fonts_do() -> None:
    for weight in WEIGHTS:
        known = advances(weight)
        assert {sign for sign, width in known.items() if WIDTH.get(sign, WIDEST) < width} == set()
        assert set(WIDTH) <= set(known)


def it_fills_a_line_to_the_end() -> None:
    word = width_of("abc")
    assert lines("abc abc", 2 * word + width_of(" ")) == 1
    assert lines("abc abc", 2 * word) == 2
    assert lines("abc\nabc\n", 100) == 3
    assert lines("", 100) == 1


def it_lets_a_word_that_is_too_long_take_lines_of_its_own() -> None:
    word = "anticonstitutionnellement"
    assert lines(f"court {word} court", 0.6 * width_of(word)) == 1 + 1 + 4 + 1


@given(st.text("abc mw.\n", max_size=80), st.floats(1, 500))
@example("m", 1.0)
def it_takes_more_lines_in_a_column_with_less_room(text: str, room: float) -> None:
    assert lines(text, room) >= lines(text, 2 * room) >= text.count("\n") + 1
    assert lines(text, width_of(text) + SIZE) == text.count("\n") + 1
