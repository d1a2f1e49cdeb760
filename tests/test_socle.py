"""What the contract of an establishment says by its typology, and of annexes that may be signed after its socle."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from memory import ROOT, source

from cpomgen.edition import Edition
from cpomgen.imprime import Imprime, paragraphs
from cpomgen.kind import Type
from cpomgen.pipeline import print_all
from cpomgen.resolve import resolve
from cpomgen.scope import scope_of
from cpomgen.validate import validate

KIND = "cpom_occitanie_2019"
ANNEXES = re.compile(r"^annexes:\n((  .*)?\n)+", re.MULTILINE)
CALLED = {  # the annexes that a typology excludes for none, and the word that the contract has for its holder
    "clinique-exemple-les-bains": ("12345", "l’établissement"),
    "ch-bourg-specimen": ("12345", "l’établissement"),
    "imagerie-calque": ("125", "le titulaire"),
}


def printed(type_: Type, contract: str, *, edition: Edition = Edition.PROJET, annexes: bool = True) -> Imprime:
    """Return an example as printed, with its annexes or without."""
    text = (ROOT / f"contracts/{contract}.yaml").read_text(encoding="utf-8")
    assert ANNEXES.search(text)
    file = source(text if annexes else ANNEXES.sub("", text), f"contracts/{contract}.yaml")
    contrat = resolve(validate(file, type_.schema), type_.schema)
    return print_all(type_, scope_of(contrat, type_.modele, edition, ""))


def said(imprime: Imprime) -> dict[str, str]:
    """Return the text of each section, by name."""
    texts = {each.name: "\n".join(block.text for block in paragraphs(each.blocks)) for each in imprime.sections}
    return {name: text.replace("\u00a0", " ") for name, text in texts.items()}


@pytest.mark.parametrize("contract", CALLED)
def it_reads_the_same_before_its_annexes_and_after(compiled: Callable[[str], Type], contract: str) -> None:
    alone, whole = (printed(compiled(KIND), contract, annexes=annexes) for annexes in (False, True))
    assert [each.name for each in alone.sections] == ["socle"]
    assert alone.sections[0] == whole.sections[0]


@pytest.mark.parametrize(("contract", "annexes"), [(each, called) for each, (called, _) in CALLED.items()])
def it_tells_the_annexes_of_its_typology(compiled: Callable[[str], Type], contract: str, annexes: str) -> None:
    socle = said(printed(compiled(KIND), contract))["socle"]
    assert "".join(re.findall(r"l’annexe (\d), relative", socle)) == annexes
    assert ("une reconnaissance contractuelle est accordée" in socle) == ("3" in annexes)


@pytest.mark.parametrize(("contract", "word"), [(each, word) for each, (_, word) in CALLED.items()])
def it_calls_its_holder_by_its_word(compiled: Callable[[str], Type], contract: str, word: str) -> None:
    socle = said(printed(compiled(KIND), contract))["socle"]
    assert f"« {word} »," in socle
    assert f"Le contrat lie l’agence et {word}{', qui en est le titulaire' if 'é' in word else ''}." in socle


def it_has_an_annex_signed_on_its_own_but_in_a_consolidated_text(compiled: Callable[[str], Type]) -> None:
    draft, consolidated = (
        said(printed(compiled(KIND), "ch-bourg-specimen", edition=edition))
        for edition in (Edition.PROJET, Edition.CONSOLIDE)
    )
    assert all("Fait à" in text for text in draft.values())
    assert not any("Fait à" in text for text in consolidated.values())
