"""The recipes of docs/integration: what linters of both servers say, what they type, what they post."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import click
import pytest
import yaml
from essai import CONTRACT, project
from memory import ROOT
from repository import commit, put_command, run
from test_readme import chosen, options

from cpomgen import __version__
from cpomgen.cli import cli

FOLDER = ROOT / "docs/integration"
PAGE = (ROOT / "docs/integration.md").read_text(encoding="utf-8")
RECIPES = sorted(path.name for path in FOLDER.iterdir())
SCHEMAS = {"github.yml": "vendor.github-workflows", "gitlab.yml": "vendor.gitlab-ci"}
MARKER = "<!-- cpomgen review -->"
PROGRAMS = Path(sys.executable).parent
posix = pytest.mark.skipif(os.name == "nt", reason="servers run the recipes on Linux")


def read(name: str) -> dict[Any, Any]:
    found = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def steps(name: str, job: str) -> list[dict[str, Any]]:
    """Return the steps of a job, each a command under `run`; for GitLab, one for each line."""
    found = read(name)
    if name == "gitlab.yml":
        return [{"run": line} for line in (*found["default"]["before_script"], *found[job]["script"])]
    return list(found["jobs"][job]["steps"])


def typed(name: str, job: str) -> list[list[str]]:
    """Return the words of each command that a job types, in order, but for what posts the comment."""
    runs = (str(step.get("run", "")) for step in steps(name, job))
    return [shlex.split(line) for run in runs if "urllib" not in run for line in run.splitlines()]


def programs(words: list[str]) -> list[str]:
    """Return the words from the name of the program on, where another starts it."""
    return words[words.index("cpomgen") :] if "cpomgen" in words else []


def lint(*words: str) -> subprocess.CompletedProcess[str]:
    name = shutil.which(words[0], path=os.pathsep.join((str(PROGRAMS), os.environ["PATH"])))
    assert name, f"{words[0]} is among the development dependencies"
    return subprocess.run((name, *words[1:]), check=False, capture_output=True, text=True, encoding="utf-8")  # noqa: S603


@pytest.mark.parametrize("name", RECIPES)
def it_is_what_its_server_reads(name: str) -> None:
    done = lint("check-jsonschema", "--builtin-schema", SCHEMAS[name], str(FOLDER / name))
    assert done.returncode == 0, done.stdout + done.stderr


def it_gives_github_no_hold_to_who_opens_a_request() -> None:
    config = str(ROOT / "tests/zizmor.yml")
    done = lint("zizmor", "--offline", "--no-progress", "--config", config, str(FOLDER / "github.yml"))
    assert done.returncode == 0, done.stdout
    (writer,) = (job for job in read("github.yml")["jobs"].values() if "permissions" in job)
    assert writer["permissions"] == {"pull-requests": "write"}
    assert read("github.yml")["permissions"] == {"contents": "read"}
    assert not any(
        "checkout" in str(step) or "cpomgen " in str(step.get("run")).replace(MARKER, "") for step in writer["steps"]
    )


def it_has_a_recipe_for_each_server() -> None:
    assert RECIPES == ["github.yml", "gitlab.yml"]
    assert all(f"](integration/{name})" in PAGE for name in RECIPES)


def it_takes_the_whole_history_with_its_tags() -> None:
    for job in ("contrats", "relecture"):
        found = (step for step in steps("github.yml", job) if str(step.get("uses", "")).startswith("actions/checkout@"))
        assert [step["with"]["fetch-depth"] for step in found] == [0]
    assert read("gitlab.yml")["variables"]["GIT_DEPTH"] == "0"


JOBS = [("github.yml", "contrats"), ("github.yml", "relecture")]
JOBS += [("gitlab.yml", job) for job in ("contrats", "documents", "relecture")]


@pytest.mark.parametrize(("name", "job"), JOBS)
def it_fetches_tags_and_installs_the_program_first(name: str, job: str) -> None:
    lines = typed(name, job)
    assert lines[0] == ["git", "fetch", "--force", "--tags"]
    assert lines[1][:4] == ["python", "-m", "pip", "install"]
    assert re.findall(r"cpomgen-(.+)-py3-none-any\.whl", lines[1][4]) == [__version__]


@pytest.mark.parametrize("name", RECIPES)
def it_checks_builds_and_reviews(name: str) -> None:
    done = [
        programs(words)[1]
        for job in (job for at, job in JOBS if at == name)
        for words in typed(name, job)
        if programs(words)
    ]
    assert done == ["validate", "build", "review", "build", "avenant"]


@pytest.mark.parametrize(("name", "job"), JOBS)
def it_types_commands_that_exist(name: str, job: str) -> None:
    for words in filter(None, map(programs, typed(name, job))):
        before = words[: next((n for n, word in enumerate(words) if word in (">", "<", "||")), None)]
        command, rest = chosen(cli, before[1:])
        assert not isinstance(command, click.Group), words
        assert {word for word in rest if word.startswith("-")} <= options(command), words
        given = [word for word in rest if not word.startswith(("-", "$")) and word not in ("github", "markdown")]
        assert given == [], "every contract, whatever its name"


@pytest.mark.parametrize("name", RECIPES)
def it_keeps_the_documents_and_the_review(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert len(re.findall(r"^ +(?:path: |- )out/$", text, re.MULTILINE)) == 2
    assert re.search(r"^ +(path: |- )relecture.md$", text, re.MULTILINE)


@pytest.mark.parametrize("name", RECIPES)
def it_names_no_machine(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|\w+\.(com|org|io|fr)\b", text)


def play(script: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Return what a script did, run as servers run it: it stops at the first command that fails."""
    words = ("bash", "-e", "-c", script)
    return subprocess.run(words, cwd=folder, env=env, check=False, capture_output=True, text=True, encoding="utf-8")  # noqa: S603


