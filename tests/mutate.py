"""Files spoilt on purpose, the same on every run: a contract with its pieces moved, its values nasty, its bytes cut."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import yaml

NASTY: tuple[Any, ...] = (
    None, "", [], {}, "null", "~", [None], {"": ""}, {"a": {"b": ["c"]}}, [[[[]]]], 0, -1, 1.5, True,
    "NaN", ".nan", "Infinity", "-.inf", "1e400", "1_0", "0x1F", "٢٠١٢", "２０１２",
    "1 000", "1\u202f000,50 €", "9" * 400,
    "2012-02-30", "0001-01-01", "9999-12-31", "31/12/2012", "2012", "0000",
    "../../etc/passwd", "..", "CON", "nul.yaml", "com1", "a" * 300, "a" * 6000, "é" * 300, "\u0301" * 30,
    "{{ 1 }}", "{% for %}", "${x}", "<w:p/>", "&amp;", "#import", "\\u{0}", "%s", "{0}", '"a ' * 50,
    "\x00", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\ufffe", "\U0001f600", "漢", "\t", "\r\n", "a\nb", "- a",
)  # fmt: skip

Document = Any
Step = tuple[Any, Any]  # a container, and where in it


class _Whole(yaml.SafeDumper):
    """YAML that writes a thing again each time it is met."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - of all things
        """Tell that nothing is written by reference."""
        return True


class _AsTyped(yaml.SafeLoader):
    """YAML whose scalars stay texts."""


_AsTyped.yaml_implicit_resolvers = {}


def document_of(text: str) -> Document:
    """Return a contract as plain lists, dicts and texts."""
    return yaml.load(text, Loader=_AsTyped)  # noqa: S506 - a loader that is safe


def thinned(node: Document, depth: int = 0) -> Document:
    """Return a contract that has one item of each list below the second level, and the first words of each text."""
    if isinstance(node, dict):
        return {key: thinned(below, depth + 1) for key, below in node.items()}
    if isinstance(node, list):
        return [thinned(below, depth + 1) for below in (node if depth < 2 else node[:1])]
    return node[:40].strip() if isinstance(node, str) else node


def portions(document: Document) -> Iterator[Document]:
    """Yield the contract with each of its annexes alone."""
    for name, annexe in document["annexes"].items():
        yield {**document, "annexes": {name: annexe}}


def written(document: Document) -> bytes:
    """Return a contract as a file, even one that no author could type."""
    text = yaml.dump(document, Dumper=_Whole, allow_unicode=True, sort_keys=False, width=200)
    return text.encode("utf-8", "surrogatepass")


def mutants(text: str, count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield as many spoilt copies of a YAML file: one in two by its structure, the others by its bytes."""
    random = Random(seed)  # noqa: S311 - nobody's secret
    document = document_of(text)
    for number in range(count):
        if number % 2:
            yield spoilt(document, random)
        else:
            yield torn(text.encode(), random)


def spoilt(document: Document, random: Random) -> bytes:
    """Return a contract, written again, with one to three of its pieces changed."""
    changed = copy.deepcopy(document)
    for _ in range(random.randint(1, 3)):
        steps = list(_steps(changed))
        if steps:
            random.choice(STRUCTURAL)(changed, steps, random)
    return written(changed)


def torn(content: bytes, random: Random) -> bytes:
    """Return some bytes with one to three of them, or of their lines, changed."""
    for _ in range(random.randint(1, 3)):
        content = random.choice(TEXTUAL)(content, random)
    return content


def _steps(node: Document) -> Iterator[Step]:
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, below in list(entries):
        yield node, key
        yield from _steps(below)


# Changes of structure: a contract, all its places, what chooses among them


def _delete(_: Document, steps: list[Step], random: Random) -> None:
    holder, key = random.choice(steps)
    del holder[key]


def _replace(_: Document, steps: list[Step], random: Random) -> None:
    holder, key = random.choice(steps)
    holder[key] = copy.deepcopy(random.choice(NASTY))


def _swap(_: Document, steps: list[Step], random: Random) -> None:
    (one, first), (two, second) = random.sample(steps, 2) if len(steps) > 1 else (steps[0], steps[0])
    one[first], two[second] = copy.deepcopy(two[second]), copy.deepcopy(one[first])


def _rename(_: Document, steps: list[Step], random: Random) -> None:
    holder, key = random.choice(steps)
    if isinstance(holder, dict):
        name = random.choice((f"{key}x", str(key)[1:], str(key).upper(), str(random.choice(NASTY)), "id", "numeros"))
        holder[name] = holder.pop(key)


def _duplicate(_: Document, steps: list[Step], random: Random) -> None:
    holder, key = random.choice(steps)
    if isinstance(holder, list):
        holder += [copy.deepcopy(holder[key])] * random.choice((1, 1, 2, 30))
    else:
        holder[f"{key}_bis"] = copy.deepcopy(holder[key])


def _move(document: Document, steps: list[Step], random: Random) -> None:
    holder, key = random.choice(steps)
    moved = copy.deepcopy(holder[key])
    target = random.choice([document, *(one[at] for one, at in steps if isinstance(one[at], dict | list))])
    if isinstance(target, list):
        target.append(moved)
    else:
        target[key] = moved


# Changes of bytes


def _flip(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) or 1)
    return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(INSERTED) + content[at:]


def _cut(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + content[at + random.choice((1, 1, 2, 10, 1000)) :]


def _truncate(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _repeat(content: bytes, random: Random) -> bytes:
    at, size = random.randrange(len(content) + 1), random.choice((1, 10, 500))
    return content[:at] + content[at : at + size] * random.choice((2, 3, 50)) + content[at:]


def _indent(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice((b" ", b"  ", b"\t", b"- ", b"")) + lines[at].removeprefix(
        random.choice((b"", b" ", b"  "))
    )
    return b"\n".join(lines)


def _shuffle(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


INSERTED = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\r", b"\r\n", b"\t", b"\n",
    b"'", b'"', b"[", b"]", b"{", b"}", b": ", b"- ", b"#", b"&a ", b"*a", b"!!python/name:os.system ", b"<<: ",
    b"---\n",
    b"...\n", b"|\n", b">-\n", b"%", b"? ", b"\xe2\x80\xa8", b"\x85", b"=======\n", b"\\", b"{{", b"%}", b"@", b"`",
    b"~",
    b"\xf0\x9f\x98\x80",
)  # fmt: skip
STRUCTURAL: tuple[Callable[[Document, list[Step], Random], None], ...] = (
    _delete, _replace, _replace, _replace, _swap, _rename, _duplicate, _move,
)  # fmt: skip
TEXTUAL: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip,
    _insert,
    _insert,
    _cut,
    _truncate,
    _repeat,
    _indent,
    _shuffle,
)
