"""The official words that are data: labels of states, kinds, roles, settings, items of the law. Collected beside the marked strings.

A label stands in the code as a pair, Chinese and English: the English here is the pair's. Labels of the law have no
English in the code; theirs is written in the catalogue.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.law.exemptions import EXEMPTIONS
from gongkai.law.notices import packaged, packaged_names
from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES
from gongkai.law.receipt import RECEIPTS
from gongkai.platform.catalogue.states import BY_ACTION
from gongkai.platform.organs.dated import SETTINGS

PLATFORM = Path(__file__).resolve().parent.parent / "src/gongkai/platform"
PAIRS = (
    "catalogue/choices.py", "catalogue/clocks.py", "catalogue/values.py", "catalogue/validating.py",
    "catalogue/actions/wordlist.py", "catalogue/queries/waiting.py", "organs/roles.py",
)  # fmt: skip
HINTS = "organs/sheets.py"  # 导入表格各列的填写说明
ACTS = "act"
LINKS = "link"  # 关系的说法另有所指，如“修改”：用这一语境与按钮分开


@dataclass(frozen=True, slots=True)
class Official:
    """One official word: where it stands, its English where the code gives it."""

    place: str
    zh: str
    en: str = ""
    context: str | None = None


def words() -> Iterator[Official]:
    for place in PAIRS:
        yield from _pairs(place)
    yield from _hints(HINTS)
    yield from (Official("catalogue/states.py", row.zh, row.en, ACTS) for row in BY_ACTION.values())
    for category in (*CATEGORIES, *LOCAL_CATEGORIES):
        yield from (Official("law/publication.py", zh) for zh in (category.label, category.basis, category.who))
    for exemption in EXEMPTIONS:
        yield from (Official("law/exemptions.py", zh) for zh in (exemption.label, exemption.basis))
    for receipt in RECEIPTS:
        yield from (Official("law/receipt.py", zh) for zh in (receipt.label, receipt.counts, receipt.basis))
    for kept in SETTINGS:
        yield from (Official("organs/dated.py", zh) for zh in (kept.zh, kept.hint))
    for name in packaged_names():
        yield from (Official("law/notices", zh) for zh in sorted({entry.name for entry in packaged(name) if entry.name}))


def _pairs(place: str) -> Iterator[Official]:
    """The tuples ("中文", "English", …) of the module's tables; of links ("本件对那一件", "那一件对本件", "English")."""
    for statement in ast.parse((PLATFORM / place).read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and isinstance(statement.value, ast.Dict):
            for value in statement.value.values:
                told = [each.value for each in getattr(value, "elts", ()) if isinstance(each, ast.Constant)]
                if len(told) == 3 and not told[1].isascii():
                    yield from (Official(place, zh, en, LINKS) for zh, en in ((told[0], told[2]), (told[1], "" if told[1] != told[0] else told[2])))
                elif len(told) == 2 and not told[1].isascii():
                    yield from (Official(place, zh) for zh in told)  # 说法、依据
                elif len(told) >= 2:
                    yield Official(place, *told[:2])


def _hints(place: str) -> Iterator[Official]:
    """The keyword `hint` wherever it is given."""
    for node in ast.walk(ast.parse((PLATFORM / place).read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "hint" and isinstance(node.value, ast.Constant):
            yield Official(place, str(node.value.value))
