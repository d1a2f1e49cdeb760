"""Valide × Schema → Contrat: leaves that know their path, titles of renvois, exercises; ids and years checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cpomgen.contrat import (
    Absent,
    Choix,
    Contrat,
    Entier,
    Fiche,
    Illisible,
    Jour,
    Ligne,
    Liste,
    Montant,
    Nombre,
    OuiNon,
    Renvoi,
    Texte,
)
from cpomgen.problem import Mark, Problem, in_file_order, nearest
from cpomgen.project import NAME
from cpomgen.schema import Field, Schema
from cpomgen.source import UNREAD, Path, Valide, shown
from cpomgen.typography import typography


def resolve(valide: Valide, schema: Schema) -> Contrat:
    """Return the contract that templates print, with its problems and those of ids and years that lead nowhere."""
    spots = list(_spots(valide.document, schema.root))
    years = list(_years(spots))
    exercices = _exercices(valide, schema, years)
    titles = _titles(spots)
    slips = list(_wrong_term(valide, schema, exercices))
    problems = [
        *_wrong_name(valide, schema),
        *(slips or _stray_years(valide, years, exercices)),
        *_duplicate_ids(spots, valide),
        *_broken_links(spots, valide, schema),
    ]
    fiche = _mapping(schema.root, valide.document, "", titles)
    start = _at(valide.document, schema.path_of("date_effet"))
    debut = start if isinstance(start, date) else date(exercices[0], 1, 1) if exercices else date(1980, 1, 1)
    marks = dict(_by_ids(valide))
    found = tuple(in_file_order([*valide.problems, *problems]))
    return Contrat(schema.type, _stem(valide.file), fiche, exercices, debut, marks, found)


class _Spot(NamedTuple):
    """A value of the document, typed, where it is, and its field."""

    path: Path
    value: Any
    field: Field | None


def _spots(document: Any, root: Field) -> Iterator[_Spot]:  # noqa: ANN401 - any typed value
    """Yield a document and all values below it; it is walked once."""
    waiting = [_Spot((), document, root)]
    while waiting:
        spot = path, value, field = waiting.pop()
        yield spot
        if isinstance(value, dict | list):
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += reversed([_Spot((*path, step), child, field and field.below(step)) for step, child in steps])


def _by_ids(valide: Valide) -> Iterator[tuple[str, Mark]]:
    """Yield the mark of each place of the document under its path by ids."""
    known: dict[Path, tuple[str, Any]] = {(): ("", valide.document)}

    def found(steps: Path) -> tuple[str, Any]:
        if steps not in known:
            (path, here), step = found(steps[:-1]), steps[-1]
            if isinstance(here, list):
                below = here[step] if isinstance(step, int) and step < len(here) else None
                known[steps] = step_to(path, below, step), below
            else:
                below = here.get(step) if isinstance(here, dict) else None
                known[steps] = f"{path}.{step}".lstrip("."), below
        return known[steps]

    for steps, mark in valide.marks.items():
        yield found(steps)[0], mark


def _value(field: Field, value: Any, path: str, titles: Mapping[str, str]) -> Any:  # noqa: ANN401 - leaf, Fiche or Liste
    if value is None or value is UNREAD:
        return Illisible(path) if value else Absent(path)
    if field.type == "dict":
        return _mapping(field, value, path, titles)
    if field.type == "list" and field.item is not None:
        item = field.item
        return Liste((_value(item, child, step_to(path, child, n), titles) for n, child in enumerate(value)), path)
    if field.type == "choix":
        return Choix(value, path, typography(field.meta.libelles.get(value, value)))
    if field.type == "renvoi":
        return Renvoi(value, path, titles.get(value, value))
    return LEAVES[field.type](value, path)


LEAVES: Mapping[str, Any] = {
    "ligne": Ligne,
    "texte": Texte,
    "code": Ligne,
    "date": Jour,
    "annee": Entier,
    "exercice": Entier,
    "entier": Entier,
    "montant": Montant,
    "nombre": Nombre,
    "oui_non": OuiNon,
}


def step_to(path: str, item: object, position: object) -> str:
    """Return the path of an item of the list at `path`: by its id, or by its position when it has none."""
    name = item.get("id", position) if isinstance(item, dict) else position
    return f"{path}[{name}]"


def _mapping(field: Field, values: Mapping[Any, Any], path: str, titles: Mapping[str, str]) -> Fiche:
    below = f"{path}." if path else ""
    if field.values is not None:
        values = dict(sorted(values.items()))
        return Fiche({key: _value(field.values, child, f"{below}{key}", titles) for key, child in values.items()}, path)
    fields = {
        name: _value(child, values.get(name, {} if _is_rubrique(child) else None), f"{below}{name}", titles)
        for name, child in field.fields.items()
    }
    return Fiche(fields, path) if values else FicheVide(fields, path)


class FicheVide(Fiche):
    """A rubrique that the contract leaves out: false, all its fields Absent."""

    def __bool__(self) -> bool:
        return False


def _is_rubrique(field: Field) -> bool:
    return field.type == "dict" and field.values is None


def _exercices(valide: Valide, schema: Schema, given: Sequence[tuple[Path, int]]) -> tuple[int, ...]:
    """Return the years that the contract touches.

    When its effect hangs on an event, they begin with the year of conclusion that is expected, or the first it gives a
    value for.
    """
    roles = ("date_effet", "date_fin", "date_conclusion")
    start, end, signed = (_at(valide.document, schema.path_of(role)) for role in roles)
    if not isinstance(end, date):
        return ()
    years = [end.year, *(int(path[-1]) for path, _ in given)]
    years += [signed.year] if isinstance(signed, date) else []
    first = start.year if isinstance(start, date) else min(years)
    return tuple(range(first, end.year + 1)) if end.year - first < 100 else ()  # noqa: PLR2004 - a century is a slip


def _at(document: Any, names: tuple[str, ...] | None) -> Any:  # noqa: ANN401 - whatever the contract has there
    for name in names or ():
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _years(spots: Sequence[_Spot]) -> Iterator[tuple[Path, int]]:
    """Yield the path and the year of each value given for an exercise."""
    for path, value, field in spots:
        if field is not None and field.keys == "exercice" and isinstance(value, dict):
            for year in value:
                yield (*path, year), year


def _stray_years(valide: Valide, given: Sequence[tuple[Path, int]], exercices: tuple[int, ...]) -> Iterator[Problem]:
    if not exercices and valide.problems:
        return  # the term may be what could not be read
    span = f"exercices du contrat : {exercices[0]} à {exercices[-1]}" if exercices else "donnez la durée du contrat."
    for path, year in given:
        if year not in exercices:
            message = f"l'exercice {year} n'est pas couvert par le contrat."
            yield Problem("CPOM221", valide.marks[path], message, span)


def _wrong_name(valide: Valide, schema: Schema) -> Iterator[Problem]:
    path = schema.path_of("identifiant")
    stem = _stem(valide.file)
    given = _at(valide.document, path)
    if path is not None and isinstance(given, str) and given != stem:
        message = f"l'identifiant « {shown(given)} » diffère du nom du fichier."
        rename = f"renommez le fichier {given}.yaml"
        remedy = f"écrivez {path[-1]}: {stem}, ou {rename}" if re.search(NAME, stem) else rename
        yield Problem("CPOM222", valide.marks[path], message, remedy)


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".yaml")


def _wrong_term(valide: Valide, schema: Schema, exercices: tuple[int, ...]) -> Iterator[Problem]:
    path = schema.path_of("date_fin")
    start, end = _at(valide.document, schema.path_of("date_effet")), _at(valide.document, path)
    if path is None or not isinstance(end, date):
        return
    if isinstance(start, date) and end < start:
        remedy = "vérifiez les deux dates, au format AAAA-MM-JJ."
        yield Problem("CPOM226", valide.marks[path], "le contrat finit avant de prendre effet.", remedy)
    elif not exercices:
        yield Problem("CPOM226", valide.marks[path], "le contrat durerait plus d'un siècle.", "vérifiez les dates.")


def _duplicate_ids(spots: Sequence[_Spot], valide: Valide) -> Iterator[Problem]:
    seen: dict[str, Mark] = {}
    for path, value, _ in spots:
        name = value.get("id") if isinstance(value, dict) else None
        if not isinstance(name, str):
            continue
        mark = valide.marks[(*path, "id")]
        if name in seen:
            message = f"l'identifiant « {shown(name)} » est déjà pris, ligne {seen[name].line}."
            yield Problem("CPOM223", mark, message, "donnez à chaque élément un identifiant unique dans ce fichier.")
        seen.setdefault(name, mark)


def _titles(spots: Sequence[_Spot]) -> dict[str, str]:
    """Return the title of each item that has an id: the child that the schema says names it."""
    titles = {}
    for _, value, field in spots:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            naming = field.meta.intitule_par if field else ""
            titles[value["id"]] = str(value.get(naming, value["id"]))
    return titles


def _broken_links(spots: Sequence[_Spot], valide: Valide, schema: Schema) -> Iterator[Problem]:
    targets = {role: sorted(set(_ids_in(spots, role))) for role in schema.linked}
    for path, value, field in spots:
        if field is None or field.type != "renvoi" or not isinstance(value, str):
            continue
        if value in targets.get(field.meta.vers, ()):
            continue
        known = targets.get(field.meta.vers, [])
        remedy = nearest(value, known, shown("connus : " + ", ".join(known)))
        among = schema.at_role(field.meta.vers)
        name = (among and among.meta.libelle) or field.meta.vers
        message = f"« {shown(value)} » ne désigne aucun élément de « {name} »."
        yield Problem("CPOM224", valide.marks[path], message, remedy)


def _ids_in(spots: Sequence[_Spot], role: str) -> Iterator[str]:
    for _, value, field in spots:
        if field is not None and field.meta.role == role and isinstance(value, list):
            yield from (item["id"] for item in value if isinstance(item, dict) and isinstance(item.get("id"), str))
