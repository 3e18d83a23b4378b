"""Django's settings: all from the environment, and nothing that only a demonstration may have.

    ASSUAGE_CLINIC_DATA         the folder of the database and of what is made at first start
    DATABASE_URL                postgresql://user:password@host:port/name instead of SQLite in that folder
    ASSUAGE_CLINIC_SECRET_FILE  a file with the secret; ASSUAGE_CLINIC_SECRET holds it itself
    ASSUAGE_CLINIC_HOSTS        the names under which it is reached, with commas between them
    ASSUAGE_CLINIC_TLS          `proxy` behind a proxy that speaks TLS; `none` on this machine alone
    ASSUAGE_CLINIC_DEMO         `1`: invented people to log in as; refused anywhere but on this machine
    ASSUAGE_CLINIC_ZONE         the time zone of patients who have none of their own
    ASSUAGE_CLINIC_COUNTRY      the country whose rules hold, two letters
    ASSUAGE_CLINIC_CONTACT      whom a patient calls: the number, and when somebody answers
    ASSUAGE_CLINIC_ONE_FACTOR   `1`: staff may log in without a second factor, which the house's own log-in asks for
    ASSUAGE_CLINIC_TOKEN_KEY_FILE  the key that signs who somebody is, for programs; `token-key.pem` of the folder
    ASSUAGE_CLINIC_OIDC_FILE    a JSON file with `name`, `server`, `client_id`, `secret`: the house's own log-in
    ASSUAGE_CLINIC_ADDRESS      how it is reached, for the links in notes: https and the first of the hosts otherwise
    ASSUAGE_CLINIC_SMTP         host:port of the post office that sends reminders; without one none is sent
    ASSUAGE_CLINIC_SMTP_USER, ASSUAGE_CLINIC_SMTP_PASSWORD_FILE  how it is logged in to, where it asks
    ASSUAGE_CLINIC_FROM         the address that reminders come from
    ASSUAGE_CLINIC_HOOKS_FILE   who may call CDS Hooks under /hooks, and their keys (.toml); without it nobody
    ASSUAGE_CLINIC_HOOKS_PAGE   the SMART page that its cards link to
    ASSUAGE_CLINIC_UNSIGNED_CARDS  `1`: a patient's card in words that nobody has signed; the site answers for it

What of it cannot be is refused when it starts (`checks`), never mended in silence.
"""

from __future__ import annotations

import os
from pathlib import Path

from assuage.catalogue.languages import LANGUAGES as TITLES
from assuage.catalogue.languages import ORIGINAL
from assuage.clinic.database import database_of
from assuage.clinic.keys import (
    account_of_post_office,
    address_of,
    log_in_of_the_house,
    post_office,
    token_key,
)

HERE = Path(__file__).parent


def _secret() -> str:
    named = os.environ.get("ASSUAGE_CLINIC_SECRET_FILE")
    if named:
        return Path(named).read_text(encoding="utf-8").strip()
    return os.environ.get("ASSUAGE_CLINIC_SECRET", "")


