"""Reads for the pages of plaques, emblems and reports of misuse."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from saduak.certification.models import Asset, AssetOrder, Certificate, MisuseReport
from saduak.certification.procedure.assets import AssetStage


def assets_found(user: Any, *, q: str = "", kind: str = "", stage: str = "") -> QuerySet[Asset]:
    """What exists for the person, narrowed by the filters; what is empty narrows nothing."""
    found = Asset.objects.visible_to(user).for_page()
    if q:
        words = Q(reference__icontains=q) | Q(certificate__reference__icontains=q)
        found = found.filter(words | Q(certificate__centre_name_th__icontains=q))
    if kind:
        found = found.filter(kind=kind)
    return found.filter(stage=stage) if stage else found


def orders() -> QuerySet[AssetOrder]:
    """All orders with the number of their pieces, and of those that have arrived."""
    awaited = Q(assets__stage=AssetStage.ORDERED)
    return AssetOrder.objects.annotate(pieces=Count("assets"), awaited=Count("assets", filter=awaited))


def pieces_of(order: AssetOrder) -> QuerySet[Asset]:
    """The pieces of an order by serial number."""
    return order.assets.for_page().order_by("reference")


def assets_of(certificate: Certificate, user: Any) -> list[Asset]:
    """The plaques and emblems of a certificate that the person may see."""
    return list(Asset.objects.visible_to(user).filter(certificate=certificate).for_page())


def reports_found(*, stage: str = "") -> QuerySet[MisuseReport]:
    """Reports of misuse, narrowed by the stage."""
    found = MisuseReport.objects.select_related("certificate__centre", "reporter")
    return found.filter(stage=stage) if stage else found