# The comment, posted to servers that stand for the real ones

GH = """\
#!{python}
import json, pathlib, sys
store = pathlib.Path(__file__).parent / "comments.json"
words, comments = sys.argv[1:], json.loads(store.read_text())
assert words[0] == "api"
ours = [each for each in comments if each["who"] == "github-actions[bot]" and each["body"].startswith("{marker}")]
if "--jq" in words:
    print("\\n".join(str(each["id"]) for each in ours))
else:
    method, field = words[words.index("--method") + 1], words[words.index("--field") + 1]
    body = pathlib.Path(field.removeprefix("body=@")).read_text(encoding="utf-8")
    address = words[words.index("--method") + 2]
    if method == "POST":
        assert address == "repos/agence/contrats/issues/7/comments"
        comments.append({{"id": 100 + len(comments), "who": "github-actions[bot]", "body": body}})
    else:
        (found,) = (each for each in comments if address.endswith("/comments/" + str(each["id"])))
        found["body"] = body
    store.write_text(json.dumps(comments))
"""


@posix
def it_keeps_one_comment_up_to_date_on_github(tmp_path: Path) -> None:
    gh, store = tmp_path / "gh", tmp_path / "comments.json"
    gh.write_text(GH.format(python=sys.executable, marker=MARKER), encoding="utf-8")
    gh.chmod(0o755)
    store.write_text(json.dumps([{"id": 1, "who": "quelqu'un", "body": f"{MARKER} à moi"}]), encoding="utf-8")
    (step,) = (step for step in steps("github.yml", "commentaire") if "run" in step)
    for text in ("Un `$(rm -rf .)` é.\n", "", "é" * 40000):
        (tmp_path / "relecture.md").write_text(text, encoding="utf-8")
        env = os.environ | {
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "agence/contrats",
            "NUMERO": "7",
        }
        assert play(step["run"], tmp_path, env).returncode == 0
        theirs, ours = json.loads(store.read_text(encoding="utf-8"))
        assert theirs["body"] == f"{MARKER} à moi"
        assert ours["body"].startswith(
            f"{MARKER}\n{text[:30000] or 'La relecture n’a pas abouti'.replace('’', chr(39))}"
        )
    assert ours["body"].endswith("é\n\n… La suite est dans relecture.md, joint à ce travail.\n")


