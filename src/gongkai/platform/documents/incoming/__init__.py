"""Incoming: a Word file as clean HTML with its title, document number and pictures (公文导入)."""

from __future__ import annotations

from .docx import from_doc, from_docx
from .numbers import document_number
from .result import Incoming, Picture

__all__ = ["Incoming", "Picture", "document_number", "from_doc", "from_docx"]
