"""Files of an item: admitted by content, kept once with their checksum, of certain revisions; pictures in the text; Word as text."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from django.conf import settings
from PIL import Image

from gongkai.platform.catalogue import actions, pictures, queries, storage
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow, StorageFailed
from gongkai.platform.catalogue.models import Attachment, Item, Step, StoredFile
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.running.doctor.files import examine
from gongkai.platform.running.doctor.findings import Level

from .factories import DRAFT, NOW, County, actor, brought_to, drafted, walk


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def word(*paragraphs: str, picture: bytes | None = None, table: bool = False) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if table:
        cells = made.add_table(rows=2, cols=2)
        for place, text in enumerate(("项目", "金额", "供暖", "100")):
            cells.cell(place // 2, place % 2).text = text
    if picture:
        made.add_picture(io.BytesIO(picture))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class TestAttaching:
    def test_a_file_is_kept_by_its_checksum_and_handed_out_as_it_came(self, place: County) -> None:
        item = drafted(place)
        attached = actions.attach(place.editor, item.pk, "附表.txt", "数据".encode(), at=NOW)

        digest = hashlib.sha256("数据".encode()).hexdigest()
        assert storage.path_of(digest).read_bytes() == "数据".encode()
        handed = queries.file(place.reviewer, item.pk, attached.number)
        assert (handed.name, handed.data, handed.digest) == ("附表.txt", "数据".encode(), digest)

    def test_the_same_bytes_are_kept_once(self, place: County) -> None:
        for _ in range(2):
            actions.attach(place.editor, drafted(place).pk, "附表.txt", b"same", at=NOW)

        assert StoredFile.objects.count() == 1
        assert Attachment.objects.count() == 2

    def test_two_files_of_one_name_stay_apart(self, place: County) -> None:
        item = drafted(place)
        names = [actions.attach(place.editor, item.pk, "附表.txt", bytes([65 + n]), at=NOW).name for n in range(3)]

        assert names == ["附表.txt", "附表（2）.txt", "附表（3）.txt"]

    def test_what_intake_refuses_is_said_and_nothing_is_kept(self, place: County) -> None:
        item = drafted(place)
        for name, data in (("a.exe", b"MZ" + bytes(100)), ("a.pdf", b"not a pdf"), ("a.svg", b"<svg onload='x'/>"), ("a.txt", b"")):
            with pytest.raises(Invalid) as refused:
                actions.attach(place.editor, item.pk, name, data, at=NOW)
            assert name in refused.value.fields["file"]

        assert not Attachment.objects.exists()
        assert not Path(settings.FILES).exists()
        assert Step.objects.filter(item=item).count() == 1

    def test_a_form_posted_twice_attaches_once(self, place: County) -> None:
        item = drafted(place)
        first, second = (actions.attach(place.editor, item.pk, "附表.txt", b"1", at=NOW, once="f") for _ in range(2))

        assert first.pk == second.pk
        assert Attachment.objects.count() == 1

    def test_nobody_else_and_not_later(self, place: County) -> None:
        item = brought_to(place, State.IN_REVIEW)
        with pytest.raises(NotNow):
            actions.attach(place.editor, item.pk, "附表.txt", b"1", at=NOW)
        with pytest.raises(NotAllowed):
            actions.attach(place.approver, item.pk, "附表.txt", b"1", at=NOW)
        with pytest.raises(NotFound):
            actions.attach(place.stranger, item.pk, "附表.txt", b"1", at=NOW)

    def test_another_organ_gets_no_file(self, place: County) -> None:
        item = drafted(place)
        actions.attach(place.editor, item.pk, "附表.txt", b"1", at=NOW)
        for nosy in (place.stranger, place.administrator, place.supervisor):
            with pytest.raises(NotFound):
                queries.file(nosy, item.pk, 1)

    def test_a_file_detached_in_a_revision_stays_with_what_is_public(self, place: County) -> None:
        item = drafted(place)
        actions.attach(place.editor, item.pk, "附表.txt", b"1", at=NOW)
        item = walk(place, item, State.PUBLISHED, NOW)
        item = actions.revise(place.editor, item.pk, reason="换附表", at=NOW)
        actions.detach(place.editor, item.pk, 1, reason="旧表", at=NOW)
        actions.attach(place.editor, item.pk, "新表.txt", b"2", at=NOW)

        def names(revision: int) -> list[str]:
            return [each.name for each in queries.attachments(place.editor, item.pk, revision)]

        assert names(1) == ["附表.txt"]
        assert names(2) == ["新表.txt"]
        actions.drop_revision(place.editor, item.pk, reason="不换了", at=NOW)
        item = actions.revise(place.editor, item.pk, reason="再来", at=NOW)
        assert names(3) == ["附表.txt"]


class TestStorage:
    def test_a_full_disk_is_said_and_leaves_nothing(self, place: County, monkeypatch: pytest.MonkeyPatch) -> None:
        item = drafted(place)

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StorageFailed) as refused:
            actions.attach(place.editor, item.pk, "附表.txt", b"1", at=NOW)

        assert "磁盘已满" in refused.value.zh
        assert not Attachment.objects.exists()
        assert [path for path in Path(settings.FILES).rglob("*") if path.is_file()] == []

    def test_a_changed_or_missing_file_is_not_handed_out_and_is_named(self, place: County) -> None:
        item = drafted(place)
        for n in range(3):
            actions.attach(place.editor, item.pk, f"{n}.txt", bytes([65 + n]), at=NOW)
        changed, missing = (StoredFile.objects.get(digest=hashlib.sha256(bytes([65 + n])).hexdigest()).digest for n in range(2))
        storage.path_of(changed).write_bytes(b"X")
        storage.path_of(missing).unlink()

        for number in (1, 2):
            with pytest.raises(StorageFailed):
                queries.file(place.editor, item.pk, number)
        [found] = examine()
        assert found.level is Level.ERROR
        assert missing[:12] in found.zh

    def test_uploading_it_again_mends_it(self, place: County) -> None:
        item = drafted(place)
        actions.attach(place.editor, item.pk, "1.txt", b"A", at=NOW)
        storage.path_of(hashlib.sha256(b"A").hexdigest()).write_bytes(b"X")
        actions.attach(place.editor, item.pk, "2.txt", b"A", at=NOW)

        assert storage.read(hashlib.sha256(b"A").hexdigest()) == b"A"


class TestPicturesInTheText:
    def test_a_picture_that_the_text_no_longer_shows_is_of_no_later_version(self, place: County) -> None:
        item = drafted(place)
        shown = actions.attach(place.editor, item.pk, "图.png", png(), at=NOW, inline=True)
        body = f'<p>见图</p><p><img src="/files/{item.pk}/{shown.number}" alt="图"></p>'
        actions.save(place.editor, item.pk, replace(DRAFT, body=body), based_on=1, at=NOW)
        assert [each.number for each in queries.attachments(place.editor, item.pk, 2)] == [1]
        actions.save(place.editor, item.pk, DRAFT, based_on=2, at=NOW)

        assert queries.attachments(place.editor, item.pk, 3) == ()

    def test_one_that_comes_back_is_a_new_attachment(self, place: County) -> None:
        item = drafted(place)
        actions.attach(place.editor, item.pk, "图.png", png(), at=NOW, inline=True)
        body = f'<p>见图<img src="/files/{item.pk}/1" alt="图"></p>'
        actions.save(place.editor, item.pk, replace(DRAFT, body=body), based_on=1, at=NOW)
        actions.save(place.editor, item.pk, DRAFT, based_on=2, at=NOW)
        item = actions.save(place.editor, item.pk, replace(DRAFT, body=body), based_on=3, at=NOW)

        assert item.current is not None
        assert pictures.named(item.current.body) == {(item.pk, 2)}

    def test_one_copied_from_another_item_is_copied_along_if_it_may_be_seen(self, place: County) -> None:
        other = drafted(place)
        actions.attach(place.editor, other.pk, "图.png", png(), at=NOW, inline=True)
        body = f'<p>见图<img src="/files/{other.pk}/1" alt="图"></p>'
        mine = drafted(place, body=body)
        theirs = actions.create(place.stranger, place.foreign.pk, replace(DRAFT, body=body), at=NOW)

        assert mine.current is not None and theirs.current is not None
        assert pictures.named(mine.current.body) == {(mine.pk, 1)}
        assert "<img" not in theirs.current.body

    def test_only_pictures_stand_in_the_text(self, place: County) -> None:
        with pytest.raises(Invalid):
            actions.attach(place.editor, drafted(place).pk, "附表.txt", b"1", at=NOW, inline=True)


class TestWord:
    def test_a_word_file_becomes_the_text_with_its_table_and_picture(self, place: County) -> None:
        item = drafted(place)
        data = word("云溪县住房和城乡建设局", "现将有关事项通知如下。", picture=png(), table=True)
        taken = actions.from_docx(place.editor, item.pk, data, based_on=1, at=NOW)

        body = taken.item.current.body  # type: ignore[union-attr]
        assert "现将有关事项通知如下" in body
        assert "<table" in body and "供暖" in body
        assert pictures.named(body) == {(item.pk, 1)}
        assert [step.action for step in queries.item(place.editor, item.pk, NOW).steps] == ["create", "save"]

    def test_somebody_who_saved_meanwhile_is_not_overwritten(self, place: County) -> None:
        item = drafted(place)
        actions.save(place.second_editor, item.pk, replace(DRAFT, title="先保存的"), based_on=1, at=NOW)
        with pytest.raises(Conflict):
            actions.from_docx(place.editor, item.pk, word("文字"), based_on=1, at=NOW)

        assert Item.objects.get(pk=item.pk).title == "先保存的"

    def test_what_is_no_word_file_is_refused(self, place: County) -> None:
        item = drafted(place)
        with pytest.raises(Invalid):
            actions.from_docx(place.editor, item.pk, png(), based_on=1, at=NOW, name="图.png")


class TestTheGate:
    """发布前检查: mended, or waived by name with a reason, never by the drafter."""

    CARD = replace(DRAFT, body="<p>联系人身份证号 11010519491231002X，请核对。</p>")

    def test_the_drafter_sees_it_before_handing_in_and_the_step_keeps_how_many(self, place: County) -> None:
        item = drafted(place, self.CARD)
        view = queries.item(place.editor, item.pk, NOW)
        actions.submit(place.editor, item.pk, at=NOW)

        assert [finding.finding.code for finding in view.findings if finding.stops] == ["identity_card"]
        assert "11010519491231002X" not in repr(view.findings)
        assert Step.objects.get(item=item, action="submit").facts["findings"] == {"block": 1, "warn": 0}

    def test_nothing_is_approved_or_scheduled_over_an_open_finding(self, place: County) -> None:
        item = brought_to(place, State.IN_APPROVAL, self.CARD)
        with pytest.raises(Invalid) as refused:
            actions.approve(place.approver, item.pk, at=NOW)

        assert "身份号码" in refused.value.fields["findings"]
        assert "1949" not in refused.value.fields["findings"]
        with pytest.raises(Invalid):
            actions.schedule(place.approver, item.pk, publish_at=NOW.replace(hour=9), at=NOW)

    def test_once_waived_by_name_it_is_published(self, place: County) -> None:
        item = brought_to(place, State.IN_APPROVAL, self.CARD)
        finding = queries.item(place.reviewer, item.pk, NOW).findings[0]
        actions.waive(place.reviewer, item.pk, fingerprint=finding.fingerprint, reason="样例号码，非真实个人", at=NOW)

        shown = queries.item(place.approver, item.pk, NOW).findings[0]
        assert shown.waived is not None and not shown.stops
        assert (shown.waived.by, shown.waived.reason) == ("王审核", "样例号码，非真实个人")
        assert actions.approve(place.approver, item.pk, at=NOW).state == State.PUBLISHED
        with pytest.raises(NotNow):
            actions.waive(place.reviewer, item.pk, fingerprint=finding.fingerprint, reason="再来", at=NOW)

    def test_a_file_is_looked_into_and_remembered(self, place: County, monkeypatch: pytest.MonkeyPatch) -> None:
        item = drafted(place)
        actions.attach(place.editor, item.pk, "名单.txt", "张三 11010519491231002X".encode(), at=NOW)
        monkeypatch.setattr(storage, "read", lambda digest: pytest.fail("read again"))
        view = queries.item(place.editor, item.pk, NOW)

        assert [(each.finding.code, each.finding.where.attachment) for each in view.findings] == [("identity_card", "名单.txt")]

    def test_the_organs_words_and_those_of_the_organs_above_are_looked_for(self, place: County) -> None:
        office = actor("政府办", (RoleKind.DISCLOSURE_OFFICE, place.government))
        actions.add_word(office, place.government.pk, wrong="云西县", right="云溪县", kind="organ", at=NOW)
        item = drafted(place, body="<p>云西县各乡镇</p>")
        found = queries.item(place.editor, item.pk, NOW).findings

        assert [finding.finding.code for finding in found if finding.stops] == ["wrong_organ"]
        word_id = queries.words(office, place.government.pk)[0].id
        actions.remove_word(office, place.government.pk, word_id, at=NOW)
        assert queries.item(place.editor, item.pk, NOW).findings == ()
        with pytest.raises(NotAllowed):
            actions.add_word(place.editor, place.bureau.pk, wrong="甲", right="乙", at=NOW)


class TestChannels:
    def test_a_record_with_its_evidence(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        actions.record_channel(
            place.editor, item.pk, channel="wechat", published_at=NOW, address="https://mp.example/1", reads=1200, evidence=("截图.png", png()), at=NOW
        )

        shown = queries.item(place.editor, item.pk, NOW).channels[0]
        assert (shown.zh, shown.reads, shown.by) == ("微信公众号", 1200, "张起草")
        assert queries.evidence(place.editor, item.pk, shown.id).media_type == "image/png"

    def test_nothing_is_recorded_of_what_was_never_public_or_lies_ahead(self, place: County) -> None:
        with pytest.raises(NotNow):
            actions.record_channel(place.editor, drafted(place).pk, channel="wechat", published_at=NOW, at=NOW)
        item = brought_to(place, State.PUBLISHED)
        with pytest.raises(Invalid) as refused:
            actions.record_channel(place.editor, item.pk, channel="pigeon", published_at=NOW.replace(year=2030), reads=-1, at=NOW)

        assert set(refused.value.fields) == {"channel", "published_at", "reads"}
