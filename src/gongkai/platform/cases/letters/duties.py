"""谁签发、是否须经法制审核: who signs which letter, and which need legal review. Pure."""

from __future__ import annotations

from gongkai.platform.cases.states import HEADING, SIGNING
from gongkai.platform.organs.roles import RoleKind

from .series import REPLY_LETTERS

BY_HEAD = frozenset({"receipt", "correction", "reasons", "extension", "fee", "delayed", "consulting", "third_party", "co_maker", "co_ordination"})


def signers(key: str) -> frozenset[RoleKind]:
    """第三十三条第二款：延期由政府信息公开工作机构负责人同意；答复、不再处理和对外的决定由签发人签发."""
    return SIGNING | HEADING if key in BY_HEAD else SIGNING


def reviewed(key: str) -> bool:
    """Whether the legal office looks at it first, where the organ wants legal review at all."""
    return key in REPLY_LETTERS
