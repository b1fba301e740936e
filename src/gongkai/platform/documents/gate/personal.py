"""Personal: the numbers and addresses of persons in a text. Codes of organs and serial numbers are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from . import rules
from .digits import is_identity, is_old_identity, is_registration, luhn, seems_identity
from .finding import Hit, Rule, masked

_PLAIN: Final = (
    {ord("０") + n: str(n) for n in range(10)}
    | {ord("Ａ") + n: chr(65 + n) for n in range(26)}
    | {ord("ａ") + n: chr(97 + n) for n in range(26)}
    | {ord("－"): "-", ord("＠"): "@", ord("．"): ".", 0xA0: " "}
)
_NOT_BEFORE: Final = r"(?<![0-9A-Za-z])(?<![0-9][.\-_/])"
_NOT_AFTER: Final = r"(?![0-9A-Za-z])(?![.\-_/][0-9])"
_IDENTITY: Final = re.compile(rf"{_NOT_BEFORE}\d{{6}}[ -]?\d{{4}}[ -]?\d{{4}}[ -]?\d{{3}}[\dXx]{_NOT_AFTER}")
_OLD: Final = re.compile(rf"{_NOT_BEFORE}\d{{15}}{_NOT_AFTER}")
_CARD: Final = re.compile(rf"{_NOT_BEFORE}(?:\d{{15,19}}|\d{{4}}(?:[ -]\d{{4}}){{2,3}}(?:[ -]\d{{1,4}})?){_NOT_AFTER}")
_BIN: Final = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|9558\d{15}|3[47]\d{13}")
_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][._/])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9A-Za-z])(?![._/-]\d)(?!\s?(?:[元米吨亩户斤株册]|[万亿千公平立]|人民币))"
)
_AMOUNT: Final = re.compile(r"金额|预算|决算|支出|收入|资金|合计|[（(](?:万|亿)?元[）)]")
_TRAVEL: Final = re.compile(r"(?<![0-9A-Za-z])(?:[EGDSPeg]\d{8}|E[A-Z]\d{7}|[HMChmc]\d{8}(?:\d{2})?)(?![0-9A-Za-z])")
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_MAIL_HOSTS: Final = frozenset(
    (
        *(
            "qq.com",
            "vip.qq.com",
            "foxmail.com",
            "163.com",
            "vip.163.com",
            "126.com",
            "yeah.net",
            "188.com",
            "sina.com",
            "sina.cn",
        ),
        *(
            "vip.sina.com",
            "sohu.com",
            "139.com",
            "189.cn",
            "wo.cn",
            "21cn.com",
            "tom.com",
            "aliyun.com",
            "gmail.com",
            "outlook.com",
        ),
        *(
            "hotmail.com",
            "live.com",
            "live.cn",
            "msn.com",
            "icloud.com",
            "yahoo.com",
            "yahoo.com.cn",
            "yahoo.cn",
            "263.net",
            "proton.me",
        ),
    )
)
_OF_PERSON: Final = re.compile(r"身份证|身份号|公民身份|证件号|证件类型|居民证")
_OF_CARD: Final = re.compile(r"卡号|银行卡|账号|帐号|账户|帐户|开户|存折|打卡|一卡通|收款")
_OF_PAPER: Final = re.compile(r"护照|通行证|台胞证|返乡证|港澳")
_SERIAL: Final = re.compile(
    r"(?:编号|编码|代码|文号|索引号|项目号|项目|合同号?|宗地号?|地块|不动产单元号?|采购|流水号?|许可证?号?|备案号?|批准?号|案号|订单号?|发票|证书号?|登记号|监管号|"
    r"序列号|序号|档案号|标段|招标|图号|条码|统一社会信用|纳税人识别|机构|注册号|税号|房产证|票据|凭证|单号|期号|电子监管|受理号)[^0-9]{0,8}$"
)  # fmt: skip
_BEFORE: Final = 24  # characters in which a label stands


def personal(text: str) -> Iterator[Hit]:
    """Every number or address of a person, by the place where it stands, each place once."""
    plain = text.translate(_PLAIN)
    taken: list[tuple[int, int]] = []
    for find in (_identities, _cards, _old_identities, _mobiles, _papers, _mails):
        for rule, start, end in find(plain):
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                shown = masked(text[start:end])
                yield Hit(rule, start=start, end=end, key=shown, facts={"number": shown})


def veiled(text: str, hits: Iterator[Hit] | list[Hit]) -> str:
    """The text with every number of a person masked; as long as it was."""
    kept = list(text)
    for hit in hits:
        if hit.start is not None and hit.end is not None and "number" in hit.facts:
            kept[hit.start : hit.end] = masked(text[hit.start : hit.end])
    return "".join(kept)


_Found = Iterator[tuple[Rule, int, int]]


def _before(text: str, start: int) -> str:
    """What stands before a number on its line: its label."""
    return text[max(0, start - _BEFORE) : start].rpartition("\n")[2]


def _column(text: str, start: int, label: re.Pattern[str]) -> bool:
    """Whether the heading of the number's column in a table names it so."""
    line_start = text.rfind("\n", 0, start) + 1
    cell = text.count("\t", line_start, start)
    if not cell and "\t" not in text[line_start : text.find("\n", start) if text.find("\n", start) >= 0 else len(text)]:
        return False
    for line in reversed(text[max(0, line_start - 20_000) : line_start].split("\n")):
        cells = line.split("\t")
        if len(cells) > cell and label.search(cells[cell]):
            return True
    return False


def _labelled(text: str, start: int, label: re.Pattern[str]) -> bool:
    return bool(label.search(_before(text, start))) or _column(text, start, label)


def _is_serial(text: str, start: int) -> bool:
    return bool(_SERIAL.search(_before(text, start)))


def _identities(text: str) -> _Found:
    for found in _IDENTITY.finditer(text):
        number = re.sub(r"[ -]", "", found[0])
        named = _labelled(text, found.start(), _OF_PERSON)
        if is_identity(number) and (named or not _is_serial(text, found.start())):
            yield rules.IDENTITY, found.start(), found.end()
        elif named and seems_identity(number):
            yield rules.IDENTITY_ODD, found.start(), found.end()


def _old_identities(text: str) -> _Found:
    for found in _OLD.finditer(text):
        named = _labelled(text, found.start(), _OF_PERSON)
        if is_old_identity(found[0]) and (named or not (_is_serial(text, found.start()) or is_registration(found[0]))):
            yield rules.IDENTITY_OLD, found.start(), found.end()


def _cards(text: str) -> _Found:
    for found in _CARD.finditer(text):
        number = re.sub(r"[ -]", "", found[0])
        if not _BIN.fullmatch(number) or not luhn(number):
            continue
        if _labelled(text, found.start(), _OF_CARD):
            yield rules.BANK_CARD, found.start(), found.end()
        elif not _is_serial(text, found.start()) and not seems_identity(number[:18]):
            yield rules.BANK_CARD_LIKELY, found.start(), found.end()


def _mobiles(text: str) -> _Found:
    for found in _MOBILE.finditer(text):
        if not _is_serial(text, found.start(1)) and not _column(text, found.start(1), _AMOUNT):
            yield rules.MOBILE, found.start(1), found.end(1)


def _papers(text: str) -> _Found:
    for found in _TRAVEL.finditer(text):
        if _labelled(text, found.start(), _OF_PAPER):
            yield rules.TRAVEL, found.start(), found.end()


def _mails(text: str) -> _Found:
    for found in _MAIL.finditer(text):
        if found[1].lower() in _MAIL_HOSTS:
            yield rules.MAIL, found.start(), found.end()
