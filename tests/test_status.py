"""`cpomgen status`, as an officer types it: where each contract stands on a day, who is late, for how much."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from petit import dossier
from typed import edit, signed_in_git, typed

from cpomgen.acte import Duree
from cpomgen.avancement import Avancement, Textes, avancement, unread
from cpomgen.campagne import Echeance
from cpomgen.classeur import Table, classeur
from cpomgen.etape import Arretee, Etape
from cpomgen.fiche import Annonce, FicheContrat
from cpomgen.markup import as_text
from cpomgen.portefeuille import Portefeuille, report
from cpomgen.problem import Mark
from cpomgen.reading import Reading
from cpomgen.registre import Signature
from cpomgen.rules.fiches import fiche_of
from cpomgen.tableaux import tableaux

PIECES = (("contrat", ("socle", "annexe")), ("socle", ("socle",)), ("annexe", ("annexe",)))
FICHE = FicheContrat(
    "arespa", "essai", "ARESPA", 0, ("directrice", "président"), PIECES,
    Duree(date(2012, 1, 1), "", date(2016, 12, 31)), None, (), ((2012, Decimal("10.50")), (2013, Decimal(20))),
)  # fmt: skip
V0 = Arretee(0, date(2012, 6, 1), FICHE)


def echeance(libelle: str, le: date, etape: str, documents: tuple[str, ...] = ()) -> Echeance:
    """Return a deadline of the campaign."""
    return Echeance("e", libelle, le, etape, documents, Mark("campagne.yaml"))


def on(
    day: str,
    *facts: Signature,
    fiche: FicheContrat = FICHE,
    versions: Sequence[Arretee] = (V0,),
    due: Sequence[Echeance] = (),
) -> Avancement:
    """Return how far a contract had come on a day."""
    return avancement(Textes(fiche, versions, facts), due, date.fromisoformat(day))


def signed(version: int, day: str, piece: str = "", par: str = "") -> Signature:
    return Signature(version, date.fromisoformat(day), piece, par)


def it_follows_a_contract_from_its_first_line_to_its_end() -> None:
    whole = signed(0, "2012-06-18")
    assert [(found.etape.value, found.version, found.edition) for found in (
        on("2012-05-01", whole), on("2012-06-02", whole), on("2012-06-18", signed(0, "2012-06-18", par="président")),
        on("2012-06-18", whole), on("2017-01-01", whole),
    )] == [
        ("en rédaction", "", "projet"), ("arrêté", "v0", "à signer"), ("signé en partie", "v0", "à signer"),
        ("en vigueur", "v0", "signé"), ("échu", "v0", "signé"),
    ]  # fmt: skip
    assert on("2012-06-02", whole).attendus == ("directrice", "président")
    assert on("2012-06-18", signed(0, "2012-06-18", par="président")).attendus == ("directrice",)


def it_tells_a_contract_that_is_signed_and_not_yet_in_force() -> None:
    fiche = replace(FICHE, duree=Duree(date(2013, 1, 1), "", date(2016, 12, 31)))
    found = on("2012-07-01", signed(0, "2012-06-18"), fiche=fiche, versions=(V0._replace(fiche=fiche),))
    assert found.etape is Etape.SIGNE


def it_follows_each_piece() -> None:
    found = on("2012-07-01", signed(0, "2012-06-18", piece="socle"))
    assert {each.nom: (each.etape.value, each.attendus) for each in found.pieces} == {
        "contrat": ("signé en partie", ("directrice", "président")),
        "socle": ("en vigueur", ()),
        "annexe": ("arrêté", ("directrice", "président")),
    }
    later = on("2012-08-01", signed(0, "2012-06-18", piece="socle"), signed(0, "2012-07-20", piece="annexe"))
    assert [each.etape for each in later.pieces] == [Etape.EN_VIGUEUR] * 3
    assert {each.nom: each.le for each in later.pieces}["annexe"] == date(2012, 7, 20)


@pytest.mark.parametrize(
    ("facts", "frozen", "told"),
    [
        ((), (), "avenant n° 1 annoncé"),
        ((), (1,), "avenant n° 1 arrêté"),
        ((signed(1, "2012-11-01", par="président"),), (1,), "avenant n° 1 signé en partie"),
        ((signed(1, "2012-11-01"),), (1,), "avenant n° 1 signé"),
    ],
)
def it_follows_the_avenant_under_way(facts: tuple[Signature, ...], frozen: tuple[int, ...], told: str) -> None:
    start = date(2013, 1, 1)
    fiche = replace(FICHE, avenants=(Annonce(1, start, None),), numero=1)
    amended = replace(FICHE, duree=Duree(start, "", date(2016, 12, 31)), montants=((2013, Decimal(9)),))
    versions = (V0, *(Arretee(number, date(2012, 10, 1), amended) for number in frozen))
    found = on("2012-12-01", signed(0, "2012-06-18"), *facts, fiche=fiche, versions=versions)
    assert (found.etape, found.version, found.avenant, found.total) == (Etape.EN_VIGUEUR, "v0", told, Decimal("30.50"))
    if facts and not facts[0].par:
        after = on("2013-01-01", signed(0, "2012-06-18"), *facts, fiche=fiche, versions=versions)
        assert (after.version, after.edition, after.avenant, after.total) == ("v1", "consolidé", "", Decimal(9))


def it_tells_who_is_late_and_by_how_many_days() -> None:
    due = (
        echeance("Textes écrits", date(2012, 5, 1), "redaction"),
        echeance("Contrats arrêtés", date(2012, 6, 10), "arret"),
        echeance("Socles signés", date(2012, 6, 15), "signature", ("socle",)),
        echeance("Pièces d’un autre type", date(2012, 6, 15), "signature", ("charte",)),
        echeance("Contrats signés", date(2012, 6, 30), "signature"),
    )
    early = on("2012-06-20", versions=(), due=due)
    assert [(each.libelle, each.jours, each.qui) for each in early.retards] == [
        ("Contrats arrêtés", 10, ()),
        ("Socles signés", 5, ()),
    ]
    frozen = on("2012-06-20", signed(0, "2012-06-19", "socle", "président"), due=due)
    assert [(each.libelle, each.jours, each.qui) for each in frozen.retards] == [("Socles signés", 5, ("directrice",))]
    assert [each.libelle for each in frozen.a_venir] == ["Contrats signés"]
    assert on("2012-06-15", due=due).retards == ()
    assert on("2012-07-20", signed(0, "2012-06-19"), due=due).retards == ()
    broken = replace(FICHE, erreurs=2)
    assert on("2012-05-02", fiche=broken, versions=(), due=due).retards[0].libelle == "Textes écrits"


SANTE = replace(
    FICHE, type="sante", pieces=(("contrat", ("socle",)), ("socle", ("socle",))), manquent=("annexe-1", "annexe-5"),
    duree=Duree(date(2019, 1, 1), "", date(2023, 12, 31)),
)  # fmt: skip
PERIODES = tuple(
    replace(echeance(libelle, date.fromisoformat(day), etape, documents), types=("sante",))
    for libelle, day, etape, documents in (
        ("Socles signés", "2018-12-31", "signature", ("socle",)),
        ("Annexes 4 et 5 à négocier", "2018-12-31", "redaction", ("annexe-4", "annexe-5")),
        ("Annexes 1 à 3 signées", "2019-08-02", "signature", ("annexe-1", "annexe-2", "annexe-3")),
    )
)


def apart(day: str, piece: str, fiche: FicheContrat) -> Arretee:
    return Arretee(0, date.fromisoformat(day), fiche, piece)


def it_tells_who_is_late_in_each_period_of_signing() -> None:
    socle = apart("2018-12-10", "socle", SANTE)
    found = on("2019-01-15", fiche=SANTE, versions=(socle,), due=PERIODES)
    assert [(each.libelle, each.documents, each.qui, each.jours) for each in found.retards] == [
        ("Socles signés", ("socle",), ("directrice", "président"), 15),
        ("Annexes 4 et 5 à négocier", ("annexe-5",), (), 15),  # its typology calls for no fourth annex
    ]
    assert [each.documents for each in found.a_venir] == [("annexe-1",)]
    assert {each.nom: each.etape for each in found.pieces} == {
        "contrat": Etape.EN_PARTIE, "socle": Etape.ARRETE, "annexe-1": Etape.REDACTION, "annexe-5": Etape.REDACTION,
    }  # fmt: skip
    written = (*SANTE.pieces, ("annexe-1", ("annexe-1",)), ("annexe-5", ("annexe-5",)))
    now = replace(SANTE, pieces=written, manquent=())
    facts = signed(0, "2018-12-20", "socle")
    negotiated = on("2019-01-15", facts, fiche=now, versions=(socle,), due=PERIODES)
    assert (negotiated.retards, negotiated.etape) == ((), Etape.EN_VIGUEUR)
    alone = on("2019-01-15", facts, fiche=SANTE, versions=(socle,))
    assert [each.etape for each in alone.pieces[:2]] == [
        Etape.EN_SIGNATURE,
        Etape.EN_VIGUEUR,
    ]  # the contract is not whole
    first = apart("2019-07-25", "annexe-1", now)
    late = on("2019-08-10", facts, signed(0, "2019-07-30", "annexe-1", "président"), fiche=now, versions=(socle, first),
              due=PERIODES)  # fmt: skip
    assert [(each.documents, each.qui, each.jours) for each in late.retards] == [(("annexe-1",), ("directrice",), 8)]
    done = on(
        "2019-08-10", facts, signed(0, "2019-08-01", "annexe-1"), fiche=now, versions=(socle, first), due=PERIODES
    )
    assert (done.retards, done.edition, done.is_apart) == ((), "en partie", True)


def it_holds_no_contract_of_another_type_to_a_deadline() -> None:
    assert on("2019-01-15", fiche=replace(SANTE, type="autre"), versions=(), due=PERIODES).retards == ()


def it_goes_on_once_the_contract_is_whole() -> None:
    pieces = replace(SANTE, pieces=PIECES, manquent=())
    versions = (apart("2018-12-10", "socle", SANTE), Arretee(0, date(2019, 7, 1), pieces))
    facts = (signed(0, "2018-12-20", "socle"), signed(0, "2019-07-20", "annexe"))
    found = on("2019-07-10", *facts, fiche=pieces, versions=versions)
    assert [each.etape for each in found.pieces] == [Etape.EN_SIGNATURE, Etape.EN_VIGUEUR, Etape.ARRETE]
    assert on("2019-07-21", *facts, fiche=pieces, versions=versions).edition == "signé"
    early = on("2019-01-10", *facts, fiche=pieces, versions=versions)
    assert (early.edition, {each.nom: each.etape for each in early.pieces}["annexe"]) == ("en partie", Etape.REDACTION)


def it_tells_ends_and_renewals_ahead() -> None:
    one = on("2016-03-01", signed(0, "2012-06-18"))
    found = Portefeuille(date(2016, 3, 1), (one,)).echeances()
    assert [(each.le, each.quoi, each.is_late) for each in found] == [
        (date(2015, 12, 31), "demande de renouvellement, un an avant la fin", False),
        (date(2016, 12, 31), "fin du contrat", False),
    ]
    follows = Avancement("arespa-2017", Etape.REDACTION, "ARESPA", effet=date(2017, 1, 1))
    assert [each.quoi for each in Portefeuille(date(2016, 3, 1), (one, follows)).echeances()] == ["fin du contrat"]


def it_shows_the_late_first_and_says_how_many_are_left_out() -> None:
    due = (echeance("Contrats signés", date(2012, 6, 30), "signature"),)
    late = on("2012-07-05", due=due)
    ready = on("2012-07-05", signed(0, "2012-06-19"), due=due, fiche=replace(FICHE, identifiant="aaa"))
    lost = unread("perdu", "contracts/perdu.yaml:3:1 : illisible")
    found = Portefeuille(date(2012, 7, 5), (ready, late, lost))
    text = "\n".join(as_text(report(found, most=1)))
    assert "3 contrats, dont 1 en retard." in text
    assert "2 contrats de plus ; tous : cpomgen status --format xlsx" in text
    assert "  arespa   arrêté  v0 à signer  –        31/12/2016  5 jours  30,50 €" in text.replace("\u00a0", " ")
    assert "perdu : contracts/perdu.yaml:3:1 : illisible" in text
    assert "Contrats signés, en retard de 5 jours ; reste à signer : directrice et président" in text.replace(
        "\u00a0", " "
    )
    whole = "\n".join(as_text(report(found))).replace("\u00a0", " ")
    assert re.search("total +3 +61,00 €", whole)
    assert re.search("2012 +21,00 €", whole)


def it_reads_what_it_needs_of_a_contract() -> None:
    found = fiche_of(dossier(), lambda: {"socle": ("socle",)})
    assert (found.identifiant, found.intitule, found.numero, found.erreurs) == ("essai", "Appui", 0, 0)
    assert found.qualites == ("directrice générale", "président")
    assert found.montants == ((2012, Decimal("10.00")), (2013, Decimal("20.00")))
    assert (found.duree, found.conclusion) == (Duree(date(2012, 1, 1), "", date(2013, 12, 31)), date(2012, 6, 18))


def it_makes_a_workbook_in_which_excel_changes_nothing() -> None:
    rows = (("=1+1", date(2012, 1, 31), Decimal("10.50"), None, 3), ("_x0041_ \x01", None, None, "010000024", 0))
    content = classeur([Table("Un", ("A", "B", "C", "D", "E"), rows)])
    assert content == classeur([Table("Un", ("A", "B", "C", "D", "E"), rows)])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Un"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", datetime(2012, 1, 31), 10.5, None, 3]  # noqa: DTZ001 - no zone
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "n", "n", "n"]
    assert (sheet["A3"].value, sheet["D3"].value, sheet["D3"].data_type) == ("_x005F_x0041_ \ufffd", "010000024", "s")
    assert (sheet.freeze_panes, sheet["C2"].number_format) == ("B2", '#,##0.00\\ "€"')
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def it_puts_contracts_pieces_and_deadlines_in_sheets() -> None:
    due = (echeance("Contrats signés", date(2012, 6, 30), "signature"),)
    contrats, pieces, echeances = tableaux(Portefeuille(date(2012, 7, 5), (on("2012-07-05", due=due),)))
    line = dict(zip(contrats.entetes, contrats.lignes[0], strict=True))
    assert (line["Contrat"], line["Étape"], line["Fin"], line["Retard (jours)"], line["2013"]) == (
        "arespa", "arrêté", date(2016, 12, 31), 5, Decimal(20),
    )  # fmt: skip
    assert [row[1:3] for row in pieces.lignes] == [("contrat", "arrêté"), ("socle", "arrêté"), ("annexe", "arrêté")]
    assert echeances.lignes == ((date(2012, 6, 30), "arespa", "Contrats signés", 5, "directrice, président"),)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in which one stands: a contract signed on 18 June 2012, another that cannot be read."""
    root = signed_in_git(tmp_path / "projet", monkeypatch)
    (root / "contracts/perdu.yaml").write_text("type: [\n", encoding="utf-8")
    return root


