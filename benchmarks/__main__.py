"""All benchmarks in one run: `make bench`. Ratios, printed as a table; never asserted."""

from __future__ import annotations

import sys

from .reading import memory, reading, start
from .thousand import thousand
from .timing import show
from .writing import writing

PARTS = {"reading": reading, "thousand": thousand, "writing": writing, "memory": memory, "start": start}


def main(names: list[str]) -> None:
    for name in names or PARTS:
        print(f"\n### {name}\n")
        show(PARTS[name]())


main(sys.argv[1:])
