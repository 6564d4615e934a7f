"""What the order of a repair asks, the ways to the door, and what it costs."""

revision = "0007"
down_revision = "0006"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_count, add_instants, add_texts, instants, number, strings, texts


def upgrade() -> None:
    add_texts("repair", "area", "spot", "phone", "branch", "worker", "collected_by", "advice", "advised_by", "found", "charge",
              "edition", "materials", "tested", "evaluation", "waits_for", "end", "paid_by", "receipt")
    add_instants("repair", "appointment_at", "ordered_at", "collected_at", "advised_at", "begun_at", "finished_at", "waits_until",
                 "paid_at", "copy_1_at", "copy_2_at", "copy_3_at")
    add_count("repair", "urges")
    add_texts("release_pass", "archive_wrong_by")
    for table, columns in (
        ("repair_trip", [*texts("worker"), *instants("arrived_at", nullable=False), *strings("said_by"),
                         *instants("typed_at", nullable=False)]),
        ("repair_charge", [number("line"), *texts("item", "name", "quantity"), number("fen")]),
    ):
        op.create_table(
            table, number("id"), *strings("number"), *columns,
            sa.ForeignKeyConstraint(["number"], ["repair.number"]), sa.PrimaryKeyConstraint("id"),
        )
        op.create_index(f"ix_{table}_number", table, ["number"])
    op.execute("UPDATE repair SET area = CASE WHEN unit_id IS NULL THEN 'public' ELSE 'home' END WHERE state != 'open'")
    op.execute("UPDATE repair SET \"end\" = 'done' WHERE state = 'closed'")
    op.execute("UPDATE release_pass SET archive_wrong_by = issued_by WHERE archive_wrong != ''")
