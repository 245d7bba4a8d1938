"""The settings of production, with the office whose entries are counted."""

from saduak.config.settings import *  # noqa: F403
from saduak.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.runtime"]
ROOT_URLCONF = "tests.runtime.urls"
