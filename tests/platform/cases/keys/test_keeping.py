"""Backup and restore where there is something sealed: the key travels apart, and nothing is restored without it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from gongkai.platform.cases import sealing
from gongkai.platform.cases.actions import filing
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant
from gongkai.platform.running import keys
from gongkai.platform.running.doctor import cases
from gongkai.platform.running.doctor.findings import Level
from gongkai.platform.running.keeping.backing import back_up
from gongkai.platform.running.keeping.manifest import Manifest
from gongkai.platform.running.keeping.restoring import CannotRestore, restore
from gongkai.platform.settings import environment as env
from tests.platform.cases.factories import PEOPLE, at, entered, office
from tests.platform.conftest import Ledger


@pytest.fixture
def kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A request with a file, under a key of the data directory."""
    monkeypatch.delenv("GONGKAI_CASE_KEY", raising=False)
    with transaction.atomic():
        place = office()
        case = entered(place)
        filing.add_file(place.officer, case.pk, Upload("application", "申请表.txt", "征地补偿".encode()), at=at("2026-03-03"))
    return ledger


def test_a_backup_names_the_keys_it_needs_and_holds_none(kept: Ledger, tmp_path: Path) -> None:
    env_here = {name: text for name, text in kept.env.items() if name != "GONGKAI_CASE_KEY"}
    done = subprocess.run([sys.executable, "-m", "gongkai", "backup", str(tmp_path / "b")], env=env_here, capture_output=True, text=True, check=True)
    key = (kept.home / "case-key").read_text(encoding="ascii")
    held = [path for path in (tmp_path / "b").rglob("*") if path.is_file()]

    assert json.loads((tmp_path / "b" / "manifest.json").read_text())["case_keys"] == list(sealing.key_ids())
    assert all(key.encode() not in path.read_bytes() for path in held)
    assert "密钥不在备份里" in done.stderr and "casekey --export" in done.stderr


def test_without_the_key_nothing_is_restored_and_with_it_everything_opens(kept: Ledger, tmp_path: Path) -> None:
    back_up(tmp_path / "b")
    keys.copy_out(tmp_path / "copy")
    shutil.move(kept.home / "case-key", tmp_path / "lost")
    env.forget_kept()
    with pytest.raises(CannotRestore, match="casekey --import"):
        restore(tmp_path / "b", replace=True)

    assert not (kept.home / "case-key").exists()
    keys.bring_in(tmp_path / "copy")
    done = restore(tmp_path / "b", replace=True)
    assert done.holds and done.missing_keys == ()
    assert Applicant.opened(Request.objects.get().applicant) == PEOPLE[0]


def test_where_the_key_is_lost_the_rest_comes_back_and_the_doctor_says_so(kept: Ledger, tmp_path: Path) -> None:
    back_up(tmp_path / "b")
    (kept.home / "case-key").unlink()
    env.forget_kept()
    done = restore(tmp_path / "b", replace=True, without_key=True)
    found = {finding.key: finding.level for finding in cases.examine()}

    assert done.holds and len(done.missing_keys) == 1
    assert found["case_key.opens"] is Level.ERROR


def test_a_backup_from_before_there_were_keys_is_still_read() -> None:
    told = {
        "format": 1, "gongkai": "0.1", "made_at": "2026-01-01", "server": 180000, "encoding": "UTF8", "data": "0", "tables": {}, "heads": {}, "migrations": [],
        "files": {},
    }  # fmt: skip

    assert Manifest.loads(json.dumps(told)).case_keys == ()


class TestDoctor:
    def test_a_key_that_was_never_copied_out_is_a_warning_until_it_was(self, kept: Ledger, tmp_path: Path) -> None:
        before = {finding.key: finding.level for finding in cases.examine()}
        keys.copy_out(tmp_path / "copy")
        after = {finding.key: finding.level for finding in cases.examine()}

        assert before["case_key.copied"] is Level.WARNING
        assert {after[key] for key in ("case_key", "case_key.copied", "case_key.opens", "case_key.resealed", "cases.notices")} == {Level.OK}

    def test_a_key_that_others_can_read_is_an_error(self, kept: Ledger) -> None:
        (kept.home / "case-key").chmod(0o644)

        assert {finding.key: finding.level for finding in cases.examine()}["case_key"] is Level.ERROR

    def test_short_keys_and_plain_http_are_errors(self, kept: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGKAI_CASE_KEY", "short")
        monkeypatch.setenv("GONGKAI_SMS", "http://a:b@sms.example/")
        monkeypatch.setenv("GONGKAI_PAYMENT", "https://pay.example/")
        found = {finding.key: finding.level for finding in cases.examine()}

        assert {found[key] for key in ("case_key", "case_key.opens", "cases.sms", "cases.payment")} == {Level.ERROR}
