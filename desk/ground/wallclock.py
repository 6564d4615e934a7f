"""The machine's time; nothing else in the program reads it."""

from datetime import UTC, datetime


def wall_clock() -> datetime:
    """Now, as the machine says."""
    return datetime.now(UTC)
