"""The life of three contracts, from their dated files: what their repository holds, and what it gives back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pygit2
import pytest
from histoire import contract, in_silence, script, unbuilt
from history import repository
from memory import ROOT
from read_acte import applied
from read_contrat import as_lists, text_of
from read_word import imprime_of
from story import steps
from typed import said, typed

from cpomgen.contrat import Contrat
from cpomgen.imprime import Paragraph
from cpomgen.reading import Reading, signatures
from cpomgen.tree import WorkTree
from cpomgen.version import open_version

CLINIQUE = "clinique-exemple-les-bains"
LIVES = {"arespa": 3, "douaisis": 2, CLINIQUE: 2}
VERSIONS = [(name, number) for name, count in LIVES.items() for number in range(count)]
SIGNED = {
    "arespa": {0: "2012-06-18", 1: "2012-12-12", 2: "2013-06-20"},
    "douaisis": {0: "2012-06-20", 1: "2013-12-18"},
    CLINIQUE: {0: "2019-07-26", 1: "2020-12-11"},
}
APART = {(CLINIQUE, "socle"): "2018-12-14"}  # the pieces of version 0 that were signed before the rest
CAMPAGNE = """\
region: Occitanie
periode: {debut: 2019-01-01, fin: 2023-12-31}
calendrier:
  - {id: socles, libelle: Socles signés, le: 2018-12-12, etape: signature, documents: [socle]}
  - id: annexes
    libelle: Annexes signées
    le: 2019-06-28
    etape: signature
    documents: [annexe-1, annexe-2, annexe-3, annexe-4]
"""
EXAMPLE = "CPOM412"
ASIDE = ("mode_redaction:", "abandon:")  # what the guide shows, and that ARESPA had no need of


@cache
def examined(root: Path, name: str, number: int) -> Contrat:
    """Return a version as it was frozen, with all that is wrong in it."""
    return Reading(open_version(root, name, str(number)).tree).examined(name, settled=True)


def told(root: Path, name: str, before: int, after: int) -> Mapping[str, Any]:
    """Return what changes from one version to another."""
    versions = ("--from", str(before), "--to", str(after))
    with in_silence():
        found: dict[str, Any] = json.loads(said("diff", name, *versions, "--format", "json", "-C", str(root)))
    return found


def gap(change: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the difference that a version makes to all sources together, in each exercise that it changes."""
    [sources] = [each for each in change["finances"] if each["role"] == "sources"]
    found = {year: each["ecart"] for year, each in sources["total"]["exercices"].items()}
    return {year: ecart for year, ecart in found.items() if float(ecart)} | {
        "total": sources["total"]["total"]["ecart"]
    }


def names(root: Path) -> Mapping[str, str]:
    """Return what each reference of a repository stands for: the last commit, tags with their words."""
    git = repository(root)
    return {name: str(git.references[name].target) for name in sorted(git.references)}


def it_freezes_and_signs_each_version(history_repository: Path) -> None:
    git = repository(history_repository)
    tags = {f"refs/tags/cpom/{name}/v{number}" for name, number in VERSIONS}
    tags |= {f"refs/tags/cpom/{name}/v0-{piece}" for name, piece in APART}
    assert {name for name in git.references if name.startswith("refs/tags/")} == tags
    for name, days in SIGNED.items():
        facts = signatures(WorkTree(history_repository), name)
        assert {fact.version: fact.le.isoformat() for fact in facts if not fact.piece} == days
        apart = {(name, fact.piece): fact.le.isoformat() for fact in facts if fact.piece}
        assert apart == {each: day for each, day in APART.items() if each[0] == name}
    assert git.status() == {}
    assert typed("validate", "--signature", "-C", str(history_repository)).return_value == 0


@pytest.mark.parametrize("name", LIVES)
def it_follows_one_version_with_the_next(history_repository: Path, name: str) -> None:
    git = repository(history_repository)
    commits = [git.revparse_single(f"cpom/{name}/v{number}").peel(pygit2.Commit).id for number in range(LIVES[name])]
    assert all(git.descendant_of(after, before) for before, after in pairwise(commits))
    assert git.descendant_of(git.head.target, commits[-1])


@pytest.mark.parametrize(("name", "number"), VERSIONS)
def it_holds_versions_that_are_sound(history_repository: Path, name: str, number: int) -> None:
    contrat = examined(history_repository, name, number)
    assert {each.code for each in contrat.problems} == {EXAMPLE}
    assert all(each.waiver for each in contrat.problems)
    assert len(contrat.fiche.get("avenants") or ()) == number


@pytest.mark.parametrize("name", LIVES)
def it_begins_with_the_contract_of_the_repository(history_repository: Path, name: str) -> None:
    git, path = repository(history_repository), f"contracts/{name}.yaml"
    first = git.revparse_single(f"cpom/{name}/v0:{path}").peel(pygit2.Blob).data.decode()
    assert first == (ROOT / path).read_text(encoding="utf-8") + script().WAIVER


