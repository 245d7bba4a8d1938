"""What django-ninja does not say of an operation: its scope, its problems, its headers (เอกสาร OpenAPI)."""

from collections.abc import Iterator, Mapping
from typing import Any

from ninja.operation import Operation

from saduak.machines.answering import WRITING, body_of, door_of
from saduak.machines.keeping import KEY, LONGEST
from saduak.machines.problems import MEDIA_TYPE

SECURITY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of a connected system. Its scopes are chosen when it is made.",
}

PROBLEM = {
    "title": "Problem",
    "description": "A problem document of RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string", "description": "Names the kind of problem; a page for people."},
        "title": {"type": "string", "description": "The kind of problem in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong with this request."},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "description": "A JSON pointer into the body."},
                    "parameter": {"type": "string"},
                    "header": {"type": "string"},
                    "at": {"type": "string", "description": "When it happened."},
                },
            },
        },
        "version": {"type": "integer", "description": "The case's version now, when somebody was faster."},
    },
}

WORDS = {
    400: "The request cannot be read.",
    401: "The token is missing, unknown, expired or revoked.",
    403: "The token, or the person it acts for, does not reach so far.",
    404: "There is no such thing, or it is not for this caller.",
    409: "Somebody was faster, or the same request is being worked on.",
    410: "The file was stored and is lost.",
    413: "The request is too large.",
    415: "The body is of another kind.",
    422: "Some values are not right, or the procedure does not allow this now.",
    429: "Too many requests; the header Retry-After says when to go on.",
}

ONCE = {
    "in": "header",
    "name": KEY,
    "required": False,
    "description": "Chosen by the asker. A request that is sent again with it is done once and answered the same.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
}


def completed(document: dict[str, Any], operations: Mapping[str, Operation]) -> dict[str, Any]:
    """The OpenAPI document, completed by what the doors and the answering of the operations say."""
    for methods in document["paths"].values():
        for method, told in methods.items():
            operation = operations[told["operationId"]]
            _complete(told, operation, is_writing=method.upper() in WRITING)
    document["components"].setdefault("securitySchemes", {})["token"] = SECURITY
    document["components"]["schemas"] |= {"Problem": PROBLEM}
    document["components"]["responses"] = {
        f"Problem{status}": {
            "description": words,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, words in WORDS.items()
    }
    document["components"]["schemas"] = dict(sorted(document["components"]["schemas"].items()))
    return document


def _complete(told: dict[str, Any], operation: Operation, *, is_writing: bool) -> None:
    door = door_of(operation)
    scope = door.scope if door else None
    told["summary"] = str(told["summary"])
    told["security"] = [{"token": [scope.value]}] if scope else [{}, {"token": []}]
    if scope:
        told["x-scope"] = scope.value
    if is_writing and scope:
        told["parameters"] = [*told["parameters"], ONCE]
    for status in _statuses(told, operation, is_writing=is_writing):
        told["responses"].setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})
    if "GET" in operation.methods:
        told["responses"].setdefault(304, {"description": "The caller holds it already, by its ETag."})
    told["responses"] = {str(status): answer for status, answer in sorted(told["responses"].items())}


def _statuses(told: dict[str, Any], operation: Operation, *, is_writing: bool) -> Iterator[int]:
    """The statuses of problems that the operation may answer."""
    scope = getattr(door_of(operation), "scope", None)
    yield from (400, 401, 429)
    if scope:
        yield 403
    if any(parameter["in"] == "path" for parameter in told["parameters"]):
        yield 404
    if told["parameters"] or is_writing:
        yield 422
    if is_writing:
        yield from (404, 409)
    if body_of(operation):
        yield from (413, 415)
