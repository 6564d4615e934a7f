"""Complaints, whole: judgement, slips, incidents, visits, emergencies, suggestions, several matters in one call."""

revision = "0003"
down_revision = "0002"

import sqlalchemy as sa
from alembic import op

import data.kept


def _texts(table: str, *names: str, default: str = "") -> None:
    for name in names:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=default))


def _instants(table: str, *names: str) -> None:
    for name in names:
        op.add_column(table, sa.Column(name, data.kept.Instant(), nullable=True))


def _string(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, data.kept.Text(), nullable=False) for name in names]


def _at(*names: str) -> list[sa.Column]:
    return [sa.Column(name, data.kept.Instant(), nullable=True) for name in names]


def upgrade() -> None:
    _texts("contact", "call", "handed_to")
    _instants("contact", "answered_at")
    op.create_index("ix_contact_call", "contact", ["call"])
    _texts("complaint", "category", "place", "happened", "accused", "demand", "nature", "grade", "grade_reason", "graded_by",
           "incident", "repeats", "promoted", "reported_to", "agreed_by", "confirmed_how")
    op.add_column("complaint", sa.Column("staff_conduct", sa.Boolean(), nullable=False, server_default=sa.false()))
    _instants("complaint", "graded_at", "major_at", "reopened_at", "agreed_at", "answered_at", "written_at", "overrun_until", "settled_at",
              "confirmed_at", "visited_at", "archived_at")
    op.create_index("complaint_cause", "complaint", ["category", "received_at"])
    op.create_index("complaint_closed", "complaint", ["closed_at"])
    op.create_index("ix_complaint_incident", "complaint", ["incident"])
    _texts("request", "sort", default="request")
    _texts("request", "decision", "decided_by", "commended")
    _instants("request", "decided_at", "published_at")
    _texts("clock", "answerable")
    for name in ("dropped", "quiet"):
        op.add_column("clock", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("clock", sa.Column("chased", sa.Integer(), nullable=False, server_default="0"))
    _instants("clock", "chased_at")
    op.create_index("clock_due", "clock", ["due_at"])
    op.create_table(
        "incident", sa.Column("number", sa.String(), nullable=False), sa.Column("at", data.kept.Instant(), nullable=False),
        *_text("what"), *_string("opened_by"), sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "slip", *_string("number", "complaint", "department"), *_text("matter"), *_string("state"),
        sa.Column("at", data.kept.Instant(), nullable=False), *_string("written_by"), *_text("opinion"),
        *_string("signed_by"), *_at("signed_at"), *_string("received_by"), *_at("received_at"), *_text("feedback"),
        *_string("feedback_by"), *_at("feedback_at"), sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_slip_complaint", "slip", ["complaint"])
    op.create_index("ix_slip_state", "slip", ["state"])
    op.create_table(
        "visit", sa.Column("id", sa.Integer(), nullable=False), *_string("number"),
        sa.Column("at", data.kept.Instant(), nullable=False), *_string("visitor", "how"),
        sa.Column("reached", sa.Boolean(), nullable=False), *_string("satisfied"),
        *_text("quality", "effect", "shortcomings", "suggestions"), sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_visit_number", "visit", ["number"])
    op.create_index("ix_visit_at", "visit", ["at"])
    op.create_table(
        "emergency", *_string("number", "contact", "channel"), sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True), *_text("subject", "what"), *_string("state"),
        *_text("department"), *_string("first_asked"), sa.Column("received_at", data.kept.Instant(), nullable=False),
        *_at("promised_at", "referred_at", "replied_at"), *_text("reply"), *_at("closed_at"), *_text("outcome"),
        *_string("kind"), *_text("place"), *_string("acknowledged_by"), *_at("acknowledged_at"),
        sa.PrimaryKeyConstraint("number"),
    )
    for name in ("contact", "unit_id", "person_id", "state", "received_at"):
        op.create_index(f"ix_emergency_{name}", "emergency", [name])
    op.create_table(
        "notice", sa.Column("id", sa.Integer(), nullable=False), *_string("number"),
        sa.Column("place", sa.Integer(), nullable=False), *_text("whom", "phone"), *_at("told_at"),
        *_string("told_by", "outcome"), sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_notice_number", "notice", ["number"])
    from data.store.guards import paper_trigger_statements

    for statement in paper_trigger_statements("emergency", "slip", "incident"):
        op.execute(statement)
    op.execute("UPDATE complaint SET answered_at = replied_at WHERE closed_at IS NOT NULL")
