from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpomgen.typography import typography


def plain(text: str) -> str:
    """Write ~ for a no-break space and _ for a narrow one, so that a test shows them."""
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Trois axes : soigner, orienter", "Trois axes~: soigner, orienter"),
        ("Trois axes:\nsoigner", "Trois axes~:\nsoigner"),
        ("un ; deux; trois", "un_; deux_; trois"),
        ("Quoi ? Non! Si ?!", "Quoi_? Non_! Si_?!"),
        ("Quoi\u00a0? Non\u202f!", "Quoi_? Non_!"),
        ("(?) et [!]", "(?) et [!]"),
        ("«le socle» et « les annexes »", "«~le socle~» et «~les annexes~»"),
        ('le "socle" du contrat', "le «~socle~» du contrat"),
        ('"un" et "deux"', "«~un~» et «~deux~»"),
        ('l\'"appui"', "l’«~appui~»"),
        ('"a "b" c"', "«~a «~b~» c~»"),
        ('un écran de 15" et un de 17"', 'un écran de 15" et un de 17"'),
        ("« Où? »", "«~Où_?~»"),
        ("l'ARS, aujourd'hui, d'1 an", "l’ARS, aujourd’hui, d’1~an"),
        ("'mot'", "'mot'"),
        ("et ainsi de suite...", "et ainsi de suite…"),
        ("n°3, n° 4, nº5, N ° 6, n°\u00a07", "n°~3, n°~4, n°~5, N°~6, n°~7"),
        ("les n°s 3 et 4", "les n°s 3 et 4"),
        ("art. 5, p. 12, pp. 3-4", "art.~5, p.~12, pp.~3-4"),
        ("L. 1435-3, D. 6114-11, R.6114-17 et R. *123-4", "L.~1435-3, D.~6114-11, R.~6114-17 et R.~*123-4"),
        ("le 1er janvier 2012 et le 12 mars 2013", "le 1er~janvier 2012 et le 12~mars 2013"),
        ("12%, 12,5 %, 30€ et 30 €", "12~%, 12,5~%, 30~€ et 30~€"),
        ("2,5 ETP, 40 km, 9 h 30, 3 k€", "2,5~ETP, 40~km, 9~h~30, 3~k€"),
        ("1 234 567 euros", "1_234_567~euros"),
        ("412 000,50 €", "412_000,50~€"),
        ("1\u00a0234", "1_234"),
        ("en 2012 250 personnes", "en 2012 250 personnes"),
        ("03 81 00 00 00 ou 0800 123 456", "03 81 00 00 00 ou 0800 123 456"),
        ("123 456 789 00012", "123 456 789 00012"),
        ("de 12:30 à 14:00 ; 1:3", "de 12:30 à 14:00_; 1:3"),
        ("voir https://ars.fr/a?b=1;c'd:e%20, puis", "voir https://ars.fr/a?b=1;c'd:e%20, puis"),
        ("voir www.sante.fr ?", "voir www.sante.fr_?"),
        ("écrire à l'adresse l'o@ars.fr;", "écrire à l’adresse l’o@ars.fr_;"),
        ("C:\\x a:b a;b x?y", "C:\\x a:b a;b x?y"),
        ("- un ;\n- deux ;\n  - : trois", "- un_;\n- deux_;\n  - : trois"),
        ("1. un\na) deux\n1° trois", "1. un\na) deux\n1° trois"),
        ("l’«~a~»".replace("~", "\u00a0"), "l’«~a~»"),
        ("cœur, coeur, œuvre", "cœur, coeur, œuvre"),
        ("", ""),
        (" \n ", " \n "),
    ],
)  # fmt: skip
def it_sets_a_text_the_french_way(typed: str, expected: str) -> None:
    assert plain(typography(typed)) == expected


FRAGMENTS = st.lists(
    st.sampled_from(
        [*" \u00a0\u202f\u2009\n\"'’«»:;!?()[].…,-%€°º§/@&*", "n", "N", "a", "L.", "D", "art", "p", "é", "_", "h",
         "ETP", "km", "1", "12", "123", "000", "1er", "mars", "www.", "http://", "a@b.fr", "...", "- ", "12:30",
         "&amp;", "k€", "“", "”"],
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=1500)
@given(FRAGMENTS)
def it_changes_nothing_the_second_time(text: str) -> None:
    once = typography(text)
    assert typography(once) == once


@given(st.text())
def it_changes_nothing_the_second_time_on_any_text(text: str) -> None:
    once = typography(text)
    assert typography(once) == once


def bare(text: str) -> str:
    return re.sub("[ \u00a0\u2009\u202f\"'’«»]", "", text.replace("...", "…").replace("º", "°"))


@settings(max_examples=500)
@given(FRAGMENTS | st.text())
def it_never_changes_a_letter_a_digit_or_a_line(text: str) -> None:
    assert bare(typography(text)) == bare(text)


def it_takes_a_time_that_grows_with_the_text() -> None:
    start = time.process_time()
    for text in (
        "a" * 100_000,
        '"' * 100_000,
        '"a ' * 30_000,
        "1 234 " * 20_000,
        "http://" + "." * 50_000,
        " " * 50_000,
    ):
        typography(text)
    assert time.process_time() - start < 10


def it_leaves_quotes_within_quotes_without_end_as_typed() -> None:
    endless = '"a ' * 20_000 + "b" + ' a"' * 20_000
    assert typography(endless) == endless
    assert '"' not in typography('"a "b "c" b" a"')
