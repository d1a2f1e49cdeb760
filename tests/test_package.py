"""Word files opened within bounds and written the same way every time; damaged, encrypted or hostile ones refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from memory import problems_of
from wordfile import FILE, parts_of, word

from cpomgen.package import EPOCH, MAX_PARTS, MAX_XML, Package, pack, parse, unpack
from cpomgen.problem import Problem

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes, remedy: str = "rouvrez-le dans Word et enregistrez-le au format .docx.") -> Problem:
    [problem] = problems_of(unpack, data, FILE)
    assert (problem.code, str(problem.mark)) == ("CPOM301", FILE)
    assert problem.remedy == remedy
    return problem


@pytest.mark.parametrize(
    "data",
    [b"", b"{\\rtf1 bonjour}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, word("a")[:-30], word("a")[:400]],
    ids=["empty", "rtf", "encrypted by Word", "cut short", "cut shorter"],
)
def it_refuses_what_is_no_word_file(data: bytes) -> None:
    assert refusal(data).message == (
        "ce fichier Word est illisible : ce n'est pas un .docx, ou il est abîmé ou chiffré."
    )


@pytest.mark.parametrize("position", range(80, 600, 40))
def it_refuses_a_file_damaged_anywhere_in_its_data(position: int) -> None:
    data = bytearray(zipped({"word/document.xml": bytes(range(256)) * 40}))
    data[min(position, len(data) // 2)] ^= 0x55
    assert refusal(bytes(data)).code == "CPOM301"


def it_refuses_a_zip_with_a_password() -> None:
    data = bytearray(zipped({"word/document.xml": b"<a/>"}))
    data[6] |= 1
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    assert "chiffré" in refusal(bytes(data)).message


def it_refuses_macros() -> None:
    data = zipped(parts_of(word("a")) | {"word/vbaProject.bin": b"\0"})
    assert refusal(data).message == "ce fichier Word est illisible : il contient des macros."


def it_refuses_a_bomb_without_opening_it() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(9):
            archive.writestr(f"word/{n}.xml", bytes(8 * 1024 * 1024))
    assert len(buffer.getvalue()) < 100_000
    assert refusal(buffer.getvalue()).message == "ce fichier Word est illisible : il est démesuré."


def it_refuses_too_many_parts() -> None:
    assert "démesuré" in refusal(zipped({f"{n}.xml": b"" for n in range(MAX_PARTS + 1)})).message


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "docProps/core.xml", "[Content_Types].xml", "_rels/.rels"]
)
@pytest.mark.parametrize("content", [b"", b"<a>", b"<a>\xff</a>", b"<w:p/>"])
def it_refuses_a_part_that_is_no_xml(name: str, content: bytes) -> None:
    assert refusal(zipped(parts_of(word("a")) | {name: content})).message == (
        f"ce fichier Word est illisible : la partie « {name} » est abîmée."
    )


@pytest.mark.parametrize(
    "prolog",
    [
        BOMB + "]>",
        '<!DOCTYPE w [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://exemple.fr/a.dtd">',
    ],
    ids=["bomb", "file", "network"],
)
@pytest.mark.parametrize("name", ["word/document.xml", "docProps/core.xml"])
def it_refuses_entities_in_a_part(prolog: str, name: str) -> None:
    content = f"{prolog}<w>{'&j;' if 'ENTITY j' in prolog else ''}</w>".encode()
    assert f"« {name} »" in refusal(zipped(parts_of(word("a")) | {name: content})).message


def it_says_which_part_is_missing() -> None:
    [problem] = problems_of(Package(FILE, {}).root, "word/styles.xml")
    assert problem.message == "ce fichier Word est illisible : il manque la partie « word/styles.xml »."


def it_reads_the_targets_of_relationships_and_leaves_external_ones() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="styles.xml"/><Relationship Id="b" Target="/word/header1.xml"/>'
        '<Relationship Id="c" Target="../customXml/item1.xml"/>'
        '<Relationship Id="d" Target="http://exemple.fr" TargetMode="External"/></Relationships>'
    )
    package = Package(FILE, {"word/_rels/document.xml.rels": rels.encode()})
    assert package.relationships("word/document.xml") == {
        "a": "word/styles.xml",
        "b": "word/header1.xml",
        "c": "customXml/item1.xml",
    }
    assert package.relationships("word/header1.xml") == {}


def it_writes_the_same_parts_as_the_same_bytes() -> None:
    parts = {"word/b.xml": b"<b/>", "[Content_Types].xml": b"<t/>", "a.xml": b"<a/>"}
    assert pack(parts) == pack(dict(reversed(list(parts.items()))))
    with zipfile.ZipFile(io.BytesIO(pack(parts))) as archive:
        assert [entry.filename for entry in archive.infolist()] == ["[Content_Types].xml", "a.xml", "word/b.xml"]
        assert {(entry.date_time, entry.create_system) for entry in archive.infolist()} == {(EPOCH, 0)}


def it_reads_what_it_wrote() -> None:
    parts = parts_of(word("é"))
    assert dict(unpack(pack(parts), FILE).parts) == parts


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def it_refuses_a_compression_that_word_has_not(compression: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert "compressé" in refusal(buffer.getvalue()).message


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/document.xml", "word/Document.xml"])
def it_refuses_a_part_that_is_there_twice(second: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("word/document.xml", second):
            archive.writestr(name, b"<a/>")
    assert "deux fois" in refusal(buffer.getvalue()).message


@pytest.mark.parametrize(
    "name", ["../x.xml", "/x.xml", "a/../../x", "c:x", "a\\b.xml", "é.xml", "a" * 300, ".x", "a\nb"]
)
def it_refuses_a_part_that_would_go_elsewhere(name: str) -> None:
    assert "nom interdit" in refusal(zipped({name: b"<a/>"})).message


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml"),
        ("[Content_Types].xml", "<Default", '<Override ContentType="x.vbaProject"/><Default'),
        ("word/_rels/document.xml.rels", "<Relationship ", '<Relationship Type="x/vbaProject"/><Relationship '),
    ],
)  # fmt: skip
def it_refuses_macros_under_another_name(part: str, old: str, new: str) -> None:
    parts = parts_of(word("a"))
    assert old in parts[part].decode()
    changed = parts[part].decode().replace(old, new, 1).encode()
    assert "macros" in refusal(zipped(parts | {part: changed})).message


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "subDocument"])
def it_refuses_what_goes_and_gets_something_elsewhere(kind: str) -> None:
    rels = parts_of(word("a"))["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="x" Type="http://x/{kind}" Target="http://exemple.fr/a" TargetMode="External"/>'
    changed = {"word/_rels/settings.xml.rels": rels.replace("<Relationship ", f"{link}<Relationship ", 1).encode()}
    message = refusal(zipped(parts_of(word("a")) | changed)).message
    assert f"il va chercher un autre fichier ({kind} : « http://exemple.fr/a »)" in message


def it_tells_how_to_do_without_a_linked_picture() -> None:
    rels = parts_of(word("a"))["word/_rels/document.xml.rels"].decode()
    link = '<Relationship Id="x" Type="http://x/image" Target="file:///c:/logo.png" TargetMode="External"/>'
    changed = {"word/_rels/document.xml.rels": rels.replace("<Relationship ", f"{link}<Relationship ", 1).encode()}
    remedy = "supprimez cette image, puis insérez-la sans la lier (dans Writer, sans cocher « Lier »)."
    message = refusal(zipped(parts_of(word("a")) | changed), remedy).message
    assert "il va chercher un autre fichier (image : « file:///c:/logo.png »)" in message


def it_refuses_xml_beyond_all_measure() -> None:
    assert "démesuré" in refusal(zipped({"word/document.xml": b"<a>" + b" " * MAX_XML + b"</a>"})).message


def it_leaves_out_comments_and_instructions() -> None:
    root = parse(b"<?a b?><a><!-- c --><?d e?><b/></a>")
    assert [child.tag for child in root] == ["b"]
