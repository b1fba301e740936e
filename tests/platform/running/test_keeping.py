"""Backup and restore: the drill. What was backed up comes back whole and proven, or nothing changes."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.utils.timezone import now

from gongkai.platform.journal.models import PLATFORM_CHAIN, Head
from gongkai.platform.journal.record import MACHINE, record
from gongkai.platform.journal.verify import verify
from gongkai.platform.running.doctor import database
from gongkai.platform.running.keeping.backing import CannotBackUp, back_up
from gongkai.platform.running.keeping.manifest import DATA, NAME, Damaged, Manifest, digest
from gongkai.platform.running.keeping.restoring import CannotRestore, restore
from tests.platform.conftest import Ledger, own_database
from tests.platform.server import Server

CHARACTERS = "𠮷𡚸㐂龦﨩·“”（）〔2026〕"


def enter(count: int, chain: int = PLATFORM_CHAIN) -> None:
    """Entries in the journal, each in a transaction of its own."""
    from django.db import transaction

    for number in range(count):
        with transaction.atomic():
            record(MACHINE, "test.write", f"test:{number}", chain=chain, at=now(), changes={"字": CHARACTERS, "n": number, "\t\\.": None}, reason="\\.\n一行\n")


def put(home: Path, name: str, data: bytes) -> None:
    path = home / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def heads() -> dict[int, tuple[int, str]]:
    return {head.chain: (head.number, head.digest) for head in Head.objects.all()}


@pytest.fixture
def elsewhere(server: Server, django_db_blocker: object, tmp_path: Path) -> Iterator[Callable[[], object]]:
    """Another, empty platform: a context manager that leads there."""
    yield lambda: own_database(server, django_db_blocker, tmp_path / "elsewhere", "two")


class TestDrill:
    """备份、换一台机器恢复、核验."""

    @pytest.mark.parametrize("name", ["backup", "backup.tar"])
    def test_everything_comes_back_and_is_proven(self, ledger: Ledger, elsewhere: Callable[[], object], tmp_path: Path, name: str) -> None:
        enter(5)
        enter(3, chain=7)
        put(ledger.home, "ab/cd/空 格.pdf", b"%PDF-1.7" + os.urandom(2000))
        put(ledger.home, "ef/empty", b"")
        put(ledger.home, "ef/half.part", b"half-written")
        by_command = name.endswith(".tar")
        ledger.run("backup", str(tmp_path / name)) if by_command else back_up(tmp_path / name)
        before = heads()
        with elsewhere() as there:  # type: ignore[attr-defined]
            said = there.run("restore", str(tmp_path / name)).stdout if by_command else "✓" * 3 * restore(tmp_path / name).holds
            after = heads()
            proof = verify()
            files = {path.relative_to(there.home / "files").as_posix(): path.read_bytes() for path in (there.home / "files").rglob("*") if path.is_file()}

        assert said.count("✓") == 3
        assert "✗" not in said
        assert before == after
        assert proof.holds
        assert proof.entries == 8
        assert files == {key: (ledger.home / "files" / key).read_bytes() for key in ("ab/cd/空 格.pdf", "ef/empty")}

    def test_after_it_the_application_has_its_rights_and_the_journal_its_guard(self, ledger: Ledger, elsewhere: Callable[[], object], tmp_path: Path) -> None:
        enter(2)
        back_up(tmp_path / "backup")
        with elsewhere():  # type: ignore[attr-defined]
            restore(tmp_path / "backup")
            enter(1)
            found = {finding.key: finding.level.value for finding in (*database.examine(), *database.journal())}
            entries = verify().entries

        assert entries == 3
        assert {found[key] for key in ("database.roles", "database.rights", "journal.triggers", "journal.heads", "database.migrated")} == {"ok"}

    def test_a_backup_is_of_one_moment_while_others_write(self, ledger: Ledger, elsewhere: Callable[[], object], tmp_path: Path) -> None:
        stop = threading.Event()
        written = []

        def write() -> None:
            while not stop.is_set():
                enter(1, chain=1)
                written.append(1)
            connection.close()

        enter(20, chain=1)
        writer = threading.Thread(target=write)
        writer.start()
        made = back_up(tmp_path / "backup")
        stop.set()
        writer.join()
        with elsewhere():  # type: ignore[attr-defined]
            done = restore(tmp_path / "backup")

        assert done.holds
        assert made.manifest.heads["1"][0] == made.manifest.tables["journal_entry"] == done.proof.entries
        assert 20 <= done.proof.entries <= 20 + len(written)

    def test_it_is_for_its_owner_alone_and_holds_no_key(self, ledger: Ledger, tmp_path: Path) -> None:
        (ledger.home / "secret").write_text("the key of this installation")
        said = ledger.run("backup", str(tmp_path / "backup.tar")).stdout

        assert (tmp_path / "backup.tar").stat().st_mode & 0o077 == 0
        assert "签名密钥不在备份里" in said
        with tarfile.open(tmp_path / "backup.tar") as archive:
            assert not [name for name in archive.getnames() if "secret" in name]


class TestCaution:
    """宁可什么也不做，也不做一半."""

    def test_no_backup_overwrites_another(self, ledger: Ledger, tmp_path: Path) -> None:
        (tmp_path / "old.tar").write_text("kept")

        with pytest.raises(CannotBackUp, match="已经存在"):
            back_up(tmp_path / "old.tar")
        assert (tmp_path / "old.tar").read_text() == "kept"

    def test_nothing_is_restored_over_data_unless_told_to(self, ledger: Ledger, tmp_path: Path) -> None:
        enter(1)
        back_up(tmp_path / "backup")
        enter(1)

        with pytest.raises(CannotRestore, match="这里已有数据"):
            restore(tmp_path / "backup")
        assert verify().entries == 2
        assert restore(tmp_path / "backup", replace=True).holds
        assert verify().entries == 1

    @pytest.mark.parametrize("part", [DATA, "files/ab/one", NAME])
    def test_a_damaged_backup_is_refused_before_anything_is_touched(self, ledger: Ledger, tmp_path: Path, part: str) -> None:
        enter(1)
        put(ledger.home, "ab/one", b"one")
        back_up(tmp_path / "backup")
        path = tmp_path / "backup" / part
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

        with pytest.raises(Damaged):
            restore(tmp_path / "backup", replace=True)
        assert verify().entries == 1
        assert (ledger.home / "files/ab/one").read_bytes() == b"one"

    def test_a_file_that_is_missing_is_named(self, ledger: Ledger, tmp_path: Path) -> None:
        put(ledger.home, "ab/one", b"one")
        back_up(tmp_path / "backup")
        (tmp_path / "backup/files/ab/one").unlink()

        with pytest.raises(Damaged, match=r"1 个文件缺失或内容不符.*files/ab/one"):
            restore(tmp_path / "backup")

    def test_a_dump_that_breaks_off_changes_nothing(self, ledger: Ledger, tmp_path: Path) -> None:
        enter(200)
        put(ledger.home, "ab/one", b"one")
        back_up(tmp_path / "backup")
        dump, told = tmp_path / "backup" / DATA, tmp_path / "backup" / NAME
        dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 3 // 4])
        told.write_text(replace(Manifest.loads(told.read_text()), data=digest(dump)).dumps())
        put(ledger.home, "ab/two", b"two")

        with pytest.raises(CannotRestore, match="原有的数据没有改动"):
            restore(tmp_path / "backup", replace=True)
        assert verify().entries == 200
        assert sorted(path.name for path in (ledger.home / "files/ab").iterdir()) == ["one", "two"]
        assert not (ledger.home / "files.new").exists()

    def test_what_is_no_backup_is_told_so(self, ledger: Ledger, tmp_path: Path) -> None:
        (tmp_path / "broken.tar").write_bytes(b"no tar")
        (tmp_path / "folder").mkdir()

        with pytest.raises(Damaged, match=r"不是完整的 \.tar 文件"):
            restore(tmp_path / "broken.tar")
        with pytest.raises(Damaged, match="不是 gongkai 的备份"):
            restore(tmp_path / "folder")
        with pytest.raises(CannotRestore, match="没有"):
            restore(tmp_path / "nothing.tar")

    def test_a_tar_that_reaches_outside_writes_nothing_there(self, ledger: Ledger, tmp_path: Path) -> None:
        (tmp_path / "inner").write_text("x")
        with tarfile.open(tmp_path / "evil.tar", "w") as archive:
            archive.add(tmp_path / "inner", "../../evil")

        with pytest.raises(Damaged):
            restore(tmp_path / "evil.tar")
        assert not list(tmp_path.rglob("evil"))

    def test_a_manifest_of_another_format_is_not_guessed_at(self) -> None:
        with pytest.raises(Damaged, match="备份的格式是 99"):
            Manifest.loads('{"format": 99}')


def _small_disk(path: Path, size: str) -> bool:
    """A disk of this size at the path, where this machine lets us mount one."""
    path.mkdir()
    return os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", path], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk that is soon full; None where mounting is not allowed."""
    place = tmp_path / "small"
    mounted = _small_disk(place, "300k")
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", "-l", place], check=True)


