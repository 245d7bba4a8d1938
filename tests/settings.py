"""The settings of production, with what only tests need."""

from saduak.config.settings import *  # noqa: F403
from saduak.config.settings import DATABASES, STATIC_ROOT, STORAGES, TEMPLATES
from tests.support.templates import UndefinedVariable

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"] |= {"CONN_MAX_AGE": 0}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
