"""Brings the fonts that a PDF needs (`make fonts`): from Debian packages, into a directory outside the source tree.

仿宋、楷体、黑体、宋体 are Fandol's; 小标宋 and rare characters are Noto Serif CJK's; then the scripts of 维吾尔文,
藏文, 蒙古文, 彝文. Only font files are taken out of the packages; nothing is installed. Safe to repeat.
Why these: docs/decisions/write-fonts.md
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gongkai.formats.writing.fonts import SETTING, directory

WANTED = {  # package → the font files taken from it
    "texlive-lang-chinese": (
        "FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf", "FandolHei-Bold.otf",
        "FandolSong-Regular.otf", "FandolSong-Bold.otf",
    ),
    "fonts-noto-cjk": ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"),
    "fonts-noto-core": (
        "NotoNaskhArabic-Regular.ttf", "NotoSerifTibetan-Regular.ttf", "NotoSansMongolian-Regular.ttf", "NotoSansYi-Regular.ttf",
    ),
}
INSTALLED = Path("/usr/share/fonts")  # what is installed need not be brought


def main() -> int:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else directory()
    target.mkdir(parents=True, exist_ok=True)
    present = {path.name for path in (*target.iterdir(), *INSTALLED.rglob("*.[ot]t[fc]"))}
    lacking = {package: names for package, names in WANTED.items() if not set(names) <= present}
    if lacking and not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        print(f"本机不是 Debian 系统：请自行把仿宋、楷体、黑体、宋体和 Noto Serif CJK SC 放进 {target}（或 {SETTING} 所指的目录）。", file=sys.stderr)
        return 1
    if lacking and os.geteuid() == 0 and not listed(next(iter(lacking))):
        subprocess.run(["apt-get", "-qq", "update"], capture_output=True, check=False)  # a fresh machine has no lists
    for package, names in lacking.items():
        print(f"取 {package} 中的字体 …")
        problem = bring(package, names, target)
        if problem:
            print(f"没有取到 {package}：{problem}", file=sys.stderr)
            return 1
    print(f"字体在 {target}：{len(list(target.iterdir()))} 个文件。")
    return 0


def listed(package: str) -> bool:
    """Whether the machine's package lists know the package."""
    done = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return done.returncode == 0


def bring(package: str, names: tuple[str, ...], target: Path) -> str | None:
    """The package's fonts copied into the target; or why not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        commands = (["apt-get", "-qq", "download", package], ["dpkg-deb", "-x", None, "."])
        for command in commands:
            found = next(Path(folder).glob("*.deb"), None)
            ready = [str(found) if word is None else word for word in command]
            done = subprocess.run(ready, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                lines = done.stderr.strip().splitlines() or ["原因不明"]
                return f"{lines[-1]}（可先运行 apt-get update）"
        fonts = {path.name: path for path in Path(folder).rglob("*") if path.suffix in (".otf", ".ttf", ".ttc")}
        missing = [name for name in names if name not in fonts]
        if missing:
            return f"包里没有 {'、'.join(missing)}"
        for name in names:
            shutil.copyfile(fonts[name], target / name)
    return None


if __name__ == "__main__":
    sys.exit(main())
