"""A small file under a passphrase: unreadable without it, and refused when a single byte of it was changed.

    seal(content, passphrase) -> bytes
    unseal(data, passphrase, name) -> bytes         FileRefused with a sentence

AES-256-GCM under a key from scrypt. All that stands before the sealed part (the kind, the form, the cost, the salt) is
authenticated with it. Neither passphrase nor key is kept or logged anywhere.
"""

from __future__ import annotations

import os
import struct
import unicodedata

from nhsdesk.documents.refusals import refused
from nhsdesk.errors import FileRefused

KIND = b"nhsdesk sealed\n"
FORM = 1
MOST_BYTES = 8_000_000
"""A request with its form and its page is under a hundredth of that."""

COST = 16
"""scrypt's n as a power of two: 64 MB and about a fifth of a second."""
HIGHEST_COST = 18
"""A file from outside may ask for no more than 256 MB."""
_BLOCK, _LANES, _KEY_BYTES = 8, 1, 32
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
_HEAD = struct.Struct(f">{len(KIND)}sHB{_SALT_BYTES}s{_NONCE_BYTES}s")
_ASK = "Ask whoever sent it to send it again."


def seal(content: bytes, passphrase: str) -> bytes:
    """The content under a passphrase; each time other bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    head = _HEAD.pack(KIND, FORM, COST, salt, nonce)
    return head + AESGCM(_key(passphrase, salt, COST)).encrypt(nonce, content, head)


def is_sealed(data: bytes) -> bool:
    """Whether a file begins as such a file does."""
    return data.startswith(KIND)


def unseal(data: bytes, passphrase: str, name: str) -> bytes:
    """What was sealed. A wrong passphrase and a changed byte cannot be told apart, and the sentence says so."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, cost, salt, nonce = _head(data, name)
    try:
        return AESGCM(_key(passphrase, salt, cost)).decrypt(nonce, data[len(head) :], head)
    except InvalidTag as error:
        raise refused(
            name,
            "either the passphrase is not the right one, or the file was changed or damaged on its way",
            "Type the passphrase once more, with capitals and spaces as they were given; if that does not help, ask "
            "for the file again.",
        ) from error


def _head(data: bytes, name: str) -> tuple[bytes, int, bytes, bytes]:
    if not is_sealed(data):
        raise refused(name, "it is not a file under a passphrase that this program made", _ASK)
    if len(data) > MOST_BYTES:
        raise refused(name, f"it is larger than {MOST_BYTES // 1_000_000} MB", _ASK)
    if len(data) < _HEAD.size + _TAG_BYTES:
        raise _cut_short(name)
    head = data[: _HEAD.size]
    _, form, cost, salt, nonce = _HEAD.unpack(head)
    if form != FORM:
        raise refused(
            name,
            f"it was made by another version of the program (form {form}; this one reads form {FORM})",
            "Bring this program up to date, and open it again.",
        )
    if not 1 <= cost <= HIGHEST_COST:
        raise refused(name, "it is damaged, or was changed on its way", _ASK)
    return head, cost, salt, nonce


def _cut_short(name: str) -> FileRefused:
    return refused(name, "it is cut short", _ASK)


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    """The same letters give the same key on every keyboard, however they are composed."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    words = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=_KEY_BYTES, n=2**cost, r=_BLOCK, p=_LANES).derive(words)
