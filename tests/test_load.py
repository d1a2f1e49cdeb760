from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cpomgen.load import MAX_BYTES, MAX_PROBLEMS, MAX_SHOWN, load
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.source import Entry, Mapping, Scalar, Sequence, Source


class OneFile:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, path: str) -> bytes:
        assert path == "contracts/x.yaml"
        return self.content

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        raise NotImplementedError(folder, suffix)


def read(content: str | bytes) -> Source:
    return load(OneFile(content if isinstance(content, bytes) else content.encode()), "contracts/x.yaml")


def problems(content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemError) as caught:
        read(content)
    return caught.value.problems


def told(content: str | bytes) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.mark.line, problem.mark.column) for problem in problems(content)]


def texts(content: str) -> list[str]:
    return [entry.value.text for entry in read(content).root.entries if isinstance(entry.value, Scalar)]


@pytest.mark.parametrize(
    "typed",
    [
        "01000",
        "010000024",
        "NO",
        "non",
        "1.10",
        "12:30",
        "~",
        "null",
        "0x1F",
        "1e3",
        "2012-01-01",
        ".nan",
        "+1",
        "=",
        "1_000",
    ],
)
def it_keeps_a_plain_scalar_as_typed(typed: str) -> None:
    value = read(f"a: {typed}\n").root.get("a")
    assert value == Scalar(typed, Mark("contracts/x.yaml", 1, 4), plain=True)


@pytest.mark.parametrize("typed", ["'01000'", '"01000"', "|-\n  01000", ">-\n  01000"])
def it_keeps_a_quoted_scalar_as_typed(typed: str) -> None:
    assert read(f"a: {typed}\n").root.get("a") == Scalar("01000", Mark("contracts/x.yaml", 1, 4), plain=False)


def it_keeps_an_empty_value_apart_from_an_empty_text() -> None:
    empty, text = (entry.value for entry in read("a:\nb: ''\n").root.entries)
    assert isinstance(empty, Scalar)
    assert isinstance(text, Scalar)
    assert (empty.text, empty.plain, text.text, text.plain) == ("", True, "", False)


def it_marks_every_key_and_value() -> None:
    file = "contracts/x.yaml"
    assert read("é:\n  - à: {b: c}\n") == Source(
        file,
        Mapping(
            (
                Entry(
                    Scalar("é", Mark(file, 1, 1)),
                    Sequence(
                        (
                            Mapping(
                                (
                                    Entry(
                                        Scalar("à", Mark(file, 2, 5)),
                                        Mapping(
                                            (Entry(Scalar("b", Mark(file, 2, 9)), Scalar("c", Mark(file, 2, 12))),),
                                            Mark(file, 2, 8),
                                        ),
                                    ),
                                ),
                                Mark(file, 2, 5),
                            ),
                        ),
                        Mark(file, 2, 3),
                    ),
                ),
            ),
            Mark(file, 1, 1),
        ),
    )


def it_normalises_keys_and_texts() -> None:
    (entry,) = read("e\u0301te\u0301: a\u0300\n").root.entries
    assert (entry.key.text, entry.value) == ("été", Scalar("à", Mark("contracts/x.yaml", 1, 8)))


@pytest.mark.parametrize("content", ["a: 1\r\nb: 2\r\n", "\ufeffa: 1\nb: 2\n", "a: 1\rb: 2", "---\na: 1\nb: 2\n...\n"])
def it_accepts_any_line_end_a_mark_of_utf8_and_the_marks_of_one_document(content: str) -> None:
    assert texts(content) == ["1", "2"]


def it_keeps_the_lines_of_a_long_text() -> None:
    assert texts("a: |\r\n  un\r\n\r\n  - deux\r\n") == ["un\n\n- deux\n"]


