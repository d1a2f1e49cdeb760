"""Pages of tests/errors → their examples, run as an officer types them; docs/erreurs.md is made of the same pages.

How to write a page, tests/errors/CPOM211.md (in French: it is also what `cpomgen explain CPOM211` shows):

- its first line is `# CPOM211 – champ inconnu`; then one to three short paragraphs: what the message means, why the
  rule exists (with its article), what to do; for a rule, when it binds and whether a dérogation may waive it;
- then one or several examples. An example is any number of files, each a line holding its path in backquotes, an empty
  line and a fenced block; then a fenced block `sh` of commands; then a fenced block `text` of all they say, stderr and
  stdout. Leave that last block empty: `python -m pytest tests/test_errors.py --update` fills it, and writes
  docs/erreurs.md.

Files are laid over a project, chosen by the example itself:

- one that speaks of a contract of this folder (`contracts/reseau.yaml`, or `cpomgen validate reseau`) gets that
  contract, complete and without fault, with the schema and the template of its type, as they are in the repository.
  Contracts of such an example (of that name or any other, unless it begins with `type:`) are laid over it: give only
  the top-level rubriques that change, whole; they replace those of the same name where they stand, new ones go at the
  end, `rubrique:` with nothing in it takes it out; only `annexes` is laid over annex by annex, so that a page may give
  the one that it changes;
- any other gets the small project of tests/essai.py: contract, schema and template `essai`. Give whole files.

Languages of files: `yaml`, `typ` and the like are text as it is. `octets` is bytes: `\\xe9`, `\\t`, `\\r`, `\\n`,
`\\\\`; a line `… 40000 fois` repeats the line before it. `docx` is a Word template, `xlsx` a workbook: see
tests/inputs.py. `sh` may also hold, before a command, what somebody does or what goes wrong meanwhile: the
lines of ACTS, below.
"""

from __future__ import annotations

import contextlib
import errno
import io
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import distributed
import pygit2
from essai import project
from history import WHO, record, repository, tag
from inputs import docx, laid_over, octets, xlsx
from memory import ROOT
from pygit2.enums import CheckoutStrategy, ObjectType

from cpomgen import amending, boundary, cache, fill, pipeline, typeset, write
from cpomgen.cli import main
from cpomgen.commands import importing
from cpomgen.gabarits import read_acte, read_note, read_type
from cpomgen.kept import Kept
from cpomgen.ligne import propose
from cpomgen.problem import Mark, ProblemError
from cpomgen.schemas import schema_bytes
from cpomgen.tree import Tree

