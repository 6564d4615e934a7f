"""What complaints have of their own on the command line."""

import typer

from desk.complaints.terms import REASONS, grade_name, reason_name
from screens.cli.system_commands import APPS


@APPS["complaints"].command("reasons")
def reasons() -> None:
    """The clauses that may give a grade."""
    for clause, reason in REASONS.items():
        where = f"\t{reason.choice}={reason.option}" if reason.choice else ""
        typer.echo(f"{grade_name(reason.grade)}\t{reason_name(clause)}{where}")
