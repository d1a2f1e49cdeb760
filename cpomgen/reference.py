"""Schema → Markdown: the reference of a contract's fields, as an officer reads it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cpomgen.hint import TYPES
from cpomgen.schema import Field, Schema, walk

CHANGES = {"notification": "se modifie par simple notification", "interne": "se modifie sans formalité"}
INTRODUCTION = """\
# Champs d'un contrat `{type}`

{libelle}.

Cette page est tirée du schéma par `cpomgen schema {type} --format markdown` : corrigez le schéma, non la page.

- Un champ **obligatoire** manque aussi quand il est vide ; les autres s'omettent.
- Sauf mention contraire, un champ est imprimé dans le contrat et se modifie par avenant.
- Un renvoi s'écrit avec l'identifiant (`id`) de ce qu'il désigne.
- Une valeur par exercice s'écrit {{2012: 9, 2013: 10}} ; un exercice sans valeur ne s'écrit pas.
"""
TABLE = "| Champ | Type | Ce qu'on y écrit | Source et suites |\n|---|---|---|---|"


def reference(schema: Schema) -> str:
    """Return the page of a type of contract: a section for each part, then what several of them share."""
    page = _Page(schema)
    root = schema.root
    leaves = [child for child in root.fields.values() if not _below(child)]
    parts = [child for child in root.fields.values() if _below(child)]
    lines = [INTRODUCTION.format(type=schema.type, libelle=schema.libelle)]
    lines += [f"- [{child.meta.libelle}](#{child.name}) : {child.meta.aide}" for child in parts]
    lines += ["- [Éléments communs](#elements-communs) : ce que plusieurs rubriques emploient."] if page.shared else []
    lines += ["\n## En tête du contrat\n", page.table(leaves, "")]
    for child in parts:
        lines += page.part(child)
    if page.shared:
        lines.append('\n<a id="elements-communs"></a>\n\n## Éléments communs')
        lines += [text for name, field in page.shared.items() for text in page.section(field, name, _titled(field))]
    return "\n".join(lines) + "\n"


class _Page:
    """Sections of the page; a definition of the schema is described once, wherever it is used."""

    def __init__(self, schema: Schema) -> None:
        self.shared = {found.definition: found for _, found in walk_all(schema.root) if found.definition}
        self.roles = {found.meta.role: _anchor(".".join(path)) for path, found in walk(schema.root) if found.meta.role}

    def part(self, field: Field) -> Iterator[str]:
        """Yield a part of the contract and all that is its own below it."""
        yield f'\n<a id="{_anchor(field.name)}"></a>\n\n## {field.meta.libelle}\n'
        yield self.told(field)
        yield from self.below(field, field.name)

    def section(self, field: Field, path: str, title: str) -> Iterator[str]:
        """Yield a mapping that stands below a part, and all that is its own below it."""
        yield f'\n<a id="{_anchor(path)}"></a>\n\n### {title}\n'
        yield f"`{path}`\n" if "." in path else "Employé par plusieurs rubriques.\n"
        yield from self.below(field, path)

    def below(self, field: Field, path: str) -> Iterator[str]:
        """Yield the table of a mapping's fields, or of a list's items, then a section for each mapping among them."""
        holder = field.item or field
        if field.item and field.item.definition and field.item.definition != path:
            return
        yield self.table(list(holder.fields.values()), path)
        for child in holder.fields.values():
            under = child.item or child
            if _below(child) and not under.definition:
                yield from self.section(child, f"{path}.{child.name}", child.meta.libelle)

    def table(self, fields: list[Field], path: str) -> str:
        """Return the table of some fields."""
        given = {name for field in fields for name in field.meta.definit}
        rows = (self.row(field, f"{path}.{field.name}".lstrip("."), given=field.name in given) for field in fields)
        return "\n".join([TABLE, *rows])

    def row(self, field: Field, path: str, *, given: bool) -> str:
        """Return the row of a field: its name, its type, its help, where it comes from and what becomes of it.

        One may be `given` by the regional catalogue.
        """
        must = "<br>**obligatoire**" if field.rules.get("required") else ""
        name = f"`{field.name}`{must}" + ("<br>sauf si le catalogue le donne" if given and must else "")
        cells = (name, self.kind(field, path), _help(field), self.fate(field))
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    def kind(self, field: Field, path: str) -> str:
        """Return the type of a field in words, with what bounds it."""
        under = field.item or field
        target = _anchor(under.definition or path)
        if field.type == "list":
            kind = (
                f"liste : [{under.meta.libelle}](#{target})" if _below(field) else f"liste : {self.kind(under, path)}"
            )
        elif field.values is not None:
            kind = f"par {_words(field.keys)} : {self.kind(field.values, path)}"
        elif field.type == "dict":
            kind = f"[rubrique](#{target})"
        elif field.meta.catalogue:
            kind = f"renvoi vers le catalogue de la région (`{field.meta.catalogue}`)"
        elif field.type == "renvoi":
            kind = f"renvoi vers [{field.meta.vers}](#{self.roles.get(field.meta.vers, '')})"
        else:
            kind = "au choix" if len(field.rules.get("allowed", ())) > 1 else TYPES[field.type]
        return "<br>".join([kind, *_bounds(field)])

    def told(self, field: Field) -> str:
        """Return what is said of a part as a whole."""
        kind = self.kind(field, field.name)
        shown = "une rubrique" if field.type == "dict" else f"une {kind}"
        must = "obligatoire" if field.rules.get("required") else "facultative"
        parts = [f"`{field.name}`, {shown.replace('<br>', ', ')}, {must}. {field.meta.aide}", self.fate(field)]
        return " ".join(filter(None, parts)).replace("<br>", " ; ") + "\n"

    def fate(self, field: Field) -> str:
        """Return the source of a field, whether it is printed, how it may be changed."""
        source = f"{field.meta.source}." if field.meta.source else ""
        printed = "" if field.meta.imprime else "Ne s'imprime pas."
        changed = CHANGES.get(field.meta.modification, "")
        return "<br>".join(filter(None, (source, printed, changed and f"{changed[0].upper()}{changed[1:]}.")))


def walk_all(root: Field) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield every field below `root`, the items of lists too."""
    for path, found in walk(root):
        yield path, found
        if found.item is not None:
            yield path, found.item


