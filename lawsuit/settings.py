"""Settings, in sections; whatever differs between installations comes from the environment (docs/deployment.md)."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from lawsuit import broker, environment

# Lets generic base classes such as ModelAdmin[Court] be written down for the type checker.
django_stubs_ext.monkeypatch()

# Where things are ---------------------------------------------------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("TECUM_DATA", str(BASE_DIR / "var"))).expanduser().resolve()
RELEASE = next(
    line.removeprefix("## ").split()[0]
    for line in (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("## ")
)

# Security -----------------------------------------------------------------------------------------------------------
DEBUG = environment.flag("TECUM_DEBUG")
SECRET_KEY = environment.secret_key(DATA_DIR)
ALLOWED_HOSTS = environment.words("TECUM_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = environment.flag("TECUM_HTTPS")
"""Say yes when a proxy in front speaks HTTPS and sets X-Forwarded-Proto: cookies and redirects then insist on it."""
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the one view that is framed, a PDF beside its form, says so itself
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024  # a 500-request set pasted at once; the proxy sets its own limit
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# The application ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "csp",
    "discovery",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "lawsuit.urls"
WSGI_APPLICATION = "lawsuit.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Database -----------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'tecum.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Web, worker and beat write the same file: WAL lets readers pass, IMMEDIATE takes the write lock at BEGIN (so the
    # busy timeout applies and no transaction dies half-way when it upgrades its lock), 20 s outlasts any of our writes.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    INSTALLED_APPS.append("django.contrib.postgres")  # its driver takes 9 MB in every process, so not where SQLite is used
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jobs ---------------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = environment.text("REDIS_URL", broker.url(DATA_DIR))
CELERY_RESULT_BACKEND = None  # what became of a job stands in its row
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1_000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB; a 1,000-page paper peaks at about 700 MB and then gives its worker back
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = environment.number("TECUM_TASK_SECONDS", 900, least=30)
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT - 15
# Longer than any task may run, so that no running one is given out twice; lost ones are found by their lease sooner.
# A web request does not wait for a broker that is away: the row is written, the sweep rings later. (0 would mean for ever.)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "socket_connect_timeout": 2,
    "visibility_timeout": CELERY_TASK_TIME_LIMIT + 60,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
DRAFT_LEASE_SECONDS = environment.number("TECUM_LEASE_SECONDS", 30, least=2)
"""How long a worker may stay silent about a draft before the sweep gives it to another; renewed while it renders."""
DRAFT_MAX_ATTEMPTS = 3
SWEEP_SECONDS = environment.number("TECUM_SWEEP_SECONDS", 10, least=1)
DATES_SECONDS = environment.number("TECUM_DATES_SECONDS", 300, least=5)
"""How often dates are held against the court's record, its closures and the law's release."""
REMIND_SECONDS = environment.number("TECUM_REMIND_SECONDS", 300, least=1)
"""How often dates are looked through for reminders, and reminders that wait are sent."""
CELERY_BEAT_SCHEDULE = {
    "sweep-drafts": {
        "task": "discovery.sweep_drafts",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},  # sweeps must not pile up while no worker runs
    },
    "recompute-dates": {
        "task": "discovery.recompute_dates",
        "schedule": DATES_SECONDS,
        "options": {"expires": DATES_SECONDS},
    },
    "remind": {"task": "discovery.remind", "schedule": REMIND_SECONDS, "options": {"expires": REMIND_SECONDS}},
}

# E-mail: nothing leaves the machine unless the installation names a server (law 10) -----------------------------------
MAIL_SERVER = environment.mail_server("TECUM_EMAIL_URL")
SENDS_EMAIL = MAIL_SERVER is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_EMAIL else 'dummy'}.EmailBackend"
if MAIL_SERVER is not None:
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 20
MAIL_NEEDS = "TECUM_EMAIL_URL" if SENDS_EMAIL else ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.mail_address("TECUM_EMAIL_FROM", needed_for=MAIL_NEEDS)
SITE_URL = environment.site_address("TECUM_SITE_URL", needed_for=MAIL_NEEDS)
"""Where people open the site: links in e-mail begin with it."""
EMAIL_MINIMAL = environment.flag("TECUM_EMAIL_MINIMAL")
"""No names of cases or persons in e-mail: it passes through servers of others."""
REMINDER_DAYS = environment.numbers("TECUM_REMINDER_DAYS", "14,7,3,1,0", least=0, most=365)
REMINDER_LEASE_SECONDS = 120
"""How long a worker may take over one e-mail before another one sends it; the mail server has EMAIL_TIMEOUT for each step."""
REMINDER_MAX_ATTEMPTS = 3

# Files --------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # A preview shows a paper with the stylesheets and the fonts that print it.
    ("papers/styles", BASE_DIR / "discovery" / "papers" / "styles"),
    ("papers/fonts", BASE_DIR / "discovery" / "papers" / "fonts"),
]
# Collecting the fonts compressed would take a minute; a browser keeps them.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name fingerprinted files alone; collecting takes half the time
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
ATTACHMENT_MEGABYTES = environment.number("TECUM_ATTACHMENT_MB", 25, least=1)
LOG_ROWS = environment.number("TECUM_LOG_ROWS", 50_000, least=1)
"""Rows of a privilege log that one import takes."""
LOG_UNPACKED_MEGABYTES = 150
"""What a workbook may unpack to: 50,000 rows of long descriptions are about 100 MB of XML."""
LOG_PRINTED_ROWS = environment.number("TECUM_LOG_PRINTED_ROWS", 6_000, least=1)
"""Entries that one PDF of a log holds, within a task's time and about 1.5 GB; longer logs go out as .xlsx."""

# Language and time --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = environment.text("TECUM_TIME_ZONE", "America/Los_Angeles")

# Logging ------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": environment.text("TECUM_LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in ("fontTools", "pikepdf", "weasyprint")},
}
