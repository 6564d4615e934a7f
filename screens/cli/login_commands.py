"""Signing in once for questions on the command line, and out again."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from data.store import login as tokens
from data.words import N_, _
from desk import operators
from desk.ground.refusals import Refused
from screens.cli.common import StorePath, opened, secret, told


@contextmanager
def _written() -> Iterator[None]:
    """Say where the token would be when the machine does not let it be there."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise Refused(
            N_("The file {path} cannot be written: {why}."),
            path=tokens.token_path(),
            why=getattr(error, "strerror", None) or error,
        ) from error


def login(code: str, store: StorePath = None) -> None:
    """Sign in for questions on the command line; it ends after half an hour without one."""
    with opened(store) as desk:
        who = operators.sign_in(desk, code, secret())
        with _written():
            tokens.keep(desk.store.path, who.code, who.mark)
    typer.echo(_("{name} is signed in for questions; desk logout ends that.", name=who.name))
    if who.guesses:
        text = _("{count} wrong secrets were typed for you since your last sign-in: if not by you, tell a leader.")
        typer.echo(text.format(count=who.guesses), err=True)


def logout() -> None:
    """End it: nobody is signed in for questions any more."""
    with told(), _written():
        tokens.forget()
    typer.echo(_("Nobody is signed in for questions."))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("login")(login)
    app.command("logout")(logout)
