"""The command line: its commands, in the order of its help."""

from __future__ import annotations

import click

from cpomgen import __version__
from cpomgen.boundary import bounded
from cpomgen.commands.avenant import avenant
from cpomgen.commands.build import build
from cpomgen.commands.campaign import campaign
from cpomgen.commands.compare import compare
from cpomgen.commands.diff import diff
from cpomgen.commands.explain import explain
from cpomgen.commands.freeze import freeze
from cpomgen.commands.git import git
from cpomgen.commands.import_signed import import_signed
from cpomgen.commands.init import init
from cpomgen.commands.new import new
from cpomgen.commands.redline import redline
from cpomgen.commands.renew import renew
from cpomgen.commands.review import review
from cpomgen.commands.schema import schema
from cpomgen.commands.show import show
from cpomgen.commands.sign import sign
from cpomgen.commands.status import status
from cpomgen.commands.template import template
from cpomgen.commands.validate import validate
from cpomgen.commands.verify import verify
from cpomgen.francais import FrenchGroup


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="cpomgen %(version)s", help="Afficher la version.")
def cli() -> None:
    """Écrire, modifier et régénérer des contrats pluriannuels d'objectifs et de moyens (CPOM)."""


for command in (
    init,
    new,
    renew,
    validate,
    build,
    diff,
    compare,
    verify,
    review,
    avenant,
    redline,
    freeze,
    sign,
    import_signed,
    show,
    status,
    schema,
    template,
    campaign,
    git,
    explain,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; exit 0 fine, 1 problems, 2 usage, 3 a bug, 130 interrupted."""
    bounded(cli)
