"""campagne.yaml, resolved as contracts are → Campagne: its region, its period, its deadlines; what describes its lists.

The lists that contracts refer to are described by the schemas of these contracts: a label is not described twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cpomgen.catalogue import catalogue_of
from cpomgen.contrat import Contrat, Jour
from cpomgen.problem import Mark, Problem, in_file_order, nearest
from cpomgen.schema import Field, Meta, Schema, all_below, with_fields
from cpomgen.source import Source

OFFERED = "catalogue"  # the role of the lists that contracts draw on
ID = "^[A-Za-z0-9][A-Za-z0-9._-]*$"


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline: what is due on a day, the stage that must be reached, of which documents (all without any).

    `types` are those of the contracts that it concerns, all without any.
    """

    id: str
    libelle: str
    le: date
    etape: str  # redaction, arret or signature
    documents: tuple[str, ...]
    mark: Mark
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Campagne:
    """A campaign: its region, its first and last days, its deadlines, its catalogue, all that is wrong in its file.

    What is wrong is left out: a day that cannot be read is None, a deadline without one is not there. `contrat` has the
    whole of the file, read by `schema`.
    """

    region: str
    debut: date | None
    fin: date | None
    calendrier: tuple[Echeance, ...]
    contrat: Contrat
    schema: Schema
    problems: tuple[Problem, ...] = ()


def described(base: Schema, schemas: Iterable[Schema]) -> Schema:
    """Return the schema of campagne.yaml in a project: its own fields, and the lists that contracts draw on."""
    lists: dict[str, dict[str, Field]] = {}
    holders: dict[str, Field] = {}
    for schema in schemas:
        for each in (schema.root, *all_below(schema.root)):
            if drawn := each.drawn:
                name = drawn.meta.catalogue
                fields = lists.setdefault(name, {"id": _identifier(drawn)})
                for known in drawn.meta.definit:
                    fields.setdefault(known, _cited(each.fields[known]))
                holders.setdefault(name, each)
    more = {name: _list(name, fields, holders[name]) for name, fields in lists.items()}
    return Schema(base.type, base.regime, base.libelle, replace(base.root, fields={**base.root.fields, **more}))


def _list(name: str, fields: dict[str, Field], holder: Field) -> Field:
    """Return the field of a list of the catalogue; an item is called as those of contracts are."""
    naming = holder.meta.intitule_par
    meta = replace(holder.meta, intitule_par=naming if naming in fields else "")
    item = Field("", "dict", meta, holder.mark, {}, fields)
    label = name.replace("_", " ").capitalize()
    return Field(name, "list", Meta(libelle=label, role=OFFERED), holder.mark, {}, {}, item)


def _identifier(drawn: Field) -> Field:
    rules = {"regex": ID, **drawn.rules, "required": True}
    meta = Meta(libelle="Identifiant", aide=f"Ce que les contrats écrivent sous « {drawn.name} ».")
    return Field("id", "code", meta, drawn.mark, rules)


def _cited(field: Field) -> Field:
    """Return a field as the catalogue has it: values that it cites by id are ids there."""
    if not field.meta.reference or field.item is None:
        return field
    return replace(field, item=replace(field.item, type="code", rules={}))


def campagne_of(source: Source, contrat: Contrat, schema: Schema, documents: Mapping[str, Collection[str]]) -> Campagne:
    """Return a campaign from its file, as typed and resolved; `documents` are those that contracts have, by type."""
    fiche = contrat.fiche
    debut, fin = (_day(fiche["periode"].get(name)) for name in ("debut", "fin"))
    found = tuple(_echeances(contrat))
    wrong = [*_wrong(contrat, debut, fin), *_strangers(contrat, documents), *_uncited(source, schema)]
    region = fiche["region"] if isinstance(fiche["region"], str) else ""
    return Campagne(str(region), debut, fin, found, contrat, schema, tuple(in_file_order([*contrat.problems, *wrong])))


def _echeances(contrat: Contrat) -> Iterator[Echeance]:
    """Yield the deadlines, in the order of the file."""
    for each in contrat.fiche["calendrier"]:
        day = _day(each["le"])
        if day is not None and isinstance(each["etape"], str):
            documents, types = (
                tuple(str(name) for name in each[key] if isinstance(name, str)) for key in ("documents", "types")
            )
            name, libelle = (found if isinstance(found := each[key], str) else "" for key in ("id", "libelle"))
            yield Echeance(str(name), str(libelle), day, str(each["etape"]), documents, contrat.mark(each.path), types)


def _day(value: Any) -> date | None:  # noqa: ANN401 - whatever the file has there
    return date(value.year, value.month, value.day) if isinstance(value, Jour) else None


def _wrong(contrat: Contrat, debut: date | None, fin: date | None) -> Iterator[Problem]:
    """Yield what is wrong in the period of a campaign."""
    if debut and fin and fin < debut:
        remedy = "vérifiez les deux dates, au format AAAA-MM-JJ."
        yield Problem("CPOM720", contrat.mark("periode.fin"), "la campagne finit avant de commencer.", remedy)


def _strangers(contrat: Contrat, documents: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield a problem for each type of the calendar that is none, for each document that no contract of them has."""
    for each in contrat.fiche["calendrier"]:
        types = [str(name) for name in each["types"] if isinstance(name, str)]
        known = sorted({name for kind in types or documents for name in documents.get(kind, ())})
        for key, names, what in (("types", sorted(documents), "type"), ("documents", known, "document")):
            for rank, name in enumerate(each[key]):
                if isinstance(name, str) and name not in names:
                    yield _stranger(name, what, names, contrat.mark(f"{each.path}.{key}[{rank}]"))


def _stranger(name: str, what: str, known: Sequence[str], mark: Mark) -> Problem:
    """Return what is told of a type, of a document of the calendar that no contract has."""
    among = f"{what}s connus : {', '.join(known)}" if known else ""
    return Problem("CPOM721", mark, f"aucun contrat n'a de {what} « {name} ».", nearest(name, known, among))


def _uncited(source: Source, schema: Schema) -> Iterator[Problem]:
    """Yield a problem for each id that the catalogue cites, and that names nothing."""
    catalogue = catalogue_of(source)
    for node, field in with_fields(source.root, schema.root):
        yield from catalogue.strangers(node, field)
