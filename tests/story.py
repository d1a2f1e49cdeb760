"""Pages of docs/guide → what their reader does, done: commands typed, rubriques written, sentences obeyed.

How to write a page, docs/guide/premier-contrat.md (in French, for an officer who knows neither YAML nor Python):

- it is played from top to bottom, in a folder of its own: empty, or, where the page says `<!-- projet -->`, a project
  that `cpomgen init` has laid out, in which the reader stands; where it says `<!-- dépôt -->`, that project in git, all
  of it committed;
- a fenced block `sh` is typed, line by line; a fenced block `text` right below is all that it says. Leave it empty:
  `python -m pytest tests/test_guide.py --update` fills it. A line `[…]` stands for any lines there: an update keeps as
  many lines before and after it. Commands without a `text` end well;
- a fenced block `yaml` below a paragraph that ends with a path and a colon (« … dans `contracts/x.yaml` : ») is
  written there, in a new file if need be: its top-level rubriques take the place of those of the same name, others go
  to the end;
- the same below « … après la ligne `x` de `chemin` : » puts its lines there; a block `csv` below a path
  and a colon is all of that file;
- « Remplacez (le premier) `a` par `b` dans `chemin` », « Copiez `a` sur `b` » and « Effacez `chemin` » are obeyed as
  they read;
- in a block `sh`, `git commit -m "…"` commits all that the project holds, without the git program and without a word;
  `git add` goes without saying. Give days with `--le`, so that the page says the same tomorrow;
- a block `sh` below `<!-- installation -->` is played by .ci/run, in an environment of its own; one below
  `<!-- à venir -->` is of a command that does not exist yet, and is not played;
- `<!-- geste : … -->` stands for what the reader has done by hand in a word processor: see gestures.py.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from gestures import GESTURES
from history import record
from specimens import compiled_once, type_line

from cpomgen import amending, pipeline
from cpomgen.boundary import BUG

STEP = re.compile(
    r"(?P<elsewhere><!-- (?:installation|à venir) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$"
    r"|<!-- (?P<comment>projet|dépôt|geste : [^>]+?) -->"
    r"|Remplacez (?P<first>le premier )?`(?P<old>[^`]+)`\s+par\s+`(?P<new>[^`]*)`\s+dans\s+`(?P<where>[^`]+)`"
    r"|Copiez `(?P<source>[^`]+)`\s+sur\s+`(?P<copy>[^`]+)`"
    r"|Effacez `(?P<gone>[^`]+)`",
    re.MULTILINE | re.DOTALL,
)
TARGET = re.compile(r"(?:après\s+la\s+ligne\s+`(?P<line>[^`]+)`\s+de\s+)?`(?P<path>[^`\n]+\.(?:yaml|csv))`\s:\s*\Z")
ELLIPSIS = "[…]"
UNACCENTED = {"dépôt": "depot"}


class Step(NamedTuple):
    """Something that the reader does, or reads: its kind, and what it is made of; where it stands in the page."""

    kind: str
    words: tuple[str, ...]
    span: tuple[int, int]


def steps(text: str) -> Iterator[Step]:
    """Yield what a page asks of its reader, in order."""
    for found in STEP.finditer(text):
        if found["elsewhere"]:
            yield Step("elsewhere", (found["text"],), found.span("text"))
        elif found["language"]:
            target = TARGET.search(text[: found.start()])
            if target and found["language"] == "csv":
                yield Step("file", (found["text"], target["path"]), found.span("text"))
            elif target and found["language"] == "yaml":
                yield Step("write", (found["text"], target["path"], target["line"] or ""), found.span("text"))
            else:
                yield Step(found["language"], (found["text"],), found.span("text"))
        elif found["comment"]:
            kind, _, gesture = found["comment"].partition(" : ")
            yield Step(UNACCENTED.get(kind, kind), (gesture,), found.span())
        elif found["old"]:
            kind = "replace_first" if found["first"] else "replace"
            yield Step(kind, (found["old"], found["new"], found["where"]), found.span())
        elif found["copy"]:
            yield Step("copy", (found["source"], found["copy"]), found.span())
        else:
            yield Step("remove", (found["gone"],), found.span())


def play(text: str, folder: Path) -> tuple[str, list[str]]:
    """Return a page with what its commands say now, and what is wrong in it; it is played in `folder`."""
    reader, told, wrong = _Reader(folder), text, []
    with contextlib.ExitStack() as during:
        during.enter_context(contextlib.chdir(folder))
        during.enter_context(mock.patch.object(pipeline, "read_type", compiled_once))
        during.enter_context(mock.patch.object(amending, "read_type", compiled_once))
        asked = ""
        shift = 0
        for step in steps(text):
            if step.kind != "text" and asked and any(reader.statuses):
                wrong.append(f"a command that fails, without what it says: {asked}")
            if step.kind == "text" and asked:
                start, end = step.span
                said = resembling(step.words[0], reader.said)
                told = told[: start + shift] + said + told[end + shift :]
                shift += len(said) - (end - start)
            asked = step.words[0] if step.kind == "sh" else ""
            reader.do(step)
        if asked and any(reader.statuses):
            wrong.append(f"a command that fails, without what it says: {asked}")
    return told, wrong


def resembling(expected: str, said: str) -> str:
    """Return what is said, the lines that a page leaves out left out."""
    shown, lines = expected.splitlines(), said.splitlines()
    if ELLIPSIS not in shown:
        return said
    head = shown.index(ELLIPSIS)
    tail = len(shown) - head - 1
    kept = [*lines[:head], ELLIPSIS, *(lines[-tail:] if tail else [])]
    return "\n".join(kept) + "\n"


class _Reader:
    """Somebody who does what a page says: the folder they stand in, what the last commands said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = ""
        self.statuses: list[int] = []

    def do(self, step: Step) -> None:
        """Do what a step says, if it is something to be done."""
        act: Callable[..., None] | None = getattr(self, f"on_{step.kind}", None)
        if act is not None:
            act(*step.words)

    def on_projet(self, _: str) -> None:
        self.on_sh("cpomgen init projet\ncd projet\n")
        assert self.statuses == [0], self.said

    def on_depot(self, _: str) -> None:
        self.on_projet("")
        record(self.folder, message="Début des contrats")

    def on_sh(self, lines: str) -> None:
        said, self.statuses = _screen(), []
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            for typed in filter(None, (line.partition("  #")[0].strip() for line in lines.splitlines())):
                line, _, kept = typed.partition(" > ")
                if kept:
                    self.on_redirection(line, kept)
                elif line.startswith("git "):
                    self.on_git(line)
                elif line.startswith("cd "):
                    self.folder = (self.folder / shlex.split(line)[1]).resolve()
                    assert self.folder.is_dir(), line
                else:
                    with contextlib.chdir(self.folder):
                        self.statuses.append(type_line(line))
        self.said = _read(said)
        assert BUG not in self.statuses, self.said

    def on_git(self, line: str) -> None:
        words = shlex.split(line)
        if words[:3] == ["git", "commit", "-m"]:
            record(self.folder, message=words[3])
        else:
            assert words[:2] == ["git", "add"], line

    def on_redirection(self, line: str, path: str) -> None:
        kept = _screen()
        with contextlib.redirect_stdout(kept), contextlib.chdir(self.folder):
            self.statuses.append(type_line(line))
        (self.folder / path).write_text(_read(kept), encoding="utf-8", newline="\n")

    def on_write(self, text: str, path: str, line: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        known = target.read_text(encoding="utf-8") if target.is_file() else ""
        new = inserted(known, line, text) if line else written(known, text)
        target.write_text(new, encoding="utf-8", newline="\n")

    def on_file(self, text: str, path: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8", newline="\r\n")

    def on_replace(self, old: str, new: str, path: str) -> None:
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} × {old!r} in {path}"
        target.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    def on_replace_first(self, old: str, new: str, path: str) -> None:
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        assert text.count(old) > 1, f"{text.count(old)} × {old!r} in {path}"
        target.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    def on_copy(self, source: str, path: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((self.folder / source).read_bytes())

    def on_remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def on_geste(self, name: str) -> None:
        GESTURES[name](self.folder)


def _screen() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)


def _read(screen: io.TextIOWrapper) -> str:
    screen.seek(0)
    return screen.read()


def written(text: str, changes: str) -> str:
    """Return a contract with rubriques in the place of its own of the same name; comments around them stay."""
    lines = text.splitlines()
    for rubrique in re.split(r"^(?=[^\s#-])", changes, flags=re.MULTILINE):
        if rubrique.strip():
            start, end = _place(lines, rubrique.partition(":")[0])
            lines[start:end] = rubrique.rstrip("\n").splitlines()
    return "\n".join(lines) + "\n"


def inserted(text: str, after: str, lines: str) -> str:
    """Return a text with lines put after its only line that reads as `after`."""
    found = [each for each in text.splitlines(keepends=True) if each.strip() == after]
    assert len(found) == 1, f"{len(found)} lines read {after!r}"
    return text.replace(found[0], found[0] + lines)


def _place(lines: list[str], name: str) -> tuple[int, int]:
    """Return the first line of a rubrique and the one after its last; the end of the file when it is not there."""
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{name}:")), None)
    if start is None:
        return len(lines), len(lines)
    after = (n for n, line in enumerate(lines[start + 1 :], start + 1) if line[:1] not in ("", " ", "-"))
    end = next(after, len(lines))
    while not lines[end - 1].strip():
        end -= 1
    return start, end
