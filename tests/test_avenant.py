"""`cpomgen avenant`, as an officer types it: what it writes, what it refuses, what it leaves alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import pytest
from essai import CONTRACT
from history import WHO, record, repository
from judged import Way, lines
from repository import needs_git, run
from typed import edit, in_git, typed
from wordfile import PARAGRAPHS, paragraph, word

from cpomgen.commands.acts import SUIVI
from cpomgen.package import DOCUMENT, unpack

MANIFEST = """
avenant:
  gabarit: avenant.docx
  titre: "Avenant n° {{ acte.numero }} – {{ nom }}"
  sections:
    - nom: acte
"""
OBJET = "        objet: {type: ligne, meta: {libelle: Objet, role: objet_avenant}}\n"
ANNOUNCED = 'avenants: [{numero: 1, objet: "le nom du réseau"}]\n'
NEW = CONTRACT.replace("d'essai", "d'appui") + ANNOUNCED


def each(item: str, of: str, *blocks: str) -> tuple[str, ...]:
    """Return blocks of a template, once for each item of a list."""
    return (f"{{%p for {item} in {of} %}}", *blocks, "{%p endfor %}")


def printed(field: str, how: str = "") -> tuple[str, ...]:
    """Return blocks of a template that print a field when there is one."""
    return (f"{{%p if {field} %}}", f"{{{{{how} {field} }}}}", "{%p endif %}")


ACTE = (
    paragraph("Avenant n° {{ acte.numero }}", style="heading 1"),
    "{{ acte.objet }} {{ acte.objets }}",
    "Contrat {{ exercices | first }}-{{ exercices | last }}",
    *(
        block
        for name in ("article_revision", "contrat_conclu", "contrat_effet", "expose", "date_effet", "jusqu_au_terme")
        for block in printed(f"acte.{name}")
    ),
    *each("each", "acte.motifs", "{{ each }}"),
    *each("each", "acte.decisions", "{{ each }}"),
    *each("each", "acte.perimees", "{{ each }}"),
    *each("each", "acte.anterieurs", "{{ each.numero }} {% if each.date %}{{ each.date }}{% endif %}"),
    *each(
        "article",
        "acte.articles",
        paragraph("{{ article.titre }}", style="heading 2"),
        *each("alinea", "article.alineas", *printed("alinea.texte"), *printed("alinea.citation", "p")),
    ),
    "{%p if acte.finances %}",
    "{{ acte.finances.avant }} {{ acte.finances.apres }} {{ acte.finances.ecart_absolu }} {{ acte.finances.exercices }}",  # noqa: E501 - one line of a Word file
    "{%p endif %}",
    *each("each", "acte.comparatif", "{{ each.lieu }}", "{{ each.avant }}", "{{ each.apres }}"),
    *each(
        "each",
        "acte.tableaux",
        "{{ each.libelle }}",
        *each(
            "l",
            "each.lignes",
            "{{ l.source }} {{ l.exercice }}",
            "{{ l.avant }} {{ l.apres }} {{ l.ecart }} {{ l.cumul }}",
        ),
    ),
    *each("each", "acte.annexes", "{{p each.citation }}"),
    "Mention : {{ edition.mention }}.",
)
STYLES = (*PARAGRAPHS, "Citation", "Citation titre", "Réduit", "Fort réduit", "Terme réduit")
SENTENCE = "À la rubrique « Contrat », au premier alinéa, le mot : « essai » est remplacé par le mot : « appui »."


def prepared(folder: Path) -> Path:
    """Return a project in git, whose type of contract has avenants, the contract frozen and edited since."""
    root = in_git(folder)
    edit(
        root / "schemas/essai.yaml",
        "        date_effet: {type: date, meta: {libelle: Effet, role: effet_avenant}}\n",
        OBJET,
    )
    with (root / "templates/essai/modele.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write(MANIFEST)
    (root / "templates/essai/avenant.docx").write_bytes(word(*ACTE, styles=STYLES))
    record(root)
    return root


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose contract is frozen and signed, then edited for its avenant 1."""
    root = prepared(tmp_path / "projet")
    monkeypatch.chdir(root)
    assert typed("freeze", "essai", "--le", "2012-06-11").return_value == 0
    assert typed("sign", "essai", "--le", "2012-06-18").return_value == 0
    (root / "contracts/essai.yaml").write_text(NEW, encoding="utf-8")
    return root


