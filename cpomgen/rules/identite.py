"""Rules on who the parties are: the keys of SIREN, SIRET and FINESS, and what these numbers say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.rule import Binds, Found, rule

SIREN = re.compile(r"[0-9]{9}")
SIRET = re.compile(r"[0-9]{14}")
FINESS = re.compile(r"[0-9][0-9AB][0-9]{7}")
CORSICA = str.maketrans("AB", "12")  # as the key of a FINESS takes its letter
CORSICAN = {"2A", "2B", "20"}
OVERSEAS = {"97", "98"}
ASK = "relisez-le sur l'avis de situation que l'Insee délivre."


@rule("CPOM421", "clé de SIREN fausse", None, waivable=True)
def siren_has_its_key(dossier: Dossier) -> Iterator[Found]:
    """Refuse a SIREN whose last digit is not the key of the others."""
    for place in dossier.every("siren"):
        if SIREN.fullmatch(place.value) and not is_siren(place.value):
            yield Found(place, f"« {place.value} » n'est pas un SIREN : sa clé de contrôle est fausse.", ASK)


@rule("CPOM422", "clé de SIRET fausse", None, waivable=True)
def siret_has_its_key(dossier: Dossier) -> Iterator[Found]:
    """Refuse a SIRET whose key is wrong, unless all that is wrong in it is the SIREN given above."""
    for promoteur in dossier.items("promoteurs"):
        place, siren = promoteur.one("siret"), promoteur.text("siren")
        siret = promoteur.text("siret")
        told = siret.startswith(siren) and SIREN.fullmatch(siren) and not is_siren(siren)
        if SIRET.fullmatch(siret) and not told and not (is_siren(siret[:9]) and stdnum_siret.is_valid(siret)):
            yield Found(place, f"« {siret} » n'est pas un SIRET : sa clé de contrôle est fausse.", ASK)


@rule("CPOM423", "SIRET d'un autre SIREN", None, waivable=True)
def siret_begins_with_siren(dossier: Dossier) -> Iterator[Found]:
    """Refuse a SIRET that does not begin with the SIREN of the same promoteur."""
    for promoteur in dossier.items("promoteurs"):
        siren, siret = promoteur.text("siren"), promoteur.text("siret")
        if SIREN.fullmatch(siren) and SIRET.fullmatch(siret) and not siret.startswith(siren):
            message = f"le SIRET de {promoteur.label} ne commence pas par son SIREN, {siren}, mais par {siret[:9]}."
            remedy = f'écrivez siren: "{siret[:9]}", ou corrigez le SIRET.' if is_siren(siret[:9]) else ASK
            yield Found(promoteur.one("siret"), message, remedy)


@rule("CPOM424", "clé de FINESS fausse", Origin.USAGE, binds=Binds.JAMAIS, waivable=True, uncertain=True)
def finess_has_its_key(dossier: Dossier) -> Iterator[Found]:
    """Warn of a FINESS whose last digit is not the key of the others, A and B of Corsica taken for 1 and 2."""
    for place in dossier.every("finess"):
        value = str(place.value)
        if FINESS.fullmatch(value) and not (value.strip("0") and luhn.is_valid(value.translate(CORSICA))):
            message = f"« {value} » n'a pas la clé de contrôle que l'on attend d'un FINESS."
            yield Found(place, message, "relisez-le au répertoire FINESS ; sans numéro, ne rien écrire.")


@rule("CPOM425", "FINESS d'un autre département", Origin.USAGE, binds=Binds.JAMAIS, waivable=True, uncertain=True)
def finess_is_of_the_seat(dossier: Dossier) -> Iterator[Found]:
    """Warn of a FINESS whose first two signs are not the department of the promoteur's seat."""
    for promoteur in dossier.items("promoteurs"):
        postcode = promoteur.one("siege").text("code_postal")
        for place in promoteur.every("finess"):
            department = str(place.value)[:2]
            if FINESS.fullmatch(place.value) and postcode and not _agree(department, postcode[:2]):
                message = (
                    f"le FINESS « {place.value} » est du département {department}, "
                    f"le siège de {promoteur.label} est à {postcode}."
                )
                yield Found(place, message, "vérifiez l'un et l'autre : le siège peut être d'un autre département.")


@rule("CPOM426", "FINESS donné deux fois", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def one_finess_each(dossier: Dossier) -> Iterator[Found]:
    """Warn of a FINESS that is given twice."""
    seen: dict[str, Place] = {}
    for place in dossier.every("finess"):
        first = seen.setdefault(str(place.value), place)
        if first is not place:
            message = f"le FINESS « {place.value} » est déjà donné, ligne {first.mark.line}."
            yield Found(place, message, "donnez à chacun le sien, ou n'écrivez rien.")


def is_siren(number: str) -> bool:
    """Tell whether nine digits are a SIREN; nine zeros have their key, and are none."""
    return stdnum_siren.is_valid(number) and bool(number.strip("0"))


def _agree(department: str, other: str) -> bool:
    return department == other or any({department, other} <= island for island in (CORSICAN, OVERSEAS))


COMMON = (
    siren_has_its_key,
    siret_has_its_key,
    siret_begins_with_siren,
    finess_has_its_key,
    finess_is_of_the_seat,
    one_finess_each,
)
