"""Bringing in what lies in files: the owners' roster, a year's holidays."""

from pathlib import Path
from typing import Annotated

import typer

from data.problems import Problem
from data.words import N_, _
from desk import roster
from desk.act import Desk
from desk.administration.holidays import read_file, take_in
from desk.glance import default_path
from desk.ground.refusals import Refused
from desk.ground.relations import relation_name
from screens.cli.common import AsCode, StorePath, acting, reading, signed_in, told

PREVIEW = 20
import_app = typer.Typer(help="Bring in a roster or a holiday notice.", no_args_is_help=True)


@import_app.command("roster")
def import_roster(
    file: Path,
    code: AsCode = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out instead of refusing all.")] = False,
    store: StorePath = None,
) -> None:
    """Import the owners' roster from xlsx or CSV by steps; nothing where a row is bad, unless told to skip those."""
    with told():
        plan = roster.plan(file)
        say_troubles(plan)
        typer.echo(_("{rooms} rooms, {bad} bad rows.", rooms=len(plan.households), bad=len(plan.bad)))
        if plan.bad and not skip_bad and not dry_run:
            raise Refused(N_("Nothing was imported: mend the bad rows, or leave them out with --skip-bad."))
        if not plan.households and not dry_run:
            raise Refused(N_("Nothing was imported: no row of the file names a home that is clear."))

    def rehearse(desk: Desk) -> roster.Outcome:
        try:
            return roster.preview(desk, plan, progress)
        except KeyboardInterrupt:
            typer.echo("\n" + _("Stopped: nothing was written."), err=True)
            raise typer.Exit(130) from None

    outcome = None
    if not dry_run:
        with signed_in(store, code) as desk:
            outcome = _stoppable(desk, plan)
    elif (store or default_path()).is_file():
        outcome = reading(store, code, rehearse)
    if outcome is not None:
        typer.echo(
            _(
                "New: {units} rooms, {people} people. Changed: {changed} rooms. Unchanged: {same} rooms.",
                **vars(outcome),
            )
        )
    if dry_run:
        for home in list(plan.households.values())[:PREVIEW]:
            people = ", ".join(f"{r.name} ({relation_name(r.relation)})" for r in home.people)
            typer.echo(f"{home.label}\t{people}\t{' '.join(plate for plate, _owner in home.plates)}".rstrip())
        if len(plan.households) > PREVIEW:
            typer.echo(_("... and {count} more rooms.", count=len(plan.households) - PREVIEW))
        typer.echo(_("Dry run: nothing was written."))


def progress(done: int, total: int) -> None:
    """How far a long import is."""
    if total > 1000:
        typer.echo(f"\r{done}/{total}", nl=done == total, err=True)


def _stoppable(desk: Desk, plan: roster.Plan) -> roster.Outcome:
    """Take a roster in; Ctrl+C ends it between two steps, and says how it goes on."""
    reached = 0

    def note(done: int, total: int) -> None:
        nonlocal reached
        reached = done
        progress(done, total)

    try:
        return roster.take_in(desk, plan, note)
    except (KeyboardInterrupt, Problem) as stopped:
        if isinstance(stopped, Problem) and not reached:
            raise
        text = N_("Stopped: {done} of {total} rooms are in. The same command brings in the rest.")
        typer.echo("\n" + _(text, done=reached, total=len(plan.households)), err=True)
        raise typer.Exit(1 if isinstance(stopped, Problem) else 130) from None


def say_troubles(plan: roster.Plan) -> None:
    for trouble in plan.troubles:
        level = _("odd") if trouble.odd else _("bad")
        typer.echo(
            _(
                "{level}: sheet {sheet}, row {row}, column {column}: {text}",
                level=level,
                sheet=trouble.sheet,
                row=trouble.row,
                column=trouble.column,
                text=trouble.text,
            ),
            err=True,
        )


@import_app.command("holidays")
def holidays(file: Path, code: AsCode = "", store: StorePath = None) -> None:
    """Import a year's holiday notice (holiday-cn JSON) and recompute what rested on it."""
    with told():
        notice = read_file(str(file))
    moved = acting(store, code, lambda act: take_in(act, notice=notice))
    typer.echo(_("{days} days taken in, {moved} deadlines moved.", days=len(notice.days), moved=moved))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.add_typer(import_app, name="import")
