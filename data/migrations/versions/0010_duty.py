"""Duty roster, handovers, the post book, consumables, and what a contact leaves for the next day."""

revision = "0010"
down_revision = "0009"

import sqlalchemy as sa
from alembic import op

from data.migrations.columns import add_texts, instants, keep_papers, number, strings, texts


def upgrade() -> None:
    op.create_table(
        "shift",
        *strings("number", "post", "bands", "operator", "planned_by", "state", "swap", "swap_with", "swap_for"),
        sa.Column("day", sa.Date(), nullable=False), sa.Column("expected", sa.Boolean(), nullable=False),
        *instants("begins_at", "ends_at", nullable=False), *instants("arrived_at", "left_at", "stayed"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("shift_day", "shift", ["day", "post"])
    op.create_index("shift_operator", "shift", ["operator", "day"])
    op.create_index("ix_shift_begins_at", "shift", ["begins_at"])
    op.create_table(
        "handover",
        *strings("number", "post", "kind", "goes_to", "state", "outgoing", "incoming"),
        *texts("body", "counted", "remark", "question", "settled"),
        *instants("offered_at", nullable=False), *instants("ended_at"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("handover_post", "handover", ["post", "state", "number"])
    op.create_index("ix_handover_offered_at", "handover", ["offered_at"])
    op.create_table(
        "handover_mark", *strings("post", "record", "mark", "by"), *texts("words"),
        sa.PrimaryKeyConstraint("post", "record"),
    )
    op.create_table(
        "post_entry",
        *strings("number", "post", "handled_by", "written_by"), *texts("what", "handled"),
        *instants("at", "written_at", nullable=False), *instants("handled_at"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("post_entry_open", "post_entry", ["post", "handled_at"])
    op.create_index("ix_post_entry_at", "post_entry", ["at"])
    op.create_table(
        "supply",
        *strings("number", "state"), *texts("name", "unit", "place"), number("least"), number("stock"), number("asked"),
        *instants("added_at", nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_supply_added_at", "supply", ["added_at"])
    op.create_table(
        "supply_move",
        number("id"), *strings("number", "kind", "by"), *instants("at", nullable=False),
        number("quantity"), number("stock"), *texts("whom", "note"),
        sa.PrimaryKeyConstraint("id"), sa.ForeignKeyConstraint(["number"], ["supply.number"]),
    )
    op.create_index("ix_supply_move_number", "supply_move", ["number"])
    keep_papers("shift", "handover", "post_entry", "supply")
    add_texts("contact", "carried")
    op.create_index(
        "contact_carried", "contact", ["number"],
        sqlite_where=sa.text("carried <> '' AND became = ''"), postgresql_where=sa.text("carried <> '' AND became = ''"),
    )
