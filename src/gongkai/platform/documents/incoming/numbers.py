"""Numbers: the document number (发文字号) of an official document, in the one form that is right: 〔2024〕12号."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_OPEN, _CLOSE = r"〔\[［【（(﹝〖<〈", r"〕\]］】）)﹞〗>〉"
_YEAR: Final = r"(?:19|20)\d{2}"
FORM: Final = re.compile(rf"[\u4e00-\u9fff（）]{{2,20}}〔{_YEAR}〕[1-9]\d{{0,4}}号")
_NUMBER: Final = re.compile(
    rf"(?P<who>[\u4e00-\u9fff]{{2,16}}(?:[（(][\u4e00-\u9fff]{{1,6}}[）)])?[\u4e00-\u9fff]{{0,4}})\s*"
    rf"[{_OPEN}]\s*(?P<year>{_YEAR})\s*年?\s*[{_CLOSE}]\s*(?:第\s*)?0*(?P<number>[1-9]\d{{0,4}})\s*号"
)
_NOT_A_MAKER: Final = re.compile(
    r"(?:根据|按照|依据|依照|贯彻|落实|关于|和|及|与|的)$|^(?:根据|按照|依据|依照|关于|和|及|与|经|见|详见)"
)


def document_number(text: str) -> tuple[str, bool]:
    """The number that a line consists of, written rightly, and whether the line wrote it so; empty where there is none."""
    line = "".join(unicodedata.normalize("NFKC", text).split())
    line = re.sub(r"^(?:发文字号|发文文号|文号|文件编号)[:：]", "", line)
    line = re.sub(r"签发人[:：].*$", "", line)
    found = _NUMBER.fullmatch(line)
    if not found or _NOT_A_MAKER.search(found["who"]):
        return "", False
    right = f"{found['who'].replace('(', '（').replace(')', '）')}〔{found['year']}〕{found['number']}号"
    return right, right in "".join(text.split())
