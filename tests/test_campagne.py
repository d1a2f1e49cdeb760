"""campagne.yaml of a project: its region, its period, its deadlines; all that is wrong in it, located."""

from __future__ import annotations

from datetime import date

from essai import MODELE, SCHEMA
from memory import Files, problems_of, told

from cpomgen.campagne import Campagne
from cpomgen.facets import CAMPAGNE, REFERENCES
from cpomgen.reading import Reading
from cpomgen.schemas import beside_schema

FILE = """\
region: Franche-Comté
periode: {debut: 2012-01-01, fin: 2016-12-31}
prs:
  - {id: sros, intitule: "schéma régional de l'organisation des soins"}
calendrier:
  - id: projets
    libelle: Projets rédigés
    le: 2012-04-30
    etape: redaction
  - id: socles
    libelle: Socles signés
    le: 2012-06-30
    etape: signature
    documents: [socle, contrat]
"""


def campagne(text: str = FILE) -> Campagne:
    """Return the campaign of a project of one type."""
    files = {"campagne.yaml": text, "schemas/essai.yaml": SCHEMA, "templates/essai/modele.yaml": MODELE}
    found = Reading(Files(files)).campagne()
    assert found is not None
    return found


def it_reads_the_region_the_period_and_the_deadlines() -> None:
    found = campagne()
    assert (found.region, found.debut, found.fin) == ("Franche-Comté", date(2012, 1, 1), date(2016, 12, 31))
    assert found.problems == ()
    first, last = found.calendrier
    assert (first.id, first.libelle, first.le, first.etape) == (
        "projets", "Projets rédigés", date(2012, 4, 30), "redaction",
    )  # fmt: skip
    assert (first.documents, last.documents) == ((), ("socle", "contrat"))
    assert str(last.mark) == "campagne.yaml:10:5"


def it_reads_nothing_of_a_project_that_has_none() -> None:
    assert Reading(Files({"schemas/essai.yaml": SCHEMA})).campagne() is None


def it_is_content_with_a_region_and_a_period() -> None:
    found = campagne("region: Bretagne\nperiode: {debut: 2012-01-01, fin: 2016-12-31}\n")
    assert (found.region, found.calendrier, found.problems) == ("Bretagne", (), ())


def it_tells_all_that_is_wrong_and_keeps_what_can_be_read() -> None:
    found = campagne(FILE.replace("2012-04-30", "2012-04-31").replace("[socle,", "[socles,").replace("region", "regio"))
    assert [told(each) for each in found.problems] == [
        ("campagne.yaml:1:1", "CPOM211", "le champ « regio » n'existe pas ici.", "vouliez-vous écrire « region » ?"),
        ("campagne.yaml:8:9", "CPOM210", "« 2012-04-31 » n'existe pas au calendrier.", "vérifiez le jour et le mois."),
        (
            "campagne.yaml:14:17",
            "CPOM721",
            "aucun contrat n'a de document « socles ».",
            "vouliez-vous écrire « socle » ?",
        ),
    ]
    assert [each.id for each in found.calendrier] == ["socles"]
    assert found.region == ""


def it_holds_a_deadline_to_the_types_that_it_names() -> None:
    assert [each.types for each in campagne().calendrier] == [(), ()]
    found = campagne(FILE + "    types: [essai]\n")
    assert (found.calendrier[1].types, found.problems) == (("essai",), ())
    (problem,) = campagne(FILE.replace(", contrat]", "]") + "    types: [esai]\n").problems[-1:]
    assert (problem.code, problem.message) == ("CPOM721", "aucun contrat n'a de type « esai ».")


def it_refuses_a_campaign_that_ends_before_it_begins() -> None:
    (found,) = campagne(FILE.replace("2016-12-31", "2011-12-31")).problems
    assert (found.code, str(found.mark)) == ("CPOM720", "campagne.yaml:2:30")


def it_refuses_an_id_that_is_there_twice() -> None:
    (found,) = campagne(FILE.replace("id: socles", "id: sros")).problems
    assert (found.code, found.message) == ("CPOM223", "l'identifiant « sros » est déjà pris, ligne 4.")


def it_stands_whatever_shape_its_parts_have() -> None:
    for text in ("calendrier: oui", "calendrier: [1, [2], {id: {}}]", "prs: {id: a}", "periode: [a]", "region: {a: b}"):
        assert [each.code for each in campagne(f"{text}\n").problems]


def it_stops_at_a_file_that_cannot_be_read() -> None:
    (found,) = problems_of(campagne, "region: [\n")
    assert found.mark.file == "campagne.yaml"


def it_describes_what_schemas_take_for_granted() -> None:
    assert tuple(beside_schema("campagne").root.fields) == CAMPAGNE
    assert set(REFERENCES) <= set(CAMPAGNE)
