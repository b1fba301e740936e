"""政府信息公开申请表, on paper: what Article 29 asks for, to be filled in by hand and handed in or posted. DOCX."""

from __future__ import annotations

import hashlib
from html import escape

from gongkai.platform.cases.choices import APPLICANTS, FORMS, IDENTITIES, OBTAINING, Identity, Labels
from gongkai.platform.catalogue.queries.public import PublicOrgan
from gongkai.platform.documents.outgoing import Document, to_docx

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAME = "政府信息公开申请表.docx"
_BLANK = "　"


def made(organ: PublicOrgan) -> bytes:
    """The form of one organ, with its address on it."""
    return to_docx(Document(title="政府信息公开申请表", organ="", body=_body(organ)))


def tag(organ: PublicOrgan) -> str:
    """Changes when what is printed changes."""
    return hashlib.sha256(_body(organ).encode()).hexdigest()[:24]


def _body(organ: PublicOrgan) -> str:
    person = (("姓名", ""), ("证件类型", _ticks(IDENTITIES, Identity.CREDIT_CODE)), ("证件号码", ""))
    unit = (("名称", ""), ("统一社会信用代码", ""), ("法定代表人（负责人）", ""), ("联系人", ""))
    reach = (("联系电话", ""), ("电子邮箱", ""), ("通信地址、邮政编码", ""))
    kind = "".join(f"<p>□ {label}</p>" for label in (words[0] for key, words in APPLICANTS.items() if key != "natural"))
    rows = [
        _row("收件机关", escape(organ.name), 2),
        *_group("申请人（公民填写）", person),
        *_group("申请人（法人或者其他组织填写）", (*unit, ("类型", kind))),
        *_group("联系方式", reach),
        _row("所需政府信息的名称", _lines(2), 2),
        _row("文号，或者便于查询的其他特征性描述", _lines(4), 2),
        _row("提供的形式", _ticks(FORMS), 2),
        _row("获取的方式", _ticks(OBTAINING), 2),
        _row("阅读、视听有困难，需要的帮助（没有的不填）", _lines(1), 2),
        _row("申请人签名或者盖章、日期", _lines(2), 2),
    ]
    return f"<table><tbody>{''.join(rows)}</tbody></table>{_notes(organ)}"


def _row(label: str, value: str, span: int = 1) -> str:
    return f'<tr><th colspan="{span}">{escape(label)}</th><td>{value or _BLANK}</td></tr>'


def _group(label: str, rows: tuple[tuple[str, str], ...]) -> list[str]:
    first, *rest = rows
    return [
        f'<tr><th rowspan="{len(rows)}">{escape(label)}</th><th>{escape(first[0])}</th><td>{first[1] or _BLANK}</td></tr>',
        *(f"<tr><th>{escape(name)}</th><td>{value or _BLANK}</td></tr>" for name, value in rest),
    ]


def _ticks(table: Labels, without: str = "") -> str:
    return "<p>" + "　".join(f"□ {escape(words[0])}" for key, words in table.items() if key != without) + "</p>"


def _lines(number: int) -> str:
    return f"<p>{_BLANK}</p>" * number


def _notes(organ: PublicOrgan) -> str:
    where = "，".join(part for part in (organ.office_name, organ.office_address, organ.office_post and f"邮政编码 {organ.office_post}", organ.office_phone and f"电话 {organ.office_phone}") if part)
    said = (
        "一件申请写一项信息；不需要说明用途。请附身份证明的复印件。",
        "当面提交的，提交之日为收到申请之日；邮寄的，请在信封上注明“政府信息公开申请”（条例第三十一条）。",
        "内容不明确的，机关会一次性告知补正（条例第三十条）。",
        f"交到或者寄到：{where}。" if where else "",
    )
    return "<p>填写说明：</p>" + "".join(f"<p>{number}．{escape(each)}</p>" for number, each in enumerate((each for each in said if each), start=1))
