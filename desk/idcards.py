"""ID-card numbers: checked, masked, sealed with AES-GCM, and found again by a keyed index."""

import hashlib
import hmac
import os
import re
from datetime import date

from data.cleaning import clean
from data.store.keys import Keys

SHAPE = re.compile(r"\d{17}[\dX]|\d{15}")
_INSIDE = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def normal(text: str) -> str:
    """The number without blanks, in capitals."""
    return clean(text).replace(" ", "").upper()


def shaped(text: str) -> bool:
    """Whether a text has the shape of an ID-card number."""
    return bool(SHAPE.fullmatch(text))


def checksum_right(text: str) -> bool:
    """Whether the last character fits (GB 11643); a 15-digit number has none."""
    if len(text) != 18:
        return True
    return check_character(text[:17]) == text[17]


def check_character(digits: str) -> str:
    """The last character that belongs to seventeen digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def birthday(text: str) -> date | None:
    """The birthday in a number, or None when it is no date."""
    digits = text[6:14] if len(text) == 18 else f"19{text[6:12]}"
    try:
        return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return None


def masked(text: str) -> str:
    """The number with its middle hidden."""
    return text[:4] + "*" * max(0, len(text) - 8) + text[-4:] if len(text) >= 15 else "*" * len(text)


def mask_inside(text: str) -> str:
    """A text in which every full ID number is masked, for drafts, logs and exports."""
    return _INSIDE.sub(lambda match: f"{match[1][:4]}**********{match[2]}", text)


def index(keys: Keys, text: str) -> str:
    """The keyed hash by which a number is found without being kept in the clear."""
    return hmac.new(keys.index, text.encode(), hashlib.sha256).hexdigest()


def seal(keys: Keys, text: str, row: str) -> bytes:
    """The number encrypted for one row; it opens for no other row."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return nonce + AESGCM(keys.id_cards).encrypt(nonce, text.encode(), row.encode())


def unseal(keys: Keys, sealed: bytes, row: str) -> str:
    """The number of one row; refuses (InvalidTag) bytes that belong to another row or key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(keys.id_cards).decrypt(sealed[:12], sealed[12:], row.encode()).decode()
