"""Valide × Schema → Contrat: leaves that know their path, titles of renvois, exercises; ids and years checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

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
from cpomgen.schema import Field, Schema, all_below, field_at
from cpomgen.source import UNREAD, Path, Valide, shown
from cpomgen.typography import typography


def resolve(valide: Valide, schema: Schema) -> Contrat:
    """Return the contract that templates print, with its problems and those of ids and years that lead nowhere."""
    exercices = _exercices(valide, schema)
    titles = _titles(valide, schema)
    slips = list(_wrong_term(valide, schema, exercices))
    problems = [
        *_wrong_name(valide, schema),
        *(slips or _stray_years(valide, schema, exercices)),
        *_duplicate_ids(valide),
        *_broken_links(valide, schema),
    ]
    fiche = _mapping(schema.root, valide.document, "", titles)
    start = _at(valide.document, schema.path_of("date_effet"))
    debut = start if isinstance(start, date) else date(exercices[0], 1, 1) if exercices else date(1980, 1, 1)
    marks = {_path_of(path, valide): mark for path, mark in valide.marks.items()}
    found = tuple(in_file_order([*valide.problems, *problems]))
    return Contrat(schema.type, _stem(valide.file), fiche, exercices, debut, marks, found)


def _path_of(steps: Path, valide: Valide) -> str:
    """Return the path, by ids, of a place of the document."""
    path: str = ""
    here: Any = valide.document
    for step in steps:
        below = here[step] if isinstance(here, dict) and step in here else None
        below = here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else below
        path = step_to(path, below, step) if isinstance(here, list) else f"{path}.{step}".lstrip(".")
        here = below
    return path


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


def _exercices(valide: Valide, schema: Schema) -> tuple[int, ...]:
    """Return the years that the contract touches.

    When its effect hangs on an event, they begin with the year of conclusion that is expected, or the first it gives a
    value for.
    """
    roles = ("date_effet", "date_fin", "date_conclusion")
    start, end, signed = (_at(valide.document, schema.path_of(role)) for role in roles)
    if not isinstance(end, date):
        return ()
    years = [end.year, *(int(path[-1]) for path, _ in _keyed(valide, schema))]
    years += [signed.year] if isinstance(signed, date) else []
    first = start.year if isinstance(start, date) else min(years)
    return tuple(range(first, end.year + 1)) if end.year - first < 100 else ()  # noqa: PLR2004 - a century is a slip


def _at(document: Any, names: tuple[str, ...] | None) -> Any:  # noqa: ANN401 - whatever the contract has there
    for name in names or ():
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _nodes(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401 - any typed value
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        yield from _nodes(child, (*path, step))


def _keyed(valide: Valide, schema: Schema) -> Iterator[tuple[Path, int]]:
    """Yield the path and the year of each value given for an exercise."""
    for path, value in _nodes(valide.document):
        field = field_at(schema.root, path)
        if field is not None and field.keys == "exercice" and isinstance(value, dict):
            for year in value:
                yield (*path, year), year


def _stray_years(valide: Valide, schema: Schema, exercices: tuple[int, ...]) -> Iterator[Problem]:
    if not exercices and valide.problems:
        return  # the term may be what could not be read
    span = f"exercices du contrat : {exercices[0]} à {exercices[-1]}" if exercices else "donnez la durée du contrat."
    for path, year in _keyed(valide, schema):
        if year not in exercices:
            message = f"l'exercice {year} n'est pas couvert par le contrat."
            yield Problem("CPOM221", valide.marks[path], message, span, "D. 6114-13 CSP")


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


def _duplicate_ids(valide: Valide) -> Iterator[Problem]:
    seen: dict[str, Mark] = {}
    for path, value in _nodes(valide.document):
        name = value.get("id") if isinstance(value, dict) else None
        if not isinstance(name, str):
            continue
        mark = valide.marks[(*path, "id")]
        if name in seen:
            message = f"l'identifiant « {shown(name)} » est déjà pris, ligne {seen[name].line}."
            yield Problem("CPOM223", mark, message, "donnez à chaque élément un identifiant unique dans ce fichier.")
        seen.setdefault(name, mark)


def _titles(valide: Valide, schema: Schema) -> dict[str, str]:
    """Return the title of each item that has an id: the child that the schema says names it."""
    titles = {}
    for path, value in _nodes(valide.document):
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            field = field_at(schema.root, path)
            naming = field.meta.intitule_par if field else ""
            titles[value["id"]] = str(value.get(naming, value["id"]))
    return titles


def _broken_links(valide: Valide, schema: Schema) -> Iterator[Problem]:
    targets = {role: sorted(set(_ids_in(valide, schema, role))) for role in _roles_linked(schema.root)}
    for path, value in _nodes(valide.document):
        field = field_at(schema.root, path)
        if field is None or field.type != "renvoi" or not isinstance(value, str):
            continue
        if value in targets.get(field.meta.vers, ()):
            continue
        known = targets.get(field.meta.vers, [])
        remedy = nearest(value, known, shown("connus : " + ", ".join(known)))
        among = field_at(schema.root, schema.path_of(field.meta.vers) or ())
        name = (among and among.meta.libelle) or field.meta.vers
        message = f"« {shown(value)} » ne désigne aucun élément de « {name} »."
        yield Problem("CPOM224", valide.marks[path], message, remedy)


def _roles_linked(root: Field) -> set[str]:
    return {field.meta.vers for field in all_below(root) if field.meta.vers}


def _ids_in(valide: Valide, schema: Schema, role: str) -> Iterator[str]:
    for path, value in _nodes(valide.document):
        field = field_at(schema.root, path)
        if field is not None and field.meta.role == role and isinstance(value, list):
            yield from (item["id"] for item in value if isinstance(item, dict) and isinstance(item.get("id"), str))
