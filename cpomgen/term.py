"""Source × Schema → the term of the contract that follows one: its days, its name, what is told of how it came."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from cpomgen.problem import Problem, ProblemError
from cpomgen.schema import Field, Schema, with_fields
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Source, is_empty

FIVE = 5  # years, the longest term
ENDS = ("date_fin", "nouvelle_fin")  # roles of the days on which the contract ends, avenants counted
LATEST = 3000  # no contract goes so far, and time ends in 9999
DAY = timedelta(days=1)
YEAR = re.compile(r"-[0-9]{4}$")


class Term(NamedTuple):
    """The days of the contract that follows (no last one when the length of the first is not known), years after."""

    start: date
    end: date | None
    years: int

    def holds(self, year: int) -> bool:
        """Tell whether the contract touches a year."""
        return self.start.year <= year <= (self.end.year if self.end else year)


@dataclass(frozen=True)
class Renewed:
    """A contract that follows: its text, its term, how many fields were moved, emptied and removed, by name.

    `cited` are the lines of what was kept that cite a year of the contract before it.
    """

    text: str
    term: Term
    done: Mapping[str, Mapping[str, int]]
    cited: tuple[int, ...]


def term_after(source: Source, schema: Schema) -> Term:
    """Return the term of the contract that follows one; raise ProblemError when nothing tells when that one ends."""
    days = {role: _days(source, schema, role) for role in ("date_effet", *ENDS)}
    ends = [day for role in ENDS for day in days[role]]
    if not ends:
        remedy = "écrivez sa date de fin, puis relancez."
        message = "ce contrat n'a pas de date de fin : on ne sait pas quand commence celui qui le suit."
        raise ProblemError(Problem("CPOM008", source.root.mark, message, remedy))
    start = max(ends) + timedelta(days=1)
    first = days["date_effet"][0] if days["date_effet"] else None
    last = days["date_fin"][0] if days["date_fin"] else None
    end = _end(start, first, last) if first and last and first <= last else None
    return Term(start, end, start.year - _begun(source, schema, first))


def _begun(source: Source, schema: Schema, first: date | None) -> int:
    """Return the year in which a contract begins: when effect hangs on an event, as its exercises are counted."""
    if first:
        return first.year
    days = (day for role in ("date_conclusion", *ENDS) for day in _days(source, schema, role))
    return min([*(day.year for day in days), *_years(source, schema)])


def renewed_id(identifiant: str, term: Term) -> str:
    """Return the id that the contract which follows has by default: that of the first, with the year it begins in."""
    return f"{YEAR.sub('', identifiant)}-{term.start.year}"


def day_of(node: Node) -> date | None:
    """Return the day that a node is, None when it is none."""
    try:
        day = date.fromisoformat(node.text) if isinstance(node, Scalar) else None
    except ValueError:
        return None
    return day if day and day.year < LATEST else None


def _days(source: Source, schema: Schema, role: str) -> list[date]:
    """Return the days that are given for a role, in the contract's order."""
    found = (day_of(node) for node in _of_role(source, schema, role))
    return [day for day in found if day]


def _of_role(source: Source, schema: Schema, role: str) -> Iterator[Node]:
    given = tuple(with_fields(source.root, schema.root))
    given_up = {id(each) for node, field in given if _is_abandoned(node, field) for each, _ in with_fields(node, field)}
    return (node for node, field in given if field.meta.role == role and id(node) not in given_up)


def _is_abandoned(node: Node, field: Field) -> bool:
    """Tell whether a node is an avenant that is abandoned."""
    below = (each.name for each in field.fields.values() if each.meta.role == "abandon")
    found = (node.get(name) for name in below if isinstance(node, MappingNode))
    return any(each is not None and not is_empty(each) for each in found)


def _years(source: Source, schema: Schema) -> Iterator[int]:
    """Yield the exercises for which values are given."""
    for node, field in with_fields(source.root, schema.root):
        if field.keys == "exercice" and isinstance(node, MappingNode):
            yield from (int(entry.key.text) for entry in node.entries if entry.key.text.isdecimal())


def _end(start: date, first: date, last: date) -> date:
    """Return the last day of a term as long as another, five years at most: of as many months, else of as many days."""
    months = 12 * (last.year - first.year) + last.month - first.month
    whole = next((n for n in (months, months + 1) if later(first, n) - DAY == last), 0)
    end = later(start, whole) - DAY if whole else start + (last - first)
    return min(end, later(start, 12 * FIVE) - DAY)


def later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of its month when that one is shorter."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
