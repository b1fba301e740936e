"""Writing: nothing that somebody typed is lost, two people at once, tokens offered, numbers flagged, warnings explained."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest

from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.models import ProseVersion, Publication
from gongkai.platform.annual.queries import auditing, working
from gongkai.report import exchange
from tests.platform.cases.factories import at, member

from .conftest import PROSE, Begun, Enter, ready


def posted(based_on: int, *texts: str, **more: str) -> dict[str, str]:
    return {f"section{number}": text for number, text in enumerate((*texts, *[""] * (6 - len(texts))), start=1)} | {"based_on": str(based_on), "do": "save"} | more


def test_saving_makes_a_version_and_forgets_what_was_kept(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    client.post(f"{it.address}keep/", posted(0, "正在写"))
    answer = client.post(it.address, posted(0, "全年公开信息{{published}}条。\r\n第二行"))

    assert answer.status_code == 302
    assert it.now().prose[0] == "全年公开信息{{published}}条。\n第二行"
    assert "已恢复" not in client.get(it.address).content.decode()
    assert [each.number for each in working.versions(it.now())] == [1]


def test_saving_what_did_not_change_makes_no_version(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    client.post(it.address, posted(0, "一句话。"))
    client.post(it.address, posted(1, "一句话。\r\n"))

    assert it.now().prose_number == 1


def test_an_explanation_of_a_finding_that_is_gone_says_so(it: Begun, enter: Enter) -> None:
    answer = enter(it.place.head).post(it.address, posted(0, do="", explain="0" * 16, **{f"reason-{'0' * 16}": "理由"}), follow=True)

    assert "已经不在了" in answer.content.decode()


def test_what_was_typed_comes_back_until_it_is_let_go(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    client.post(f"{it.address}keep/", posted(0, "写了一半的话"))
    back = client.get(it.address).content.decode()
    other = enter(it.place.approver).get(it.address).content.decode()
    client.post(it.address, {"do": "forget"})

    assert "写了一半的话" in back and "已恢复" in back
    assert "写了一半的话" not in other
    assert "写了一半的话" not in client.get(it.address).content.decode()


def test_changes_in_different_sentences_and_sections_are_put_together_and_said_so(it: Begun, enter: Enter) -> None:
    reporting.write(it.place.head, it.report.pk, ("甲事已办。乙事在办。", "", "", "", "共同的问题。", ""), based_on=0, at=at("2024-01-09"))
    reporting.write(second(it), it.report.pk, ("甲事已办。乙事也已办。", "别人的第二部分。", "", "", "共同的问题。别人补的。", ""), based_on=1, at=at("2024-01-09", 11))
    client = enter(it.place.head)
    answer = client.post(it.address, posted(1, "甲事早已办。乙事在办。", "", "", "", "共同的问题。我加的培训安排。"))
    shown = client.get(answer.url).content.decode()

    assert answer.status_code == 302 and "merged=1" in answer.url
    assert it.now().prose == ["甲事早已办。乙事也已办。", "别人的第二部分。", "", "", "共同的问题。别人补的。我加的培训安排。", ""]
    assert "和别人同时改的合在一起" in shown and "保存了第 2 版" in shown
    assert it.now().steps.order_by("-number").first().facts["merged"] == [1, 2]


def test_a_sentence_that_both_changed_is_shown_in_both_wordings_and_nothing_is_saved_until_one_is_chosen(it: Begun, enter: Enter) -> None:
    reporting.write(it.place.head, it.report.pk, ("开头。", "", "", "", "共同的问题。另一句。", ""), based_on=0, at=at("2024-01-09"))
    other = second(it)
    reporting.write(other, it.report.pk, ("开头。", "别人的第二部分。", "", "", "别人改的问题。另一句。", ""), based_on=1, at=at("2024-01-09", 11))
    client = enter(it.place.head)
    answer = client.post(it.address, posted(1, "我改的开头。", "", "", "", "我改的问题。另一句。"))
    shown = answer.content.decode()

    assert answer.status_code == 409
    assert 'name="based_on" value="2"' in shown
    assert all(text in shown for text in ("我改的开头。", "别人的第二部分。", "别人改的问题。我改的问题。另一句。"))
    assert working.versions(it.now())[0].by in shown
    assert it.now().prose[4] == "别人改的问题。另一句。"

    clashes = unescape(re.search(r'name="clashes" value="([^"]*)"', shown)[1])  # type: ignore[index]
    chosen = client.post(it.address, posted(2, "我改的开头。", "别人的第二部分。", "", "", "别人改的问题。我改的问题。另一句。", settle="0|mine", clashes=clashes, do="")).content.decode()
    merged = client.post(it.address, posted(2, "我改的开头。", "别人的第二部分。", "", "", "我改的问题。另一句。", clashes=clashes))

    assert "\n我改的问题。另一句。</textarea>" in chosen and "只留对方的" in chosen
    assert merged.status_code == 302
    assert [ProseVersion.objects.get(report=it.report, number=n).prose[4] for n in (1, 2, 3)] == ["共同的问题。另一句。", "别人改的问题。另一句。", "我改的问题。另一句。"]


@pytest.mark.parametrize("clashes", ["", "[", "[]", "{}", '{"rows": [[9, "", "", ""]], "by": "", "at": "2024-01-01", "number": 1}', '{"rows": 5, "by": 1, "at": 2, "number": "x"}', "\0"])
def test_odd_choices_between_wordings_change_nothing(clashes: str, it: Begun, enter: Enter) -> None:
    answer = enter(it.place.head).post(it.address, posted(0, "一句话。", settle="0|mine", clashes=clashes, do="check"))

    assert answer.status_code == 200
    assert "一句话。" in answer.content.decode()


def test_the_text_of_a_conflict_is_kept_even_when_the_page_is_closed(it: Begun, enter: Enter) -> None:
    reporting.write(second(it), it.report.pk, ("别人先写的", "", "", "", "", ""), based_on=0, at=at("2024-01-09"))
    client = enter(it.place.head)
    client.post(it.address, posted(0, "我后写的"))
    back = client.get(it.address).content.decode()

    assert "我后写的" in back and "其间别人保存了新的正文" in back
    assert client.post(it.address, posted(0, "我后写的")).status_code == 409


def test_what_cannot_be_written_any_more_is_kept(it: Begun, enter: Enter) -> None:
    ready(it)
    reporting.submit(it.place.head, it.report.pk, at=at("2024-01-10"))
    client = enter(it.place.head)
    answer = client.post(it.address, posted(1, "来晚了的话"))
    reporting.return_(it.place.legal, it.report.pk, reason="补充培训情况", at=at("2024-01-11"))
    back = client.get(it.address).content.decode()

    assert answer.status_code == 302
    assert "来晚了的话" in back and "补充培训情况" in back


def test_a_sentence_a_token_and_a_number_are_put_in_without_javascript(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    added = client.post(it.address, posted(0, "开头。", insert="1|全年主动公开政府信息{{published}}条。", do="")).content.decode()
    replaced = client.post(it.address, posted(0, "受理诉求12102件。", replace="1|4|9|hotline_received", do="")).content.decode()

    assert "开头。全年主动公开政府信息{{published}}条。" in added
    assert "受理诉求{{hotline_received}}件。" in replaced
    assert it.now().prose_number == 0


@pytest.mark.parametrize(("text", "told"), [
    ("其中求助9582件。", "换成“热线：求助”"), ("热线求助9000件。", "台账是 9582"), ("据{{oops}}统计。", "oops"), ("公开{{published}}条。", "8900余"),
])  # fmt: skip
def test_what_stands_beside_follows_what_is_typed(text: str, told: str, it: Begun, enter: Enter) -> None:
    assert told in enter(it.place.head).post(f"{it.address}live/", posted(0, text)).content.decode()


def test_a_sentence_is_suggested_with_its_figures_until_it_stands_in_the_text(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    before, after = (client.post(f"{it.address}live/", posted(0, text)).content.decode() for text in ("", "{{hotline_received}}{{hotline_help}}"))

    assert "1|12345政府服务热线受理诉求{{hotline_received}}件" in before
    assert "1|12345政府服务热线受理诉求{{hotline_received}}件" not in after


def test_last_years_text_stands_beside_with_what_is_stale_marked(it: Begun, enter: Enter) -> None:
    before = reporting.open_report(it.place.head, it.place.organ.pk, 2022, edition="2021", at=at("2023-01-08"))
    reporting.write(it.place.head, before.pk, ("2022年，本县召开会议3次，制度不断完善。", "", "", "", "", ""), based_on=0, at=at("2023-01-09"))
    before.refresh_from_db()
    Publication.objects.create(report=before, organ=it.place.organ, year=2022, version=1, data=exchange.to_dict(auditing.whole(before)), digest="0" * 64, at=at("2023-01-30"))
    client = enter(it.place.head)
    shown = client.get(it.address).content.decode()
    copied = client.post(f"{it.address}live/", posted(0, "2022年，本县召开会议3次，制度不断完善。")).content.decode()

    assert '<mark class="stale stale-year">2022</mark>' in shown
    assert '<mark class="stale stale-number">3次</mark>' in shown
    assert "与上年一字不差" in copied


def test_a_warning_wants_a_reason_and_an_error_wants_mending(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    reporting.write(it.place.head, it.report.pk, PROSE, based_on=0, at=at("2024-01-09"))
    work = working.workspace(it.place.head, it.now(), at("2024-01-09").date())
    warning = next(each for each in work.findings if each.stops and each.finding.severity.value == "warning")
    empty = client.post(it.address, posted(1, *PROSE, do="", explain=warning.fingerprint, **{f"reason-{warning.fingerprint}": " "}))
    given = client.post(it.address, posted(1, *PROSE, do="", explain=warning.fingerprint, **{f"reason-{warning.fingerprint}": "已与统计口径核对。"}))

    assert empty.status_code == 422 and "请写明理由" in empty.content.decode()
    assert given.status_code == 302
    assert it.now().explanations[warning.fingerprint]["reason"] == "已与统计口径核对。"
    assert it.now().prose_number == 1


def test_versions_are_listed_and_their_difference_is_readable(it: Begun, enter: Enter) -> None:
    reporting.write(it.place.head, it.report.pk, ("发布政策文件51条。", "", "", "", "", ""), based_on=0, at=at("2024-01-09"))
    reporting.write(it.place.head, it.report.pk, ("发布政策文件57条。", "", "", "", "", ""), based_on=1, at=at("2024-01-10"))
    client = enter(it.place.head)
    shown = client.get(f"{it.address}versions/difference/?old=1&new=2").content.decode()

    assert "发布政策文件<del>51</del><ins>57</ins>条。" in shown.replace("\n", "")
    assert "改了第一部分" in client.get(f"{it.address}versions/").content.decode()
    assert "发布政策文件51条。" in client.get(f"{it.address}?version=1").content.decode()
    assert client.get(f"{it.address}versions/difference/?old=1&new=9").status_code == 404


def test_tokens_follow_the_ledger_until_the_report_is_approved(it: Begun, enter: Enter) -> None:
    ready(it)
    reporting.submit(it.place.head, it.report.pk, at=at("2024-01-10"))
    reporting.pass_review(it.place.legal, it.report.pk, at=at("2024-01-11"))
    reporting.approve(it.place.approver, it.report.pk, at=at("2024-01-12"))
    entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("hotline_help", 4, Decimal(900), reason="复核")], at=at("2024-01-20"))
    entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("hotline_received", 0, Decimal(13000), reason="复核")], at=at("2024-01-20"))
    shown = enter(it.place.head).get(it.address).content.decode()

    assert "受理诉求12102件" in shown
    assert "受理诉求12102件" in working.printed_of(it.now()).sections[0].prose.text


def second(it: Begun):  # type: ignore[no-untyped-def]
    """Another person of the disclosure office."""
    from gongkai.platform.organs.models import Person
    from gongkai.platform.organs.roles import RoleKind

    return member(it.place.organ.slug, 9, it.place.organ, RoleKind.DISCLOSURE_OFFICE, Person.objects.get(login=f"{it.place.organ.slug}-admin"))
