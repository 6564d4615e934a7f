"""What concerns the machine rather than the desk: who shares the store, where its files are, timers, the manual."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from data.problems import StoreMissing
from data.store import login, sharing
from data.store.files import new_file, owner_name
from data.store.keys import head_path, key_path
from data.store.steady import time_path
from data.words import N_, _
from desk.glance import default_path
from desk.ground.refusals import Refused
from screens import fault_log, settings
from screens.cli import help_texts, manual, units
from screens.cli.common import AsJson, StorePath, answer, told
from screens.cli.version import program_version

Into = Annotated[Path | None, typer.Option("--into", help="Write the files into this folder; else they are printed.")]


def share(
    group: Annotated[str, typer.Option(help="The group of the machine whose accounts use the store.")] = "",
    alone: Annotated[bool, typer.Option("--alone", help="Let the store's owner alone use it again.")] = False,
    store: StorePath = None,
) -> None:
    """Let several accounts of this machine use one store; without a group, mend what one of them may not use."""
    path = _there(store)
    with told():
        if alone:
            sharing.keep_alone(path)
        else:
            sharing.share(path, group)
        if sharing.is_shared(path):
            typer.echo(_("The accounts of {group} may use {path}.", group=sharing.group_name(path), path=path))
        else:
            typer.echo(_("{owner} alone may use {path}.", owner=owner_name(path), path=path))


def _there(store: Path | None) -> Path:
    path = (store or default_path()).absolute()
    with told():
        if not _exists(path):
            raise StoreMissing(
                N_("There is no store at {path}: make one with desk init, or desk demo to look around."), path=path
            )
    return path


def _exists(path: Path) -> bool:
    """Whether something is there for this account: what it may not look at is not."""
    try:
        return path.exists()
    except PermissionError:
        return False


def locate(store: StorePath = None, as_json: AsJson = False) -> None:
    """Where every file is: the store and what belongs to it, settings, sign-in, the program."""
    path = (store or default_path()).absolute()
    places = {
        "program": Path(__file__).parents[2],
        "python": Path(sys.executable),
        "settings": settings.default_path(),
        "login": login.token_path(),
        "store": path,
        "key": key_path(path),
        "head": head_path(path),
        "clock": time_path(path),
        "faults": fault_log.log_path(path),
        "backups": path.parent / "backups",
        "before upgrades": path.parent / "before-upgrade",
    }
    answer(
        {name: {"path": str(place), "there": _exists(place)} for name, place in places.items()},
        as_json,
        lambda rows: "\n".join(
            f"{name}\t{row['path']}" + ("" if row["there"] else "\t" + _("(not there)")) for name, row in rows.items()
        ),
    )


def print_units(
    kind: Annotated[
        str, typer.Argument(help="systemd, cron, desktop, or harden: an account of its own for the store.")
    ],
    user: Annotated[str, typer.Option(help="The account that does it; else the store's owner.")] = "",
    into: Into = None,
    store: StorePath = None,
) -> None:
    """Print timers for tick and backup, or a menu entry, for this program and this store."""
    if kind not in units.KINDS:
        raise typer.BadParameter(kind, param_hint="KIND")
    path = (store or default_path()).absolute()
    if not _exists(path):
        typer.echo(_("There is no store at {path} yet; name another one with --store.", path=path), err=True)
    user = user or (owner_name(path) if _exists(path) else Path.home().name)
    program = Path(shutil.which(sys.argv[0]) or Path(sys.executable).with_name("desk")).absolute()
    made = units.files(kind, units.Place(program, path, user))
    with told():
        for name, text in made.items():
            if into is None:
                typer.echo(f"# {name}\n{text}" if len(made) > 1 else text, nl=len(made) > 1)
            else:
                _write(into / name, text)
                typer.echo(str(into / name))


def _write(path: Path, text: str) -> None:
    try:
        handle = new_file(path)
    except OSError as error:
        raise Refused(
            N_("The file {path} cannot be written: {why}."), path=path, why=error.strerror or error
        ) from error
    with open(handle, "w", encoding="utf-8") as file:
        file.write(text)
    # Whoever starts what it says has to read it; nothing in it is secret.
    path.chmod(0o644)


def man() -> None:
    """Print the manual page: desk man > ~/.local/share/man/man1/desk.1"""
    from screens.cli.commands import program

    whole = program()
    help_texts.translate(whole)
    typer.echo(manual.man_page(whole, program_version()), nl=False)


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("share")(share)
    app.command("locate")(locate)
    app.command("units")(print_units)
    app.command("man")(man)
