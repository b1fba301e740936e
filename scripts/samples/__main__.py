"""Write samples/ anew: every report in its format, its truth beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from . import clean, documents, faulty, pages, texts
from .draft import Draft

FOLDER = Path(__file__).resolve().parents[2] / "samples"
REPORTS = FOLDER / "reports"
SAMPLES: tuple[tuple[Draft, Callable[[Draft], bytes]], ...] = (
    (clean.GOVERNMENT, pages.saved_page),
    (clean.EDUCATION, documents.word),
    (clean.WATER, documents.portable),
    (clean.FINANCE, pages.nested_tables),
    (clean.OFFICE, texts.shattered),
    (faulty.LUTING, texts.cell_a_line),
    (faulty.RESOURCES, pages.split_spans),
    (faulty.MARKET, documents.sheet),
    (faulty.HEALTH, texts.markdown),
    (faulty.YANHU, texts.twice_traditional),
    (faulty.YUWU_2022, documents.word),
    (faulty.YUWU_2023, texts.cell_a_line),
    (faulty.ARCHIVES, texts.exchange),
    (faulty.SONGYIN, partial(documents.portable, upright=True)),
)


def main() -> None:
    truths = FOLDER / "truth"
    REPORTS.mkdir(parents=True, exist_ok=True)
    truths.mkdir(exist_ok=True)
    for draft, write in SAMPLES:
        path = REPORTS / draft.name
        path.write_bytes(write(draft))
        plain = json.dumps(draft.truth(), ensure_ascii=False, indent=1) + "\n"
        (truths / f"{path.stem}.json").write_text(plain, encoding="utf-8")
        print(f"{draft.name}  {path.stat().st_size:,}")


if __name__ == "__main__":
    main()
