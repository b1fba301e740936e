"""Write CHANGELOG.md from the fragments in changelog.d/: one fragment a change, named AREA.md or AREA-WORDS.md."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AREAS = {
    "law": "条例（law）", "report": "年度报告（report）", "reader": "读取（reader）", "writer": "写出（writer）",
    "command": "命令（command）", "corpus": "语料（corpus）", "platform": "平台（platform）", "project": "项目（project）",
}
HEAD = """# 更新记录

由 `changelog.d/` 的片段汇成（`make changelog`），请改片段，不改本文件。

## 未发布
"""


def written() -> str:
    """The changelog as the fragments have it."""
    parts = [HEAD]
    for area, heading in AREAS.items():
        fragments = [path for path in sorted((ROOT / "changelog.d").glob("*.md")) if area_of(path) == area]
        if fragments:
            parts.append(f"### {heading}\n\n" + "\n".join(path.read_text(encoding="utf-8").strip() for path in fragments) + "\n")
    return "\n".join(parts)


def area_of(path: Path) -> str:
    return path.stem.partition("-")[0]


if __name__ == "__main__":
    (ROOT / "CHANGELOG.md").write_text(written(), encoding="utf-8")