def it_keeps_every_no_break_space() -> None:
    assert texts("a: «\u00a0oui\u00a0»\u202f!\n") == ["«\u00a0oui\u00a0»\u202f!"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("\ufeffé: \u200b\n", [("CPOM103", 1, 4)]),
        ("a: b\x01\nc: \ufffe\n", [("CPOM103", 1, 5), ("CPOM103", 2, 4)]),
        ("a: \x00\n", [("CPOM103", 1, 4)]),
        ("a: \ufffd\n", [("CPOM103", 1, 4)]),
        ("a: b\u2028c\n", [("CPOM103", 1, 5)]),
        ("a: \U0001fffe\n", [("CPOM103", 1, 4)]),
        ("a: \uf0b7 puce\n", [("CPOM103", 1, 4)]),
        ('a: "\\x01"\nb: "\\uFFFE"\n', [("CPOM103", 1, 4), ("CPOM103", 2, 4)]),
        ('a: "x\\ty"\n', [("CPOM104", 1, 4)]),
        ("a: x\ty\n", [("CPOM104", 1, 4)]),
        ("a:\n\tb: 1\n  \tc: 2\n", [("CPOM104", 2, 1), ("CPOM104", 3, 3)]),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n", [("CPOM105", 1, 1), ("CPOM105", 3, 1)]),
        ("a: &x 1\nb: *x\n", [("CPOM108", 1, 4), ("CPOM108", 2, 4)]),
        ("a: !!python/object/apply:os.system [ls]\n", [("CPOM109", 1, 4)]),
        ("a: !!binary aGk=\nb: !c d\ne: ! f\n", [("CPOM109", 1, 4), ("CPOM109", 2, 4), ("CPOM109", 3, 4)]),
        ("%YAML 1.1\n---\na: 1\n", [("CPOM109", 1, 1)]),
        ("a: {b: 1}\nc:\n  <<: {d: 1}\n", [("CPOM110", 3, 3)]),
        ("a: 1\n---\nb: 2\n", [("CPOM111", 2, 1)]),
        ("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", [("CPOM112", 4, 3), ("CPOM112", 5, 1)]),
        ("2012: 1\n'2012': 2\n", [("CPOM112", 2, 1)]),
        ("é: 1\ne\u0301: 2\n", [("CPOM112", 2, 1)]),
        ("a: {{ b }}\n", [("CPOM113", 1, 5)]),
        ("? [a]\n: b\n", [("CPOM113", 1, 3)]),
        ("?\n: b\n", [("CPOM113", 1, 2)]),
        ("", [("CPOM114", 1, 1)]),
        ("# rien\n", [("CPOM114", 2, 1)]),
        ("---\n", [("CPOM114", 2, 1)]),
        ("- a\n", [("CPOM115", 1, 1)]),
        ("du texte\n", [("CPOM115", 1, 1)]),
        ("a: 1\na: 2\nb: [1\n", [("CPOM112", 2, 1), ("CPOM106", 3, 4)]),
    ],
)  # fmt: skip
def it_refuses_what_a_contract_has_no_use_for(content: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(content) == expected


@pytest.mark.parametrize(
    ("content", "line", "column", "sentence"),
    [
        ('a: "abc\nb: c\n', 1, 4, "guillemet ouvrant n’est jamais fermé"),
        ("a: 'l'ARS'\n", 1, 7, "du texte suit un guillemet fermant"),
        ("a: b: c\n", 1, 5, "un « : » de trop"),
        ("a: 1\nb\nc: 2\n", 2, 2, "il manque « : »"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "ne correspond à aucun niveau"),
        ("a: [1, 2\nb: 3\n", 1, 4, "ce crochet « [ » n’est pas fermé"),
        ("a: {b: 1\nc: 2\n", 1, 4, "cette accolade « { » n’est pas fermée"),
        ("a: @b\n", 1, 4, "ne peut pas commencer par ce signe"),
        ("a: **b**\n", 1, 4, "ne peut pas commencer par « * »"),
        ("a: & b\n", 1, 4, "ne peut pas commencer par « & »"),
        ("a: !<b\n", 1, 4, "ne peut pas commencer par « ! »"),
        ('a: "\\q"\n', 1, 5, "barre oblique inverse"),
        ('a: "\\ud800"\n', 1, 7, "code de caractère"),
        ("a: |x\n  b\n", 1, 5, "rien d’autre ne peut le suivre"),
        ("a: 1\n- b\n", 2, 1, "au niveau d’un champ"),
        ("a: - b\n", 1, 4, "un élément de liste"),
        ("a: [x] y\n", 1, 8, "un crochet ou une accolade fermante"),
        ("%TAG\n---\na: 1\n", 1, 5, "directives YAML"),
        ("a: 1\n...\nb: 2\n", 3, 1, "du texte suit la fin du document"),
        ("a: 1\n: b\n", 2, 1, "il manque un nom de champ"),
        ("a: [\n", 2, 1, "le fichier se termine"),
        ("a: [1,,2]\n", 1, 7, "une valeur est attendue ici"),
    ],
)
def it_tells_a_slip_of_yaml_in_french(content: str, line: int, column: int, sentence: str) -> None:
    (problem,) = problems(content)
    assert (problem.code, problem.mark.line, problem.mark.column) == ("CPOM106", line, column)
    assert sentence in problem.message
    assert problem.remedy


def it_names_the_line_of_the_first_of_two_keys() -> None:
    (problem,) = problems("a: 1\nb: 2\na: 3\n")
    assert problem.message == "le champ « a » est déjà écrit ligne 1, colonne 1."


def it_shows_where_a_file_is_not_utf8() -> None:
    (problem,) = problems("a: 1\r\nb: été".encode("cp1252"))
    assert problem.code == "CPOM102"
    assert (problem.mark.line, problem.mark.column) == (2, 4)
    assert "octet 0xE9 à la position 9 (« é » en Windows-1252)" in problem.message


def it_recognises_utf16() -> None:
    (problem,) = problems("a: 1".encode("utf-16"))
    assert problem.code == "CPOM102"
    assert "UTF-16" in problem.message


def it_refuses_a_surrogate_in_bytes() -> None:
    assert told(b"a: \xed\xa0\x80") == [("CPOM102", 1, 4)]


def it_refuses_a_file_too_big() -> None:
    assert told(b"a: " + b"x" * MAX_BYTES) == [("CPOM101", 0, 0)]


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "[\n", "[[], "])
def it_refuses_too_many_levels_at_once(opening: str) -> None:
    start = time.process_time()
    codes = [problem.code for problem in problems(opening * (200_000 if len(opening) < 3 else 100_000))]
    assert codes[-1] == "CPOM107"
    assert time.process_time() - start < 2


