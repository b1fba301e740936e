"""The commands of the platform, given what they cannot use: one line that says what was expected, an exit code, never a trace."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.platform.conftest import Ledger
from tests.platform.server import clean

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Call:
    """What is typed, under which settings, with what on standard input."""

    words: Sequence[str | bytes]
    settings: Mapping[str, str] = field(default_factory=dict)
    typed: bytes = b""


def made(folder: Path) -> dict[str, Path]:
    """Things that stand where something else is expected."""
    file, empty, text, book = folder / "文件", folder / "empty.tar", folder / "text.tar", folder / "表.xlsx"
    file.write_text("不是文件夹")
    empty.write_bytes(b"")
    text.write_bytes(b"\x00\xff" * 300)
    book.write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    cut = folder / "cut"
    cut.mkdir()
    (cut / "manifest.json").write_bytes(b'{"format": 1,')
    deep = folder / "deep"
    deep.mkdir()
    (deep / "manifest.json").write_bytes(b"[" * 50_000)
    strange = folder / "strange"
    strange.mkdir()
    (strange / "manifest.json").write_text('{"format": "x", "tables": [], "files": "../../etc"}')
    keyless = folder / "keyless"
    keyless.mkdir()
    (keyless / "secret").write_bytes(b"")
    odd = folder / "odd"
    odd.mkdir()
    (odd / "secret").write_bytes(b"\xff\xfe\x00")
    (odd / "case-key").mkdir()
    return {"file": file, "empty": empty, "text": text, "book": book, "cut": cut, "deep": deep, "strange": strange, "keyless": keyless, "odd": odd, "folder": folder}


def without_database(at: Mapping[str, Path]) -> dict[str, Call]:
    """Calls that must fail before any database is asked."""
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    return {
        "home is a file": Call(["migrate"], {"GONGKAI_HOME": str(at["file"])}), "home below a file": Call(["migrate"], {"GONGKAI_HOME": str(at["file"] / "home")}),
        "home nobody may make": Call(["migrate"], {"GONGKAI_HOME": "/proc/gongkai"}), "no database": Call(["createadmin", "wangwu", "王五", "--password-stdin"], nowhere, b"Hetian-2026-yellow\n"), "no database to serve": Call(["serve", "--port", "0"], nowhere),
        "no database to load": Call(["demo"], nowhere), "no database to back up": Call(["backup", str(at["folder"] / "b.tar")], nowhere), "no database to rebuild": Call(["rebuild"], nowhere),
        "another database": Call(["migrate"], {"DATABASE_URL": "mysql://a:geheim@h/x"}), "a port that is none": Call(["migrate"], {"DATABASE_URL": "postgresql://a:geheim@h:99999/x"}),
        "a host that is none": Call(["migrate"], {"DATABASE_URL": "postgresql://[a/x"}), "letters by pigeon": Call(["rebuild"], nowhere | {"GONGKAI_MAIL_URL": "pigeon://a:geheim@h"}),
        "size in words": Call(["rebuild"], nowhere | {"GONGKAI_UPLOAD_MB": "五十"}), "proxies below none": Call(["rebuild"], nowhere | {"GONGKAI_PROXIES": "-1"}),
        "an address without a port": Call(["serve", "--bind", "localhost"], nowhere), "a port beyond": Call(["serve", "--bind", "127.0.0.1:70000"], nowhere),
        "a port in other digits": Call(["serve", "--bind", "127.0.0.1:²"], nowhere), "a port of words": Call(["serve", "--port", "十"], nowhere), "an unknown option": Call(["serve", "--fast"], nowhere),
        "an empty key": Call(["rebuild"], nowhere | {"GONGKAI_HOME": str(at["keyless"]), "GONGKAI_SECRET_KEY": ""}), "a broken key": Call(["rebuild"], nowhere | {"GONGKAI_HOME": str(at["odd"]), "GONGKAI_SECRET_KEY": ""}),
        "a folder for a key": Call(["casekey"], nowhere | {"GONGKAI_HOME": str(at["odd"])}), "keys from a folder": Call(["casekey", "--import", str(at["folder"])], nowhere),
        "keys from nonsense": Call(["casekey", "--import", str(at["text"])], nowhere), "keys into a folder": Call(["casekey", "--export", str(at["folder"])], nowhere), "keys below a file": Call(["casekey", "--export", str(at["file"] / "x")], nowhere),
        "heads that are bytes": Call(["journal", "verify", "--against", str(at["text"])], nowhere), "heads in a folder": Call(["journal", "verify", "--against", str(at["folder"])], nowhere),
        "heads that are not there": Call(["journal", "verify", "--against", "/no/such"], nowhere), "a back-up over a file": Call(["backup", str(at["file"])], nowhere),
        "a back-up below a file": Call(["backup", str(at["file"] / "b")], nowhere), "a back-up where nothing is written": Call(["backup", "/proc/b"], nowhere), "nothing to restore": Call(["restore", "/no/such"], nowhere),
        "an empty archive": Call(["restore", str(at["empty"])], nowhere), "no archive": Call(["restore", str(at["text"])], nowhere), "a table to restore": Call(["restore", str(at["book"])], nowhere),
        "a list cut off": Call(["restore", str(at["cut"])], nowhere), "a list too deep": Call(["restore", str(at["deep"])], nowhere), "a list of other things": Call(["restore", str(at["strange"])], nowhere),
        "a folder without a list": Call(["restore", str(at["folder"])], nowhere), "a command that is none": Call(["holidays"], nowhere),
    }  # fmt: skip


FORKING = """
import base64, importlib, json, os, pkgutil, sys, tempfile, traceback
import django.core.management, django.db.models, django.forms, django.template, django.test.signals, lxml.etree, psycopg, xlsxwriter
import gongkai.__main__, gongkai.commands
for each in pkgutil.iter_modules(gongkai.commands.__path__):
    importlib.import_module("gongkai.commands." + each.name)
