"""Compiles the platform's translations while the project is installed or packed: *.po to *.mo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for po in sorted((Path(self.root) / "src/gongkai/platform/locale").rglob("*.po")):
            with po.open("rb") as text, po.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, po.parts[-3]))
