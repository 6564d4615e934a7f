"""Pausing, resuming and extending running promises on the command line."""

from typing import Annotated, Any

import typer

from desk.calendar import moments
from desk.clocks import clocks
from screens.cli.common import AsCode, Reason, StorePath, acting
from screens.cli.system_commands import APPS

APPS["clocks"].info.help = "Pause, resume or extend a running promise; ids stand in desk queue --json."


@APPS["clocks"].command("pause")
def promise_pause(
    clock_id: int,
    reason: Reason,
    waiting_on: Annotated[str, typer.Option(help="Whom is waited for.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Stop counting while somebody else is waited for; only where the rule allows it."""
    acting(store, code, lambda act: clocks.pause(act, clock_id=clock_id, reason=reason, waiting_on=waiting_on))


@APPS["clocks"].command("resume")
def promise_resume(clock_id: int, code: AsCode = "", store: StorePath = None) -> None:
    """Go on counting."""
    acting(store, code, lambda act: clocks.resume(act, clock_id=clock_id))


@APPS["clocks"].command("extend")
def promise_extend(
    clock_id: int,
    until: Annotated[str, typer.Option(help="15:30, 11-26 15:30 or +2h.")],
    reason: Reason,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Approve a later end, with a reason."""

    def work(act: Any) -> None:
        later = moments.parse(until, act.calendar, act.now, field="until")
        clocks.extend(act, clock_id=clock_id, until=later, reason=reason)

    acting(store, code, work)
