"""Prints docs/guides/settings.md from the code: every environment variable of the platform, in one table."""

from __future__ import annotations

from pathlib import Path

from gongkai.platform.settings.environment import VARIABLES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "guides" / "settings.md"
HEAD = """# 设置一览

平台的设置全部来自环境变量，由 `make settings` 从代码印出。值里有密码的标作“机密”：不要写进命令行，写进只有平台账号可读的文件（见[运维](operators.md)）。

| 变量 | 默认 | 意思 | In English |
| --- | --- | --- | --- |
"""


def written() -> str:
    """The page as the code has it."""
    rows = []
    for variable in VARIABLES:
        default = f"`{variable.default}`" if variable.default else "空"
        secret = "（机密）" if variable.secret else ""
        rows.append(f"| `{variable.name}` | {default} | {variable.zh}{secret} | {variable.en} |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
