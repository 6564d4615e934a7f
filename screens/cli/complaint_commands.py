"""What only complaints have on the command line besides their steps."""

import typer


def reasons() -> None:
    """The clauses that may give a grade."""
    from desk.complaints.terms import REASONS, grade_name, reason_name

    for clause, reason in REASONS.items():
        where = f"\t{reason.choice}={reason.option}" if reason.choice else ""
        typer.echo(f"{grade_name(reason.grade)}\t{reason_name(clause)}{where}")


def add_to(complaint: typer.Typer) -> None:
    """Hang it on the complaint commands."""
    complaint.command("reasons")(reasons)
