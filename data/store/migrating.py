"""Bringing a store's tables up to this version."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from data.store.digests import digest_all, prove_all
from data.store.engine import WRITES
from data.store.keys import Keys
from data.store.site_files import adopt
from data.store.stamping import stamp_old_passes

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def config() -> Config:
    """Alembic's settings, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


def upgrade(engine: Engine, keys: Keys, store: Path | None = None, *, prove: bool = False) -> None:
    """Run the missing migrations, and give old passes and rows their digests, in one transaction.

    Args:
        store: the file, if the site's files beside it were used unasked until now.
        prove: whether rows carry digests already, which are right before new ones take their place.

    Raises:
        StoreDamaged: a row was changed outside; nothing was done.
    """
    settings = config()
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        settings.attributes["connection"] = connection
        raw: Any = connection.connection.driver_connection
        if prove:
            prove_all(raw, keys.rows)
        command.upgrade(settings, "head")
        if not prove:
            stamp_old_passes(raw, keys)
        if store is not None:
            adopt(raw, store)
        digest_all(raw, keys.rows)
