"""The messages that the case desk sends, as data: to whom, in which words. Nothing personal: the number, what happened, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEND, QUEUE = "cases.send_notice", "cases"  # 后台任务
TO, LINK = "cases.notice.to", "cases.notice.link"  # sealing 的用途


class Audience(StrEnum):
    """Whom a message is for; decides how it goes out."""

    APPLICANT = "applicant"
    ASKED = "asked"  # 被征求意见方
    OFFICER = "officer"


class Sms(StrEnum):
    """When a text message goes out besides the e-mail."""

    ALSO = "also"  # 有期限、有后果的：电子邮件和短信都发
    INSTEAD = "instead"  # 没有电子邮箱的才发短信
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message. Gaps: {number}, {organ}, and the facts that `needs` names (days as ISO dates)."""

    key: str
    audience: Audience
    zh_title: str
    en_title: str
    zh: str
    en: str
    needs: frozenset[str] = frozenset()
    sms: Sms = Sms.INSTEAD
    mail: bool = True  # 给工作人员的：是否同时发电子邮件
    link: bool = False  # 带一次性的链接

    def title(self, language: str, facts: Mapping[str, object]) -> str:
        return _filled(self.zh_title if language == "zh" else self.en_title, facts, language)

    def text(self, language: str, facts: Mapping[str, object]) -> str:
        return _filled(self.zh if language == "zh" else self.en, facts, language)


def _filled(words: str, facts: Mapping[str, object], language: str) -> str:
    return words.format_map({key: shown(value, language) for key, value in facts.items()})


def shown(value: object, language: str) -> str:
    """A fact in a sentence: a word in the language asked for, an ISO day as it is written."""
    if isinstance(value, Mapping):
        return str(value.get(language, value.get("zh", "")))
    text = str(value)
    if len(text) == 10 and text[4:5] == text[7:8] == "-" and text.replace("-", "").isdecimal():
        day = date.fromisoformat(text)
        return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%B} {day.year}"
    return text


def _applicant(
    key: str, zh_title: str, en_title: str, zh: str, en: str, *needs: str, sms: Sms = Sms.INSTEAD, link: bool = False
) -> Kind:
    return Kind(key, Audience.APPLICANT, zh_title, en_title, zh, en, frozenset(needs), sms, link=link)


def _officer(key: str, zh_title: str, en_title: str, zh: str, en: str, *needs: str, mail: bool = False) -> Kind:
    return Kind(key, Audience.OFFICER, zh_title, en_title, zh, en, frozenset(needs), Sms.NEVER, mail)


_READ = "请凭登记编号和查询码在网上查看。"
_READ_EN = "Please look it up on line with the number and your query code."

