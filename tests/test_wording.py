from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpomgen import wording

DECIMALS = st.decimals(allow_nan=True, allow_infinity=True)


def plain(text: str) -> str:
    """Write ~ for a no-break space and _ for a narrow one, so that a test shows them."""
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("euros", "expected"),
    [
        ("0", "0,00~€"),
        ("-0", "0,00~€"),
        ("1", "1,00~€"),
        ("999.9", "999,90~€"),
        ("1000", "1_000,00~€"),
        ("1234567.89", "1_234_567,89~€"),
        ("-412000", "−412_000,00~€"),
        ("0.005", "0,01~€"),
        ("1E+20", "100_000_000_000_000_000_000,00~€"),
        ("NaN", "NaN"),
    ],
)
def it_prints_an_amount(euros: str, expected: str) -> None:
    assert plain(wording.montant(Decimal(euros))) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Decimal(7), "7"),
        (1500, "1_500"),
        (Decimal("1.10"), "1,10"),
        (Decimal("-12345.5"), "−12_345,5"),
        (Decimal("1E+4"), "10_000"),
        (Decimal("Infinity"), "Infinity"),
    ],
)
def it_prints_a_number_as_typed(number: Decimal | int, expected: str) -> None:
    assert plain(wording.nombre(number)) == expected


@pytest.mark.parametrize(
    ("euros", "expected"),
    [
        ("0", "zéro euro"),
        ("0.01", "un centime"),
        ("0.50", "cinquante centimes"),
        ("1", "un euro"),
        ("1.01", "un euro et un centime"),
        ("1.99", "un euro et quatre-vingt-dix-neuf centimes"),
        ("2", "deux euros"),
        ("16", "seize euros"),
        ("17", "dix-sept euros"),
        ("21", "vingt et un euros"),
        ("22", "vingt-deux euros"),
        ("31", "trente et un euros"),
        ("61", "soixante et un euros"),
        ("70", "soixante-dix euros"),
        ("71", "soixante et onze euros"),
        ("72", "soixante-douze euros"),
        ("77", "soixante-dix-sept euros"),
        ("80", "quatre-vingts euros"),
        ("81", "quatre-vingt-un euros"),
        ("90", "quatre-vingt-dix euros"),
        ("91", "quatre-vingt-onze euros"),
        ("99", "quatre-vingt-dix-neuf euros"),
        ("100", "cent euros"),
        ("101", "cent un euros"),
        ("180", "cent quatre-vingts euros"),
        ("200", "deux cents euros"),
        ("201", "deux cent un euros"),
        ("280", "deux cent quatre-vingts euros"),
        ("1000", "mille euros"),
        ("1001", "mille un euros"),
        ("1100", "mille cent euros"),
        ("2000", "deux mille euros"),
        ("21000", "vingt et un mille euros"),
        ("80000", "quatre-vingt mille euros"),
        ("81000", "quatre-vingt-un mille euros"),
        ("200000", "deux cent mille euros"),
        ("200001", "deux cent mille un euros"),
        ("412000", "quatre cent douze mille euros"),
        ("1000000", "un million d’euros"),
        ("1000001", "un million un euros"),
        ("1200000", "un million deux cent mille euros"),
        ("2000000.50", "deux millions d’euros et cinquante centimes"),
        ("2175500", "deux millions cent soixante-quinze mille cinq cents euros"),
        ("80000000", "quatre-vingts millions d’euros"),
        ("200000000", "deux cents millions d’euros"),
        ("1000000000", "un milliard d’euros"),
        ("3000000000.01", "trois milliards d’euros et un centime"),
        ("-5", "moins cinq euros"),
        ("-0.05", "moins cinq centimes"),
        ("0.004", "zéro euro"),
        ("1E+15", "1_000_000_000_000_000,00~€"),
    ],
)
def it_says_an_amount_in_words(euros: str, expected: str) -> None:
    assert plain(wording.lettres(Decimal(euros))) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2012, 1, 1), "1er~janvier 2012"),
        (date(2016, 12, 31), "31~décembre 2016"),
        (date(2013, 2, 2), "2~février 2013"),
    ],
)
def it_writes_a_day_in_full(day: date, expected: str) -> None:
    assert plain(wording.jour(day)) == expected


