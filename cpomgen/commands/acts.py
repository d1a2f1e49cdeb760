"""An avenant, from its version or as it is being prepared → the files of its act, and of what comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from pathlib import Path

    from cpomgen.outcome import Options, Projet
    from cpomgen.reading import Reading
    from cpomgen.tree import Tree
    from cpomgen.version import Version

AVENANT, NOTE, CONSOLIDE, SUIVI = "avenant", "note", "consolide", "suivi-des-modifications"
DOCUMENTS = (AVENANT, NOTE, CONSOLIDE, SUIVI)


class Acts(NamedTuple):
    """An avenant, the version that it amends, what reads the one it makes, whether that one is frozen (`settled`)."""

    projet: Projet
    before: Version
    reading: Reading
    settled: bool

    def files(self, root: Path, options: Options, register: Tree | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the documents that are asked for, the act first, each with its path below out/.

        What is recorded as signed is read in `register`, in the files as they are when it is not given.
        """
        from cpomgen import amending
        from cpomgen.reading import abandons, signatures
        from cpomgen.version import earlier_versions

        projet, before, reading, settled = self
        tree, identifiant = register or WorkTree(root), projet.new.contrat.identifiant
        chosen = options.names or DOCUMENTS
        if {AVENANT, NOTE} & set(chosen):
            yield from amending.act(projet, reading, options, settled=settled)
        if CONSOLIDE in chosen:
            known = replace(projet, signed=signatures(tree, identifiant))  # its own may be recorded since then
            earlier = earlier_versions(root, before, abandons(tree, identifiant))
            yield from amending.consolidated(known, reading, earlier, options, settled=settled)
        if SUIVI in chosen:
            yield from amending.tracked(projet, before, reading, options, settled=settled)
