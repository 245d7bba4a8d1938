"""Documents are read strictly: what two readers could understand differently is refused (การอ่านเอกสาร)."""

import hashlib
import json
from enum import StrEnum
from typing import Any

import rfc8785

Document = dict[str, Any]
"""A JSON object, as the standard library reads it."""

LARGEST, DEEPEST = 256 * 1024, 40
"""Bytes of a document, and objects inside objects; ours have about 5 kB and 8 levels."""


class Fault(StrEnum):
    """Why something is no document."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NAME_TWICE = "name_twice"
    NOT_AN_OBJECT = "not_an_object"
    TOO_DEEP = "too_deep"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    NO_DOCUMENT_IN_IT = "no_document_in_it"


class Unreadable(ValueError):
    """The text is no document; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def read(text: bytes | str, *, largest: int = LARGEST) -> Document:
    """The document that the text holds. Raises Unreadable."""
    raw = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    if len(raw) > largest:
        raise Unreadable(Fault.TOO_LARGE)
    try:
        document = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_each_name_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unreadable(Fault.NOT_TEXT) from None
    except RecursionError:
        raise Unreadable(Fault.TOO_DEEP) from None
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable(Fault.NOT_JSON) from None
    check(document)
    return document


def check(document: Any) -> None:
    """Raise Unreadable for what is no object, is too deep, or has no canonical form."""
    if not isinstance(document, dict):
        raise Unreadable(Fault.NOT_AN_OBJECT)
    if _depth(document) > DEEPEST:
        raise Unreadable(Fault.TOO_DEEP)
    canonical(document)


def canonical(document: Any) -> bytes:
    """The one way to write the document (JCS, RFC 8785). Raises Unreadable for text or numbers that have none."""
    try:
        if _is_plain(document):
            return _write(document).encode()
        return rfc8785.dumps(document)
    except (rfc8785.IntegerDomainError, rfc8785.FloatDomainError):
        raise Unreadable(Fault.NUMBER_OUT_OF_RANGE) from None
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        raise Unreadable(Fault.NOT_TEXT) from None


def digest(document: Any) -> str:
    """The SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def as_list(value: Any) -> list[Any]:
    """JSON-LD writes one value alone and several as a list; nothing is no value."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def id_of(value: Any) -> str:
    """The identifier of something written as text or as an object with `id`; "" when it has none."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _each_name_once(pairs: list[tuple[str, Any]]) -> Document:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable(Fault.NAME_TWICE)
    return made


def _no_constant(name: str) -> None:
    raise Unreadable(Fault.NOT_JSON)


# Without fractions, large numbers and names beyond ASCII, the standard library writes the same, ten times faster.
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode
_LARGEST_NUMBER = 2**53 - 1


def _is_plain(document: Any) -> bool:
    waiting = [document]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind is dict:
            if not all(type(name) is str and name.isascii() for name in value):
                return False
            waiting.extend(value.values())
        elif kind is list:
            waiting.extend(value)
        elif kind is int:
            if abs(value) > _LARGEST_NUMBER:
                return False
        elif not (kind is str or kind is bool or value is None):
            return False
    return True


def _depth(value: Any) -> int:
    """How deep objects and lists lie inside each other; counted level by level, without recursion."""
    depth, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return depth
