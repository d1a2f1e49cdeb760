"""One sandboxed Jinja for both outputs: which expressions a template may hold, and what their values read as."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2.environment import TemplateExpression
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cpomgen import wording
from cpomgen.contrat import Absent, Alinea, Choix, Fiche, Ligne, Liste, Montant, OuiNon, Renvoi, Texte, alineas

ALLOWED = (
    nodes.Template, nodes.Output, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const, nodes.CondExpr, nodes.Concat, nodes.TemplateData,
    nodes.For, nodes.If,
)  # fmt: skip

LONGEST = 400  # signs of an expression; Jinja's time to compile grows as their cube
FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


class RefusedError(Exception):
    """An expression that a template may not hold, or a value it cannot print; the message is French."""


class Tour:
    """What `loop` is within a loop: the rank of the turn and the number of turns."""

    __slots__ = ("index", "length")

    def __init__(self, index: int, length: int) -> None:
        self.index = index
        self.length = length

    @property
    def first(self) -> bool:
        """Tell whether this turn is the first."""
        return self.index == 1

    @property
    def last(self) -> bool:
        """Tell whether this turn is the last."""
        return self.index == self.length


class Numbers(dict[str, str]):
    """The number that each name of a counter was given, and the counters so far; `complete` once all are known."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.complete = False

    def give(self, name: str, counter: str) -> str:
        """Return the number of `name`, the next of its counter the first time it is asked."""
        if name not in self:
            self.counts[counter] = self.counts.get(counter, 0) + 1
            self[name] = wording.article_numero(self.counts[counter])
        return self[name]

    def recall(self, name: str) -> str:
        """Return the number of `name`; before all are known, a stand-in for those to come."""
        if self.complete and name not in self:
            raise RefusedError(f"le renvoi « {name} » ne désigne aucun numéro du document")
        return self.get(name, "?")


@dataclass(frozen=True, slots=True)
class Expression:
    """A Jinja expression, compiled; `text` as it stands in the template."""

    text: str
    run: TemplateExpression

    def value(self, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the contract has
        """Return the value of the expression; raise RefusedError when it has none."""
        try:
            found = self.run(scope)
        except FAILURES as error:
            raise RefusedError(f"« {self.text} » ne peut être calculé ({_french(error)})") from None
        if isinstance(found, Undefined):
            raise RefusedError(f"« {self.text} » ne désigne aucun champ")
        return found


def _french(error: Exception) -> str:
    return str(error) if isinstance(error, RefusedError) else f"erreur {type(error).__name__}"


class Gabarit(ImmutableSandboxedEnvironment):
    """Jinja reduced to what a template of contract needs: our values, our filters, no call, no arithmetic."""

    def __init__(self, *, autoescape: bool = True) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=autoescape, finalize=read)
        self.known: dict[str, Expression] = {}
        self.globals.clear()
        self.filters.clear()
        self.filters.update(FILTERS)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return a field of the contract, a fact of the loop, or a part of an alinea; nothing else has attributes."""
        if isinstance(obj, Fiche | Absent):
            return self.getitem(obj, attribute)
        if isinstance(obj, Tour | LoopContext) and attribute in ("first", "last", "index", "length"):
            return getattr(obj, attribute)
        if isinstance(obj, Alinea) and attribute in ("texte", "puce"):
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return a field or the value of an exercise; below what is absent, all is absent."""
        if isinstance(obj, Absent):
            return Absent(f"{obj.path}.{argument}")
        if isinstance(obj, Fiche) and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def expression(self, text: str) -> Expression:
        """Return the compiled expression; raise RefusedError, in French, for what a template may not hold."""
        if len(text) > LONGEST:
            raise RefusedError(f"« {text[:40]}… » est trop compliqué")
        if text not in self.known:
            output = self.checked("{{ " + text + " }}", text).body[0]
            if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
                raise RefusedError(f"« {text} » n'est pas une expression")
            result = nodes.Assign(nodes.Name("result", "store"), output.nodes[0], lineno=1)
            template = self.compiled(nodes.Template([result], lineno=1), text)
            self.known[text] = Expression(text, TemplateExpression(template, undefined_to_none=False))
        return self.known[text]

    def template(self, text: str, name: str) -> Template:
        """Return a whole text with its tags, compiled; raise RefusedError as `expression` does."""
        return self.compiled(self.checked(text, name), name)

    def compiled(self, tree: nodes.Template, name: str) -> Template:
        """Return a syntax tree, compiled; raise RefusedError when Python cannot, or a test is unknown."""
        try:
            return self.from_string(tree)
        except TemplateSyntaxError as error:
            raise RefusedError(f"« {name} » n'est pas admis ({error.message})") from None
        except (SyntaxError, RecursionError, MemoryError):
            raise RefusedError(f"« {name} » est trop compliqué") from None

    def checked(self, text: str, name: str) -> nodes.Template:
        """Return the syntax tree of a text; raise RefusedError when it holds what no template may."""
        try:
            tree = self.parse(text)
            found = list(tree.find_all(nodes.Node))
        except TemplateSyntaxError:
            raise RefusedError(f"« {name} » n'est pas complet") from None
        except RecursionError:
            raise RefusedError(f"« {name} » est trop compliqué") from None
        for node in found:
            if not isinstance(node, ALLOWED):
                raise RefusedError(f"« {name} » : {type(node).__name__} n'est pas admis dans un modèle")
            if isinstance(node, nodes.CondExpr) and node.expr2 is None:
                raise RefusedError(f"« {name} » : une condition « … if … » demande un « else »")
            if isinstance(node, nodes.For) and (node.test or node.else_ or node.recursive):
                raise RefusedError(f"« {name} » : une boucle s'écrit « for … in … », sans plus")
            if isinstance(node, nodes.Filter) and node.name not in FILTERS:
                known = ", ".join(sorted(FILTERS))
                raise RefusedError(f"« {name} » : le filtre « {node.name} » n'existe pas ; filtres : {known}")
        return tree


