"""The shape of the code, read from its syntax: who imports whom, who prints, who writes, who starts processes."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "cpomgen"
FILES = {".".join(path.relative_to(FOLDER).with_suffix("").parts): path for path in sorted(FOLDER.rglob("*.py"))}
MODULES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
ORDER = ("pipeline", "amending")  # of the stages: of a contract, of what amends it
STAGES = {"load", "validate", "resolve", "compile", "prepare", "print", "typeset", "fill", "write"}
STAGES |= {
    "advise",
    "amend",
    "brief",
    "enact",
    "redline",
    "canonical",
    "check",
    "compare",
    "consolidate",
    "difference",
    "draft",
    "editor",
    "examine",
    "finances",
    "graft",
    "instruct",
    "join",
    "outline",
    "reach",
    "reference",
    "renew",
    "unprinted",
}
ASIDE = {  # what the pipeline leaves to others: what prints no contract, what makes files of what is printed
    "begin": {"load", "draft", "renew"},
    "commands.building": {"write"},  # documents that processes have made
    "commands.gone": {"write"},
    "describe": {"editor", "reference"},
    "glance": {"load", "outline"},
    "ligne": {"load", "draft", "graft"},
    "schemas": {"load"},  # of the files of a type of contract
    "press": {"canonical", "fill", "typeset"},
    "overlay": {"redline"},
    "returned": {"compare"},  # of two files, without a contract
}
READERS = {"reading", "gabarits"}  # of contracts, of what prints them
READ = {
    "load",
    "join",
    "validate",
    "resolve",
    "examine",
    "compile",
    "prepare",
    "check",
    "reach",
    "typeset",
}  # files to values
HELPERS = {
    "conflict": "load",
    "syntax": "load",
    "scalars": "validate outline join saisie tabulate ligne commands.importing",
    "commas": "validate",
    "pandoc": "compile",
    "compose": "typeset",
    "lock": "write",
    "media": "fill",
    "pictures": "check",
    "pdfwords": "pdf",
    "forms": "check",
    "quoted": "prepare",
    "unfold": "prepare wordwise",
    "tied": "fill",
    "leaf": "editor",
    "scaffold": "editor",
    "align": "texts",
    "opened": "reread wordspan",
    "wordspan": "reread",
    "wordtable": "reread",
    "wordlook": "wordspan",
    "wordfield": "wordspan",
    "spots": "returned",
    "borrowed": "redline",
    "tracked": "redline",
    "held": "redline tracked",
    "instep": "redline held",
    "pace": "tracked",
    "wordwise": "tracked",
    "clauses": "amend",
    "levels": "amend",
    "outdated": "advise",
    "retrace": "consolidate",
    "rows": "clauses",
    "cells": "rows",
    "effects": "summary catalogued",
    "catalogued": "summary",
    "chapter": "summary effects catalogued",
}
VALUES = {("press", "compose", "Attachment"), ("amending", "retrace", "Etape")}  # what is handed to a stage
SPEAKERS = {"boundary", "francais"}  # and the commands
WRITERS = {"write", "create", "disk", "lock", "cache", "trace"}
WRITERS |= {"boundary", "pandoc", "typeset"}  # a log, and what the system's own folder holds for a moment
WRITING = {"write_bytes", "write_text", "mkdir", "makedirs", "unlink", "rmdir", "rename", "touch", "open", "symlink_to"}
DISKS = {"shutil", "tempfile"}
STARTERS = {"subprocess", "multiprocessing", "concurrent", "os.system", "os.popen", "os.fork", "asyncio", "pty"}
SHARED = {
    "CPOM681": {"commands.placed", "commands.redline"},  # a file that cannot be written where it is asked
    "CPOM301": {"package", "word"},  # a Word file that cannot be read
    "CPOM303": {"compile", "prepare"},  # tags that do not answer each other
}


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what a module imports: the module it is in, and its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)


def ours(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the modules of the package that a module imports, with the name taken from each."""
    for module, name in imports(tree):
        inside = f"{module}.{name}".removeprefix("cpomgen.")
        if module.startswith("cpomgen") and inside in MODULES:
            yield inside, ""
        elif module.startswith("cpomgen."):
            yield module.removeprefix("cpomgen."), name


