"""What is kept of requests. Events are never changed or removed; everything personal is sealed (cases.sealing)."""

from .handling import Consultation, Reminder, Task
from .letters import Letter, Letterhead, LetterNumber, Serial, Template
from .public import Batch, DoorLink, Filed, Notice, Offered, Payment, Spent, Unfiled, UnfiledFile
from .remedies import Remedy, RemedyEvent
from .requests import CaseFile, Event, Request

__all__ = ["Batch", "CaseFile", "Consultation", "DoorLink", "Event", "Filed", "Letter", "LetterNumber", "Letterhead", "Notice", "Offered", "Payment", "Remedy", "RemedyEvent", "Reminder", "Request", "Serial", "Spent", "Task", "Template", "Unfiled", "UnfiledFile"]
