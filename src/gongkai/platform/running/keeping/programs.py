"""PostgreSQL's own programs for backup and restore, of a version that fits the server; the password never on a command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from gongkai.platform.running.cluster import ClusterFailed, folders, major
from gongkai.platform.settings import environment as env

_NAMES = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}


def fitting(server: int) -> Path:
    """The folder of programs at least as new as the server (its number, such as 180004); the closest first."""
    found = sorted((version, folder) for folder in folders() if (version := major(folder)) is not None and version >= server // 10000)
    for _, folder in found:
        if all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
            return folder
    raise ClusterFailed(
        f"找不到适合 PostgreSQL {server // 10000} 的 pg_dump、pg_restore 和 psql。请安装 Debian 的 postgresql-client，或用 GONGKAI_POSTGRES 指明所在目录。"
    )


def environment() -> dict[str, str]:
    """What the programs need to reach the database as the owner of the tables."""
    told: Mapping[str, object] = env.database(owner=True)
    found = {key: text for key, text in os.environ.items() if not key.startswith("PG")}
    found |= {variable: str(told[key]) for key, variable in _NAMES.items() if told.get(key)}
    options = told.get("OPTIONS")
    if isinstance(options, Mapping):
        found |= {f"PG{key.upper()}": str(text) for key, text in options.items() if key.startswith("ssl")}
    return found | {"LC_ALL": "C", "PGCLIENTENCODING": "UTF8", "PGAPPNAME": "gongkai backup"}