ERRORS = Path(__file__).parent / "errors"
BASES = tuple(sorted(path.stem for path in ERRORS.glob("*.yaml")))
WITHIN = typeset._within  # noqa: SLF001 - what waits for Typst
TITLE = re.compile(r"# (CPOM\d{3}) – (\S.*)\n")
FAMILIES = (
    ("0", "Le projet"),
    ("1", "La lecture du fichier"),
    ("2", "Le contrat face à son schéma"),
    ("3", "Le modèle Word"),
    ("4", "Les règles du contrat"),
    ("5", "Le PDF et l'écriture des documents"),
    ("6", "Les versions et les signatures"),
    ("7", "La campagne"),
)
BLOCK = re.compile(r"^(?:`(?P<file>[^`\n]+)`\n\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class File(NamedTuple):
    """A file of an example, as its page gives it."""

    path: str
    language: str
    text: str


class Example(NamedTuple):
    """Files, what is typed, and what is then read."""

    files: tuple[File, ...]
    lines: tuple[str, ...]
    expected: str

    @property
    def base(self) -> str:
        """Return the contract of this folder that the example is laid over; empty when it wants the small project."""
        said = " ".join((*self.lines, *(file.path for file in self.files)))
        return next((name for name in BASES if re.search(rf"\b{name}\b", said)), "")


class Page(NamedTuple):
    """A code: what it means, and examples of it."""

    code: str
    title: str
    text: str
    explanation: str
    examples: tuple[Example, ...]

    def updated(self, said: list[str]) -> str:
        """Return the text of the page, what its examples say now in the place of what they said."""
        found = iter(said)
        return BLOCK.sub(lambda m: f"```text\n{next(found)}```" if m["language"] == "text" else m[0], self.text)


def pages() -> list[Page]:
    """Return all pages, in the order of their codes."""
    return [read(path.read_text(encoding="utf-8")) for path in sorted(ERRORS.glob("CPOM*.md"))]


def catalogue(found: list[Page]) -> str:
    """Return the text of docs/erreurs.md: an introduction, a table of codes, then the pages, by family."""
    families = {f"{title} ({first}xx)": [p for p in found if p.code[4] == first] for first, title in FAMILIES}
    tables, sections = [], []
    for title, members in families.items():
        if members:
            rows = [f"| [{page.code}](#{_anchor(page)}) | {page.title} |" for page in members]
            tables.append("\n".join([f"| {title} | |", "|---|---|", *rows, ""]))
            sections += [f"## {title}\n", *(f"##{page.text}" for page in members)]
    return "\n".join([(ERRORS / "introduction.md").read_text(encoding="utf-8"), *tables, *sections])


def _anchor(page: Page) -> str:
    """Return what a page's heading is linked by, as GitHub and most others make it."""
    return re.sub(r"[^\w -]", "", f"{page.code} – {page.title}".lower()).replace(" ", "-")


def read(text: str) -> Page:
    """Return the page that a text is."""
    title = TITLE.match(text)
    assert title, f"no title: {text[:60]}"
    first = BLOCK.search(text)
    explanation = text[title.end() : first.start() if first else None].strip()
    return Page(title[1], title[2], text, explanation, tuple(_examples(text)))


def _examples(text: str) -> Iterator[Example]:
    files: list[File] = []
    lines: tuple[str, ...] = ()
    for block in BLOCK.finditer(text):
        if block["file"]:
            files.append(File(*block.group("file", "language", "text")))
        elif block["language"] == "sh":
            lines = tuple(block["text"].splitlines())
        else:
            assert (block["language"], bool(lines)) == ("text", True), f"a block without a use: {block[0]}"
            yield Example(tuple(files), lines, block["text"])
            files, lines = [], ()
    assert not [*files, *lines], "an example without its text"


def play(example: Example, folder: Path) -> tuple[str, list[int]]:
    """Return what an example says, and the exit status of each of its commands; its project is made in `folder`."""
    base = real(folder, example.base) if example.base else project(folder)
    for file in example.files:
        path = base / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_content(file, example.base))
    said, statuses = io.StringIO(), []
    with contextlib.ExitStack() as during:
        during.enter_context(contextlib.chdir(base))
        during.enter_context(contextlib.redirect_stdout(said))
        during.enter_context(contextlib.redirect_stderr(said))
        during.enter_context(mock.patch.object(pipeline, "read_type", compiled_once))
        during.enter_context(mock.patch.object(amending, "read_type", compiled_once))
        during.enter_context(mock.patch.object(amending, "read_acte", partial(compiled_once, read=read_acte)))
        during.enter_context(mock.patch.object(amending, "read_note", partial(compiled_once, read=read_note)))
        for line in example.lines:
            if line.startswith("# "):
                _act(line, during)
            else:
                statuses.append(type_line(line))
    return said.getvalue(), statuses


def real(folder: Path, name: str = "reseau") -> Path:
    """Make the project of a contract without fault, with the real type of contract that it is of."""
    text = (ERRORS / f"{name}.yaml").read_text(encoding="utf-8")
    kind = re.search(r"^type: (\w+)$", text, re.MULTILINE)
    assert kind, name
    for path in (f"schemas/{kind[1]}.yaml", "schemas/communs", f"templates/{kind[1]}"):
        copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / path, folder / path)
    (folder / "contracts").mkdir()
    shutil.copy(ERRORS / f"{name}.yaml", folder / f"contracts/{name}.yaml")
    return folder


def _content(file: File, base: str) -> bytes:
    if file.language == "octets":
        return octets(file.text)
    if file.language in ("docx", "xlsx"):
        return {"docx": docx, "xlsx": xlsx}[file.language](file.text)
    if base and file.path.startswith("contracts/") and not file.text.startswith("type:"):
        return laid_over((ERRORS / f"{base}.yaml").read_text(encoding="utf-8"), file.text).encode()
    return file.text.encode()


