"""The demo as it stands in the database, built once through the actions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.law.editions import EDITION_2021, Applicant, Remedy
from gongkai.law.letters import BY_KEY as LETTERS
from gongkai.law.replies import REPLIES
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.rebuilding import rebuild
from gongkai.platform.demo import accounts, build, building, codes
from gongkai.platform.demo.staff import PASSWORD
from gongkai.platform.journal.marks import demonstration
from gongkai.platform.journal.verify import verify
from gongkai.report.tally import Tables
from tests.platform.conftest import own_database
from tests.platform.server import Server

TODAY = date(2026, 11, 22)
REVIEWS = ("review", "clear", "approve")


@dataclass(frozen=True, slots=True)
class Built:
    """One build: what it told, and what it said on the way."""

    summary: building.Summary
    said: tuple[str, ...]


@pytest.fixture(scope="module")
def built(server: Server, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    said: list[str] = []
    with own_database(server, django_db_blocker, tmp_path_factory.mktemp("demo"), "demo"):
        summary = build(TODAY, said.append)
        print(f"demo: {summary.items} items, {summary.requests} requests, {summary.deeds} deeds, {summary.seconds:.1f} s")
        yield Built(summary, tuple(said))


def test_it_tells_what_it_builds(built: Built) -> None:
    assert built.summary.built and built.summary.items >= 300 and built.summary.organs >= 20
    assert built.said[0] == "机关和人员" and built.said[-1] == "2026 年"


def test_every_state_has_items(built: Built) -> None:
    from gongkai.platform.catalogue.models import Item

    states = Counter(Item.objects.values_list("state", flat=True))

    assert set(states) == {state.value for state in State}
    assert states["rechecked"] > 200 and min(states.values()) >= 2


def test_every_light_is_on(built: Built) -> None:
    from gongkai.platform.catalogue.models import Item

    waiting = Item.objects.filter(met_at__isnull=True, due_on__isnull=False).exclude(state__in=("discarded", "filed"))

    assert waiting.filter(due_on__lt=TODAY).count() >= 3
    assert waiting.filter(due_on__gte=TODAY, due_on__lte=date(2026, 11, 27)).count() >= 3
    assert waiting.filter(due_on__gt=date(2026, 12, 4)).count() >= 3
    assert Item.objects.filter(withdraw_by__gte=TODAY).exists()


def test_the_journal_holds_and_the_states_follow_from_the_steps(built: Built) -> None:
    proof = verify()

    assert proof.holds and proof.entries > built.summary.deeds
    assert not list(rebuild())


def test_whatever_is_public_was_reviewed_cleared_and_approved_by_others_than_its_drafters(built: Built) -> None:
    from gongkai.platform.catalogue.models import Item, Step

    public = Item.objects.filter(published__isnull=False)
    for item in public:
        drafters: set[int | None] = set()
        passed: set[str] = set()
        for step in Step.objects.filter(item=item).order_by("number"):
            if step.action in ("create", "revise"):
                drafters, passed = {step.person_id}, set()
            elif step.action in ("save", "attach", "release"):
                drafters.add(step.person_id)
            elif step.action in (*REVIEWS, "determine", "schedule"):
                assert step.person_id not in drafters
                passed.add({"determine": "clear", "schedule": "approve"}.get(step.action, step.action))
            if step.action in ("approve", "publish"):
                assert passed == set(REVIEWS)


def test_index_numbers_run_in_the_order_of_publication(built: Built) -> None:
    from gongkai.platform.catalogue.models import Item

    last: dict[tuple[int, str], int] = {}
    for item in Item.objects.exclude(index_number="").order_by("first_published_at", "pk"):
        front, serial = item.index_number.rsplit("-", 1)

        assert int(serial) == last.get((item.organ_id, front), 0) + 1
        last[item.organ_id, front] = int(serial)


def test_what_amends_repeals_lapses_and_interprets_is_shown(built: Built) -> None:
    from gongkai.platform.catalogue.models import Link, Publication

    assert set(Publication.objects.values_list("validity", flat=True)) >= {"in_force", "amended", "repealed", "lapsed"}
    kinds = Counter(Link.objects.filter(removed_at__isnull=True).values_list("kind", flat=True))
    assert kinds["interprets"] >= 20 and set(kinds) >= {"amends", "repeals", "based_on", "related"}


def test_files_of_every_sort_are_attached_and_channels_recorded(built: Built) -> None:
    from gongkai.platform.catalogue.models import Attachment, ChannelRecord, StoredFile, Waiver

    types = set(StoredFile.objects.values_list("media_type", flat=True))

    assert {"application/json", "text/csv", "image/png"} <= types and any("spreadsheetml" in each for each in types)
    assert Attachment.objects.count() >= 40 and Waiver.objects.exists()
    assert set(ChannelRecord.objects.values_list("channel", flat=True)) >= {"wechat", "weibo", "notice_board", "radio", "television"}


def test_withheld_items_have_grounds_and_days_of_review(built: Built) -> None:
    from gongkai.platform.catalogue.models import Item

    kept = Item.objects.filter(state="filed", access="withheld")

    assert kept.count() >= 6 and not kept.filter(ground="").exists() and not kept.filter(next_review_on__isnull=True).exists()
    assert kept.values("ground").distinct().count() >= 4
    assert Item.objects.filter(state="filed", access="on_request").count() >= 3


def test_nothing_is_done_in_the_future(built: Built) -> None:
    from gongkai.platform.catalogue.models import Step

    assert not Step.objects.filter(at__date__gte=TODAY).exists()


def test_everybody_can_sign_in_with_the_password_told(built: Built) -> None:
    from gongkai.platform.organs.models import Person

    people = {person.login: person for person in Person.objects.all()}

    assert people.keys() == {account.login for account in accounts()}
    assert people["shule-editor"].check_password(PASSWORD) and not people["shule-editor"].must_change_password


def test_it_is_marked_as_a_demonstration_and_not_built_twice(built: Built) -> None:
    again = build(TODAY)

    assert demonstration() is not None
    assert not again.built and again.items == built.summary.items


class TestRequests:
    """The requests of the demo: those of the published reports, and one of everything else."""

    def test_shule_county_counts_in_2023_what_its_report_prints(self, built: Built) -> None:
        from gongkai.platform.demo.annual import FACTS, _block, _row
        from gongkai.platform.organs.models import Organ

        for (slug, year), printed in FACTS.items():
            found = total_of(Organ.objects.get(slug=slug).pk, year)
            for row in EDITION_2021.requests if slug == "shule" else ():
                assert list(found.applications[row.key]) == _row(printed, row.key)
            for block in Remedy:
                assert slug != "shule" or {result.value: count for result, count in found.remedies[block].items()} == _block(printed, block.value)
            assert found.applications["new_received"][-1] == (6 if slug == "shule" else 0)

    def test_every_state_stands_in_the_list_today_and_two_are_overdue(self, built: Built) -> None:
        from gongkai.platform.cases.choices import State as CaseState
        from gongkai.platform.cases.models import Request

        assert set(Request.objects.values_list("state", flat=True)) == {state.value for state in CaseState}
        assert Request.objects.filter(state="open", due_on__lt=TODAY).count() == 2
        assert built.summary.requests == Request.objects.count() >= 70

    def test_every_letter_was_served_and_every_reply_given(self, built: Built) -> None:
        from gongkai.platform.cases import keeping
        from gongkai.platform.cases.models import Letter, Request

        served = Letter.objects.filter(state="served").select_related("pdf", "docx")
        for letter in (served.filter(key=key).first() for key in LETTERS):
            assert letter is not None and letter.number and keeping.read(letter.pdf)[:5] == b"%PDF-" and keeping.read(letter.docx)[:2] == b"PK"
        replies = set(Request.objects.values_list("reply", flat=True))
        assert {reply.key for reply in REPLIES} - {"ended_otherwise"} <= replies  # 其余情形办结，没有文书，也没有单独的动作

    def test_letters_rest_on_every_desk(self, built: Built) -> None:
        from gongkai.platform.cases.choices import LetterState
        from gongkai.platform.cases.models import Letter

        assert set(Letter.objects.values_list("state", flat=True)) >= {state.value for state in LetterState} - {"discarded"}

    def test_nobody_signs_or_reviews_what_they_wrote(self, built: Built) -> None:
        from gongkai.platform.cases.models import Event

        for letter in set(Event.objects.filter(kind="letter_signed").values_list("letter", flat=True)):
            wrote, passed, signed = (
                set(Event.objects.filter(letter=letter, kind=kind).values_list("person", flat=True)) for kind in ("letter_drafted", "letter_reviewed", "letter_signed")
            )

            assert wrote and signed and not wrote & (passed | signed) and not passed & signed

    def test_they_came_by_every_channel_and_orally(self, built: Built) -> None:
        from gongkai.law.events import Channel
        from gongkai.platform.cases.models import Request

        assert set(Request.objects.values_list("channel", flat=True)) == {channel.value for channel in Channel}
        assert set(Request.objects.values_list("applicant_kind", flat=True)) == {kind.value for kind in Applicant} - {"total"}
        assert Request.objects.filter(oral=True).exists() and Request.objects.filter(needs_help=True).exists()

    def test_consultations_overlap_fees_are_noticed_and_paid_and_remedies_are_of_every_kind(self, built: Built) -> None:
        from gongkai.platform.cases.models import Consultation, Event, Remedy, Reminder, Task

        asked = Consultation.objects.filter(request__state="open").values_list("request", flat=True)
        assert max(Counter(asked).values()) == 3
        assert {"fee_noticed", "fee_paid", "rectified", "helped", "published"} <= set(Event.objects.values_list("kind", flat=True))
        assert set(Remedy.objects.values_list("kind", flat=True)) == {"reconsideration", "litigation_direct", "litigation_after_reconsideration", "complaint"}
        assert set(Remedy.objects.values_list("result", flat=True)) >= {"upheld", "corrected", "other", "pending"}
        assert {"open", "answered", "cancelled"} == set(Task.objects.values_list("state", flat=True)) and Reminder.objects.exists()

    def test_the_codes_told_open_their_requests(self, built: Built) -> None:
        from gongkai.platform.cases.queries import doors

        assert len(codes()) == 6
        assert all(doors.by_code(told.number, told.code) for told in codes())
        assert len({told.state for told in codes()}) >= 4

    def test_no_message_of_the_past_is_sent_now(self, built: Built) -> None:
        from gongkai.platform.cases.models import Notice

        assert Notice.objects.exists() and not Notice.objects.filter(state="waiting").exists()
        assert not Notice.objects.filter(link__isnull=False).exists()

    def test_no_applicant_stands_in_the_journal(self, built: Built) -> None:
        from gongkai.platform.demo.requests.people import people
        from gongkai.platform.journal.models import Entry

        told = " ".join(f"{entry.name} {entry.changes} {entry.reason}" for entry in Entry.objects.all())
        for person in people().values():
            for secret in (person.applicant.name, person.applicant.identity_number, person.applicant.organisation_code, person.applicant.phone):
                assert not secret or secret not in told

    def test_what_is_cached_follows_from_the_events(self, built: Built) -> None:
        from gongkai.platform.cases.rebuilding import rebuild as rebuild_cases

        assert not list(rebuild_cases(False))


def total_of(organ: int, year: int) -> Tables:
    from gongkai.platform.cases.queries import statistics
    from gongkai.platform.organs.acting import Actor, Post
    from gongkai.platform.organs.roles import RoleKind

    return statistics.tally(Actor(1, "", (Post(RoleKind.APPROVER, organ),)), organ, year, EDITION_2021, today=TODAY).tables


@pytest.mark.slow
def test_two_builds_of_one_day_give_the_same_rows(server: Server, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    def rows() -> str:
        from gongkai.platform.cases.models import Event, Letter, Request
        from gongkai.platform.catalogue.models import Publication, Revision, Step
        from gongkai.platform.journal.models import Entry

        told: list[Callable[[], object]] = [
            lambda: list(Revision.objects.order_by("pk").values_list("pk", "item", "number", "digest")),
            lambda: list(Step.objects.order_by("pk").values_list("pk", "item", "action", "at", "person")),
            lambda: list(Publication.objects.order_by("pk").values_list("pk", "index_number", "title", "body", "published_at", "validity", "terms")),
            lambda: list(Entry.objects.order_by("chain", "number").values_list("chain", "number", "at", "person", "verb", "subject")),
            lambda: list(Request.objects.order_by("pk").values_list("pk", "number", "state", "due_on", "reply", "outcome", "channel")),
            lambda: list(Event.objects.order_by("pk").values_list("request", "number", "kind", "on", "law", "person", "at")),
            lambda: list(Letter.objects.order_by("pk").values_list("pk", "key", "reply", "number", "state", "served_on")),
        ]
        return hashlib.sha256(repr([each() for each in told]).encode()).hexdigest()

    found = []
    for name in ("first", "second"):
        with own_database(server, django_db_blocker, tmp_path_factory.mktemp(name), name):
            build(TODAY)
            found.append(rows())

    assert found[0] == found[1]


class TestAnnualReports:
    """The four organs' annual reports, compiled from the demo's own records and published (条例第四十九条)."""

    def test_the_four_reports_are_published_with_the_figures_that_they_printed(self, built: Built) -> None:
        from gongkai.platform.annual.models import Publication
        from gongkai.platform.demo.annual import FACTS, _row
        from gongkai.platform.demo.plan import REPORTED

        found = {(each.organ.slug, each.year): each for each in Publication.objects.select_related("organ", "report")}

        assert found.keys() == FACTS.keys()
        for key, each in found.items():
            assert each.data["published"] == REPORTED[key].isoformat() and each.report.state == "published"
            assert {cell: told["value"] for cell, told in each.data["active"].items()} == dict(FACTS[key].active)
            assert each.data["applications"]["new_received"][-1] == _row(FACTS[key], "new_received")[-1]
            assert "{{" not in str(each.data["sections"])

    def test_one_website_form_is_published_and_one_is_filled_in_with_the_figures_of_the_ledgers_and_nothing_invented(self, built: Built) -> None:
        from gongkai.platform.annual.models import WebsiteForm, WebsitePublication

        states = dict(WebsiteForm.objects.values_list("website__organ__slug", "state"))
        values = WebsitePublication.objects.get().data["values"]

        assert states == {"shule": "published", "division-11": "draft"}
        assert (values["published_total"], values["messages_received"], values["media_any"]) == ("1800+", "48", "yes")
        assert all(values[key] is None for key in ("visits", "visitors", "site_code", "site_icp", "services", "security_checks", "wechat_followers"))

    def test_every_figure_of_the_county_opens_its_records(self, built: Built) -> None:
        from gongkai.platform.annual.models import Report
        from gongkai.platform.cases.models import Request

        behind = Report.objects.get(organ__slug="shule", year=2023).behind

        assert len(behind["applications.new_received.total"]["ids"]) == 6
        assert Request.objects.filter(pk__in=behind["applications.granted.natural"]["ids"], outcome="granted").count() == 3
        assert behind["active.licensing_decisions"]["source"] == "figures" and len(behind["active.licensing_decisions"]["ids"]) == 12