def it_tells_the_portfolio_of_a_project_on_a_day(root: Path) -> None:
    for day, etape in (("2012-06-10", "en rédaction"), ("2012-06-11", "arrêté"), ("2012-06-18", "en vigueur")):
        found = typed("status", "--au", day)
        assert found.return_value == 0
        assert f"essai    {etape}" in found.output
        assert "perdu : contracts/perdu.yaml:" in found.output
    edit(root / "contracts/essai.yaml", "date_fin: 2013-12-31", "date_fin: 2014-12-31")
    assert "31/12/2013" in typed("status", "--au", "2012-06-18").output  # what was signed
    (root / ".git").rename(root / "git")
    assert (
        "la version v0 est signée, et son étiquette git n'est pas ici" in typed("status", "--au", "2012-06-18").output
    )
    assert "PORTEFEUILLE AU" in typed("status").output


def it_holds_the_contracts_of_a_campaign_to_its_calendar(root: Path) -> None:
    campagne = "region: Bretagne\nperiode: {debut: 2012-01-01, fin: 2016-12-31}\ncalendrier:\n"
    campagne += "  - {id: arrets, libelle: Contrats arrêtés, le: 2012-06-01, etape: arret}\n"
    campagne += "  - {id: annexes, libelle: Contrats signés, le: 2012-06-15, etape: signature, documents: [contrat]}\n"
    (root / "campagne.yaml").write_text(campagne, encoding="utf-8")
    early, late = (typed("status", "--au", day).output.replace("\u00a0", " ") for day in ("2012-06-03", "2012-06-17"))
    assert "01/06/2012  essai    Contrats arrêtés, en retard de 2 jours" in early
    assert "15/06/2012  essai    Contrats signés (contrat)\n" in early
    assert "15/06/2012  essai    Contrats signés (contrat), en retard de 2 jours" in late
    assert "aucun en retard" in typed("status", "--au", "2012-06-18").output
    (root / "campagne.yaml").write_text(campagne.replace("2012-01-01", "2013-01-01"), encoding="utf-8")
    assert "aucun en retard" in typed("status", "--au", "2012-06-17").output
    (root / "campagne.yaml").write_text("region: [\n", encoding="utf-8")
    assert typed("status", "--au", "2012-06-17").return_value == 1


