"""Django's settings: production is the base, and no variable at all gives a safe single machine (การตั้งค่า)."""

import secrets
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from . import embedded_postgres, logs
from .environment import CHECKOUT, environment

ENVIRONMENT = environment()
DATA = ENVIRONMENT.saduak_data.resolve()
PACKAGE = Path(__file__).resolve().parents[1]


def _secret_key() -> str:
    """The signing key, made once and kept where only its owner reads it."""
    if ENVIRONMENT.saduak_secret_key:
        return ENVIRONMENT.saduak_secret_key.get_secret_value()
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        made = DATA / f"secret-key.{secrets.token_hex(4)}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(64))
        try:
            kept.hardlink_to(made)  # Two processes that start together end with the same key.
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return kept.read_text()


def _database(url: str) -> dict[str, Any]:
    """Django's way of writing a PostgreSQL address, which psycopg reads."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "saduak.postgres",
        "NAME": parts.pop("dbname", "postgres"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "saduak",
            "connect_timeout": 5,
            "prepares": ENVIRONMENT.saduak_prepared_statements,
            **parts,
        },
    }


def _files() -> dict[str, object]:
    """Where uploaded files lie: this machine's disk, or a bucket."""
    if not ENVIRONMENT.saduak_files_bucket:
        return {"BACKEND": "saduak.attachments.storage.Disk", "OPTIONS": {"location": DATA / "files"}}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": ENVIRONMENT.saduak_files_bucket,
            "endpoint_url": ENVIRONMENT.saduak_files_endpoint,
            "region_name": ENVIRONMENT.saduak_files_region,
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": True,
        },
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.hosts
PUBLIC_URL = ENVIRONMENT.public_url
ROOT_URLCONF = "saduak.config.urls"
WSGI_APPLICATION = "saduak.config.wsgi.application"

DATABASES = {"default": _database(ENVIRONMENT.database_url or embedded_postgres.address(DATA / "postgres"))}
UPLOAD_LIMIT = ENVIRONMENT.saduak_upload_megabytes * 1024 * 1024
WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
CREDENTIAL_SECRET = (
    ENVIRONMENT.saduak_credential_secret.get_secret_value() if ENVIRONMENT.saduak_credential_secret else None
)
CREDENTIAL_SECRET_FILE = DATA / "credential-secret"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
}

INSTALLED_APPS = [
    "saduak.config",
    # Casework, from the top of the house to its ground.
    "saduak.portal",
    "saduak.frontdesk",
    "saduak.certification",
    "saduak.catalogue",
    "saduak.standards",
    "saduak.directory",
    "saduak.machines",
    "saduak.people",
    # The toolbox.
    "saduak.access",
    "saduak.attachments",
    "saduak.audit",
    "saduak.credentials",
    "saduak.design",
    "saduak.documents",
    "saduak.journal",
    "saduak.live",
    "saduak.notices",
    # Django and its neighbours.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "template_partials",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "saduak.config.request_log.RequestLog",
    "saduak.config.health.Health",
    "saduak.machines.middleware.Machines",
    "django.middleware.security.SecurityMiddleware",
    "saduak.config.content_policy.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "saduak.config.request_size.RequestSize",
    "saduak.config.request_text.RequestText",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "saduak.design.preferences.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "saduak.people.middleware.personal_pages_are_not_kept",
    "saduak.people.middleware.officers_are_careful",
    "saduak.people.middleware.RefusedFormsSaySo",
    "django_htmx.middleware.HtmxMiddleware",
    "saduak.design.errors.RefusalMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "saduak.design.preferences.appearance",
            ],
        },
    }
]

FORM_RENDERER = "saduak.design.forms.Renderer"
CSRF_FAILURE_VIEW = "saduak.design.errors.form_expired"
MOURNING = ENVIRONMENT.saduak_mourning

AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["saduak.people.backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

# Accounts are made by those who appoint; nobody signs up.
ACCOUNT_ADAPTER = "saduak.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_USER_DISPLAY = str
ACCOUNT_FORMS = {
    "login": "saduak.people.forms.SignInForm",
    "reset_password": "saduak.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "saduak.people.forms.NewPasswordForm",
    "change_password": "saduak.people.forms.ChangePasswordForm",
    "set_password": "saduak.people.forms.FirstPasswordForm",
    "reauthenticate": "saduak.people.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "saduak.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "saduak"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")
MFA_FORMS = {
    "authenticate": "saduak.people.forms.SecondFactorForm",
    "reauthenticate": "saduak.people.forms.ConfirmSecondFactorForm",
    "activate_totp": "saduak.people.forms.ActivateTotpForm",
    "add_webauthn": "saduak.people.forms.AddKeyForm",
    "edit_webauthn": "saduak.people.forms.RenameKeyForm",
}
SOCIALACCOUNT_ADAPTER = "saduak.people.adapters.OutsideAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # A form's target may not lead to another site under our content policy.
SOCIALACCOUNT_QUERY_EMAIL = False
THAID_IS_CONFIGURED = ENVIRONMENT.saduak_thaid_url is not None
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "thaid",
                "name": "ThaID",
                "client_id": ENVIRONMENT.saduak_thaid_client_id,
                "secret": ENVIRONMENT.saduak_thaid_client_secret.get_secret_value(),
                "settings": {"server_url": ENVIRONMENT.saduak_thaid_url},
            }
        ]
        if THAID_IS_CONFIGURED
        else [],
    }
}
SECOND_FACTOR_GRACE_DAYS = ENVIRONMENT.saduak_second_factor_grace_days
OFFICER_IDLE_MINUTES = ENVIRONMENT.saduak_officer_idle_minutes
OFFICER_SINCE = "saduak.directory.queries.officer_since"
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "saduak.people.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "saduak.design.vendor.VendorFinder",
]
NODE_MODULES = CHECKOUT / "node_modules"
STORAGES = {
    "default": _files(),
    "staticfiles": {"BACKEND": "saduak.design.static_files.HashedFiles"},
}

# Nothing inline, nothing from elsewhere, never inside another site's frame.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
_OVER_TLS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _OVER_TLS
SECURE_HSTS_SECONDS = 31_536_000 if _OVER_TLS else 0
SESSION_COOKIE_HTTPONLY = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Behind a prefix that only a secure cookie of this very host may carry, no sibling site can plant one.
if _OVER_TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

if ENVIRONMENT.saduak_email_host:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = ENVIRONMENT.saduak_email_host
    EMAIL_PORT = ENVIRONMENT.saduak_email_port
    EMAIL_HOST_USER = ENVIRONMENT.saduak_email_user
    EMAIL_HOST_PASSWORD = ENVIRONMENT.saduak_email_password.get_secret_value()
    EMAIL_USE_TLS = ENVIRONMENT.saduak_email_security == "starttls"
    EMAIL_USE_SSL = ENVIRONMENT.saduak_email_security == "tls"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.saduak_email_from

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration(ENVIRONMENT.saduak_log_level, ENVIRONMENT.saduak_log_format)
