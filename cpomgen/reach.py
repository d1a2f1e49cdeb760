"""Patron × Schema → what a template can reach: names that the schema does not know, printed fields it never prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from cpomgen.expression import Expression, Gabarit
from cpomgen.patron import CellPattern, Choice, Graft, Loop, ParagraphPattern, Patron, RowPattern, TablePattern, Value
from cpomgen.problem import Mark, Problem, nearest
from cpomgen.schema import Field, Meta, Schema

Reached = tuple[Field, ...]
Scope = Mapping[str, Reached]
OURS = ("exercices", "edition", "version", "empreinte", "appels", "loop")
ITEMS = ("first", "last")
OF_ITEMS = ("chaque", "dont")  # filters of a list whose first argument names a field of its items
BESIDE = {  # what is lost when a template does not print what it has beside the fields of the contract
    "acte": "l'avenant ne dirait pas tout ce qu'il change.",
    "note": "qui signe ne lirait pas tout ce qu'il doit savoir.",
    "fiche": "la fiche n'expliquerait pas tout ce que le schéma dit de la pièce.",
    "consolidation": "la table ne dirait pas tout ce que les avenants ont changé.",
}
TABLE = "la dernière section, qui s'en sert, se nomme au manifeste : « consolidation: » puis son nom."
CITATION = "citation"  # the role of what is quoted from the contract


def check_reach(
    patron: Patron,
    schema: Schema,
    words: Mapping[str, Iterable[str]] | None = None,
    beside: Mapping[str, Schema] | None = None,
    due: Iterable[str] | None = None,
) -> list[Problem]:
    """Return a problem for each unknown name of the template, and for each printed field that it leaves out.

    `words` are the names of the manifest's words, by what they follow. `beside` says what a template has beside the
    contract, by name. It must print all that is `due`: names of `beside`, "" for the contract; else the contract.
    """
    walk = _Walk(patron.file)
    scope: dict[str, Reached] = {name: (child,) for name, child in schema.root.fields.items()}
    scope |= dict.fromkeys(OURS, ())
    scope["mots"] = (_worded(words or {}),)
    others = beside or {}
    scope |= {name: (each.root,) for name, each in others.items()}
    for section in patron.sections:
        for blocks in (section.blocks, section.header, section.footer):
            walk.visit(blocks, scope)
    problems = list(dict.fromkeys(walk.problems))
    for start in ("",) if due is None else due:
        for path, missing in _unprinted((others[start] if start else schema).root, start, walk.printed):
            message = f"« {missing.meta.libelle} » ({path}) est un champ imprimé, et le modèle ne l'imprime nulle part."
            remedy = "imprimez-le dans le modèle, ou dites-le non imprimé (imprime: false)."
            remedy = f"imprimez-le dans le modèle : sans lui, {BESIDE[start]}" if start else remedy
            problems.append(Problem("CPOM320", Mark(patron.file) if start else missing.mark, message, remedy))
    return problems


def _worded(words: Mapping[str, Iterable[str]]) -> Field:
    """Return the words of the manifest as fields, so that one that it does not have is unknown."""

    def field(name: str, below: Mapping[str, Field]) -> Field:
        return Field(name, "dict" if below else "ligne", Meta(imprime=False), Mark(""), {}, below)

    return field(
        "mots", {name: field(name, {word: field(word, {}) for word in below}) for name, below in words.items()}
    )


def _unprinted(parent: Field, path: str, printed: set[int]) -> Iterator[tuple[str, Field]]:
    below = [*parent.fields.values(), *(nested for nested in (parent.item, parent.values) if nested is not None)]
    for child in below:
        if not child.is_printed:
            continue
        here = f"{path}.{child.name}".strip(".")
        if child.fields or child.item or child.values:
            yield from _unprinted(child, here, printed)
        elif id(child) not in printed:
            yield here, child if child.meta.libelle else parent


@dataclass
class _Walk:
    """One walk over a template: fields printed so far (by identity: a definition read twice is two), names unknown."""

    file: str
    printed: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    place: str = ""
    gabarit: Gabarit = field(default_factory=Gabarit)
    guards: list[str] = field(default_factory=list)
    trees: dict[str, nodes.Expr] = field(default_factory=dict)

    def visit(self, found: Iterable[Any], scope: Scope) -> None:
        """Walk nodes of a Patron, at any level."""
        for node in found:
            if isinstance(node, Loop):
                items = self.items(self.expression(node.iterable, scope))
                self.visit(node.body, {**scope, node.name: items})
            elif isinstance(node, Choice):
                for condition, body in node.branches:
                    if condition is not None:
                        self.expression(condition, scope)
                    self.guards.append(condition.text if condition else "")
                    self.visit(body, scope)
                    self.guards.pop()
            elif isinstance(node, Value | Graft):
                self.place = getattr(node, "place", self.place)
                reached = self.expression(node.expression, scope)
                self.note(reached)
                self.cited(node, reached)
            else:
                if isinstance(node, ParagraphPattern):
                    self.place = node.place
                    self.emptied(node)
                self.visit(_below(node), scope)

    def cited(self, node: Value | Graft, reached: Reached) -> None:
        """Note a citation without its own tag, and that tag around anything else."""
        text, is_cited = node.expression.text, [each.meta.role == CITATION for each in reached]
        if isinstance(node, Graft) and not (is_cited and all(is_cited)):
            message = f"« {{{{p {text} }}}} » n'imprime que des citations, et « {text} » n'en est pas une."
            self.problems.append(Problem("CPOM329", Mark(self.file, place=self.place), message, "écrivez {{ … }}."))
        elif isinstance(node, Value) and any(is_cited):
            message = f"« {text} » est une citation : elle prend la place de son paragraphe."
            remedy = f"écrivez {{{{p {text} }}}}, seul dans son paragraphe."
            self.problems.append(Problem("CPOM329", Mark(self.file, place=self.place), message, remedy))

    def emptied(self, paragraph: ParagraphPattern) -> None:
        """Note a paragraph that conditions may leave without any word: Word would print a blank line, the PDF none."""
        if paragraph.inlines and all(self.may_vanish(inline) for inline in paragraph.inlines):
            message = "ce paragraphe n'a que des conditions ou des boucles : il peut rester vide."
            remedy = "mettez la condition autour du paragraphe : {%p if … %} et {%p endif %}, seuls dans le leur."
            self.problems.append(Problem("CPOM322", Mark(self.file, place=self.place), message, remedy))

    def may_vanish(self, inline: object) -> bool:
        """Tell whether an inline may print nothing: a loop over what may be empty, a condition without its contrary."""
        if isinstance(inline, Choice):
            always = any(condition is None for condition, _ in inline.branches)
            return not always or any(all(map(self.may_vanish, body)) for _, body in inline.branches)
        return isinstance(inline, Loop) and inline.iterable.text not in self.guards

    def note(self, reached: Reached) -> None:
        """Note fields as printed: a list by its items, values by exercise with them."""
        for each in reached:
            self.printed.add(id(each))
            self.note(self.items((each,)))

    def items(self, reached: Reached) -> Reached:
        """Return what a loop over fields gives."""
        return tuple(each.item for each in reached if each.item is not None)

    def expression(self, expression: Expression, scope: Scope) -> Reached:
        """Return the fields that an expression may read as."""
        if expression.text not in self.trees:
            output = self.gabarit.parse("{{ " + expression.text + " }}").body[0]
            self.trees[expression.text] = output.nodes[0]  # type: ignore[attr-defined]
        return self.reach(self.trees[expression.text], scope)

    def reach(self, node: nodes.Node, scope: Scope) -> Reached:
        """Return the fields that a piece of expression may read as; note the names that nobody knows."""
        if isinstance(node, nodes.Name):
            return self.named(node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self.attribute(self.reach(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem):
            self.reach(node.arg, scope)
            return tuple(each.values for each in self.reach(node.node, scope) if each.values is not None)
        if isinstance(node, nodes.Filter):
            return self.filtered(node, scope)
        if isinstance(node, nodes.CondExpr):
            self.reach(node.test, scope)
            return self.any_of((node.expr1, node.expr2), scope)
        return self.any_of(node.iter_child_nodes(), scope)

    def filtered(self, node: nodes.Filter, scope: Scope) -> Reached:
        """Return the fields that a filter gives: those it is given, or their items."""
        found = self.any_of((node.node,), scope)
        for argument in node.args:
            self.reach(argument, scope)
        if node.name in OF_ITEMS and node.args and isinstance(node.args[0], nodes.Const):
            named = self.attribute(self.items(found), str(node.args[0].value))
            return named if node.name == "chaque" else found
        return self.items(found) if node.name in ITEMS else found

    def any_of(self, found: Iterable[nodes.Node | None], scope: Scope) -> Reached:
        """Return the fields that any of several pieces may read as."""
        return tuple(each for node in found if node is not None for each in self.reach(node, scope))

    def named(self, name: str, scope: Scope) -> Reached:
        """Return the fields under a name of the scope."""
        if name not in scope:
            self.unknown(name, scope)
        return scope.get(name, ())

    def attribute(self, parents: Reached, name: str) -> Reached:
        """Return the children of that name; what is not of the contract (loop, edition) has none."""
        rubriques = [parent for parent in parents if parent.fields]
        if rubriques and not any(name in parent.fields for parent in rubriques):
            self.unknown(name, rubriques[0].fields)
        return tuple(parent.fields[name] for parent in rubriques if name in parent.fields)

    def unknown(self, name: str, known: Iterable[str]) -> None:
        """Note a name that the schema does not have there."""
        remedy = TABLE if name == "consolidation" else nearest(name, known, "connus ici : " + ", ".join(sorted(known)))
        message = f"le schéma ne connaît pas « {name} » ici."
        self.problems.append(Problem("CPOM321", Mark(self.file, place=self.place), message, remedy))


def _below(node: object) -> tuple[Any, ...]:
    if isinstance(node, ParagraphPattern):
        return node.inlines
    if isinstance(node, TablePattern):
        return node.rows
    if isinstance(node, RowPattern):
        return node.cells
    return node.blocks if isinstance(node, CellPattern) else ()
