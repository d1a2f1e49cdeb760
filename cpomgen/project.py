"""Where a project begins, and what it has: the folder that holds contracts/ and schemas/, the names in them."""

from __future__ import annotations

from pathlib import Path

from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import Scalar, Source
from cpomgen.tree import Tree

FOLDERS = ("contracts", "schemas", "templates")


def find_root(start: Path) -> Path:
    """Return the root of the project that `start` is in; raise ProblemError when it is in none."""
    try:
        here = start.resolve()
        for folder in (here, *here.parents):
            if all((folder / name).is_dir() for name in FOLDERS):
                return folder
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name too long, a folder that is closed
        message = "ce dossier ne peut pas être ouvert."
        raise ProblemError(Problem("CPOM003", Mark(str(start)), message, "vérifiez son nom et vos droits.")) from None
    message = "aucun projet cpomgen ici ni au-dessus (dossiers contracts, schemas et templates)."
    raise ProblemError(
        Problem("CPOM003", Mark(str(start)), message, "placez-vous dans le projet, ou indiquez-le par -C.")
    )


def contract_file(tree: Tree, identifiant: str) -> str:
    """Return the path of a contract's file; raise ProblemError, with the nearest known id, when there is none."""
    known = tree.names("contracts", ".yaml")
    if identifiant in known:
        return f"contracts/{identifiant}.yaml"
    message = f"il n'y a pas de contrat « {identifiant} »."
    raise ProblemError(Problem("CPOM004", Mark("contracts"), message, nearest(identifiant, known, _among(known))))


def kind_of(source: Source, tree: Tree) -> str:
    """Return the type that a contract names; raise ProblemError when the project has no schema of that name."""
    found = source.root.get("type")
    if isinstance(found, Scalar) and found.text:
        return known_type(tree, found.text, found.mark)
    known = tree.names("schemas", ".yaml")
    remedy = f"écrivez type: {known[0]}" if len(known) == 1 else _among(known)
    mark = found.mark if found else source.root.mark
    raise ProblemError(Problem("CPOM220", mark, "le contrat doit commencer par son type.", remedy))


def known_type(tree: Tree, kind: str, mark: Mark | None = None) -> str:
    """Return a type of contract of the project; raise ProblemError, with the nearest, when it has none of that name."""
    known = tree.names("schemas", ".yaml")
    if kind in known:
        return kind
    message = f"il n'y a pas de type de contrat « {kind} »."
    raise ProblemError(Problem("CPOM220", mark or Mark("schemas"), message, nearest(kind, known, _among(known))))


def _among(known: tuple[str, ...]) -> str:
    return f"connus : {', '.join(known) or 'aucun'}."