@pytest.mark.parametrize(
    ("share", "total", "expected"),
    [
        ("125", "1000", "12,5~%"),
        ("1", "3", "33,3~%"),
        ("2", "3", "66,7~%"),
        ("1", "2", "50~%"),
        ("-1", "4", "−25~%"),
        ("0", "5", "0~%"),
        ("5", "0", "–"),
        ("NaN", "1", "–"),
    ],
)
def it_gives_a_share(share: str, total: str, expected: str) -> None:
    assert plain(wording.part(Decimal(share), Decimal(total))) == expected


@pytest.mark.parametrize(
    ("words", "genre", "le", "du", "au", "son"),
    [
        ("président", "m", "le président", "du président", "au président", "son président"),
        ("directrice générale", "f", "la directrice générale", "de la directrice générale", "à la directrice générale",
         "sa directrice générale"),
        ("administrateur", "m", "l’administrateur", "de l’administrateur", "à l’administrateur", "son administrateur"),
        ("administratrice", "f", "l’administratrice", "de l’administratrice", "à l’administratrice",
         "son administratrice"),
        ("hôpital", "m", "l’hôpital", "de l’hôpital", "à l’hôpital", "son hôpital"),
        ("HAD", "f", "la HAD", "de la HAD", "à la HAD", "sa HAD"),
        ("haut responsable", "m", "le haut responsable", "du haut responsable", "au haut responsable",
         "son haut responsable"),
        ("État", "m", "l’État", "de l’État", "à l’État", "son État"),
        ("œuvre", "f", "l’œuvre", "de l’œuvre", "à l’œuvre", "son œuvre"),
        ("onzième adjoint", "m", "le onzième adjoint", "du onzième adjoint", "au onzième adjoint",
         "son onzième adjoint"),
    ],
)  # fmt: skip
def it_elides_before_a_vowel_or_a_mute_h(  # noqa: PLR0913, PLR0917 - one row of the table
    words: str, genre: str, le: str, du: str, au: str, son: str
) -> None:
    assert wording.le(words, genre) == le
    assert wording.du(words, genre) == du
    assert wording.au(words, genre) == au
    assert wording.son(words, genre) == son


@pytest.mark.parametrize(
    "words",
    ["habilitation", "habitant", "héroïne", "heure", "hygiéniste", "HÔPITAL", "Hérault", "hiver", "hospitalier",
     "horaire", "huissier", "humain", "hébergement", "hémodialyse", "Yonne", "Yvelines", "agence", "EHPAD", "URPS",
     "Île-de-France", "histoire", "hier", "honoraire", "honnêteté", "hormone", "hostilité", "hôte", "huile", "huître",
     "hallucination", "haltère", "haleine", "humérus"],
)  # fmt: skip
def it_knows_the_words_that_ask_for_elision(words: str) -> None:
    assert wording.is_elided(words)


@pytest.mark.parametrize(
    "words",
    ["handicap", "hasard", "haute autorité", "Hauts-de-France", "Haute-Savoie", "hiérarchie", "héros", "hors-champ",
     "HAS", "HPST", "Havre", "hausse", "huitième", "yaourt", "oui", "onze", "Hongrie", "halte", "halle", "réseau",
     "« Arespa »", "", "42"],
)  # fmt: skip
def it_knows_the_words_that_refuse_elision(words: str) -> None:
    assert not wording.is_elided(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Arespa", "d’Arespa"),
        ("Besançon", "de Besançon"),
        ("l’association", "de l’association"),
        ("Le Mans", "du Mans"),
        ("Les Ulis", "des Ulis"),
        ("La Rochelle", "de La Rochelle"),
        ("Hauts-de-France", "de Hauts-de-France"),
    ],
)
def it_puts_de_before_a_name(words: str, expected: str) -> None:
    assert wording.de(words) == expected


