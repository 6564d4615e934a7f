"""What a pass rests on, how a promise ended, which notice said a day, who acknowledged an emergency by phone."""

revision = "0004"
down_revision = "0003"

import sqlalchemy as sa
from alembic import op

import data.kept


def _texts(table: str, *names: str, default: str = "") -> None:
    for name in names:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=default))


def upgrade() -> None:
    _texts("release_pass", "archive_wrong")
    op.execute(
        "CREATE TRIGGER keep_archive_wrong BEFORE UPDATE OF archive_wrong ON release_pass "
        "WHEN OLD.state NOT IN ('hold', 'issued') BEGIN SELECT RAISE(ABORT, 'a signed pass never changes'); END"
    )
    _texts("pass_call", "how", default="phone")