def it_accepts_forty_levels() -> None:
    assert read("a: " + "[" * 39 + "]" * 39)
    assert told("a: " + "[" * 40 + "]" * 40) == [("CPOM107", 1, 43)]


def it_stops_at_too_many_problems() -> None:
    assert len(problems("a: 1\n" * 10_000)) == MAX_PROBLEMS
    shown = problems("a: \x01\n" * 10_000)
    assert len(shown) == 20
    assert "9980 autres" in shown[-1].message


def it_reads_the_biggest_file_in_bounded_time() -> None:
    start = time.process_time()
    read("a: [" + "a," * (MAX_BYTES // 2 - 4) + "]")
    assert time.process_time() - start < 20


CODES = {f"CPOM1{number:02}" for number in range(1, 17)}
ENGLISH = ("found", "expected", "while", "the ", "did not", "could not", "allowed", "error", "scanning", "parsing")


def codes_of(content: bytes) -> set[str]:
    """Codes of the problems of a file, none when it reads; each problem must be French and documented."""
    try:
        read(content)
    except ProblemError as error:
        told = " ".join(f"{problem.message} {problem.remedy}" for problem in error.problems)
        assert not any(word in told for word in ENGLISH)
        return {problem.code for problem in error.problems}
    return set()


@given(st.text(alphabet=st.sampled_from("ab:-[]{}'\"\\#&*!|>%@`?,=<~. \n\tx01é\u200b\x00"), max_size=40))
def it_always_gives_a_source_or_french_problems(content: str) -> None:
    assert codes_of(content.encode()) <= CODES


@given(st.binary(max_size=60))
def it_never_fails_otherwise_on_any_bytes(content: bytes) -> None:
    assert codes_of(content) <= CODES


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=5))
def it_reads_back_what_yaml_writes_between_quotes(fields: dict[str, str]) -> None:
    typed = yaml.safe_dump(fields, default_style='"', allow_unicode=False, width=10_000)
    assert codes_of(typed.encode()) <= {"CPOM103", "CPOM104", "CPOM106", "CPOM112"}


