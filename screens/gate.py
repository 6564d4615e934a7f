"""The gate: one box, one verdict in large letters, the goods line by line."""

import re
from collections.abc import Hashable
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from data.problems import Problem
from data.words import N_, _
from desk.calendar import moments
from desk.ground.fields import Field
from desk.operators import Posts
from desk.passes import gate
from screens.base import FormDialog, Room
from screens.drafting import draft_name
from screens.gate_rest import at_rest
from screens.painting import paint_now
from screens.text import fit, one_line, plain
from screens.timeline import pair
from screens.widgets.box import Box
from screens.widgets.letters import LargeText
from screens.widgets.lines import Cells, Column, LineList

LOW, LOWEST, HIGH = 30, 24, 44
# Lines of a pass that is as it should be; what was let out, voided or replaced says more.
SHORT = 3
MOST_NAMED = 4
# The look of a verdict; what none is said of must not leave.
LOOKS = {"ok": "ok", "part": "part", "unsealed": "ask", "held": "ask", "early": "ask", "owes": "ask", "out": "over"}
# Beside the colour, for whoever cannot tell it: leaves, leaves in part, has to be asked for, must not, is over.
SIGNS = {"ok": "✓", "part": "◐", "ask": "?", "no": "✗", "over": "○"}
# Lines besides band and goods: box, what to do, what the pass says, notice, keys, status.
OTHER_LINES, LOWEST_BAND = 12, 8


