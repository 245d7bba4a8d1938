"""Cases of one kind as machines take part in them: how one is found and told, and each step on a line (ชนิดเรื่อง)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from inspect import Parameter, Signature, signature
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router, Schema, Status

from saduak.access.grants import holds
from saduak.machines.callers import person_of
from saduak.machines.doors import needs
from saduak.machines.scopes import Scope


def may(request: HttpRequest, permission: StrEnum | None) -> Any:
    """The person for whom the caller acts, who may open the page of that permission. Raises PermissionDenied."""
    person = person_of(request)
    if permission is not None and not holds(person, permission):
        raise PermissionDenied
    return person


@dataclass(frozen=True)
class Cases:
    """Cases below one address, such as `/applications/{reference}`.

    `find(request, reference)` is the case, if it exists for the person; its parameters are the places of the address.
    `tell(request, case)` is what the person reads of it, in the shape of `shape`; what is told otherwise has neither.
    Both are called after the step too.
    """

    router: Router
    address: str
    find: Callable[..., Any]
    tell: Callable[[HttpRequest, Any], Any] = lambda _request, _case: None
    shape: Any = None

    @property
    def places(self) -> dict[str, Parameter]:
        """The places of the address, by name."""
        _request, *places = signature(self.find).parameters.values()
        return {place.name: place for place in places}

    def told(self, request: HttpRequest, given: Mapping[str, Any]) -> Any:
        """The case at these places, found and told anew."""
        return self.tell(request, self.find(request, **{name: given[name] for name in self.places}))

    def shows(self, name: str, path: str, summary: str, *, permission: StrEnum | None = None) -> None:
        """An operation that reads it, for who holds the permission."""

        def show(request: HttpRequest, **given: Any) -> Any:
            may(request, permission)
            return self.told(request, given)

        at = self.router.get(self._below(path), auth=needs(Scope.CASES_READ), summary=summary, response=self.shape)
        at(_as(show, name, self.places))

    def step(
        self,
        name: str,
        path: str,
        deed: Callable[..., Any],
        asked: type[Schema] | None,
        summary: str,
        *,
        permission: StrEnum | None = None,
        method: str = "POST",
        then: "Cases | None" = None,
        told: bool = True,
    ) -> None:
        """An operation that does `deed(case, **what was asked, by=person)` for who holds the permission.

        What is told afterwards is the case as `then` has it, whose places are among those here; without `told`
        nothing is, because the person may not read it any more, or it is gone.
        """
        after = then or self

        def take(request: HttpRequest, **given: Any) -> Any:
            self._do(request, deed, given, permission)
            return after.told(request, given) if told else Status(204, None)

        response = after.shape if told else {204: None}
        self._writes(method, path, summary, response)(_as(take, name, {**self.places, **_body(asked)}))

    def makes(
        self,
        name: str,
        path: str,
        deed: Callable[..., Any],
        asked: type[Schema] | None,
        summary: str,
        made: "Cases",
        *,
        permission: StrEnum | None = None,
    ) -> None:
        """An operation like a step, of which something else comes, told as `made` tells it."""

        def make(request: HttpRequest, **given: Any) -> Any:
            return Status(201, made.tell(request, self._do(request, deed, given, permission)))

        self._writes("POST", path, summary, {201: made.shape})(_as(make, name, {**self.places, **_body(asked)}))

    def _do(
        self, request: HttpRequest, deed: Callable[..., Any], given: dict[str, Any], permission: StrEnum | None
    ) -> Any:
        said = given.pop("asked", None)
        person = may(request, permission)
        facts = {field: getattr(said, field) for field in type(said).model_fields} if said is not None else {}
        return deed(self.find(request, **given), **facts, by=person)

    def _writes(self, method: str, path: str, summary: str, response: Any) -> Callable[..., Any]:
        return self.router.api_operation(
            [method], self._below(path), auth=needs(Scope.CASES_WRITE), summary=summary, response=response
        )

    def _below(self, path: str) -> str:
        return f"{self.address}/{path}" if path else self.address


def _body(asked: type[Schema] | None) -> dict[str, Parameter]:
    return {"asked": Parameter("asked", Parameter.POSITIONAL_OR_KEYWORD, annotation=asked)} if asked else {}


def _as(operation: Callable[..., Any], name: str, parameters: Mapping[str, Parameter]) -> Callable[..., Any]:
    """The operation under that name, which says that it takes these parameters."""
    request = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    operation.__name__ = operation.__qualname__ = name
    operation.__signature__ = Signature([request, *parameters.values()])  # type: ignore[attr-defined]
    return operation
