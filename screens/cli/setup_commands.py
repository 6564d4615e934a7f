"""Making a store: a real site's, or a demo to look around in."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from data.problems import Problem
from data.store import sharing
from data.words import N_, _
from desk import demo, roster, setup
from desk.act import Desk
from desk.calendar import parse_hours
from desk.glance import default_path
from desk.ground.refusals import Refused
from screens.cli import need_a_terminal
from screens.cli.common import StorePath, fresh_secret, told
from screens.cli.import_commands import progress, say_troubles

Name = Annotated[str | None, typer.Option("--name", help="The site's name.")]
Admin = Annotated[str | None, typer.Option("--admin", help="Code of the first administrator.")]


def init(
    store: StorePath = None,
    name: Name = None,
    admin: Admin = None,
    admin_name: Annotated[str | None, typer.Option(help="Name of the first administrator.")] = None,
    duty: Annotated[str | None, typer.Option(help="Duty hours, like 08:00-12:00,13:00-17:00.")] = None,
    summer: Annotated[str | None, typer.Option(help="Duty hours in summer.")] = None,
    zone: Annotated[str, typer.Option(help="Time zone.")] = "Asia/Shanghai",
    roster_file: Annotated[Path | None, typer.Option("--roster", help="The owners' roster to begin with.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out instead of refusing all.")] = False,
    group: Annotated[str, typer.Option(help="Let the accounts of this group of the machine use the store.")] = "",
) -> None:
    """Make the store of a real site; what no flag says is asked."""
    with told():
        if group:
            sharing.group_number(group)
        ask = name is None or admin is None
        if ask and roster_file is None:
            typed = str(typer.prompt(_("File of the owners' roster (empty: later)"), default="", show_default=False))
            roster_file = Path(typed) if typed.strip() else None
        plan = roster.plan(roster_file) if roster_file else None
        if plan is not None and plan.bad:
            say_troubles(plan)
            if not skip_bad:
                raise Refused(
                    N_(
                        "The roster has bad rows: nothing was made. Mend them, leave them out with --skip-bad, or "
                        "import the roster later."
                    )
                )
            if not plan.households:
                raise Refused(N_("Nothing was imported: no row of the file names a home that is clear."))
        if name is None:
            name = str(typer.prompt(_("Name of the site")))
        if admin is None:
            admin = str(typer.prompt(_("Code of the first administrator")))
        made = setup.set_up(
            store or default_path(),
            name=name,
            admin_code=admin,
            admin_name=admin_name or (typer.prompt(_("Name of the first administrator")) if ask else admin or ""),
            duty=duty if duty is not None else _ask_hours(_("Duty hours"), "08:00-12:00,13:00-17:00", ask),
            summer=summer
            if summer is not None
            else _ask_hours(_("Duty hours in summer (June to September)"), "08:00-12:00,13:30-17:30", ask),
            zone=zone,
            secret=os.environ.get("DESK_SECRET") or fresh_secret(_("Secret of the administrator")),
        )
        if plan is not None:
            with Desk(made).act(operator="desk") as act:
                roster.apply(act, plan=plan, progress=progress)
        made.close()
        if group:
            sharing.share(made.path, group)
        typer.echo(_("The store is at {path}.", path=made.path))
        typer.echo(
            _(
                "Keep a copy of {path} in another safe place: it opens the ID numbers.",
                path=made.path.with_suffix(".key"),
            )
        )
        typer.echo(_("Next: desk operator add CODE --name NAME --roles ROLE --as {admin}, then desk.", admin=admin))


def _ask_hours(question: str, default: str, ask: bool) -> str:
    while ask:
        hours = str(typer.prompt(question, default=default))
        try:
            parse_hours(hours)
        except Problem as problem:
            typer.echo(str(problem), err=True)
        else:
            return hours
    return default


def make_demo(
    store: StorePath = None,
    tour: Annotated[str, typer.Option("--tour", help="Two minutes as receptionist, guard or supervisor.")] = "",
) -> None:
    """Make a demo store: a fictional community of 2,000 units to look around in."""
    if tour:
        _take_tour(tour)
        return
    with told():
        typer.echo(_("Making the demo community ..."), err=True)
        made = demo.make(store or default_path())
        made.close()
        typer.echo(_("The demo store is at {path}; its codes and secrets stand on the sign-in screen.", path=made.path))


def _take_tour(role: str) -> None:
    """Show the real screens of a demo that is gone afterwards, each with what to do next."""
    from screens import settings
    from screens.tour import STOPS, Tour

    if role not in STOPS:
        raise typer.BadParameter(role, param_hint="--tour")
    need_a_terminal()
    with tempfile.TemporaryDirectory(prefix="qiantai-tour-") as folder, told():
        typer.echo(_("Making the demo community ..."), err=True)
        path = Path(folder) / "tour.db"
        demo.make(path).close()
        Tour(path, role, settings.load()).run()


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("init")(init)
    app.command("demo")(make_demo)
