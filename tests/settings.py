"""The settings of production, with what only tests need."""

from saduak.config.settings import *  # noqa: F403
from saduak.config.settings import DATABASES, STORAGES, TEMPLATES
from saduak.design.messages import compile_stale
from tests.support.templates import UndefinedVariable

compile_stale()

SECRET_KEY = "tests"
CREDENTIAL_SECRET = "words that open the signing keys of tests"
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
# Static files straight from their packages, without collecting them first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
