"""Who signs for which department and keeps which area, the state of a home, people found to be one."""

revision = "0005"
down_revision = "0004"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_texts


def upgrade() -> None:
    add_texts("operator", "signs_for", "areas")
    add_texts("unit", "state")
    add_texts("person", "nature", "in_charge")
    op.add_column("person", sa.Column("joined_to", sa.Integer(), nullable=True))
