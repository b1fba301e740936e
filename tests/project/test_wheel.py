"""The wheel: built, installed in an empty environment, used outside the source tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv") or str(ROOT / ".tools/bin/uv")
SAMPLE = ROOT / "samples/reports/lanyuan_education_2023.docx"
# 不让环境里的设置影响安装与运行
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GONGKAI_", "VIRTUAL_ENV", "COV_"))}


def run(command: Sequence[str | Path], cwd: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=CLEAN | {"UV_PYTHON_DOWNLOADS": "never"}, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )
    if check and done.returncode:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the tools of the environment, without the network."""
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel and what it depends on; its folder of commands."""
    home = tmp_path_factory.mktemp("elsewhere")
    run([UV, "venv", "--python", sys.executable, "env"], home)
    python = home / "env/bin/python"
    install = [UV, "pip", "install", "--python", python, "--constraint", _constraints(home), wheel]
    if run([*install, "--offline"], home, check=False).returncode:  # 缓存里没有的，才联网取
        run(install, home)
    return home / "env/bin"


def _constraints(home: Path) -> Path:
    """The locked versions, as constraints: what the project is tested with."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line.split("\\")[0].strip() for line in lines if line and line[0].isalnum()]
    path = home / "constraints.txt"
    path.write_text("\n".join(pins), encoding="utf-8")
    return path


class TestContents:
    def test_everything_that_the_package_needs_is_inside(self, wheel: Path) -> None:
        names = zipfile.ZipFile(wheel).namelist()
        package = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/gongkai").rglob("*")
                   if path.is_file() and "__pycache__" not in path.parts}

        assert package <= set(names)
        assert {"gongkai/py.typed", "gongkai/law/notices/cn/2026.csv", "gongkai/cli/side_by_side.css"} <= set(names)
        assert any(name.endswith("licenses/LICENSE") for name in names)

    def test_nothing_else_leaks_in(self, wheel: Path) -> None:
        tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

        assert tops - {"gongkai"} == {top for top in tops if top.endswith(".dist-info")}
        assert not [name for name in zipfile.ZipFile(wheel).namelist() if {"tests", "samples", "scripts"} & set(name.split("/"))]

    def test_no_machine_path_is_in_the_metadata(self, wheel: Path) -> None:
        archive = zipfile.ZipFile(wheel)
        texts = [archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name]

        assert not [text for text in texts if str(ROOT) in text]


class TestInstalled:
    """装好以后，在别的目录里用."""

    def test_it_says_its_version(self, installed: Path, tmp_path: Path) -> None:
        assert run([installed / "gongkai", "--version"], tmp_path).stdout.startswith("gongkai 0.")

    def test_it_counts_working_days_from_its_own_notices(self, installed: Path, tmp_path: Path) -> None:
        assert run([installed / "gongkai", "law", "workday", "2026-09-18", "+20"], tmp_path).stdout.strip() == "2026-10-22"

    def test_it_audits_and_adds_up_outside_the_source_tree(self, installed: Path, tmp_path: Path) -> None:
        shutil.copy(SAMPLE, tmp_path / "report.docx")
        audited = run([installed / "gongkai", "audit", "report.docx", "--format", "json", "--html", "out.html"], tmp_path)
        run([installed / "gongkai", "sum", "report.docx", "-o", "total.json"], tmp_path)
        run([installed / "gongkai", "write", "total.json", "--to", "xlsx", "-o", "total.xlsx"], tmp_path)

        assert '"app.identity.total": "holds"' in audited.stdout
        assert (tmp_path / "out.html").stat().st_size > 1000
        assert (tmp_path / "total.xlsx").read_bytes().startswith(b"PK")

    def test_the_package_is_the_installed_one_and_opens_its_public_door(self, installed: Path, tmp_path: Path) -> None:
        shutil.copy(SAMPLE, tmp_path / "report.docx")
        code = "import gongkai; print(gongkai.__file__); print(gongkai.audit(gongkai.read('report.docx')).checks['app.identity.total'])"
        where, state = run([installed / "python", "-c", code], tmp_path).stdout.split()

        assert str(installed.parent) in where
        assert state == "holds"
