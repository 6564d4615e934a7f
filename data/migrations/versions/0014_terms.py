"""What a pass is found by is kept once, in the order in which it is asked for; indexes for the bands of the queue."""

revision = "0014"
down_revision = "0013"

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.rename_table("pass_term", "pass_term_before")
    op.create_table(
        "pass_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["release_pass.number"]),
        sa.PrimaryKeyConstraint("term", "issued", "number"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO pass_term SELECT DISTINCT term, issued, number FROM pass_term_before")
    op.drop_table("pass_term_before")
    for name, column, where in (
        ("clock_rule", "rule", "ended_at IS NULL"),
        ("clock_paused", "paused_at", "ended_at IS NULL AND paused_at IS NOT NULL"),
    ):
        op.create_index(name, "clock", ["ended_at", column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