KINDS: tuple[Kind, ...] = (
    _applicant("received", "已收到申请 {number}", "Request {number} received", "{organ}已收到您的政府信息公开申请，登记编号{number}。凭登记编号和回执上的查询码可以在网上查询办理进度。", "{organ} has received your request; its number is {number}. Follow it on line with the number and the query code on your receipt."),
    _applicant("confirm", "请确认申请 {number}", "Please confirm request {number}", "您的申请{number}须经双方确认，确认之日为收到申请之日。请凭登记编号和查询码在网上确认，或者等候{organ}与您联系。", "Request {number} counts as received on the day both sides confirm it. Please confirm it on line with the number and your query code, or wait until {organ} contacts you.", sms=Sms.ALSO),
    _applicant("confirmed", "申请 {number} 已确认", "Request {number} confirmed", "您的申请{number}已经双方确认，答复期限自{on}起计算。", "Request {number} was confirmed by both sides; the reply period counts from {on}.", "on"),
    _applicant("correction", "申请 {number} 需要补正", "Request {number} needs a correction", "您的申请{number}需要补正，请在{by}前补正；无正当理由逾期不补正的，视为放弃申请。" + _READ, "Request {number} needs a correction by {by}; without it, and without good reason, it counts as given up. " + _READ_EN, "by", sms=Sms.ALSO),
    _applicant("reasons", "申请 {number} 请说明理由", "Request {number}: reasons wanted", "请就您的申请{number}说明理由。" + _READ, "Please give reasons for request {number}. " + _READ_EN, sms=Sms.ALSO),
    _applicant("extension", "申请 {number} 延长答复期限", "Request {number}: reply period extended", "您的申请{number}经批准延长答复期限，延长后的期限至{until}。" + _READ, "The reply period of request {number} was extended to {until}. " + _READ_EN, "until"),
    _applicant("delayed", "申请 {number} 延迟答复", "Request {number}: reply delayed", "您的申请{number}将延迟至{until}前答复。" + _READ, "Request {number} will be answered by {until}. " + _READ_EN, "until"),
    _applicant("consulting", "申请 {number} 正在征求意见", "Request {number}: others are consulted", "您的申请{number}正在征求第三方或者其他机关意见，所需时间不计入答复期限。" + _READ, "Others are consulted on request {number}; the time this takes is not counted in the reply period. " + _READ_EN),
    _applicant("fee", "申请 {number} 收费通知", "Request {number}: fee notice", "您的申请{number}需要缴纳信息处理费，请在{by}前缴纳；逾期未缴纳的，视为放弃申请。" + _READ, "A processing fee is due for request {number} by {by}; if it is not paid, the request counts as given up. " + _READ_EN, "by", sms=Sms.ALSO),
    _applicant("fee_paid", "申请 {number} 已缴费", "Request {number}: fee received", "您的申请{number}的信息处理费已收到。", "The fee for request {number} was received."),
    _applicant("letter", "申请 {number} 有新的文书", "Request {number}: a letter for you", "您的申请{number}有新的文书。" + _READ, "There is a letter on request {number}. " + _READ_EN),
    _applicant("reply", "申请 {number} 已答复", "Request {number} answered", "您的申请{number}已作出答复。" + _READ, "Request {number} was answered. " + _READ_EN, sms=Sms.ALSO),
    _applicant("lapse", "申请 {number} 不再处理", "Request {number} no longer processed", "您的申请{number}不再处理。" + _READ, "Request {number} is no longer processed. " + _READ_EN, sms=Sms.ALSO),
    _applicant("correct_soon", "申请 {number} 补正期限将满", "Request {number}: correction due soon", "您的申请{number}的补正期限至{by}，请及时补正。" + _READ, "The correction of request {number} is due by {by}. " + _READ_EN, "by", sms=Sms.ALSO),
    _applicant("pay_soon", "申请 {number} 缴费期限将满", "Request {number}: payment due soon", "您的申请{number}的缴费期限至{by}，请及时缴纳。" + _READ, "The fee for request {number} is due by {by}. " + _READ_EN, "by", sms=Sms.ALSO),
    _applicant("recomputed", "申请 {number} 的期限有变动", "Request {number}: dates changed", "因放假安排变动，您的申请{number}的期限变为{until}。", "The holidays were changed; the term of request {number} is now {until}.", "until"),
    _applicant("moved", "申请 {number} 已移送", "Request {number} moved", "您的申请{number}已移送{to}办理，原查询码可以继续使用。", "Request {number} was moved to {to}; your query code still works.", "to"),
    _applicant("published", "申请 {number} 的信息已公开", "Request {number}: now published", "您的申请{number}所涉信息已转为主动公开。" + _READ, "The information of request {number} is now published. " + _READ_EN),
    _applicant("access", "查询申请进度的链接", "Your link", "请在{until}前打开以下链接查询申请，链接只能使用一次：", "Open this link before {until} to see your request; it works once:", "until", sms=Sms.INSTEAD, link=True),
    Kind("opinion_wanted", Audience.ASKED, "征求意见：{organ}", "Your opinion is asked: {organ}", "{organ}就一件政府信息公开申请征求您的意见，请在{by}前通过以下链接答复。征求意见书另行送达。", "{organ} asks for your opinion on a request for government information. Please answer by {by} through this link; the letter reaches you separately.", frozenset({"by"}), Sms.ALSO, link=True),
    Kind("decision_told", Audience.ASKED, "政府信息公开决定：{organ}", "Decision on disclosure: {organ}", "{organ}就征求过您意见的政府信息作出公开决定，告知书已发出。", "{organ} decided to disclose information on which you were consulted; the letter has been sent."),

    _officer("new_request", "新的申请 {number}", "New request {number}", "网上提交了申请{number}，请与申请人确认。", "Request {number} was filed on line; confirm it with the applicant."),
    _officer("assigned", "申请 {number} 交您承办", "Request {number} is yours", "申请{number}已指定由您承办。", "Request {number} was assigned to you.", mail=True),
    _officer("applicant_acted", "申请 {number}：申请人有新的动作", "Request {number}: the applicant acted", "申请{number}：{what}。", "Request {number}: {what}.", "what"),
    _officer("opinion_received", "申请 {number} 收到意见", "Request {number}: an opinion came in", "申请{number}的{ref}已收到意见。", "An opinion came in on request {number} ({ref}).", "ref"),
    _officer("task", "检索任务：申请 {number}", "Search task: request {number}", "请在{by}前检索并回复（申请{number}）。", "Please search and answer by {by} (request {number}).", "by", mail=True),
    _officer("task_answered", "申请 {number} 的检索已回复", "Request {number}: search answered", "申请{number}的检索任务{ref}已回复。", "The search task {ref} of request {number} was answered.", "ref"),
    _officer("letter_to_review", "申请 {number} 有文书待法制审核", "Request {number}: a letter to review", "申请{number}的文书等待法制审核。", "A letter of request {number} waits for legal review."),
    _officer("letter_to_sign", "申请 {number} 有文书待签发", "Request {number}: a letter to sign", "申请{number}的文书等待签发。", "A letter of request {number} waits for signature."),
    _officer("letter_returned", "申请 {number} 的文书被退回", "Request {number}: a letter came back", "申请{number}的文书已退回，请看理由。", "A letter of request {number} was returned; see the reason."),
    _officer("letter_signed", "申请 {number} 的文书已签发", "Request {number}: a letter was signed", "申请{number}的文书已签发，请送达。", "A letter of request {number} was signed; serve it."),
    _officer("reminder", "申请 {number}：{by} 到期", "Request {number}: due {by}", "申请{number}的{term}期限至{by}，还有{days}个工作日。", "Request {number} ({term}) is due on {by}: {days} working days left.", "term", "by", "days", mail=True),
    _officer("overdue", "申请 {number} 已逾期", "Request {number} is overdue", "申请{number}的{term}期限{by}已过，逾期{days}个工作日。", "Request {number} ({term}) was due on {by}: {days} working days late.", "term", "by", "days", mail=True),
    _officer("silent", "申请 {number}：{ref}期限届满未答复", "Request {number}: no opinion from {ref}", "申请{number}征求意见（{ref}）的期限{by}届满，未收到意见：{means}。次日起不再停止计算答复期限。", "The term of {ref} on request {number} ended on {by} without an opinion ({means}); the reply period runs on from the next day.", "ref", "by", "means"),
    _officer("recomputed_desk", "申请 {number} 重新计算期限", "Request {number}: dates recomputed", "因放假安排变动，申请{number}的期限由{before}变为{until}。", "The holidays were changed: the term of request {number} moved from {before} to {until}.", "before", "until"),
    _officer("pressed", "催办：申请 {number}", "Pressed: request {number}", "请抓紧办理申请{number}。", "Please get on with request {number}.", mail=True),
    _officer("moved_in", "移送来的申请 {number}", "Request {number} moved to you", "{from}移送来一件申请，登记编号{number}。", "{from} moved a request to you; its number here is {number}.", "from", mail=True),
    _officer("payment_unmatched", "申请 {number}：缴费无法登记", "Request {number}: a payment that does not fit", "缴费接口告知申请{number}的款项已到账，但本件现在不能登记缴费，请核对，必要时退费。", "The payment service says the fee for request {number} was paid, but it cannot be recorded now; check it, and refund it where due.", mail=True),
    _officer("notice_failed", "申请 {number}：通知没有发出", "Request {number}: a message did not go out", "申请{number}的一则通知（{what}）多次发送失败，请用其他方式告知对方。", "A message on request {number} ({what}) could not be sent; tell the other side in another way.", "what"),
    _officer("no_address", "申请 {number}：没有可用的联系方式", "Request {number}: no address", "申请{number}没有电子邮箱和手机号码，通知（{what}）没有发出，请用其他方式告知。", "Request {number} has no e-mail address and no mobile number: the message ({what}) was not sent; tell the applicant in another way.", "what"),
    _officer("remedy_opened", "{remedy}：{kind}", "{remedy}: {kind}", "登记了{kind}（{remedy}），应在{by}前答复、答辩。", "{kind} was entered ({remedy}); the answer is due by {by}.", "remedy", "kind", "by", mail=True),
    _officer("remedy_entered", "{remedy}：{kind}", "{remedy}: {kind}", "登记了{kind}（{remedy}）。", "{kind} was entered ({remedy}).", "remedy", "kind", mail=True),
    _officer("remedy_due", "{remedy}：{by} 前{term}", "{remedy}: {term} by {by}", "{kind}（{remedy}）的{term}期限至{by}，还有{days}个工作日。", "{kind} ({remedy}): {term} is due on {by}, {days} working days left.", "remedy", "kind", "term", "by", "days", mail=True),
    _officer("remedy_late", "{remedy}：{term}已逾期", "{remedy}: {term} is overdue", "{kind}（{remedy}）的{term}期限{by}已过。", "{kind} ({remedy}): {term} was due on {by}.", "remedy", "kind", "term", "by", mail=True),
    _officer("act_anew", "{remedy}：须重新作出处理", "{remedy}: act anew", "{kind}（{remedy}）的结果是{judgment}，请依照决定、判决重新处理申请{number}。", "{kind} ({remedy}) ended with: {judgment}. Deal with request {number} anew as decided.", "remedy", "kind", "judgment", mail=True),
    _officer("act_anew_apart", "{remedy}：须重新作出处理", "{remedy}: act anew", "{kind}（{remedy}）的结果是{judgment}，请依照决定、判决重新处理。", "{kind} ({remedy}) ended with: {judgment}. Act anew as decided.", "remedy", "kind", "judgment", mail=True),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}
