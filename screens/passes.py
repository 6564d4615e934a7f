"""Release passes: the register, the form, the signatures, the seal."""

from typing import Any

from textual.binding import Binding

from data.words import N_, _
from desk import moments, operators, passes
from desk.act import Desk
from desk.refusals import Invalid
from screens import people
from screens.base import FormDialog
from screens.register import PAGE, Register
from screens.widgets.form import Field
from screens.widgets.lines import Cells, Column


class PassRoom(Register):
    """The register of passes."""

    SYSTEM = "passes"
    TITLE_TEXT = N_("Passes")
    HELP_TEXT = N_(
        "A pass is issued with its number, finance signs that the fees are settled, and only the seal makes it "
        "valid. A wrong pass is voided with a reason and a new one issued; nothing is ever deleted."
    )
    COLUMNS = (Column(N_("issued"), 11), Column(N_("number"), 13), Column(N_("room"), 10), Column(N_("state"), 10),
               Column(N_("mover")))  # fmt: skip
    EMPTY = N_("No pass yet: n writes the first one.")
    BINDINGS = [
        Binding("n", "new", N_("New"), tooltip=N_("Write a new pass")),
        Binding(
            "w",
            "sign",
            N_("Fees"),
            tooltip=N_("Finance signs that the fees are settled, with their own code"),
        ),
        Binding("b", "seal", N_("Seal"), tooltip=N_("Apply the seal: the pass is valid from now on")),
        Binding("v", "void", N_("Void"), tooltip=N_("Void this pass, with a reason")),
    ]

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        pending, self.desk_app.pending_unit = self.desk_app.pending_unit, None
        if pending is not None:
            self.action_new(*pending)

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            rows = passes.page(session, before=before, limit=PAGE)
        return [
            (paper.number, (moments.shown(paper.issued_at, calendar, now), paper.number, room,
                            passes.state_name(paper.state), paper.mover))
            for paper, room in rows
        ]  # fmt: skip

    def fields(self) -> list[Field]:
        """The fields of a pass."""
        return [
            Field("room", N_("Room"), "find", find=people.finder(self), hint=N_("name, pinyin, room, phone, plate")),
            Field("carrier", N_("Carrier"), "choice", lambda: [(k, passes.carrier_name(k)) for k in passes.CARRIERS],
                  default="owner"),
            Field("nature", N_("Nature"), "choice", lambda: [(k, passes.nature_name(k)) for k in passes.NATURES],
                  default="temporary"),
            Field("owner_opinion", N_("Owner says"), hint=N_("phone the owner; write what they say"), longest=200,
                  asked=lambda values: values["carrier"] != "owner"),
            Field("items", N_("Goods"), "long"),
            Field("destination", N_("Destination"), longest=120),
            Field("mover", N_("Mover"), longest=60, hint=N_("who carries it out")),
            Field("mover_id", N_("Mover's ID"), longest=20, private=True, hint=N_("ID card number")),
            Field("mover_phone", N_("Phone"), longest=20),
            Field("plate", N_("Plate"), longest=12),
            Field("moving_at", N_("Moving at"), longest=30, default="+0", hint="15:30, +30"),
        ]  # fmt: skip

    def action_new(self, key: people.Key | None = None, text: str = "") -> None:
        """Write a new pass, for a unit that intake may have chosen already."""

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            unit = dialog.form.widget("room").key  # type: ignore[attr-defined]

            def work(act: Any) -> str:
                if unit is None:
                    raise Invalid(N_("Choose the room from the list."), field="room", clause="REL-3")
                draft = passes.Draft(
                    unit_id=unit[0],
                    moving_at=moments.parse(values["moving_at"], act.calendar, act.now, field="moving_at"),
                    items=passes.parse_items(values["items"]),
                    **{k: v for k, v in values.items() if k not in ("room", "moving_at", "items")},
                )
                return passes.issue(act, draft=draft).number

            return await dialog.act(work, form=dialog.form, request=request)

        dialog = FormDialog(_("New release pass"), self.fields(), save, {"room": text} if key else None)
        self.app.push_screen(dialog, self._issued)
        if key is not None:
            dialog.call_after_refresh(lambda: dialog.form.widget("room").put(text, key))  # type: ignore[attr-defined]

    def _issued(self, number: Any) -> None:
        if number:
            self.refresh_data()
            self.lines.cursor = 0
            self.say(_("{number} issued. Finance signs with w, then b seals it.", number=number))

    def action_sign(self) -> None:
        """Finance signs, with their own code and secret, at this desk."""
        number = self.chosen
        fields = [
            Field("code", N_("Code"), hint=N_("of finance"), private=True),
            Field("secret", N_("Secret"), "secret", private=True),
        ]

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            def run() -> bool:
                with operators.signed_by(self.desk_app.desk, values["code"], values["secret"], request) as act:
                    passes.sign_fees(act, number=number)
                return True

            return await dialog.guarded(run, dialog.form)

        title = _("Finance signs that the fees of {number} are settled", number=number)
        self.app.push_screen(FormDialog(title, fields, save), lambda done: self.refresh_data() if done else None)

    async def action_seal(self) -> None:
        """Apply the seal."""
        number = self.chosen
        if await self.act(lambda act: passes.seal(act, number=number)):
            self.say(_("{number} is sealed and valid.", number=number))
            self.refresh_data()

    def action_void(self) -> None:
        """Void with a reason."""
        number = self.chosen
        self.ask(
            _("Void {number}", number=number),
            [Field("reason", N_("Reason"), longest=200)],
            lambda act, values: passes.void(act, number=number, reason=values["reason"]),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("sign", "seal", "void"):
            return bool(getattr(self, "lines", None) and self.chosen)
        return True
