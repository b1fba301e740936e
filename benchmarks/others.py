"""One other library over many pages on two cores; run by the Python of its own environment, which has no gongkai.

Prints seconds for all pages, the import of the library left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

Work = Callable[[str], int]


def selectolax() -> Work:
    from selectolax.lexbor import LexborHTMLParser

    return lambda path: len(LexborHTMLParser(Path(path).read_bytes()).css("td"))


def pandas() -> Work:
    import pandas as pd

    return lambda path: len(pd.read_html(path, encoding="utf-8"))


def docling() -> Work:
    from docling.backend.html_backend import HTMLDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    def tables(path: str) -> int:
        source = InputDocument(path_or_stream=Path(path), format=InputFormat.HTML, backend=HTMLDocumentBackend)
        return len(source._backend.convert().tables)

    return tables


LIBRARIES: dict[str, Callable[[], Work]] = {"selectolax": selectolax, "pandas": pandas, "docling": docling}
_work: Work


def prepare(library: str, first: str) -> None:
    """Import the library and use it once, before the clock runs."""
    global _work
    _work = LIBRARIES[library]()
    _work(first)


def do(path: str) -> int:
    return _work(path)


def ready(_: int) -> int:
    return 0


def main(library: str, folder: str, count: int) -> None:
    paths = [str(path) for path in sorted(Path(folder).iterdir())][:count]
    prepare(library, paths[0])
    with get_context("fork").Pool(2) as pool:
        pool.map(ready, range(8))
        begun = perf_counter()
        found = pool.map(do, paths, chunksize=4)
        taken = perf_counter() - begun
    if not all(found):
        raise SystemExit(f"{library} 没有找到表格")
    print(taken)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
