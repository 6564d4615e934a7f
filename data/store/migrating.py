"""Bringing a store's tables up to this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from data.store.engine import WRITES

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def config() -> Config:
    """Alembic's settings, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


def upgrade(engine: Engine) -> None:
    """Run the missing migrations in one transaction."""
    settings = config()
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
