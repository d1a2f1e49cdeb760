"""Where a project begins: the folder, from the one given upwards, that has contracts/ and schemas/."""

from __future__ import annotations

from pathlib import Path

from cpomgen.problem import Mark, Problem, ProblemError

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
