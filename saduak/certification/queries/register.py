"""What the public register finds, shows and counts (ทะเบียนศูนย์ที่ได้รับการรับรอง)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from saduak.certification.models import Certificate, PastResult, Round, Span
from saduak.certification.models.certificates import CertificateQuerySet
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.models.centres import CentreQuerySet
from saduak.directory.queries import RANKED, Reading, search_centres

NAME, NEWEST, ENDING = "name", "newest", "ending"
ORDERS = {
    NAME: ("centre__sort_key", "centre_id"),
    NEWEST: ("-issued_on", "centre__sort_key", "centre_id"),
    ENDING: ("expires_on", "centre__sort_key", "centre_id"),
}
"""How the register can be ordered; when nothing is asked: what fits the words best, and without words the name."""


@dataclass(frozen=True)
class Wish:
    """What a visitor looks for. Each centre stands in the register with one certificate: its newest, or with `cycle`
    the one of that year's round; all other filters are about that one. With `as_of` it is the register of that day."""

    text: str = ""
    province: Province | None = None
    agency: Agency | None = None
    level: str = ""
    cycle: int | None = None
    is_valid: bool | None = None
    as_of: date | None = None
    order: str = ""


@dataclass(frozen=True)
class FoundCertificates:
    """One page of the register: certificates with their centres; see `directory.queries.Found` for the rest."""

    certificates: tuple[Certificate, ...]
    total: int
    is_more: bool = False
    reading: Reading = Reading.AS_TYPED


def find(wish: Wish, *, on: date, skip: int = 0, number: int = 20) -> FoundCertificates:
    """The centres that fit the wish, each with its certificate; `number` of them after `skip`."""
    if wish.order in ("", NAME if not wish.text.strip() else ""):
        return _best(wish, on, skip, number)
    chosen, best = _ordered(wish, on)
    total = best.total if best else chosen.count()
    page = tuple(chosen[skip : skip + number])
    return FoundCertificates(page, total, best.is_more if best else False, best.reading if best else Reading.AS_TYPED)


def every(wish: Wish, *, on: date) -> Iterator[Certificate]:
    """All that `find` finds, in the same order; of words that find more than RANKED only these."""
    if wish.text.strip() and not wish.order:
        return iter(_best(wish, on, 0, RANKED).certificates)
    chosen, _best_of_words = _ordered(wish, on)
    return chosen.iterator(chunk_size=2000)


def _best(wish: Wish, on: date, skip: int, number: int) -> FoundCertificates:
    """In the order of the directory's search."""
    chosen, counted = _chosen(wish, on), _counted(wish)
    found = search_centres(
        wish.text,
        province=wish.province,
        agency=wish.agency,
        among=_among(wish, on, counted),
        counted=counted,
        skip=skip,
        number=number,
    )
    with_rounds = chosen.filter(centre__in=[centre.pk for centre in found.centres]).select_related("round")
    certificate_of = {one.centre_id: one for one in with_rounds}
    page = []
    for centre in found.centres:
        certificate = certificate_of[centre.pk]
        certificate.centre = centre
        page.append(certificate)
    return FoundCertificates(tuple(page), found.total, found.is_more, found.reading)


def _among(wish: Wish, on: date, counted: int | None) -> CentreQuerySet:
    """The centres that fit all but words and place."""
    if counted is not None and counted <= RANKED and wish.is_valid and wish.as_of is not None:
        # So few are named one by one: looking for them along the names of all would pass nearly everybody.
        return Centre.objects.filter(
            pk__in=list(Span.objects.in_force_on(wish.as_of).values_list("centre_id", flat=True))
        )
    return Centre.objects.filter(Exists(_deciding(wish, on).filter(centre=OuterRef("pk"))))


def _counted(wish: Wish) -> int | None:
    """How many centres fit a wish for all, or for all that were in force on a day; None for others.

    Both are read from one index: asking each of many centres for a certificate takes several times as long.
    """
    if replace(wish, as_of=None, is_valid=None, order="") != Wish():
        return None
    if wish.is_valid is None:
        return _until(wish).values("centre").distinct().count()
    if wish.is_valid and wish.as_of is not None:
        return Span.objects.in_force_on(wish.as_of).values("centre_id").distinct().count()
    return None


