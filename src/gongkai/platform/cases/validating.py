"""Applicant and content as they may be kept (条例第二十九条): tidied, and everything that cannot be right said by field.

Two kinds of faults: what cannot be kept at all, and what the article demands and is lacking. An application that came in with something
lacking is registered as it is, and the applicant is asked to correct it (第三十条); the public form asks for it at once.
Nothing that somebody typed stands in a message: messages may be shown, logged and passed on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gongkai.law.editions import Applicant as ApplicantKind
from gongkai.platform.documents.gate.digits import identity_check, is_identity
from gongkai.platform.organs import codes

from .choices import APPLICANTS, FORMS, IDENTITIES, OBTAINING, Identity
from .errors import Invalid
from .values import Applicant, Asked

EARLIEST = date(2019, 5, 15)  # 现行条例施行之日（国务院令第711号）；此前收到的申请适用原条例的期限
NATURAL = ApplicantKind.NATURAL.value
APPLICANT_FIELDS = {
    "name": "姓名或者名称", "identity_kind": "证件类型", "identity_number": "证件号码", "organisation_code": "统一社会信用代码", "contact": "联系人",
    "representative": "法定代表人", "phone": "联系电话", "email": "电子邮箱", "address": "通信地址", "postcode": "邮政编码", "fax": "传真号码",
}  # fmt: skip
ASKED_FIELDS = {"title": "所需信息的名称", "description": "文号或者其他特征描述", "form": "提供的形式", "obtaining": "获取的方式", "help_wanted": "需要的帮助"}
_LENGTHS = {
    "name": 200, "identity_number": 40, "organisation_code": 40, "contact": 60, "representative": 60, "phone": 40, "email": 254, "address": 300,
    "postcode": 12, "fax": 40, "title": 400, "description": 4000, "help_wanted": 500,
}  # fmt: skip
_LONG = frozenset({"description", "help_wanted"})  # 可以分行
_CODED = frozenset({"identity_number", "organisation_code"})
_DIALLED = frozenset({"phone", "fax"})
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_DIAL = re.compile(r"\+?[\d(][\d\-() ]{3,24}(?:\s*(?:转|-|ext\.?)\s*\d{1,6})?", re.I)
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")  # 手机号码只有一种写法，才查得到同一人
_NUMBERS = {
    Identity.PASSPORT: (re.compile(r"[0-9A-Z]{5,20}"), "护照号码应为 5 至 20 位字母或数字"),
    Identity.TRAVEL_PERMIT: (re.compile(r"[0-9A-Z()]{8,20}"), "通行证、居住证号码应为 8 至 20 位字母或数字"),
}
_NEEDS: Mapping[str, tuple[str, str]] = {
    "email": ("email", "选择以电子邮件获取，请填写电子邮箱"),
    "post": ("address", "选择邮寄，请填写通信地址"),
    "fax": ("fax", "选择传真，请填写传真号码"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """An application as it is kept, and which fields lack what the article demands."""

    applicant: Applicant
    asked: Asked
    lacking: Mapping[str, str]  # 字段 → 缺什么


def checked(applicant: Applicant, asked: Asked, applicant_kind: str, *, as_received: bool = False) -> Checked:
    """The application, tidied; Invalid with everything wrong with it. `as_received`: what is lacking is told, not refused."""
    told, wanted = tidy_applicant(applicant, applicant_kind), tidy_asked(asked)
    wrong = faults(told, wanted, applicant_kind)
    missing = {key: said for key, said in lacking(told, wanted, applicant_kind).items() if key not in wrong}
    if wrong or (missing and not as_received):
        raise Invalid(_ordered({**missing, **wrong}))
    return Checked(told, wanted, _ordered(missing))


def tidy_applicant(applicant: Applicant, applicant_kind: str) -> Applicant:
    """The same, in one writing: half-width numbers, capitals, no blanks around, nothing that is not seen."""
    told = replace(applicant, **{each.name: _tidied(each.name, getattr(applicant, each.name)) for each in fields(applicant)})
    if applicant_kind != NATURAL and not told.identity_number and told.organisation_code:
        return replace(told, identity_kind=Identity.CREDIT_CODE.value)
    if applicant_kind == NATURAL and told.identity_number and not told.identity_kind and is_identity(told.identity_number):
        return replace(told, identity_kind=Identity.RESIDENT_CARD.value)
    return told


def tidy_asked(asked: Asked) -> Asked:
    return replace(asked, **{each.name: _tidied(each.name, getattr(asked, each.name)) for each in fields(asked)})


def faults(applicant: Applicant, asked: Asked, applicant_kind: str) -> dict[str, str]:
    """What cannot be kept: a name or a subject that is not there, texts too long, choices that do not exist."""
    values = {key: str(getattr(applicant if key in APPLICANT_FIELDS else asked, key)) for key in _LENGTHS}
    found = {key: said for key, most in _LENGTHS.items() if (said := _too_long(key, values[key], most))}
    if applicant_kind not in APPLICANTS:
        found["applicant_kind"] = _("请选择申请人类型。")
    if not applicant.name:
        found["name"] = _("请填写申请人的姓名或者名称（条例第二十九条）。")
    if not asked.title:
        found["title"] = _("请写明所需政府信息的名称；不知道准确名称的，写明是关于什么事的信息。")
    for key, value, known in (("identity_kind", applicant.identity_kind, IDENTITIES), ("form", asked.form, FORMS), ("obtaining", asked.obtaining, OBTAINING)):
        if value and value not in known:
            found[key] = _("请从所列各项中选择。")
    return found


def lacking(applicant: Applicant, asked: Asked, applicant_kind: str) -> dict[str, str]:
    """What the article demands and is not there, or cannot be right (第二十九条第二款)."""
    found = _identity(applicant) if applicant_kind == NATURAL else _organisation(applicant)
    for key in ("form", "obtaining"):
        if not getattr(asked, key):
            found[key] = _("请选择%(what)s。") % {"what": _(ASKED_FIELDS[key])}
    if not (applicant.phone or applicant.email or applicant.address):
        found["phone"] = _("请填写联系方式：电话、电子邮箱、通信地址至少一项（条例第二十九条）。")
    needed = _NEEDS.get(asked.obtaining)
    if needed is not None and not getattr(applicant, needed[0]):
        found[needed[0]] = _(needed[1]) + "。"
    for key in _DIALLED:
        if said := _wrong_number(key, getattr(applicant, key)):
            found[key] = said
    if applicant.email and _wrong_email(applicant.email):
        found["email"] = _("电子邮箱的格式不对，应如 name@mail.example；请核对有没有漏掉 @ 或者多了空格。")
    if applicant.postcode and not re.fullmatch(r"[0-9]{6}", applicant.postcode):
        found["postcode"] = _("邮政编码应为 6 位数字，现有 %(n)s 位。") % {"n": len(applicant.postcode)}
    return found


def _identity(applicant: Applicant) -> dict[str, str]:
    kind, number = applicant.identity_kind, applicant.identity_number
    if not number:
        return {"identity_number": _("请填写身份证明的证件号码（条例第二十九条）。")}
    if kind not in IDENTITIES or kind == Identity.CREDIT_CODE:
        return {"identity_kind": _("请选择证件类型。")}
    said = _wrong_card(number) if kind == Identity.RESIDENT_CARD else _wrong_shape(kind, number)
    return {"identity_number": said} if said else {}


def _organisation(applicant: Applicant) -> dict[str, str]:
    found = {}
    code = applicant.organisation_code
    abroad = applicant.identity_kind == Identity.OTHER and applicant.identity_number  # 境外组织没有统一社会信用代码
    if not code and not abroad:
        found["organisation_code"] = _("请填写统一社会信用代码；境外组织没有的，证件类型选“其他证件”，填写注册证书的号码。")
    elif code and (said := _wrong_code(code)):
        found["organisation_code"] = said
    if not applicant.contact:
        found["contact"] = _("法人或者其他组织申请的，请填写联系人。")
    return found


def _wrong_card(number: str) -> str:
    if len(number) != 18:
        return _("居民身份证号码应为 18 位，现有 %(n)s 位。") % {"n": len(number)}
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return _("居民身份证号码前 17 位应为数字，最后一位是数字或者 X。")
    if is_identity(number) or (number[0] == "9" and identity_check(number[:17]) == number[17]):  # 9 开头：外国人永久居留身份证
        return ""
    if identity_check(number[:17]) != number[17]:
        return _("居民身份证号码的校验码不符，其中至少有一位写错了，请逐位核对。")
    return _("居民身份证号码中的地区或者出生日期不存在，请逐位核对。")


def _wrong_shape(kind: str, number: str) -> str:
    rule = _NUMBERS.get(Identity(kind))
    if rule is None or rule[0].fullmatch(number):
        return ""
    return _("%(what)s，现有 %(n)s 位，请核对。") % {"what": _(rule[1]), "n": len(number)}


def _wrong_code(code: str) -> str:
    if not codes.wrong_credit_code(code):
        return ""
    if len(code) != 18:
        return _("统一社会信用代码应为 18 位，现有 %(n)s 位。") % {"n": len(code)}
    return _("统一社会信用代码不对：校验码不符，或者有不会出现的字母（I、O、S、V、Z），请逐位核对。")


def _wrong_number(key: str, number: str) -> str:
    digits = sum(sign.isdigit() for sign in number)
    if not number or (_DIAL.fullmatch(number) and 5 <= digits <= 20 and not (len(number) == 11 and number.isdigit() and number[:2] in ("10", "11", "12"))):
        return ""
    said = _("%(what)s只写数字和连字符，如 13900000000、0998-6571234、0998-6571234-801；现有 %(n)s 位数字。")
    return said % {"what": _(APPLICANT_FIELDS[key]), "n": digits}


def _wrong_email(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return True
    return False


def _too_long(key: str, value: str, most: int) -> str:
    if len(value) <= most:
        return ""
    label = _((APPLICANT_FIELDS | ASKED_FIELDS)[key])
    return _("%(what)s不得超过 %(most)s 个字，现有 %(n)s 个。") % {"what": label, "most": most, "n": len(value)}


def _tidied(key: str, value: str) -> str:
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", value)).strip()
    if key in _LONG:
        return "\n".join(line.rstrip() for line in plain.splitlines()).strip()
    plain = " ".join(plain.split())
    if key in _CODED:
        return codes.cleaned(unicodedata.normalize("NFKC", plain))
    if key in _DIALLED or key in ("email", "postcode"):
        plain = unicodedata.normalize("NFKC", plain).replace("—", "-").replace("–", "-").replace("−", "-")
        if key == "email":
            return plain.strip(" .<>")
        found = _MOBILE.fullmatch(re.sub(r"[\s()-]", "", plain))
        return found[1] if found else plain.replace(" ", "")
    return plain


def _ordered(found: Mapping[str, str]) -> dict[str, str]:
    """In the order of the form."""
    order = ["applicant_kind", *APPLICANT_FIELDS, *ASKED_FIELDS]
    return {key: found[key] for key in sorted(found, key=lambda key: order.index(key) if key in order else len(order))}
