"""An index of the passes that may still leave, by when: the gate reads them while nobody is at the window."""

revision = "0015"
down_revision = "0014"

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    leaving = sa.text("state IN ('sealed', 'part')")
    op.create_index("pass_leaving", "release_pass", ["valid_until"], sqlite_where=leaving, postgresql_where=leaving)
