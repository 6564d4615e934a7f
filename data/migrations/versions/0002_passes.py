"""Release passes, whole: calls, trips, slips, repeats, contents that stay as they were signed."""

revision = "0002"
down_revision = "0001"

import sqlalchemy as sa
from alembic import op

import data.kept

NEW = {
    "mover_id_index": "", "proof": "", "ticks": "", "applicant": "", "owner": "", "tenant": "", "arrears": "[]", "contents_mac": "", "slip": "",
    "slip_note": "", "replaces": "", "repeats": "",
}


def upgrade() -> None:
    op.create_table(
        "pass_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", data.kept.Instant(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("name", data.kept.Text(), nullable=False),
        sa.Column("phone", data.kept.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("opinion", data.kept.Text(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["release_pass.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_pass_call_number", "pass_call", ["number"])
    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", data.kept.Instant(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", data.kept.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_note_number", "case_note", ["number"])
    op.create_table(
        "pass_trip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", data.kept.Instant(), nullable=False),
        sa.Column("guard", sa.String(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("goods", data.kept.Text(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("plate", data.kept.Text(), nullable=False),
        sa.Column("note", data.kept.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["release_pass.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_pass_trip_number", "pass_trip", ["number"])
    for name, default in NEW.items():
        op.add_column("release_pass", sa.Column(name, sa.String(), nullable=False, server_default=default))
    for name in ("pieces", "prints", "trips"):
        op.add_column("release_pass", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("release_pass", sa.Column("valid_from", data.kept.Instant(), nullable=False, server_default="0"))
    op.add_column("release_pass", sa.Column("slip_at", data.kept.Instant(), nullable=True))
    op.add_column("pass_item", sa.Column("out", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "INSERT INTO pass_call (number, at, whom, name, phone, outcome, opinion, operator) "
        "SELECT number, owner_called_at, 'owner', '', '', 'agrees', owner_opinion, issued_by FROM release_pass "
        "WHERE owner_called_at IS NOT NULL"
    )
    op.execute("UPDATE release_pass SET pieces = (SELECT coalesce(sum(quantity), 0) FROM pass_item i WHERE i.number = release_pass.number)")
    op.execute("UPDATE release_pass SET state = 'signed' WHERE state = 'issued' AND fees_at IS NOT NULL")
    op.execute("UPDATE release_pass SET slip = 'destroyed', slip_at = void_at WHERE state = 'void'")
    op.execute("UPDATE release_pass SET slip = 'due', trips = 1 WHERE state = 'out'")
    op.execute("UPDATE pass_item SET out = quantity WHERE number IN (SELECT number FROM release_pass WHERE state = 'out')")
    op.drop_column("release_pass", "owner_opinion")
    op.drop_column("release_pass", "owner_called_at")
    op.drop_index("ix_release_pass_state", "release_pass")
    op.drop_index("ix_release_pass_unit_id", "release_pass")
    op.create_index("pass_state", "release_pass", ["state", "number"])
    op.create_index("pass_slip", "release_pass", ["slip", "number"])
    op.create_index("pass_unit", "release_pass", ["unit_id", "issued_at"])
    op.create_index("pass_person", "release_pass", ["mover_id_index", "issued_at"])
    op.create_index("ix_release_pass_replaces", "release_pass", ["replaces"])
    from data.store.guards import pass_trigger_statements

    for statement in pass_trigger_statements():
        op.execute(statement)
