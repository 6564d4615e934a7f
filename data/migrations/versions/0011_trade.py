"""The trade of a repair, by which what comes again is known; indexes for what is asked at every sign-in and visit."""

revision = "0011"
down_revision = "0010"

from alembic import op

from data.migrations.columns import add_texts


def upgrade() -> None:
    add_texts("repair", "trade")
    op.create_index("shift_state", "shift", ["state"])
    op.create_index("planned_visit_until", "planned_visit", ["until"])
    # Nobody was asked for the paper of a declined order before: what is over is not looked for now.
    # Whoever waited had left the door, which nobody wrote down then.
    op.execute("UPDATE repair SET state = 'collected' WHERE state = 'on_site' AND waits_for != ''")
    op.execute("UPDATE repair SET copy_1_at = closed_at WHERE \"end\" = 'declined' AND copy_1_at IS NULL")
