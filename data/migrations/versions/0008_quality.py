"""Quality complaints with those who sign them, and the two days from which warranties count."""

revision = "0008"
down_revision = "0007"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_dates, instants, keep_papers, number, strings, texts


def upgrade() -> None:
    add_dates("building", "accepted_on")
    add_dates("unit", "handed_on")
    op.create_table(
        "quality",
        *strings("number", "contact", "channel", "state", "department", "first_asked", "warranty"),
        number("unit_id", nullable=True), number("person_id", nullable=True), number("round"),
        *texts("subject", "what", "reply", "outcome", "part", "spot", "warranty_why", "disputed", "worker", "collected_by",
               "developer", "appraised", "plan", "contractor", "consented", "result", "claim", "heard_by", "claim_upwards",
               "decided_by", "became"),
        *instants("received_at", nullable=False),
        *instants("promised_at", "referred_at", "replied_at", "closed_at", "ordered_at", "collected_at", "developer_told_at",
                  "appraisal_at", "appraised_at", "planned_at", "consented_at", "finished_at", "claimed_at", "heard_at",
                  "decided_at"),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for name in ("contact", "unit_id", "person_id", "state", "received_at"):
        op.create_index(f"ix_quality_{name}", "quality", [name])
    op.create_table(
        "quality_party",
        number("id"), *strings("number", "party", "entered_by"), number("round"), *texts("name", "absent"),
        *instants("at", nullable=False),
        sa.ForeignKeyConstraint(["number"], ["quality.number"]), sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_quality_party_number", "quality_party", ["number"])
    keep_papers("quality")
