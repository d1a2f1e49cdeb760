"""A Word file read again: as it was printed so long as nobody has touched it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory import ROOT

from cpomgen.bare import bare
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.imprime import Imprime
from cpomgen.kind import Type
from cpomgen.package import unpack
from cpomgen.pipeline import print_all
from cpomgen.reading import Reading
from cpomgen.reread import reread
from cpomgen.scope import scope_of
from cpomgen.texts import paired
from cpomgen.tree import WorkTree

EXAMPLES = WorkTree(ROOT).names("contracts", ".yaml")


def made(cpom: Type, name: str) -> tuple[Imprime, bytes]:
    """Return an example as printed, and its Word file."""
    scope = scope_of(Reading(WorkTree(ROOT)).resolved(name)[0], cpom.modele, Edition.PROJET, "abcdef0123456789")
    imprime = replace(print_all(cpom, scope), title="Contrat")
    return imprime, fill(cpom.trame, cpom.modele.names, imprime, scope, f"{{{name}}}")


@pytest.mark.parametrize("name", EXAMPLES)
def it_reads_what_was_printed_in_a_file_that_nobody_has_touched(cpom: Type, name: str) -> None:
    imprime, word = made(cpom, name)
    found = reread(unpack(word, "contrat.docx"))
    assert found.imprime == bare(imprime)
    assert paired(bare(imprime), found.imprime).edits == ()
    assert found.remarques == ()
    assert found.donnees == f"{{{name}}}"
