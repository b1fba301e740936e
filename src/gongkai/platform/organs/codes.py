"""The two codes of an organ and their check characters: 组织机构代码 (GB 11714) and 统一社会信用代码 (GB 32100)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_ORGAN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGAN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 不用 I、O、S、V、Z
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FULL = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)})


def cleaned(code: str) -> str:
    """As it is stored: half-width, upper-case, without hyphens and blanks."""
    return re.sub(r"[\s\-－—]", "", code.translate(_FULL)).upper()


def organ_check(body: str) -> str:
    """The ninth character that belongs to the first eight (GB 11714)."""
    rest = 11 - sum(_ORGAN.index(sign) * weight for sign, weight in zip(body, _ORGAN_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_check(body: str) -> str:
    """The eighteenth character that belongs to the first seventeen (GB 32100)."""
    return _CREDIT[-sum(_CREDIT.index(sign) * weight for sign, weight in zip(body, _CREDIT_WEIGHTS, strict=True)) % 31]


def wrong_organ_code(code: str) -> str:
    """Why this is no organisation code; empty when it is one."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return _("组织机构代码应为 9 位：8 位数字或大写字母加 1 位校验码；现为“%(code)s”（%(n)s 位）。") % {"code": code, "n": len(code)}
    if (check := organ_check(code[:8])) != code[8]:
        return _("组织机构代码“%(code)s”的校验码不符：前 8 位对应的校验码是“%(check)s”，请核对每一位。") % {"code": code, "check": check}
    return ""


def wrong_credit_code(code: str) -> str:
    """Why this is no unified social credit code; empty when it is one."""
    if not re.fullmatch(rf"[{_CREDIT}]{{2}}\d{{6}}[{_CREDIT}]{{10}}", code):
        return _("统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z），第 3 至 8 位是行政区划码；现为“%(code)s”（%(n)s 位）。") % {"code": code, "n": len(code)}
    if wrong_organ_code(code[8:17]):
        return _("统一社会信用代码“%(code)s”的第 9 至 17 位不是有效的组织机构代码（%(code_)s），请核对。") % {"code": code, "code_": code[8:17]}
    if (check := credit_check(code[:17])) != code[17]:
        return _("统一社会信用代码“%(code)s”的校验码不符：前 17 位对应的校验码是“%(check)s”，请核对每一位。") % {"code": code, "check": check}
    return ""


def wrong_together(code: str, credit_code: str) -> str:
    """Why the two cannot belong to one organ: the credit code carries the organisation code."""
    if code and credit_code and credit_code[8:17] != code:
        return _("两个代码不是同一机关的：信用代码中的组织机构代码是 %(credit_code)s，填的是 %(code)s。") % {"credit_code": credit_code[8:17], "code": code}
    return ""
