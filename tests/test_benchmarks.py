from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from benchmarks import __main__ as program
from benchmarks import agency, held
from benchmarks import review as reviewing
from benchmarks import validate as checking
from benchmarks import versions as telling
from benchmarks import watch as watching
from benchmarks.build import Figures, Limit, Ratio
from benchmarks.classeur import spreadsheet
from benchmarks.clock import Cost, of_command, paired
from benchmarks.france import FRANCE, chosen, generate, text_of
from benchmarks.report import line, table
from benchmarks.reseau import reseau
from benchmarks.sample import contract, project
from benchmarks.stages import ready
from cpomgen.edits import edits
from cpomgen.problem import is_blocking
from cpomgen.reading import Reading
from cpomgen.request import open_request
from cpomgen.tree import WorkTree

HELD = Ratio("Word", "arespa", 10.0, 100.0, 10.0, 5.0)
BROKEN = Limit("build", 4.0, 5.0, 100.0, 3.0)


def figures(*limits: Limit) -> Figures:
    return Figures({"python": "3.11"}, {"arespa": 28}, [HELD], list(limits), [])


def it_writes_by_program_a_contract_that_prints(tmp_path: Path) -> None:
    contract = ready(project(tmp_path, objectives=1), "mesure")
    names = [name for name, _, _ in contract.documents()]
    assert names == ["contrat", "socle", "annexe-1", "annexe-2", "annexe-3", "annexe-4", "annexe-5"]


def it_gives_the_median_of_ratios_not_the_ratio_of_medians() -> None:
    assert paired([(1.0, 2.0), (2.0, 20.0), (4.0, 4.0)]).ratio == 2.0


def it_measures_a_process(tmp_path: Path) -> None:
    cost = of_command([sys.executable, "-c", "sum(range(1000))"], tmp_path)
    assert cost.cpu > 0
    assert cost.wall > 0


