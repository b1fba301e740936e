"""The six sections of a report as they are written, and suggested sentences in the official style made from figures. Pure.

A sentence is offered only where all its figures are known; nothing is praised that was not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.law.editions import SECTIONS
from gongkai.report.model import Section
from gongkai.report.prose import Prose

from .tokens import Knowledge, filled, named

NUMBERS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence for a section (1–6), with tokens. An office may word it otherwise, leave it out, or add its own."""

    key: str
    section: int
    text: str


SUGGESTIONS = (
    Suggestion("outline", 1, "本报告所列数据的统计期限为{{year}}年1月1日至12月31日。\n（一）主动公开。\n（二）依申请公开。\n（三）政府信息管理。\n（四）政府信息公开平台建设。\n（五）监督保障。"),
    Suggestion("published", 1, "全年主动公开政府信息{{published}}条。"),
    Suggestion("published-site", 1, "通过政府网站公开政府信息{{published.site}}条。"),
    Suggestion("published-parts", 1, "政府网站公开的信息中，政务动态信息{{published.site_news}}条，政府信息{{published.site_information}}条。"),
    Suggestion("published-wechat", 1, "通过微信公众号发布信息{{published.wechat}}条。"),
    Suggestion("reads-wechat", 1, "微信公众号发布的信息，阅读量{{reads.wechat}}人次。"),
    Suggestion("published-weibo", 1, "通过微博发布信息{{published.weibo}}条。"),
    Suggestion("published-new-media", 1, "各类政务新媒体、手机客户端发布信息{{published.new_media}}条。"),
    Suggestion("published-broadcast", 1, "通过广播、电视等方式发布信息{{published.broadcast}}条。"),
    Suggestion("published-board", 1, "通过公示栏、电子屏等方式公布信息{{published.board}}条。"),
    Suggestion("policies", 1, "发布政策文件{{policies}}条、相应解读{{interpretations}}条。"),
    Suggestion("requests", 1, "全年收到政府信息公开申请{{requests.new_received}}件，办结{{requests.results_total}}件，结转下年度{{requests.carried_forward}}件。"),
    Suggestion("messages", 1, "上级政府网站推送网民留言{{messages_pushed}}条。"),
    Suggestion("mailbox", 1, "信箱受理网民留言{{mailbox_received}}条，办结{{mailbox_done}}条，办结率{{rate:mailbox_done/mailbox_received}}%。"),
    Suggestion(
        "hotline", 1,
        "12345政府服务热线受理诉求{{hotline_received}}件，其中求助{{hotline_help}}件、举报{{hotline_report}}件、投诉{{hotline_complaint}}件、"
        "咨询{{hotline_enquiry}}件、建议{{hotline_suggestion}}件、表扬{{hotline_praise}}件、其他{{hotline_other}}件。",
    ),
    Suggestion("hotline-rates", 1, "热线诉求签收率{{rate:hotline_signed/hotline_received}}%，办结率{{rate:hotline_done/hotline_received}}%。"),
    Suggestion("training", 1, "举办政府信息公开培训{{trainings}}次，培训{{trained}}人次。"),
    Suggestion("assessment", 1, "本年度政府信息公开工作考核得分{{assessment}}分。"),
    Suggestion("remedies", 4, "被申请行政复议{{remedies.reconsideration.total}}件，被提起行政诉讼（未经复议直接起诉）{{remedies.litigation_direct.total}}件、（复议后起诉）{{remedies.litigation_after_reconsideration.total}}件。"),
    Suggestion("problems", 5, "（一）存在的主要问题。\n（二）改进情况。"),
    Suggestion("fee", 6, "本年度收取信息处理费{{fee}}元。"),
)  # fmt: skip


def suggested(knowledge: Knowledge, written: Sequence[str] = (), sentences: Sequence[Suggestion] = SUGGESTIONS) -> Iterator[Suggestion]:
    """What may be said: sentences all of whose figures are known, and none of whose tokens stands in the text yet; without tokens, how an empty section begins."""
    there = {name for text in written for name in named(text)}
    for each in sentences:
        names = set(named(each.text))
        said = bool(there & names) if names else bool(written and written[each.section - 1].strip())
        if not said and not filled(each.text, knowledge).unknown:
            yield each


def sections(written: Sequence[str], knowledge: Knowledge) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The six sections with their numbers printed, and the tokens that have no figure."""
    found, unknown = [], list[str]()
    for number, heading in enumerate(SECTIONS, start=1):
        text = filled(written[number - 1] if number <= len(written) else "", knowledge)
        unknown += text.unknown
        found.append(Section(number, f"{NUMBERS[number - 1]}、{heading}", Prose.of(text.text)))
    return tuple(found), tuple(dict.fromkeys(unknown))
