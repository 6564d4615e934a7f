"""What whoever deals with a home has to know at once, and where its cars stand."""

revision = "0006"
down_revision = "0005"

from data.migrations.columns import add_texts


def upgrade() -> None:
    add_texts("unit", "alert", "parking")