def texts(path: Path) -> list[str]:
    """Return the paragraphs of a Word document, no-break spaces made plain."""
    xml = zipfile.ZipFile(BytesIO(path.read_bytes())).read("word/document.xml").decode()
    lines = ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", each)) for each in xml.split("</w:p>"))
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines if line]


def it_writes_the_act_of_the_avenant_that_is_announced(root: Path) -> None:
    done = typed("avenant", "essai")
    assert done.return_value == 0, done.output
    assert done.output.replace("\u00a0", " ") == (
        "essai : avenant n° 1, 1 article modificatif, dans out/essai/avenant-1 : "
        "avenant (.docx, .pdf), consolide (.docx, .pdf), suivi-des-modifications (.docx).\n"
    )
    written = texts(root / "out/essai/avenant-1/avenant.docx")
    assert written[0] == "Avenant n° 1"
    assert SENTENCE in written
    assert written[-1] == "Mention : PROJET."
    assert (root / "out/essai/avenant-1/avenant.pdf").read_bytes().startswith(b"%PDF")


def it_writes_the_documents_that_are_asked_for(root: Path) -> None:
    done = typed("avenant", "essai", "--document", "consolide")
    assert done.output.replace("\u00a0", " ").endswith("dans out/essai/avenant-1 : consolide (.docx, .pdf).\n")
    assert {path.stem for path in (root / "out/essai/avenant-1").iterdir()} == {"consolide"}
    assert typed("avenant", "essai", "--document", "note").return_value == 1


def it_tells_what_a_consolidated_text_is(root: Path) -> None:
    said = " à jour de l’avenant n° 1, établie à titre d’information ; seuls font foi le contrat et ses avenants signés"
    assert typed("avenant", "essai", "--document", "consolide").return_value == 0
    assert f"PROJET de version consolidée{said}" in headers(root / "out/essai/avenant-1/consolide.docx")
    record(root)
    assert typed("freeze", "essai", "--le", "2012-12-05").return_value == 0
    assert typed("avenant", "essai", "--version", "1", "--ecraser").return_value == 0
    assert typed("build", "essai", "--version", "1").return_value == 0
    for path in (root / "out/essai/avenant-1/consolide.docx", *(root / "out/essai/v1").glob("*.docx")):
        assert {each for each in headers(path) if "consolidée" in each} >= {f"Version consolidée{said}"}


def headers(path: Path) -> list[str]:
    """Return what the headers of a Word document say."""
    with zipfile.ZipFile(path) as archive:
        found = [archive.read(name).decode() for name in archive.namelist() if "header" in name]
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", each)).replace("\u00a0", " ") for each in found]


def it_writes_the_same_bytes_twice(root: Path) -> None:
    def written() -> dict[str, bytes]:
        assert typed("avenant", "essai", "--ecraser").return_value == 0
        found = {path.name: path.read_bytes() for path in (root / "out/essai/avenant-1").iterdir()}
        for path in (root / "out/essai/avenant-1").iterdir():
            path.unlink()
        return found

    first = written()
    assert sorted(first) == [
        "avenant.docx", "avenant.pdf", "consolide.docx", "consolide.pdf", "suivi-des-modifications.docx",
    ]  # fmt: skip
    assert written() == first


def it_names_the_contract_that_it_amends_even_when_it_prolongs_it(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "date_fin: 2013-12-31", "date_fin: 2014-12-31")
    assert typed("avenant", "essai", "--document", "avenant").return_value == 0
    assert "Contrat 2012-2013" in texts(root / "out/essai/avenant-1/avenant.docx")


