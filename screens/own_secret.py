"""One's own secret, changed at the desk."""

from dataclasses import replace
from typing import Any

from data.problems import Problem
from data.words import N_, _
from desk import operators
from desk.act import Desk
from desk.administration import staff
from desk.ground.fields import Field
from screens.base import FormDialog
from screens.house import House

FIELDS = (
    Field("old", N_("Old secret"), "secret", private=True),
    Field("new_secret", N_("New secret"), "secret", private=True),
    Field("again", N_("Again"), "secret", private=True),
)


def _proven(desk: Desk, secret: str) -> bool:
    """Whether it is really whoever is at the desk; a refusal stands at the old secret."""
    try:
        operators.prove(desk, desk.operator or "", secret)
    except Problem as problem:
        problem.field = "old"
        raise
    return True


def ask_own_secret(app: House) -> None:
    """The dialog in which whoever is at the desk gives themselves a new secret."""

    async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
        desk = dialog.desk_app.desk
        # A wrong secret counts here as it does at the sign-in.
        if await dialog.guarded(lambda: _proven(desk, values["old"]), dialog.form) is None:
            return None

        def work(act: Any) -> bool:
            staff.own_secret(act, **values)
            return True

        who = app.who
        if who is not None:
            # Another secret ends every session but the one in which it is given.
            app.who = replace(who, mark="")
        try:
            return await dialog.act(work, form=dialog.form, request=request)
        finally:
            if who is not None and app.who is not None:
                app.who = operators.marked_anew(desk, who)

    def done(result: Any) -> None:
        if result:
            app.notify(_("Your secret is changed."), timeout=12, markup=False)

    app.push_screen(FormDialog(_("Your secret"), list(FIELDS), save), done)