def _below(field: Field) -> bool:
    """Tell whether a field has others below it."""
    return bool((field.item or field).fields)


def _anchor(path: str) -> str:
    return path.replace(".", "-")


def _titled(field: Field) -> str:
    """Return the title of a definition: what an item is called, or the name of the definition."""
    return field.meta.libelle if field.meta.intitule_par else field.definition.replace("_", " ").capitalize()


def _words(kind: str) -> str:
    return TYPES.get(kind, kind).partition(",")[0]


def _help(field: Field) -> str:
    """Return the label of a field, its help, the values it admits, an example."""
    allowed = [
        f"`{name}`" + (f" ({labels[name]})" if labels.get(name, name) != name else "")
        for name in (field.item or field).rules.get("allowed", ())
        for labels in ((field.item or field).meta.libelles,)
    ]
    parts = [
        " ".join(filter(None, (f"**{field.meta.libelle}.**", field.meta.aide))),
        f"Valeurs : {', '.join(allowed)}." if allowed else "",
        f"Exemple : `{field.meta.exemple}`" if field.meta.exemple else "",
    ]
    return "<br>".join(filter(None, parts))


def _bounds(field: Field) -> Iterator[str]:
    """Yield what bounds the value of a field, in words."""
    unit = ("élément", "éléments") if field.type == "list" else ("signe", "signes")
    for rule, words in (("minlength", "au moins"), ("maxlength", "au plus")):
        if rule in field.rules:
            count = field.rules[rule]
            yield f"{count} {unit[count > 1]} {words}"
    for rule, words in (("min", "au moins"), ("max", "au plus")):
        if rule in field.rules:
            bound: Decimal = field.rules[rule]
            yield f"{bound} {words}"
    for rule, words in (("excludes", "pas en même temps que"), ("dependencies", "demande aussi")):
        if rule in field.rules:
            yield f"{words} {', '.join(f'`{name}`' for name in field.rules[rule])}"
