from __future__ import annotations

import pytest
from excerpts import typo
from hypothesis import example, given
from hypothesis import strategies as st

from cpomgen.passage import Passage, applied, is_balanced, kind_of, passages, stands_once

R, A, B, S = "remplacer", "insérer après", "insérer avant", "supprimer"
Told = list[tuple[str, str, str]]


def told(found: tuple[Passage, ...]) -> Told:
    return [(each.geste.value, each.old, each.new) for each in found]


CASES: dict[str, tuple[str, str, Told]] = {
    "nothing": ("Rien.", "Rien.", []),
    "a word": ("Il est conclu pour cinq ans.", "Il est conclu pour quatre ans.", [(R, "cinq", "quatre")]),
    "a word that stands twice": (
        "Il dure cinq ans et réunit cinq agents.",
        "Il dure quatre ans et réunit cinq agents.",
        [(R, "cinq ans", "quatre ans")],
    ),
    "a word within another is another": (
        "Le chat du chatelain dort bien ici.",
        "Le chien du chatelain dort bien ici.",
        [(R, "chat", "chien")],
    ),
    "an amount": (
        "Le fonds verse 412 000,00 € par an.",
        "Le fonds verse 468 500,00 € par an.",
        [(R, "412 000,00 €", "468 500,00 €")],
    ),
    "a day": (
        "Au plus tard le 30 juin 2013 à midi.",
        "Au plus tard le 31 décembre 2013 à midi.",
        [(R, "30 juin 2013", "31 décembre 2013")],
    ),
    "the first of a month": (
        "Au plus tard le 1er juillet 2013.",
        "Au plus tard le 2 juillet 2013.",
        [(R, "1er juillet 2013", "2 juillet 2013")],
    ),
    "a figure, with what it is of": ("Cible 2013 : 9", "Cible 2013 : 10", [(R, "2013 : 9", "2013 : 10")]),
    "a figure within another": ("Part de 2019, 9,5 % au plus", "Part de 2019, 8,5 % au plus", [(R, "9,5 %", "8,5 %")]),
    "two changes": (
        "Le promoteur remet chaque année à l’agence un rapport avant le 30 juin 2013.",
        "Le promoteur remet chaque semestre à l’agence un rapport avant le 31 mai 2013.",
        [(R, "année", "semestre"), (R, "30 juin 2013", "31 mai 2013")],
    ),
    "a word more": (
        "La revue se tient chaque année.",
        "La revue annuelle se tient chaque année.",
        [(A, "revue", "annuelle")],
    ),
    "a word more after one that stands twice": (
        "La revue suit la revue précédente, chaque année.",
        "La revue suit la revue annuelle précédente, chaque année.",
        [(A, "la revue", "annuelle")],
    ),
    "a word more at the end": (
        "La revue se tient chaque année",
        "La revue se tient chaque année ensemble",
        [(A, "année", "ensemble")],
    ),
    "words that a comma opens": (
        "La revue se tient chaque année.",
        "La revue se tient chaque année, au printemps.",
        [(A, "année", ", au printemps")],
    ),
    "words at the very beginning": (
        "Agence et promoteur se réunissent.",
        "Ensemble Agence et promoteur se réunissent.",
        [(B, "Agence", "Ensemble")],
    ),
    "a first word that gives its capital away": (
        "La revue se tient chaque année.",
        "Chaque année, la revue se tient à Rennes, chaque année.",
        [(R, "La", "Chaque année, la"), (A, "tient", "à Rennes,")],
    ),
    "words less": (
        "La revue se tient à Rennes chaque année.",
        "La revue se tient chaque année.",
        [(S, "à Rennes", "")],
    ),
    "words less at the end": ("La revue se tient ici même.", "La revue se tient ici.", [(S, "même", "")]),
    "words less at the beginning": (
        "Ensemble ils se réunissent à Rennes.",
        "ils se réunissent à Rennes.",
        [(S, "Ensemble", "")],
    ),
    "words less that stand twice": (
        "La revue annuelle suit le bilan annuelle de mai.",
        "La revue suit le bilan annuelle de mai.",
        [(R, "revue annuelle", "revue")],
    ),
    "an elision": (
        "Il est remis dans un délai d’un mois au plus.",
        "Il est remis dans un délai de deux mois au plus.",
        [(R, "d’un", "de deux")],
    ),
    "a full stop that becomes a semicolon": (
        "La revue se tient chaque année.",
        "La revue se tient chaque année ;",
        [(R, "année.", "année ;")],
    ),
    "a comma that goes": (
        "L’agence, le promoteur, se réunissent.",
        "L’agence, le promoteur se réunissent.",
        [(R, "promoteur, se", "promoteur se")],
    ),
    "a comma that comes": (
        "L’agence et le promoteur se réunissent.",
        "L’agence, et le promoteur se réunissent.",
        [(R, "agence et", "agence, et")],
    ),
    "words between guillemets": (
        "Le réseau (ci-après « le promoteur ») se réunit ici.",
        "Le réseau (ci-après « le titulaire ») se réunit ici.",
        [(R, "promoteur", "titulaire")],
    ),
    "guillemets that come": (
        "Le réseau ci-après nommé promoteur se réunit ici.",
        "Le réseau ci-après nommé « promoteur » se réunit ici.",
        [(R, "promoteur", "« promoteur »")],
    ),
    "most of it": (
        "Le promoteur remet chaque année à l’agence un rapport avant le 30 juin.",
        "La direction tient une comptabilité séparée des sommes que verse le fonds.",
        [],
    ),
    "a short one, whatever changes": (
        "Cible : 9 bassins",
        "Cible : 12 cantons ruraux",
        [(R, "9 bassins", "12 cantons ruraux")],
    ),
}