def it_measures_no_process_that_fails(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        of_command([sys.executable, "-c", "raise SystemExit(1)"], tmp_path)


def it_says_which_promise_is_not_held() -> None:
    rows = "\n".join(table(figures(BROKEN)))
    assert "≥ 5 held" in rows
    assert "< 3 s NOT HELD" in rows


def it_gives_one_line_of_json() -> None:
    told = line(figures())
    assert "\n" not in told
    assert json.loads(told)["held"] is True


@pytest.mark.parametrize(("arguments", "status"), [(["build", "--strict"], 1), (["build"], 0)])
def it_fails_for_a_broken_promise_when_asked_to(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int
) -> None:
    monkeypatch.setattr(program, "measure", lambda *, quick: figures(BROKEN) if not quick else figures())
    monkeypatch.setattr(program, "on_one_core", lambda: True)
    assert CliRunner().invoke(program.cli, arguments).exit_code == status


def it_tells_what_a_check_costs_stage_by_stage() -> None:
    command = Cost(0.4, 0.5, 40.0)
    found = checking.Checking("arespa", 62.5, command, {"load": 25.0, "whole": 125.0}, 250.0)
    rows = "\n".join(checking.table([found]))
    assert "0.40 s of processor, 0.50 s, 40 MB" in rows
    assert "25.0 ms    0.40 ms/kB    20 %" in rows
    assert "ours is 0.5 times that" in rows
    assert json.loads(checking.line([found]))[0]["held"] is True
    assert not found._replace(command=command._replace(wall=1.5)).held


def it_tells_the_wait_after_a_save_beside_a_build() -> None:
    found = watching.Waiting("arespa", 0.4, 0.6, 4.0, 10.0)
    rows = "\n".join(watching.table([found]))
    assert "0.40     0.60    4.00   10.0×  < 0.5 s held" in rows
    assert "NOT HELD" in "\n".join(watching.table([found._replace(wait=0.7)]))
    assert json.loads(watching.line([found]))[0]["held"] is True


@pytest.mark.parametrize("name", watching.CONTRACTS)
def it_adds_a_word_to_a_contract_that_stays_sound(tmp_path: Path, name: str) -> None:
    file = project(tmp_path, objectives=1) / f"contracts/{name}.yaml"
    text = file.read_text(encoding="utf-8")
    changed = watching.PLACE.sub(lambda place: f"{place[0]}Mot 1. ", text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8", newline="\n")
    assert not any(map(is_blocking, Reading(WorkTree(tmp_path)).examined(name).problems))


def it_clocks_each_stage_of_a_check(tmp_path: Path) -> None:
    spent = checking._stages(project(tmp_path, objectives=1), "mesure")  # noqa: SLF001 - the measure itself
    assert all(spent.values())
    assert spent["of which Cerberus"] < spent["validate"] < spent["whole"]


def it_tells_what_telling_versions_apart_costs() -> None:
    found = telling.Telling(30, 10, 14, 30.0, 1.0, 5.0, promised=True)
    rows = "\n".join(telling.table([found]))
    assert "    30       10     14     30.0    5.0   35.0      1.0   < 50 held" in rows
    assert "NOT HELD" in "\n".join(telling.table([found._replace(differ=46.0)]))
    assert json.loads(telling.line([found]))[0]["held"] is True


@pytest.mark.parametrize("count", telling.CHANGES)
def it_changes_a_contract_so_many_times(count: int) -> None:
    document = contract(telling.PROMISED)
    found = list(edits(document, telling.changed(document, count)))
    assert len(found) == count


def it_tells_what_a_review_costs() -> None:
    found = reviewing.Reviewing(716, "one contract", Cost(1.9, 2.1, 90.0), promised=True)
    rows = "\n".join(reviewing.table([found, reviewing.Reviewing(716, "the template", Cost(70.0, 80.0, 120.0))]))
    assert "       716  one contract      1.90    2.10      2.9    90   < 3 s held" in rows
    assert "NOT HELD" in "\n".join(reviewing.table([found._replace(command=Cost(1.9, 3.1))]))
    assert [each["held"] for each in json.loads(reviewing.line([found]))] == [True]


def it_makes_requests_that_change_one_contract_or_its_template(tmp_path: Path) -> None:
    root = reviewing.many(tmp_path / "projet", 3)
    assert open_request(root).paths == ()
    reviewing.raise_amount(root, "reseau-001")
    reviewing.reword(root / reviewing.TEMPLATE)
    assert open_request(root).paths == ("contracts/reseau-001.yaml", reviewing.TEMPLATE)


def it_makes_a_campaign_of_france_to_the_euro() -> None:
    found = [reseau(rank, 1) for rank in range(FRANCE)]
    assert sum(each.amount for each in found) == 167_210_374
    assert sum(each.theme == "gerontologie" for each in found) == 124
    assert sum(each.amount for each in found if each.theme == "gerontologie") == 24_665_638
    assert len({each.siren for each in found}) == len({each.identifiant for each in found}) == FRANCE


def it_makes_a_contract_the_same_however_many_there_are(tmp_path: Path) -> None:
    names = generate(tmp_path / "deux", 2, seed=3)
    assert chosen(tmp_path / "un", [1], seed=3) == names[1:]
    file = f"contracts/{names[1]}.yaml"
    assert (tmp_path / "un" / file).read_bytes() == (tmp_path / "deux" / file).read_bytes()
    assert text_of(1, seed=3) != text_of(1, seed=4)


def it_makes_contracts_without_a_problem(tmp_path: Path) -> None:
    largest = max(range(FRANCE), key=lambda rank: reseau(rank, 1).size)
    names = chosen(tmp_path / "projet", [0, 1, largest], seed=1)
    reading = Reading(WorkTree(tmp_path / "projet"))
    assert [reading.examined(name).problems for name in names] == [()] * 3


def it_has_a_template_for_each_document_as_an_agency_would(tmp_path: Path) -> None:
    generate(tmp_path / "projet", 1)
    assert agency.cut_templates(tmp_path / "projet", tmp_path)[:2] == ("contrat", "socle")
    sizes = {path.stem: path.stat().st_size for path in (tmp_path / "templates").iterdir()}
    assert len(sizes) == 7
    assert max(sizes, key=sizes.__getitem__) == "contrat"


def it_tells_what_a_campaign_costs() -> None:
    figures = held.Figures(2, {"python": "3.11"})
    figures.rows.append(held.Row("build, from nothing", 716, 2, Cost(716.0, 358.0, 200.0)))
    figures.promises.append(held.Promise("times faster", 5.5, 5.0, least=True))
    assert "716     2    716.00    358.00         1000           500   200" in "\n".join(held.table(figures))
    figures.promises.append(held.Promise("seconds, nothing changed", 2.5, 2.0, least=False))
    rows = "\n".join(held.table(figures))
    assert "5.50  ≥ 5 held" in rows
    assert "2.50  < 2 NOT HELD" in rows
    assert json.loads(held.line(figures))["held"] is False


def it_gives_a_row_to_each_network(tmp_path: Path) -> None:
    columns, start = spreadsheet(tmp_path / "reseaux.xlsx", 3, seed=1)
    rows = list(load_workbook(tmp_path / "reseaux.xlsx", read_only=True)["Réseaux"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Identifiant", *(reseau(rank, 1).identifiant for rank in range(3))]
    assert [row[8] for row in rows[1:]] == [reseau(rank, 1).amount for rank in range(3)]
    assert columns.read_text(encoding="utf-8").startswith("Identifiant: identifiant\n")
    assert start.is_file()
