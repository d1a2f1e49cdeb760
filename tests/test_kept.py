from __future__ import annotations

from cpomgen.kept import Kept


def it_makes_once_what_the_same_bytes_make() -> None:
    kept = Kept()
    assert kept.of("a", b"1", lambda: ["first"]) == ["first"]
    assert kept.of("a", b"1", lambda: ["again"]) == ["first"]


def it_makes_again_what_other_bytes_make() -> None:
    kept = Kept()
    assert [kept.of("a", content, content.decode) for content in (b"1", b"2", b"1")] == ["1", "2", "1"]


def it_tells_names_apart() -> None:
    kept = Kept()
    assert (kept.of("a", b"1", lambda: 1), kept.of("b", b"1", lambda: 2)) == (1, 2)


def it_keeps_nothing_of_what_cannot_be_made() -> None:
    kept = Kept()
    try:
        kept.of("a", b"1", lambda: 1 // 0)
    except ZeroDivisionError:
        assert kept.of("a", b"1", lambda: 1) == 1
    else:
        raise AssertionError
