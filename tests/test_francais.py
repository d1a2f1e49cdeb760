from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from cpomgen.francais import FrenchGroup

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = re.compile(
    r"\b(usage|try|error|no such|did you mean|one of|missing|got|unexpected|extra|invalid|value|does not|is a|is not|"
    r"requires|takes|given|were|was|required|default|show|this|message|exit|help for|the|file|directory|commands?|"
    r"aborted|choose|from|range|valid|integer|text|path|could not|open|unknown|and|or|with|for|positional|args)\b",
    re.IGNORECASE,
)


@click.group(cls=FrenchGroup)
@click.version_option("1", prog_name="cpomgen")
def cli() -> None:
    """Contrats pluriannuels d’objectifs et de moyens."""


@cli.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Tous les contrats.")
@click.option(
    "-C", "folder", type=click.Path(exists=True, file_okay=False), default=".", show_default=True, help="Dossier."
)
@click.option("--annee", type=int, help="Année.")
@click.option("--part", type=click.FloatRange(0, 1), help="Part.")
@click.option("--edition", type=click.Choice(["projet", "signer"]), help="Édition.")
@click.option("--seul", type=click.Choice(["projet"]))
@click.option("--jour", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--paire", nargs=2, type=int)
@click.option("--oui", type=bool)
@click.option("--cle", type=click.UUID)
@click.option("--lu", type=click.File())
@click.option("--chemin", type=click.Path(exists=True))
@click.option("--ecrit", type=click.Path(exists=True, dir_okay=False), envvar="ECRIT", show_envvar=True)
def build(**options: object) -> int:
    """Construit les documents."""
    return 1 if options["every"] else 0


@cli.command()
@click.argument("contrat")
@click.argument("fichier", type=click.File(), required=False)
@click.option("--motif", required=True, type=click.Choice(["fusion", "transfert"]), help="Motif.")
def avenant(**_: object) -> None:
    """Prépare un avenant."""
    raise click.Abort


@cli.command()
def casse() -> None:
    """Échoue."""
    raise click.FileError("x.yaml")


@cli.command()
@click.argument("paire", nargs=2)
def paires(**_: object) -> None:
    """Prend deux arguments."""
    raise KeyboardInterrupt


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, args, prog_name="cpomgen")
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("line", "status", "sentence"),
    [
        ("--al", 2, "il n’y a pas d’option « --al »."),
        ("build --al", 2, "il n’y a pas d’option « --al ». Vouliez-vous dire « --all » ou « --cle » ou « --lu » ?"),
        ("biuld", 2, "il n’y a pas de commande « biuld »."),
        ("build --all=1", 2, "l’option « --all » ne prend pas de valeur."),
        ("build --annee", 2, "l’option « --annee » attend une valeur."),
        ("build --paire 1", 2, "l’option « --paire » attend 2 valeurs."),
        ("build --annee x", 2, "la valeur de « --annee » ne convient pas : « x » ne se lit pas comme : entier."),
        ("build --part 2", 2, "la valeur de « --part » ne convient pas : 2.0 sort des limites (0<=x<=1)."),
        ("build --part x", 2, "« x » ne se lit pas comme : nombre."),
        ("build --edition x", 2, "« x » n’est pas au choix (« projet », « signer »)."),
        ("build --seul x", 2, "« x » n’est pas « projet »."),
        ("build --jour x", 2, "« x » ne s’écrit pas comme 2012-06-18 (année-mois-jour)."),
        ("build --oui x", 2, "« x » n’est pas oui ou non"),
        ("build --cle x", 2, "« x » n’est pas un identifiant valide."),
        ("build --lu x.yaml", 2, "« x.yaml » : il n’existe pas."),
        ("build -C nulle-part", 2, "la valeur de « -C » ne convient pas : le dossier « nulle-part » n’existe pas."),
        ("build -C {file}", 2, "est un fichier."),
        ("build --ecrit .", 2, "le fichier « . » est un dossier."),
        ("build --ecrit x", 2, "la valeur de « --ecrit » (variable « ECRIT ») ne convient pas"),
        ("build --chemin x", 2, "le chemin « x » n’existe pas."),
        ("avenant", 2, "il manque l’argument « CONTRAT »."),
        ("avenant x", 2, "il manque l’option « --motif ». Au choix : fusion, transfert."),
        ("avenant x --motif fusion y z", 2, "« y » : il n’existe pas."),
        ("paires un", 2, "attend 2 valeurs."),
        ("paires 1 2 3", 2, "argument en trop : 3."),
        ("paires 1 2 3 4", 2, "arguments en trop : 3 4."),
        ("avenant x --motif fusion", 130, "Interrompu."),
        ("paires 1 2", 130, "Interrompu."),
        ("casse", 1, "Erreur : le fichier « x.yaml » ne s’ouvre pas : la cause n’est pas connue."),
        ("build --all", 1, ""),
        ("build", 0, ""),
        ("", 2, "Utilisation : cpomgen [OPTIONS] COMMANDE [ARGUMENTS]..."),
        ("--version", 0, "cpomgen, version 1"),
    ],
)  # fmt: skip
def it_speaks_french(line: str, status: int, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"")
    found, output = run(*(part.replace("{file}", str(file)) for part in line.split()))
    assert found == status
    assert sentence in output
    assert not ENGLISH.search(re.sub("«.*?»", "", output))


def it_points_to_the_help_of_the_command() -> None:
    assert run("build", "--zzz")[1] == (
        "Utilisation : cpomgen build [OPTIONS] [ID]...\n"
        "Essayez « cpomgen build --help » pour l’aide.\n\n"
        "Erreur : il n’y a pas d’option « --zzz ».\n"
    )


def it_writes_the_help_of_a_group_in_french() -> None:
    assert run("--help")[1] == (
        "Utilisation : cpomgen [OPTIONS] COMMANDE [ARGUMENTS]...\n\n"
        "  Contrats pluriannuels d’objectifs et de moyens.\n\n"
        "Options :\n"
        "  --version  Affiche la version.\n"
        "  --help     Affiche cette aide.\n\n"
        "Commandes :\n"
        "  avenant  Prépare un avenant.\n"
        "  build    Construit les documents.\n"
        "  casse    Échoue.\n"
        "  paires   Prend deux arguments.\n"
    )


@pytest.mark.parametrize("command", ["build", "avenant", "paires"])
def it_writes_the_help_of_a_command_in_french(command: str) -> None:
    status, output = run(command, "--help")
    assert status == 0
    assert not ENGLISH.search(output.replace("oui ou non", ""))


def it_describes_options_in_french() -> None:
    _, output = run("build", "--help")
    assert "-C DOSSIER" in output
    assert "[défaut : .]" in output
    assert "--annee ENTIER" in output
    assert "[variable : ECRIT]" in output
    assert "[obligatoire]" in run("avenant", "--help")[1]


def it_lets_errors_through_when_it_does_not_stand_alone() -> None:
    with pytest.raises(click.NoSuchOption):
        cli.main(["--rien"], standalone_mode=False)


def it_makes_groups_of_its_own_kind() -> None:
    @cli.group()
    def template() -> None:
        """Modèles."""

    assert isinstance(template, FrenchGroup)
    del cli.commands["template"]


def it_leaves_a_french_message_as_it_is() -> None:
    @click.command(cls=FrenchGroup.command_class)
    def essai() -> None:
        raise click.UsageError("« a: b » n’est pas un contrat : cherchez l’erreur.")

    result = CliRunner().invoke(essai)
    assert "Erreur : « a: b » n’est pas un contrat : cherchez l’erreur." in result.output
