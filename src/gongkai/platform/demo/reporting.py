"""The annual reports of the four organs, made as they are made: figures entered, tables compiled from the ledger, prose of our own with its
numbers bound, audited, reviewed, approved, published — each by somebody whose duty it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from gongkai.law.findings import Severity
from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.models import Report
from gongkai.platform.annual.queries import auditing
from gongkai.platform.organs.acting import Actor

from . import websites
from .fates import ZONE
from .figures import EDITION, FIGURES, PRACTICE, Year, told
from .plan import REPORTED
from .websites import Doing

_NOTHING = ("", "", "")
PROSE: Mapping[Year, tuple[str, str, str, str, str, str]] = {
    ("shule", 2023): (
        "本报告按照国家规定的格式编制，所列数据的统计期限为2023年1月1日至12月31日。\n"
        "（一）主动公开。全年累计公开政府信息{{published}}条，其中县政府门户网站{{published.site}}条，政务新媒体{{published.new_media}}条，"
        "广播、电视{{published.broadcast}}条，公示栏、电子屏{{published.board}}条。\n"
        "（二）依申请公开。全年受理政府信息公开申请{{requests.new_received}}件，均在法定期限内答复：予以公开{{requests.granted}}件，"
        "部分公开{{requests.partial}}件，本机关不掌握相关政府信息{{requests.unable_not_held}}件。\n"
        "（三）政府信息管理。落实公文公开属性源头认定和先审查后公开，指南、目录随机构和人员变动更新。\n"
        "（四）平台建设。“县长信箱”受理留言{{mailbox_received}}条，上级推送留言{{messages_pushed}}条，全部办结。12345热线受理有效诉求"
        "{{hotline_received}}件，其中求助{{hotline_help}}件、举报{{hotline_report}}件、投诉{{hotline_complaint}}件、咨询{{hotline_enquiry}}件、"
        "建议{{hotline_suggestion}}件、表扬{{hotline_praise}}件、其他{{hotline_other}}件；签收率{{rate:hotline_signed/hotline_received}}%，"
        "办结率{{rate:hotline_done/hotline_received}}%。\n"
        "（五）监督保障。政务公开纳入绩效考核，按季度检查并通报问题。",
        "", "", "全年因政府信息公开被申请行政复议{{remedies.reconsideration.total}}件，结果为其他{{remedies.reconsideration.other}}件；没有被提起行政诉讼。",
        "（一）存在的主要问题。个别乡镇、单位公开不够全面，更新不够及时。\n（二）改进情况。对重点领域逐项核对公开清单，按时限公开，并改进政策解读的形式。",
        "本年度未收取政府信息公开信息处理费。",
    ),
    ("division-11", 2023): (
        "（一）主动公开。师政务门户网站全年发布政务信息{{published.site}}条，政务新媒体公开信息{{published.new_media}}条；"
        "发布政策法规{{policies}}条、解读{{interpretations}}条。\n（二）依申请公开。全年未收到政府信息公开申请。\n"
        "（三）政府信息管理。信息发布逐级审核，发布前审查、发布后复查。\n（四）平台建设。门户网站、微信公众号、微博协同发布。\n"
        "（五）监督保障。公布监督方式，全年没有信息公开方面的投诉。",
        *_NOTHING,
        "（一）存在的主要问题。主动公开的力度、解读的形式和人员的业务能力还需提高。\n（二）改进情况。扩大重点民生领域公开范围，多用图表、视频解读，增加培训。",
        "本年度未收取政府信息公开信息处理费。",
    ),
    ("xinkailing", 2021): (
        "（一）主动公开。门户网站公开信息{{published.site}}条，微信公众号发布信息{{published.wechat}}条，阅读量{{reads.wechat}}人次。\n"
        "（二）依申请公开。全年未收到政府信息公开申请。\n（三）政府信息管理。专人负责，审核后发布。\n"
        "（四）平台建设。门户网站和微信公众号发布办事程序、惠民政策。\n（五）监督保障。定期自查自纠。",
        *_NOTHING,
        "（一）存在的主要问题。公开的内容和形式还不够丰富。\n（二）改进情况。加强业务培训，拓宽公开渠道。",
        "本年度未收取政府信息公开信息处理费。",
    ),
    ("hotan-affairs", 2023): (
        "（一）主动公开。全年主动公开信息{{published}}条，为机构职责和政府信息公开指南。\n（二）依申请公开。全年未收到政府信息公开申请。\n"
        "（三）政府信息管理。做好信息属性源头认定，发布及时、准确、安全。\n（四）平台建设。依托地区政府门户网站发布。\n（五）监督保障。明确分管领导和专人，全年没有责任追究情形。",
        *_NOTHING,
        "（一）存在的主要问题。公开内容不够全面，渠道和形式有待丰富。\n（二）改进情况。增加节能、公务用车、办公用房等公众关心的内容。",
        "本年度没有产生信息处理费。",
    ),
}  # fmt: skip
OLD_FORM = "本报告在使用本平台之前已按2019年版格式公布，照原样登记。"
ACCOUNTED = "已与台账核对，情况属实。"


class Reports:
    """The reports to be made, in the order of time."""

    def __init__(self, organs: Mapping[str, int], actor: Callable[[str, date], Actor]) -> None:
        self.organs, self.actor = organs, actor
        self.made: dict[Year, Report] = {}
        steps = [doing for year in FIGURES for doing in self._steps(year)]
        self.waiting = sorted([*steps, self._practice(), *websites.steps(organs, actor)], key=lambda doing: doing.at)

    def until(self, at: datetime) -> int:
        """Everything that is due by then; how many things were done."""
        done = 0
        while self.waiting and self.waiting[0].at <= at:
            self.waiting.pop(0).do()
            done += 1
        return done

    def _steps(self, year: Year) -> Iterator[Doing]:
        slug, told_of = year
        on = REPORTED[year]

        def at(before: int, hour: int) -> datetime:
            return datetime.combine(on - timedelta(days=before), time(hour), ZONE)

        def who(duty: str, when: datetime) -> Actor:
            return self.actor(f"{slug}-{duty}", when.date())

        entered, written, reviewed, signed = at(9, 10), at(6, 10), at(3, 11), at(1, 16)
        yield Doing(entered, lambda: entering.enter(who("office", entered), self.organs[slug], told_of, told(slug, told_of), at=entered))
        yield Doing(written, lambda: self._write(year, who("office", written), written))
        if EDITION[year] == "2019":
            adopted = at(0, 12)
            yield Doing(adopted, lambda: reporting.adopt(who("office", adopted), self.made[year].pk, published_on=on, reason=OLD_FORM, at=adopted))
            return
        yield Doing(reviewed, lambda: reporting.pass_review(who("legal", reviewed), self.made[year].pk, at=reviewed))
        yield Doing(signed, lambda: reporting.approve(who("approver", signed), self.made[year].pk, at=signed))
        published = at(0, 12)
        yield Doing(published, lambda: reporting.publish(who("approver", published), self.made[year].pk, at=published))

    def _practice(self) -> Doing:
        """The year whose figures are entered, and whose report nobody has begun."""
        (slug, year), on = PRACTICE, datetime(PRACTICE[1] + 1, 1, 10, 10, tzinfo=ZONE)
        return Doing(on, lambda: entering.enter(self.actor(f"{slug}-office", on.date()), self.organs[slug], year, told(slug, year), at=on))

    def _write(self, year: Year, office: Actor, at: datetime) -> None:
        """Begin, write, answer for the warnings, hand in for review."""
        slug, told_of = year
        report = reporting.open_report(office, self.organs[slug], told_of, edition=EDITION[year], at=at)
        report = reporting.write(office, report.pk, PROSE[year], based_on=0, at=at + timedelta(minutes=40))
        self.made[year] = report
        if EDITION[year] == "2019":
            return
        for finding in auditing.audit_of(report).findings:
            if finding.severity is Severity.WARNING:
                reporting.explain(office, report.pk, auditing.fingerprint(finding), reason=ACCOUNTED, at=at + timedelta(minutes=50))
        self.made[year] = reporting.submit(office, report.pk, at=at + timedelta(hours=1))
