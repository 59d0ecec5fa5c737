"""All settings. Differences between installations are environment variables (see docs/operations.md); production is the default."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import database, env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("LOCALGOV_VAR", default=str(BASE_DIR / "var")))

DEBUG = env.flag("DEBUG", default=False)
#: Local means `make run` and the tests: the embedded database, plain http on this machine alone.
LOCAL = database.is_embedded() or env.flag("LOCALGOV_LOCAL", default=False)
if LOCAL:
    SECRET_KEY = env.secret("SECRET_KEY", default=database.local_secret_key(VAR_DIR))
    ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
else:
    SECRET_KEY = env.secret("SECRET_KEY")
    ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters: make a random one and set SECRET_KEY again.")
#: Keys one-time codes; its own variable so that turning SECRET_KEY does not void codes on their way to the units.
ONE_TIME_CODE_KEY = env.secret("ONE_TIME_CODE_KEY", default=SECRET_KEY)
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_vite",
    "template_partials",
    "procrastinate.contrib.django",
    "localgov.ui",
    "localgov.audit",
    "localgov.jobs",
    "localgov.organisations",
    "localgov.accounts",
    "localgov.forms",
    "localgov.rounds",
    "localgov.figures",
    "localgov.filings",
    "localgov.certification",
    "localgov.directory",
    "localgov.publishing",
    "localgov.scoring",
    "localgov.monitoring",
    "localgov.inspection",
    "localgov.notices",
    "localgov.library",
    "localgov.reports",
    "localgov.travel",
    "localgov.portal",
    "localgov.web",
]

MIDDLEWARE = [
    "localgov.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "localgov.web.middleware.PublicMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "localgov.accounts.middleware.ActorMiddleware",
    "localgov.accounts.middleware.DoorMiddleware",
    "localgov.web.middleware.PressMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "localgov.web.context.frame",
            ],
            "builtins": ["localgov.ui.templatetags.ui", "template_partials.templatetags.partials"],
        },
    },
]
FORM_RENDERER = "localgov.ui.renderers.FormRenderer"

DATABASES = database.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # Shared by every server process: rate limits must count all of them.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    },
}

#: Room for public answers in each server process (`ui.public_cache`); 0 keeps none.
PUBLIC_CACHE_MB = env.integer("PUBLIC_CACHE_MB", default=64, minimum=0)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "localgov.accounts.backends.OneTimeCodeBackend",
    "localgov.accounts.backends.PasswordBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_ADAPTER = "localgov.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
#: Failures are what is limited: a training room of seventy people behind one address must be able to sign in at once.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "30/m/ip,5/10m/key", "change_password": "10/m/user"}
ACCOUNT_SESSION_REMEMBER = False
SESSION_ENGINE = "localgov.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
if LOCAL:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"] if (BASE_DIR / "assets" / "dist").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/.+-[\w-]{8,}\."
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": BASE_DIR / "assets" / "dist" / "manifest.json"}}
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "localgov.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez)$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
if env.flag("TRUST_PROXY_HEADERS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits of failed sign-ins count the client, not the proxy
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

# Without EMAIL_HOST and EMAIL_FROM nothing is sent, and the pages of e-mails say so.
EMAIL_HOST = env.text("EMAIL_HOST", default="")
EMAIL_SECURITY = env.text("EMAIL_SECURITY", default="starttls").lower()
if EMAIL_SECURITY not in ("starttls", "tls", "none"):
    raise ImproperlyConfigured("ตัวแปร EMAIL_SECURITY ต้องเป็น starttls, tls หรือ none")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_PORT = env.integer("EMAIL_PORT", default={"starttls": 587, "tls": 465, "none": 25}[EMAIL_SECURITY], minimum=1)
EMAIL_HOST_USER = env.text("EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD", default="")
EMAIL_TIMEOUT = 30  # seconds at each step of a conversation
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default="")
#: The address of this installation as its e-mails name it.
SITE_URL = env.text("SITE_URL", default=CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "")
#: Where people train: the address of a demonstration, to which the public menu of a real installation leads.
TRAINING_SITE_URL = env.text("TRAINING_SITE_URL", default="")
#: Whether the workers ask recorded websites if they answer (localgov/directory/tasks.py): the only calls into the internet.
WEBSITE_CHECKS = env.flag("WEBSITE_CHECKS", default=False)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", default="INFO")},
    "loggers": {"procrastinate": {"level": "WARNING"}},  # it tells of every task, and of its start in every command
}
SILENCED_SYSTEM_CHECKS: list[str] = []
