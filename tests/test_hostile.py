"""Any bytes as a contract, a schema, a manifest, a look or a Word template: French problems or a document, no more."""

from __future__ import annotations

import faulthandler
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from essai import CONTRACT, MODELE, SCHEMA, gabarit, project
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import ROOT, Files, real_schema
from mutate import NASTY, document_of, mutants, portions, spoilt, thinned, torn, written
from wordfile import parts_of

from cpomgen.check import check_word
from cpomgen.cli import main
from cpomgen.examine import Dossier, examine
from cpomgen.fields import read_schema
from cpomgen.gabarits import check_template
from cpomgen.load import load
from cpomgen.modele import read_modele
from cpomgen.package import pack, unpack
from cpomgen.problem import Problem, ProblemError
from cpomgen.resolve import resolve
from cpomgen.schema import Schema
from cpomgen.schemas import schema_of_type
from cpomgen.tree import WorkTree
from cpomgen.validate import validate
from cpomgen.word import open_template

REAL = (ROOT / "contracts/arespa.yaml").read_text(encoding="utf-8")
STYLE = (ROOT / "templates/cpom_type/style.typ").read_text(encoding="utf-8")
THIN = written(thinned(document_of(REAL))).decode()
PORTIONS = [written(each).decode() for each in portions(thinned(document_of(REAL)))]  # quicker to read than the whole
FILE = "contracts/arespa.yaml"
ENGLISH = (" the ", "found", "expected", "Error", "error", "invalid", "Traceback", "<class")
LONGEST = 20_000  # signs of a message: a value may be repeated, a file may not


@pytest.fixture(autouse=True)
def never_hangs() -> Iterator[None]:
    """End the run with a traceback, rather than let it hang."""
    faulthandler.dump_traceback_later(300, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def read(content: bytes, schema: Schema, file: str = FILE) -> None:
    """Take a contract through the reading line and the rules: it stands, or ProblemError is raised."""
    contrat = resolve(validate(load(Files({file: content}), file), schema), schema)
    found = [*contrat.problems, *examine(Dossier(contrat, schema, settled=True))]
    if found:
        raise ProblemError(*found)


def told(call: Callable[[], object]) -> tuple[Problem, ...]:
    """Return the problems that a call stops for, none when it does not; each is French, short and at its place."""
    try:
        call()
    except ProblemError as error:
        assert error.problems  # noqa: PT017 - either end will do
        for problem in error.problems:
            assert problem.code.startswith("CPOM")
            assert problem.mark.file
            assert (
                problem.mark.line >= 1 or problem.code in ("CPOM101", "CPOM116") or problem.mark.file.endswith(".docx")
            )
            assert 0 < len(problem.message) < LONGEST
            assert not any(word in problem.message for word in ENGLISH), problem.message
        return error.problems
    return ()


def broken(found: list[tuple[Problem, ...]]) -> int:
    """Return how many have more against them than a rule of law or of usage."""
    return sum(any(not problem.code.startswith("CPOM4") for problem in problems) for problems in found)


def it_tells_in_french_what_is_wrong_in_a_thousand_contracts() -> None:
    spoiled = [*mutants(REAL, 25), *(each for seed, text in enumerate(PORTIONS) for each in mutants(text, 195, seed))]
    found = [told(partial(read, content, real_schema())) for content in spoiled]
    assert len(found) == 1000
    assert broken(found) > 500
    assert len({problem.code for problems in found for problem in problems}) > 12


@pytest.mark.parametrize("nasty", NASTY, ids=lambda value: ascii(value)[:20])
def it_takes_or_refuses_each_nasty_value_in_each_kind_of_field(nasty: object) -> None:
    document = document_of(THIN)
    for key in list(document):
        told(partial(read, written({"type": "cpom_type", key: nasty}), real_schema()))
    told(partial(read, written(nasty), real_schema()))
    told(partial(read, written({**document, str(nasty): nasty}), real_schema()))


# Hypothesis

YAMLISH = st.text(st.sampled_from("ab:-[]{}'\"\\#&*!|>%@`?,=<~. \n\t01é\u0301\u200b\x00٣"), max_size=60)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(NASTY),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=6), below, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=200))
def it_reads_or_refuses_any_bytes(content: bytes) -> None:
    told(lambda: read(content, real_schema()))