def it_amends_the_version_that_is_asked_for(root: Path) -> None:
    (root.parent / "été à l'œuvre").mkdir()
    file = root.parent / "été à l'œuvre/signé en juin.yaml"
    file.write_text(CONTRACT.replace("d'essai", "d'été"), encoding="utf-8")
    done = typed("avenant", "essai", "--from", "../été à l'œuvre/signé en juin.yaml")
    assert done.return_value == 0, done.output
    assert SENTENCE.replace("essai", "été") in texts(root / "out/essai/avenant-1/avenant.docx")


def it_needs_no_git_to_amend_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = prepared(tmp_path / "le projet d'été")
    rmtree(root / ".git")
    (root / "avant.yaml").write_text(CONTRACT, encoding="utf-8")
    (root / "contracts/essai.yaml").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = typed("avenant", "essai", "--from", "avant.yaml", "-C", "le projet d'été")
    assert done.return_value == 0, done.output
    assert SENTENCE in texts(root / "out/essai/avenant-1/avenant.docx")


def in_a_worktree(root: Path) -> tuple[Path, Path]:
    repository(root).add_worktree("lie", str(root.parent / "lié"))
    return root.parent / "lié", root.parent / "lié"


def in_a_submodule(root: Path) -> tuple[Path, Path]:
    inside = root.parent / "tout/contrats"
    repository(root.parent / "tout")
    add = ("git", "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(root), inside.name)
    assert run(inside.parent, *add).returncode == 0
    git = repository(inside)
    git.config["user.name"], git.config["user.email"] = WHO.name, WHO.email
    return inside, inside


def in_a_subfolder(root: Path) -> tuple[Path, Path]:
    rmtree(root / ".git")
    record(root.parent)
    return root, root.parent


@pytest.mark.parametrize("keep", [in_a_worktree, pytest.param(in_a_submodule, marks=needs_git), in_a_subfolder])
def it_works_wherever_git_keeps_the_project(tmp_path: Path, keep: Callable[[Path], tuple[Path, Path]]) -> None:
    root, top = keep(prepared(tmp_path / "projet"))

    def said(*words: str) -> str:
        done = typed(*words, "-C", str(root))
        assert done.return_value == 0, done.output
        return done.output

    said("freeze", "essai", "--le", "2012-06-11")
    said("sign", "essai", "--le", "2012-06-18")
    (root / "contracts/essai.yaml").write_text(NEW, encoding="utf-8")
    assert "[-essai-]{+appui+}" in said("diff", "essai")
    said("avenant", "essai", "--document", "avenant")
    assert SENTENCE in texts(root / "out/essai/avenant-1/avenant.docx")
    record(top)
    said("freeze", "essai", "--le", "2012-12-03")
    said("sign", "essai", "--version", "1", "--le", "2012-12-12")
    assert said("diff", "essai", "--from", "1") == "essai : rien ne change.\n"
    assert "[-appui-]{+essai+}" in said("diff", "essai", "--to", "cpom/essai/v0")
    assert "dans sa version v1" in said("show", "essai", "--au", "2013-01-01")
    assert "dans sa version v0" in said("show", "essai", "--au", "2013-01-01", "--connu-le", "2012-12-11")


def it_says_that_there_is_nothing_to_amend(root: Path) -> None:
    (root / "contracts/essai.yaml").write_text(CONTRACT + ANNOUNCED, encoding="utf-8")
    done = typed("avenant", "essai")
    assert done == (1, "essai : rien à modifier, le texte est celui de la version v0.\n")
    assert not (root / "out").exists()


def it_does_not_amend_what_is_merely_notified(root: Path) -> None:
    edit(root / "schemas/essai.yaml", "libelle: Nom,", "libelle: Nom, modification: notification,")
    assert typed("avenant", "essai").return_value == 1


def it_tracks_what_is_notified_too_and_says_whose_it_is(root: Path) -> None:
    edit(root / "schemas/essai.yaml", "libelle: Annexe}", "libelle: Annexe, modification: notification}")
    suivi = root / "out/essai/avenant-1/suivi-des-modifications.docx"
    for annexe, author in (("", "Avenant n°\u00a01"), ("annexe: Un texte.\n", "Avenant n°\u00a01 et notifications")):
        (root / "contracts/essai.yaml").write_text(NEW + annexe, encoding="utf-8")
        assert typed("avenant", "essai", "--document", SUIVI).return_value == 0
        written = unpack(suivi.read_bytes(), suivi.name).parts[DOCUMENT].decode()
        assert set(re.findall('w:author="(.*?)"', written)) == {author}
    assert typed("build", "essai", "--version", "0").return_value == 0
    frozen = (root / "out/essai/v0/contrat.docx").read_bytes()
    assert lines(suivi.read_bytes(), Way.REJECTED) == lines(frozen, Way.REJECTED)


def it_refuses_a_contract_that_announces_none(root: Path) -> None:
    (root / "contracts/essai.yaml").write_text(CONTRACT.replace("d'essai", "d'appui"), encoding="utf-8")
    done = typed("avenant", "essai")
    assert done.return_value == 1
    assert "contracts/essai.yaml:1:1: erreur CPOM641 : ce contrat n'annonce aucun avenant." in done.output
    assert not (root / "out").exists()


def it_goes_by_the_number_that_is_announced(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "numero: 1", "numero: 2")
    assert typed("avenant", "essai").return_value == 0
    assert texts(root / "out/essai/avenant-2/avenant.docx")[0] == "Avenant n° 2"


def it_refuses_a_type_of_contract_that_has_no_template_for_avenants(root: Path) -> None:
    edit(root / "templates/essai/modele.yaml", MANIFEST, "")
    done = typed("avenant", "essai")
    assert (done.return_value, "erreur CPOM642" in done.output) == (1, True)


def it_refuses_a_contract_in_error(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "nom:", "nmo:")
    done = typed("avenant", "essai")
    assert (done.return_value, "erreur CPOM211" in done.output) == (1, True)
    assert not (root / "out").exists()


def it_refuses_when_no_version_is_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = prepared(tmp_path / "projet")
    monkeypatch.chdir(root)
    (root / "contracts/essai.yaml").write_text(NEW, encoding="utf-8")
    done = typed("avenant", "essai")
    assert (done.return_value, "erreur CPOM603" in done.output) == (1, True)


def it_leaves_alone_contracts_that_announce_none_when_all_are_asked(root: Path) -> None:
    (root / "contracts/autre.yaml").write_text(
        CONTRACT.replace("identifiant: essai", "identifiant: autre"), encoding="utf-8"
    )
    done = typed("avenant", "--all")
    assert (done.return_value, done.output.count("\n")) == (0, 1)
    assert not (root / "out/autre").exists()


def it_goes_on_with_other_contracts_when_one_is_in_error(root: Path) -> None:
    (root / "contracts/autre.yaml").write_text(
        NEW.replace("identifiant: essai", "identifiant: autre"), encoding="utf-8"
    )
    done = typed("avenant", "autre", "essai")
    assert (done.return_value, "erreur CPOM603" in done.output) == (1, True)
    assert (root / "out/essai/avenant-1/avenant.pdf").is_file()


def it_asks_for_a_contract(root: Path) -> None:
    assert root.is_dir()
    with pytest.raises(AssertionError, match="Contrats du projet : essai"):
        typed("avenant")


def it_writes_the_act_of_a_frozen_avenant_without_its_mention(root: Path) -> None:
    record(root)
    assert typed("freeze", "essai", "--le", "2012-12-03").return_value == 0
    edit(root / "contracts/essai.yaml", "d'appui", "d'avenir")
    done = typed("avenant", "essai", "--version", "1")
    assert done.return_value == 0, done.output
    written = texts(root / "out/essai/avenant-1/avenant.docx")
    assert SENTENCE in written
    assert not any("PROJET" in line for line in written)


def it_says_which_programs_are_no_longer_those_that_froze_the_act(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(root)
    with monkeypatch.context() as then:
        then.setattr("cpomgen.engines.zlib.ZLIB_RUNTIME_VERSION", "0.9")
        assert typed("freeze", "essai", "--le", "2012-12-03").return_value == 0
    done = typed("avenant", "essai", "--version", "1", "--document", "avenant")
    assert (done.return_value, "avertissement CPOM607" in done.output, "zlib 0.9 (ici" in done.output) == (
        0,
        True,
        True,
    )


def it_amends_the_last_version_before_the_avenant(root: Path) -> None:
    record(root)
    assert typed("freeze", "essai", "--le", "2012-12-03").return_value == 0
    text = NEW.replace("d'appui", "d'avenir").replace("}]", '}, {numero: 2, objet: "le nom, encore"}]')
    (root / "contracts/essai.yaml").write_text(text, encoding="utf-8")
    done = typed("avenant", "essai")
    assert (done.return_value, "avenant n° 2" in done.output.replace("\u00a0", " ")) == (0, True)
    assert SENTENCE.replace("« appui", "« avenir").replace("« essai", "« appui") in texts(
        root / "out/essai/avenant-2/avenant.docx"
    )


def it_keeps_an_act_that_is_edited_by_hand(root: Path) -> None:
    assert typed("avenant", "essai").return_value == 0
    act = root / "out/essai/avenant-1/avenant.docx"
    made = act.read_bytes()
    by_hand = word("Réécrit.")
    act.write_bytes(by_hand)
    edit(root / "contracts/essai.yaml", "d'appui", "d'avenir")
    assert typed("avenant", "essai").return_value == 1
    assert act.read_bytes() == by_hand
    edit(root / "contracts/essai.yaml", "d'avenir", "d'appui")
    assert typed("avenant", "essai", "--ecraser").return_value == 0
    assert act.read_bytes() == made


def it_joins_the_data_of_both_versions_unless_told_not_to(root: Path) -> None:
    act = root / "out/essai/avenant-1/avenant.pdf"
    assert typed("avenant", "essai").return_value == 0
    assert b"avenant.jsonl" in act.read_bytes()
    assert typed("avenant", "essai", "--sans-donnees").return_value == 0
    assert b"avenant.jsonl" not in act.read_bytes()


def it_keeps_the_bytes_of_a_frozen_act_whatever_its_template_becomes(root: Path) -> None:
    record(root)
    assert typed("freeze", "essai", "--le", "2012-12-01").return_value == 0
    assert typed("avenant", "essai", "--version", "1").return_value == 0
    acts = [root / f"out/essai/avenant-1/avenant.{suffix}" for suffix in ("docx", "pdf")]
    before = [act.read_bytes() for act in acts]
    (root / "templates/essai/avenant.docx").write_bytes(word(*ACTE, "Une clause de plus.", styles=STYLES))
    edit(root / "templates/essai/style.typ", "9pt", "8pt")
    (root / "contracts/essai.yaml").write_text(NEW.replace("d'appui", "d'accueil"), encoding="utf-8")
    record(root)
    assert typed("sign", "essai", "--version", "1", "--le", "2012-12-12").return_value == 0
    assert typed("avenant", "essai", "--version", "1").return_value == 0
    assert [act.read_bytes() for act in acts] == before


def it_leaves_a_signed_act_alone(root: Path) -> None:
    record(root)
    typed("freeze", "essai", "--le", "2012-12-01")
    typed("sign", "essai", "--version", "1", "--le", "2012-12-12")
    done = typed("avenant", "essai")
    assert (done.return_value, "erreur CPOM619" in done.output) == (1, True)
    assert typed("avenant", "--all").output == ""
