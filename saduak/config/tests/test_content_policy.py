"""Every answer has a content policy, and the same as `csp` would give it."""

import pytest
from csp.decorators import csp_exempt, csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from saduak.config.content_policy import ContentPolicy

POLICY = "Content-Security-Policy"


def plain(request):
    return HttpResponse("")


def with_its_own(request):
    return HttpResponse("", headers={POLICY: "sandbox"})


@pytest.mark.parametrize(
    "view",
    [
        plain,
        with_its_own,
        csp_update({"img-src": ["blob:"]})(plain),
        csp_replace({"img-src": ["blob:"]})(plain),
        csp_exempt()(plain),
    ],
    ids=["plain", "with its own", "updated", "replaced", "exempt"],
)
def test_an_answer_has_the_policy_that_csp_gives_it(view):
    ours, theirs = (kind(view)(RequestFactory().get("/")) for kind in (ContentPolicy, CSPMiddleware))

    assert ours.headers == theirs.headers


def test_a_policy_turns_away_whatever_it_does_not_name():
    policy = ContentPolicy(plain)(RequestFactory().get("/"))[POLICY]

    assert "default-src 'none'" in policy.split("; ")
