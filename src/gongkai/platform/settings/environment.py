"""What can be set from outside: every variable once, with its default and what it does. The documentation prints this."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: its name, the value where nothing is set, and what it means."""

    name: str
    default: str
    zh: str
    en: str
    secret: bool = False


VARIABLES = (
    Variable("GONGKAI_HOME", "~/.local/share/gongkai", "数据目录：自带的数据库、附件、密钥、日志。", "Data directory: embedded database, files, key, logs."),
    Variable("DATABASE_URL", "", "PostgreSQL 15 以上的地址；空则使用自带的数据库。", "A PostgreSQL 15+ server; empty means the embedded one.", True),
    Variable("GONGKAI_OWNER_DATABASE_URL", "", "建表所用账号的数据库地址；空则与 DATABASE_URL 相同。", "The database as the owner of the tables, for `gongkai migrate`; empty means DATABASE_URL.", True),
    Variable("GONGKAI_POSTGRES", "", "PostgreSQL 程序所在目录；空则依次找随装的和系统的。", "Folder of PostgreSQL's programs; empty looks for those installed along, then the system's."),
    Variable("GONGKAI_SECRET_KEY", "", "签名密钥；空则在数据目录生成并保存。", "The signing key; empty means one made and kept in the data directory.", True),
    Variable("GONGKAI_CASE_KEY", "", "申请人个人信息的加密密钥，逗号分隔，第一把加密，其余只解密；空则在数据目录生成并保存。", "Keys that seal applicants' personal data, separated by commas: the first seals, the others only open; empty means one made and kept in the data directory.", True),
    Variable("GONGKAI_ADDRESS", "127.0.0.1:8000", "监听地址。", "The address to listen on."),
    Variable("GONGKAI_PUBLIC_URL", "", "公众访问的网址，用于永久地址、订阅和信件。", "The public address of the site, for permanent addresses, feeds and letters."),
    Variable("GONGKAI_HOSTS", "localhost,127.0.0.1,[::1]", "允许的主机名，以逗号分隔。", "Host names that are served, separated by commas."),
    Variable("GONGKAI_HTTPS", "0", "1：只经 HTTPS 提供服务（安全 Cookie、HSTS）。", "1: served through HTTPS only (secure cookies, HSTS)."),
    Variable("GONGKAI_PROXIES", "0", "前面有几层可信的反向代理。", "How many trusted reverse proxies stand in front."),
    Variable("GONGKAI_WORKERS", "2", "网页服务进程数。", "Number of web processes."),
    Variable("GONGKAI_DEBUG", "0", "1：开发时显示出错细节。", "1: show details of errors, for development."),
    Variable("GONGKAI_UPLOAD_MB", "50", "单个附件的上限（MB）。", "The largest attachment, in MB."),
    Variable("GONGKAI_CLAMD", "", "ClamAV 的套接字（unix:路径 或 主机:端口）；空则不扫描。", "The socket of ClamAV (unix:PATH or HOST:PORT); empty means no scan."),
    Variable("GONGKAI_MAIL_URL", "", "发信服务器 smtp://用户:密码@主机:端口（STARTTLS）或 smtps://…（TLS）；空则写入数据目录的 mail。", "smtp://USER:PASSWORD@HOST:PORT (STARTTLS) or smtps://… (TLS); empty writes letters into the data directory.", True),
    Variable("GONGKAI_MAIL_FROM", "gongkai@localhost", "信件的发件人。", "The sender of letters."),
    Variable("GONGKAI_SMS", "", "短信接口 https://标识:密钥@主机/路径，以 HTTP POST 发送并签名；空则写入数据目录的 sms。", "The SMS service, https://NAME:SECRET@HOST/PATH: posted to, and signed; empty writes them into the data directory (sms).", True),
    Variable("GONGKAI_PAYMENT", "", "缴费接口 https://标识:密钥@主机/路径，订单和到账告知都签名；空则由经办人登记线下缴费。", "The payment service, https://NAME:SECRET@HOST/PATH: orders and notices of payment are signed; empty means officers record payments.", True),
    Variable("GONGKAI_OIDC_ISSUER", "", "统一身份认证（OIDC）的签发方地址；空则不用。", "Issuer of the region's unified identity (OIDC); empty means none."),
    Variable("GONGKAI_OIDC_CLIENT", "", "OIDC 客户端标识。", "OIDC client id."),
    Variable("GONGKAI_OIDC_SECRET", "", "OIDC 客户端密钥。", "OIDC client secret.", True),
    Variable("GONGKAI_OIDC_NAME", "统一身份认证", "登录页上的名称。", "Its name on the sign-in page."),
    Variable("GONGKAI_OIDC_CLAIM", "", "OIDC 中与登录名相同的声明，如 preferred_username；空则只认已绑定的 sub。", "The OIDC claim that equals the login, such as preferred_username; empty accepts bound subjects (sub) only."),
    Variable("GONGKAI_SECOND_FACTOR", "optional", "两步验证：optional 自愿，privileged 签发人和管理员必须，all 人人必须。", "Second factor: optional, privileged (approvers and administrators), or all."),
    Variable("GONGKAI_SITE_NAME", "政府信息公开平台", "平台名称。", "The name of the platform."),
)  # fmt: skip
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