def type_line(line: str) -> int:
    """Run one command line; return its exit status."""
    words = shlex.split(line)
    assert words[0] == "cpomgen", line
    with mock.patch.object(sys, "argv", words):
        try:
            main()
        except SystemExit as left:
            return int(left.code or 0)
    return 0


_TYPES: dict[tuple[object, ...], Any] = {}


def compiled_once(
    tree: Tree, kind: str, _: object = None, *, settled: bool = False, read: Callable[..., Any] = read_type
) -> Any:
    """Return a type of contract, compiled once for all examples that leave it as it is."""
    paths = [f"templates/{kind}/{name}" for name in tree.names(f"templates/{kind}", "")]
    try:
        key: tuple[object, ...] = (
            read,
            settled,
            kind,
            schema_bytes(tree, kind, Kept()),
            *paths,
            *map(tree.read, paths),
        )
    except ProblemError:
        return read(tree, kind, settled=settled)
    if key not in _TYPES:
        _TYPES[key] = read(tree, kind, settled=settled)
    return _TYPES[key]


def _act(line: str, during: contextlib.ExitStack) -> None:
    """Do what a line of `sh` says that happens between two commands."""
    found = [(act, match) for pattern, act in ACTS if (match := re.fullmatch(pattern, line))]
    assert found, f"nobody knows how to do this: {line}"
    act, match = found[0]
    act(during, *match.groups())


def _edit(_: contextlib.ExitStack, path: str) -> None:
    Path(path).write_bytes(Path(path).read_bytes() + b"relu")


