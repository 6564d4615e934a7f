"""Making, filling, checking and copying a store."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from data.problems import Problem
from data.store import backup as copies
from data.store.opening import open_store
from data.words import N_, _
from desk import checkup, confirming, demo, operators, proof, restoring, roster, setup
from desk.act import Desk
from desk.administration.holidays import read_file, take_in
from desk.calendar import parse_hours
from desk.glance import default_path
from desk.ground.refusals import Refused
from desk.ground.relations import relation_name
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, fresh_secret, looking, secret, signed_in, told

PREVIEW = 20
MENDED = N_("The store was made anew from its records, and all of them are proven; the old file is kept as {path}.")
import_app = typer.Typer(help="Bring in a roster or a holiday notice.", no_args_is_help=True)
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
) -> None:
    """Make the store of a real site; what no flag says is asked."""
    with told():
        ask = name is None or admin is None
        if ask and roster_file is None:
            typed = str(typer.prompt(_("File of the owners' roster (empty: later)"), default="", show_default=False))
            roster_file = Path(typed) if typed.strip() else None
        plan = roster.plan(roster_file) if roster_file else None
        if plan is not None and plan.bad:
            _say_troubles(plan)
            if not skip_bad:
                raise Refused(
                    N_(
                        "The roster has bad rows: nothing was made. Mend them, leave them out with --skip-bad, or "
                        "import the roster later."
                    )
                )
            if not plan.households:
                raise Refused(N_("Nothing was imported: no row of the file names a home that is clear."))
        made = setup.set_up(
            store or default_path(),
            name=name if name is not None else typer.prompt(_("Name of the site")),
            admin_code=admin if admin is not None else typer.prompt(_("Code of the first administrator")),
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
                roster.apply(act, plan=plan, progress=_progress)
        made.close()
        typer.echo(_("The store is at {path}.", path=made.path))
        typer.echo(
            _(
                "Keep a copy of {path} in another safe place: it opens the ID numbers.",
                path=made.path.with_suffix(".key"),
            )
        )
        typer.echo(_("Next: desk operator add, desk import roster, then desk."))


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
    with tempfile.TemporaryDirectory(prefix="qiantai-tour-") as folder, told():
        typer.echo(_("Making the demo community ..."), err=True)
        path = Path(folder) / "tour.db"
        demo.make(path).close()
        Tour(path, role, settings.load()).run()


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
        _say_troubles(plan)
        typer.echo(_("{rooms} rooms, {bad} bad rows.", rooms=len(plan.households), bad=len(plan.bad)))
        if plan.bad and not skip_bad and not dry_run:
            raise Refused(N_("Nothing was imported: mend the bad rows, or leave them out with --skip-bad."))
        if not plan.households and not dry_run:
            raise Refused(N_("Nothing was imported: no row of the file names a home that is clear."))

    def rehearse(desk: Desk) -> roster.Outcome:
        if code:
            desk.operator = operators.prove(desk, code, secret()).code
        else:
            desk.operator = "desk"
        try:
            return roster.preview(desk, plan, _progress)
        except KeyboardInterrupt:
            typer.echo("\n" + _("Stopped: nothing was written."), err=True)
            raise typer.Exit(130) from None

    if dry_run:
        outcome = looking(store, rehearse)
    else:
        with signed_in(store, code) as desk:
            outcome = _stoppable(desk, plan)
    typer.echo(
        _("New: {units} rooms, {people} people. Changed: {changed} rooms. Unchanged: {same} rooms.", **vars(outcome))
    )
    if dry_run:
        for home in list(plan.households.values())[:PREVIEW]:
            people = ", ".join(f"{r.name} ({relation_name(r.relation)})" for r in home.people)
            typer.echo(f"{home.label}\t{people}\t{' '.join(plate for plate, _owner in home.plates)}".rstrip())
        if len(plan.households) > PREVIEW:
            typer.echo(_("... and {count} more rooms.", count=len(plan.households) - PREVIEW))
        typer.echo(_("Dry run: nothing was written."))


def _progress(done: int, total: int) -> None:
    """How far a long import is."""
    if total > 1000:
        typer.echo(f"\r{done}/{total}", nl=done == total, err=True)


def _stoppable(desk: Desk, plan: roster.Plan) -> roster.Outcome:
    """Take a roster in; Ctrl+C ends it between two steps, and says how it goes on."""
    reached = 0

    def note(done: int, total: int) -> None:
        nonlocal reached
        reached = done
        _progress(done, total)

    try:
        return roster.take_in(desk, plan, note)
    except (KeyboardInterrupt, Problem) as stopped:
        if isinstance(stopped, Problem) and not reached:
            raise
        text = N_("Stopped: {done} of {total} rooms are in. The same command brings in the rest.")
        typer.echo("\n" + _(text, done=reached, total=len(plan.households)), err=True)
        raise typer.Exit(1 if isinstance(stopped, Problem) else 130) from None


def _say_troubles(plan: roster.Plan) -> None:
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


def reindex(code: AsCode = "", store: StorePath = None) -> None:
    """Make the search terms of the archive anew, once after an upgrade that finds more."""
    count = acting(store, code, roster.reindex)
    typer.echo(_("{count} rooms can be found anew.", count=count))


def verify(
    head: Annotated[
        list[str] | None, typer.Option("--head", help="A head that was printed: number and digest.")
    ] = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Check the journal's chain, every series of numbers and every row."""

    def check(desk: Desk) -> list[proof.Finding]:
        printed = [one for said in head or () for one in proof.compare(desk.store, said)]
        return printed + proof.verify(desk.store)

    findings = looking(store, check)
    answer(
        [vars(finding) for finding in findings],
        as_json,
        lambda rows: (
            "\n".join(f"{row['what']}: {row['where']}" for row in rows) or _("The journal and all numbers are whole.")
        ),
    )
    if findings:
        raise typer.Exit(2)