@given(st.integers(0, len(THIN)), YAMLISH)
@settings(max_examples=40)
def it_reads_or_refuses_a_contract_with_anything_typed_in_it(at: int, text: str) -> None:
    told(lambda: read((THIN[:at] + text + THIN[at:]).encode(), real_schema()))


def it_takes_the_thin_contract() -> None:
    assert {each.code[:5] for each in told(partial(read, THIN.encode(), real_schema()))} == {"CPOM4"}


@given(st.dictionaries(st.sampled_from(sorted(real_schema().root.fields)), TREES, max_size=6))
def it_reads_or_refuses_any_tree(document: dict[str, object]) -> None:
    told(lambda: read(written({"type": "cpom_type", "identifiant": "arespa", **document}), real_schema()))


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def it_reads_or_refuses_pieces_moved_anywhere(random: Random) -> None:
    told(lambda: read(spoilt(document_of(CONTRACT), random), schema_of_essai(), "contracts/essai.yaml"))


def schema_of_essai() -> Schema:
    return read_schema(load(Files({"schemas/essai.yaml": SCHEMA}), "schemas/essai.yaml"))


# Schemas, manifests


def it_tells_what_is_wrong_in_a_schema_or_reads_contracts_with_it() -> None:
    def line(content: bytes) -> None:
        schema = read_schema(load(Files({"schemas/essai.yaml": content}), "schemas/essai.yaml"))
        read(CONTRACT.encode(), schema, "contracts/essai.yaml")

    found = [told(partial(line, content)) for content in mutants(SCHEMA, 600)]
    assert 100 < broken(found) < 600


def it_tells_what_is_wrong_in_the_real_schema_and_in_what_it_shares() -> None:
    def line(path: str, content: bytes) -> None:
        read(THIN.encode(), schema_of_type(Files({path: content}, WorkTree(ROOT)), "cpom_type"))

    for path in ("schemas/cpom_type.yaml", "schemas/communs/parties.yaml"):
        text = (ROOT / path).read_text(encoding="utf-8")
        for content in mutants(text, 8, seed=2):
            told(partial(line, path, content))


def it_tells_what_is_wrong_in_a_manifest() -> None:
    scope = {"nom": "x", "exercices": (2012,), "annexe": ""}

    def line(content: bytes) -> None:
        modele = read_modele(load(Files({"templates/essai/modele.yaml": content}), "templates/essai/modele.yaml"))
        for section in modele.sections:
            section.holds(scope)
        for document in modele.documents:
            modele.title(document, scope)

    found = [told(partial(line, content)) for content in mutants(MODELE, 600)]
    assert 100 < sum(map(bool, found)) < 600


# Word templates


def opened(data: bytes) -> None:
    check_word(open_template(unpack(data, "gabarit.docx")), STYLE)


def damaged(count: int, seed: int) -> Iterator[bytes]:
    """Yield Word files with bytes of their zip changed, then with bytes of one of their parts changed."""
    random = Random(seed)  # noqa: S311 - nobody's secret
    parts = parts_of(gabarit())
    for number in range(count):
        if number % 3 == 0:
            yield torn(gabarit(), random)
            continue
        name = random.choice(sorted(parts))
        changed = torn(parts[name], random) if number % 3 == 1 else wild(parts[name], random)
        yield pack(parts | {name: changed})


def wild(content: bytes, random: Random) -> bytes:
    """Return XML where an element is repeated, emptied or taken out, or an attribute has a nasty value."""
    pieces = content.split(b"<")
    at = random.randrange(1, len(pieces))
    how = random.randrange(4)
    if how == 0:
        pieces[at] = pieces[at].replace(b'="', b'="' + ascii(random.choice(NASTY)).encode().replace(b'"', b""), 1)
    elif how == 1:
        pieces.insert(at, pieces[random.randrange(1, len(pieces))])
    elif how == 2:
        pieces[at] = b"w:br/>" + pieces[at].partition(b">")[2]
    else:
        pieces[at] += random.choice((b"{{", b"{% for", b"{%p endif %}", b"{% vm %}", b"{{ nom.__class__ }}", b"Zq1qZ"))
    return b"<".join(pieces)


def it_tells_what_is_wrong_in_a_word_template() -> None:
    found = [told(partial(opened, data)) for data in damaged(200, seed=1)]
    assert sum(map(bool, found)) > 100


