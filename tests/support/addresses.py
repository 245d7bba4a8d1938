"""How a package says which address answers what to whom, in its `tests/addresses.py`.

    ADDRESSES = {
        "show_register": everybody(),
        "show_desk": only(OWN_CENTRE, others=404, at=lambda world: {"code": world.centre.code}),
        "close_round": only({Kind.SECRETARIAT}, post={}, answer=422, at=lambda world: {"pk": RoundFactory().pk}),
        "set_language": everybody(post={"language": "en"}, answer=302),
        "show_file": (only(OWN_CENTRE, at=own_file), only(set(), at=file_of_another_centre)),
    }

Every named address of the platform needs a line. `tests/test_access.py` asks each one as every kind of person, and
takes back whatever happened. Who has not signed in is sent to sign in (302) unless the page is for everybody.

- `at` gives the arguments of the address, and may make what it needs with factories;
- `query` is what stands behind the question mark;
- `post` is the form that is sent; without it the page is only opened;
- `answer` is what those get who may (200), `others` what the rest gets (403; 404 where the door is `visible_to`);
- `answers` are exceptions by kind of person.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from tests.support.world import EVERYBODY, SIGNED_IN, Kind, World


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Address:
    """What one address needs, and what it answers to each kind of person."""

    expected: Mapping[Kind, int]
    at: Callable[[World], dict[str, Any]] = _nothing
    query: Mapping[str, str] = field(default_factory=dict)
    post: Mapping[str, Any] | None = None


def everybody(*, answer: int = 200, answers: Mapping[Kind, int] | None = None, **how: Any) -> Address:
    """For everybody, signed in or not."""
    return Address({**dict.fromkeys(Kind, answer), **(answers or {})}, **how)


def signed_in(*, answer: int = 200, answers: Mapping[Kind, int] | None = None, **how: Any) -> Address:
    """For everybody with an account."""
    return only(SIGNED_IN, answer=answer, answers=answers, **how)


def only(
    kinds: Collection[Kind],
    *,
    answer: int = 200,
    others: int = 403,
    answers: Mapping[Kind, int] | None = None,
    **how: Any,
) -> Address:
    """For some kinds of people."""
    expected = {
        Kind.ANONYMOUS: 302,
        **dict.fromkeys(SIGNED_IN, others),
        **dict.fromkeys(kinds, answer),
        **(answers or {}),
    }
    return Address({kind: expected[kind] for kind in EVERYBODY}, **how)


def collected() -> dict[str, tuple[Address, ...]]:
    """The lines of every package's `tests/addresses.py`; an address may have several, each with other arguments."""
    together: dict[str, tuple[Address, ...]] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.tests.addresses"
        if config.name.startswith("saduak.") and find_spec(f"{config.name}.tests") and find_spec(name):
            table = import_module(name).ADDRESSES
            assert not together.keys() & table.keys(), f"{name} repeats {together.keys() & table.keys()}"
            together |= {name: line if isinstance(line, tuple) else (line,) for name, line in table.items()}
    return together
