"""Background work (Procrastinate, in the same database and the same transaction as the data).

An app puts its tasks in its `tasks` module, each declared with `task`, and what must be looked after every minute in its
`sweeping` module: `SWEEPS = {"name": function}`, each function taking the moment and returning how many things it did.
A task may run twice when a machine dies between its work and its receipt, so its body asks first whether it is done already.
"""

from .declaring import RETRY, task

__all__ = ["RETRY", "task"]
