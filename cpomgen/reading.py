"""Files of a project at one moment → its contracts, read as far as they can be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cpomgen.campagne import Campagne, campagne_of, described
from cpomgen.catalogue import Catalogue, catalogue_of
from cpomgen.concordance import Search
from cpomgen.contrat import Contrat
from cpomgen.examine import Dossier, acte_of, as_typed, duree_of, examined, fiche_of, likely_voisin, voisin_of
from cpomgen.gabarits import read_once
from cpomgen.join import join
from cpomgen.kept import Kept
from cpomgen.load import load
from cpomgen.manifeste import Manifeste, read_manifeste
from cpomgen.owned import owned
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import CAMPAGNE, contract_file, has_campagne, kind_of
from cpomgen.registre import Signature, read_registre, register_file
from cpomgen.resolve import resolve
from cpomgen.schema import Schema
from cpomgen.schemas import all_schemas, beside_schema, schema_of_type
from cpomgen.tree import Moment, Tree
from cpomgen.validate import validate
from cpomgen.voisin import Voisin

if TYPE_CHECKING:
    from cpomgen.acte import Acte
    from cpomgen.fiche import FicheContrat
    from cpomgen.modele import Modele
    from cpomgen.situation import EnCours, Signe
    from cpomgen.version import Version


class Reading:
    """The contracts of a tree at one moment, read as far as they can be; `kept` is what they share with later ones."""

    def __init__(self, tree: Tree, kept: Kept | None = None) -> None:
        self.tree = Moment(tree)
        self.kept, self.past, self.search = kept or Kept(), Kept(), Search(self.text)

    def examined(self, identifiant: str, *, settled: bool = False, pieces: Collection[str] = ()) -> Contrat:
        """Return a contract with all that is wrong in it, in file order; `settled` for one about to be signed."""
        return examined(self.dossier(identifiant, settled=settled, pieces=pieces))

    def dossier(self, identifiant: str, *, settled: bool = False, pieces: Collection[str] = ()) -> Dossier:
        """Return a contract as rules look at it, `settled` when about to be signed; raise ProblemError if unread."""
        contrat, schema = self.resolved(identifiant)
        manifeste = self.kind(contrat.type)[1]
        campagne = self.catalogue() if contrat.draws else None
        days = (campagne.debut, campagne.fin) if campagne else (None, None)
        said, chosen = (manifeste.motifs, manifeste.stipule), (frozenset(pieces), owned(manifeste, pieces))
        return Dossier(contrat, schema, settled, *said, self.around, days, *chosen, manifeste.typologies)

    def resolved(self, identifiant: str, file: str = "", *, asked: bool = True) -> tuple[Contrat, Schema]:
        """Return a contract, from its file or another, and its schema; raise ProblemError when it cannot be read.

        Whether it holds the rules of its schema is not `asked` of what is only printed again.
        """
        found = load(self.tree, file or contract_file(self.tree, identifiant))
        source = replace(found, file=f"contracts/{identifiant}.yaml")  # whatever a version of it is called
        schema = self.kind(kind_of(source, self.tree))[0]
        joined = join(source, schema, self.catalogue)
        valide = validate(joined, schema) if asked else validate(joined, schema, asked=False)
        return resolve(valide, schema), schema

    def kind(self, name: str) -> tuple[Schema, Manifeste]:
        """Return the schema of a type of contract, and what rules need of its manifest; raise what is wrong there."""
        schema = schema_of_type(self.tree, name, self.kept)
        manifeste = read_once(self.tree, f"templates/{name}/modele.yaml", read_manifeste, self.kept)
        if manifeste.typologies:
            manifeste.typologies.check(schema)
        return schema, manifeste

    def catalogue(self) -> Catalogue | None:
        """Return what contracts may refer to, None without any; raise ProblemError when it cannot be read."""
        return read_once(self.tree, CAMPAGNE, catalogue_of, self.kept) if has_campagne(self.tree) else None

    def campagne(self) -> Campagne | None:
        """Return the campaign of the project, with all that is wrong in it, None when it has none.

        Raise ProblemError when its file cannot be read, or the schema of a type of contract, which it hangs on.
        """
        if not has_campagne(self.tree):
            return None
        content = self.tree.read(CAMPAGNE) + all_schemas(self.tree, self.kept)
        return self.kept.of("campagne", content, self.read_campagne)

    def read_campagne(self) -> Campagne:
        """Return the campaign of the project, whose lists are described by its types of contract."""
        kinds = self.tree.names("schemas", ".yaml")
        schemas = [schema_of_type(self.tree, name, self.kept) for name in kinds]
        documents: dict[str, Collection[str]] = dict.fromkeys(kinds, ())
        for name in kinds:
            with suppress(ProblemError):  # of a manifest, which its contracts tell
                documents[name] = self.kind(name)[1].documents
        schema = described(beside_schema("campagne"), schemas)
        source = load(self.tree, CAMPAGNE)
        return campagne_of(source, resolve(validate(source, schema), schema), schema, documents)

    def acte(self, identifiant: str) -> Acte:
        """Return what signing needs of a contract; its files are those that were read until now."""
        contrat, schema = self.resolved(identifiant)
        return acte_of(Dossier(contrat, schema), self.kind(contrat.type)[1].documents, tuple(self.tree.contents))

    def fiche(self, identifiant: str, file: str = "", number: int | None = None) -> FicheContrat:
        """Return what a portfolio needs of a contract, or of its version of that number; its pieces if it is sound."""
        contrat, schema = self.resolved(identifiant, file)
        due = self.kind(contrat.type)[1].due(contrat.fiche)
        return fiche_of(Dossier(contrat, schema), lambda: self.sections(contrat), number, due)

    def signe(self, identifiant: str, number: int, facts: Collection[Signature]) -> Signe | EnCours:
        """Return what facts of signature make of a version: an act that is signed, or one that some have signed."""
        from cpomgen.situation import signe

        contrat, schema = self.resolved(identifiant)
        sections = self.sections(contrat) if any(each.piece for each in facts) else {}
        dossier = Dossier(contrat, schema)
        return signe(number, facts, acte_of(dossier).qualites, sections, duree_of(dossier, number))

    def titre(self, contrat: Contrat) -> str:
        """Return the title of a contract; raise ProblemError when it cannot be written."""
        modele, scope = self.scoped(contrat)
        return modele.entitled(scope)

    def scoped(self, contrat: Contrat) -> tuple[Modele, dict[str, Any]]:
        """Return the manifest that a contract is printed by, and what it sees of the contract."""
        from cpomgen.edition import Edition
        from cpomgen.modele import read_modele
        from cpomgen.scope import scope_of

        modele = read_once(self.tree, f"templates/{contrat.type}/modele.yaml", read_modele, self.kept)
        return modele, scope_of(contrat, modele, Edition.PROJET, "")

    def sections(self, contrat: Contrat) -> dict[str, tuple[str, ...]]:
        """Return the documents that a contract has, by name, each with its sections."""
        modele, scope = self.scoped(contrat)
        present = set(modele.printed(scope))
        found = {each.nom: tuple(part for part in each.sections if part in present) for each in modele.documents}
        return {name: parts for name, parts in found.items() if parts}

    def since(self, signed: Version) -> Reading:
        """Return what reads a version that was signed; versions of one type share it."""
        return Reading(signed.tree, self.past)

    def around(self, dossier: Dossier) -> Iterator[Voisin]:
        """Yield the other contracts that seem to bind the same parties; one that cannot be read has its own errors."""
        sought = likely_voisin(dossier)
        for other in self.search.among(self.tree.names("contracts", ".yaml"), sought.couples):
            with suppress(ProblemError):
                if other != dossier.contrat.identifiant and sought.is_in(self.text(other)):
                    yield from filter(None, [self.voisin(other)])

    def text(self, identifiant: str) -> str:
        """Return the text of a contract, folded to be searched for names; raise ProblemError when it has none."""
        content = self.tree.read(f"contracts/{identifiant}.yaml")
        return self.kept.of(f"text of {identifiant}", content, lambda: as_typed(content.decode(errors="replace")))

    def voisin(self, identifiant: str) -> Voisin | None:
        """Return what other contracts need of one, None without its parties; raise ProblemError when it is unread."""
        content = self.tree.read(f"contracts/{identifiant}.yaml") + all_schemas(self.tree, self.kept)
        return self.kept.of(f"voisin {identifiant}", content, lambda: voisin_of(Dossier(*self.resolved(identifiant))))


def abandons(tree: Tree, identifiant: str) -> Mapping[int, Mark]:
    """Return the numbers of the avenants that a contract says abandoned; none when it cannot be read."""
    with suppress(ProblemError):
        return Reading(tree).acte(identifiant).abandons
    return {}


def signatures(tree: Tree, identifiant: str) -> tuple[Signature, ...]:
    """Return what the register of a contract holds, nothing when it has none; raise ProblemError when it is unsound."""
    if identifiant not in tree.names("signatures", ".yaml"):
        return ()
    return read_registre(load(tree, register_file(identifiant)))