class GoodsList(LineList):
    """The goods of a pass; space marks a line as checked, digits and arrows say how many leave now."""

    BINDINGS = [
        Binding("space", "mark", N_("Leaves or stays"), tooltip=N_("All of this line leaves now, or none of it")),
        Binding("left,minus", "change(-1)", N_("Fewer"), show=False),
        Binding("right,plus", "change(1)", N_("More"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            [
                Column(N_("now"), 6, right=True),
                Column(N_("left"), 6, right=True),
                Column(N_("of"), 6, right=True),
                Column(N_("unit"), 6),
                Column(N_("goods")),
            ],
            self.rows,
        )
        self.goods: dict[int, gate.Goods] = {}
        self.leaving: dict[int, int] = {}
        self.typed = 0
        self.typed_at: int | None = None

    def show(self, goods: list[gate.Goods], *, leave: bool) -> None:
        """Show the goods of a pass, all that is left marked as leaving when it may."""
        self.goods = {one.line: one for one in goods}
        self.leaving = {one.line: one.left if leave else 0 for one in goods}
        self.start_over()
        self.load([])
        self.start_over()
        self.load([one.line for one in goods])

    def rows(self, keys: list[Hashable]) -> dict[Hashable, Cells]:
        """The cells of some lines."""
        found: dict[Hashable, Cells] = {}
        for key in keys:
            one = self.goods[int(str(key))]
            found[key] = (str(self.leaving[one.line]), str(one.left), str(one.quantity), one.unit, one.name)
        return found

    def look(self, place: int, column: int) -> str:
        one = self.goods[int(str(self.keys[place]))]
        return "lines--near" if column == 0 and self.leaving[one.line] != one.left else ""

    def render_line(self, y: int) -> Strip:
        # Without a pass there are no goods, and a table head over nothing says nothing.
        return super().render_line(y) if self.keys else Strip.blank(self.size.width, self.rich_style)

    def _set(self, count: int) -> None:
        if isinstance(self.chosen, int):
            one = self.goods[self.chosen]
            self.leaving[one.line] = max(0, min(one.left, count))
            self.cache.clear()
            self.refresh()

    def action_mark(self) -> None:
        """All of this line leaves now, or none of it."""
        if isinstance(self.chosen, int):
            self._set(0 if self.leaving[self.chosen] else self.goods[self.chosen].left)
            self.action_move(1)

    def action_change(self, by: int) -> None:
        """One more or one fewer leaves now."""
        if isinstance(self.chosen, int):
            self._set(self.leaving[self.chosen] + by)

    def on_key(self, event: Any) -> None:
        if event.key in "0123456789" and isinstance(self.chosen, int):
            longer = self.typed * 10 + int(event.key) if self.typed_at == self.chosen else int(event.key)
            fits = longer <= self.goods[self.chosen].left
            self.typed, self.typed_at = (longer if fits else int(event.key)), self.chosen
            self._set(self.typed)
            event.stop()
        elif event.is_printable and event.character.isalpha():
            # A scan, or the next number: the box takes it, whole.
            self._to_the_box(event.character)
            event.stop()
        else:
            self.typed_at = None

    def on_paste(self, event: Any) -> None:
        """A piece of text is for the box."""
        self._to_the_box(one_line(event.text))
        event.stop()

    def _to_the_box(self, text: str) -> None:
        self.typed_at = None
        room = self.screen
        if isinstance(room, GateRoom):
            room.set_focus(room.box)
            room.box.insert_text_at_cursor(text)


class ScanBox(Box):
    """The one box of the gate; Enter goes straight to the room, not by way of a message: somebody is waiting."""

    def action_submit(self) -> None:  # type: ignore[override]
        room = self.screen
        if isinstance(room, GateRoom):
            room.ask(self.value.strip())


class GateRoom(Room):
    """Type or scan, read the verdict, check the goods, let out or refuse."""

    watches_store = True
    TITLE_TEXT = N_("Gate")
    HELP_TEXT = N_(
        "Type or scan any fragment: number or its tail, room, name or pinyin, plate, phone tail. Enter shows the "
        "verdict; a digit and Enter choose among several. ↓ goes to the goods: space, digits and arrows say what "
        "leaves now. F9 lets it out, F8 refuses a load that does not agree with the pass."
    )
    BINDINGS = [
        Binding("f9", "let_out", N_("Let out"), tooltip=N_("The goods agree with the pass: let them out")),
        Binding("f8", "refuse", N_("Refuse"), tooltip=N_("More or other goods, another person: back to the desk")),
        Binding("down", "goods", N_("Goods"), tooltip=N_("Go to the goods, to let only a part of them out")),
        Binding("escape", "start_over", N_("Next"), tooltip=N_("Empty the box for the next one")),
    ]
    DEFAULT_CSS = """
    GateRoom Input { border: tall $accent; }
    GateRoom #next { text-align: center; height: 1; text-style: bold; }
    GateRoom #detail { padding: 0 2; height: 5; }
    GateRoom GoodsList { height: 1fr; min-height: 3; }
    GateRoom.low #detail { height: 3; }
    GateRoom.low.long #detail { height: 5; }
    GateRoom.low.several #detail { height: 1fr; }
    GateRoom.lowest Input { border: none; height: 1; background: $panel; }
    GateRoom.several #verdict, GateRoom.several GoodsList { display: none; }
    GateRoom.several #detail { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.one: gate.Verdict | None = None
        self.several: list[str] = []
        self.acts = (True, False)

    def body(self) -> ComposeResult:
        self.box = ScanBox(placeholder=_("number, tail, room, name, plate or phone"), max_length=60)
        yield self.box
        self.band, self.next_step = LargeText(id="verdict"), Static(id="next")
        self.detail, self.goods = Static(id="detail"), GoodsList()
        yield from (self.band, self.next_step, self.detail, self.goods)

    def on_mount(self) -> None:
        self.box.focus()

    def on_resize(self) -> None:
        """On a low terminal the goods keep their lines: they are what the guard compares."""
        self.set_class(self.size.height < LOW, "low")
        self.set_class(self.size.height < LOWEST, "lowest")
        height = self.size.height
        goods = 6 if height < LOW else 10 if height < HIGH else 14
        self.band.styles.height = LOWEST_BAND if height < LOW else max(10, height - OTHER_LINES - goods)
        self.refresh_data()

    def ask(self, text: str) -> None:
        """Show what the store says to a fragment, and empty the box for the next one."""
        if not text:
            return
        self.desk_app.hush()
        store = self.desk_app.desk.store
        several, self.several = self.several, []
        try:
            if store.read_only is not None:
                raise store.read_only
            if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= len(several):
                found = [several[int(text) - 1]]
            else:
                found = gate.find(self.desk_app.desk, text)
            if len(found) > 1:
                self._list(found)
            elif found:
                self.show_verdict(found[0])
            else:
                if (gone := gate.lost(self.desk_app.desk, text)) is not None:
                    raise gone
                self._say("unknown", "", [])
        except Problem as problem:
            self.no_answer(problem)
        if self.band.look not in ("", *gate.MAY_LEAVE):
            # Whoever looks at the goods hears that they stay.
            self.app.bell()
        self.box.value = ""

    def no_answer(self, problem: Problem) -> None:
        """No answer from the store means that nothing leaves, never a guess."""
        self.one = None
        self._say("unknown", "", [plain(str(problem))])
        self.band.put(_("DO NOT LET OUT"), "no", SIGNS["no"])

    def _list(self, numbers: list[str]) -> None:
        desk = self.desk_app.desk
        found = [gate.verdict(desk, number) for number in numbers]
        found.sort(key=lambda one: one.kind not in gate.MAY_LEAVE)
        self.one, self.several = None, [one.number for one in found]
        lines = []
        box = self.box.outer_size.height
        # One line says what to do, one that there are more, and three stand at the foot.
        room = max(1, self.size.height - box - 5)
        for place, one in enumerate(found[:room], 1):
            at = moments.shown(one.moving_at, self.desk_app.calendar or desk.calendar(), desk.now())
            goods = ", ".join(f"{item.name} {item.left}" for item in one.items)
            text = f"{one.number}  {one.unit}  {at}  {one.mover}  {_(gate.VERDICTS[one.kind])}  {goods}"
            shown = fit(text, max(10, self.size.width - 10))
            lines.append(Content.assemble((f"{place:>3}  ", "bold $accent"), shown))
        if len(found) > room or len(found) == gate.LIMIT:
            lines.append(plain(_("There are more: type more of the number, the room or the name.")))
        self._say("", _("Several passes: type a digit, then Enter."), lines)

    def show_verdict(self, number: str) -> None:
        """Fill the screen with the verdict on a pass."""
        desk = self.desk_app.desk
        calendar, now = self.desk_app.calendar or desk.calendar(), desk.now()
        one = gate.verdict(desk, number)
        self.one, self.several = one, []
        until = _("valid until {time}", time=moments.shown(one.valid_until, calendar, now))
        lines = [
            pair(_("Pass"), f"{one.number}  {one.unit}  {one.plate}"),
            pair(_("Mover"), f"{one.mover}  {one.mover_id}"),
            pair(_("Destination"), f"{one.destination}  {moments.shown(one.moving_at, calendar, now)}  {until}"),
        ]
        if one.out_at is not None:
            with desk.read() as session:
                guard = Posts(session)[one.out_by]
            lines.append(pair(_("Let out"), f"{moments.shown(one.out_at, calendar, now)}  {guard}"))
        if one.void_reason:
            lines.append(pair(_("Voided"), one.void_reason))
        if one.replaced_by:
            lines.append(pair(_("Replaced by"), one.replaced_by))
        self._say(one.kind, "", lines, one)

    def _say(self, kind: str, text: str, lines: list[Content], one: gate.Verdict | None = None) -> None:
        if kind == "unknown":
            self.one = None
        several = bool(lines) and not kind
        # Where the room is divided anew, everything waits for its new place.
        long = len(lines) > SHORT and not several
        divided_anew = several != self.has_class("several") or long != self.has_class("long")
        self.set_class(several, "several")
        self.set_class(long, "long")
        look = LOOKS.get(kind, "no") if kind else ""
        self.band.put(_(gate.VERDICTS[kind]) if kind else "", look, SIGNS.get(look, ""))
        self.next_step.update(plain(_(gate.NEXT_STEPS[kind]) if kind else text), layout=False)
        self.detail.update(Content("\n").join(lines), layout=several or divided_anew)
        self.goods.show(one.items if one is not None else [], leave=kind in gate.MAY_LEAVE)
        if not several and not divided_anew:
            paint_now(self.band, self.next_step, self.detail, self.goods)
        acts = (one is None, kind in gate.MAY_LEAVE)
        if acts != self.acts:
            self.acts = acts
            self.refresh_bindings()

    async def refresh_language(self) -> None:
        await super().refresh_language()
        self.box.placeholder = _("number, tail, room, name, plate or phone")
        if self.one is not None:
            self.show_verdict(self.one.number)
        elif self.several:
            self._list(self.several)

    def at_rest(self) -> None:
        """While nobody is at the window: who may come today, and the last loads."""
        desk = self.desk_app.desk
        calendar, height = self.desk_app.calendar or desk.calendar(), self.band.styles.height
        most = int(height.value if height is not None else LOWEST_BAND) - 2
        try:
            lines, past = at_rest(desk, calendar, most, 2 if self.has_class("low") else 4, self.size.width - 6)
        except Problem as problem:
            self.band.rest([plain(str(problem))])
            return
        self.band.rest(list(lines))
        self.detail.update(Content("\n").join(past), layout=False)

    def refresh_data(self) -> None:
        if self.is_mounted and self.one is None and not self.band.text and not self.several:
            self.at_rest()
        if self.is_mounted and self.one is not None:
            try:
                fresh = gate.verdict(self.desk_app.desk, self.one.number)
                if fresh != self.one:
                    self.show_verdict(self.one.number)
            except Problem as problem:
                self.no_answer(problem)

    def on_key(self, event: Any) -> None:
        """F8 and F9 are the gate's own here: where nothing may be refused or let out they lead nowhere else."""
        if event.key in ("f8", "f9") and not self.check_action("refuse", ()):
            event.stop()
            self.app.bell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "goods":
            return self.one is not None
        if action in ("refuse", "let_out"):
            return self.one is not None and self.one.kind in gate.MAY_LEAVE
        return True

    def action_goods(self) -> None:
        """Go to the goods."""
        self.goods.focus()

    def action_let_out(self) -> None:
        """Record that the goods agreed and left; asks how the mover was known and for the plate."""
        one = self.one
        if one is None or one.kind not in gate.MAY_LEAVE:
            return
        leaving = {line: count for line, count in self.goods.leaving.items() if count}
        names = ", ".join(f"{item.name} {leaving[item.line]}" for item in one.items if item.line in leaving)
        fields = [
            Field("proof", N_("Mover"), "choice", lambda: [(k, gate.proof_name(k)) for k in gate.PROOFS], default="id"),
            Field("plate", N_("Plate"), longest=12, default=one.plate),
            Field("note", N_("Note"), longest=200),
        ]

        def work(act: Any, values: dict[str, str]) -> str:
            gate.let_out(act, number=one.number, goods=leaving, seen=one.trips, **values)
            return _("{number}: let out, with your name and the time.", number=one.number)

        self._ask(_("Let out of {number}: {goods}", number=one.number, goods=names or _("nothing")), fields, work)

    def action_refuse(self) -> None:
        """Turn the load away; the pass goes back to the desk."""
        one = self.one
        if one is None:
            return
        fields = [
            Field("reason", N_("Reason"), "choice", lambda: [(k, gate.refusal_name(k)) for k in gate.REFUSALS]),
            Field("note", N_("Note"), longest=200, hint=N_("what was different")),
            Field("plate", N_("Plate"), longest=12, default=one.plate),
        ]

        def work(act: Any, values: dict[str, str]) -> str:
            gate.refuse(act, number=one.number, seen=one.trips, **values)
            return _("{number}: refused, the desk knows.", number=one.number)

        self._ask(_("Refuse {number}", number=one.number), fields, work)

    def _ask(self, title: str, fields: list[Field], work: Any) -> None:
        before = self.one

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            said = await dialog.act(lambda act: work(act, values), form=dialog.form, request=request)
            if said is None:
                self.refresh_data()
                if self.one != before:
                    dialog.dismiss(None)
            return said

        def done(said: Any) -> None:
            self.refresh_data()
            self.box.focus()
            if said:
                self.say(said)

        about, draft = "", ""
        if before is not None:
            goods = ", ".join(f"{item.name} {item.left}" for item in before.items[:MOST_NAMED])
            about = f"{before.number} · {before.unit} · {before.mover} {before.plate} · {goods}"
            draft = draft_name("gate", before.number, [field.name for field in fields])
        self.app.push_screen(FormDialog(title, fields, save, about=about, draft=draft), done)

    def action_start_over(self) -> None:
        """Empty the box for the next one."""
        self.several, self.one, self.box.value = [], None, ""
        self._say("", "", [])
        self.at_rest()
        self.box.focus()
