"""One's own secret, changed at the desk."""

from typing import Any

from data.words import N_, _
from desk.administration import staff
from desk.ground.fields import Field
from screens.base import FormDialog
from screens.house import House

FIELDS = (
    Field("old", N_("Old secret"), "secret", private=True),
    Field("new_secret", N_("New secret"), "secret", private=True),
    Field("again", N_("Again"), "secret", private=True),
)


def ask_own_secret(app: House) -> None:
    """The dialog in which whoever is at the desk gives themselves a new secret."""

    async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
        def work(act: Any) -> bool:
            staff.own_secret(act, **values)
            return True

        return await dialog.act(work, form=dialog.form, request=request)

    def done(result: Any) -> None:
        if result:
            app.notify(_("Your secret is changed."), timeout=12, markup=False)

    app.push_screen(FormDialog(_("Your secret"), list(FIELDS), save), done)
