"""The interface as a whole: its operations put together, their addresses, and their OpenAPI (ส่วนต่อประสาน)."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError
from ninja.errors import ValidationError as Unfit
from ninja.operation import Operation, PathView
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.utils import normalize_path, replace_path_param_notation

from saduak.attachments.refusals import FileRefused
from saduak.attachments.storage import ContentLost
from saduak.design.errors import changes
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.machines import describing
from saduak.machines.answering import answered
from saduak.machines.callers import person_of
from saduak.machines.problems import OF_STATUS, Kind, Problem


class _Storable(Parser):
    """Refuses text that no database keeps: a NUL, or half of a pair of surrogates."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as JSON. Raises ValueError, which is told as 400."""
        body = super().parse_body(request)
        json.dumps(body, ensure_ascii=False).encode()
        if b"\\u0000" in request.body:
            raise ValueError("A NUL in the body.")
        return body

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """The fields of a form. Raises Problem."""
        if any("\0" in value for _name, values in data.lists() for value in values):
            raise Problem(Kind.MALFORMED, _("A value holds what no database keeps."))
        return super().parse_querydict(data, list_fields, request)


class _Readable(JSONRenderer):
    """Thai as Thai, not as numbers."""

    json_dumps_params = {"ensure_ascii": False}


class Interface(NinjaAPI):
    """django-ninja with our doors before the operations and our problems behind them."""

    def __init__(
        self,
        *routers: Router,
        problems: Mapping[type[Exception], Any],
        answering: Callable[..., Any] = answered,
        **facts: Any,
    ) -> None:
        self.answering = answering
        super().__init__(openapi_url=None, docs_url=None, renderer=_Readable(), parser=_Storable(), **facts)
        for router in routers:
            self.add_router("", router)
        for exception, problem in {**PROBLEMS, **problems}.items():
            self.add_exception_handler(exception, _teller(problem))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Its function's name, which is used once."""
        return operation.view_func.__name__

    def views(self) -> Iterator[tuple[str, PathView]]:
        """Every route with its view; several methods share one, also when they stand in several routers."""
        views: dict[str, PathView] = {}
        for router in self._get_bound_routers():
            for route, view in router.path_operations.items():
                whole = normalize_path("/".join(part for part in (router.prefix, route) if part)).lstrip("/")
                views.setdefault(whole, PathView()).operations.extend(view.operations)
        yield from views.items()

    def operations(self) -> Iterator[tuple[str, Operation]]:
        """Every operation with its route."""
        for route, view in self.views():
            for operation in view.operations:
                yield route, operation

    def addresses(self) -> list[URLPattern]:
        """The addresses, one for each route, named as its first operation."""
        return [
            path(
                replace_path_param_notation(route),
                self.answering(view.get_view(), view.operations),
                name=f"api_{view.operations[0].view_func.__name__}",
            )
            for route, view in self.views()
        ]

    def described(self, prefix: str) -> dict[str, Any]:
        """The OpenAPI document, with addresses below `prefix`."""
        document = dict(self.get_openapi_schema(path_prefix=prefix))
        by_id = {self.get_openapi_operation_id(operation): operation for _route, operation in self.operations()}
        return describing.completed(document, by_id)


def _teller(problem: Any) -> Any:
    def tell(request: HttpRequest, exception: Any) -> HttpResponse:
        told: Problem = problem(request, exception)
        return told.answer(request)

    return tell


def _refused(request: HttpRequest, refused: StepRefused) -> Problem:
    reasons = list(refused.decision.reasons)
    return Problem(Kind.REFUSED, " ".join(map(str, reasons)), errors=[{"detail": reason} for reason in reasons])


def _overtaken(request: HttpRequest, overtaken: StepOvertaken) -> Problem:
    moments = changes(overtaken.case, person_of(request), overtaken.since)
    return Problem(
        Kind.OVERTAKEN,
        _("The case changed after the version you saw. Read it again, and decide again."),
        errors=[{"detail": moment.what, "at": moment.at.isoformat()} for moment in moments if moment.what],
        more={"version": overtaken.case.version},
    )


def _unfit(request: HttpRequest, unfit: Unfit) -> Problem:
    """What pydantic found, each with a JSON pointer into the body or the name of the parameter."""
    errors = []
    for error in unfit.errors:
        source, *place = error["loc"]
        if source == "body":
            where = {"pointer": "/" + "/".join(_escaped(step) for step in place[1:])}
        else:
            where = {"parameter": ".".join(str(step) for step in place[-1:])}
        errors.append({"detail": error["msg"], **where})
    return Problem(Kind.INVALID, errors=errors)


def _escaped(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _invalid(request: HttpRequest, invalid: ValidationError) -> Problem:
    """What a model or an operation found; fields by name where it says."""
    if hasattr(invalid, "error_dict"):
        errors = [
            {"detail": message, **({} if name == "__all__" else {"pointer": f"/{name}"})}
            for name, messages in invalid.message_dict.items()
            for message in messages
        ]
    else:
        errors = [{"detail": message} for message in invalid.messages]
    return Problem(Kind.INVALID, " ".join(str(error["detail"]) for error in errors), errors=errors)


def _http(request: HttpRequest, error: HttpError) -> Problem:
    kind = OF_STATUS.get(error.status_code, Kind.MALFORMED)
    return Problem(kind, _("The body is not the JSON that it says it is.") if error.status_code == 400 else "")


PROBLEMS: dict[type[Exception], Any] = {
    Problem: lambda request, problem: problem,
    StepRefused: _refused,
    StepOvertaken: _overtaken,
    Unfit: _unfit,
    ValidationError: _invalid,
    HttpError: _http,
    Http404: lambda request, error: Problem(Kind.NOT_FOUND),
    PermissionDenied: lambda request, error: Problem(Kind.FORBIDDEN, _("The person may not do this.")),
    FileRefused: lambda request, refused: Problem(
        Kind.INVALID, errors=[{"detail": reason, "pointer": "/file"} for reason in refused.reasons]
    ),
    ContentLost: lambda request, error: Problem(Kind.GONE),
    DataError: lambda request, error: Problem(Kind.MALFORMED, _("A value holds what no database keeps.")),
}
"""What an operation may raise → the problem that is told. Everything else is a failure of ours, and logged as one."""
