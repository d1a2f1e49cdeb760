"""Regular expression of a schema → why it is refused: what could take for ever on some text, or means nothing."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from math import factorial

CODE_LENGTH = 500  # signs of a code, which alone is matched
LONGEST = 200  # signs of a pattern
MOST = 10**8  # ways of matching that a text of the longest length may have: a second or two
TOKEN = re.compile(
    r"(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<bar>\|)|(?P<edge>[\^$]|\\[AZbB])"
    r"|(?P<times>(?:[*+?]|\{[0-9]*,?[0-9]*\})[?+]?)"
    r"|(?P<atom>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[^0-9AZbB]|[^\\\[()])"
)
COUNT = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")


@dataclass
class _Group:
    """What has been read of a group: its atoms with the text of each, and whether it may be matched in several ways."""

    atoms: list[str] = field(default_factory=list)
    varies: bool = False
    alternates: bool = False
    nests: bool = False
    opens_fixed: bool = True

    def is_delimited(self) -> bool:
        """Tell whether each turn of the group begins with a sign that nothing else in it can be."""
        if (
            self.alternates
            or self.nests
            or not (self.atoms and self.opens_fixed)
            or len(self.atoms[0].lstrip("\\")) != 1
        ):
            return False
        first = self.atoms[0].lstrip("\\")
        return first not in ".wdsWDS" and not any(re.fullmatch(atom, first) for atom in self.atoms[1:])


class _SlowError(Exception):
    """A pattern that some text would keep busy for ever."""


def refusal(pattern: str) -> str:
    """Return why a schema may not hold this pattern, in French; "" when it may."""
    if len(pattern) > LONGEST:
        return f"cette expression régulière a plus de {LONGEST} signes."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
            _weigh(pattern)
    except (re.error, OverflowError, RecursionError, MemoryError, Warning):
        return "cette expression régulière est mal formée."
    except _SlowError:
        return "cette expression régulière peut demander un temps sans fin (répétitions emboîtées, choix, renvois)."
    return ""


def _weigh(pattern: str) -> None:
    """Raise _SlowError when a pattern has a way of matching too many, or something we cannot weigh."""
    open_groups, last = [_Group()], _Group()
    endless, ways, position = 0, 1, 0
    while position < len(pattern):
        found = TOKEN.match(pattern, position)
        if found is None:
            raise _SlowError
        position = found.end()
        kind, here = found.lastgroup, open_groups[-1]
        if kind == "open":
            open_groups.append(_Group())
        elif kind == "close":
            last = open_groups.pop()
            _enclose(open_groups[-1], last)
        elif kind == "bar":
            here.alternates = here.varies = True
            ways *= 2
        elif kind == "atom":
            last = _Group([found[0]])
            here.atoms.append(found[0])
        elif kind == "times":
            least, most = _times(found[0])
            if (most is None or most > 1) and last.varies and not last.is_delimited():
                raise _SlowError
            here.varies = here.varies or most != least
            here.opens_fixed = here.opens_fixed and len(here.atoms) > 1
            last = _Group(varies=True, nests=True)  # a quantifier on a quantifier is none of re's
            endless += most is None
            ways *= 1 if most is None else min(most - least + 1, CODE_LENGTH)
    if ways * CODE_LENGTH**endless // factorial(endless) > MOST:
        raise _SlowError


def _enclose(outer: _Group, inner: _Group) -> None:
    outer.nests = True
    outer.varies = outer.varies or inner.varies
    outer.atoms += inner.atoms


def _times(quantifier: str) -> tuple[int, int | None]:
    """Return how many times at least and at most a quantifier allows; None for any number."""
    if quantifier[0] != "{":
        return (0 if quantifier[0] in "*?" else 1), (1 if quantifier[0] == "?" else None)
    least, comma, most = COUNT.match(quantifier).groups()  # type: ignore[union-attr]  # TOKEN has read it
    return int(least or 0), (int(most) if most else None) if comma else int(least or 1)
