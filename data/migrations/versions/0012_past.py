"""Who joined a colleague at the door; an index for what sheets of past days ask: what stood before."""

revision = "0012"
down_revision = "0011"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_flags

REWOUND = sa.text(
    "verb IN ('repairs.mend', 'repairs.reorder', 'complaints.mend', "
    "'directory.set_unit', 'directory.add', 'directory.move_out')"
)


def upgrade() -> None:
    add_flags("repair_trip", "joined")
    op.add_column("repair", sa.Column("agreed_fen", sa.Integer(), nullable=True))
    op.drop_index("journal_import", "journal")
    op.create_index("journal_rewound", "journal", ["at"], sqlite_where=REWOUND, postgresql_where=REWOUND)
