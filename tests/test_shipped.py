"""What comes with the program is what its repository holds, to the byte."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from generated import KINDS
from memory import ROOT

from cpomgen import shipped
from cpomgen.shipped import project_files, read_shipped, shipped_paths

OWN = {
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "LISEZMOI.md",
    "out/.gitkeep",
}


def held() -> Iterator[str]:
    """Yield the files of the repository that a project takes."""
    for path in shipped_paths():
        found = (ROOT / path).rglob("*") if (ROOT / path).is_dir() else [ROOT / path]
        yield from (each.relative_to(ROOT).as_posix() for each in found if each.is_file())


def rules(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def it_gives_a_project_the_files_of_the_repository_as_they_are() -> None:
    files = project_files()
    assert set(files) - OWN == {path for path in held() if "/~$" not in path}
    assert {path for path in files if path not in OWN and files[path] != (ROOT / path).read_bytes()} == set()
    assert {path.partition("/")[0] for path in set(files) - OWN} == {"contracts", "docs", "schemas", "templates"}


def it_gives_a_project_the_files_made_for_it() -> None:
    assert set(project_files()) >= OWN
    skeleton = ROOT / "cpomgen/skeleton"
    assert len([path for path in skeleton.rglob("*") if path.is_file()]) == len(OWN)


def it_packs_what_it_reads() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"]["force-include"] == {path: f"cpomgen/shipped/{path}" for path in shipped_paths()}


@pytest.mark.parametrize("kind", KINDS)
def it_gives_a_project_what_each_type_of_contract_needs(kind: str) -> None:
    files = project_files()
    needed = {f"schemas/{kind}.yaml", f"schemas/{kind}.schema.json", f"docs/champs-{kind}.md"}
    assert needed | {f"templates/{kind}/modele.yaml"} <= set(files)


def it_reads_the_package_rather_than_what_stands_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("shipped/contracts/arespa.yaml", "shipped/docs/a.md", "skeleton/dot-a/dot-b/robot-dot-c"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Été.", encoding="utf-8", newline="\n")
    monkeypatch.setattr(shipped, "files", lambda _: tmp_path)
    monkeypatch.setattr(shipped, "PROJECT", ("contracts/arespa.yaml",))
    assert read_shipped("docs/a.md").decode() == "Été."
    assert list(project_files()) == [".a/.b/robot-dot-c", "contracts/arespa.yaml"]


def it_leaves_what_word_and_systems_put_beside_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("shipped/schemas/a.yaml", "shipped/schemas/~$contrat.docx", "shipped/schemas/.DS_Store", "skeleton/b"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    monkeypatch.setattr(shipped, "files", lambda _: tmp_path)
    monkeypatch.setattr(shipped, "PROJECT", ("schemas",))
    assert list(project_files()) == ["b", "schemas/a.yaml"]


def it_treats_lines_and_documents_as_this_repository_does() -> None:
    ours = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert rules(project_files()[".gitattributes"].decode()) == rules(ours)
    assert project_files()["out/.gitkeep"] == (ROOT / "out/.gitkeep").read_bytes()
    kept = [rule for rule in rules((ROOT / ".gitignore").read_text(encoding="utf-8")) if rule[1:5] in {"out/", "/out"}]
    assert set(kept) <= set(rules(project_files()[".gitignore"].decode()))
    assert kept


def it_offers_the_hooks_of_this_repository_with_the_program_installed() -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    ((repo,),) = yaml.safe_load(project_files()[".pre-commit-config.yaml"]).values()
    assert repo["repo"] == "local"
    here = ("language", "description", "files")
    same = [{key: value for key, value in hook.items() if key not in here} for hook in offered]
    assert [{key: value for key, value in hook.items() if key not in here} for hook in repo["hooks"]] == same
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}
    hook = repo["hooks"][0]
    assert re.search(hook["files"], "contracts/arespa.yaml")
    assert not re.search(hook["files"], "contracts/notes/arespa.yaml")
    assert not re.search(hook["files"], "contracts/arespa.yaml.txt")
