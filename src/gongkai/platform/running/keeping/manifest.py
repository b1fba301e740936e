"""The manifest of a backup: what is in it, with the checksum of every part, the rows of every table, the heads of the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

NAME, DATA, FILES = "manifest.json", "data.dump", "files"
FORMAT = 1


class Damaged(Exception):
    """A backup that is not what its manifest says; Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    gongkai: str
    made_at: str
    server: int  # PostgreSQL 的版本号，如 180004
    encoding: str
    data: str  # data.dump 的 SHA-256
    tables: Mapping[str, int]
    heads: Mapping[str, tuple[int, str]]  # 链号 → 末条的编号和摘要
    migrations: tuple[str, ...]
    files: Mapping[str, str]  # 相对路径 → SHA-256
    case_keys: tuple[str, ...] = ()  # 个人信息所用各密钥的标识（不是密钥）

    def dumps(self) -> str:
        told = asdict(self)
        return json.dumps({**told, "sha256": _own(told)}, ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def loads(cls, text: str) -> Manifest:
        try:
            told = json.loads(text)
            if told["format"] != FORMAT:
                raise Damaged(f"备份的格式是 {told['format']}，本版本只认 {FORMAT}。", f"The backup has format {told['format']}; this version knows {FORMAT}.")
            if "sha256" in told and told.pop("sha256") != _own(told):
                raise Damaged("备份的清单 manifest.json 被改动过。", "The backup's manifest.json has been changed.")
            heads = {chain: (int(number), str(digest)) for chain, (number, digest) in told["heads"].items()}
            return cls(**{**told, "heads": heads, "migrations": tuple(told["migrations"]), "case_keys": tuple(told.get("case_keys", ()))})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as unreadable:
            raise Damaged("备份的清单 manifest.json 读不了。", "The backup's manifest.json cannot be read.") from unreadable


def _own(told: Mapping[str, object]) -> str:
    """SHA-256 of everything else that the manifest says."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def kept(folder: Path) -> Iterator[Path]:
    """The files under a folder, in order; half-written ones (.part) are not."""
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".part")


def check(folder: Path) -> Manifest:
    """The manifest of an unpacked backup, after every part was held against it."""
    if not (folder / NAME).is_file():
        raise Damaged(f"{folder} 不是 gongkai 的备份：没有 {NAME}。", f"{folder} is no backup of gongkai: it has no {NAME}.")
    manifest = Manifest.loads((folder / NAME).read_text(encoding="utf-8"))
    wrong = [name for name, wanted in {DATA: manifest.data, **{f"{FILES}/{path}": sha for path, sha in manifest.files.items()}}.items()
             if not (folder / name).is_file() or digest(folder / name) != wanted]  # fmt: skip
    if wrong:
        raise Damaged(
            f"备份有 {len(wrong)} 个文件缺失或内容不符，没有恢复任何东西。第一个：{wrong[0]}",
            f"{len(wrong)} files of the backup are missing or differ; nothing was restored. The first: {wrong[0]}",
        )
    return manifest
