"""One sandboxed Jinja for both outputs: which expressions a template may hold, and how they are computed."""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any, cast

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cpomgen.contrat import Absent, Alinea, Fiche
from cpomgen.filters import FILTERS, TURNS, RefusedError, read

ALLOWED = (
    nodes.Template, nodes.Output, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const, nodes.CondExpr, nodes.Concat, nodes.TemplateData,
    nodes.For, nodes.If,
)  # fmt: skip

LONGEST = 400  # signs of an expression; Jinja's time to compile grows as their cube
TURNING = "tours"  # the filter of loops, which no template may name
QUOTED = "cite"  # the filter that writes citations in Word, which no template may name either: `{{p … }}` is for that
FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
SAYINGS: tuple[tuple[type[Exception], str], ...] = (
    (UndefinedError, "un nom ne désigne aucun champ"),
    (RecursionError, "elle s'emboîte sans fin"),
    (TemplateError, "ce n'est pas permis dans un modèle"),
    (Exception, "une valeur n'est pas de la sorte attendue"),
)


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


TURN = ("first", "last", "index", "length")
FACTS: Mapping[type, tuple[str, ...]] = {Tour: TURN, LoopContext: TURN, Alinea: ("texte", "puce")}
Run = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Expression:
    """A Jinja expression, compiled; `text` as it stands in the template."""

    text: str
    run: Run

    def value(self, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the contract has
        """Return the value of the expression; raise RefusedError when it has none."""
        try:
            found = self.run(scope)
        except FAILURES as error:
            raise RefusedError(f"« {self.text} » ne peut être calculé ({french(error)})") from None
        if isinstance(found, Undefined):
            raise RefusedError(f"« {self.text} » ne désigne aucun champ")
        return found


def french(error: Exception) -> str:
    """Return why an expression has no value, whatever its failure."""
    if isinstance(error, RefusedError):
        return str(error)
    return next(saying for kind, saying in SAYINGS if isinstance(error, kind))


class Page(Template):
    """A template that can be kept on the disk: with the code that it was compiled to."""

    code: CodeType

    def __reduce__(self) -> tuple[Callable[..., Page], tuple[Gabarit, bytes]]:
        return kept_page, (self.environment, marshal.dumps(self.code))  # type: ignore[return-value]


def page(gabarit: Gabarit, code: CodeType) -> Page:
    """Return the template that some code is, compiled by Jinja for an environment."""
    made: Page = Page.from_code(gabarit, code, gabarit.make_globals(None))  # type: ignore[assignment]
    made.code = code
    return made


def kept_page(gabarit: Gabarit, code: bytes) -> Page:
    """Return a template that was kept on the disk."""
    return page(gabarit, marshal.loads(code))  # noqa: S302 - from the folder of the user's own caches


@dataclass(frozen=True, slots=True)
class Champ:
    """What reads a field of the contract by its names: `a.b.c`."""

    gabarit: Gabarit
    first: str
    names: tuple[str, ...]

    def __call__(self, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the contract has
        """Return the value of the field."""
        value = scope[self.first] if self.first in scope else self.gabarit.undefined(name=self.first)
        for name in self.names:
            value = self.gabarit.getattr(value, name)
        return value


class Formule:
    """What computes an expression that is more than a field."""

    __slots__ = ("page",)

    def __init__(self, page: Page) -> None:
        self.page = page

    def __reduce__(self) -> tuple[Callable[..., Formule], tuple[Page]]:
        return Formule, (self.page,)

    def __call__(self, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the contract has
        """Return the value of the expression."""
        context = Context(self.page.environment, cast("dict[str, Any]", scope), None, {})  # which only reads the scope
        deque(self.page.root_render_func(context), maxlen=0)
        return context.vars["result"]


class Gabarit(ImmutableSandboxedEnvironment):
    """Jinja reduced to what a template of contract needs: our values, our filters, no call, no arithmetic."""

    def __init__(self, *, autoescape: bool = True, quoted: Callable[..., str] | None = None) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=autoescape, finalize=read)
        self.asked = autoescape, quoted
        self.own = {QUOTED: quoted} if quoted else {}
        self.known: dict[str, Expression] = {}
        self.globals.clear()
        self.filters.clear()
        self.filters.update({**FILTERS, **self.own, TURNING: TURNS})

    def __reduce__(self) -> tuple[Callable[..., Gabarit], tuple[bool, Callable[..., str] | None]]:
        return _gabarit, self.asked

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return a field of the contract, a fact of the loop, or a part of an alinea; nothing else has attributes."""
        if type(obj) is Fiche and attribute in obj:  # what nearly all that is asked comes to
            return obj[attribute]
        if attribute in FACTS.get(type(obj), ()):
            return getattr(obj, attribute)
        if isinstance(obj, Fiche | Absent):
            return self.getitem(obj, attribute)
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
            self.known[text] = Expression(text, self.field(output.nodes[0]) or self.formula(output.nodes[0], text))
        return self.known[text]

    def field(self, node: nodes.Node) -> Run | None:
        """Return what reads a field by its names (`a.b.c`), the most common expression; None for any other."""
        names: list[str] = []
        while isinstance(node, nodes.Getattr):
            names.insert(0, node.attr)
            node = node.node
        return Champ(self, node.name, tuple(names)) if isinstance(node, nodes.Name) else None

    def formula(self, node: nodes.Expr, text: str) -> Run:
        """Return what computes an expression, compiled by Jinja."""
        result = nodes.Assign(nodes.Name("result", "store"), node, lineno=1)
        return Formule(self.compiled(nodes.Template([result], lineno=1), text))

    def template(self, text: str, name: str) -> Page:
        """Return a whole text with its tags, compiled; raise RefusedError as `expression` does."""
        tree = self.checked(text, name)
        for loop in [node for node in _all_nodes(tree) if isinstance(node, nodes.For)]:
            loop.iter = nodes.Filter(loop.iter, TURNING, [], [], None, None, lineno=loop.lineno)
        return self.compiled(tree, name)

    def compiled(self, tree: nodes.Template, name: str) -> Page:
        """Return a syntax tree, compiled; raise RefusedError when Python cannot, or a test is unknown."""
        try:
            return page(self, self.compile(tree))
        except TemplateSyntaxError as error:
            raise RefusedError(f"« {name} » n'est pas admis ({error.message})") from None
        except (SyntaxError, RecursionError, MemoryError):
            raise RefusedError(f"« {name} » est trop compliqué") from None

    def checked(self, text: str, name: str) -> nodes.Template:
        """Return the syntax tree of a text; raise RefusedError when it holds what no template may."""
        try:
            tree = self.parse(text)
            found = list(_all_nodes(tree))
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
            if isinstance(node, nodes.Filter) and node.name not in FILTERS and node.name not in self.own:
                known = ", ".join(sorted(FILTERS))
                raise RefusedError(f"« {name} » : le filtre « {node.name} » n'existe pas ; filtres : {known}")
        return tree


def _gabarit(autoescape: bool, quoted: Callable[..., str] | None) -> Gabarit:  # noqa: FBT001 - as pickle calls it
    return Gabarit(autoescape=autoescape, quoted=quoted)


def _all_nodes(tree: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.iter_child_nodes())
        yield node
