"""What a pass rests on, how a promise ended, which notice said a day, who acknowledged an emergency by phone."""

revision = "0004"
down_revision = "0003"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_count, add_instants, add_texts, instants, number, texts


def upgrade() -> None:
    add_texts("release_pass", "archive_wrong")
    op.execute(
        "CREATE TRIGGER keep_archive_wrong BEFORE UPDATE OF archive_wrong ON release_pass "
        "WHEN OLD.state NOT IN ('hold', 'issued') BEGIN SELECT RAISE(ABORT, 'a signed pass never changes'); END"
    )
    add_texts("pass_call", "how", default="phone")
    add_texts("clock", "ended_as")
    add_count("clock", "late_paused")
    op.execute("UPDATE clock SET ended_as = CASE WHEN dropped THEN 'void' ELSE 'kept' END WHERE ended_at IS NOT NULL")
    op.drop_column("clock", "dropped")
    op.create_index("clock_started", "clock", ["started_at"])
    op.create_table(
        "clock_move", number("id"), number("clock_id"),
        *instants("at", "old_due_at", "new_due_at", nullable=False),
        sa.PrimaryKeyConstraint("id"), sa.ForeignKeyConstraint(["clock_id"], ["clock.id"]),
    )
    for name in ("clock_id", "old_due_at"):
        op.create_index(f"ix_clock_move_{name}", "clock_move", [name])
    op.execute(
        "INSERT INTO clock_move (clock_id, at, old_due_at, new_due_at)"
        " SELECT clock_id, at, old_due_at, new_due_at FROM clock_extension"
    )
    add_texts("emergency", "acknowledged_phone", "acknowledged_entered_by")
    add_instants("emergency", "acknowledged_signed_at")
    op.execute("UPDATE emergency SET acknowledged_signed_at = acknowledged_at")
    _holidays()


def _holidays() -> None:
    """Each day learns which notice said it: its own year's where that has a whole notice, else its neighbour's."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT day, off, name FROM holiday ORDER BY day")).all()
    op.drop_table("holiday")
    op.create_table(
        "holiday", sa.Column("day", sa.Date(), nullable=False), number("notice"),
        sa.Column("off", sa.Boolean(), nullable=False), *texts("name"),
        sa.PrimaryKeyConstraint("day", "notice"),
    )
    off = {}
    for day, is_off, _name in rows:
        off[int(str(day)[:4])] = off.get(int(str(day)[:4]), 0) + bool(is_off)
    for day, is_off, name in rows:
        year = int(str(day)[:4])
        notice = year if off[year] >= 10 else year + 1 if str(day)[5:7] == "12" else year - 1
        connection.execute(
            sa.text("INSERT INTO holiday (day, notice, off, name) VALUES (:day, :notice, :off, :name)"),
            {"day": str(day), "notice": notice, "off": bool(is_off), "name": name},
        )
