"""Outgoing: a published text as DOCX and PDF, in the look of official documents (GB/T 9704)."""

from __future__ import annotations

from .document import Document, Unwritable
from .docx import to_docx
from .pdf import to_pdf

__all__ = ["Document", "Unwritable", "to_docx", "to_pdf"]
