"""A change of keys: everything that may be changed is sealed anew, events stay, and everything still opens."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as told
from django.db import models, transaction

from gongkai.platform.cases import keeping, recording, resealing, sealing
from gongkai.platform.cases.actions import filing, noticing
from gongkai.platform.cases.models import CaseFile, Event, Letter, Notice, Remedy, RemedyEvent, Request
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant
from gongkai.platform.documents.keeping import path_of
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.running import keys
from tests.platform.cases.factories import PEOPLE, at, office
from tests.platform.cases.remedies.replied import CLAIM, reconsidered, replied
from tests.platform.conftest import Ledger

NOON = at("2026-04-10", 12)


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> str:
    key = "old-key-" * 6
    monkeypatch.setenv("GONGKAI_CASE_KEY", key)
    return key


def filled() -> tuple[Request, Remedy]:
    """Something sealed in most places."""
    place = office()
    with transaction.atomic():
        case = replied(place)
        filing.add_file(place.officer, case.pk, Upload("application", "申请表.txt", "征地补偿".encode()), at=NOON)
        recording.act(place.officer, case.pk, "note", lambda doing: doing.happen("noted", text="电话联系过"), at=NOON)
        noticing.tell(case, "correction", facts={"by": date(2026, 4, 20)}, at=NOON)
        remedy = reconsidered(place, case, text="当面递交")
        Letter.objects.filter(request=case).update(fields=sealing.seal({"body": "正文"}, "cases.letter.fields"))
    return case, remedy


class TestReseal:
    def test_everything_that_may_change_is_under_the_new_key_and_opens(self, ledger: Ledger, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
        case, remedy = filled()
        before = {event.pk: bytes(event.sealed) for event in Event.objects.exclude(sealed=None)}
        monkeypatch.setenv("GONGKAI_CASE_KEY", "new-key-" * 6 + "," + old)
        done = resealing.reseal(NOON)
        new = sealing.key_ids()[0]

        assert done.complete and done.done["cases_request.applicant"] == 1 and done.done["files"] == 1
        assert set(done.left) <= set(resealing.FIXED) and done.left["cases_event.sealed"] >= 1
        row = Request.objects.get(pk=case.pk)
        assert sealing.sealed_by(row.applicant) == new and Applicant.opened(row.applicant) == PEOPLE[0]
        assert {event.pk: bytes(event.sealed) for event in Event.objects.exclude(sealed=None)} == before
        assert sealing.unseal(RemedyEvent.objects.get(remedy=remedy, number=1).sealed or b"", "cases.remedyevent.text") == "当面递交"
        assert type(CLAIM).opened(Remedy.objects.get(pk=remedy.pk).sealed) == CLAIM
        file = CaseFile.objects.get(request=case, kind="application")
        assert keeping.read(file) == "征地补偿".encode() and keeping.name_of(file) == "申请表.txt"
        assert sealing.sealed_by(path_of(Path(told.FILES), file.digest).read_bytes()) == new
        assert all(keeping.read(each) for each in CaseFile.objects.all())
        assert {sealing.sealed_by(notice.to) for notice in Notice.objects.exclude(to=None) if notice.to} == {new}
        assert sealing.lookup("name", PEOPLE[0].name) == row.name_hash
        assert Entry.objects.get(verb="cases.reseal").subject == f"cases.key:{new}" and verify().holds

    def test_again_it_does_nothing_and_interrupted_it_goes_on(self, ledger: Ledger, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
        filled()
        monkeypatch.setenv("GONGKAI_CASE_KEY", "new-key-" * 6 + "," + old)

        def stop(place: str, count: int) -> None:
            if place == "cases_request.content":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            resealing.reseal(NOON, stop)
        second, third = resealing.reseal(NOON), resealing.reseal(NOON)

        assert "cases_request.applicant" not in second.done and second.done["files"] == 1
        assert third.total == 0 and third.complete

    def test_the_old_file_is_gone_from_the_disk(self, ledger: Ledger, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
        filled()
        digest = CaseFile.objects.get(kind="application").digest
        monkeypatch.setenv("GONGKAI_CASE_KEY", "new-key-" * 6 + "," + old)
        resealing.reseal(NOON)

        assert not path_of(Path(told.FILES), digest).exists()

    def test_the_command_says_what_is_left_and_why(self, ledger: Ledger, old: str) -> None:
        filled()
        env = ledger.env | {"GONGKAI_CASE_KEY": "new-key-" * 6 + "," + old}
        checked, done = (
            subprocess.run([sys.executable, "-m", "gongkai", "reseal", *words], env=env, capture_output=True, text=True, check=False) for words in (["--check"], [])
        )

        assert (checked.returncode, done.returncode) == (1, 0)
        assert "cases_request.applicant: 1" in checked.stdout
        assert "cases_event.sealed" in done.stdout and "cases_request" not in done.stdout


@pytest.mark.django_db
def test_every_sealed_column_is_in_the_table() -> None:
    """A column that somebody adds is either sealed anew, fixed, or said to hold nothing personal."""
    found = set()
    for model in apps.get_app_config("cases").get_models():
        found |= {f"{model._meta.db_table}.{field.column}" for field in model._meta.get_fields() if isinstance(field, models.BinaryField)}

    assert found == {*resealing.COLUMNS, *resealing.FIXED, *resealing.UNSEALED}


class TestKeys:
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.delenv("GONGKAI_CASE_KEY", raising=False)
        monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))
        return tmp_path / "home"

    def test_the_key_is_made_once_and_its_owner_alone_may_read_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        home = self.home(tmp_path, monkeypatch)
        assert keys.present() == ()
        first, second = keys.held(), keys.held()

        assert first.ids == second.ids == keys.present()
        assert keys.closed(home / "case-key")

    def test_a_copy_is_taken_out_and_put_into_another_place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        home = self.home(tmp_path, monkeypatch)
        first = keys.held()
        assert first.copied is None
        out = keys.copy_out(tmp_path / "copy")
        with pytest.raises(keys.CannotKey, match="已经存在"):
            keys.copy_out(tmp_path / "copy")
        with pytest.raises(keys.CannotKey, match="数据目录以外"):
            keys.copy_out(home / "copy")

        assert out.copied is not None and keys.closed(tmp_path / "copy")
        monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "other"))
        assert keys.bring_in(tmp_path / "copy").ids == first.ids

    def test_a_key_that_is_there_is_not_overwritten(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home(tmp_path, monkeypatch)
        keys.held()
        (tmp_path / "foreign").write_text("x" * 48, encoding="ascii")
        (tmp_path / "short").write_text("x", encoding="ascii")

        with pytest.raises(keys.CannotKey, match="没有覆盖"):
            keys.bring_in(tmp_path / "foreign")
        with pytest.raises(keys.CannotKey, match="不是导出的密钥"):
            keys.bring_in(tmp_path / "short")

    def test_a_new_key_comes_before_the_old_and_wants_a_new_copy(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        home = self.home(tmp_path, monkeypatch)
        first = keys.copy_out(tmp_path / "copy")
        sealed = sealing.seal("旧", "one")
        second = keys.renew()

        assert second.ids[1:] == first.ids and second.copied is None
        assert sealing.unseal(sealed, "one") == "旧" and sealing.sealed_by(sealing.seal("新", "one")) == second.ids[0]
        assert keys.closed(home / "case-key")

    def test_keys_of_the_environment_are_changed_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home(tmp_path, monkeypatch)
        monkeypatch.setenv("GONGKAI_CASE_KEY", "k" * 48)

        with pytest.raises(keys.CannotKey, match="GONGKAI_CASE_KEY"):
            keys.renew()
        with pytest.raises(keys.CannotKey, match="GONGKAI_CASE_KEY"):
            keys.bring_in(tmp_path / "missing")

    def test_a_backup_and_a_resealing_keep_out_of_each_others_way(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home(tmp_path, monkeypatch)
        with keys.files_held(alone=False) as first, keys.files_held(alone=False) as second, keys.files_held(alone=True) as third:
            assert (first, second, third) == (True, True, False)
        with keys.files_held(alone=True) as alone, keys.files_held(alone=False) as other:
            assert (alone, other) == (True, False)
