"""A template and what it sees → the files of what is printed with it: filled for Word, typeset for the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cpomgen.canonical import canonical
from cpomgen.compose import Attachment
from cpomgen.contrat import Contrat, Fiche
from cpomgen.edition import Edition
from cpomgen.engines import fingerprint
from cpomgen.fill import FILLED, fill
from cpomgen.imprime import Imprime
from cpomgen.kind import Type, TypeActe
from cpomgen.modele import Modele
from cpomgen.outcome import Options, Projet
from cpomgen.schema import Schema
from cpomgen.scope import dawn, scope_of
from cpomgen.typeset import typeset


@dataclass(frozen=True, slots=True)
class Press:
    """A template made ready for a contract: what it sees, the data that its files carry, the time that they bear."""

    type: Type | TypeActe
    scope: Mapping[str, Any]
    joined: Attachment | None
    when: datetime

    def word(self, imprime: Imprime) -> bytes:
        """Return the Word file of a document, which walks in step with it."""
        data = self.joined.text if self.joined else ""
        return fill(self.type.trame, self.type.modele.names, imprime, self.scope, data)

    def files(self, stem: str, imprime: Imprime) -> Iterator[tuple[str, bytes]]:
        """Yield the Word file of a document, then its PDF, each with its path below out/."""
        yield f"{stem}.docx", self.word(imprime)
        pdf = typeset(imprime, self.type.style, timestamp=self.when, attachment=self.joined, mark=self.type.look)
        yield f"{stem}.pdf", pdf


def press_of(contrat: Contrat, type_: Type, options: Options, **beside: object) -> Press:
    """Return the template of a contract made ready for it, with what else it sees, under the fingerprint of both."""
    data = canonical(contrat, type_.schema)
    scope = scope_of(contrat, type_.modele, options.edition, fingerprint(type_.digest, data), options.number)
    joined = Attachment("contrat.json", data, "application/json", "Données du contrat") if options.data else None
    return Press(type_, scope | beside | {FILLED: {}}, joined, dawn(contrat))


def beside_data(old: str, new: str) -> str:
    """Return the data that come with an act: those of the contract before it, then after it, a line each."""
    return f"{old}\n{new}\n"


def data_of(contrat: Contrat, schema: Schema) -> str:
    """Return the data that the documents of a contract carry, printed or not."""
    return canonical(contrat, schema)


def press_beside(projet: Projet, types: tuple[Type, TypeActe], options: Options, **beside: object) -> Press:
    """Return a template of what comes with an avenant made ready for it, with what it sees of it: its act, a note."""
    contrat, avenant = projet.new.contrat, projet.avenant
    type_, acte = types
    data = beside_data(*(canonical(each.contrat, each.schema) for each in (projet.old, projet.new)))
    scope = scope_of(contrat, type_.modele, options.edition, fingerprint(acte.digest, data), avenant.numero)
    joined = Attachment("avenant.jsonl", data, "application/jsonl", "Données du contrat, avant et après")
    when = dawn(contrat, avenant.signature or avenant.effet)
    return Press(acte, scope | beside | {FILLED: {}}, joined if options.data else None, when)


def press_methode(contrat: Contrat, modele: Modele, gabarit: TypeActe, fiche: Fiche) -> Press:
    """Return the template of fiches made ready for a contract, with what one explains.

    A fiche is no part of the contract: it carries no data, and is of no edition.
    """
    scope = scope_of(contrat, modele, Edition.A_SIGNER, fingerprint(gabarit.digest, ""))
    return Press(gabarit, scope | {"fiche": fiche, FILLED: {}}, None, dawn(contrat))
