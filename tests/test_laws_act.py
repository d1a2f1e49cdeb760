"""What holds of every act: read alone, by who knows its grammar and has the old text, it makes the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from edited import Pair, pairs
from hypothesis import assume, given, settings
from memory import ROOT, real_schema, source
from pdf_text import as_read, read_paragraphs
from read_acte import applied, read_act
from read_back import read_back
from read_contrat import UnreadableError, as_lists, text_of
from read_phrase import Amendment
from read_word import imprime_of
from redrafted import pair, resentenced
from strategies import Document, as_yaml
from test_compare import printed, real_type

from cpomgen.acte import Avenant
from cpomgen.amend import amend
from cpomgen.amending import act
from cpomgen.contrat import Texte
from cpomgen.edition import Edition
from cpomgen.outcome import Options, Projet, State
from cpomgen.pipeline import differ, print_all
from cpomgen.reading import Reading
from cpomgen.resolve import resolve
from cpomgen.scope import scope_of
from cpomgen.texts import paired
from cpomgen.tree import WorkTree
from cpomgen.validate import validate

READING = Reading(WorkTree(ROOT))
RUNS, SIZE = 10, 300  # pairs of small documents, run by run
SOME = 150  # of them, for what holds of fewer
WORDS = 50  # acts in Word files
TERM = date(2016, 12, 31)
PARTS = frozenset({"socle", "préambule", *(f"annexe {n}" for n in range(1, 10))})
DEEDS = """
    ajouter annexe numéro · insérer alinéa · insérer alinéa avant · insérer colonne · insérer colonne avant
    insérer intitulé
    insérer lettre · insérer ligne · insérer ligne avant · insérer nommé · insérer nommé avant · insérer numéro
    insérer préambule · insérer rubrique · insérer tableau · insérer mots · insérer mots avant
    insérer tableau alinéa · insérer tableau intitulé · insérer tableau tableau
    placer alinéa · placer ligne · placer nommé · placer nommé avant · remplacer alinéa
    remplacer annexe numéro · remplacer mots
    remplacer tableau tableau · rédiger alinéa · rédiger cellule · rédiger intitulé · rédiger nommé · rédiger numéro
    rédiger préambule · supprimer alinéa · supprimer colonne · supprimer intitulé · supprimer lettre · supprimer ligne
    supprimer nommé · supprimer numéro · supprimer rubrique · supprimer tableau · supprimer mots
    à alinéa · à colonne · à en-tête · à intitulé · à lettre · à ligne · à nommé · à numéro · à préambule · à rubrique
    à tableau
"""


@cache
def run(number: int) -> tuple[tuple[str, ...], Counter[str]]:
    """Return what is wrong in acts over a run of small documents, and how often each deed is in them."""
    wrong, found = [], Counter[str]()
    for seed in range(number * SIZE, (number + 1) * SIZE):
        try:
            relu = read_back(*pair(seed))
        except (UnreadableError, AssertionError) as error:
            wrong.append(f"{seed}: {error}")
            continue
        wrong += [f"{seed}: another text"] if relu.read != relu.text else []
        found.update(name for amendment in read_act(relu.act) for name in named(amendment))
    return tuple(wrong), found


def named(amendment: Amendment) -> Iterator[str]:
    """Yield what an operation does to which unit, and the units that its place goes through."""
    told = amendment.deed, amendment.unit.kind if amendment.unit else "", "avant" if amendment.before else ""
    yield " ".join(filter(None, told))
    yield from (f"à {unit.kind}" for unit in amendment.places)


# Small documents


@pytest.mark.parametrize("number", range(RUNS))
def it_makes_the_new_text_of_the_old_one(number: int) -> None:
    assert run(number)[0] == ()


def it_does_all_that_the_grammar_has_words_for() -> None:
    found = {name for number in range(RUNS) for name in run(number)[1]}
    assert {name.strip() for line in DEEDS.strip().split("\n") for name in line.split("·")} - found == set()


@pytest.mark.parametrize(("whole", "detailed"), [(PARTS, ()), ((), PARTS)], ids=["whole", "detailed"])
def it_makes_the_new_text_whatever_the_mode(whole: frozenset[str], detailed: frozenset[str]) -> None:
    wrong = []
    for seed in range(SOME):
        relu = read_back(*pair(seed), whole, detailed)
        wrong += [seed] if relu.read != relu.text else []
    assert wrong == []


def it_writes_a_sentence_again_wherever_it_is() -> None:
    found = Counter[str]()
    for seed in range(SOME):
        relu = read_back(*resentenced(seed))
        assert relu.read == relu.text, seed
        for amendment in read_act(relu.act):
            where = amendment.places[-1].kind if "colonne" in (each.kind for each in amendment.places) else "texte"
            found[f"{where} {amendment.deed} {amendment.unit.kind}" if amendment.unit else ""] += 1
    assert {f"{where} rédiger phrase" for where in ("texte", "colonne", "alinéa", "nommé")} - found.keys() == set()


def it_says_nothing_of_the_same_text() -> None:
    schemas = real_schema(), real_schema()
    assert [seed for seed in range(SOME) if amend(paired(pair(seed)[0], pair(seed)[0]), schemas)] == []


# Contracts


def state(document: Document) -> State:
    """Return a contract as an act knows it."""
    contrat = resolve(validate(source(as_yaml(document)), real_schema()), real_schema())
    scope = scope_of(contrat, real_type().modele, Edition.PROJET, "0" * 64)
    return State(contrat, real_schema(), print_all(real_type(), scope), dict(scope["numeros"]))


@given(pairs())
@settings(max_examples=100)
def it_makes_the_new_contract_of_the_old_one(pair: Pair) -> None:
    old, new = map(printed, pair.documents(real_schema()))
    relu = read_back(old, new)
    assert relu.read == relu.text


@given(pairs())
@settings(max_examples=15)
def it_makes_the_new_contract_whatever_the_mode(pair: Pair) -> None:
    old, new = map(printed, pair.documents(real_schema()))
    for modes in ((PARTS, ()), ((), PARTS)):
        relu = read_back(old, new, *modes)
        assert relu.read == relu.text


# Files


def files(old: State, new: State) -> Iterator[bytes]:
    """Yield the files of the act that makes a contract of another, Word then PDF, then those of its note."""
    both = paired(old.imprime, new.imprime)
    articles = amend(both, (old.schema, new.schema))
    assume(articles)  # what changes may be in no text
    avenant = Avenant(1, Texte("renfort de l’appui"), fin=TERM)
    projet = Projet(avenant, old, new, differ(old, new, both), articles, ())
    yield from (content for _, content in act(projet, READING, Options()))


@given(pairs().filter(lambda pair: pair.changes > 0))
@settings(max_examples=WORDS)
def it_makes_the_new_contract_from_a_word_file(pair: Pair) -> None:
    old, new = map(state, pair.documents(real_schema()))
    made = as_lists(applied(text_of(old.imprime), imprime_of(next(files(old, new)))))
    assert made == as_lists(text_of(new.imprime))


@given(pairs().filter(lambda pair: pair.changes > 0))
@settings(max_examples=4)
def it_reads_the_same_in_word_and_in_pdf_its_note_on_one_page(pair: Pair) -> None:
    word, pdf, noted, note = files(*map(state, pair.documents(real_schema())))
    assert read_paragraphs(pdf) == as_read(imprime_of(word))
    assert read_paragraphs(note) == as_read(imprime_of(noted))
    with pikepdf.open(BytesIO(note)) as opened:
        assert len(opened.pages) == 1
