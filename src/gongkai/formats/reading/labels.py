"""Printed labels recognised: which row, which column, which section a piece of text names.

Everything is derived from the editions; what is listed here are only ways in which real pages
deviate from the form (总计 shown as 合计, shortened labels, section titles in other words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from gongkai.law.editions import APPLICANT_LABELS, BALANCE_LABEL, EDITIONS, RESULT_LABELS, SECTIONS, Applicant, Result
from gongkai.law.outcomes import Group

from .plain import bare, key, plain

ALIKE = 0.8  # how like a label a text must be to count as the label with a typing mistake
RIVAL = 0.72  # and how unlike every other label

EXTRA_ROWS = frozenset({"其他主动公开文件", "其他主动公开档案"})  # printed by some provinces under the rows of the form
_NUMERAL = re.compile(r"^[一二三四五六七八九十]+(?=.)")


def _bare(label: str) -> str:
    """The key of a label without its number: “（七）总计” → “总计”; “三不予公开” → “不予公开”."""
    return key(re.sub(r"^(?:（[一二三四五六七]）|[一二三四五六七]、|\d+\.)", "", label))


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was taken for: keys that it may mean, and whether it is the form's own wording."""

    keys: frozenset[str]
    how: str = "exact"  # exact, variant, typo, fragment
    printed: str = ""

    @property
    def only(self) -> str | None:
        return next(iter(self.keys)) if len(self.keys) == 1 else None


NO_MATCH = Match(frozenset(), "none")


class Labels:
    """A set of labels to recognise: key of the wording → stored key."""

    def __init__(
        self, labels: Mapping[str, str], wordings: Mapping[str, str] | None = None, heads: Sequence[str] = ()
    ) -> None:
        """`labels`: stored key → label of the form; `wordings`: other wording → stored key; `heads`: labels of groups
        that may stand in the same cell before a label."""
        self.heads = tuple(sorted(map(key, heads), key=len, reverse=True))
        self.full = {name: key(label) for name, label in labels.items()}
        self.bare = {name: _bare(label) for name, label in labels.items()}
        self.exact = {text: name for name, text in {**self.full}.items()}
        self.exact |= {text: name for name, text in self.bare.items()}
        self.variants = {key(text): name for text, name in (wordings or {}).items()}
        self.match = lru_cache(maxsize=4096)(self._match)

    def _match(self, text: str) -> Match:
        if not text:
            return NO_MATCH
        if text in self.exact:
            return Match(frozenset({self.exact[text]}), "exact", text)
        if text in self.variants:
            return Match(frozenset({self.variants[text]}), "variant", text)
        for head in self.heads:
            if text.startswith(head) and len(text) > len(head):
                return self._match(text[len(head) :])
        if len(text) < 4:
            return NO_MATCH
        partial = frozenset(name for name, full in self.full.items() if text in full or (len(full) > 5 and full in text))
        if partial:
            return Match(partial, "fragment", text)
        return self._typo(text)

    def _typo(self, text: str) -> Match:
        bare = _NUMERAL.sub("", text)
        scores = sorted(((SequenceMatcher(None, bare, label).ratio(), name) for name, label in self.bare.items()), reverse=True)
        (best, name), (second, _) = scores[0], scores[1]
        if best >= ALIKE and second < min(RIVAL, best):
            return Match(frozenset({name}), "typo", text)
        return NO_MATCH

    def find(self, pieces: Sequence[str]) -> Match:
        """The label that the last of some pieces spell: the last one alone, the last two joined, and so on."""
        keys = [text for text in map(key, pieces) if text]
        joined = ["".join(keys[-count:]) for count in range(1, min(len(keys), 8) + 1)]
        matches = [self.match(text) for text in joined]
        for match in matches:
            if match.how in ("exact", "variant"):
                return match
        certain = [match for match in matches if match.only]
        if certain:
            return next((match for match in certain if match.how == "fragment"), certain[0])
        return min((match for match in matches if match.keys), key=lambda match: len(match.keys), default=NO_MATCH)


_REQUEST_ROWS = {row.key: row.label for edition in EDITIONS for row in edition.requests}
REQUEST_WORDINGS = {
    "部分公开": "partial", "（二）部分公开": "partial", "合计": "results_total", "（七）合计": "results_total",
    "本年新收": "new_received", "上年结转": "carried_over", "结转下年度": "carried_forward", "四、结转下年度": "carried_forward",
    "逾期不补正": "other_no_correction", "逾期不缴费": "other_fee_unpaid", "申请人逾期不补正": "other_no_correction",
    "本年新收申请数量": "new_received", "上年结转申请数量": "carried_over",
}
_HEADS = ("三、本年度办理结果", "本年度办理结果", *(text for group in Group for text in (group.numbered, group.label)))
REQUEST_LABELS = Labels(_REQUEST_ROWS, REQUEST_WORDINGS, _HEADS)
GROUP_KEYS = frozenset(
    {key(text) for group in (Group.DENIED, Group.UNABLE, Group.REJECTED) for text in (group.label, group.numbered)}
    | {key("三、本年度办理结果"), key("本年度办理结果")}
)
OUTCOME_HEAD = key("三、本年度办理结果")