@pytest.mark.parametrize(
    ("words", "forms"),
    [
        ("représenté", "représenté représentée représentés représentées"),
        ("désigné", "désigné désignée désignés désignées"),
        ("habilité", "habilité habilitée habilités habilitées"),
        ("soumis", "soumis soumise soumis soumises"),
        ("conjoint", "conjoint conjointe conjoints conjointes"),
        ("régional", "régional régionale régionaux régionales"),
        ("directeur", "directeur directrice directeurs directrices"),
        ("supérieur", "supérieur supérieure supérieurs supérieures"),
        ("premier", "premier première premiers premières"),
        ("relatif", "relatif relative relatifs relatives"),
        ("nouveau", "nouveau nouvelle nouveaux nouvelles"),
        ("tout", "tout toute tous toutes"),
        ("signataire", "signataire signataire signataires signataires"),
        ("public", "public publique publics publiques"),
    ],
)
def it_agrees_in_gender_and_number(words: str, forms: str) -> None:
    found = [wording.accord(words, genre, count) for count in (1, 2) for genre in ("m", "f")]
    assert found == forms.split()


def it_agrees_each_word_of_what_it_counts() -> None:
    found = [wording.combien(count, "autre ligne", "f") for count in (0, 1, 2)]
    assert found == ["aucune autre ligne", "1 autre ligne", "2 autres lignes"]


def it_agrees_the_last_word_and_counts_from_two() -> None:
    assert wording.accord("ci-après dénommé", "f", 2) == "ci-après dénommées"
    assert wording.accord("patient", "m", Decimal("1.9")) == "patient"
    assert wording.accord("patient", "m", 0) == "patient"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a et b"),
        (["a", "b", "c"], "a, b et c"),
        (["", "a", "", "b"], "a et b"),
    ],
)
def it_enumerates(words: list[str], expected: str) -> None:
    assert wording.enumere(words) == expected


def it_puts_a_capital_after_any_opening_sign() -> None:
    assert wording.majuscule("état des lieux") == "État des lieux"
    assert wording.majuscule("«\u00a0œuvre") == "«\u00a0Œuvre"
    assert wording.majuscule("l’agence") == "L’agence"
    assert wording.majuscule("") == ""


def it_numbers_articles_and_ranks() -> None:
    assert [wording.article_numero(number) for number in (1, 2, 21)] == ["1er", "2", "21"]
    assert [wording.ordinal(1), wording.ordinal(1, "f"), wording.ordinal(2)] == ["1er", "1re", "2e"]


@given(DECIMALS, DECIMALS, st.integers())
def it_never_raises_on_any_number(euros: Decimal, total: Decimal, count: int) -> None:
    assert wording.montant(euros)
    assert wording.lettres(euros)
    assert wording.nombre(euros)
    assert wording.nombre(count)
    assert wording.part(euros, total)
    assert wording.ordinal(count)


@given(st.text(), st.sampled_from(["m", "f", ""]), st.integers())
def it_never_raises_on_any_words(words: str, genre: str, count: int) -> None:
    for article in (wording.le, wording.du, wording.au, wording.son):
        assert article(words, genre).endswith(words)
    assert isinstance(wording.accord(words, genre, count), str)
    assert wording.majuscule(words)[1:] == words[1:] or not words[0].isalnum()
    assert isinstance(wording.de(words), str)


@given(st.dates())
def it_writes_any_day(day: date) -> None:
    assert wording.jour(day).endswith(str(day.year))


@given(st.integers(min_value=0, max_value=10**13))
def it_reads_back_the_digits_of_an_amount(cents: int) -> None:
    printed = wording.montant(Decimal(cents) / 100)
    assert "".join(sign for sign in printed if sign.isdigit()).lstrip("0") == str(cents).lstrip("0")


def it_agrees_the_last_word_of_a_text_without_end() -> None:
    assert wording.accord("a" * 500_000 + "!", "f").endswith("a!")
    assert wording.accord("a" * 500_000 + " adjoint", "f").endswith(" adjointe")


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        (date(2012, 1, 1), True, False),
        (date(2012, 12, 31), False, True),
        (date(2012, 7, 1), False, False),
        (date(2012, 1, 31), False, False),
    ],
)
def it_knows_the_first_and_last_days_of_a_year(day: date, opens: bool, closes: bool) -> None:  # noqa: FBT001 - a table
    assert (wording.opens_year(day), wording.closes_year(day)) == (opens, closes)


def it_says_a_number_in_words() -> None:
    assert [wording.cardinal(number) for number in (1, 4, 6, 21)] == ["un", "quatre", "six", "vingt et un"]
