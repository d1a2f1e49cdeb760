"""Retouches → what an officer reads of them: lines of a terminal or of Markdown, or JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cpomgen.changes import texte
from cpomgen.operation import Action
from cpomgen.pen import Pen
from cpomgen.records import operation_record
from cpomgen.remarque import Nature, Remarque
from cpomgen.wording import jour
from cpomgen.words import compared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cpomgen.operation import Operation
    from cpomgen.problem import Mark
    from cpomgen.retouche import Retouches, Situee

SIGNES = "Espaces et signes que l’on ne voit pas (␣ espace, ⍽ insécable, ⎵ insécable fine, ¬ césure, ‑ trait insécable)"
SUIVI = "Suivi des modifications, encore à accepter ou à refuser (le texte ci-dessus le tient pour accepté)"
COMMENTAIRES = "Commentaires"
REMARQUES = "À regarder dans le fichier"
SHOWN = {"\u00a0": "⍽", "\u202f": "⎵", "\u00ad": "¬", "\u200b": "⟨espace de largeur nulle⟩", "\t": "⇥"}
VISIBLE = str.maketrans(SHOWN)
MOST = 3  # fields told of one change: beyond, a whole part has gone


class Style(NamedTuple):
    """How the lines of a list are laid: its title, what is done and where, what is said of it, a field's path."""

    title: str
    head: str
    line: str
    field: str


AS_TEXT = Style("{} :", "{}", "    {}", "{}")
AS_MARKDOWN = Style("**{}**\n", "- {}", "  - {}", "`{}`")


def told(retouches: Retouches, pen: Pen, style: Style, marks: Mapping[str, Mark]) -> Iterator[str]:
    """Yield the lines that tell of changes by hand; `marks` are where the fields of the contract are written."""
    yield from _texte(retouches.texte, pen, style, marks)
    if retouches.signes:
        yield from ("", style.title.format(pen.kept(SIGNES)))
        yield from _texte(retouches.signes, _marking(pen), style, marks)
    for title, found in (
        (SUIVI, retouches.suivi),
        (COMMENTAIRES, retouches.commentaires),
        (REMARQUES, retouches.remarques),
    ):
        if found:
            yield from ("", style.title.format(pen.kept(title)))
            for lieu, group in groupby(found, lambda each: each.lieu):
                yield style.head.format(f"{pen.place(lieu or 'fichier entier')} :")
                yield from (style.line.format(remarked(each.remarque, pen)) for each in group)


def _marking(pen: Pen) -> Pen:
    """Return a pen under which a space that comes or goes shows."""
    removed, added = (lambda text, write=write: write(text.replace(" ", "␣")) for write in (pen.removed, pen.added))
    return pen._replace(removed=removed, added=added)


def _texte(operations: Iterable[Operation], pen: Pen, style: Style, marks: Mapping[str, Mark]) -> Iterator[str]:
    pairs = ((operation, told) for operation in operations for told in texte([_shown(operation)], pen))
    for head, group in groupby(pairs, lambda pair: pair[1][0]):
        yield from (("",) if style is AS_TEXT else ())
        yield style.head.format(head)
        for operation, (_, lines) in group:
            yield from (style.line.format(line) for line in lines)
            yield from (style.line.format(f"→ {champ}") for champ in _champs(operation, style, marks))


def _champs(operation: Operation, style: Style, marks: Mapping[str, Mark]) -> Iterator[str]:
    """Yield the fields of the contract that a change is about, with their lines when they are known."""
    for path in operation.paths[:MOST]:
        mark = marks.get(path)
        yield f"champ {style.field.format(path)}" + (f" ({mark.file}, ligne {mark.line})" if mark else "")
    if len(operation.paths) > MOST:
        yield f"et {len(operation.paths) - MOST} autres champs"


def _shown(operation: Operation) -> Operation:
    """Return a change whose spaces and signs show, when some of what changes is of them alone."""
    if operation.action is not Action.REMPLACER:
        return operation
    runs = compared(operation.old[0], operation.new[0])
    if all(run.is_kept or _plain(run.old) != _plain(run.new) for run in runs):
        return operation
    return replace(operation, old=(_visible(operation.old[0]),), new=(_visible(operation.new[0]),))


def _visible(text: str) -> str:
    return text.translate(VISIBLE)


def _plain(text: str) -> str:
    """Return a text as it looks on a screen."""
    return "".join(" " if sign in SHOWN else sign for sign in text).replace("\u2011", "-")


def remarked(remarque: Remarque, pen: Pen) -> str:
    """Return what is to be looked at, in words."""
    words = pen.kept(f"« {_one_line(remarque.text)} »")
    if remarque.nature is Nature.SUPPRESSION:
        words = pen.removed(_one_line(remarque.text))
    elif remarque.nature is Nature.INSERTION:
        words = pen.added(_one_line(remarque.text))
    on = f" sur {pen.kept(f'« {_one_line(remarque.on)} »')}" if remarque.on else ""
    who = ", ".join(filter(None, (remarque.author, _day(remarque.day))))
    return f"{remarque.nature.value} : {words}{on}" + (f" ({pen.kept(who)})" if who else "")


def _one_line(text: str) -> str:
    return " / ".join(text.split("\n"))


def _day(text: str) -> str:
    try:
        return jour(date.fromisoformat(text))
    except ValueError:
        return ""


def as_json(file: str, known: str, retouches: Retouches) -> str:
    """Return all that a hand has changed as one JSON object; `known` is what the file is compared with."""
    record = {"fichier": file, "compare_avec": known, **retouches_record(retouches)}
    return json.dumps(record, ensure_ascii=False, indent=2)


def retouches_record(retouches: Retouches) -> dict[str, Any]:
    """Return all that a hand has changed, as JSON has it."""
    return {
        "texte": [operation_record(each) for each in retouches.texte],
        "signes": [operation_record(each) for each in retouches.signes],
        "suivi": [_record(each) for each in retouches.suivi],
        "commentaires": [_record(each) for each in retouches.commentaires],
        "remarques": [_record(each) for each in retouches.remarques],
    }


def _record(situee: Situee) -> dict[str, Any]:
    each = situee.remarque
    return {
        "lieu": situee.lieu, "nature": each.nature.value, "texte": each.text, "sur": each.on,
        "auteur": each.author, "jour": each.day,
    }  # fmt: skip