def read(value: Any) -> Any:  # noqa: ANN401 - a Texte, or a Jinja Undefined that must complain itself
    """Return what a value reads as, in French, with the path of its leaf."""
    if isinstance(value, Undefined):
        return value
    if isinstance(value, Choix):
        return Ligne(value.libelle, value.path)
    if isinstance(value, str):
        return value
    if isinstance(value, Absent | Fiche | Liste) or value is None:
        raise RefusedError(f"« {getattr(value, 'path', '')} » est vide, et le modèle l'imprime sans condition")
    for kind, words in READINGS:
        if isinstance(value, kind):
            return Ligne(words(value), getattr(value, "path", ""))
    raise RefusedError(f"une valeur de type {type(value).__name__} ne s'imprime pas")


READINGS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (OuiNon, lambda value: "oui" if value else "non"),
    (bool, lambda value: "oui" if value else "non"),
    (Montant, wording.montant),
    (Decimal, wording.nombre),
    (int, str),
    (date, wording.jour),
)


def _keeping(words: Callable[..., str]) -> Callable[..., Texte]:
    """Return the filter that keeps the path of the leaf it words."""

    @functools.wraps(words)
    def filtered(value: Any, *arguments: Any) -> Texte:  # noqa: ANN401 - a leaf
        if isinstance(value, Absent):
            raise RefusedError(f"« {value.path} » est vide, et le modèle l'imprime sans condition")
        kind = Texte if type(value) is Texte else Ligne
        return kind(words(read(value) if isinstance(value, Choix) else value, *arguments), getattr(value, "path", ""))

    return filtered


def _total(sources: Fiche | Iterable[Fiche], exercice: int | None = None) -> Montant | Absent:
    """Return the sum in euros of one source or of several, of one exercise or of all; Absent when none is given."""
    each = [sources] if isinstance(sources, Fiche) else list(sources)
    yearly = [source["montants"] for source in each if source["montants"]]
    amounts = [amount for given in yearly for year, amount in given.items() if exercice in (None, year)]
    return Montant(sum(amounts, Decimal(0))) if amounts else Absent("total")


def _chaque(items: Iterable[Fiche], name: str) -> Liste:
    """Return the items of the list of that name of every item."""
    return Liste([child for item in items for child in item[name]])


def _intitule(value: Renvoi) -> Texte:
    return Ligne(value.intitule, value.path)


def _si_absent(value: object, text: str) -> object:
    return text if isinstance(value, Absent) else value


def _enumere(values: Iterable[Any]) -> Texte:
    words = [str(read(value)) for value in values]
    return Ligne(wording.enumere(words), getattr(values, "path", ""))


@pass_context
def _numero(context: Context, name: str, counter: str) -> str:
    numbers: Numbers = context["numeros"]
    return numbers.give(_named(name), counter)


@pass_context
def _renvoi(context: Context, name: str) -> str:
    numbers: Numbers = context["numeros"]
    return numbers.recall(_named(name))


def _named(name: str) -> str:
    """Return the name of a number: an id of the contract is never one of the names that the template gives."""
    return f"#{name}" if isinstance(name, Texte) else str(name)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "montant": _keeping(wording.montant),
    "nombre": _keeping(wording.nombre),
    "lettres": _keeping(wording.lettres),
    "jour": _keeping(wording.jour),
    "le": _keeping(wording.le),
    "du": _keeping(wording.du),
    "au": _keeping(wording.au),
    "de": _keeping(wording.de),
    "son": _keeping(wording.son),
    "accord": _keeping(wording.accord),
    "majuscule": _keeping(wording.majuscule),
    "ordinal": _keeping(wording.ordinal),
    "part": _keeping(wording.part),
    "enumere": _enumere,
    "intitule": _intitule,
    "chaque": _chaque,
    "total": _total,
    "si_absent": _si_absent,
    "numero": _numero,
    "renvoi": _renvoi,
    "alineas": lambda value: alineas(read(value)),
    "length": len,
    "first": lambda values: next(iter(values), Absent("")),
    "last": lambda values: values[-1] if values else Absent(""),
}
