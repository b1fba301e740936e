"""Cover: title, organ, year, signature and day of publication — what a report says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.formats.blocks import Block, Grid, Paragraph
from gongkai.report.model import Signature

from .plain import plain, prose

_REPORT = r"(?:政府|政务)?(?:政务)?信息公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?报告|政务公开(?:工作)?(?:年度)?报告|政府信息公开年报"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)|(?P<words>[二一][〇○0零Ｏ九][〇○零一二三四五六七八九0]{2}))年?度?"
_ORGAN = r"(?P<organ>[\u3400-\u9fff（）()“”·、]{2,40}?)"
_ORGAN_LATER = _ORGAN.replace("organ", "later")
_TITLE = re.compile(rf"(?:关于)?(?:{_ORGAN}(?:关于)?)?{_YEAR}(?:{_ORGAN_LATER})?(?:关于)?(?:{_REPORT})")
_YEAR_INSIDE = re.compile(rf"{_ORGAN}(?P<later>)(?:政府|政务)信息公开(?:工作)?{_YEAR}(?:工作)?报告")  # …政府信息公开2021年度报告
_FILE_ENDING = re.compile(r"\.(?:docx?|wps|pdf|html?)$", re.IGNORECASE)
_QUOTED = re.compile(r"[《“](?:(?P<before>[\u3400-\u9fff]{2,40}?))?(?:19|20)\d\d年?度?(?P<after>[\u3400-\u9fff]{2,40}?)?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?报告[》”]")
_NAME_ENDS = (
    "人民政府", "政府", "办公室", "办公厅", "委员会", "管理局", "局", "厅", "部", "委", "院", "办事处", "街道", "镇", "乡", "师", "团", "中心", "署", "处", "队", "会", "办", "站", "所", "区", "县", "市", "州", "旗", "盟", "省", "地区",
)
_NO_NAME = ("政府", "政务", "年度", "政府信息公开", "本单位", "本机关", "全")
_ANNOUNCED = re.compile(rf"(?:公布|公开|发布|编制)(?P<organ>[\u3400-\u9fff]{{3,30}}?)(?:19|20)\d\d年?度?(?:{_REPORT})")
_NO_AREA = ("开发", "园", "新", "管理", "景", "地", "社", "关", "校", "港", "示范", "度假", "保税", "合作", "保护", "集聚", "功能", "片")
_AREA = re.compile("".join(f"(?<!{word})" for word in _NO_AREA) + "(?:[省市州县区旗镇乡]|苏木)$")
_CORPS = re.compile(r"[师团]")  # 兵团 towns have no people's government of that name
_NOT_IN_NAME = re.compile(r"[^\u3400-\u9fff（）()·、“”]")
_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[年\-./]\s*(?P<m>\d{1,2})\s*[月\-./]\s*(?P<d>\d{1,2})\s*日?")
_WORD_DATE = re.compile(r"(?P<y>[二一][〇○0零Ｏ九][〇○零一二三四五六七八九0]{2})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日")
_DIGITS = {sign: index for index, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0, "Ｏ": 0}
_PLAIN_DATE = re.sub(r"\?P<\w>", "", _DATE.pattern)
_PUBLISHED = re.compile(r"(?:发布|公开|发文|发稿|发表|公布)(?:日期|时间)\s*[:：]?\s*(" + _PLAIN_DATE + ")")
_DATED = re.compile(r"(?:^|[\s|])(?:日期|时间)\s*[:：]\s*(" + _PLAIN_DATE + ")", re.MULTILINE)
_BRACKETED = re.compile(r"\(?" + _PLAIN_DATE + r"\)")
_MAKER = re.compile(r"(?:发布|公开|编制|发文)(?:机构|机关|单位)\s*[:：]?\s*([\u3400-\u9fff]{3,40})")
_COMPILED = re.compile(
    r"由(?P<organ>[\u3400-\u9fff]{3,40}?)(?:\([^)]*\))?(?:(?:根据|围绕|按照|依据|结合|负责|组织(?!部)|汇总|综合(?!办))[^。]{0,200}?)?(?:编制|编写|撰写)"
)
_COMPILES = re.compile(
    r"(?:^|[\n,。;])\s*(?P<organ>[\u3400-\u9fff]{3,30}?)(?:根据[^。]{2,80})?(?:编制|制定|编写)了?(?:本|(?:19|20)\d\d)", re.MULTILINE
)
_SUBJECT = re.compile(
    r"(?:^|[\n。])\s*(?:19|20)\d\d年(?:度|以来)?,?(?P<organ>[\u3400-\u9fff]{4,30}?)"
    r"(?:坚持|认真|严格|深入|紧紧|高度|全面|始终|持续|切实|积极|以习近平|按照|聚焦|围绕)", re.MULTILINE,
)
_ANYBODYS = re.compile(r"^(?:[我本全各在]|(?:自治区|[省市县区旗州盟镇乡街])(?![^省市县区旗州盟镇乡]*[省市县区旗州盟镇乡]))|中央|国务院|领导小组|[省市县区]委$")
_OFFICE_INSIDE = re.compile(r"(?<=政府)党政(?:综合)?办(?:公室)?$")  # compiles the report, is not its organ
_BEFORE_NAME = re.compile(r"^.*(?:请与|请向|请联系|联系|由|特向)")
_TAIL = re.compile(r"用户登录|还没有账号|立即注册|版权所有|主办单位?[:：]|承办单位?[:：]|网站标识码|ICP备|公网安备|^打印|关闭(?:窗口|本页)?$|扫一扫|分享到?|上一[篇条]|下一[篇条]|相关(?:链接|文档|附件|阅读)|网站地图|联系我们$|^附件[:：]|返回顶部|责任编辑|【?(?:大|中|小)】?\s*$")


@dataclass(frozen=True, slots=True)
class Cover:
    """What a report says about itself; None where it does not."""

    title: str | None
    lines: int  # on how many lines the title stands
    title_organ: str | None
    organ: str | None
    year: int | None
    signature: Signature
    published: date | None


def _named(found: re.Match[str]) -> str | None:
    """The organ in a title; the first half of 政府信息公开 is none."""
    return next((name for name in (found["organ"], found["later"]) if name and name not in _NO_NAME), None)


def _joined(text: str) -> str:
    return "".join(text.split())


def _as_title(text: str) -> re.Match[str] | None:
    return _TITLE.fullmatch(text) or _YEAR_INSIDE.fullmatch(text)


def find_title(preamble: Sequence[str], outside: str | None) -> tuple[str | None, int, re.Match[str] | None, int]:
    """The title, the lines it takes, its parts, and the index of its first line (−1: outside the text)."""
    best: tuple[int, int, str, re.Match[str], int] | None = None
    for index in range(len(preamble)):
        for count in (1, 2, 3):
            lines = preamble[index : index + count]
            if len(lines) < count or any(len(line) > 60 or "。" in line for line in lines):
                break
            joined = "".join(map(_joined, lines))
            found = _as_title(_FILE_ENDING.sub("", prose(joined).plain.strip("《》“” ")))
            if not found or any(sign in joined for sign in ">＞") or "当前位置" in joined:
                continue
            named = bool(_named(found))
            score = (2 if named else 1) * 100 - count * 3
            if best is None or score > best[0] or (score == best[0] and index > best[1] and count == best[4]):
                best = (score, index, joined, found, count)
    if best:
        return _FILE_ENDING.sub("", best[2]), best[4], best[3], best[1]
    for piece in re.split(r"[-_|–—]", outside or ""):
        found = _as_title(plain(_joined(piece)))
        if found:
            return _joined(piece), 1, found, -1
    for index, line in enumerate(preamble):  # a line that ends like a title, whatever stands before it
        joined = _joined(line)
        found = _TITLE.search(plain(joined))
        if found and len(joined) <= 60 and "。" not in joined and found.end() == len(joined):
            return joined, 1, found, index
    return None, 0, None, -1


def cover(
    preamble: Sequence[Block], last: Sequence[Paragraph], texts: Sequence[str], outside: str | None, whole: bool = True
) -> tuple[Cover, int | None, int | None]:
    """The cover; the index in `preamble` behind the title; the index in `last` where signature and page foot begin.

    `whole`: the last section is there, so a day under the title stands for the signature that is not at the end.
    """
    lines = [(index, block.text) for index, block in enumerate(preamble) if isinstance(block, Paragraph)]
    title, count, found, first = find_title([text for _, text in lines], outside)
    signature, cut = _signature(last)
    if whole and not signature.on and title and first >= 0:
        signature = Signature(signature.organ, _under_title([text for _, text in lines[first + count : first + count + 2]]))
    metadata = plain("\n".join(_texts(preamble)))
    year = _year(found, metadata, texts)
    title_organ = _name(_named(found), strict=False) if found else None
    body = plain("\n".join(texts))
    above = [plain(_joined(text)) for _, text in lines[max(first - 2, 0) : max(first, 0)]] if first > 0 else []
    organ = _organ(title_organ, signature, metadata, body, above)
    published = _published(metadata)
    behind = lines[first + count - 1][0] + 1 if title and first >= 0 else None
    return Cover(title, count, title_organ, organ, year, signature, published), behind, cut


def _under_title(lines: Sequence[str]) -> date | None:
    """The day that stands in brackets under the title."""
    return next((read_date(line) for line in lines if _BRACKETED.fullmatch(plain(_joined(line)))), None)


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text for cell in row if cell.text))
        else:
            yield block.text


def _number(words: str) -> int:
    return int("".join(str(_DIGITS[sign]) for sign in words))


def _year(found: re.Match[str] | None, metadata: str, texts: Sequence[str]) -> int | None:
    if found:
        return int(found["year"]) if found["year"] else _number(found["words"])
    body = metadata + "\n" + plain("\n".join(texts))
    period = re.search(r"((?:19|20)\d\d)年\s*1月\s*1日", body)
    if period:
        return int(period[1])
    named = re.search(r"((?:19|20)\d\d)年?度?(?:[\u3400-\u9fff]{0,30})(?:信息公开)(?:工作)?(?:年度)?(?:工作)?(?:情况)?报告", body)
    if named:
        return int(named[1])
    opening = re.findall(r"((?:19|20)\d\d)年(?:度|来|以来|,|，|我|全|政府信息公开)", body[:4000])
    return int(max(set(opening), key=opening.count)) if opening else None


def _name(text: str | None, *, strict: bool = True) -> str | None:
    name = re.sub(r"^(?:关于|[^由]{0,8}报告由)|(?:关于|的)$", "", (text or "").strip())
    name = re.sub(r"[\s:：，,。]", "", name)
    if len(name) < 2 or name in _NO_NAME or _NOT_IN_NAME.search(name) or (strict and not name.endswith(_NAME_ENDS)):
        return None
    return name


def _organ(title: str | None, signature: Signature, metadata: str, body: str, above: Sequence[str]) -> str | None:
    """The fullest name the report gives its organ: the one in the title, or a longer one that ends with it."""
    made = _MAKER.search(metadata)
    opening = body[:3000]
    named = [_name(signature.organ), *map(_name, above)]
    named += [_name(quoted["before"] or quoted["after"], strict=False) for quoted in _QUOTED.finditer(body)]
    named += [_name(found["organ"]) for pattern in (_ANNOUNCED, _COMPILED) for found in pattern.finditer(opening)]
    if not title:
        named += [_name(found["organ"]) for pattern in (_COMPILES, _SUBJECT) for found in pattern.finditer(opening)]
    named.append(_name(made[1] if made else None))
    names = [name for name in named if name]
    if not title:
        return _untitled(names)
    fuller = [name for name in names if name.endswith(title) and len(name) > len(title)]
    if not fuller and not title.endswith(("政府", "局", "委", "会", "厅", "部", "办", "处", "办公室")):
        fuller = [name for name in names if title in name and name.endswith(("人民政府", "办事处", "管理委员会", "管委会"))]
    if not fuller and len(title) >= 4:
        around = re.search(rf"(?<![\u3400-\u9fff])([\u3400-\u9fff]{{2,12}}[省市州盟县区师]){re.escape(title)}", metadata + "\n" + body[-400:])
        fuller = [_name(_BEFORE_NAME.sub("", around[1]) + title) or title] if around else []
    return _government(max(fuller, key=len, default=title))


def _untitled(names: Sequence[str]) -> str | None:
    """Without a title: the first of the names that is somebody's own, as full as the text has it."""
    own = [_government(name) for name in names if not _ANYBODYS.search(name)]
    return max((name for name in own if name.endswith(own[0])), key=len) if own else None


