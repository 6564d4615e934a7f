"""Every row that matters carries a keyed digest, what all of them come to is kept, and numbers that a restore lost."""

revision = "0016"
down_revision = "0015"

import sqlalchemy as sa
from alembic import op

import data.kept
from data.migrations.columns import add_texts

TABLES = (
    "arrears", "attempt", "building", "case_note", "clock", "clock_extension", "clock_move", "clock_pause",
    "closed_sheet", "complaint", "contact", "counter", "emergency", "entrance", "handover", "handover_mark", "hearing",
    "holiday", "incident", "notice", "occupancy", "operator", "pass_call", "pass_item", "pass_trip", "person", "phone",
    "planned_visit", "post_entry", "quality", "quality_party", "release_pass", "repair", "repair_charge", "repair_trip",
    "request", "request_done", "setting", "shift", "slip", "supply", "supply_move", "unit", "vehicle", "visit",
)  # fmt: skip


def upgrade() -> None:
    for table in TABLES:
        add_texts(table, "digest")
    add_texts("attempt", "workstation")
    op.create_table(
        "lost_numbers",
        sa.Column("digest", sa.String(), nullable=False, server_default=""),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("at", data.kept.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("series", "first"),
    )
    op.create_table(
        "whole",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("sums", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