def _ordered(wish: Wish, on: date) -> tuple[QuerySet[Certificate], FoundCertificates | None]:
    """In an order of its own; with words only the RANKED that fit them best are ordered."""
    chosen = _chosen(wish, on).select_related("centre__agency__ministry", "centre__province", "round")
    best = None
    if wish.text.strip():
        best = _best(wish, on, 0, RANKED)
        chosen = chosen.filter(pk__in=[one.pk for one in best.certificates])
    if wish.province is not None:
        chosen = chosen.filter(centre__province=wish.province)
    if wish.agency is not None:
        chosen = chosen.filter(Q(centre__agency=wish.agency) | Q(centre__agency__parent=wish.agency))
    return chosen.order_by(*ORDERS[wish.order or NAME]), best


def _deciding(wish: Wish, on: date) -> CertificateQuerySet:
    """Certificates that exist for just the centres that fit all but words and place, as quickly found as can be."""
    if wish.cycle is None and not wish.level and wish.is_valid is None:
        return _until(wish)  # Who has a certificate has a newest one.
    return _chosen(wish, on)


def _chosen(wish: Wish, on: date) -> CertificateQuerySet:
    """One certificate of each centre that fits all but words and place."""
    every_one = _until(wish)
    if wish.cycle is not None:
        return _fitting(every_one.filter(round__cycle_be=wish.cycle), wish, on)
    # A centre has at most one in force, and that ended the one before it: it is the newest.
    return _fitting(every_one if wish.is_valid else every_one.newest(by=wish.as_of), wish, on)


def _until(wish: Wish) -> CertificateQuerySet:
    """Every certificate, or those issued by the day whose register is wished for."""
    every_one = Certificate.objects.order_by()
    return every_one if wish.as_of is None else every_one.filter(issued_on__lte=wish.as_of)


def _fitting(chosen: CertificateQuerySet, wish: Wish, on: date) -> CertificateQuerySet:
    """Those of the level and the status that are wished."""
    if wish.level:
        chosen = chosen.filter(level=wish.level)
    if wish.is_valid is not None and wish.as_of is not None:
        chosen = chosen.was_in_force_on(wish.as_of, is_so=wish.is_valid)
    elif wish.is_valid is not None:
        chosen = chosen.valid_on(on) if wish.is_valid else chosen.ended_on(on)
    return chosen


def certified_agencies() -> QuerySet[Agency]:
    """The agencies with a centre in the register, and those whose parts have one."""
    own = Centre.objects.filter(Exists(Certificate.objects.filter(centre=OuterRef("pk"))))
    return Agency.objects.filter(
        Exists(own.filter(agency=OuterRef("pk"))) | Exists(own.filter(agency__parent=OuterRef("pk")))
    )


def certified_cycles() -> list[int]:
    """The Buddhist years of the rounds that gave certificates, the latest first."""
    given = Round.objects.filter(Exists(Certificate.objects.filter(round=OuterRef("pk"))))
    return list(given.order_by("-cycle_be").values_list("cycle_be", flat=True))


def registered_centres() -> QuerySet[Centre]:
    """The centres that have, or had, a certificate."""
    return Centre.objects.filter(Exists(Certificate.objects.filter(centre=OuterRef("pk")))).with_names()


def centres_on_record() -> QuerySet[Centre]:
    """These, and the centres of which only older papers tell a result."""
    certified = Exists(Certificate.objects.filter(centre=OuterRef("pk")))
    return Centre.objects.filter(certified | Exists(PastResult.objects.filter(centre=OuterRef("pk")))).with_names()


def registered_codes() -> QuerySet[Centre, str]:
    """The codes of these centres, always in the same order."""
    return registered_centres().select_related(None).order_by("pk").values_list("code", flat=True)


def certificates_of(centre: Centre) -> list[Certificate]:
    """Every certificate of a centre, the newest first, each with its round and the criteria that the round pins."""
    return list(centre.certificates.select_related("round__criteria", "act__resolution").order_by("-issued_on", "-pk"))


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate of that number, with all that its check tells."""
    found = Certificate.objects.filter(reference=number)
    return found.select_related("centre__agency", "centre__province", "round", "act__resolution").first()


def newer_than(certificate: Certificate) -> Certificate | None:
    """The newest certificate of the same centre, unless it is this one."""
    newest = certificate.centre.certificates.latest("issued_on", "pk")
    return None if newest == certificate else newest
