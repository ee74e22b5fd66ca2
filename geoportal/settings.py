"""All settings, read from the environment, with defaults that run. Each variable stands in .env.example."""

from __future__ import annotations

import re
from pathlib import Path

import environ
from django.core.management.utils import get_random_secret_key
from django.db.backends.postgresql.psycopg_any import is_psycopg3

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()
if (ROOT / ".env").is_file():
    env.read_env(str(ROOT / ".env"))

RELEASE = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0]
DATA_DIR = Path(env.str("PORTAL_DATA", default=str(ROOT / ".data")))

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or get_random_secret_key()
# A key made up at each start cannot open tomorrow what it seals today.
SECRET_KEY_LASTS = bool(env.str("SECRET_KEY", default=""))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
# Behind the nginx of deploy/: who the client is and whether he came by TLS stands in its headers.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# What is stored is measured in the province's own VN-2000 plane, where areas are the legal ones.
STORAGE_SRID = 9209

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django_htmx",
    # The web part on psycopg2 has no worker (decision 0001).
    *(["procrastinate.contrib.django"] if is_psycopg3 else []),
    "layers",
    "importers",
    "exports",
    "contact",
    # … and so no desk: it publishes, which psycopg 3 alone can.
    *(["allauth", "allauth.account", "allauth.mfa", "desk"] if is_psycopg3 else []),
    "geoportal",
]

# They let every address outside /desk/ pass untouched: a public page has no session and no cookie of one.
AT_THE_DESK = [
    "desk.middleware.Sessions",
    "desk.middleware.Forms",
    "desk.middleware.Officers",
]
MIDDLEWARE = [
    "geoportal.middleware.timing",
    "geoportal.middleware.security_headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "geoportal.middleware.rate_limit",
    "django.middleware.common.CommonMiddleware",
    "geoportal.middleware.language",
    "django_htmx.middleware.HtmxMiddleware",
    *(AT_THE_DESK if is_psycopg3 else []),
    "geoportal.problems.answer_problems",
    # Inside the one before, so that "type your password again" is not taken for a fault.
    *(["allauth.account.middleware.AccountMiddleware"] if is_psycopg3 else []),
]

# The system's GDAL (3.6 on Debian 12) reads nothing from outside: deliveries are read by the confined reader's own.
# (files.E001: the folder is made when the first file arrives.)
SILENCED_SYSTEM_CHECKS = ["gis.W001", "files.E001"]

ROOT_URLCONF = "geoportal.urls"
WSGI_APPLICATION = "geoportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "geoportal.context.portal"],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "geoportal.templatetags.portal",
            ],
        },
    }
]


def database(statement_timeout_ms: int) -> dict[str, object]:
    """One database, three connections: each role with its own time-outs, so that no question holds another up."""
    settings: dict[str, object] = dict(env.db("DATABASE_URL", default="postgis://geoportal@127.0.0.1/geoportal"))
    settings["ENGINE"] = "django.contrib.gis.db.backends.postgis"
    settings["CONN_MAX_AGE"] = None
    settings["CONN_HEALTH_CHECKS"] = True
    limits = (
        f"-c statement_timeout={statement_timeout_ms} -c idle_in_transaction_session_timeout={statement_timeout_ms * 2}"
        " -c max_parallel_workers_per_gather=0 -c jit=off"
        # Otherwise PostgreSQL plans the first five uses of a prepared statement anew on every connection, to see if
        # that pays; here it never does (a click's plan takes ten times as long to make as to run).
        " -c plan_cache_mode=force_generic_plan"
        # What the search of names calls alike: the usual 0.3 finds a thousand streets.
        " -c pg_trgm.similarity_threshold=0.45"
    )
    settings["OPTIONS"] = {**dict(settings.get("OPTIONS", {})), "options": limits}  # type: ignore[call-overload]  # a dict there
    return settings