def _replace(_: contextlib.ExitStack, old: str, new: str, path: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def _append(_: contextlib.ExitStack, line: str, path: str) -> None:
    with Path(path).open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{line}\n")


def _remove(_: contextlib.ExitStack, path: str) -> None:
    shutil.rmtree(path) if Path(path).is_dir() else Path(path).unlink()


def _make_folder(_: contextlib.ExitStack, path: str) -> None:
    Path(path).mkdir(parents=True)


def _make_file(_: contextlib.ExitStack, path: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(b"")


def _hold(during: contextlib.ExitStack, path: str) -> None:
    """Make a file one that Windows does not let go of."""
    reach = write._reach  # noqa: SLF001 - where Windows would refuse

    def refused(target: Path) -> None:
        if target.match(path):
            raise PermissionError(errno.EACCES, "")
        reach(target)

    during.enter_context(mock.patch.object(write, "_reach", refused))
    during.enter_context(mock.patch.object(write, "_WINDOWS", new=True))


def _stop_pandoc(during: contextlib.ExitStack) -> None:
    during.enter_context(mock.patch("pypandoc.convert_file", side_effect=RuntimeError))
    during.enter_context(mock.patch.dict(_TYPES, clear=True))
    during.enter_context(mock.patch.object(cache, "place", side_effect=OSError))


def _go_wrong(during: contextlib.ExitStack) -> None:
    during.enter_context(mock.patch.object(pipeline, "build", side_effect=ZeroDivisionError))
    during.enter_context(mock.patch.object(boundary, "_log", return_value=Path("cpomgen-1a2b3c4d.log")))


def _answer_not(during: contextlib.ExitStack) -> None:
    during.enter_context(mock.patch.object(distributed, "Client", side_effect=OSError))


def _lose_table(during: contextlib.ExitStack) -> None:
    during.enter_context(mock.patch.object(fill, "_grids", return_value=iter(["<w:tblGrid/>"])))


def _never_end(during: contextlib.ExitStack) -> None:
    """Lose patience at once, as one would with a page that is never done."""
    during.enter_context(mock.patch.object(typeset, "_within", _lost))


def _lost(_: object, mark: Mark) -> None:
    with mock.patch.object(typeset, "PATIENCE", 600), mock.patch("threading.Thread"):
        WITHIN(lambda: None, mark)


def _record(_: contextlib.ExitStack) -> None:
    record(Path())


def _begin_branch(_: contextlib.ExitStack, name: str) -> None:
    git = repository(Path())
    git.checkout(git.branches.create(name, git[git.head.target].peel(pygit2.Commit)))


def _change_branch(_: contextlib.ExitStack, name: str) -> None:
    git = repository(Path())
    git.checkout(git.branches[name], strategy=CheckoutStrategy.FORCE)


def _merge(_: contextlib.ExitStack, name: str) -> None:
    """Merge a branch as git does when no line is changed on both sides."""
    git = repository(Path())
    sides = [git.branches[each].peel(pygit2.Commit).id for each in (git.head.shorthand, name)]
    git.merge(sides[1])
    assert not git.index.conflicts
    record(Path(), parents=sides, message=f"Merge branch '{name}'")
    git.state_cleanup()


def _fetch_other(_: contextlib.ExitStack, tag: str, server: str, name: str) -> None:
    """Know a tag of a server as `cpomgen git install` lets it be known: made there by somebody else."""
    git = repository(Path())
    who = pygit2.Signature(name, "ailleurs@exemple.fr", WHO.time, WHO.offset)
    made = git.create_tag("ailleurs", git.head.target, ObjectType.COMMIT, who, "essai")
    git.references.delete("refs/tags/ailleurs")
    git.create_reference(f"refs/cpomgen/{server}/{tag.removeprefix('cpom/')}", made)


def _tag(_: contextlib.ExitStack, name: str) -> None:
    tag(Path(), name)


def _add_remote(_: contextlib.ExitStack, url: str) -> None:
    repository(Path()).remotes.create("origin", url)


def _have(during: contextlib.ExitStack, name: str, number: str) -> None:
    during.enter_context(mock.patch("cpomgen.engines.engines", return_value={name: number}))


def _forget_name(_: contextlib.ExitStack) -> None:
    del repository(Path()).config["user.name"]


def _lose_tag(_: contextlib.ExitStack, name: str) -> None:
    repository(Path()).references.delete(f"refs/tags/{name}")


def _start_again(_: contextlib.ExitStack) -> None:
    """Make the last commit one without a past, as a merge that squashes does."""
    record(Path(), parents=[], message="fusion")


def _make_link(_: contextlib.ExitStack, path: str, target: str) -> None:
    record(Path(), links={path: target})


def _save_meanwhile(during: contextlib.ExitStack, path: str) -> None:
    def weighed(*asked: Any) -> Any:
        _edit(during, path)
        return propose(*asked)

    during.enter_context(mock.patch.object(importing, "propose", weighed))


ACTS: tuple[tuple[str, Callable[..., None]], ...] = (
    (r"# on modifie à la main (\S+)", _edit),
    (r"# on remplace « (.+) » par « (.*) » dans (\S+)", _replace),
    (r"# on ajoute « (.+) » à (\S+)", _append),
    (r"# on efface (\S+)", _remove),
    (r"# on crée le dossier (\S+)", _make_folder),
    (r"# on crée le fichier (\S+)", _make_file),
    (r"# (\S+) est ouvert dans Word", _hold),
    (r"# (\S+) est enregistré pendant l'import", _save_meanwhile),
    (r"# pandoc s'arrête sur le modèle", _stop_pandoc),
    (r"# une erreur est la nôtre", _go_wrong),
    (r"# l'ordonnanceur ne répond pas", _answer_not),
    (r"# un tableau du modèle se perd dans le fichier Word", _lose_table),
    (r"# la mise en page ne finit pas", _never_end),
    (r"# on enregistre le projet dans git", _record),
    (r"# on enregistre le projet dans git, sans lien avec ce qui précède", _start_again),
    (r"# on enregistre dans git (\S+), un lien vers (\S+)", _make_link),
    (r"# on ajoute le serveur (\S+)", _add_remote),
    (r"# (\w+) est ici à la version (\S+)", _have),
    (r"# git ne connaît plus votre nom", _forget_name),
    (r"# l'étiquette (\S+) se perd", _lose_tag),
    (r"# on pose l'étiquette (\S+)", _tag),
    (r"# on commence la branche (\S+)", _begin_branch),
    (r"# on revient à la branche (\S+)", _change_branch),
    (r"# on fusionne la branche (\S+)", _merge),
    (r"# l'étiquette (\S+) de (\S+) y a été posée par (\S+)", _fetch_other),
)
