"""Verdict: what became of an uploaded file, and every reason for which one is refused."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.platform.documents.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: what it is by its content, a name that is safe, the bytes to keep."""

    media_type: str
    extension: str  # without the dot
    name: str
    data: bytes  # what to keep; differs from what came only where `changed` says so
    sha256: str  # of `data`
    size: int
    changed: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not kept, with what to do. `retry`: nothing is wrong with the file itself, it may come again."""

    code: str
    zh: str
    en: str
    retry: bool = False


class Refusal(Exception):
    """Carries the reason out of a check; `examine` gives it back as a value."""

    def __init__(self, code: str, zh: str, en: str, *, retry: bool = False) -> None:
        super().__init__(zh)
        self.refused = Refused(code, zh, en, retry)


def damaged(what: str, en: str) -> Refusal:
    return Refusal(
        "damaged",
        f"{what}文件已损坏或不完整，打不开。请重新导出后再上传。",
        f"The {en} file is damaged or incomplete. Export it again and upload that.",
    )


def encrypted() -> Refusal:
    return Refusal(
        "encrypted",
        "文件设有密码或权限保护，公众打不开，也无法检查。请去除保护后再上传。",
        "The file is protected by a password or by permissions: the public could not open it, nor can it be checked. "
        "Remove the protection and upload it again.",
    )


def bomb(zh: str, en: str) -> Refusal:
    return Refusal(
        "zip_bomb",
        f"文件内部异常（{zh}），可能是恶意文件。请用办公软件重新保存后再上传。",
        f"The file is abnormal inside ({en}) and may be hostile. Save it again in an office program and upload that.",
    )


def macros() -> Refusal:
    return Refusal(
        "macros",
        "文件带有宏（程序）。请另存为不含宏的 .docx、.xlsx 或 .pptx 后再上传。",
        "The file carries macros (programs). Save it without them, as .docx, .xlsx or .pptx, and upload that.",
    )


def embedded(zh: str, en: str) -> Refusal:
    return Refusal(
        "embedded",
        f"文件里嵌有{zh}。请删除，或转成图片、表格后再上传；要公开的文件请单独上传。",
        f"The file has {en} embedded in it. Remove it or turn it into a picture or table; upload files on their own.",
    )


def external(zh: str, en: str) -> Refusal:
    return Refusal(
        "external",
        f"文件打开时会从外部读取{zh}。请断开链接、把内容放进文件后再上传。",
        f"Opening the file would fetch {en} from elsewhere. Break the link, put the content into the file, upload that.",
    )


def polyglot(zh: str, en: str) -> Refusal:
    return Refusal(
        "polyglot",
        f"文件里夹带了别的内容（{zh}）。请用办公或图片软件重新保存后再上传。",
        f"The file carries something else besides ({en}). Save it again in an office or picture program and upload that.",
    )


def active(zh: str, en: str) -> Refusal:
    return Refusal(
        "active",
        f"文件带有会自动执行的内容（{zh}）。请重新打印或导出为普通 PDF 后再上传。",
        f"The file holds content that acts by itself ({en}). Print or export it as a plain PDF and upload that.",
    )


def entities() -> Refusal:
    return Refusal(
        "entities",
        "文件内的 XML 带有实体定义，可能是恶意文件。请用办公软件重新保存后再上传。",
        "The XML inside the file declares entities, which may be hostile. Save it again in an office program and upload that.",
    )
