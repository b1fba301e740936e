"""`gongkai journal` in a process of its own: the proof, the heads, a history rewritten as a whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.db import connection

from gongkai.platform.journal import heads
from tests.platform.conftest import Ledger

from .test_verify import _rewrite
from .writing import hand, write


def gongkai(ledger: Ledger, *words: str) -> subprocess.CompletedProcess[str]:
    connection.close()
    return subprocess.run([sys.executable, "-m", "gongkai", "journal", *words], env=ledger.env, capture_output=True, text=True, check=False)


def test_heads_written_down_find_a_rewritten_history(ledger: Ledger, tmp_path: Path) -> None:
    for _ in range(4):
        write(chain=5)
    kept = tmp_path / "heads.txt"
    kept.write_text(gongkai(ledger, "heads").stdout, encoding="utf-8")
    before = gongkai(ledger, "verify", "--against", str(kept))
    _rewrite(ledger, 5)
    alone, against = gongkai(ledger, "verify"), gongkai(ledger, "verify", "--against", str(kept))

    assert heads.read(kept.read_text(encoding="utf-8"))[5].number == 4
    assert (before.returncode, alone.returncode, against.returncode) == (0, 0, 1)
    assert "第 5 链第 4 条" in against.stdout


def test_a_byte_changed_by_hand_is_named(ledger: Ledger) -> None:
    for _ in range(3):
        write(chain=5)
    with hand(ledger) as link:
        link.execute("UPDATE journal_entry SET name = '王建囯' WHERE chain = 5 AND number = 2")
    said = gongkai(ledger, "verify")

    assert said.returncode == 1
    assert "第 5 链第 2 条：内容与摘要不符" in said.stdout


def test_a_list_copied_wrongly_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    kept = tmp_path / "heads.txt"
    kept.write_text("gongkai journal heads now\n5 4 abc\n", encoding="utf-8")
    said = gongkai(ledger, "verify", "--against", str(kept))

    assert said.returncode == 2
    assert "抄写有误" in said.stderr
