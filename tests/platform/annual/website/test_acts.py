"""Who may do what with a form, in which state; what is frozen stays frozen; separation of duties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.models import Website, WebsiteForm, WebsitePublication, WebsiteStep
from gongkai.platform.annual.states import State
from gongkai.platform.annual.website import actions, queries
from gongkai.platform.annual.website.actions import Filled, SiteTold
from gongkai.platform.annual.website.states import ACTS
from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE, PUBLIC
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.queries.organs import seen
from tests.platform.cases.factories import at, office

from .conftest import PORTAL, Begun, published

DO = {
    "write": lambda who, form: actions.fill(who, form, {"services": Filled("1")}, at=at("2024-01-10")),
    "submit": lambda who, form: actions.submit(who, form, at=at("2024-01-10")),
    "return": lambda who, form: actions.return_(who, form, reason="请核对", at=at("2024-01-10")),
    "approve": lambda who, form: actions.approve(who, form, at=at("2024-01-10")),
    "publish": lambda who, form: actions.publish(who, form, at=at("2024-01-10")),
    "correct": lambda who, form: actions.correct(who, form, reason="有误", at=at("2024-01-10")),
}  # fmt: skip
HOLDERS = {"disclosure_office": "head", "editor": "editor", "case_officer": "officer", "approver": "approver", "legal_reviewer": "legal"}
STATES = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED)


def brought(it: Begun, state: State) -> None:
    for act, who in (("submit", it.place.head), ("approve", it.place.legal), ("publish", it.place.approver)):
        if it.now().state == state:
            return
        DO[act](who, it.form.pk)


@pytest.mark.parametrize("state", STATES)
def test_every_act_in_every_state_by_every_role_is_as_the_table_says(it: Begun, state: State) -> None:
    brought(it, state)
    steps = it.now().steps_taken

    for act in ACTS:
        for role, name in HOLDERS.items():
            who = getattr(it.place, name)
            allowed = role in act.roles and state in act.states
            with transaction.atomic():
                refused: type[Exception] | None = None
                try:
                    with transaction.atomic():
                        DO[act.key](who, it.form.pk)
                        transaction.set_rollback(True)
                except (NotAllowed, NotNow, NotFound) as why:
                    refused = type(why)
                expected = None if allowed else NotFound if role == "case_officer" else NotNow if role in act.roles else NotAllowed
                assert refused is expected, (act.key, role, state)
    assert it.now().steps_taken == steps


@pytest.mark.parametrize("act", DO)
def test_nobody_from_elsewhere_finds_it(it: Begun, act: str) -> None:
    other = office("qingyuan")

    for who in (other.head, other.approver, PUBLIC):
        with pytest.raises(NotFound):
            DO[act](who, it.form.pk)
        with pytest.raises(NotFound):
            queries.kept(who, it.form.pk)
        with pytest.raises(NotFound):
            queries.forms_of(who, seen(it.place.organ), date(2024, 1, 9))


class TestDutiesAreApart:
    def test_who_filled_it_in_or_submitted_it_does_not_approve_it(self, it: Begun) -> None:
        WebsiteForm.objects.filter(pk=it.form.pk).update(drafters=[it.place.legal.person])
        DO["submit"](it.place.head, it.form.pk)
        with pytest.raises(NotAllowed, match="编写过"):
            DO["approve"](it.place.legal, it.form.pk)
        DO["approve"](it.place.approver, it.form.pk)

        assert it.now().state == State.APPROVED and it.place.head.person in it.now().drafters

    def test_who_signed_is_named_in_the_form(self, it: Begun) -> None:
        published(it)
        values = WebsitePublication.objects.get(form=it.form).data["values"]

        assert (values["filler"], values["filled_on"], values["reviewer"]) == (it.place.head.name, "2024-01-10", it.place.legal.name)

    def test_who_was_entered_by_hand_stays(self, it: Begun) -> None:
        it.fill(filler="甲", reviewer="乙", filled_on="2024-01-08")
        published(it)
        values = WebsitePublication.objects.get(form=it.form).data["values"]

        assert (values["filler"], values["filled_on"], values["reviewer"]) == ("甲", "2024-01-08", "乙")


class TestWhatIsFrozen:
    def test_what_was_submitted_stays_whatever_the_ledger_says_and_the_change_is_shown(self, it: Begun) -> None:
        DO["submit"](it.place.head, it.form.pk)
        entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("mailbox_done", 0, Decimal(47), reason="更正")], at=at("2024-01-10"))
        found = queries.sheet(it.place.legal, queries.kept(it.place.legal, it.form.pk), date(2024, 1, 11))

        assert found.cells["messages_done"].value == "48"
        assert [key for key, cell in found.cells.items() if cell.moved] == ["messages_done"]
        assert found.cells["messages_done"].now == "47"

    def test_returned_it_follows_the_ledger_again_with_the_reason_told(self, it: Begun) -> None:
        DO["submit"](it.place.head, it.form.pk)
        DO["return"](it.place.legal, it.form.pk)
        entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("mailbox_done", 0, Decimal(47), reason="更正")], at=at("2024-01-10"))
        found = queries.sheet(it.place.head, queries.kept(it.place.head, it.form.pk), date(2024, 1, 11))

        assert found.cells["messages_done"].value == "47"
        assert found.head.returned is not None and found.head.returned.reason == "请核对"

    def test_a_correction_is_a_further_version_with_its_reason_and_the_first_stays(self, it: Begun) -> None:
        published(it)
        first = WebsitePublication.objects.get(form=it.form)
        actions.correct(it.place.head, it.form.pk, reason="访问量漏报", at=at("2024-02-01"))
        it.fill(visits="9")
        published(it)
        versions = [*WebsitePublication.objects.filter(form=it.form).order_by("version")]

        assert [(each.version, each.reason, each.data["values"]["visits"]) for each in versions] == [(1, "", None), (2, "访问量漏报", "9")]
        assert versions[0].digest == first.digest != versions[1].digest
        assert it.now().published_on == date(2024, 1, 12)

    def test_the_database_keeps_steps_and_versions(self, it: Begun) -> None:
        published(it)

        for model in (WebsiteStep, WebsitePublication):
            for change in (lambda rows: rows.update(reason="改"), lambda rows: rows.delete()):
                with pytest.raises(ProgrammingError, match=r"never changed|permission denied"), transaction.atomic():
                    change(model.objects.all())

    def test_every_act_is_in_the_journal(self, it: Begun) -> None:
        published(it)
        verbs = [*Entry.objects.filter(verb__startswith="annual.website").order_by("id").values_list("verb", flat=True)]

        assert verbs == [f"annual.website_{verb}" for verb in ("site", "open", "submit", "approve", "publish")]

    def test_a_page_seen_before_something_happened_acts_no_more(self, it: Begun) -> None:
        before = it.now().steps_taken
        it.fill(visits="3")
        with pytest.raises(Conflict):
            actions.submit(it.place.head, it.form.pk, at=at("2024-01-10"), seen=before)

        assert it.now().state == State.DRAFT


class TestWebsites:
    def test_an_organ_has_several_and_one_is_the_main_one(self, it: Begun) -> None:
        actions.keep_site(it.place.head, it.place.organ.pk, SiteTold("tax", "专项网站"), at=at("2024-01-09"))
        with pytest.raises(Invalid) as refused:
            actions.keep_site(it.place.head, it.place.organ.pk, SiteTold("more", "又一个", main=True), at=at("2024-01-09"))

        assert set(refused.value.fields) == {"main"} and Website.objects.filter(organ=it.place.organ).count() == 2

    @pytest.mark.parametrize(
        ("told", "wrong"),
        [
            (SiteTold("", "甲"), "slug"), (SiteTold("大写", "甲"), "slug"), (SiteTold("a" * 41, "甲"), "slug"), (SiteTold("portal", "甲"), "slug"), (SiteTold("x", " "), "name"),
            (SiteTold("x", "甲" * 201), "name"), (SiteTold("x", "甲\x00"), "name"), (SiteTold("x", "甲", "javascript:alert(1)"), "address"),
            (SiteTold("x", "甲", kind="forum"), "kind"), (SiteTold("x", "甲", code="1" * 21), "code"), (SiteTold("x", "甲", closed_on=date(2030, 1, 1)), "closed_on"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_said_at_its_field(self, it: Begun, told: SiteTold, wrong: str) -> None:
        with pytest.raises(Invalid) as refused:
            actions.keep_site(it.place.head, it.place.organ.pk, told, at=at("2024-01-09"))

        assert wrong in refused.value.fields

    def test_its_name_in_the_address_stays_and_a_stale_page_does_not_overwrite(self, it: Begun) -> None:
        changed = actions.keep_site(it.place.head, it.place.organ.pk, SiteTold("other", "新名字", main=True), at=at("2024-01-09"), site_id=it.site.pk, based_on=1)
        with pytest.raises(Conflict):
            actions.keep_site(it.place.head, it.place.organ.pk, PORTAL, at=at("2024-01-09"), site_id=it.site.pk, based_on=1)

        assert (changed.slug, changed.name, changed.version) == ("portal", "新名字", 2)

    def test_only_the_disclosure_office_keeps_and_begins(self, it: Begun) -> None:
        for who in (it.place.editor, it.place.approver):
            with pytest.raises(NotAllowed):
                actions.keep_site(who, it.place.organ.pk, SiteTold("x", "甲"), at=at("2024-01-09"))
            with pytest.raises(NotAllowed):
                actions.begin(who, it.place.organ.pk, it.site.pk, 2022, at=at("2024-01-09"))
        with pytest.raises(NotFound):
            actions.begin(office("qingyuan").head, it.place.organ.pk, it.site.pk, 2022, at=at("2024-01-09"))

    def test_one_form_a_year_from_2017_to_this_year(self, it: Begun) -> None:
        with pytest.raises(NotNow):
            actions.begin(it.place.head, it.place.organ.pk, it.site.pk, 2023, at=at("2024-01-09"))
        for year in (2016, 2025):
            with pytest.raises(Invalid):
                actions.begin(it.place.head, it.place.organ.pk, it.site.pk, year, at=at("2024-01-09"))

        assert actions.begin(it.place.head, it.place.organ.pk, it.site.pk, 2017, at=at("2024-01-09")).year == 2017

    def test_a_closed_website_has_no_form_for_later_years(self, it: Begun) -> None:
        closed = SiteTold("portal", "关了的", main=True, closed_on=date(2022, 6, 1))
        actions.keep_site(it.place.head, it.place.organ.pk, closed, at=at("2024-01-09"), site_id=it.site.pk)
        with pytest.raises(NotNow, match="关停"):
            actions.begin(it.place.head, it.place.organ.pk, it.site.pk, 2024, at=at("2024-01-09"))
        listed = queries.forms_of(it.place.head, seen(it.place.organ), date(2024, 1, 9))

        assert [year for _site, year in listed.open] == [2022, 2021, 2020, 2019, 2018, 2017] and listed.lacking == ()


class TestTheDay:
    def test_it_is_31_january_of_the_next_year(self, it: Begun) -> None:
        due = queries.due_of(seen(it.place.organ), 2023, date(2024, 1, 9))

        assert (due.on, due.local, due.rule.basis) == (date(2024, 1, 31), False, "国办函〔2018〕12号")

    def test_a_government_above_may_make_it_earlier_and_the_organ_still_earlier(self, it: Begun) -> None:
        admin = _administrator(it)
        facts = OrganFacts(name="青川县财政局", slug="finance", level="county", kind="department", area_parent=it.place.organ.pk, index_pattern="{slug}/{year}-{serial:05d}")
        below = Organ.objects.get(pk=organs.create_organ(MACHINE, facts, at=at("2020-01-01")).pk)
        organs.change_settings(admin, it.place.organ.pk, {"website_days_early": 2}, since=date(2024, 1, 1), at=at("2024-01-02"), reason="省里要求")
        by_area = queries.due_of(seen(below), 2023, date(2024, 1, 9))
        organs.change_settings(admin, below.pk, {"website_days_early": 6}, since=date(2024, 1, 1), at=at("2024-01-02"), reason="县里要求")
        own = queries.due_of(seen(Organ.objects.get(pk=below.pk)), 2023, date(2024, 1, 9))

        assert (by_area.on, by_area.local) == (date(2024, 1, 29), True)
        assert own.on == date(2024, 1, 25)
        assert queries.due_of(seen(below), 2023, date(2023, 12, 31)).on == date(2024, 1, 31)


def _administrator(it: Begun):  # type: ignore[no-untyped-def]
    from gongkai.platform.organs.acting import actor_of
    from gongkai.platform.organs.models import Person

    return actor_of(Person.objects.get(login=f"{it.place.organ.slug}-admin"), date(2024, 1, 1) + timedelta(days=1))


def test_nothing_is_half_done_when_the_journal_fails(it: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.platform import journal

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(journal, "record", broken)
    with pytest.raises(RuntimeError):
        it.fill(visits="3")

    assert it.now().entered == {} and not connection.needs_rollback
