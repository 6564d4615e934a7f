"""Complaints, whole: judgement, slips, incidents, visits, emergencies, suggestions, several matters in one call."""

revision = "0003"
down_revision = "0002"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import keep_papers, add_count, add_flags, add_instants, add_texts, instants, number, strings, texts


def upgrade() -> None:
    add_texts("contact", "call", "handed_to")
    add_instants("contact", "answered_at")
    op.create_index("ix_contact_call", "contact", ["call"])
    add_texts("complaint", "category", "place", "happened", "accused", "demand", "nature", "grade", "grade_reason", "graded_by",
           "incident", "repeats", "promoted", "reported_to", "agreed_by", "confirmed_how")
    add_flags("complaint", "staff_conduct")
    add_instants("complaint", "graded_at", "major_at", "reopened_at", "agreed_at", "answered_at", "written_at", "overrun_until", "settled_at",
              "confirmed_at", "visited_at", "archived_at")
    op.create_index("complaint_cause", "complaint", ["category", "received_at"])
    op.create_index("complaint_closed", "complaint", ["closed_at"])
    op.create_index("ix_complaint_incident", "complaint", ["incident"])
    add_texts("request", "sort", default="request")
    add_texts("request", "decision", "decided_by", "commended")
    add_instants("request", "decided_at", "published_at")
    add_texts("clock", "answerable")
    add_flags("clock", "dropped", "quiet")
    add_count("clock", "chased")
    add_instants("clock", "chased_at")
    op.create_index("clock_due", "clock", ["due_at"])
    op.create_table(
        "incident", sa.Column("number", sa.String(), nullable=False), *instants("at", nullable=False),
        *texts("what"), *strings("opened_by"), sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "slip", *strings("number", "complaint", "department"), *texts("matter"), *strings("state"),
        *instants("at", nullable=False), *strings("written_by"), *texts("opinion"),
        *strings("signed_by"), *instants("signed_at"), *strings("received_by"), *instants("received_at"), *texts("feedback"),
        *strings("feedback_by"), *instants("feedback_at"), sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_slip_complaint", "slip", ["complaint"])
    op.create_index("ix_slip_state", "slip", ["state"])
    op.create_table(
        "visit", number("id"), *strings("number"),
        *instants("at", nullable=False), *strings("visitor", "how"),
        sa.Column("reached", sa.Boolean(), nullable=False), *strings("satisfied"),
        *texts("quality", "effect", "shortcomings", "suggestions"), sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_visit_number", "visit", ["number"])
    op.create_index("ix_visit_at", "visit", ["at"])
    op.create_table(
        "emergency", *strings("number", "contact", "channel"), number("unit_id", nullable=True),
        number("person_id", nullable=True), *texts("subject", "what"), *strings("state"),
        *texts("department"), *strings("first_asked"), *instants("received_at", nullable=False),
        *instants("promised_at", "referred_at", "replied_at"), *texts("reply"), *instants("closed_at"), *texts("outcome"),
        *strings("kind"), *texts("place"), *strings("acknowledged_by"), *instants("acknowledged_at"),
        sa.PrimaryKeyConstraint("number"),
    )
    for name in ("contact", "unit_id", "person_id", "state", "received_at"):
        op.create_index(f"ix_emergency_{name}", "emergency", [name])
    op.create_table(
        "notice", number("id"), *strings("number"),
        number("place"), *texts("whom", "phone"), *instants("told_at"),
        *strings("told_by", "outcome"), sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_notice_number", "notice", ["number"])
    keep_papers("emergency", "slip", "incident")
    op.execute("UPDATE complaint SET answered_at = replied_at WHERE closed_at IS NOT NULL")
