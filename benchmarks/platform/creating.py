"""Creating an item through its action: one transaction with revision, step and journal."""

from __future__ import annotations

import os
import subprocess
import sys
from time import perf_counter

from .measuring import Times


def create(clients: int, each: int) -> Times:
    """So many processes at once, each creating so many items of one organ of its own."""
    processes = [
        subprocess.Popen([sys.executable, "-m", "benchmarks.platform.creating", str(each), str(number + 1)], stdout=subprocess.PIPE, text=True, env=os.environ)
        for number in range(clients)
    ]
    seconds = [float(line) for process in processes for line in process.communicate()[0].split()]
    return Times.of(seconds)


def _work(each: int, organ: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from gongkai.platform.catalogue import actions
    from gongkai.platform.catalogue.values import Draft
    from gongkai.platform.organs.acting import Actor, Post
    from gongkai.platform.organs.roles import RoleKind

    from .material import bodies

    actor = Actor(1, "测试", (Post(RoleKind.EDITOR, organ),))
    for number, body in enumerate(bodies(each + 3)):
        at = timezone.localtime()
        draft = Draft(title=f"关于第{number}项工作的通知", kind="announcement", formed_on=at.date(), body=body, category="other")
        begun = perf_counter()
        actions.create(actor, organ, draft, at=at)
        if number >= 3:
            print(perf_counter() - begun)


if __name__ == "__main__":
    _work(int(sys.argv[1]), int(sys.argv[2]))
