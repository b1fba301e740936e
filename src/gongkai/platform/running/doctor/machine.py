"""The machine: room on the disk, time zone, static files, fonts, programs, how old the last backup is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gongkai.formats.writing.fonts import directory as fonts
from gongkai.platform.running import statics
from gongkai.platform.running.keeping.backing import LIST
from gongkai.platform.settings import environment as env

from .findings import Finding, Level, judge

GIGABYTE = 1 << 30
BACKUP_DAYS, BACKUP_TOO_OLD = 1.5, 8


def examine() -> Iterator[Finding]:
    yield from _disk()
    yield _zone()
    changed = statics.collected() != statics.fingerprint()
    yield judge("statics", Level.WARNING, ("静态文件是最新的。", "The static files are up to date."),
                ("静态文件还没有收集，或已经变了。", "The static files have not been collected, or have changed."),
                ("重新启动 gongkai serve，它会收集。", "Restart gongkai serve, which collects them."), not changed)  # fmt: skip
    yield _fonts()
    yield judge("libreoffice", Level.INFO, ("有 LibreOffice，可以读 .doc。", "LibreOffice is here, so .doc can be read."),
                ("没有 LibreOffice，读不了旧的 .doc 文件。", "LibreOffice is missing, so old .doc files cannot be read."),
                ("需要时安装 libreoffice-writer。", "Where wanted, install libreoffice-writer."), shutil.which("soffice") is not None)  # fmt: skip
    yield _backup()


def _disk() -> Iterator[Finding]:
    home = env.home()
    while not home.exists():
        home = home.parent
    room = shutil.disk_usage(home)
    free = f"{room.free / GIGABYTE:.1f}"
    level = Level.ERROR if room.free < GIGABYTE else Level.WARNING
    yield judge("disk", level, (f"数据目录所在磁盘还有 {free} GB。", f"{free} GB are free where the data are."),
                (f"数据目录所在磁盘只剩 {free} GB。", f"Only {free} GB are free where the data are."),
                ("腾出空间或扩容；写满后无法保存。", "Make room; when it is full nothing can be saved."),
                room.free >= 5 * GIGABYTE or (room.free >= room.total * 0.1 and room.free >= GIGABYTE))  # fmt: skip


def _zone() -> Finding:
    try:
        ZoneInfo("Asia/Shanghai")
        known = True
    except ZoneInfoNotFoundError:
        known = False
    return judge("timezone", Level.ERROR, ("时区资料齐全，平台用北京时间。", "Time zones are known; the platform keeps Beijing time."),
                 ("本机没有时区资料，算不出北京时间。", "This machine knows no time zones, so Beijing time cannot be told."),
                 ("安装 tzdata。", "Install tzdata."), known)  # fmt: skip


def _fonts() -> Finding:
    places = (fonts(), Path("/usr/share/fonts"))
    here = any(found for place in places for found in place.rglob("*") if found.suffix in {".otf", ".ttf", ".ttc"} and _chinese(found.name))
    return judge("fonts", Level.WARNING, ("有排 PDF 用的中文字体。", "There are Chinese fonts for PDF."),
                 ("没有中文字体：PDF 下载会失败。", "There are no Chinese fonts: PDF downloads fail."), ("运行 make fonts。", "Run make fonts."), here)  # fmt: skip


def _chinese(name: str) -> bool:
    return any(part in name for part in ("Fandol", "CJK", "FangSong", "simfang", "SimSun"))


def _backup() -> Finding:
    try:
        told = json.loads((env.home() / LIST).read_text(encoding="utf-8"))
        days = (datetime.now(UTC) - datetime.fromisoformat(told["at"])).total_seconds() / 86400
    except (OSError, ValueError, KeyError):
        return Finding("backup", Level.ERROR, "从来没有备份过。", "There has never been a backup.",
                       "运行 gongkai backup，并安排每天一次，存到另一台机器。", "Run gongkai backup, then every day, onto another machine.")  # fmt: skip
    level = Level.ERROR if days > BACKUP_TOO_OLD else Level.WARNING
    return judge("backup", level, (f"上次备份在 {days:.1f} 天前。", f"The last backup is {days:.1f} days old."),
                 (f"上次备份已是 {days:.0f} 天前。", f"The last backup is {days:.0f} days old."),
                 ("检查定时备份是否还在运行。", "See whether the scheduled backup still runs."), days <= BACKUP_DAYS)  # fmt: skip
