"""The settings of the Django project, all from the environment (settings.environment)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from . import environment as env

PLATFORM = Path(__file__).resolve().parents[1]
HOME = env.home()
FILES = HOME / "files"

SECRET_KEY = env.secret_key()
DEBUG = env.switched_on("GONGKAI_DEBUG")
ALLOWED_HOSTS = env.listed("GONGKAI_HOSTS")
PUBLIC_URL = env.value("GONGKAI_PUBLIC_URL").rstrip("/") or f"http://{env.value('GONGKAI_ADDRESS')}"
SITE_NAME = env.value("GONGKAI_SITE_NAME")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "gongkai.platform.pages",
    "gongkai.platform.organs",  # 登录页面的模板先于 allauth 自带的
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "js_asset",
    "django_prose_editor",
    "procrastinate.contrib.django",
    "gongkai.platform.journal",
    "gongkai.platform.queue",
    "gongkai.platform.catalogue",
    "gongkai.platform.cases",
    "gongkai.platform.annual",
    "gongkai.platform.desk",
    "gongkai.platform.portal",
    "gongkai.platform.running",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongkai.platform.pages.middleware.reading",
    "gongkai.platform.pages.middleware.plain",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.platform.organs.middleware.seen",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.platform.urls"
WSGI_APPLICATION = "gongkai.platform.running.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongkai.platform.pages.context.site",
                "gongkai.platform.desk.navigation.navigation",
            ],
        },
    }
]

DATABASES = {"default": env.database() | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organs.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("login", "name", "email")}},
    {"NAME": "gongkai.platform.organs.strength.Long", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "gongkai.platform.organs.strength.Mixed"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PLATFORM / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
HTTPS = env.switched_on("GONGKAI_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "gongkai.platform.pages.errors.forged"
PROXIES = env.number("GONGKAI_PROXIES", 20)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

UPLOAD_BYTES = env.number("GONGKAI_UPLOAD_MB", 4096) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CLAMD = env.value("GONGKAI_CLAMD")

globals().update(env.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.value("GONGKAI_MAIL_FROM")

ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False  # 关闭浏览器即退出
ACCOUNT_FORMS = {
    "login": "gongkai.platform.organs.signing_forms.SignIn",
    "change_password": "gongkai.platform.organs.signing_forms.ChangePassword",
    "reauthenticate": "gongkai.platform.organs.signing_forms.Again",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip"}  # 每个进程各计；一个机关大楼常只有一个出口地址
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "gongkai.platform.organs.signing_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "gongkai.platform.organs.signing_in.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # organs.views.account 只收 POST
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "gongkai.platform.organs.signing_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "gongkai.platform.organs.signing_forms.SecondFactor",
    "reauthenticate": "gongkai.platform.organs.signing_forms.SecondAgain",
    "activate_totp": "gongkai.platform.organs.signing_forms.SetUpSecondFactor",
}
OIDC_ISSUER = env.value("GONGKAI_OIDC_ISSUER")
OIDC_CLAIM = env.value("GONGKAI_OIDC_CLAIM")
SECOND_FACTOR = env.value("GONGKAI_SECOND_FACTOR")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "identity",
                    "name": env.value("GONGKAI_OIDC_NAME"),
                    "client_id": env.value("GONGKAI_OIDC_CLIENT"),
                    "secret": env.value("GONGKAI_OIDC_SECRET"),
                    "settings": {"server_url": env.value("GONGKAI_OIDC_ISSUER")},
                }
            ],
        }
    }
    if env.value("GONGKAI_OIDC_ISSUER")
    else {}
)

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # 小时
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "gongkai.platform.organs.signing_forms.counted_login"
AXES_CLIENT_IP_CALLABLE = "gongkai.platform.organs.signing_forms.counted_address"
AXES_DISABLE_ACCESS_LOG = True  # 登录记入操作日志
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]  # 日志里不出现登录名和地址
AXES_LOCKOUT_CALLABLE = "gongkai.platform.pages.errors.locked_out"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "gongkai.platform.settings.discreet.Formatter", "show_words": DEBUG}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
