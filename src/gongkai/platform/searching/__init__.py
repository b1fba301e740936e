"""Search in PostgreSQL alone: what is indexed, what is asked, what is marked. Pure; Django is not known here."""

from __future__ import annotations

from .asking import Group, Kind, Query, query
from .folding import fold
from .showing import marked, snippet, spans
from .vectors import plain, vector

__all__ = ["Group", "Kind", "Query", "fold", "marked", "plain", "query", "snippet", "spans", "vector"]