APPLICANTS = {key(label): name for name, label in APPLICANT_LABELS.items()} | {
    "合计": Applicant.TOTAL, "企业": Applicant.BUSINESS, "商业": Applicant.BUSINESS,
    "科研": Applicant.RESEARCH, "公益组织": Applicant.PUBLIC_WELFARE, "社会公益": Applicant.PUBLIC_WELFARE,
    "法律服务": Applicant.LEGAL_SERVICE,
}
KINDS = frozenset({Applicant.BUSINESS, Applicant.RESEARCH, Applicant.PUBLIC_WELFARE, Applicant.LEGAL_SERVICE})
RESULTS = {key(label): name for name, label in RESULT_LABELS.items()} | {
    "维持": Result.UPHELD, "纠正": Result.CORRECTED, "未审结": Result.PENDING, "合计": Result.TOTAL,
}

_ACTIVE_ROWS: dict[str, str] = {}
_ACTIVE_WORDINGS: dict[str, str] = {}
for _edition in EDITIONS:
    for _block in _edition.active:
        for _row in _block.rows:
            _stem = key(_row.label) if key(_row.label) != key("行政规范性文件") else key("规范性文件")
            _ACTIVE_ROWS.setdefault(_stem, _row.label if _edition.key == "2021" else _stem)
            _ACTIVE_WORDINGS |= dict.fromkeys((_row.label, *_row.variants), _stem)
ACTIVE_LABELS = Labels({stem: stem for stem in _ACTIVE_ROWS}, _ACTIVE_WORDINGS | {
    "行政性事业收费": key("行政事业性收费"), "行政事业收费": key("行政事业性收费"), "行政强制措施": key("行政强制"),
    "行政处罚决定": key("行政处罚"), "政府采购": key("政府集中采购"), "集中采购": key("政府集中采购"),
    "其他对外管理服务事项数量": key("其他对外管理服务事项"),
    "规范性档案": key("规范性文件"), "行政规范性档案": key("规范性文件"),  # 文件 after a conversion by Taiwan's words
})
ACTIVE_COLUMNS = {key(cell.column): cell.column for edition in EDITIONS for cell in edition.active_cells()} | {
    "本年收费金额": "本年收费金额（单位：万元）", "收费金额": "本年收费金额（单位：万元）", "收费金额单位万元": "本年收费金额（单位：万元）",
    "本年制发数": "本年制发件数", "本年废止数": "本年废止件数", "现行有效数": "现行有效件数", "制发件数": "本年制发件数",
    "废止件数": "本年废止件数", "有效件数": "现行有效件数", "本年制作件数": "本年制发件数", "本年制发数量": "本年制发件数",
    "本年废止数量": "本年废止件数", "现行有效数量": "现行有效件数", "现行有效件": "现行有效件数", "本年发件数": "本年制发件数",
    "采购总金额单位万元": "采购总金额", "采购金额": "采购总金额", "上年项目数量": "上一年项目数量", "本年增减数量": "本年增/减",
}
_HEADERS = {block.columns for edition in EDITIONS for block in edition.active}
COLUMNS_2021 = frozenset({"本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额（单位：万元）"})

_VOCABULARY = "|".join(
    [
        *map(key, _REQUEST_ROWS.values()), *GROUP_KEYS, key(BALANCE_LABEL), "申请人情况", "法人或其他组织",
        *APPLICANTS, *RESULTS, *ACTIVE_COLUMNS, *_ACTIVE_ROWS, *map(key, _ACTIVE_WORDINGS), "信息内容",
        "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *(key(block.heading) for e in EDITIONS for block in e.active),
    ]
)


@lru_cache(maxsize=8192)
def is_vocabulary(text: str) -> bool:
    """Whether a key is a label of a table, or a piece broken off one."""
    return bool(text) and (text in _VOCABULARY or text in EXTRA_ROWS)


@lru_cache(maxsize=2048)
def active_column(text: str) -> str | None:
    """The column of table 二 that a header cell names, whatever remark stands behind it: 现行有效件数（历史累计）."""
    name = key(text).replace("本年度", "本年")
    return ACTIVE_COLUMNS.get(name) or ACTIVE_COLUMNS.get(bare(text).replace("本年度", "本年"))