class TestFullDisk:
    """磁盘写满：说得清楚，没有半截的东西."""

    def test_a_backup_onto_a_full_disk_leaves_nothing_and_says_so(self, ledger: Ledger, small_disk: Path | None, tmp_path: Path) -> None:
        enter(3)
        put(ledger.home, "ab/large", os.urandom(600_000))
        target = (small_disk or tmp_path / "limited") / "backup.tar"

        def limited() -> None:
            if small_disk is None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

        done = subprocess.run(
            [sys.executable, "-m", "gongkai", "backup", str(target)], env=ledger.env, preexec_fn=limited, capture_output=True, text=True, check=False
        )

        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "磁盘已满" in done.stderr
        assert list(target.parent.glob("*")) == []
        assert list(target.parent.glob(".*")) == []
        assert verify().holds

    def test_a_restore_onto_a_full_disk_changes_nothing(self, ledger: Ledger, small_disk: Path | None, tmp_path: Path) -> None:
        enter(3)
        put(ledger.home, "ab/large", os.urandom(600_000))
        back_up(tmp_path / "backup")
        enter(1)
        shutil.rmtree(ledger.home / "files")
        target = small_disk or tmp_path / "limited"
        target.mkdir(exist_ok=True)

        def limited() -> None:
            if small_disk is None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

        done = subprocess.run(
            [sys.executable, "-m", "gongkai", "restore", str(tmp_path / "backup"), "--replace"],
            env=ledger.env | {"GONGKAI_HOME": str(target)}, preexec_fn=limited, capture_output=True, text=True, check=False,
        )  # fmt: skip

        assert done.returncode == 1
        assert "磁盘已满" in done.stderr
        assert verify().entries == 4
        assert not (target / "files").exists()