class Notes(BaseHTTPRequestHandler):
    """The notes of a request, as GitLab answers; the token is that of user 5."""

    notes: list[dict[str, Any]]

    def answer(self, found: object) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "jeton"
        content = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def do_GET(self) -> None:
        if self.path == "/api/user":
            self.answer({"id": 5})
            return
        path, _, page = self.path.rpartition("&page=")
        assert path == "/api/projects/3/merge_requests/7/notes?per_page=100"
        self.answer(self.notes[2 * int(page) - 2 : 2 * int(page)])  # two by two

    def do_POST(self) -> None:
        assert self.path == "/api/projects/3/merge_requests/7/notes"
        self.notes.append({"id": 90, "author": {"id": 5}, "body": self.body()})
        self.answer({})

    def do_PUT(self) -> None:
        (found,) = (note for note in self.notes if self.path.endswith(f"/notes/{note['id']}"))
        found["body"] = self.body()
        self.answer({})

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """Return the address of a server of notes, two of which are there already."""
    Notes.notes = [{"id": n, "author": {"id": n}, "body": f"{MARKER} à moi"} for n in (1, 2)]
    made = HTTPServer(("127.0.0.1", 0), Notes)
    Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}/api"
    made.shutdown()
    made.server_close()


@posix
def it_keeps_one_note_up_to_date_on_gitlab(tmp_path: Path, server: str) -> None:
    (script,) = (step["run"] for step in steps("gitlab.yml", "relecture") if "urllib" in step["run"])
    given = {"CI_API_V4_URL": server, "CI_MERGE_REQUEST_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7"}
    env = os.environ | given | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "no_proxy": "*"}
    for text in ("Un `$(rm -rf .)` é.\n/merge\n", ""):
        (tmp_path / "relecture.md").write_text(text, encoding="utf-8")
        assert play(script, tmp_path, env | {"CPOMGEN_JETON": "jeton"}).returncode == 0
        assert [note["id"] for note in Notes.notes] == [1, 2, 90]
        assert Notes.notes[0]["body"] == f"{MARKER} à moi"
        expected = text.replace("/merge", "\\/merge") or "La relecture n'a pas abouti"
        assert Notes.notes[2]["body"].startswith(f"{MARKER}\n{expected}")
    assert "Pas de CPOMGEN_JETON" in play(script, tmp_path, env).stderr


# A request, as a server plays the recipe


def it_takes_the_changed_contracts_alike_on_both_servers() -> None:
    found = []
    for name in RECIPES:
        lines = typed(name, "relecture")
        (listed,) = (words for words in lines if words[:2] == ["git", "diff"])
        assert {"-z", "--name-only", "--diff-filter=d", "contracts/*.yaml"} <= set(listed)
        found.append([words[: words.index("<")] for words in lines if words[0] == "xargs"])
    assert found[0] == found[1]


@posix
def it_reviews_a_request_and_builds_what_it_changes(tmp_path: Path) -> None:
    texts = {each: CONTRACT.replace("identifiant: essai", f"identifiant: {each}") for each in ("un", "deux", "trois")}
    root = project(tmp_path / "projet", texts)
    put_command(tmp_path)
    run(root, "git", "init", "-q", "-b", "main")
    commit(root)
    (root / "contracts/deux.yaml").write_text(texts["deux"].replace("d'essai", "revu\nnmo: x"), encoding="utf-8")
    (root / "contracts/trois.yaml").unlink()
    (root / "contracts/quatre.yaml").write_text(texts["un"].replace(": un", ": quatre"), encoding="utf-8")
    commit(root)
    lines = [step["run"] for step in steps("gitlab.yml", "relecture")[2:] if "urllib" not in step["run"]]
    done = run(root, "bash", "-e", "-c", "\n".join(["export CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD~1", *lines]))
    assert done.returncode == 1, "one contract is in error"
    assert "deux" in (root / "relecture.md").read_text(encoding="utf-8")
    assert {path.name for path in (root / "out").iterdir() if path.is_dir()} == {"quatre"}