def it_compiles_or_refuses_a_damaged_word_template() -> None:
    files = {"schemas/essai.yaml": SCHEMA, "templates/essai/modele.yaml": MODELE, "templates/essai/style.typ": STYLE}
    for data in damaged(60, seed=2):

        def line(data: bytes = data) -> None:
            if problems := check_template(Files({**files, "templates/essai/gabarit.docx": data}), "essai"):
                raise ProblemError(*problems)

        told(line)


# The commands, as an officer types them


CONTRACTS = (
    b"", b"\xff", b"\x00" * 99, b"[" * 99_999, b"a: &a [*a]", b"- a", "é".encode("utf-16"), b"type: [essai]",
    b"type: ../essai", b"type: essai\ntype: essai",
    *(
        CONTRACT.replace(old, new).encode()
        for old, new in (
            ("nom:", "nmo:"), ("2012-01-01", "0001-01-01"), ("2013-12-31", "9999-12-31"), ("2012-01-01", "2012-02-30"),
            ("identifiant: essai", "identifiant: ../essai"), ("Réseau", "\U0001f600"), ("Réseau", "\u6f22"),
        )
    ),
    (CONTRACT + "annexe: " + "a" * 200_000 + "\n").encode(),
    (CONTRACT + "annexe: |\n" + "  - a\n" * 100_000).encode(),
)  # fmt: skip
OTHERS: tuple[tuple[str, bytes], ...] = (
    ("schemas/essai.yaml", b""), ("schemas/essai.yaml", b"type: essai"), ("schemas/essai.yaml", b"\xff"),
    ("schemas/essai.yaml", SCHEMA.replace("type: texte", "type: list").encode()),
    ("schemas/essai.yaml", SCHEMA.replace("type: texte", "type: code, regex: '(a+)+$'").encode()),
    ("templates/essai/modele.yaml", b""), ("templates/essai/modele.yaml", b"[]"),
    ("templates/essai/modele.yaml", MODELE.replace("gabarit.docx", "../../gabarit.docx").encode()),
    ("templates/essai/modele.yaml", MODELE.replace("nom: contrat", "nom: ../contrat").encode()),
    ("templates/essai/modele.yaml", MODELE.replace("{{ nom }}", "{{ nom | jour }}").encode()),
    ("templates/essai/gabarit.docx", b""), ("templates/essai/gabarit.docx", b"PK\x03\x04"),
    ("templates/essai/gabarit.docx", gabarit("{%p for a in nom %}", "x", "{%p endfor %}")),
    ("templates/essai/gabarit.docx", gabarit("{{ nom.__class__ }}")),
    ("templates/essai/style.typ", b""), ("templates/essai/style.typ", b"\xff"),
    ("templates/essai/style.typ", b"#while true {}"), ("templates/essai/style.typ", b"#panic()"),
    ("templates/essai/style.typ", b'#import "@preview/x:0.1.0"'),
    ("templates/essai/style.typ", b"#let f(x) = f(x)\n#f(1)"),
)  # fmt: skip


def status(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> object:
    """Return the exit status of a command line in a folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["cpomgen", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return caught.value.code


@pytest.mark.parametrize("content", CONTRACTS, ids=lambda content: ascii(content)[:24])
def it_leaves_with_1_for_a_hostile_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    root = project(tmp_path)
    (root / "contracts/essai.yaml").write_bytes(content)
    assert status(monkeypatch, root, "build", "essai") == 1
    assert not (root / "out").exists()


@pytest.mark.parametrize(("path", "content"), OTHERS, ids=lambda value: ascii(value)[:24])
def it_leaves_with_1_for_a_hostile_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, content: bytes
) -> None:
    root = project(tmp_path)
    (root / path).write_bytes(content)
    assert status(monkeypatch, root, "build", "essai") == 1
    assert status(monkeypatch, root, "template", "check") in (0, 1)


@pytest.mark.parametrize(
    "name", ["..", "../essai", "CON", "nul.yaml", "a" * 300, "", " ", "é", "\udce9", "a/b/c", "*", "-"]
)
def it_never_leaves_with_3_for_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    root = project(tmp_path)
    assert status(monkeypatch, root, "build", name) in (0, 1, 2)
    assert status(monkeypatch, root, "template", "check", name) in (0, 1, 2)
