"""The content policy of every answer, put into words once in a process (นโยบายเนื้อหา)."""

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

WISHES = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")
"""What views say of their own answers, by the decorators of `csp`."""


class ContentPolicy(CSPMiddleware):
    """As that of `csp`; an answer whose view wishes nothing of its own has the policy of the settings, word by word.

    No page of ours needs a nonce, and nothing is only reported.
    """

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Nothing is prepared: there are no nonces."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its policy."""
        if any(hasattr(response, wish) for wish in WISHES):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._policy)
        return response
