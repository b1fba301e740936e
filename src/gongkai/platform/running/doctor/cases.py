"""The case desk: the keys of what is personal, and the messages that did not go out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from gongkai.platform.running import keys
from gongkai.platform.settings import environment as env

from .findings import Finding, Level, judge

FAILED_DAYS = timedelta(days=30)


def examine() -> Iterator[Finding]:
    yield from _key()
    yield from _opened()
    yield from _services()
    yield _notices()


def _key() -> Iterator[Finding]:
    found = keys.held()
    if found.from_environment:
        short = [key for key in env.listed("GONGKAI_CASE_KEY") if len(key) < keys.SHORTEST]
        yield judge("case_key", Level.ERROR, (f"个人信息的密钥由环境变量给出（{len(found.ids)} 把）。", f"The keys of personal data come from the environment ({len(found.ids)})."),
                    (f"GONGKAI_CASE_KEY 中有不足 {keys.SHORTEST} 个字符的密钥：个人信息可能被猜开。", f"GONGKAI_CASE_KEY holds a key of fewer than {keys.SHORTEST} characters: it could be guessed."),
                    ("在最前面加一把 48 个以上随机字符的，保留旧的，重新启动，运行 gongkai reseal。", "Put one of 48 or more random characters first, keep the old ones, restart, run gongkai reseal."), not short)  # fmt: skip
        return
    yield judge("case_key", Level.ERROR, ("个人信息的密钥在数据目录，只有平台的账号可读。", "The keys of personal data lie in the data directory, readable by its account alone."),
                (f"个人信息的密钥 {found.path} 其他用户可读。", f"The keys of personal data, {found.path}, can be read by others."),
                (f"运行 chmod 600 {found.path}；可能已被读走的，停止平台，运行 gongkai casekey --new，再 gongkai reseal。", f"Run chmod 600 {found.path}; if somebody may have read it, stop the platform, gongkai casekey --new, then gongkai reseal."),
                keys.closed(found.path))  # fmt: skip
    yield judge("case_key.copied", Level.WARNING, (f"密钥已于 {found.copied:%Y-%m-%d} 导出。" if found.copied else "", f"The keys were copied out on {found.copied:%Y-%m-%d}." if found.copied else ""),
                ("密钥没有导出过：备份里没有密钥，数据目录一旦损毁，个人信息谁也打不开。", "The keys were never copied out: backups do not hold them, so the loss of the data directory loses all personal data."),
                ("运行 gongkai casekey --export 文件，与备份分开保存。", "Run gongkai casekey --export FILE, and keep it apart from backups."), found.copied is not None)  # fmt: skip


def _opened() -> Iterator[Finding]:
    from gongkai.platform.cases import resealing, values
    from gongkai.platform.cases.errors import KeyMissing
    from gongkai.platform.cases.models import Request

    have = keys.held().ids
    missing = resealing.used() - set(have)
    opens = not missing
    for sample in (Request.objects.order_by("pk").first(), Request.objects.order_by("-pk").first()):
        try:
            opens = opens and (sample is None or bool(values.Applicant.opened(sample.applicant)))
        except KeyMissing:
            opens = False
    lost = ", ".join(sorted(missing)) or "-"
    yield judge("case_key.opens", Level.ERROR, ("密钥打得开已有的个人信息。", "The keys open the personal data that are there."),
                (f"密钥打不开已有的个人信息（缺 {lost}）。", f"The keys do not open the personal data that are there (missing: {lost})."),
                ("用另行保存的密钥：gongkai casekey --import，或补进 GONGKAI_CASE_KEY。", "Use the copy kept apart: gongkai casekey --import, or add it to GONGKAI_CASE_KEY."), opens)  # fmt: skip
    old = sum(count for place, count in resealing.remaining().items() if place not in resealing.FIXED)
    yield judge("case_key.resealed", Level.INFO, ("个人信息都由现用的密钥加密。", "Personal data are sealed with the present key."),
                (f"还有 {old} 项由旧密钥加密。", f"{old} values are still sealed with older keys."), ("运行 gongkai reseal。", "Run gongkai reseal."), not old)  # fmt: skip


def _services() -> Iterator[Finding]:
    from gongkai.platform.cases.signing import Account

    for key, name, zh, en in (("sms", "GONGKAI_SMS", "短信", "Text messages"), ("payment", "GONGKAI_PAYMENT", "缴费", "Payments")):
        told = os.environ.get(name, "")
        if not told:
            level = Level.WARNING if key == "sms" else Level.INFO
            words = ("没有设置短信接口：短信写入数据目录，没有人会收到。", "No SMS service is set: messages are written into the data directory and reach nobody.")
            off_line = ("没有设置缴费接口：由经办人登记线下缴费。", "No payment service is set: officers record payments.")
            said = words if key == "sms" else off_line
            yield Finding(f"cases.{key}", level, *said, f"需要时设置 {name}。", f"Set {name} where wanted.")
            continue
        try:
            account, fault = Account.of(told, name), ""
        except ValueError:
            account, fault = None, name
        secure = account is not None and account.scheme == "https"
        yield judge(f"cases.{key}", Level.ERROR, (f"{zh}接口已设置，经 HTTPS。", f"{en}: the service is set, through HTTPS."),
                    (f"{zh}接口的设置不对，或者没有用 HTTPS。", f"{en}: the service is set wrongly, or not through HTTPS."),
                    (f"{fault or name} 应形如 https://标识:密钥@主机/路径。", f"{name} is https://NAME:SECRET@HOST/PATH."), secure)  # fmt: skip


def _notices() -> Finding:
    from gongkai.platform.cases.models import Notice

    since = datetime.now(UTC) - FAILED_DAYS
    failed = Notice.objects.filter(state="failed", at__gte=since).count()
    return judge("cases.notices", Level.WARNING, ("近 30 天的通知都已发出。", "The messages of the last 30 days went out."),
                 (f"近 30 天有 {failed} 则通知没有发出。", f"{failed} messages of the last 30 days did not go out."),
                 ("检查发信、短信的设置；各件的“通知”里可以重新发送。", "Check mail and SMS settings; they can be sent again from each case's messages."), not failed)  # fmt: skip
