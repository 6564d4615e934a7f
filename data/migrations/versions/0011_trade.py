"""The trade of a repair, by which what comes again is known."""

revision = "0011"
down_revision = "0010"

from data.migrations.columns import add_texts


def upgrade() -> None:
    add_texts("repair", "trade")