def it_takes_each_dated_file_of_its_folder() -> None:
    dated = {path.relative_to(script().FOLDER) for path in script().FOLDER.glob("*/*.yaml")}
    assert dated == {
        Path(name, f"{day}.yaml") for name, days in SIGNED.items() for number, day in days.items() if number
    }


@pytest.mark.parametrize("name", LIVES)
def it_dates_a_version_as_its_contract_does(history_repository: Path, name: str) -> None:
    for number, day in SIGNED[name].items():
        fiche = examined(history_repository, name, number).fiche
        dated = fiche["avenants"][-1]["date"] if number else fiche["duree"]["date_conclusion"]
        assert str(dated.isoformat()) == (day if number else APART.get((name, "socle"), day))


def it_opens_two_sectors(history_repository: Path) -> None:
    change = told(history_repository, "arespa", 0, 1)
    added = {each["champ"] for each in change["champs"] if each["avant"] is None}
    assert added == {
        "zone_intervention.territoires[pontarlier]",
        "zone_intervention.territoires[vesoul]",
        "annexes.orientations_strategiques.objectifs[A1.1].operationnels[A1.1.4]",
        "annexes.financement.sources[communaute-pontarlier]",
        "avenants[avenant-1]",
    }
    assert not [each for each in change["champs"] if each["apres"] is None]
    assert gap(change) == {
        "2013": "75375.00",
        "2014": "89092.00",
        "2015": "90024.92",
        "2016": "90967.79",
        "total": "345459.71",
    }


def it_reinforces_them_and_replaces_an_indicator(history_repository: Path) -> None:
    change = told(history_repository, "arespa", 1, 2)
    objectives = "annexes.orientations_strategiques.objectifs"
    assert {each["champ"] for each in change["champs"] if each["avant"] is None} == {
        f"{objectives}[A1.1].operationnels[A1.1.2].actions[A1.1.2-c]",
        f"{objectives}[A1.3].operationnels[A1.3.1].indicateurs[I-A1.3.1-b]",
        "avenants[avenant-2]",
    }
    assert {each["champ"] for each in change["champs"] if each["apres"] is None} == {
        f"{objectives}[A1.1].operationnels[A1.1.3].actions[A1.1.3-b]",
        f"{objectives}[A1.3].operationnels[A1.3.1].indicateurs[I-A1.3.1]",
    }
    [deadline] = [each for each in change["champs"] if each["champ"].endswith(".echeance")]
    assert (deadline["avant"], deadline["apres"]) == ("2013-09-30", "2013-12-31")
    assert gap(change) == {"2013": "28250.00", "2014": "56500.00", "total": "84750.00"}


def it_opens_a_pole(history_repository: Path) -> None:
    change = told(history_repository, "douaisis", 0, 1)
    added = {each["champ"] for each in change["champs"] if each["avant"] is None}
    assert added >= {
        "annexes.appui_coordination.objectifs[A2.6]",
        "annexes.financement.sources[fir-personnes-agees]",
    }
    assert gap(change)["total"] == "310404.01"
    places = {place["lieu"]["parties"][0] for place in change["texte"] if place["lieu"]["parties"]}
    assert {place.replace("\u00a0", " ") for place in places} >= {"préambule", "article 2", "annexe 2", "annexe 4"}


def it_defers_places_and_adds_a_cooperation(history_repository: Path) -> None:
    change = told(history_repository, CLINIQUE, 0, 1)
    assert {each["champ"] for each in change["champs"] if each["avant"] is None} == {
        "annexes.orientations_strategiques.objectifs[A1.2].operationnels[A1.2.1].actions[A1.2.1-c]",
        "annexes.cooperations_territoriales.cooperations[coop-distance]",
        "annexes.financements.sources[fir-transformation].montants.2022",
        "avenants[avenant-1]",
    }
    assert not [each for each in change["champs"] if each["apres"] is None]
    assert gap(change) == {"2021": "30500.00", "2022": "24500.00", "2023": "12500.00", "total": "67500.00"}
    places = {place["lieu"]["parties"][0].replace("\u00a0", " ") for place in change["texte"]}
    assert places == {"article 3", "article 7", "annexe 1", "annexe 2", "annexe 3", "annexe 5"}


def it_dates_a_contract_from_the_piece_signed_first(history_repository: Path) -> None:
    [section, *_] = imprime_of(act(history_repository, CLINIQUE, 1)).sections
    found = [each.text.replace("\u00a0", " ") for each in section.blocks if isinstance(each, Paragraph)]
    conclu = "conclu le 14 décembre 2018, dont les dernières pièces ont été signées le 26 juillet 2019 ("
    assert sum(conclu in each for each in found) == 1