def it_tells_of_the_first_bad_signs_of_a_long_file_without_reading_it_again_for_each() -> None:
    for sign, code in (("\x00", "CPOM103"), ("\ta\n", "CPOM104"), ("=======\n", "CPOM105")):
        found = problems(sign * (MAX_BYTES // len(sign)))
        assert {(problem.code, len(found)) for problem in found} == {(code, MAX_SHOWN)}
    assert problems("a: " + "\x01" * (MAX_SHOWN + 1))[-1].message.endswith(" (Un autre plus loin.)")


def it_refuses_more_accents_than_a_letter_can_bear() -> None:
    assert told("a: e" + "\u0301\u0323" * (MAX_BYTES // 4 - 9)) == [("CPOM103", 1, 4)]
    assert told('a: "e' + "\\u0301\\u0323" * 11 + '"\n') == [("CPOM103", 1, 4)]
    assert texts("a: e" + "\u0301\u0323" * 10 + "\n")


@pytest.mark.parametrize(
    "content",
    ['? "{0}"\n: 1\n? "{0}"\n: 2\n', "a: &{0} 1\n", "a: *{0}\n", "a: !{0} 1\n", "a: !!{0} 1\n"],
    ids=["key", "anchor", "alias", "tag", "known tag"],
)
def it_never_repeats_a_huge_word_whole(content: str) -> None:
    [problem] = problems(content.format("k" * 100_000))
    assert len(problem.message) < 200


@pytest.mark.parametrize("parser", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\U0010ffff", "\\U00110000", "\\uD83D\\uDE00", "\\xZZ"])
def it_refuses_the_escape_of_what_is_no_character(monkeypatch: pytest.MonkeyPatch, parser: object, escape: str) -> None:
    monkeypatch.setattr("cpomgen.load._PARSER", parser)
    assert {problem.code for problem in problems(f'a: "{escape}"\n')} <= {"CPOM103", "CPOM106"}


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "CON",
        "nul.2012",
        "com1",
        "LPT9",
        "aux",
        "a" * 101,
        "..",
        "",
        ".a",
        "a.",
        "a b ",
        "a\\b",
        "c:a",
        "a\udce9",
    ],
)
def it_refuses_a_file_that_not_every_computer_could_keep(name: str) -> None:
    with pytest.raises(ProblemError) as caught:
        load(OneFile(b"a: 1\n"), f"contracts/{name}.yaml")
    [problem] = caught.value.problems
    assert problem.code == "CPOM116"
    assert len(str(problem.mark)) < 80


def it_says_what_a_file_is_that_is_no_text() -> None:
    starts = {
        b"PK\x03\x04 word/": "Word,",
        b"PK\x03\x04": "Word, Excel ou zip",
        b"%PDF-1": "PDF",
        b"\xd0\xcf\x11\xe0": "ancien",
    }
    for content, kind in starts.items():
        (problem,) = problems(content)
        assert (problem.code, kind in problem.message) == ("CPOM102", True)


def it_thinks_of_a_lost_dash_when_the_item_of_a_list_has_a_field_twice() -> None:
    (problem,) = problems("a:\n  - id: un\n    id: deux\n")
    assert problem.remedy.endswith("Il manque peut-être un tiret devant le deuxième élément.")
    (problem,) = problems("a: 1\na: 2\n")
    assert "tiret" not in problem.remedy
