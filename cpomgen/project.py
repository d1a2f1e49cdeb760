"""Where a project begins, and what it has: the folder that holds contracts/ and schemas/, the names in them."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PurePosixPath

from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.schema import Field
from cpomgen.source import Scalar, Source, shown
from cpomgen.tree import LONGEST, Tree, is_portable
from cpomgen.wording import unaccented

NAME = "^[a-z0-9]+(-[a-z0-9]+)*$"
CAMPAGNE = "campagne.yaml"  # which a project may have
FOLDERS = ("contracts", "schemas", "templates")


def find_root(start: Path) -> Path:
    """Return the root of the project that `start` is in; raise ProblemError when it is in none."""
    if root := _root_above(start, start):
        return root
    message = "aucun projet cpomgen ici ni au-dessus (dossiers contracts, schemas et templates)."
    raise ProblemError(
        Problem("CPOM003", Mark(str(start)), message, "placez-vous dans le projet, ou indiquez-le par -C.")
    )


def new_root(folder: Path) -> Path:
    """Return where `folder` is on the disk, for a project to begin there; raise ProblemError inside another project."""
    if root := _root_above(folder / "..", folder):
        message = f"ce dossier serait à l'intérieur du projet cpomgen « {root.name or root} »."
        remedy = "Donnez un dossier qui soit hors de tout projet, par exemple à côté de celui-là."
        raise ProblemError(Problem("CPOM007", Mark(str(folder)), message, remedy))
    return folder.resolve()


def _root_above(start: Path, asked: Path) -> Path | None:
    """Return the root of the project that holds `start`, if any; raise ProblemError when it cannot be looked for."""
    try:
        here = start.resolve()
        return next((each for each in (here, *here.parents) if all((each / name).is_dir() for name in FOLDERS)), None)
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name too long, a folder that is closed
        message = "ce dossier ne peut pas être ouvert."
        remedy = "vérifiez son nom et vos droits."
        raise ProblemError(Problem("CPOM003", Mark(str(asked)), message, remedy)) from None


def contract_file(tree: Tree, identifiant: str) -> str:
    """Return the path of a contract's file; raise ProblemError, with the nearest known id, when there is none."""
    known = tree.names("contracts", ".yaml")
    if identifiant in known:
        return f"contracts/{identifiant}.yaml"
    message = f"il n'y a pas de contrat « {identifiant} »."
    wanted = re.split(r"\.ya?ml\b", identifiant, maxsplit=1, flags=re.IGNORECASE)[0]
    for found in tree.names("contracts", ""):
        if re.fullmatch(re.escape(wanted) + r"\.(ya?ml)(\.[a-z]+)?", found, re.IGNORECASE) and wanted not in known:
            named = f"le fichier contracts/{found} n'a pas le nom qu'il faut : il se termine par .yaml, en minuscules."
            remedy = f"renommez-le {wanted}.yaml"
            raise ProblemError(Problem("CPOM004", Mark(f"contracts/{found}"), f"{message[:-1]} : {named}", remedy))
    raise ProblemError(Problem("CPOM004", Mark("contracts"), message, nearest(identifiant, known, _among(known))))


def has_campagne(tree: Tree) -> bool:
    """Tell whether a project has a campaign; its file is sought all the same."""
    if CAMPAGNE.removesuffix(".yaml") in tree.names("", ".yaml"):
        return True
    with suppress(ProblemError):
        tree.read(CAMPAGNE)
    return False


def new_file(identifiant: str, field: Field | None) -> str:
    """Return the path of a contract to come; raise ProblemError when it can name none, by the rules of `field`."""
    rules = field.rules if field else {}
    file, longest = f"contracts/{identifiant}.yaml", int(rules.get("maxlength", LONGEST))
    forms = (NAME, rules.get("regex", NAME))
    if not is_portable(identifiant) or len(identifiant) > longest or not all(re.search(f, identifiant) for f in forms):
        near = re.sub("[^a-z0-9]+", "-", unaccented(PurePosixPath(identifiant).stem).lower()).strip("-")[:longest]
        guess = f" par exemple : {near}" if near != identifiant and re.search(NAME, near) and is_portable(near) else ""
        message = f"« {shown(identifiant)} » ne peut pas nommer un contrat."
        remedy = f"des minuscules sans accent, des chiffres et des tirets, {longest} signes au plus ;{guess}"
        raise ProblemError(Problem("CPOM006", Mark("contracts"), message, remedy.rstrip(" ;")))
    return file


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
