"""The key file beside the store: journal chain, digests of rows, ID-card encryption, exact-search index."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from data.store.files import new_file


@dataclass(frozen=True)
class Keys:
    """The keys derived from one secret; none of them is ever in the store."""

    journal: bytes
    rows: bytes
    id_cards: bytes
    index: bytes


def key_path(store: Path) -> Path:
    """Where the key file of a store is."""
    return store.with_suffix(".key")


def head_path(store: Path) -> Path:
    """Where the copy of the journal's head is."""
    return store.with_suffix(".head")


def make_keys(store: Path) -> None:
    """Write a fresh key file, readable by its owner only; refuses to replace one."""
    if key_path(store).exists() and not key_path(store).stat().st_size:
        key_path(store).unlink()
    handle = new_file(key_path(store))
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())


def read_keys(store: Path) -> Keys | None:
    """The keys of a store, or None when the file is missing or unusable."""
    try:
        master = bytes.fromhex(key_path(store).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    if len(master) != 32:
        return None

    def derive(purpose: str) -> bytes:
        return hmac.new(master, purpose.encode(), hashlib.sha256).digest()

    return Keys(journal=derive("journal"), rows=derive("rows"), id_cards=derive("id-cards"), index=derive("index"))