def calls(tree: ast.Module) -> Iterator[str]:
    """Yield the last name of each function called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def it_lets_the_pipeline_alone_import_stages() -> None:
    found = [(at, taken) for at, tree in MODULES.items() for taken, _ in ours(tree) if taken in STAGES]
    assert [each for each in found if each[0] not in (*ORDER, *READERS, *ASIDE)] == []
    assert {taken for _, taken in found} == STAGES
    assert {taken for at, taken in found if at in READERS} == READ
    assert {at: {taken for user, taken in found if user == at} for at in ASIDE} == ASIDE


def it_lets_the_commands_alone_import_the_pipeline() -> None:
    users = {at for at, tree in MODULES.items() for taken, _ in ours(tree) if taken in (*ORDER, "reading", "glance")}
    assert {at for at in users if not at.startswith("commands.")} == set(ORDER)


def it_keeps_a_helper_to_its_stage() -> None:
    found = [(at, *taken) for at, tree in MODULES.items() for taken in ours(tree) if taken[0] in HELPERS]
    assert [each for each in found if each[0] not in HELPERS[each[1]].split() and each not in VALUES] == []


def it_keeps_the_rules_to_the_stage_that_asks_them() -> None:
    users = {at for at, tree in MODULES.items() for taken, _ in ours(tree) if taken.startswith("rules.")}
    assert {at for at in users if not at.startswith("rules.")} == {"examine"}


def it_prints_at_the_edge_alone() -> None:
    speakers = {at for at, tree in MODULES.items() if {"print", "echo", "secho"} & set(calls(tree))}
    assert {at for at in speakers if not at.startswith("commands.")} <= SPEAKERS


def it_writes_files_where_they_are_written_alone() -> None:
    writers = {at for at, tree in MODULES.items() if WRITING & set(calls(tree))}
    writers |= {at for at, tree in MODULES.items() if DISKS & {module for module, _ in imports(tree)}}
    assert writers == WRITERS


def it_starts_no_program_but_pandoc() -> None:
    names = {at: {each for pair in imports(tree) for each in (pair[0], ".".join(pair))} for at, tree in MODULES.items()}
    starters = {at for at, found in names.items() if any(f"{n}.".startswith(f"{s}.") for n in found for s in STARTERS)}
    assert starters == {"pool"}  # processes of our own, for contracts to be built at once
    assert [at for at, found in names.items() if "pypandoc" in found] == ["pandoc"]
    assert not {"system", "popen", "Popen", "fork", "execv", "spawnv"} & {n for t in MODULES.values() for n in calls(t)}


def it_knows_git_in_two_modules() -> None:
    users = {at for at, tree in MODULES.items() for module, _ in imports(tree) if module.split(".")[0] == "pygit2"}
    assert users == {"repository", "gittree"}
    takers = {at for at, tree in MODULES.items() for taken, _ in ours(tree) if taken in users}
    assert takers.isdisjoint(STAGES | set(ORDER))


def it_keeps_functions_and_modules_short() -> None:
    lengths = {at: FILES[at].read_text(encoding="utf-8").count("\n") for at in MODULES}
    assert {at: lines for at, lines in lengths.items() if lines > 300} == {}
    functions = ((at, node) for at, tree in MODULES.items() for node in ast.walk(tree))
    sizes = {
        f"{at}.{node.name}": (node.end_lineno or 0) - node.body[0].lineno + 1
        for at, node in functions
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in sizes.items() if size > 40} == {}


def it_says_first_what_each_module_is() -> None:
    assert [at for at, tree in MODULES.items() if at != "__init__" and not ast.get_docstring(tree)] == []


def it_gives_each_code_one_meaning() -> None:
    users = defaultdict(set)
    for at in MODULES:
        for code in re.findall(r"CPOM\d{3}", FILES[at].read_text(encoding="utf-8")):
            users[code].add(at)
    assert {code: found for code, found in users.items() if len(found) > 1} == SHARED
