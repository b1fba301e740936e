"""What is personal in a request, as plain values: sealed whole, opened whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from . import sealing

APPLICANT, CONTENT = "cases.request.applicant", "cases.request.content"
PARTY = "cases.consultation.party"


@dataclass(frozen=True, slots=True, repr=False)
class Applicant:
    """Who asks (条例第二十九条第二款第一项)."""

    name: str
    identity_kind: str = ""
    identity_number: str = ""
    organisation_code: str = ""  # 法人或者其他组织
    contact: str = ""  # 法人的联系人；代理人
    representative: str = ""  # 法定代表人
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    fax: str = ""

    def sealed(self) -> bytes:
        return sealing.seal(asdict(self), APPLICANT)

    @classmethod
    def opened(cls, sealed: bytes | memoryview) -> Self:
        return cls(**sealing.unseal(sealed, APPLICANT))

    @property
    def masked(self) -> str:
        return masked_name(self.name)

    @property
    def hashes(self) -> dict[str, Any]:
        """By which the same applicant is found again; fields of models.Request."""
        number = self.identity_number or self.organisation_code
        contacts = (sealing.lookup("contact", each) for each in (self.phone, self.email))
        return {
            "name_hash": sealing.lookup("name", self.name),
            "identity_hash": sealing.lookup("identity", number),
            "contact_hashes": sorted({each for each in contacts if each}),
        }


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What is asked, and how it is wanted (条例第二十九条第二款第二项、第三项). Never a purpose."""

    title: str  # 所需信息的名称
    description: str = ""  # 文号或者便于查询的其他特征性描述
    form: str = "paper"  # choices.FORMS
    obtaining: str = "online"  # choices.OBTAINING
    help_wanted: str = ""  # 第四十三条：需要何种帮助

    def sealed(self) -> bytes:
        return sealing.seal(asdict(self), CONTENT)

    @classmethod
    def opened(cls, sealed: bytes | memoryview) -> Self:
        return cls(**sealing.unseal(sealed, CONTENT))

    @property
    def marks(self) -> list[int]:
        return sealing.marks(f"{self.title} {self.description}")


@dataclass(frozen=True, slots=True, repr=False)
class Consulted:
    """Whose opinion is asked, and where they are reached."""

    name: str
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def sealed(self) -> bytes:
        return sealing.seal(asdict(self), PARTY)

    @classmethod
    def opened(cls, sealed: bytes | memoryview) -> Self:
        return cls(**sealing.unseal(sealed, PARTY))


def masked_name(name: str) -> str:
    """张*、张*三、某某*公司: enough to tell two apart in a list, no more."""
    if len(name) <= 1:
        return "*" if name else ""
    if len(name) <= 4:
        return name[0] + "*" * (len(name) - 2) + (name[-1] if len(name) > 2 else "*")
    return name[:2] + "****" + name[-2:]


def masked_number(number: str) -> str:
    """The first three and the last two signs of an identity or telephone number."""
    return number[:3] + "*" * max(len(number) - 5, 0) + number[-2:] if len(number) > 5 else "*" * len(number)
