"""Settings. Everything that differs between places comes from the environment (see docs/settings.md)."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment
from toolkit.zones import use_pinned_zones

use_pinned_zones()  # before anything reads a zone
BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.chosen()
FILES_ONLY = False  # see settings_files

# --- Where we are -----------------------------------------------------------------------------------------------
DEMO = env.flag("DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
LOCAL = DEMO or DEBUG or env.flag("LOCAL", default=False)
if not LOCAL:
    env.need("SECRET_KEY", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL")
VAR_DIR = env.path("VAR_DIR", default=BASE_DIR / "var")
SECRET_KEY = env.secret("SECRET_KEY", local_file=VAR_DIR / "secret_key" if LOCAL else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.address("SITE_URL", default="http://localhost:8000" if LOCAL else None)
SITE_NAME = "Passerelle"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "toolkit",
    "network",
    "contest",
    "judging",
    "corridor",
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rules.apps.AutodiscoverRulesConfig",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
]

MIDDLEWARE = [
    "toolkit.visitors.VisitorAddressMiddleware",
    "toolkit.readable.ReadableMiddleware",
    "toolkit.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "toolkit.middleware.ReaderMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "toolkit.sent_texts.SentTextsMiddleware",
    "toolkit.names.UndrawnMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "toolkit.middleware.LoggedOutMiddleware",
    "toolkit.middleware.RefusalMiddleware",
]

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
                "toolkit.context.frame",
            ],
            "builtins": ["toolkit.templatetags.house", "template_partials.templatetags.partials"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our field template: templates/django/forms/field.html

# --- Data -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'passerelle.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Uploaded and rendered files: outside every static or media address; served only by views that check permission.
PRIVATE_DIR = env.path("PRIVATE_DIR", default=VAR_DIR / "files")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(PRIVATE_DIR)}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = LOCAL
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = env.integer("UPLOAD_MAX_BYTES", default=20 * 1024 * 1024)
UPLOAD_MAX_PAGES = env.integer("UPLOAD_MAX_PAGES", default=40)
# Counters of limits, which all web processes share: files beside SQLite (its one writer is not kept waiting), else a
# table.
CACHES = {
    "default": env.cache(
        "CACHE_URL",
        default="files" if "sqlite" in DATABASES["default"]["ENGINE"] else "table",
        folder=VAR_DIR / "cache",
    )
}

# --- People -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = []
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "welcome"
ACCOUNT_ADAPTER = "network.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "network.forms.SignupDetails"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "network.accounts.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # a mail may take its time; three wrong codes end it sooner
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
# A session alone changes nothing about how one gets in: a code to the present address, or the passkey or app, comes
# first.
ACCOUNT_REAUTHENTICATION_REQUIRED = MFA_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split("://", 1)[0]
ACCOUNT_FORMS = {
    "login": "network.account_forms.LogIn",
    "signup": "network.account_forms.SignUp",
    "request_login_code": "network.account_forms.RequestCode",
    "confirm_login_code": "network.account_forms.ConfirmLogIn",
    "confirm_reauthentication_code": "network.account_forms.ConfirmAgain",
    "confirm_email_verification_code": "network.account_forms.ConfirmAddress",
    "add_email": "network.account_forms.ChangeAddress",
}
MFA_ADAPTER = "network.accounts.MFAAdapter"
USERSESSIONS_ADAPTER = "network.accounts.SessionsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "network.account_forms.SecondStep",
    "reauthenticate": "network.account_forms.SecondStepAgain",
    "activate_totp": "network.account_forms.ActivateApp",
    "add_webauthn": "network.account_forms.AddKey",
    "edit_webauthn": "network.account_forms.RenameKey",
    "signup_webauthn": "network.account_forms.SignUpKey",
}
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- Languages and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["config.formats"]

# --- Mail and tasks -----------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}" if LOCAL else None)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="Passerelle <passerelle@localhost>" if LOCAL else None)
TASKS = {
    "default": {
        "BACKEND": env.text("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend"),
        "QUEUES": ["default"],
    }
}

# --- The seal on executed agreements (toolkit/seal.py) ------------------------------------------------------------
SEAL = {
    "pkcs12": env.text("SEAL_PKCS12", default=""),
    "passphrase": env.text("SEAL_PASSPHRASE", default=""),
    "pkcs11_module": env.text("SEAL_PKCS11_MODULE", default=""),
    "pkcs11_token": env.text("SEAL_PKCS11_TOKEN", default=""),
    "pkcs11_pin": env.text("SEAL_PKCS11_PIN", default=""),
    "pkcs11_certificate": env.text("SEAL_PKCS11_CERTIFICATE", default=""),
    "time_stamp": env.text("SEAL_TIME_STAMP_URL", default=""),
}
SEAL_SELF_MADE = VAR_DIR / "seal.p12" if LOCAL else None

# --- Security ---------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=not LOCAL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 0 if LOCAL else env.integer("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
# Proxies of ours in front of this server: each appends to X-Forwarded-For whom it heard.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_TLS_PROXY", default=False) else None
# Whom to tell of a weakness: /.well-known/security.txt
SECURITY_CONTACT = env.contacts("SECURITY_CONTACT")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.views.session_expired"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- API --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "toolkit.parsers.StrictJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.NamespaceVersioning",
    "EXCEPTION_HANDLER": "toolkit.rest.refusals_as_answers",
    "PAGE_SIZE": 50,
    # Enough for a person and a patient script.
    "DEFAULT_THROTTLE_CLASSES": [
        "toolkit.throttles.VisitorThrottle",
        "toolkit.throttles.MemberThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "300/min"},
    "NUM_PROXIES": 0,  # toolkit.visitors has put the visitor's address into REMOTE_ADDR
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Passerelle",
    "DESCRIPTION": "The contest and the corridor: what you see on the pages, through the same rules.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "EntryState": "contest.states.EntryState",
        "ScorecardState": "judging.states.ScorecardState",
        "StayState": "corridor.states.StayState",
        "AgreementState": "corridor.states.AgreementState",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "toolkit.middleware.RequestIdFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {request_id} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", default="INFO")},
    # Each document rendered would log a hundred lines about its fonts.
    "loggers": {"weasyprint": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
