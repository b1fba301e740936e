"""What is personal, sealed: AES-256-GCM for what is read back, keyed hashes for what is only looked up.

A sealed value is: version, key id, nonce, ciphertext. The purpose is bound in, so a value copied into another field does not open.
Keys come from GONGKAI_CASE_KEY, or are made and kept in the data directory; the first seals, every one opens.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongkai.platform.searching.folding import fold
from gongkai.platform.settings import environment as env

from .errors import KeyMissing

_VERSION, _NONCE, _ID = b"\x01", 12, 4


@dataclass(frozen=True, slots=True, repr=False)
class _Key:
    id: bytes
    seal: AESGCM
    lookup: bytes


def seal(value: object, purpose: str) -> bytes:
    """A JSON value, sealed for one purpose (`cases.request.applicant`)."""
    return seal_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), purpose)


def unseal(sealed: bytes | memoryview, purpose: str) -> Any:
    """What was sealed for this purpose; raises KeyMissing where no key of ours opens it."""
    return json.loads(unseal_bytes(sealed, purpose))


def seal_bytes(data: bytes, purpose: str) -> bytes:
    key = _keys(env.case_keys())[0]
    nonce = os.urandom(_NONCE)
    return _VERSION + key.id + nonce + key.seal.encrypt(nonce, data, purpose.encode())


def unseal_bytes(sealed: bytes | memoryview, purpose: str) -> bytes:
    raw = bytes(sealed)
    head, nonce, text = raw[1 : 1 + _ID], raw[1 + _ID : 1 + _ID + _NONCE], raw[1 + _ID + _NONCE :]
    for key in _keys(env.case_keys()):
        if raw[:1] == _VERSION and key.id == head:
            try:
                return key.seal.decrypt(nonce, text, purpose.encode())
            except InvalidTag:
                break
    raise KeyMissing


def key_ids() -> tuple[str, ...]:
    """The ids of the keys that are set, the first one sealing: they say nothing of the keys."""
    return tuple(key.id.hex() for key in _keys(env.case_keys()))


def sealed_by(sealed: bytes | memoryview) -> str:
    """The id of the key that sealed a value, ours or not."""
    return bytes(sealed[1 : 1 + _ID]).hex()


def lookup(purpose: str, text: str) -> str:
    """A keyed hash by which equal texts are found (names, identity numbers, e-mail addresses); folded first. Empty for empty."""
    plain = "".join(fold(text).split())
    return _hash(purpose, plain).hex()[:40] if plain else ""


def secret_hash(purpose: str, secret: str) -> str:
    """A keyed hash of a code or token that we gave out: exact, not folded."""
    return _hash(purpose, secret).hex()


def marks(text: str) -> list[int]:
    """Keyed 31-bit marks of the bigrams of a text: sealed text can be searched and compared without being opened."""
    plain = "".join(sign for sign in fold(text) if sign.isalnum())
    pairs = {plain[at : at + 2] for at in range(max(len(plain) - 1, 0))}
    key = _lookup_key()
    return sorted({int.from_bytes(_hash("mark", pair, key)[:4], "big") & 0x7FFFFFFF for pair in pairs})


def alike(one: Iterable[int], other: Iterable[int]) -> float:
    """How much two marked texts share: 0 nothing, 1 the same pairs (Jaccard)."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left | right else 0.0


def _hash(purpose: str, text: str, key: bytes = b"") -> bytes:
    return hmac.digest(key or _lookup_key(), f"{purpose}\x00{text}".encode(), hashlib.sha256)


def _lookup_key() -> bytes:
    return _keys(env.case_keys())[-1].lookup  # 最早的一把：查找用的散列不随换钥匙而变


@lru_cache(maxsize=8)
def _keys(masters: tuple[str, ...]) -> tuple[_Key, ...]:
    return tuple(_derive(master) for master in masters)


def _derive(master: str) -> _Key:
    def derived(info: bytes, length: int) -> bytes:
        return HKDF(SHA256(), length, b"gongkai.cases", info).derive(master.encode())

    return _Key(derived(b"id", _ID), AESGCM(derived(b"seal", 32)), derived(b"lookup", 32))