class Misset(ValueError):
    """A setting that cannot be used: what was expected, what came. Never its value where it is secret."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def value(name: str, given: Mapping[str, str] | None = None) -> str:
    """What is set, or the default; a name that is not declared is a mistake of ours."""
    default = _DEFAULTS[name]
    return (os.environ if given is None else given).get(name) or default


def switched_on(name: str) -> bool:
    return value(name).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, most: int) -> int:
    """A whole number from 0 to `most`."""
    told = value(name).strip()
    if not told.isascii() or not told.isdecimal() or len(told) > 9 or int(told) > most:
        raise Misset(f"{name} 应为 0 至 {most} 的整数，现为“{told[:20]}”。", f"{name} should be a whole number from 0 to {most}, not {told[:20]!r}.")
    return int(told)


def listed(name: str) -> list[str]:
    return [part.strip() for part in value(name).split(",") if part.strip()]


def home() -> Path:
    """The data directory, outside the source (XDG_DATA_HOME is honoured)."""
    if not os.environ.get("GONGKAI_HOME") and (base := os.environ.get("XDG_DATA_HOME")):
        return Path(base) / "gongkai"
    return Path(value("GONGKAI_HOME")).expanduser()


def secret_key() -> str:
    """The key that is set, or the one kept in the data directory, made on first use and readable by its owner alone."""
    return value("GONGKAI_SECRET_KEY") or _kept("secret")


def case_keys() -> tuple[str, ...]:
    """The keys of what is personal: the first seals, the others open what was sealed before."""
    return tuple(listed("GONGKAI_CASE_KEY")) or tuple(part.strip() for part in _kept("case-key").split(",") if part.strip())


def _kept(name: str) -> str:
    path = home() / name
    if not path.exists():
        home().mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{name}.{secrets.token_hex(8)}")  # 同一进程的线程也各用各的
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(made, path)  # 两个进程同时首次启动时，只有一把钥匙
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return _read(path)


@cache
def _read(path: Path) -> str:
    try:
        told = path.read_text(encoding="ascii")
    except UnicodeDecodeError:
        told = ""
    if not told.strip():
        raise Misset(f"{path} 里没有密钥：文件是空的，或者已损坏。请从另行保存的那一份恢复。", f"There is no key in {path}: it is empty or damaged. Put back the copy that was kept elsewhere.")
    return told


def forget_kept() -> None:
    """What was read of the data directory's keys is read again: after they were changed."""
    _read.cache_clear()


def mail() -> dict[str, object]:
    """Django's settings for letters: the server that is set, or a folder of the data directory."""
    told, port = _parted("GONGKAI_MAIL_URL", value("GONGKAI_MAIL_URL"))
    if not told.hostname:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": home() / "mail"}
    if told.scheme not in {"smtp", "smtps"}:
        raise Misset(f"GONGKAI_MAIL_URL 应以 smtp:// 或 smtps:// 开头，现为 {told.scheme}://。", f"GONGKAI_MAIL_URL should begin with smtp:// or smtps://, not {told.scheme}://.")
    user = unquote(told.username or "")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": told.hostname,
        "EMAIL_PORT": port or (465 if told.scheme == "smtps" else 587 if user else 25),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": unquote(told.password or ""),
        "EMAIL_USE_SSL": told.scheme == "smtps",
        "EMAIL_USE_TLS": told.scheme == "smtp" and bool(user),  # 密码不经未加密的连接发送
        "EMAIL_TIMEOUT": 20,
    }


def _parted(name: str, address: str) -> tuple[SplitResult, int | None]:
    """An address in its parts, and its port."""
    try:
        parts = urlsplit(address)
        return parts, parts.port
    except ValueError:
        raise Misset(f"{name} 不是一个完整的地址：主机或者端口写错了。", f"{name} is no complete address: its host or port is wrong.") from None


OWNER, APPLICATION, DATABASE = "gongkai_owner", "gongkai_app", "gongkai"


def database(owner: bool = False) -> dict[str, object]:
    """Django's description of the database: the server that is set, or the embedded one on its private socket.

    The application signs in as a role that owns no table, so it cannot switch off the triggers of the journal.
    """
    given = (owner and value("GONGKAI_OWNER_DATABASE_URL")) or value("DATABASE_URL")
    if given:
        return from_url(given)
    return {"ENGINE": ENGINE, "NAME": DATABASE, "USER": OWNER if owner else APPLICATION, "HOST": str(socket_folder()), "PORT": "5432"}


ENGINE = "django.db.backends.postgresql"


def socket_folder() -> Path:
    """Where the embedded server's socket lies: a Unix socket's path must stay under 108 bytes."""
    inside = home() / "run"
    if len(str(inside)) < 80:
        return inside
    import hashlib

    digest = hashlib.sha256(str(home().absolute()).encode()).hexdigest()[:16]
    return Path("/tmp") / f"gongkai-{os.getuid()}-{digest}"


def from_url(url: str) -> dict[str, object]:
    """postgresql://user:password@host:port/name?sslmode=… as Django wants it; `host` may be a socket folder in the query."""
    parts, port = _parted("DATABASE_URL", url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Misset(f"DATABASE_URL 应以 postgresql:// 开头，现为 {parts.scheme}://。", f"DATABASE_URL should begin with postgresql://, not {parts.scheme}://.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": ENGINE,
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(options.pop("port", None) or port or ""),
        "OPTIONS": options,
    }
