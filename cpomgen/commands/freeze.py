"""`cpomgen freeze`: a contract as it will be signed, kept in git under a name that stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cpomgen.commands.asked import DAY, FOLDER, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import contract_file, find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import jour


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--reprendre", is_flag=True, help="Arrêter de nouveau une version que personne n’a signée.")
@click.option("--le", "day", metavar="DATE", type=DAY, help="Le jour (AAAA-MM-JJ) ; à défaut, aujourd’hui.")
@FOLDER
def freeze(identifiant: str, day: datetime | None, folder: Path, *, reprendre: bool) -> int:
    """Arrêter le contrat ID pour signature : ses documents ne changeront plus, et se construiront sans « PROJET »."""
    from cpomgen import pipeline
    from cpomgen.engines import engines
    from cpomgen.freeze import freeze as put
    from cpomgen.repository import identity, open_repository

    root = find_root(folder)
    tree, name = WorkTree(root), chosen_ids([identifiant])[0]
    mark = Mark(contract_file(tree, name))
    repository = open_repository(root, mark)
    on, who = (day or datetime.now().astimezone()).date(), identity(repository, mark)
    try:
        signed = pipeline.signatures(tree, name)
        acte = pipeline.to_sign(tree, name)
        done = put(repository, tree, acte, signed, on=on, who=who, engines=engines(), again=reprendre)
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    click.echo(f"{name} : version v{done.number} arrêtée le {jour(on)}, sous l’étiquette git {done.tag}.")
    say([f"Pour ses documents, sans « PROJET » : cpomgen build {name} --version {done.number}"])
    if repository.is_copy:
        force = "--force " if done.again else ""
        say([f"Pour que vos collègues l’aient : git push {force}origin {done.tag}"])
    return 0