DATABASES = {
    "default": database(statement_timeout_ms=env.int("WEB_TIMEOUT_MS", default=5_000)),
    "tiles": {
        **database(statement_timeout_ms=env.int("TILES_TIMEOUT_MS", default=2_000)),
        "TEST": {"MIRROR": "default"},
    },
    "publish": {**database(statement_timeout_ms=30 * 60_000), "TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Officers: accounts made by an administrator, a password of their own, a second factor (`desk.accounts`).
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"] if is_psycopg3 else []
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "desk"
ACCOUNT_ADAPTER, MFA_ADAPTER = "desk.accounts.Adapter", "desk.accounts.SecondFactor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "geoportal"
# An officer who goes home without signing out is signed out after half an hour.
SESSION_COOKIE_NAME, SESSION_COOKIE_PATH, SESSION_COOKIE_AGE = "desk", "/desk/", 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_PATH, CSRF_COOKIE_HTTPONLY = "/desk/", True
CSRF_FAILURE_VIEW = "desk.views.account.expired"

# An operator may publish at the console without a second officer; the history says so. False forbids it.
CONSOLE_MAY_PUBLISH = env.bool("CONSOLE_MAY_PUBLISH", default=True)
# Refuse to read a delivery where the machine does not permit a process without network.
REQUIRE_NAMESPACE = env.bool("REQUIRE_NAMESPACE", default=False)
# The portal's own address, as it stands in the QR code of a sheet; empty: the address by which the sheet was asked for.
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default="")
# The key that information sheets are signed with: a PKCS #12 file, or a token behind a PKCS #11 driver. Neither: a
# demonstration key that the portal makes itself, and every sheet says so.
SHEET_KEY_FILE = env.str("SHEET_KEY_FILE", default="")
SHEET_KEY_PASSWORD = env.str("SHEET_KEY_PASSWORD", default="")
SHEET_PKCS11_MODULE = env.str("SHEET_PKCS11_MODULE", default="")
SHEET_PKCS11_TOKEN = env.str("SHEET_PKCS11_TOKEN", default="")
SHEET_PKCS11_LABEL = env.str("SHEET_PKCS11_LABEL", default="")
SHEET_PKCS11_PIN = env.str("SHEET_PKCS11_PIN", default="")
# The address of a timestamp authority (RFC 3161); empty: sheets carry the portal's own clock only.
SHEET_TIMESTAMPS = env.str("SHEET_TIMESTAMPS", default="")
# How many days the bytes of a sheet are kept; then its code is answered as expired.
SHEET_DAYS = env.int("SHEET_DAYS", default=3650)
FILE_UPLOAD_TEMP_DIR = str(DATA_DIR / "arriving")
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "geoportal.arriving.Arriving"]
# As much as a form of a site may weigh: an outline of 100,000 corners is told in its form that it is too long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 2**20
# How many days a batch of sites is kept; then it is deleted with its rows.
BATCH_DAYS = env.int("BATCH_DAYS", default=7)
# Requests a minute from one client, by kind of address; 0 switches the limit off.
RATE_PAGES = env.int("RATE_PAGES", default=600)
RATE_TILES = env.int("RATE_TILES", default=6_000)
RATE_SIGN_IN = env.int("RATE_SIGN_IN", default=20)
RATE_SHEETS = env.int("RATE_SHEETS", default=30)
RATE_LETTERS = env.int("RATE_LETTERS", default=10)
RATE_PRECHECKS = env.int("RATE_PRECHECKS", default=6)
RATE_BATCHES = env.int("RATE_BATCHES", default=6)
# Keys that seal what people entrust to us (`contact.sealing`), the newest first.
CONTACT_KEYS = env.list("CONTACT_KEYS", default=[])
MAIL = env.email_url("EMAIL_URL", default="consolemail://")
# The console is a log, so our own back end leaves the addresses out.
IS_MAIL_SENT = MAIL["EMAIL_BACKEND"] != "django.core.mail.backends.console.EmailBackend"
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"] if IS_MAIL_SENT else "contact.mail.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"] or "localhost", MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"] or "", MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("EMAIL_USE_TLS", False), MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
# Who is told when a delivery waits for approval; nobody by default. The letter names no person and no file.
DESK_MAIL = env.list("DESK_MAIL", default=[])
# Where messages for SMS and Zalo are posted to, and the secret they are signed with.
FOLLOW_WEBHOOK = env.str("FOLLOW_WEBHOOK", default="")
FOLLOW_WEBHOOK_SECRET = env.str("FOLLOW_WEBHOOK_SECRET", default="")
# The key that web push is sent by (`contact.pushing`), and whom a push service may write to about it.
PUSH_KEY = env.str("PUSH_KEY", default="")
PUSH_CONTACT = env.str("PUSH_CONTACT", default="mailto:geoportal@localhost")
# Push services of one's own network, host:port; any other address inside is never called (`contact.pushing`).
PUSH_INSIDE = env.list("PUSH_INSIDE", default=[])
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="geoportal@localhost")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# The folder carries the release: everything below it may be kept for ever, and relative imports need no rewriting.
STATIC_URL = f"/static/{RELEASE}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31536000


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:
    return url.startswith(STATIC_URL)


PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # what the worker does stands in an app's jobs.py

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "geoportal.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"procrastinate": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
