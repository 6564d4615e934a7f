"""Checking, copying and mending a store."""

from pathlib import Path
from typing import Annotated

import typer

from data.store import backup as copies
from data.store.opening import open_store
from data.words import N_, _
from desk import checkup, confirming, operators, proof, restoring, roster
from desk.act import Desk
from desk.glance import default_path
from desk.ground.refusals import Refused
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, looking, secret, signed_in, told

PROMISED = N_(
    "Promised: what was acknowledged is kept, whatever dies; nothing is changed unseen by whoever has no key; a wrong "
    "clock stamps nothing; a number is never given out twice. Not promised: that the account which runs the desk "
    "cannot take or delete its files (desk units harden). What checks each promise: docs/promises.md, scripts/storm."
)
MENDED = N_("The store was made anew from its records, and all of them are proven; the old file is kept as {path}.")


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
    lines = [f"{name}: {value}" for name, value in rows.items()] + ["", _(PROMISED)]
    answer(rows, as_json, lambda _rows: "\n".join(lines))
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
        (verify, "verify"),
        (reindex, "reindex"),
        (backup, "backup"),
        (restore, "restore"),
        (doctor, "doctor"),
        (confirm_time, "confirm-time"),
        (accept_journal, "accept-journal"),
    ):
        app.command(name)(function)
