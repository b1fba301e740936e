"""The administrator's pages, the guide and the journal: who may open them, and what they do."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.platform.journal import By, heads, record
from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions, urls
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.models import Batch, Organ, Person, Role
from gongkai.platform.organs.roles import CONTENT, RoleKind

from .making import AT, PASSWORD, organ, person, role
from .test_importing import ORGAN, PERSON, xlsx

pytestmark = pytest.mark.django_db
SECRET = "只在机关内部看的名字"
MEMBERS = {"me", "sessions", "guide", "guide_checked", "organ_journal", "organ_journal_export"}


def enter(who: Person) -> Client:
    client = Client(REMOTE_ADDR="10.2.0.1")
    client.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def where() -> Organ:
    return organ(f"{SECRET}机关", slug="secret")


@pytest.fixture
def admin() -> Client:
    who = person("管理员甲", password=PASSWORD)
    role(who, RoleKind.ADMINISTRATOR)
    client = enter(who)
    client.person = who  # type: ignore[attr-defined]
    return client


def holder(kind: RoleKind, where: Organ) -> Client:
    who = person(f"{kind.label}乙")
    role(who, kind, where)
    return enter(who)


def addresses(where: Organ) -> dict[str, str]:
    """Every address of ours, with something real behind it."""
    who = person(f"{SECRET}人员")
    held = role(who, RoleKind.EDITOR, where)
    batch = Batch.objects.create(kind="people", name=SECRET, digest="", by=who, at=AT, rows=[])
    found = {}
    given = {"slug": where.slug, "person_id": who.pk, "role_id": held, "batch_id": batch.pk, "kind": "people", "verb": "deactivate"}
    for pattern in urls.urlpatterns:
        wanted = pattern.pattern.converters
        assert pattern.name
        found[pattern.name] = reverse(f"organs:{pattern.name}", kwargs={name: given[name] for name in wanted})
    return found


def test_strangers_are_sent_to_the_door_everywhere(where: Organ) -> None:
    for address in addresses(where).values():
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code in (302, 405), address
            assert SECRET not in answer.content.decode()
            if answer.status_code == 302:
                assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("kind", sorted(CONTENT))
def test_whoever_does_not_administer_finds_none_of_the_administrators_pages(where: Organ, kind: RoleKind) -> None:
    client = holder(kind, organ())
    people = Person.objects.count()
    for name, address in addresses(where).items():
        for answer in (client.get(address), client.post(address)):
            if name in {"me", "sessions"}:
                continue
            assert answer.status_code in (404, 405), (name, answer.status_code)
            assert SECRET not in answer.content.decode()

    assert Person.objects.count() == people + 1
    assert Organ.objects.get(pk=where.pk).active


def test_every_page_opens_for_an_administrator_without_errors(admin: Client, where: Organ) -> None:
    for name, address in addresses(where).items():
        answer = admin.get(address)
        if name in {"organ_journal", "organ_journal_export", "import", "notice"}:
            assert answer.status_code == 404, name  # 机关的日志、别人的导入
        elif name in {"guide_checked", "passwords"}:
            assert answer.status_code == 405, name
        else:
            assert answer.status_code == 200, name


def test_pages_carry_no_inline_script_or_style(admin: Client, where: Organ) -> None:
    for name, address in addresses(where).items():
        answer = admin.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert not re.search(r'\sstyle="|\son[a-z]+="|<script(?![^>]*\bsrc=)', text), name
            assert answer["Cache-Control"].count("no-store") or "no-cache" in answer["Cache-Control"], name


def test_an_organ_is_entered_and_changed_in_forms(admin: Client) -> None:
    told = {"name": "甲县人民政府", "slug": "jia", "level": "county", "kind": "government", "code": "014225973", "calendar": "cn", "index_pattern": "{code}/{year}-{serial:05d}", "position": "10"}
    wrong = admin.post("/desk/admin/organs/new/", told)
    right = admin.post("/desk/admin/organs/new/", told | {"code": "014225972"})
    shown = admin.get(right["Location"]).content.decode()

    assert "校验码不符" in wrong.content.decode()
    assert 'value="甲县人民政府"' in wrong.content.decode()
    assert right["Location"] == "/desk/admin/organs/of/jia/"
    assert "014225972" in shown
    assert Entry.objects.get(verb="organs.create").person == admin.person.pk  # type: ignore[attr-defined]


def test_the_tree_is_listed_indented_and_found_by_words(admin: Client) -> None:
    county = organ("甲县人民政府", kind="government")
    organ("甲县民政局", area_parent=county.pk)
    text = admin.get("/desk/admin/organs/").content.decode()
    found = admin.get("/desk/admin/organs/?q=民政局").content.decode()

    assert text.index("depth-0") < text.index("甲县人民政府") < text.index("depth-1") < text.index("甲县民政局")
    assert "甲县民政局" in found
    assert "甲县人民政府" not in found


def test_who_saved_meanwhile_is_shown_and_nothing_typed_is_lost(admin: Client, where: Organ) -> None:
    form = {"office_name": "我填写的办公室", "based_on": "1"}
    actions.change_guide(MACHINE, where.pk, actions_guide("别人填写的办公室"), at=AT)
    answer = admin.post("/desk/organs/secret/guide/", form)
    text = answer.content.decode()
    again = admin.post("/desk/organs/secret/guide/", form | {"based_on": "2"})

    assert answer.status_code == 409
    assert "别人填写的办公室" in text
    assert 'value="我填写的办公室"' in text
    assert 'name="based_on" value="2"' in text
    assert again.status_code == 302
    assert Organ.objects.get(pk=where.pk).office_name == "我填写的办公室"


def actions_guide(name: str) -> object:
    from gongkai.platform.organs.facts import Guide

    return Guide(office_name=name)


def test_the_disclosure_office_keeps_its_guide_and_no_other(where: Organ) -> None:
    office = holder(RoleKind.DISCLOSURE_OFFICE, where)
    told = {"office_name": "办公室", "office_address": "团结路1号", "office_hours": "工作日 10:00–13:30", "office_phone": "0998-1", "office_fax": "0998-2", "office_contact": "gk@county.example"}
    before = office.get("/desk/organs/secret/guide/").content.decode()
    office.post("/desk/organs/secret/guide/", told | {"based_on": "1"})
    after = office.get("/desk/organs/secret/guide/").content.decode()
    elsewhere = holder(RoleKind.DISCLOSURE_OFFICE, organ())

    assert "缺 6 项" in before
    assert "齐全" in after
    assert elsewhere.get("/desk/organs/secret/guide/").status_code == 404
    assert holder(RoleKind.EDITOR, where).get("/desk/organs/secret/guide/").status_code == 403


def test_a_person_is_entered_and_the_first_password_shown_once(admin: Client) -> None:
    answer = admin.post("/desk/admin/people/new/", {"login": "li.si", "name": "李四", "with_password": "on"})
    text = answer.content.decode()
    made = re.search(r'<code class="secret">([^<]+)</code>', text)
    who = Person.objects.get(login="li.si")
    client = Client(REMOTE_ADDR="10.2.0.9")
    assert made is not None
    client.post("/account/login/", {"login": "li.si", "password": made[1]})

    assert client.get("/account/me/")["Location"].startswith("/account/password/change/")
    assert made[1] not in admin.get(f"/desk/admin/people/{who.pk}/").content.decode()


def test_roles_are_granted_and_ended_in_forms(admin: Client, where: Organ) -> None:
    who = person("李四")
    granted = admin.post(f"/desk/admin/people/{who.pk}/roles/new/", {"kind": "editor", "organ": where.pk, "since": "2026-01-01"})
    held = Role.objects.get(person=who)
    own = admin.post(f"/desk/admin/people/{admin.person.pk}/roles/new/", {"kind": "administrator", "since": "2030-01-01"})  # type: ignore[attr-defined]
    missing = admin.post(f"/desk/admin/people/{who.pk}/roles/{held.pk}/end/", {"reason": ""})
    ended = admin.post(f"/desk/admin/people/{who.pk}/roles/{held.pk}/end/", {"reason": "轮岗"})

    assert granted.status_code == ended.status_code == 302
    assert "不能给自己授予角色" in own.content.decode()
    assert "这个字段是必填项" in missing.content.decode()
    assert Role.objects.get(pk=held.pk).ended_at is not None


def test_a_role_of_somebody_else_is_not_ended_from_this_page(admin: Client, where: Organ) -> None:
    held = role(person(), RoleKind.EDITOR, where)

    assert admin.get(f"/desk/admin/people/{person().pk}/roles/{held}/end/").status_code == 404


def test_a_drafting_signer_is_pointed_out(admin: Client, where: Organ) -> None:
    who = person("王五")
    role(who, RoleKind.EDITOR, where)
    role(who, RoleKind.APPROVER, where)

    assert "既是信息员又是签发人" in admin.get(f"/desk/admin/people/{who.pk}/").content.decode()
    assert "只有 王五 一人任信息员和签发人" in admin.get("/desk/admin/organs/of/secret/").content.decode()


def _upload(admin: Client, kind: str, *rows: dict[str, object]) -> str:
    file = SimpleUploadedFile("表.xlsx", xlsx(*rows))
    return str(admin.post(f"/desk/admin/imports/{kind}/", {"file": file, "with_passwords": "on"})["Location"])


def test_people_are_imported_with_a_preview_and_passwords_to_download_once(admin: Client) -> None:
    place = _upload(admin, "people", PERSON, {"登录名": "wang.wu", "姓名": "王五"})
    shown = admin.get(place).content.decode()
    none_yet = Person.objects.filter(login="li.si").exists()
    done = admin.post(place, {"do": "confirm"}).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', done)
    assert token is not None
    sheet = admin.post("/desk/admin/imports/batches/passwords.xlsx", {"token": token[1]})
    twice = admin.post(place, {"do": "confirm"})
    after = admin.get(twice["Location"]).content.decode()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()

    assert "2 行都没有问题" in shown
    assert not none_yet
    assert [row[1] for row in rows[1:]] == ["李四", "王五"]
    assert all(row[2] in done for row in rows[1:])
    assert "没有再做一次" in after
    assert str(rows[1][2]) not in after
    assert Person.objects.filter(login__in=["li.si", "wang.wu"]).count() == 2


def test_passwords_are_made_into_a_table_only_from_a_page_of_ours(admin: Client) -> None:
    assert admin.post("/desk/admin/imports/batches/passwords.xlsx", {"token": "forged"}).status_code == 404


def test_a_table_with_a_wrong_row_shows_it_and_offers_no_confirmation(admin: Client) -> None:
    place = _upload(admin, "organs", ORGAN, ORGAN | {"机关全称": "乙", "网址代号": "yi"})
    text = admin.get(place).content.decode()

    assert "有 1 行要改正，1 行没有问题" in text
    assert 'value="confirm"' not in text


def test_a_file_that_is_no_table_is_refused_on_the_page(admin: Client) -> None:
    answer = admin.post("/desk/admin/imports/people/", {"file": SimpleUploadedFile("名单.xlsx", b"MZ\x90\x00")})

    assert answer.status_code == 200
    assert "有几处需要改正" in answer.content.decode()


def _catalogue(where: Organ, title: str) -> None:
    record(By(7, "王建国", "editor"), "catalogue.save", "catalogue.item:1", chain=where.pk, at=AT, changes={"title": ["", title]}, reason="=1+1")


def test_the_disclosure_office_reads_its_journal_and_the_administrator_no_content(admin: Client, where: Organ) -> None:
    _catalogue(where, "一份草稿的标题")
    office = holder(RoleKind.DISCLOSURE_OFFICE, where).get("/desk/organs/secret/journal/").content.decode()
    platform = admin.get("/desk/admin/journal/").content.decode()
    export = b"".join(admin.get("/desk/admin/journal/export.csv").streaming_content).decode()  # type: ignore[attr-defined]

    assert "一份草稿的标题" in office
    assert "登记机关" in platform
    assert "一份草稿的标题" not in platform + export
    assert "catalogue." not in platform + export


@pytest.mark.parametrize("kind", sorted(CONTENT - {RoleKind.DISCLOSURE_OFFICE}))
def test_nobody_else_reads_an_organs_journal(where: Organ, kind: RoleKind) -> None:
    _catalogue(where, SECRET)
    inside, outside = holder(kind, where), holder(RoleKind.DISCLOSURE_OFFICE, organ())
    for address in ("/desk/organs/secret/journal/", "/desk/organs/secret/journal/export.csv"):
        assert inside.get(address).status_code == 403
        assert outside.get(address).status_code == 404
        assert SECRET not in outside.get(address).content.decode()


def test_the_journal_is_filtered_by_person_verb_and_day(where: Organ) -> None:
    _catalogue(where, "标题甲")
    office = holder(RoleKind.DISCLOSURE_OFFICE, where)

    def shown(query: str) -> bool:
        return "标题甲" in office.get(f"/desk/organs/secret/journal/?{query}").content.decode()

    assert shown("name=建国&verb=catalogue.save&since=2026-03-02&until=2026-03-02")
    assert not shown("name=李")
    assert not shown("verb=organs.create")
    assert not shown("since=2026-03-03")
    assert not shown("until=2026-03-01")


def test_the_journal_is_exported_without_formulas(where: Organ) -> None:
    _catalogue(where, "标题甲")
    answer = holder(RoleKind.DISCLOSURE_OFFICE, where).get("/desk/organs/secret/journal/export.csv?verb=catalogue.save")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))

    assert len(rows) == 2
    assert rows[1][3:9] == ["王建国", "信息员", "保存", "catalogue.item:1", "title：空 → 标题甲", "'=1+1"]


def test_the_journal_is_proved_on_its_page(admin: Client, where: Organ) -> None:
    office = holder(RoleKind.DISCLOSURE_OFFICE, where)
    right = office.get("/desk/organs/secret/journal/?prove=1").content.decode()
    text = admin.get("/desk/admin/journal/heads.txt").content.decode()

    assert "条全部核验，没有改动" in right
    assert heads.read(text)[where.pk].number == Entry.objects.filter(chain=where.pk).count()


@pytest.mark.parametrize("address", ["/desk/admin/people/", "/desk/admin/organs/", "/desk/admin/journal/"])
def test_lists_cost_a_fixed_number_of_statements(admin: Client, django_assert_max_num_queries: object, address: str) -> None:
    for _ in range(12):
        role(person(), RoleKind.EDITOR, organ())
    admin.get(address)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        admin.get(address)
