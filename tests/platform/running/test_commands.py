"""The platform's commands as a shell meets them: listed, in two languages, quick to help, plain when the platform is missing."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from gongkai.__main__ import PLATFORM, cli, main
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.settings import environment as env
from gongkai.platform.settings.discreet import Formatter
from tests.platform.conftest import Ledger
from tests.platform.server import clean


def run(*words: str, without: str = "") -> subprocess.CompletedProcess[str]:
    """The command, in an interpreter that lacks a package where one is named."""
    hide = f"sys.modules[{without!r}] = None; " if without else ""
    code = f"import sys; {hide}from gongkai.__main__ import main; main(sys.argv[1:])"
    return subprocess.run([sys.executable, "-c", code, *words], env=clean(), capture_output=True, text=True, check=False)


def test_help_lists_every_command_and_loads_nothing_of_the_platform() -> None:
    code = (
        "import atexit, sys; from gongkai.__main__ import main\n"
        "atexit.register(lambda: print('loaded:', [m for m in ('django', 'psycopg', 'gongkai.platform') if m in sys.modules]))\n"
        "main(['--help'])"
    )
    said = subprocess.run([sys.executable, "-c", code], env=clean(), capture_output=True, text=True, check=True).stdout

    assert said.rstrip().endswith("loaded: []")
    assert [name for name in PLATFORM if f"  {name} " not in said] == []


@pytest.mark.parametrize("name", PLATFORM)
def test_every_command_explains_itself_in_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for language in ("zh", "en"):
        with pytest.raises(SystemExit) as ended:
            main([name, "--help", "--lang", language])
        said[language] = capsys.readouterr().out

        assert ended.value.code == 0
    assert "用法：" in said["zh"]
    assert said["en"].isascii() or "Usage" in said["en"]
    assert said["zh"] != said["en"]
    assert cli.known[name][4] == "platform"


@pytest.mark.parametrize(("language", "words"), [("zh", "平台没有安装"), ("en", "is not installed. Run: pip install 'gongkai[platform]'")])
def test_without_the_platform_installed_one_line_says_how_to_install_it(language: str, words: str) -> None:
    done = run("serve", "--lang", language, without="psycopg")

    assert done.returncode == 1
    assert words in done.stderr
    assert "gongkai[platform]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_administrator_is_made_with_both_entries_in_the_journal(ledger: Ledger) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "createadmin", "admin", "张某", "--password-stdin"],
        input="correct-horse-9-battery\n", env=ledger.env, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert list(Entry.objects.order_by("number").values_list("verb", "role")) == [("organs.create_person", "system"), ("organs.grant_role", "system")]


def test_a_weak_password_makes_no_administrator(ledger: Ledger) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "createadmin", "admin", "张某", "--password-stdin"],
        input="12345\n", env=ledger.env, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "错误：" in done.stderr
    assert "Traceback" not in done.stderr
    assert Entry.objects.count() == 0


def test_a_byte_changed_by_hand_is_named_by_journal_verify(ledger: Ledger) -> None:
    from tests.platform.running.test_keeping import enter

    enter(5)
    good = ledger.run("journal", "verify")
    with ledger.admin() as link:
        link.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        link.execute("UPDATE journal_entry SET reason = reason || 'x' WHERE number = 3")
        link.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    bad = ledger.run("journal", "verify", "--lang", "en", check=False)

    assert "核验了 1 链 5 条：全部相符。" in good.stdout
    assert bad.returncode == 1
    assert "chain 0, entry 3" in bad.stdout
    assert not verify().holds


def test_migrate_may_be_repeated(ledger: Ledger) -> None:
    assert "0 项更新" in ledger.run("migrate").stdout


class TestSettings:
    def test_a_database_url_is_read_part_by_part(self) -> None:
        told = env.from_url("postgresql://us%40er:pa%2Fss@db.example:6543/gong%20kai?sslmode=verify-full")

        assert {key: told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
            "NAME": "gong kai", "USER": "us@er", "PASSWORD": "pa/ss", "HOST": "db.example", "PORT": "6543", "OPTIONS": {"sslmode": "verify-full"},
        }  # fmt: skip

    def test_another_kind_of_database_is_refused(self) -> None:
        with pytest.raises(ValueError, match="应以 postgresql:// 开头，现为 mysql://"):
            env.from_url("mysql://localhost/x")

    def test_letters_go_into_the_home_or_through_a_server_that_is_never_told_a_password_in_clear(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = env.mail()
        monkeypatch.setenv("GONGKAI_MAIL_URL", "smtp://me:pw@mail.example")
        sent = env.mail()
        monkeypatch.setenv("GONGKAI_MAIL_URL", "smtps://me:pw@mail.example")
        wrapped = env.mail()

        assert str(kept["EMAIL_BACKEND"]).endswith("filebased.EmailBackend")
        assert (sent["EMAIL_PORT"], sent["EMAIL_USE_TLS"]) == (587, True)
        assert (wrapped["EMAIL_PORT"], wrapped["EMAIL_USE_SSL"], wrapped["EMAIL_USE_TLS"]) == (465, True, False)

    def test_every_variable_is_declared_once_in_both_languages(self) -> None:
        names = [variable.name for variable in env.VARIABLES]

        assert len(names) == len(set(names))
        assert [variable.name for variable in env.VARIABLES if not variable.zh or not variable.en] == []
        with pytest.raises(KeyError):
            env.value("GONGKAI_NOT_DECLARED")


class TestLogs:
    """日志里没有个人信息."""

    def _told(self, show_words: bool) -> str:
        try:
            try:
                raise KeyError("110101199003078515")
            except KeyError as first:
                raise ValueError("张三") from first
        except ValueError:
            record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Internal Server Error: /desk/", (), sys.exc_info())
        return Formatter(show_words).format(record)

    def test_of_an_exception_they_tell_kind_and_place_and_never_the_words(self) -> None:
        said = self._told(show_words=False)

        assert "builtins.ValueError" in said
        assert "builtins.KeyError" in said
        assert "test_commands.py" in said
        assert "张三" not in said
        assert "110101199003078515" not in said

    def test_for_development_they_tell_everything(self) -> None:
        assert "张三" in self._told(show_words=True)