@pytest.mark.parametrize(("old", "new", "found"), CASES.values(), ids=CASES)
def it_finds_the_shortest_words_that_cannot_be_mistaken(old: str, new: str, found: Told) -> None:
    old, new = typo(old), typo(new)
    done = passages(old, new, [old])
    assert told(done) == [(geste, typo(gone), typo(come)) for geste, gone, come in found]
    assert applied(old, done) == (new if found else old)


def it_widens_words_that_stand_in_another_paragraph_of_the_unit() -> None:
    old, new = "Cible 2014 : 9 bassins", "Cible 2014 : 10 bassins"
    assert told(passages(old, new, ["Bassins couverts", "Cible 2013 : 9", old])) == [(R, "9 bassins", "10 bassins")]


def it_gives_up_when_no_words_are_alone() -> None:
    assert passages("Idem", "Autre", ["Idem", "Idem"]) == ()


def it_gives_up_beyond_four_changes() -> None:
    old = [f"mot{rank}" for rank in range(30)]
    five, four = (
        [word.upper() if rank % 6 == 2 and rank < last else word for rank, word in enumerate(old)] for last in (30, 24)
    )
    text = " ".join(old)
    assert len(passages(text, " ".join(four), [text])) == 4
    assert passages(text, " ".join(five), [text]) == ()


KINDS = {
    ("412\u202f000,00\u00a0€",): "montant",
    ("-10,00\u00a0€",): "montant",
    ("30\u00a0juin 2013",): "date",
    ("1er\u00a0juillet 2013",): "date",
    ("9",): "valeur",
    ("12,5\u00a0%",): "valeur",
    ("1\u202f200",): "valeur",
    ("9 %",): "mots",
    ("semestre",): "mot",
    ("chaque semestre",): "mots",
    ("9\u00a0bassins",): "mots",
    ("d’un",): "mots",
    ("aujourd’hui",): "mot",
    ("année\u202f;",): "mot",
    (", au printemps",): "mots",
    ("rendez-vous",): "mot",
    ("2013-2014",): "mot",
}


@pytest.mark.parametrize(("words", "kind"), KINDS.items(), ids=lambda each: each if isinstance(each, str) else each[0])
def it_says_what_kind_of_words_they_are(words: tuple[str, ...], kind: str) -> None:
    assert kind_of(*words) == kind


@pytest.mark.parametrize(
    ("words", "unit", "once"),
    [
        ("an", ["un an"], True),
        ("an", ["plan"], False),
        ("an", ["un an, un an"], False),
        ("an", ["un an", "un an"], False),
        ("an.", ["un an."], True),
        ("l’an", ["l’an"], True),
        ("9", ["9,5 et 9"], False),
        ("", ["rien"], False),
    ],
)
def it_looks_for_whole_words(words: str, unit: list[str], once: bool) -> None:  # noqa: FBT001 - the answer
    assert stands_once(words, unit) is once


@pytest.mark.parametrize(
    ("text", "balanced"), [("« x »", True), ("« “x” »", True), ("« x", False), ("x »", False), ("« “x » ”", False)]
)
def it_tells_guillemets_that_answer_each_other(text: str, balanced: bool) -> None:  # noqa: FBT001 - the answer
    assert is_balanced(text) is balanced


# A law

WORDS = [
    "le",
    "la",
    "l’",
    "an",
    "plan",
    "ans",
    "deux",
    "9",
    "19",
    "10,00\u00a0€",
    "1er\u00a0juin 2013",
    ",",
    ".",
    ";",
    "«",
    "»",
    "“",
    "”",
    "(",
    ")",
    "–",
    "d’",
    "rendez-vous",
    "%",
]
SPACES = st.sampled_from(["", " ", " ", " ", "\u00a0", "\u202f", "\n"])
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), SPACES), max_size=14).map(
    lambda found: "".join(word + space for word, space in found)
)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=2))
@example("le an an", "le an an an", [])
@example("a", "", [])
@example("", "a", [])
def it_turns_any_text_into_any_other_or_says_nothing(old: str, new: str, others: list[str]) -> None:
    unit = [old, *others]
    found = passages(old, new, unit)
    assert applied(old, found) == (new if found else old)
    for each in found:
        assert stands_once(each.old, unit)
        assert old[each.start : each.end] == each.old


@given(TEXTS, st.data())
def it_turns_a_text_into_one_that_is_near(old: str, drawn: st.DataObject) -> None:
    words = old.split(" ")
    place = drawn.draw(st.integers(0, len(words) - 1))
    words[place : place + drawn.draw(st.integers(0, 2))] = drawn.draw(st.lists(st.sampled_from(WORDS), max_size=2))
    new = " ".join(words)
    found = passages(old, new, [old])
    assert applied(old, found) == (new if found else old)
    assert all(stands_once(each.old, [old]) for each in found)
