"""Planned visits, forums and questionnaires, sheets that are closed, and what sort of repair an order is."""

revision = "0009"
down_revision = "0008"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_texts, instants, keep_papers, number, strings, texts


def upgrade() -> None:
    op.create_table(
        "planned_visit",
        *strings("number", "contact", "channel", "state", "department", "first_asked", "kind", "month"),
        number("unit_id", nullable=True), number("person_id", nullable=True),
        *texts("subject", "what", "reply", "outcome", "of", "permitted", "result", "adopted", "read_by", "unsolved", "signed_by"),
        *instants("received_at", nullable=False),
        *instants("promised_at", "referred_at", "replied_at", "closed_at", "meet_at", "visited_at", "read_at", "unsolved_at",
                  "solved_at", "signed_at"),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for name in ("contact", "unit_id", "person_id", "state", "received_at", "kind", "month"):
        op.create_index(f"ix_planned_visit_{name}", "planned_visit", [name])
    op.create_table(
        "hearing", *strings("number", "kind", "held_by"), *texts("topic", "minutes"), number("households"), number("satisfied"),
        *instants("at", nullable=False), sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_hearing_at", "hearing", ["at"])
    op.create_table(
        "closed_sheet", *strings("record", "closed_by"), *texts("body"), *instants("closed_at", nullable=False),
        sa.PrimaryKeyConstraint("record"),
    )
    keep_papers("planned_visit", "hearing")
    add_texts("repair", "sort", default="small")
    add_texts("visit", "on_time")
    op.create_index("journal_import", "journal", ["number"], sqlite_where=sa.text("verb = 'directory.import'"))
    op.create_index("repair_closed", "repair", ["closed_at"])
    op.create_index("repair_finished", "repair", ["finished_at"])