def backup(
    folder: Annotated[Path | None, typer.Argument(help="Where to put the copy; else beside the store.")] = None,
    store: StorePath = None,
) -> None:
    """Copy the store while desks are open, and check the copy."""
    path = store or default_path()
    with told():
        open_store(path).close()
        copy = copies.copy_store(path, folder or path.parent / "backups")
        typer.echo(_("Backed up and checked: {path}", path=copy))
        typer.echo(_("The key file {path} is not in it: keep its copy elsewhere.", path=path.with_suffix(".key")))


def restore(
    copy: Path,
    code: AsCode = "",
    last: Annotated[list[str] | None, typer.Option("--last", help="Highest number on paper that was seen.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StorePath = None,
) -> None:
    """Put a backup in the place of the store; says first what would be lost, and keeps what was there beside it."""
    path = store or default_path()
    with told():
        if not code:
            raise Refused(N_("An act needs an operator: add --as CODE."))
        copies.check(copy)
        lost = restoring.losses(path, copy, last or [])
        typer.echo(_what_is_lost(lost), err=True)
        if not yes:
            typer.confirm(_("Replace {path}? Close every desk first.", path=path), abort=True)
        kept = restoring.restore(path, copy, code=code, secret=secret(), lost=lost)
        typer.echo(_("Restored {path}.", path=path))
        if kept is not None:
            typer.echo(_("The replaced file is kept as {path}.", path=kept))


def _what_is_lost(lost: restoring.Losses) -> str:
    since = f"{lost.since:%Y-%m-%d %H:%M} UTC" if lost.since else _("its beginning")
    lines = [_("The backup knows what happened until {time}.", time=since)]
    if lost.entries is None:
        lines.append(_("The store cannot be read: give the highest numbers on paper with --last, one for each kind."))
    else:
        lines.append(_("{count} entries of the journal would be lost.", count=lost.entries))
    for series, (first, end) in lost.numbers.items():
        numbers = f"{first}-{end}" if end > first else str(first)
        lines.append(
            _("{series}: the numbers {numbers} would never be given out again.", series=series, numbers=numbers)
        )
    if lost.out:
        lines.append(_("Passes that went out since: {numbers}", numbers=", ".join(lost.out[:20])))
    return "\n".join(lines)


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Make a damaged store anew from its records.")] = False,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Look the store over: file, tables, permissions, journal, numbers, standards; exit code 2 when one is wrong."""
    path = store or default_path()
    if mend:
        with told():
            kept = checkup.mend(path)
            typer.echo(_(MENDED, path=kept) if kept else _("The store was sound already: nothing was changed."))
    from screens.cli.config_commands import problems

    findings = looking(store, lambda desk: checkup.examine(desk.store))
    findings[_("settings")] = " ".join(problems())
    rows = {_("store"): str(path)} | {name: said or _("sound") for name, said in findings.items()}
    answer(rows, as_json, lambda _rows: "\n".join(f"{name}: {value}" for name, value in rows.items()))
    if any(findings.values()):
        raise typer.Exit(2)


def accept_journal(code: AsCode = "", store: StorePath = None) -> None:
    """An administrator accepts the journal as it stands, after desk verify has said what is missing."""
    with told():
        opened_store = open_store(store or default_path(), accept=True)
        try:
            if opened_store.read_only is not None:
                raise opened_store.read_only
            desk = Desk(opened_store)
            desk.operator = operators.prove(desk, code, secret()).code
            proof.accept(desk)
        finally:
            opened_store.close()
    typer.echo(_("The journal is accepted as it stands; the desk goes on."))


def confirm_time(code: AsCode = "", store: StorePath = None) -> None:
    """A leader confirms that the machine's time is right although the desk doubts it."""
    with signed_in(store, code) as desk:
        undone = confirming.confirm_time(desk)
    typer.echo(_("The time is confirmed; the desk goes on."))
    if undone:
        typer.echo(_("{count} entries that rules had made at a later time were taken back.", count=undone))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    for function, name in (
        (init, "init"),
        (make_demo, "demo"),
        (verify, "verify"),
        (reindex, "reindex"),
        (backup, "backup"),
        (restore, "restore"),
        (doctor, "doctor"),
        (confirm_time, "confirm-time"),
        (accept_journal, "accept-journal"),
    ):
        app.command(name)(function)
    app.add_typer(import_app, name="import")
