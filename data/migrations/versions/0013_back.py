"""A moving out that was taken back is among what sheets of past days ask: what stood before."""

revision = "0013"
down_revision = "0012"

import sqlalchemy as sa
from alembic import op

REWOUND = sa.text(
    "verb IN ('repairs.mend', 'repairs.reorder', 'complaints.mend', "
    "'directory.set_unit', 'directory.add', 'directory.move_out', 'directory.move_back')"
)


def upgrade() -> None:
    op.drop_index("journal_rewound", "journal")
    op.create_index("journal_rewound", "journal", ["at"], sqlite_where=REWOUND, postgresql_where=REWOUND)