def cut_columns(pieces: Sequence[str]) -> tuple[str, ...]:
    """The columns of a header whose cells lost their ends (本年新、本年新、对外公开总数量), if just one header begins so."""
    names = [key(piece) for piece in pieces]
    fits = [
        header for header in _HEADERS
        if len(header) == len(names) and all(len(name) >= 3 and key(full).startswith(name) for name, full in zip(names, header, strict=True))
    ]
    return tuple(fits[0]) if len(fits) == 1 else ()


_TITLES = (
    r"(?:20\d\d年(?:度)?)?(?:政务公开|政府信息公开)?(?:工作)?(?:总体|基本)(?:工作)?情况|(?:主要工作)?概述",
    r"(?:行政机关)?主动公开政府信息的?情况|主动公开政府信息工作情况|政府信息主动公开情况|主动公开情况",
    r"(?:行政机关)?收到和处理政府信息公开申请的?情况|收到和处理政府信息依?申请公开情况|依申请公开(?:和不予公开)?政府信息(?:的|办理)?情况|政府信息依申请公开(?:办理)?情况|收到和处理政府信息公开申请",
    r"(?:因)?政府信息公开(?:工作)?(?:申请)?(?:被申请|的|引起的|引发的)?行政复议[、和,及]?(?:提起)?行政诉讼(?:的)?情况|行政复议[、和,及](?:提起)?行政诉讼情况|因政府信息公开工作被申请行政复议和提起行政诉讼情况",
    r"(?:政府信息公开工作)?(?:当前)?存在的?(?:主要)?问题[及和与、]*(?:下一?步)?(?:改进|整改|工作)(?:情况|措施|打算|方向|思路|工作|计划|举措)?|(?:政府信息公开工作)?存在的?主要问题(?:和困难)?(?:及改进情况)?",
    r"其他需要(?:报告|说明)的(?:其他)?(?:事项|情况)|需要(?:报告|说明)的其他事项|其他(?:报告)?事项",
)
_HEADING = re.compile(
    r"[\s?]*(?P<number>第?[一二三四五六七八](?:部分)?\s*[、.,:\s]{1,3}|[(\[]?[1-6][)\]]?\s*[、.](?!\d))?\s*(?:"
    + "|".join(f"(?P<t{index}>{title})" for index, title in enumerate(_TITLES, 1))
    + r")(?P<rest>.*)",
    re.DOTALL,
)
_AFTER = re.compile(r"\s+\S|[:。]\s*\S?|\s*$")
_NUMBER_OF = {sign: index for index, sign in enumerate("一二三四五六七八", 1)}


_NUMBERED = re.compile(r"\s*(?P<number>[一二三四五六])\s*[、.]\s*(?P<words>[^。:;,]{6,30})$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: the section it names, its words, its own number, and what follows on the same line."""

    number: int
    text: str
    printed_number: int | None = None
    rest: str = ""


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading | None:
    """The section heading that a paragraph is or opens with; None for anything else."""
    if len(text) > 60 and not text[:12].lstrip().startswith(tuple("第一二三四五六123456")):
        return None
    form = plain(text)
    found = _HEADING.match(form)
    if not found or not _AFTER.match(found["rest"]):
        return _misprinted(form, text)
    rest = found["rest"].strip(" :。")
    numbered = found["number"]
    if not numbered and (rest or len(form) > 30):
        return None
    section = next(index for index in range(1, len(SECTIONS) + 1) if found[f"t{index}"])
    start = len(form) - len(rest) if rest else len(form)
    printed = next((_NUMBER_OF.get(sign) or int(sign) for sign in numbered or "" if sign in _NUMBER_OF or sign.isdigit()), None)
    if numbered and any(sign.isdigit() for sign in numbered) and printed != section:
        return None  # “1.主动公开情况” under another heading is a sub-heading
    return Heading(section, text[:start].strip(" :：。"), printed, text[start:].strip() if rest else "")


def _misprinted(form: str, text: str) -> Heading | None:
    """A heading with a slip in it: numbered as the section is, and nearly its words."""
    found = _NUMBERED.match(form) if len(form) < 40 else None
    if not found:
        return None
    number = _NUMBER_OF[found["number"]]
    alike = SequenceMatcher(None, key(found["words"]), key(SECTIONS[number - 1])).ratio()
    return Heading(number, text.strip(" :：。"), number) if alike >= ALIKE else None


def columns(texts: Iterable[str]) -> list[Applicant]:
    """The kinds of applicant that a header names, in its order (pieces such as 商业 + 企业 joined)."""
    keys = [text for text in map(key, texts) if text]
    named: list[Applicant] = []
    position = 0
    while position < len(keys):
        pair = "".join(keys[position : position + 2])
        name = APPLICANTS.get(pair) or APPLICANTS.get(keys[position])
        if name:
            named.append(name)
        position += 2 if pair in APPLICANTS else 1
    return named
