"""The gate: one box, one verdict in large letters."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from data.problems import Problem
from data.words import N_, _
from desk import gate, moments
from screens.base import Room
from screens.records import goods_lines
from screens.text import one_line, plain
from screens.timeline import pair

COLOURS = {"ok": "$success", "unsealed": "$warning", "out": "$warning"}


class GateRoom(Room):
    """Type or scan, read the verdict, let out."""

    TITLE_TEXT = N_("Gate")
    HELP_TEXT = N_(
        "Type or scan any fragment: number or its tail, room, name or pinyin, plate, phone tail. Enter shows the "
        "verdict; a digit chooses among several. F9 lets the goods out, once they agree with the list."
    )
    BINDINGS = [
        Binding("f9", "let_out", N_("Let out"), tooltip=N_("The goods agree with the pass: let them out")),
        Binding("escape", "start_over", N_("Next"), tooltip=N_("Empty the box for the next one")),
    ]
    DEFAULT_CSS = """
    GateRoom Input { border: tall $primary; }
    GateRoom #verdict { height: 5; content-align: center middle; text-style: bold; text-align: center; }
    GateRoom .ok { background: $success; color: $background; }
    GateRoom .wait { background: $warning; color: $background; }
    GateRoom .no { background: $error; color: $background; }
    GateRoom #next { text-align: center; height: auto; }
    GateRoom #detail { padding: 0 2; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.number = ""
        self.several: list[str] = []

    def body(self) -> ComposeResult:
        self.box = Input(placeholder=_("number, tail, room, name, plate or phone"), max_length=60)
        self.box.cursor_blink = False
        yield self.box
        yield Static(id="verdict")
        yield Static(id="next")
        with VerticalScroll(can_focus=False):
            yield Static(id="detail")

    def on_mount(self) -> None:
        self.box.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if not text:
            return
        try:
            if self.several and text.isdigit() and 1 <= int(text) <= len(self.several):
                found = [self.several[int(text) - 1]]
            else:
                found = gate.find(self.desk_app.desk.store, text)
            if len(found) > 1:
                self._list(found)
            elif found:
                self.show_verdict(found[0])
            else:
                self._say("unknown", "", [])
        except Problem as problem:
            self._unknown(problem)
        self.box.value = ""

    def _unknown(self, problem: Problem) -> None:
        self._say("unknown", "", [plain(str(problem))])
        self.query_one("#verdict", Static).update(plain(_("DO NOT LET OUT")))

    def _list(self, numbers: list[str]) -> None:
        self.number, self.several = "", numbers[:20]
        desk = self.desk_app.desk
        lines = []
        with desk.read() as session:
            for place, number in enumerate(self.several, 1):
                one = gate.verdict(session, number, desk.now())
                text = f"{number}  {one.unit}  {one.mover}  {_(gate.VERDICTS[one.kind])}"
                lines.append(Content.assemble((f"{place:>3}  ", "bold $accent"), one_line(text)))
        self._say("", _("Several passes: type the digit before the right one."), lines)

    def show_verdict(self, number: str) -> None:
        """Fill the screen with the verdict on a pass."""
        desk = self.desk_app.desk
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            one = gate.verdict(session, number, now)
        self.number, self.several = number, []
        until = _("valid until {time}", time=moments.shown(one.valid_until, calendar, now))
        lines = [
            pair(_("Pass"), f"{one.number}  {one.unit}"),
            pair(_("Mover"), f"{one.mover}  {one.mover_id}  {one.plate}"),
            pair(_("Destination"), one.destination),
            pair(_("Moving"), f"{moments.shown(one.moving_at, calendar, now)}  {until}"),
        ]
        if one.out_at is not None:
            lines.append(pair(_("Let out"), f"{moments.shown(one.out_at, calendar, now)}  {one.out_by}"))
        if one.void_reason:
            lines.append(pair(_("Voided"), one.void_reason))
        self._say(one.kind, "", [*lines, *goods_lines(one.items)])

    def _say(self, kind: str, text: str, lines: list[Content]) -> None:
        verdict = self.query_one("#verdict", Static)
        letters = "   ".join(_(gate.VERDICTS[kind])) if kind else ""
        verdict.update(plain(letters if len(letters) < 70 else _(gate.VERDICTS[kind])))
        verdict.set_class(kind == "ok", "ok")
        verdict.set_class(kind in ("unsealed", "out"), "wait")
        verdict.set_class(kind in ("void", "expired", "unknown"), "no")
        self.query_one("#next", Static).update(plain(_(gate.NEXT_STEPS[kind]) if kind else text))
        self.query_one("#detail", Static).update(Content("\n").join(lines))

    def refresh_data(self) -> None:
        if self.is_mounted and self.number:
            try:
                self.show_verdict(self.number)
            except Problem as problem:
                self._unknown(problem)

    async def action_let_out(self) -> None:
        """Record that the goods agreed and left."""
        if not self.number:
            self.say(_("First find the pass."))
            return
        number = self.number

        def work(act: Any) -> bool:
            gate.let_out(act, number=number)
            return True

        done = await self.act(work)
        self.refresh_data()
        if done:
            self.say(_("{number}: let out, with your name and the time.", number=number))

    def action_start_over(self) -> None:
        """Empty the box for the next one."""
        self.number, self.several, self.box.value = "", [], ""
        self._say("", "", [])
        self.box.focus()
