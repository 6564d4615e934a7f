"""Alembic runs this with the connection the store hands it."""

from alembic import context
from sqlmodel import SQLModel

from data.tables import models

models()
context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
context.run_migrations()
