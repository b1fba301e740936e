"""The desk's pages through the front door: who is let in, what is refused and how, what leaves as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

import gongkai.platform
from gongkai.platform.catalogue import actions, states
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Item, Unsaved
from gongkai.platform.desk.forms.acts import ACTS, ELSEWHERE, HIDDEN_FORMS
from gongkai.platform.desk.urls import urlpatterns
from gongkai.platform.organs.acting import Actor
from tests.platform.catalogue.factories import County, brought_to, drafted

Enter = Callable[[Actor], Client]


def png() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "#0b57a4").save(out, "PNG")
    return out.getvalue()


def test_every_action_of_the_table_has_its_place_on_the_page() -> None:
    offered = set(ACTS) | set(HIDDEN_FORMS) | ELSEWHERE

    assert offered == set(states.BY_ACTION)


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_nobody_reaches_a_page_without_signing_in(pattern: object, place: County) -> None:
    plain = re.sub(r"<int:\w+>", "1", str(pattern.pattern)).replace("<slug:slug>", place.bureau.slug)  # type: ignore[attr-defined]
    address = "/desk/" + re.sub(r"<\w+:\w+>", "submit", plain)
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code in (302, 405)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/")


def test_another_organ_finds_nothing_by_any_method(place: County, enter: Enter) -> None:
    item = brought_to(place, State.IN_REVIEW, at=timezone.now())
    stranger = enter(place.stranger)
    for action in ACTS:
        answer = stranger.post(f"/desk/items/{item.pk}/do/{action}/", {"reason": "x", "ground": "process_info", "changed_on": "2026-01-01", "publish_at": "2030-01-01T10:00",
                               "validity": "repealed", "on": "2026-01-01", "kind": "related", "words": "x", "channel": "site", "published_at": "2026-01-01T10:00"})  # fmt: skip

        assert answer.status_code == 404, action
        assert "供暖" not in answer.content.decode()
    assert Item.objects.get(pk=item.pk).steps_taken == 2


def test_an_action_that_does_not_exist_is_not_there(place: County, enter: Enter) -> None:
    item = drafted(place, at=timezone.now())

    assert enter(place.editor).post(f"/desk/items/{item.pk}/do/destroy/").status_code == 404


def test_a_reason_that_is_missing_is_asked_for_where_it_was_pressed(place: County, enter: Enter) -> None:
    item = brought_to(place, State.IN_REVIEW, at=timezone.now())
    answer = enter(place.reviewer).post(f"/desk/items/{item.pk}/do/return_from_review/", {"reason": " "})

    assert answer.status_code == 422
    assert "请写明理由。" in answer.content.decode()
    assert Item.objects.get(pk=item.pk).state == "in_review"


def test_what_cannot_be_done_now_says_who_did_it(place: County, enter: Enter) -> None:
    item = brought_to(place, State.IN_SECRECY_REVIEW, at=timezone.now())
    answer = enter(place.reviewer).post(f"/desk/items/{item.pk}/do/review/", follow=True)

    assert answer.status_code == 200
    assert "您已于" in answer.content.decode()


def test_disabled_actions_say_why(place: County, enter: Enter) -> None:
    item = brought_to(place, State.IN_REVIEW, at=timezone.now())
    page = enter(place.editor).get(f"/desk/items/{item.pk}/").content.decode()

    assert "现在不能办理的" in page
    assert "需要本机关的角色：审核员" in page


def test_nobody_reviews_their_own_draft_and_the_page_says_so(place: County, enter: Enter) -> None:
    both = place.with_role(next(post.kind for post in place.reviewer.posts), "一人兼两职")
    item = brought_to(place, State.IN_REVIEW, at=timezone.now())
    Item.objects.filter(pk=item.pk).update(drafters=[both.person])
    client = enter(both)
    page = client.get(f"/desk/items/{item.pk}/").content.decode()
    answer = client.post(f"/desk/items/{item.pk}/do/review/")

    assert "起草、修改过这一版的人不能审查" in page
    assert answer.status_code == 302
    assert Item.objects.get(pk=item.pk).state == "in_review"


class TestLists:
    def test_an_export_holds_exactly_what_the_list_shows(self, place: County, enter: Enter) -> None:
        for number in range(3):
            drafted(place, at=timezone.now(), title=f"=供暖公式{number}")
        drafted(place, at=timezone.now(), title="别的事")
        client = enter(place.editor)
        items = f"/desk/organs/{place.bureau.slug}/items/"
        table = client.get(f"{items}export.xlsx?q=供暖公式")
        text = client.get(f"{items}export.csv?q=供暖公式")

        rows = CalamineWorkbook.from_filelike(io.BytesIO(table.content)).get_sheet_by_index(0).to_python()
        lines = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
        assert {row[2] for row in rows[1:]} == {f"=供暖公式{n}" for n in range(3)}
        assert {line[2] for line in lines[1:]} == {f"'=供暖公式{n}" for n in range(3)}
        assert "attachment" in table["Content-Disposition"]

    def test_an_export_goes_past_the_first_page(self, place: County, enter: Enter) -> None:
        for number in range(23):
            drafted(place, at=timezone.now(), title=f"第{number}件")
        text = enter(place.editor).get(f"/desk/organs/{place.bureau.slug}/items/export.csv").content.decode("utf-8-sig")

        assert len(text.strip().splitlines()) == 24

    @pytest.mark.parametrize(
        "query",
        ["state=x&kind=y&year=abcd&author=z&light=?&sort=--&page=-1", "page=99999999999", "q=%00", "q=" + "长" * 500],
    )
    def test_an_address_that_says_nonsense_is_read_as_far_as_it_can_be(
        self, query: str, place: County, enter: Enter
    ) -> None:
        drafted(place, at=timezone.now())

        assert enter(place.editor).get(f"/desk/organs/{place.bureau.slug}/items/?{query}").status_code == 200

    def test_several_drafts_are_handed_in_together_and_each_refusal_is_told(self, place: County, enter: Enter) -> None:
        good, bad = drafted(place, at=timezone.now()), drafted(place, at=timezone.now(), body="")
        answer = enter(place.editor).post(
            f"/desk/organs/{place.bureau.slug}/items/together/",
            {"item": [good.pk, bad.pk], "do": "submit"},
            follow=True,
        )

        assert "已提交审核 1 件。" in answer.content.decode()
        assert f"编号 {bad.pk} 没有提交" in answer.content.decode()


class TestFiles:
    def test_a_document_is_saved_and_never_run(self, place: County, enter: Enter) -> None:
        item = drafted(place, at=timezone.now())
        client = enter(place.editor)
        files = {"files": io.BytesIO("甲,乙\n1,2\n".encode())}
        files["files"].name = "片区.csv"
        client.post(f"/desk/items/{item.pk}/files/", files)
        answer = client.get(f"/desk/items/{item.pk}/files/1/")

        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%89%87")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]

    def test_a_picture_may_be_shown(self, place: County, enter: Enter) -> None:
        item = drafted(place, at=timezone.now())
        actions.attach(place.editor, item.pk, "图.png", png(), at=timezone.now(), inline=True)
        client = enter(place.editor)

        assert client.get(f"/desk/files/{item.pk}/1")["Content-Disposition"].startswith("inline")
        assert enter(place.stranger).get(f"/desk/files/{item.pk}/1").status_code == 404

    def test_a_file_that_lies_is_refused_with_a_reason(self, place: County, enter: Enter) -> None:
        item = drafted(place, at=timezone.now())
        file = io.BytesIO(b"MZ\x90\x00")
        file.name = "报告.pdf"
        answer = enter(place.editor).post(
            f"/desk/items/{item.pk}/files/", {"files": file}, headers={"accept": "application/json"}
        )

        assert answer.status_code == 422
        assert "没有上传" in answer.json()["why"]


class TestTyping:
    def test_pasted_html_comes_back_clean(self, place: County, enter: Enter) -> None:
        answer = enter(place.editor).post(
            "/desk/clean/",
            {"html": '<p class=MsoNormal style="text-align:center" onclick=x>标题<script>alert(1)</script></p>'},
        )

        assert answer.content.decode() == '<p class="align-center">标题</p>'

    def test_what_is_typed_is_kept_for_its_writer_alone(self, place: County, enter: Enter) -> None:
        item = drafted(place, at=timezone.now())
        writer = enter(place.editor)
        writer.post(
            "/desk/unsaved/", {"place": f"item:{item.pk}", "title": "写到一半", "body": "<p>半句</p>", "evil": "x"}
        )
        mine = writer.get(f"/desk/items/{item.pk}/edit/").content.decode()
        other = enter(place.second_editor).get(f"/desk/items/{item.pk}/edit/").content.decode()

        assert "写到一半" in mine
        assert "写到一半" not in other
        assert "evil" not in Unsaved.objects.get().data

    def test_pictures_are_shown_from_the_desk_and_kept_under_their_own_address(
        self, place: County, enter: Enter
    ) -> None:
        item = drafted(place, at=timezone.now())
        actions.attach(place.editor, item.pk, "图.png", png(), at=timezone.now(), inline=True)
        client = enter(place.editor)
        form = {"title": "带图", "kind": "document", "formed_on": "2026-11-01", "access": "proactive", "based_on": "1",
                "body": f'<p>图</p><p><img src="/desk/files/{item.pk}/1" alt="图"></p>'}  # fmt: skip
        client.post(f"/desk/items/{item.pk}/edit/", form)
        page = client.get(f"/desk/items/{item.pk}/").content.decode()

        assert f'src="/files/{item.pk}/1"' in Item.objects.get(pk=item.pk).current.body
        assert f'src="/desk/files/{item.pk}/1"' in page

    def test_a_form_posted_without_a_ticket_after_the_session_ended_is_not_kept(self, place: County) -> None:
        visitor = Client()
        visitor.post(f"/desk/organs/{place.bureau.slug}/items/new/", {"title": "x" * 1000})

        assert "desk_held" not in visitor.session


def test_no_template_of_ours_needs_an_exception_from_the_policy() -> None:
    root = Path(gongkai.platform.__file__).parent
    for folder in ("pages", "desk"):
        for template in (root / folder / "templates").rglob("*.html"):
            source = template.read_text(encoding="utf-8")

            assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", source), template.name
            assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", source), template.name


def test_no_style_sheet_names_a_side_or_another_host() -> None:
    root = Path(gongkai.platform.__file__).parent
    for folder in ("pages", "desk"):
        for sheet in (root / folder / "static").rglob("*.css"):
            source = sheet.read_text(encoding="utf-8")

            assert not re.search(
                r"(margin|padding|border)-(left|right)|text-align:\s*(left|right)|(?<![\w-])(left|right):", source
            ), sheet.name
            assert "//" not in source, sheet.name
