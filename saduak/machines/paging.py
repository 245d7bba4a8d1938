"""Lists in pages, with the addresses of the pages beside (การแบ่งหน้า)."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import create_model

from saduak.machines.callers import caller_of

DEEPEST = 100_000


class Paging(Schema):
    """Which page of a list is asked for."""

    page: int = Field(1, ge=1, le=DEEPEST, description="The page, counted from 1.")
    per_page: int = Field(50, ge=1, le=200, description="How many on a page.")

    @property
    def skip(self) -> int:
        """How many stand on the pages before."""
        return (self.page - 1) * self.per_page


def page_of(item: type[Schema]) -> Any:
    """The schema of one page of a list."""
    return create_model(
        f"{item.__name__}Page",
        __base__=Schema,
        __doc__=f"One page of a list of {item.__name__}.",
        items=(list[item], ...),  # type: ignore[valid-type]
        total=(int, Field(..., description="How many there are on all pages.")),
        page=(int, ...),
        per_page=(int, ...),
        next=(str | None, Field(None, description="The address of the next page; null on the last.")),
    )


def paged(
    request: HttpRequest,
    asked: Paging,
    found: QuerySet[Any] | Sequence[Any],
    told: Callable[[Any], Any],
    *,
    total: int | None = None,
) -> dict[str, Any]:
    """One page of what was found, each item as `told` has it; `found` is that page already when `total` is given."""
    if total is None:
        total = found.count() if isinstance(found, QuerySet) else len(found)
        found = found[asked.skip : asked.skip + asked.per_page]
    last = max(-(-total // asked.per_page), 1)
    links = {"first": address(request, page=1), "last": address(request, page=last)}
    if asked.page > 1:
        links["prev"] = address(request, page=min(asked.page - 1, last))
    if asked.page < last:
        links["next"] = address(request, page=asked.page + 1)
    caller_of(request).links |= links
    return {
        "items": [told(one) for one in found],
        "total": total,
        "page": asked.page,
        "per_page": asked.per_page,
        "next": links.get("next"),
    }


def address(request: HttpRequest, **other: Any) -> str:
    """The address that was asked, with other words behind the question mark."""
    query = request.GET.dict() | {name: str(value) for name, value in other.items()}
    return f"{settings.PUBLIC_URL}{request.path}?{urlencode(query)}"
