"""signatures/<id>.yaml, read → who has signed what, and when; a new fact → the text of the register with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import Mapping, Node, Scalar, Source, is_empty, shown
from cpomgen.source import Sequence as Items
from cpomgen.splice import Edit, laid_as, splice, text_of

KEYS = ("version", "piece", "le", "par", "importe", "problemes")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HEADER = """\
# Signatures du contrat {identifiant} : des faits, un par entrée, du plus ancien au plus récent.
# Ce fichier n'est pas le contrat et ne s'imprime pas. « cpomgen sign » y ajoute des entrées ; il n'en retire jamais.
#   version : 0 pour le contrat, 1 pour son avenant n° 1, etc.     le : le jour de la signature (AAAA-MM-JJ)
#   piece : le document signé, si ce n'est pas tout le contrat     par : la qualité de qui a signé ; à défaut, tous
#   importe, problemes : pour un contrat signé ailleurs, ce que le programme y a trouvé ce jour-là
signatures:
"""


@dataclass(frozen=True, slots=True)
class Signature:
    """A fact: a version of a contract, or a piece of it, was signed on a day, by one quality or by all."""

    version: int
    le: date
    piece: str = ""
    par: str = ""
    importe: bool = False
    problemes: tuple[str, ...] = ()
    mark: Mark | None = None

    def lines(self) -> str:
        """Return the entry of the register that says it."""
        said = [f"  - version: {self.version}", f"    le: {self.le.isoformat()}"]
        said += [f"    {key}: {quoted(text)}" for key, text in (("piece", self.piece), ("par", self.par)) if text]
        said += ["    importe: oui"] if self.importe else []
        said += ["    problemes:", *(f"      - {quoted(text)}" for text in self.problemes)] if self.problemes else []
        return "\n".join(said) + "\n"


def concluded(signed: Iterable[Signature], version: int) -> date | None:
    """Return the day of a version: that of its last signature, None when nobody has signed it."""
    return max((each.le for each in signed if each.version == version), default=None)


def begun(signed: Iterable[Signature], version: int) -> date | None:
    """Return the day of a version whose pieces were signed apart: the last signature of that which was signed first."""
    days: dict[str, date] = {}
    for each in signed:
        if each.version == version:
            days[each.piece] = max(each.le, days.get(each.piece, each.le))
    return min(days.values(), default=None)


def waiting(facts: Iterable[Signature], qualites: Iterable[str]) -> tuple[str, ...]:
    """Return the qualities of those who have not signed, as far as facts on one same thing tell."""
    same, left = list(facts), list(qualites)
    if any(not each.par for each in same):
        return ()
    for each in same:
        if each.par in left:
            left.remove(each.par)
    return tuple(left)


def quoted(text: str) -> str:
    """Return a text as YAML reads it back to the sign, on one line."""
    one = " ".join(text.splitlines())
    return '"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"'


def register_file(identifiant: str) -> str:
    """Return the path of the register of a contract."""
    return f"signatures/{identifiant}.yaml"


def with_fact(content: bytes | None, identifiant: str, signature: Signature) -> bytes:
    """Return a register with one more fact at its end: all that it held stays to the sign."""
    before = content if content is not None else HEADER.format(identifiant=identifiant).encode()
    text = text_of(before)
    gap = "" if text.endswith("\n") else "\n"
    return laid_as(before, splice(text, [Edit(len(text), len(text), gap + signature.lines())]))


def read_registre(source: Source) -> tuple[Signature, ...]:
    """Return the facts of a register, in its order; raise ProblemError with all that is wrong in it."""
    found, problems = [], list(_unknown(source.root, ("signatures",)))
    for node in _entries(source.root.get("signatures")):
        try:
            found.append(_signature(node))
        except ProblemError as error:
            problems += error.problems
    problems += _twice(found)
    if problems:
        raise ProblemError(*problems)
    return tuple(found)


def _entries(node: Node | None) -> Sequence[Node]:
    if node is None or is_empty(node):
        return ()
    if not isinstance(node, Items):
        raise _fault(node.mark, "« signatures » doit être une liste.")
    return node.items


def _signature(node: Node) -> Signature:
    if not isinstance(node, Mapping):
        raise _fault(node.mark, "une signature a une version et une date (le).")
    if unknown := tuple(_unknown(node, KEYS)):
        raise ProblemError(*unknown)
    number, day = _text(node, "version"), _text(node, "le")
    if not re.fullmatch(r"0|[1-9]\d{0,2}", number):
        raise _fault(_place(node, "version"), "la version est un numéro : 0 pour le contrat, 1 pour son avenant n° 1.")
    noted = node.get("problemes")
    texts = tuple(item.text for item in noted.items if isinstance(item, Scalar)) if isinstance(noted, Items) else ()
    piece, par, importe = (_text(node, key) for key in ("piece", "par", "importe"))
    return Signature(int(number), _day(day, _place(node, "le")), piece, par, importe == "oui", texts, node.mark)


def _text(node: Mapping, key: str) -> str:
    found = node.get(key)
    if found is not None and not isinstance(found, Scalar):
        raise _fault(found.mark, f"« {key} » tient en une valeur.")
    return found.text if found is not None else ""


def _place(node: Mapping, key: str) -> Mark:
    found = node.get(key)
    return found.mark if found is not None else node.mark


def _day(text: str, mark: Mark) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _fault(mark, f"« {shown(text)} » n'est pas une date (le: AAAA-MM-JJ).")


def _unknown(node: Mapping, known: tuple[str, ...]) -> Iterable[Problem]:
    for entry in node.entries:
        if entry.key.text not in known:
            remedy = nearest(entry.key.text, known, f"connus ici : {', '.join(known)}.")
            message = f"le registre des signatures ne connaît pas « {shown(entry.key.text)} » ici."
            yield Problem("CPOM621", entry.key.mark, message, remedy)


def _twice(found: Sequence[Signature]) -> Iterable[Problem]:
    """Yield a problem for what all signed twice; the same quality may be that of several who sign."""
    seen = set()
    for signature in found:
        fact = signature.version, signature.piece
        if not signature.par and fact in seen:
            message = "cette signature est déjà plus haut dans le registre."
            yield Problem("CPOM621", signature.mark or Mark(""), message, "retirez l'entrée qui est de trop.")
        seen |= set() if signature.par else {fact}


def _fault(mark: Mark, message: str) -> ProblemError:
    return ProblemError(Problem("CPOM621", mark, message, "corrigez cette entrée du registre."))