def it_tells_on_a_day_which_pieces_are_late(history_repository: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(history_repository, tmp_path / "contrats"))
    (root / "campagne.yaml").write_text(CAMPAGNE, encoding="utf-8")
    for name in LIVES.keys() - {CLINIQUE}:
        (root / f"contracts/{name}.yaml").unlink()
    assert late(root, "2018-12-13") == ["Socles signés (socle), en retard de 1 jour"]
    written = ", ".join(f"annexe-{number} en rédaction" for number in (1, 2, 3))
    assert late(root, "2019-07-01") == [f"Annexes signées ({written}), en retard de 3 jours"]
    assert late(root, "2019-08-05") == []


def late(root: Path, day: str) -> list[str]:
    """Return what is late on a day."""
    with in_silence():
        found = said("status", "--au", day, "-C", str(root)).replace("\u00a0", " ")
    return re.findall(r"\w+ signée?s \([^)]*\), en retard de \d+ jours?", found)


def it_keeps_what_each_sum_is_made_of(history_repository: Path) -> None:
    for name, number in [each for each in VERSIONS if each[0] != CLINIQUE]:
        annexes = examined(history_repository, name, number).fiche["annexes"]
        moyens = {each["id"]: each["valeurs"] for each in annexes["financement"]["moyens"]}
        targets = {each["id"]: each["valeurs_cibles"] for each in annexes["orientations_strategiques"]["indicateurs"]}
        counted = moyens["moyen-parcours-total" if name == "arespa" else "moyen-plans"]
        assert dict(counted) == dict(targets["I-A1"])
        if name == "arespa":
            per_head = {
                year: moyens["moyen-coordination"][year] * value for year, value in moyens["moyen-parcours"].items()
            }
            assert dict(counted) == per_head


def it_gives_the_first_version_back_to_the_byte(
    history_repository: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    begun = tmp_path / "debut"
    life = script().live(begun, ["arespa"])
    request.addfinalizer(life.close)
    with in_silence():
        assert next(life).number == 0
    then = documents(begun, "arespa", 0, "annexe-4")
    assert sorted(then) == ["annexe-4.docx", "annexe-4.pdf"]
    assert documents(history_repository, "arespa", 0, "annexe-4") == then
    assert documents(history_repository, "arespa", 2, "annexe-4") != then


def documents(root: Path, name: str, number: int, document: str) -> Mapping[str, bytes]:
    """Return a document of a version, built now."""
    with in_silence():
        done = typed("build", name, "--version", str(number), "--document", document, "-C", str(root))
    assert done.return_value == 0, done.output
    return {path.name: path.read_bytes() for path in (root / f"out/{name}/v{number}").glob(f"{document}.*")}


@pytest.mark.parametrize("name", LIVES)
def it_turns_each_version_into_the_next_by_its_act_alone(history_repository: Path, name: str) -> None:
    text = text_of(imprime_of(contract(history_repository, name, 0)))
    for number in range(1, LIVES[name]):
        text = applied(text, imprime_of(act(history_repository, name, number)))
        assert as_lists(text) == as_lists(text_of(imprime_of(contract(history_repository, name, number))))


def act(root: Path, name: str, number: int) -> bytes:
    """Return the Word file of an avenant, written now as it was signed."""
    with in_silence():
        done = typed("avenant", name, "--version", str(number), "--document", "avenant", "-C", str(root))
    assert done.return_value == 0, done.output
    return (root / f"out/{name}/avenant-{number}/avenant.docx").read_bytes()


def it_makes_the_same_history_twice_sound_at_each_step(history_repository: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    with in_silence(), unbuilt():
        for step in script().live(again):
            if step.done == "freeze":  # it announces an avenant, or nobody has signed it
                assert typed("validate", step.identifiant, "--signature", "-C", str(again)).return_value == 0, step
    assert names(again) == names(history_repository)


def it_shows_in_the_guide_what_the_dated_files_hold() -> None:
    page = (ROOT / "docs/guide/avenant.md").read_text(encoding="utf-8")
    shown = [step.words[0] for step in steps(page) if step.kind == "yaml"]
    texts = [path.read_text(encoding="utf-8") for path in script().FOLDER.glob("arespa/*.yaml")]
    assert len(shown) > 3
    other = [excerpt for excerpt in shown if not any(excerpt in text for text in texts)]
    assert [excerpt for excerpt in other if not any(field in excerpt for field in ASIDE)] == []


def it_refuses_what_a_command_refuses(tmp_path: Path) -> None:
    with in_silence(), pytest.raises(ValueError, match="validate"):
        script().typed("validate", "-C", str(ROOT / "contracts"), "arespa", "--signature")
    assert not list(tmp_path.iterdir())
