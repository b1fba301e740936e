"""Applicants whose numbers hold, and what they ask."""

from __future__ import annotations

from dataclasses import replace

from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.documents.gate.digits import identity_check
from gongkai.platform.organs.codes import credit_check, organ_check


def card(first: str) -> str:
    """A citizen's number with its check character."""
    return first + identity_check(first)


def credit_code(area: str, body: str) -> str:
    """A unified social credit code with both check characters."""
    first = f"91{area}{body}{organ_check(body)}"
    return first + credit_check(first)


LIU = Applicant("柳如烟", "resident_card", card("65312119900101123"), phone="13900000001", email="liu@mail.example", address="疏勒县某街1号")
ABDU = Applicant("阿不都·某某", "resident_card", card("65312119850202234"), phone="13900000002", email="abdu@mail.example")
FIRM = Applicant(
    "某某建筑有限公司", "credit_code", "", credit_code("653121", "MA000000"), contact="经办人", representative="法定代表", phone="0998-6571234",
    email="firm@mail.example",
)  # fmt: skip
LAND = Asked("征地补偿安置方案", "2025年县城东区，批准文号不详", "electronic", "online")
HEATING = Asked("城市集中供热特许经营协议", "2024年签订", "paper", "in_person")


def text_file(kind: str = "application", name: str = "申请表.txt", words: str = "申请公开征地补偿安置方案") -> Upload:
    return Upload(kind, name, words.encode())


def named(name: str, first: str) -> Applicant:
    """Somebody else."""
    return replace(LIU, name=name, identity_number=card(first), phone="", email="", address="某县某路")
