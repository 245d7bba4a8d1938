"""One entry for every request: `/live/…` is answered here and now, all else by Django in a pool of threads."""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from saduak.config.environment import environment
from saduak.config.parts import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
end_with_parent()

from saduak.config.wsgi import application as django  # noqa: E402  (after the worker is bound to its parent)

application = WSGIMiddleware(cast(Any, django), workers=environment().saduak_web_threads)
