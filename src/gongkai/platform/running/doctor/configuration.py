"""What was set, or not: hosts, HTTPS, the key, the proxies, mail, sign-in; and Django's own deployment checks."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from urllib.parse import urlsplit

from gongkai.platform.settings import environment as env

from .findings import Finding, Level, judge

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
DJANGO = {  # Django 的检查项 → 中文说明、怎么办；其余照录原文
    "security.W009": ("签名密钥太短或太简单。", "取消 GONGKAI_SECRET_KEY，让平台自行生成；或设置 50 个以上随机字符。",
                      "Unset GONGKAI_SECRET_KEY and let the platform make one, or use 50 or more random characters."),
    "security.W018": ("调试模式开着。", "取消 GONGKAI_DEBUG。", "Unset GONGKAI_DEBUG."),
    "security.W020": ("没有设置允许的主机名。", "设置 GONGKAI_HOSTS。", "Set GONGKAI_HOSTS."),
}  # fmt: skip
OF_HTTPS = {"security.W004", "security.W008", "security.W012", "security.W016"}  # 没有启用 HTTPS 的四种后果，已由 https 一项说明


def examine() -> Iterator[Finding]:
    from django.conf import settings

    yield judge("debug", Level.ERROR, ("调试模式关闭。", "Debug mode is off."),
                ("调试模式开着：出错页会显示源代码和设置。", "Debug mode is on: error pages show code and settings."),
                ("取消 GONGKAI_DEBUG。", "Unset GONGKAI_DEBUG."), not settings.DEBUG)  # fmt: skip
    yield _hosts(settings.ALLOWED_HOSTS)
    yield from _https(settings.HTTPS, settings.PROXIES)
    yield from _secret()
    yield _mail()
    yield from _sign_in()
    yield _scanner()


def _hosts(hosts: list[str]) -> Finding:
    if "*" in hosts:
        return Finding("hosts", Level.ERROR, "任何主机名都接受：容易被伪造主机名的请求利用。", "Any host name is accepted, so forged Host headers work.",
                       "把 GONGKAI_HOSTS 设为网站的域名。", "Set GONGKAI_HOSTS to the site's names.")  # fmt: skip
    return judge("hosts", Level.WARNING, (f"允许的主机名：{'、'.join(hosts)}。", f"Hosts served: {', '.join(hosts)}."),
                 ("只接受本机访问，公众用域名打不开。", "Only this machine is served; the public cannot open the site by its name."),
                 ("把 GONGKAI_HOSTS 设为网站的域名。", "Set GONGKAI_HOSTS to the site's names."), bool(set(hosts) - LOCAL))  # fmt: skip


def _https(https: bool, proxies: int) -> Iterator[Finding]:
    yield judge("https", Level.ERROR, ("只经 HTTPS 提供服务。", "Served through HTTPS only."),
                ("没有启用 HTTPS：密码和登录状态会被中途截取。", "HTTPS is not switched on: passwords and sessions can be read on the way."),
                ("在反向代理上配置证书，然后设置 GONGKAI_HTTPS=1。", "Give the reverse proxy a certificate, then set GONGKAI_HTTPS=1."), https)  # fmt: skip
    if https:
        yield judge("proxies", Level.WARNING, (f"前面有 {proxies} 层反向代理。", f"{proxies} reverse proxies stand in front."),
                    ("启用了 HTTPS，却没有说明前面有反向代理：会无限跳转，锁定登录时认不出来访者。",
                     "HTTPS is on, but no reverse proxy is declared: requests are redirected for ever, and lock-out cannot tell visitors apart."),
                    ("设置 GONGKAI_PROXIES=1（有几层写几）。", "Set GONGKAI_PROXIES=1, or as many as there are."), proxies > 0)  # fmt: skip
    public = env.value("GONGKAI_PUBLIC_URL")
    yield judge("public_url", Level.WARNING, (f"公众访问的网址：{public}。", f"Public address: {public}."),
                ("没有设置公众访问的网址：永久地址、订阅和信件里会出现本机地址。", "The public address is not set: permanent addresses, feeds and letters show this machine's."),
                ("设置 GONGKAI_PUBLIC_URL，如 https://gk.example。", "Set GONGKAI_PUBLIC_URL, such as https://gk.example."),
                urlsplit(public).scheme == "https")  # fmt: skip


def _secret() -> Iterator[Finding]:
    home, path = env.home(), env.home() / "secret"
    if home.exists():
        open_to_others = stat.S_IMODE(home.stat().st_mode) & 0o007
        yield judge("home.private", Level.ERROR, ("数据目录不对其他用户开放。", "The data directory is closed to other users."),
                    (f"数据目录 {home} 对本机其他用户开放，里面有未公开的内容。", f"{home} is open to other users of this machine; it holds unpublished content."),
                    (f"运行：chmod 700 {home}", f"Run: chmod 700 {home}"), not open_to_others)  # fmt: skip
    if os.environ.get("GONGKAI_SECRET_KEY"):
        yield judge("secret", Level.ERROR, ("签名密钥由环境变量给出。", "The signing key comes from the environment."),
                    ("GONGKAI_SECRET_KEY 不足 50 个字符：登录状态可能被伪造。", "GONGKAI_SECRET_KEY is shorter than 50 characters: sessions could be forged."),
                    ("换成 50 个以上随机字符，或取消它，让平台自行生成。", "Use 50 or more random characters, or unset it and let the platform make one."),
                    len(os.environ["GONGKAI_SECRET_KEY"]) >= 50)  # fmt: skip
    elif path.exists():
        yield judge("secret", Level.ERROR, ("签名密钥在数据目录，只有平台的账号可读。", "The signing key lies in the data directory, readable by its account alone."),
                    (f"签名密钥 {path} 其他用户可读：登录状态可能被伪造。", f"The signing key {path} can be read by others: sessions could be forged."),
                    (f"运行：chmod 600 {path}，然后换一把：删去它并重新启动（所有人需重新登录）。", f"Run chmod 600 {path}; then replace it: delete it and restart (everybody signs in again)."),
                    not stat.S_IMODE(path.stat().st_mode) & 0o077)  # fmt: skip


def _mail() -> Finding:
    url = urlsplit(env.value("GONGKAI_MAIL_URL"))
    if not url.hostname:
        return Finding("mail", Level.WARNING, "没有设置发信服务器：信件写入数据目录，没有人会收到。", "No mail server is set: letters are written into the data directory and reach nobody.",
                       "设置 GONGKAI_MAIL_URL。", "Set GONGKAI_MAIL_URL.")  # fmt: skip
    port = int(str(env.mail()["EMAIL_PORT"]))
    return judge("mail", Level.ERROR, (f"发信服务器 {url.hostname}:{port} 连得上。", f"The mail server {url.hostname}:{port} can be reached."),
                 (f"发信服务器 {url.hostname}:{port} 连不上。", f"The mail server {url.hostname}:{port} cannot be reached."),
                 ("检查 GONGKAI_MAIL_URL 和网络。", "Check GONGKAI_MAIL_URL and the network."), _reached(url.hostname, port))  # fmt: skip


def _sign_in() -> Iterator[Finding]:
    second = env.value("GONGKAI_SECOND_FACTOR")
    if second not in {"optional", "privileged", "all"}:
        yield Finding("second_factor", Level.ERROR, f"GONGKAI_SECOND_FACTOR 不认得“{second}”。", f"GONGKAI_SECOND_FACTOR does not know {second!r}.",
                      "用 optional、privileged 或 all。", "Use optional, privileged or all.")  # fmt: skip
    else:
        yield judge("second_factor", Level.WARNING, ("两步验证对要紧的角色是必须的。", "A second factor is required of the roles that matter."),
                    ("两步验证全凭自愿：签发人和管理员的密码一旦泄露，就能以其名义发布。", "The second factor is voluntary: an approver's or administrator's leaked password is enough."),
                    ("设置 GONGKAI_SECOND_FACTOR=privileged。", "Set GONGKAI_SECOND_FACTOR=privileged."), second != "optional")  # fmt: skip
    parts = {name: bool(env.value(name)) for name in ("GONGKAI_OIDC_ISSUER", "GONGKAI_OIDC_CLIENT", "GONGKAI_OIDC_SECRET")}
    if any(parts.values()):
        lacking = [name for name, told in parts.items() if not told]
        yield judge("oidc", Level.ERROR, ("统一身份认证的三项设置齐全。", "Unified identity is set completely."),
                    (f"统一身份认证缺 {'、'.join(lacking)}。", f"Unified identity lacks {', '.join(lacking)}."),
                    ("补齐，或三项都不设。", "Set all three, or none."), not lacking)  # fmt: skip


def _scanner() -> Finding:
    told = env.value("GONGKAI_CLAMD")
    if not told:
        return Finding("clamd", Level.INFO, "没有病毒扫描：附件按内容识别类型并拒收宏和脚本，但不查病毒。", "No virus scan: files are admitted by what they hold, macros and scripts refused, but not scanned.",
                       "需要时安装 clamav-daemon 并设置 GONGKAI_CLAMD。", "Where wanted, install clamav-daemon and set GONGKAI_CLAMD.")  # fmt: skip
    path, (host, _, port) = told.removeprefix("unix:"), told.rpartition(":")
    up = _reached_socket(path) if told.startswith("unix:") else port.isascii() and port.isdecimal() and len(port) < 6 and _reached(host, int(port))
    return judge("clamd", Level.ERROR, ("病毒扫描服务连得上。", "The virus scanner can be reached."),
                 ("病毒扫描服务连不上：附件无法上传。", "The virus scanner cannot be reached: no file can be uploaded."),
                 ("启动 clamav-daemon，检查 GONGKAI_CLAMD。", "Start clamav-daemon; check GONGKAI_CLAMD."), up)  # fmt: skip


def _reached(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=3):
            return True
    except OSError:
        return False


def _reached_socket(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as door:
        door.settimeout(3)
        return door.connect_ex(path) == 0


def django_checks() -> Iterator[Finding]:
    """`manage.py check --deploy`."""
    from django.conf import settings
    from django.core.checks import ERROR, run_checks

    said = set() if settings.HTTPS else OF_HTTPS
    found = [message for message in run_checks(include_deployment_checks=True) if message.id not in said]
    if not found:
        yield Finding("django", Level.OK, "Django 的部署检查没有发现问题。", "Django's deployment checks found nothing.")
    for message in found:
        hint = message.hint or f"{message.id}"
        zh, do, do_en = DJANGO.get(str(message.id), (f"Django：{message.msg}", f"见 Django 的部署检查表：{hint}", f"See Django's deployment checklist: {hint}"))
        level = Level.ERROR if message.level >= ERROR else Level.WARNING
        yield Finding(f"django.{message.id}", level, zh, str(message.msg), do, do_en)