def it_keeps_what_it_reads_by_its_content(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    known = Reading.fiche

    def told(self: Reading, identifiant: str, *more: Any) -> FicheContrat:
        read.append(identifiant)
        return known(self, identifiant, *more)

    monkeypatch.setattr(Reading, "fiche", told)
    first = typed("status", "--au", "2012-06-18").output
    assert sorted(read) == ["essai", "essai", "perdu"]  # its file, the version that is frozen
    read.clear()
    assert typed("status", "--au", "2012-06-18").output == first
    assert read == ["perdu"]
    edit(root / "schemas/essai.yaml", "libelle: Essai", "libelle: Autre")
    read.clear()
    typed("status", "--au", "2012-06-18")
    assert sorted(read) == ["essai", "perdu"]  # what is frozen has its own schema
    for damage in ("{", "[]", '{"a": 1}'):
        (root / ".cpomgen/fiches.json").write_text(damage, encoding="utf-8")
        assert typed("status", "--au", "2012-06-18").output == first


def it_writes_a_workbook_over_nothing_else(root: Path) -> None:
    words = ("status", "--au", "2012-06-18", "--format", "xlsx", "-o", "suivi.xlsx")
    assert typed(*words).output == "suivi.xlsx : 2 contrats, au 18\xa0juin 2012.\n"
    content = (root / "suivi.xlsx").read_bytes()
    assert typed(*words).output == "CPOM681"
    assert typed(*words, "--ecraser").return_value == 0
    assert (root / "suivi.xlsx").read_bytes() == content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Contrats", "Pièces", "Échéances"]
    assert [row[0] for row in book["Contrats"].values] == ["Contrat", "essai", "perdu"]
