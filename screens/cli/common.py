"""What every command shares: the store, the secret, the answer as text or JSON, a problem as one sentence."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from data.problems import Problem
from data.store import login
from data.store.opening import open_store
from data.words import N_, _
from desk import operators
from desk.act import Act, Desk
from desk.glance import default_path
from desk.ground.refusals import NotAllowed
from desk.systems import SYSTEMS

Result = TypeVar("Result")
StorePath = Annotated[Path | None, typer.Option("--store", help="The store; else DESK_STORE, else the user's own.")]
AsCode = Annotated[str, typer.Option("--as", help="Code of the operator; the secret from DESK_SECRET or a prompt.")]
AsReader = Annotated[
    str, typer.Option("--as", envvar="DESK_AS", help="Code of whoever asks; else who signed in with desk login.")
]
Reason = Annotated[str, typer.Option(help="Why.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@contextmanager
def told() -> Iterator[None]:
    """Turn a problem into one sentence on standard error and exit code 1."""
    try:
        yield
    except Problem as problem:
        text = f"{problem.field}: {problem}" if problem.field else str(problem)
        typer.echo(text, err=True)
        raise typer.Exit(1) from problem
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextmanager
def opened(store: Path | None) -> Iterator[Desk]:
    """The desk on a store with nobody at it: for what looks after the store itself, and for who proves themselves."""
    with told():
        desk = Desk(open_store(store or default_path()))
        try:
            yield desk
        finally:
            desk.store.close()


@contextmanager
def asked(store: Path | None, code: str) -> Iterator[Desk]:
    """The desk with whoever asks: by code and secret, or signed in before; who asked what is in the journal.

    Raises:
        NotAllowed: nobody says who they are.
    """
    with opened(store) as desk:
        desk.operator = operators.prove(desk, code, secret()).code if code else login.signed_in(desk.store.path)[0]
        if not desk.operator:
            raise NotAllowed(N_("Who asks? Add --as CODE, or sign in once with desk login CODE."))
        if desk.store.read_only is None and desk.doubt() is None:
            with desk.act() as act:
                act.record("journal.ask", what=_words())
        yield desk


def _words() -> str:
    """What was asked, without whom it is about: the command's own words only."""
    first, *more = [word for word in sys.argv[1:] if not word.startswith("-")] or [""]
    groups = {system.command for system in SYSTEMS.values()}
    return f"{first} {more[0]}" if first in groups and more else first


def looking(store: Path | None, work: Callable[[Desk], Result]) -> Result:
    """Look after a store; nobody need be signed in."""
    with opened(store) as desk:
        desk.open_to_file = True
        return work(desk)


def reading(store: Path | None, code: str, work: Callable[[Desk], Result]) -> Result:
    """Answer a question of whoever asks."""
    with asked(store, code) as desk:
        return work(desk)


@contextmanager
def signed_in(store: Path | None, code: str) -> Iterator[Desk]:
    """The desk with an operator who proved who they are."""
    with opened(store) as desk:
        if not code:
            raise NotAllowed(N_("An act needs an operator: add --as CODE."))
        if desk.store.read_only is not None:
            raise desk.store.read_only
        desk.operator = operators.prove(desk, code, secret()).code
        yield desk


def acting(store: Path | None, code: str, work: Callable[[Act], Result]) -> Result:
    """One act of an operator who proves who they are."""
    with signed_in(store, code) as desk, desk.act() as act:
        return work(act)


def secret(prompt: str = "") -> str:
    """The secret from DESK_SECRET, or typed without an echo."""
    return os.environ.get("DESK_SECRET") or str(typer.prompt(prompt or _("Secret"), hide_input=True))


def fresh_secret(prompt: str) -> str:
    """A new secret from DESK_NEW_SECRET, or typed twice without an echo until both are alike and long enough."""
    given = os.environ.get("DESK_NEW_SECRET")
    while not given:
        typed = str(
            typer.prompt(prompt + _(" (at least {count} characters)", count=operators.SHORTEST_SECRET), hide_input=True)
        )
        again = str(typer.prompt(_("The same once more"), hide_input=True))
        if typed != again:
            typer.echo(_("The two are not alike: type it again."), err=True)
        elif len(typed) < operators.SHORTEST_SECRET:
            typer.echo(_("A secret has at least {count} characters.", count=operators.SHORTEST_SECRET), err=True)
        else:
            given = typed
    return given


def answer(value: Any, as_json: bool, text: Callable[[Any], str]) -> None:
    """Print a value as JSON or as lines of text."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_plain) if as_json else text(value))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "__dict__"):
        return vars(value)
    return str(value)
