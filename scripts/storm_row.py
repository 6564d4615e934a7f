"""A row of the table that `scripts/storm` prints: what is promised, how often it was tried, and what was found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """A kind of fault that is brought upon a store.

    Args:
        name: what is done; promise: what must hold whatever is done.
        small, large: how often it is done in a small and a large storm.
        run: does it so many times in a folder; yields what did not hold.
        control: the same against something that does not keep the promise; yields something, or the row proves nothing.
    """

    name: str
    promise: str
    small: int
    large: int
    run: Callable[[Path, int], Iterator[str]]
    control: Callable[[Path], Iterator[str]]