def _government(name: str) -> str:
    """An area is no organ: the report of 云溪县 is that of its people's government, a 街道's that of its office."""
    name = re.sub(r"(?<=海关)关区$", "", _OFFICE_INSIDE.sub("", name))
    name = re.sub(r"(?<=[省市州县区旗镇乡])政府$", "人民政府", name)
    if name.endswith("街道"):
        return name + "办事处"
    return name + "人民政府" if _AREA.search(name) and not _CORPS.search(name) else name


def _published(metadata: str) -> date | None:
    found = _PUBLISHED.search(metadata) or _DATED.search(metadata)
    return read_date(found[1]) if found else None


def read_date(text: str) -> date | None:
    """A day out of 2024年1月23日, 2024-01-23 or 二〇二四年一月二十三日; None where there is none that exists."""
    form = plain(text)
    digits = _DATE.search(form)
    if digits:
        return _day(int(digits["y"]), int(digits["m"]), int(digits["d"]))
    words = _WORD_DATE.search(_joined(form))
    return _day(_number(words["y"]), _small(words["m"]), _small(words["d"])) if words else None


def _small(words: str) -> int:
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS[words]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _signature(last: Sequence[Paragraph]) -> tuple[Signature, int | None]:
    """落款 among the last lines, and where it (or the foot of the page) begins."""
    foot = next((index for index, block in enumerate(last) if index and _TAIL.search(plain(block.text)) and len(block.text) < 60), None)
    lines = list(last[:foot])
    for index in range(len(lines) - 1, max(len(lines) - 8, -1), -1):
        text = plain(lines[index].text).strip()
        on = read_date(text)
        if not on or len(_joined(text)) > 45 or "。" in text:
            continue
        left = _DATE.sub("", text) if _DATE.search(text) else _WORD_DATE.sub("", _joined(text))
        own = _name(_joined(left).strip("()（）"))
        if own:
            return Signature(own, on), index
        above = index - 1
        name = _name(_joined(plain(lines[above].text))) if above >= 0 and len(lines[above].text) <= 40 else None
        if name:
            return Signature(name, on), above
        if not _joined(left):
            return Signature(None, on), index
    return Signature(), foot