DEBUG = False
DEMO = os.environ.get("ASSUAGE_CLINIC_DEMO") == "1"
TLS = os.environ.get("ASSUAGE_CLINIC_TLS", "proxy")
SECRET_KEY = _secret()
ALLOWED_HOSTS = [
    each.strip() for each in os.environ.get("ASSUAGE_CLINIC_HOSTS", "").split(",") if each.strip()
]
DATA = Path(os.environ.get("ASSUAGE_CLINIC_DATA", "."))
CLINIC_ZONE = os.environ.get("ASSUAGE_CLINIC_ZONE", "Europe/Vilnius")
CLINIC_COUNTRY = os.environ.get("ASSUAGE_CLINIC_COUNTRY") or None
CLINIC_HOOKS_FILE = os.environ.get("ASSUAGE_CLINIC_HOOKS_FILE") or None
CLINIC_HOOKS_PAGE = os.environ.get("ASSUAGE_CLINIC_HOOKS_PAGE") or None
CLINIC_CONTACT = os.environ.get("ASSUAGE_CLINIC_CONTACT", "")
# Effects that somebody waits for are made by a process that the server begins, unless a timer of the site does it.
CLINIC_BESIDE = os.environ.get("ASSUAGE_CLINIC_BESIDE") != "0"
CLINIC_UNSIGNED_CARDS = DEMO or os.environ.get("ASSUAGE_CLINIC_UNSIGNED_CARDS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "assuage.clinic.people",
    "assuage.clinic.store",
    "assuage.clinic.audit",
    "assuage.clinic.inbox",
    "assuage.clinic.reminders",
    "assuage.clinic.outcomes",
]
MIDDLEWARE = [
    "assuage.clinic.security.SecurityHeaders",
    "assuage.clinic.security.BoundedRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "assuage.clinic.speaking.LanguageOfTheReader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assuage.clinic.security.IdleSessions",
    "assuage.clinic.security.SecondFactorOfStaff",
]
ROOT_URLCONF = "assuage.clinic.urls"
WSGI_APPLICATION = "assuage.clinic.wsgi.application"
DATABASES = {"default": database_of(os.environ.get("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

# Pages of ours are Jinja2, as all pages of `report` are; the forms of allauth are Django's templates in our frame.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "people" / "account_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assuage.clinic.page.around_account_pages",
            ]
        },
    }
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    # longer than the 8 that OWASP ASVS 5.0 asks for (6.2.1); nothing is asked of which letters
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "assuage.clinic.people.adapter.ClosedToSignUp"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
}  # of an address, of an account (ours)
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = (
    False  # here one stays; other devices are logged out by Django all the same
)
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TLS == "proxy" else 0  # whose address a rate is limited for
# Whoever sees the records of others shows two things: what they know and what they have (OWASP ASVS 5.0, 6.3.3).
CLINIC_STAFF_FACTOR = not DEMO and os.environ.get("ASSUAGE_CLINIC_ONE_FACTOR") != "1"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = TLS == "none"

# Programs that people let in (`people.programs`): with PKCE, for an hour, renewed for a month at most.
IDP_OIDC_ADAPTER = "assuage.clinic.people.adapter.ProgramsOfTheClinic"
IDP_OIDC_PRIVATE_KEY = token_key(DATA)
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 60 * 60
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 60 * 60
# The house's own accounts: nobody is made up from a claim, and a name of theirs is not kept.
SOCIALACCOUNT_ADAPTER = "assuage.clinic.people.adapter.LinkedAccountsOnly"
SOCIALACCOUNT_PROVIDERS, HOUSE, FORMS_LEAD_TO = log_in_of_the_house()
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False

# Cookies, transport, what others may do with our pages (OWASP ASVS 5.0, V3)
_OVER_TLS = TLS != "none"
SESSION_COOKIE_NAME = "__Host-session" if _OVER_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _OVER_TLS else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if _OVER_TLS else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _OVER_TLS
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a cookie of its own
CSRF_FAILURE_VIEW = "assuage.clinic.refused.csrf_failure"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = (
    30 * 24 * 60 * 60
)  # of a patient; a member of staff who is idle for 15 minutes is logged out
SESSION_SAVE_EVERY_REQUEST = False
SECURE_SSL_REDIRECT = _OVER_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS == "proxy" else None
SECURE_HSTS_SECONDS = 31_536_000 if _OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _OVER_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CLINIC_MOST_BYTES = 2 * 1024 * 1024  # of a whole request, files included (ours)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Notes go over TLS to the post office of the site; those of a demonstration are laid into its folder.
CLINIC_ADDRESS = os.environ.get("ASSUAGE_CLINIC_ADDRESS") or address_of(ALLOWED_HOSTS, over_tls=_OVER_TLS)
DEFAULT_FROM_EMAIL = os.environ.get("ASSUAGE_CLINIC_FROM", "clinic@localhost")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = post_office(demo=DEMO)
EMAIL_FILE_PATH = str(DATA / "notes")
EMAIL_USE_TLS, EMAIL_TIMEOUT = True, 10
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = account_of_post_office()

LANGUAGE_CODE = ORIGINAL
LANGUAGES = [(code, each.title) for code, each in TITLES.items()]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # moments only: a day is always the patient's own (`store.days`)
STATIC_URL = "/static/"
STATICFILES_DIRS = [("clinic", HERE / "static")]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# No patient value is ever logged: a line says what was asked for by its route, never by its address or its content.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {
        "plain": {
            "()": "assuage.clinic.lines.LineOfTheLog",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"standard-error": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["standard-error"], "level": "WARNING"},
    "loggers": {"assuage.clinic": {"level": "INFO"}, "django.request": {"level": "CRITICAL"}},
}