for line in sys.stdin:
    call = json.loads(line)
    out, given = tempfile.TemporaryFile(), tempfile.TemporaryFile()
    given.write(base64.b64decode(call["typed"])); given.seek(0)
    child = os.fork()
    if not child:
        os.environ.clear(); os.environ.update(call["settings"])
        os.dup2(given.fileno(), 0); os.dup2(out.fileno(), 1); os.dup2(out.fileno(), 2)
        sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape"); sys.stdout = os.fdopen(1, "w", encoding="utf-8"); sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")
        code = 1
        try:
            gongkai.__main__.main(call["words"])
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush(); sys.stderr.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out.seek(0)
    print(json.dumps([code, out.read().decode(errors="replace")]), flush=True)
"""


def answered(calls: Mapping[str, Call], settings: Mapping[str, str], language: str) -> dict[str, tuple[int, str]]:
    """The exit code of each call and everything it said; each in a process of its own, forked from one that has the program loaded."""
    told = [
        json.dumps({"words": ["--lang", language, *map(os.fsdecode, call.words)], "settings": {**settings, **call.settings}, "typed": base64.b64encode(call.typed).decode()})
        for call in calls.values()
    ]  # fmt: skip
    done = subprocess.run([sys.executable, "-c", FORKING], env=dict(settings), input="\n".join(told), capture_output=True, text=True, timeout=500, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (code, said) for name, (code, said) in zip(calls, lines, strict=True)}


def wrong(name: str, code: int, said: str, language: str) -> list[str]:
    """What is not as it must be."""
    found = []
    if code == 0:
        found.append(f"{name}: exit code 0")
    if "Traceback" in said or ("Error:" in said and language == "zh"):
        found.append(f"{name}: a trace: {said[-400:]}")
    if language == "zh" and not CHINESE.search(said):
        found.append(f"{name}: not in Chinese: {said[-300:]}")
    if language == "en" and not re.search(r"[A-Za-z]{3} [a-z]{2}", said):
        found.append(f"{name}: not in English: {said[-300:]}")
    if "geheim" in said:
        found.append(f"{name}: tells a secret")
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path, language: str) -> None:
    at, home = made(tmp_path), tmp_path / "home"
    home.mkdir()
    settings = clean() | {"GONGKAI_HOME": str(home), "GONGKAI_SECRET_KEY": "k" * 60, "GONGKAI_CASE_KEY": "", "PATH": os.environ["PATH"]}
    calls = without_database(at)
    if language == "en":
        calls = dict(list(calls.items())[::4])
    told = answered(calls, settings, language)

    assert [each for name, (code, said) in told.items() for each in wrong(name, code, said, language)] == []
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part"))


def test_with_a_database_too(ledger: Ledger, tmp_path: Path) -> None:
    calls = {
        "a login of words": Call(["createadmin", "王 五", "王五", "--password-stdin"], typed=b"Hetian-2026-yellow\n"),
        "a card's number": Call(["createadmin", "653121199001011234", "王五", "--password-stdin"], typed=b"Hetian-2026-yellow\n"),
        "a short password": Call(["createadmin", "wangwu", "王五", "--password-stdin"], typed=b"1\n"), "no password": Call(["createadmin", "wangwu", "王五", "--password-stdin"], typed=b""),
        "a password of bytes": Call(["createadmin", "wangwu", "王五", "--password-stdin"], typed=b"\xff\xfe\xff\xfe-Abc-123456\n"),
        "a login of bytes": Call(["createadmin", b"\xff\xfe", "王五", "--password-stdin"], typed=b"Hetian-2026-yellow\n"), "no name": Call(["createadmin", "wangwu", "", "--password-stdin"], typed=b"Hetian-2026-yellow\n"),
        "a very long name": Call(["createadmin", "wangwu", "长" * 5000, "--password-stdin"], typed=b"Hetian-2026-yellow\n"),
        "an address that is none": Call(["createadmin", "wangwu", "王五", "--email", "x", "--password-stdin"], typed=b"Hetian-2026-yellow\n"),
        "a full platform": Call(["restore", str(tmp_path)]), "data already here": Call(["journal", "verify", "--against", os.devnull]),
    }  # fmt: skip
    told = answered(calls, ledger.env, "zh")

    assert [each for name, (code, said) in told.items() for each in wrong(name, code, said, "zh")] == []
    with ledger.admin() as link:
        assert link.execute("SELECT count(*) FROM organs_person").fetchone() == (0,)
